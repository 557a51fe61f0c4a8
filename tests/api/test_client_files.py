"""Files through the client: out within the limit, in to the disk as they come, never over another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ngorder_tui.api.chapters import shop, stock_opname
from ngorder_tui.api.errors import Garbled, Invalid, Missing, ServerFault
from ngorder_tui.api.fields import WarehouseId
from ngorder_tui.api.files import UPLOAD_LIMIT
from ngorder_tui.api.models import FileReply
from tests.api.wire import Desk, answer, client_on

TEMPLATE = stock_opname.DOWNLOAD_TEMPLATE(stock_opname.TemplateQuery(warehouse_id=WarehouseId(0)))
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOGO_CONSENT = frozenset({"shop.upload_logo"})


def a_file(content: bytes = b"PK data", *, name: str | None = "template.xlsx", kind: str = SHEET) -> httpx.Response:
    headers = {"Content-Type": kind}
    if name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return httpx.Response(200, headers=headers, content=content)


def within(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def size_of(path: str) -> int:
    return Path(path).stat().st_size


async def saved(desk: Desk, folder: Path, save_to: Path | None = None) -> Path:
    async with client_on(desk, downloads=folder) as client:
        reply = await client.send(TEMPLATE, save_to=save_to)
    assert reply.saved is not None
    assert reply.saved.bytes == size_of(reply.saved.file)
    return Path(reply.saved.file)


async def test_a_file_is_saved_under_its_name_and_never_over_another(tmp_path: Path) -> None:
    desk = Desk(a_file(b"one"), a_file(b"two"), a_file(b"three"))
    paths = [await saved(desk, tmp_path) for _ in range(3)]
    assert [path.name for path in paths] == ["template.xlsx", "template (2).xlsx", "template (3).xlsx"]
    assert [path.read_bytes() for path in paths] == [b"one", b"two", b"three"]
    assert within(tmp_path) == sorted(paths)


async def test_two_files_of_one_name_at_once_stay_two(tmp_path: Path) -> None:
    inner: list[Path] = []

    async def slowly(content: bytes) -> AsyncIterator[bytes]:
        yield content[:2]
        if not inner:
            inner.append(await saved(Desk(a_file(b"inner")), tmp_path))
        yield content[2:]

    headers = {"Content-Disposition": 'attachment; filename="template.xlsx"', "Content-Type": SHEET}
    outer = await saved(Desk(lambda _: httpx.Response(200, headers=headers, content=slowly(b"outer"))), tmp_path)
    assert (outer.read_bytes(), inner[0].read_bytes()) == (b"outer", b"inner")
    assert within(tmp_path) == sorted([outer, inner[0]])


async def test_a_chosen_name_is_kept_and_its_folder_made(tmp_path: Path) -> None:
    target = tmp_path / "new" / "mine.xlsx"
    assert await saved(Desk(a_file()), tmp_path, target) == target
    with pytest.raises(Invalid, match="cannot be saved"):
        await saved(Desk(a_file(b"other")), tmp_path, target)
    assert target.read_bytes() == b"PK data"
    assert [path.name for path in target.parent.iterdir()] == ["mine.xlsx"]


@pytest.mark.parametrize(
    "hostile",
    [
        "../../evil.xlsx", "/etc/evil.xlsx", "..", ".", ".bashrc", "a\\..\\evil.xlsx", "C:\\evil.xlsx",
        "evil\x1b]52;c;x\x07.xlsx", "a" * 300, "con\x00sole.xlsx", "%2e%2e%2fevil.xlsx", " ", "-rf", "~",
    ],
)  # fmt: skip
async def test_a_hostile_name_stays_in_the_folder(tmp_path: Path, hostile: str) -> None:
    folder = tmp_path / "downloads"
    headers = [
        (b"Content-Type", SHEET.encode()),
        (b"Content-Disposition", b'attachment; filename="%b"' % hostile.encode()),
    ]
    path = await saved(Desk(lambda _: httpx.Response(200, headers=headers, content=b"x")), folder)
    assert path.parent == folder
    assert within(tmp_path) == [folder, path]
    assert path.name.isprintable()
    assert not path.name.startswith((".", "~"))
    assert len(path.name.encode()) <= 255


@pytest.mark.parametrize(
    ("kind", "suffix"), [("text/csv; charset=utf-8", ".csv"), ("application/pdf", ".pdf"), (SHEET, ".xlsx")]
)
async def test_a_file_without_a_name_is_named_for_what_it_is(tmp_path: Path, kind: str, suffix: str) -> None:
    path = await saved(Desk(a_file(name=None, kind=kind)), tmp_path)
    assert path.name.startswith("stock-opname-download-template-")
    assert path.suffix == suffix


async def test_progress_is_told_as_it_comes(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    async with client_on(Desk(a_file(b"x" * 200_000)), downloads=tmp_path) as client:
        await client.send(TEMPLATE, progress=lambda done, whole: told.append((done, whole)))
    assert told[-1] == (200_000, 200_000)
    assert len(told) > 1


async def test_a_file_cut_short_leaves_nothing_and_is_asked_for_again(tmp_path: Path) -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield b"half"
        raise httpx.ReadError("cut")

    desk = Desk(lambda _: httpx.Response(200, headers={"Content-Type": SHEET}, content=cut()), a_file(b"whole"))
    path = await saved(desk, tmp_path)
    assert path.read_bytes() == b"whole"
    assert within(tmp_path) == [path]


async def test_where_a_file_was_asked_for_a_sentence_or_a_refusal_may_come(tmp_path: Path) -> None:
    async with client_on(Desk(answer({"response": "It comes by e-mail."})), downloads=tmp_path) as client:
        reply = await client.send(TEMPLATE)
    assert (reply.saved, reply.response) == (None, "It comes by e-mail.")
    for response, kind in ((answer({}, 404), Missing), (httpx.Response(200, html="<p>busy</p>"), Garbled)):
        async with client_on(Desk(response), downloads=tmp_path) as client:
            with pytest.raises(kind):
                await client.send(TEMPLATE)
    failing = httpx.Response(500, headers={"Content-Type": SHEET}, content=b"PK")
    async with client_on(Desk(failing), downloads=tmp_path) as client:
        with pytest.raises(ServerFault):
            await client.send(TEMPLATE)
    assert within(tmp_path) == []


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    async with client_on(Desk(a_file()), downloads=tmp_path / "file") as client:
        with pytest.raises(Invalid, match="cannot be saved"):
            await client.send(TEMPLATE)


def logo_call(path: Path) -> Any:
    return shop.UPLOAD_LOGO(shop.UploadLogo(logo=path))


async def test_an_upload_is_multipart_with_its_fields(tmp_path: Path) -> None:
    sheet = tmp_path / "count.xlsx"
    sheet.write_bytes(b"PK\x03\x04 sheet")
    desk = Desk(answer({"response": "Success", "data": {}}))
    required = [name for name, field in stock_opname.ImportOpname.model_fields.items() if field.is_required()]
    given = {name: "0" if name.endswith("id") else "text" for name in required}
    call = stock_opname.IMPORT_FILE.parse({**given, "file": str(sheet)})
    async with client_on(desk) as client:
        await client.send(call)
    request = desk.requests[0]
    assert request.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="count.xlsx"' in request.content
    assert b"PK\x03\x04 sheet" in request.content
    for name in call.given():
        assert f'name="{name}"'.encode() in request.content


async def test_an_upload_over_the_limit_is_refused_before_sending(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    desk = Desk(answer({"response": "Success", "data": {}}))
    async with client_on(desk, consented=LOGO_CONSENT) as client:
        logo.write_bytes(b"x" * (UPLOAD_LIMIT + 1))
        with pytest.raises(Invalid, match="2 MB") as caught:
            await client.send(logo_call(logo))
        assert list(caught.value.fields) == ["logo"]
        assert desk.requests == []
        logo.write_bytes(b"x" * UPLOAD_LIMIT)
        await client.send(logo_call(logo))
    assert len(desk.requests) == 1


async def test_an_upload_that_is_not_there_is_refused_before_sending(tmp_path: Path) -> None:
    desk = Desk(answer({}))
    async with client_on(desk, consented=LOGO_CONSENT) as client:
        for path in (tmp_path / "missing.png", tmp_path):
            with pytest.raises(Invalid) as caught:
                await client.send(logo_call(path))
            assert list(caught.value.fields) == ["logo"]
    assert desk.requests == []


def test_a_reply_without_a_file_says_so() -> None:
    assert FileReply.model_validate({"response": "Success"}).saved is None
