"""The keyring of this machine, by way of the package `keyring` (the extra of that name): imported only when used."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from ngorder_tui.api.text import clean
from ngorder_tui.i18n import _

SERVICE = "ngorder-tui"
"""The name under which all secrets of this program lie in the keyring."""
T = TypeVar("T")


class KeyringFails(Exception):
    """The keyring cannot be used; the text is a sentence for the user that holds no secret."""


class _Package(Protocol):
    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...
    def delete_password(self, service_name: str, username: str) -> None: ...


def is_installed() -> bool:
    """Whether the package is there; it is not imported for that."""
    return importlib.util.find_spec("keyring") is not None


def read(name: str) -> str | None:
    """The secret of this name, None where there is none. May block. Raises KeyringFails."""
    return _ask(lambda package: package.get_password(SERVICE, name))


def write(name: str, secret: str) -> None:
    """Keep the secret, and look whether it is kept. May block. Raises KeyringFails."""
    _ask(lambda package: package.set_password(SERVICE, name, secret), secret)
    if read(name) != secret:
        raise KeyringFails(_("The keyring of this machine does not keep what it is given."))


def drop(name: str) -> None:
    """Forget the secret; one that is not there stays so. May block. Raises KeyringFails."""
    if read(name) is not None:
        _ask(lambda package: package.delete_password(SERVICE, name))


def _ask(what: Callable[[_Package], T], secret: str = "") -> T:
    try:
        package = cast(_Package, importlib.import_module("keyring"))
    except ImportError:
        raise KeyringFails(
            _("The keyring needs an extra that is not installed: pip install 'ngorder-tui[keyring]'.")
        ) from None
    try:
        return what(package)
    except Exception as error:
        # Every backend has errors of its own: D-Bus, the desktop, a locked or missing keyring.
        said = " ".join(clean(str(error)).split()).partition(". ")[0]
        why = f"{type(error).__name__}: {said.replace(secret, '***') if secret else said}"[:200].removesuffix(": ")
        raise KeyringFails(_("The keyring of this machine does not work here ({why}).").format(why=why)) from None
