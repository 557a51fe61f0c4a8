"""OAuth 2 from end to end: the program with a profile of tokens, at a sandbox over HTTP."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ngorder_tui.sandbox.oauth import CLIENT_SECRET, FIRST_REFRESH_TOKEN, TOKEN_PATH
from tests.cli.test_process import PROGRAM, ROOT
from tests.desk import files_with


class Shop:
    """A sandbox process: where it is, and its database."""

    def __init__(self, url: str, file: Path) -> None:
        self.url = url
        self.origin = url.removesuffix("/api/open")
        self._file = file

    def asked(self, status: int) -> int:
        """How often a token was asked for and answered so."""
        with sqlite3.connect(self._file) as db:
            sql = "SELECT count(*) FROM request_log WHERE endpoint_id = 'oauth.token' AND status = ?"
            found = int(db.execute(sql, (status,)).fetchone()[0])
        db.close()
        return found


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    file = tmp_path_factory.mktemp("shop") / "shop.sqlite"
    command = [*PROGRAM, "sandbox", "--port", "0", "--orders", "20", "--data", str(file)]
    with subprocess.Popen(command, env=environment(file.parent), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        url = process.stderr.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/api/open", url), url
        yield Shop(url, file)
        process.terminate()


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C"}


def run(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment(home), input=stdin, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


def configure(home: Path, shop: Shop, grant: str) -> None:
    folder = home / ".config" / "ngorder-tui"
    if sys.platform == "darwin":
        folder = home / "Library" / "Application Support" / "ngorder-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(
        f'[profiles.default]\nbase_url = "{shop.url}"\n[profiles.default.oauth]\n'
        f'token_url = "{shop.origin}{TOKEN_PATH}"\nclient_id = "sandbox"\ngrant = "{grant}"\n'
    )


def test_client_credentials(tmp_path: Path, shop: Shop) -> None:
    configure(tmp_path, shop, "client_credentials")
    assert run(tmp_path, "api", "warehouse.list").returncode == 4
    assert run(tmp_path, "login", stdin=CLIENT_SECRET).returncode == 0
    before = shop.asked(200)
    listed = run(tmp_path, "api", "warehouse.list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert json.loads(listed.stdout)["data"]
    everyone = run(tmp_path, "api", "customer.list", "--all")
    assert everyone.returncode == 0
    assert len(everyone.stdout.splitlines()) > 25
    assert shop.asked(200) == before + 2
    doctor = run(tmp_path, "doctor", "--json")
    assert doctor.returncode == 0
    assert CLIENT_SECRET not in doctor.stdout + doctor.stderr
    assert run(tmp_path, "login", stdin="wrong").returncode == 0
    refused = run(tmp_path, "api", "warehouse.list")
    assert (refused.returncode, "client secret" in refused.stderr) == (4, True)
    assert run(tmp_path, "logout").returncode == 0
    assert run(tmp_path, "api", "warehouse.list").returncode == 4


def test_refresh_tokens_go_on_from_run_to_run(tmp_path: Path, shop: Shop) -> None:
    configure(tmp_path, shop, "refresh_token")
    secret = tmp_path / "secret.txt"
    secret.write_text(CLIENT_SECRET)
    secret.chmod(0o600)
    assert run(tmp_path, "login", "--secret-file", str(secret), stdin=FIRST_REFRESH_TOKEN).returncode == 0
    secret.unlink()
    district = 0
    for _ in range(3):
        listed = run(tmp_path, "api", "supplier.list")
        assert (listed.returncode, listed.stderr) == (0, "")
        district = json.loads(listed.stdout)["data"][0]["district_id"]
    written = run(
        tmp_path, "api", "supplier.create", "name=Gudang Uji", f"district_id={district}", "addess=Jl. Uji",
        "phone=0800000001", "description=-",
    )  # fmt: skip
    assert (written.returncode, written.stderr) == (0, "")
    assert files_with(tmp_path, FIRST_REFRESH_TOKEN) == []
    (kept,) = tmp_path.rglob("refresh-token")
    assert files_with(tmp_path, kept.read_text().strip()) == [kept]
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_text(FIRST_REFRESH_TOKEN)
    spent = run(tmp_path, "api", "supplier.list")
    assert (spent.returncode, "login" in spent.stderr) == (4, True)
