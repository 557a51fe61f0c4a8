"""The wheel as people get it: built, installed into an empty environment, started."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_style_sheets_and_the_schema(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for sheet in (ROOT / "styles").glob("*.tcss"):
        assert f"ngorder_tui/styles/{sheet.name}" in names
    assert "ngorder_tui/sandbox/schema.sql" in names
    assert not [name for name in names if name.startswith("tests/")]


def test_the_app_starts_from_the_wheel_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    venv.create(tmp_path / "venv", with_pip=True)
    binaries = tmp_path / "venv" / "bin"
    subprocess.run([binaries / "pip", "install", "-q", wheel], check=True)
    environ = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8"}
    with Terminal([str(binaries / "ngorder-tui"), "demo"], environ, cwd=str(home)) as terminal:
        terminal.until(r"PO +Date")
        terminal.until(r"\d+ records")
        terminal.send("\x11")
        assert terminal.ended() == 0
