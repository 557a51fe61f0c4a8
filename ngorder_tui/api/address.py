"""Where the API is, and which addresses may be talked to. Light: imports no network."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.text import clean

BASE_URL = "https://api.smartseller.co.id/api/open"


def checked_base_url(url: str) -> str:
    """The base URL without its last slash. Raises Invalid unless it is https, or http to this machine itself."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, named, _ = parts.hostname, parts.username is not None or parts.password is not None, parts.port
    except ValueError:
        raise Invalid(f"The address {clean(url)!r} cannot be read: write it as https://host/path.") from None
    if named:
        raise Invalid("The address holds a user name or password: write it as https://host/path.")
    if not host or parts.query or parts.fragment or re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise Invalid(f"The address {clean(url)!r} cannot be used: write it as https://host/path.")
    if parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host)):
        return url.rstrip("/")
    raise Invalid(f"The address {clean(url)!r} is not safe: it must begin with https:// (http only on this machine).")


def is_this_machine(host: str) -> bool:
    """Whether a host name means this machine itself, by its spelling alone: no name is looked up."""
    return host in {"localhost", "::1"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
