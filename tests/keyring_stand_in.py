"""A keyring of this machine for tests: a package of that name, on disk, so that a process of its own finds it too."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PACKAGE = """
import json
from pathlib import Path

_folder = Path(__file__).parent


class KeyringLocked(Exception):
    pass


def _read():
    if (_folder / "locked").exists():
        raise KeyringLocked("the collection is locked")
    return json.loads((_folder / "kept.json").read_text())


def get_password(service, name):
    return _read().get(f"{service} {name}")


def set_password(service, name, password):
    kept = _read()
    if (_folder / "leaky").exists():
        raise KeyringLocked(f"cannot keep {password}")
    if not (_folder / "forgetful").exists():
        kept[f"{service} {name}"] = password
    (_folder / "kept.json").write_text(json.dumps(kept))


def delete_password(service, name):
    kept = _read()
    del kept[f"{service} {name}"]
    (_folder / "kept.json").write_text(json.dumps(kept))
"""


class StandIn:
    """What lies in the keyring. It can be made to fail: "locked", "leaky" (its error names the secret), "forgetful"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def kept(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "kept.json").read_text())
        return found

    def fails(self, how: str) -> None:
        (self.folder / how).touch()

    def works(self) -> None:
        for how in ("locked", "leaky", "forgetful"):
            (self.folder / how).unlink(missing_ok=True)


@contextmanager
def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The package `keyring` is installed, in this folder."""
    folder.mkdir()
    (folder / "keyring.py").write_text(_PACKAGE)
    (folder / "kept.json").write_text("{}")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    yield StandIn(folder)
    sys.modules.pop("keyring", None)
