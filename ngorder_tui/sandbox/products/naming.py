"""How variations are called and pictured."""

from __future__ import annotations

import json
import secrets
import sqlite3
import string
import unicodedata
from collections.abc import Container

_MARKS = string.ascii_letters + string.digits


def look(row: sqlite3.Row) -> str:
    """Size and colour of a variation, as the service says them: `L Hijau`."""
    return " ".join(part for part in (row["size"], row["color"]) if part)


def picture_of(row: sqlite3.Row) -> str | None:
    """The address of a variation's main picture, or None where it has no picture."""
    images: list[str] = json.loads(row["images"])
    main = row["primary_image"] or 0
    return images[main] if main < len(images) else None


def thumbnail_of(row: sqlite3.Row) -> str | None:
    """The small picture of a variation; a row with `product_image` and `product_thumbnail`.

    Only the product's picture has a small one of its own.
    """
    picture = picture_of(row)
    return row["product_thumbnail"] if picture == row["product_image"] else picture


def new_sku(name: str, color: str, size: str, taken: Container[str]) -> str:
    """A SKU that is not `taken`: letters of the name, the colour and the size, and three that chance gives."""
    words = [word for word in (_letters(word) for word in name.split()) if word]
    short = "".join(word[0] for word in words[:3]) if len(words) > 2 else "".join(words)[:3]
    parts = [part for part in (short or "SKU", _letters(color)[:3], _letters(size)[:5]) if part]
    while True:
        sku = "-".join([*parts, "".join(secrets.choice(_MARKS) for _ in range(3))])
        if sku not in taken:
            return sku


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if letter in _MARKS).upper()
