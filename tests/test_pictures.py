"""The README's pictures are those that the code draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from ngorder_tui.pictures import PICTURES, draw

SCREENSHOTS = Path(__file__).parents[1] / "screenshots"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    draw(folder)
    return folder


@pytest.mark.parametrize("name", [picture.name for picture in PICTURES])
def test_a_picture_is_what_the_code_draws(name: str, drawn: Path) -> None:
    assert (SCREENSHOTS / f"{name}.svg").read_text() == (drawn / f"{name}.svg").read_text(), (
        "drawn anew by: ngorder-tui screenshot screenshots"
    )


def test_every_picture_in_the_folder_and_the_readme_is_drawn() -> None:
    names = {f"{picture.name}.svg" for picture in PICTURES}
    assert {path.name for path in SCREENSHOTS.glob("*")} == names
    readme = (SCREENSHOTS.parent / "README.md").read_text()
    shown = {line.partition("screenshots/")[2].rstrip(")") for line in readme.splitlines() if line.startswith("![")}
    assert shown
    assert shown <= names
