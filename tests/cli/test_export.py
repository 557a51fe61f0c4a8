"""`ngorder-tui export`: the whole list, as a file that a spreadsheet opens and does not obey."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from tests.api.wire import Desk, answer
from tests.cli.conftest import Program
from tests.cli.test_api import page

ROWS = [
    {"id": 1, "name": "=1+1", "phone": "081100000001", "location": 'a,b\n"c"'},
    {"id": 2, "name": "Toko", "extra": {"deep": [1, 2]}, "lines": [{"sku": "A"}]},
]


def test_csv_on_stdout(cli: Program) -> None:
    ran = cli("export", "suppliers", "--format", "csv", desk=Desk(answer({"data": ROWS})))
    first, second = csv.DictReader(io.StringIO(ran.out))
    assert (first["id"], first["name"], first["phone"]) == ("1", "'=1+1", "081100000001")
    assert first["location"] == 'a,b\n"c"'
    assert (second["extra.deep"], second["lines"], second["location"]) == ("1, 2", '[{"sku": "A"}]', "")


def test_csv_and_xlsx_as_files(cli: Program, home: Path) -> None:
    target = home / "new" / "s.csv"
    ran = cli("export", "suppliers", "--output", str(target), desk=Desk(answer({"data": ROWS})))
    assert ran.json["file"] == str(target)
    assert ran.json["bytes"] == target.stat().st_size
    assert target.read_text().startswith("id,name,location,phone,extra.deep,lines\n")
    desk = Desk(answer({"data": []}))
    assert cli("export", "suppliers", "--output", str(target), desk=desk).code == 2
    assert desk.requests == []
    ran = cli("export", "suppliers", "--format", "xlsx", desk=Desk(answer({"data": ROWS})))
    book = Path(ran.json["file"])
    assert (book.parent, book.suffix) == (home / "Downloads", ".xlsx")
    sheet = ElementTree.fromstring(ZipFile(book).read("xl/worksheets/sheet1.xml"))
    texts = [node.text for node in sheet.iter() if node.text]
    assert "=1+1" in texts
    assert "081100000001" in texts


def test_every_page_goes_in_and_filters_go_out(cli: Program) -> None:
    desk = Desk(
        page([{"order_id": 3, "total_amount": "Rp3.000"}], number=1, pages=2, total=2),
        page([{"order_id": 2, "total_amount": -2}], number=2, pages=2, total=2),
    )
    ran = cli("export", "orders", "payment_status=UNPAID", desk=desk)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["order_id"], row["total_amount"]) for row in rows] == [("3", "3000"), ("2", "-2")]
    assert desk.requests[1].url.params["payment_status"] == "UNPAID"


def test_an_empty_list_and_mistakes(cli: Program) -> None:
    ran = cli("export", "suppliers", desk=Desk(answer({"data": []})))
    assert (ran.code, ran.out) == (0, "")
    for wrong in (["things"], ["orders", "--format", "pdf"], ["orders", "nope=1"]):
        ran = cli("export", *wrong, desk=Desk(answer({"data": []})))
        assert (ran.code, ran.out) == (2, "")


def test_a_refusal_leaves_no_file(cli: Program, home: Path) -> None:
    ran = cli("export", "suppliers", "--output", str(home / "s.csv"), desk=Desk(answer({}, 403)))
    assert ran.code == 4
    assert not (home / "s.csv").exists()
