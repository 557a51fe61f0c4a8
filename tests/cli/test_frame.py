"""The commands as the shell sees them: options before and after, help, mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ngorder_tui import __version__
from ngorder_tui.cli.entry import hoisted
from ngorder_tui.cli.quick import read_start
from ngorder_tui.settings import DemoOptions, Options
from tests.cli.conftest import Program

COMMANDS = ["demo", "sandbox", "serve", "login", "logout", "profiles", "api", "export", "journal", "doctor", "print",
            "screenshot"]  # fmt: skip


def test_version_and_help(bare: Program) -> None:
    assert bare("--version").out == f"ngorder-tui {__version__}\n"
    ran = bare("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in ran.out
    for option in (
        "--profile",
        "--lang",
        "--theme",
        "--lite",
        "--read-only",
        "--no-mouse",
        "--ascii",
        "--plain-driver",
    ):
        assert option in ran.out
    assert "Examples:" in ran.out
    assert "--install-completion" in ran.out


@pytest.mark.parametrize("command", [[name] for name in COMMANDS] + [["journal", "resolve"]])
def test_every_command_has_help(bare: Program, command: list[str]) -> None:
    ran = bare(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: ngorder-tui {' '.join(command)}" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [["nope"], ["api", "--nope"], ["--nope"], ["export"], ["journal", "resolve"], ["screenshot"], ["print"],
     ["demo", "--orders", "many"], ["demo", "--error-rate", "2"], ["demo", "--rate-limit", "fast"], ["--profile"],
     ["sandbox", "--port", "70000"], ["demo", "--seed", "-1"]],
)  # fmt: skip
def test_mistakes_are_told_in_two_lines(bare: Program, arguments: list[str]) -> None:
    ran = bare(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 2
    assert "--help" in ran.err


@pytest.mark.parametrize("what", ["keys", "barcodes", "money"])
def test_what_cannot_be_printed_yet_says_so(bare: Program, what: str) -> None:
    ran = bare("print", what)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"NGORDER_BASE_URL": "http://api.example.test"}, "NGORDER_BASE_URL"),
        ({"NGORDER_BASE_URL": "https://u:p@api.example.test"}, "user name"),
        ({"NGORDER_LANG": "fr"}, "NGORDER_LANG"),
        ({"NGORDER_PROFILE": "../x"}, "profile"),
        ({"NGORDER_PROFILE": "demo"}, "demo"),
        ({"NGORDER_TOKEN": "a b"}, "NGORDER_TOKEN"),
    ],
)
def test_a_wrong_environment_sends_nothing(bare: Program, environ: dict[str, str], told: str) -> None:
    bare.environ.update(environ)
    for command in (["api", "supplier.list"], []):
        ran = bare(*command)
        assert ran.code == 2
        assert told in ran.err


def test_common_options_may_stand_anywhere() -> None:
    assert hoisted(["api", "order.list", "--lang", "id", "--lite", "a=b", "--theme=dark"]) == [
        "--lang", "id", "--lite", "--theme=dark", "api", "order.list", "a=b",
    ]  # fmt: skip
    assert hoisted(["api", "--", "--lite"]) == ["api", "--", "--lite"]
    assert hoisted(["api", "--profile"]) == ["--profile", "api"]


@pytest.mark.parametrize(
    ("typed", "options", "demo"),
    [
        ("", Options(), None),
        ("--lang id --lite", Options(language="id", lite=True), None),
        ("--no-mouse --profile=toko", Options(profile="toko", mouse=False), None),
        ("demo", Options(), DemoOptions()),
        ("demo --fresh --seed 3 --orders 100000 --ascii", Options(ascii=True), DemoOptions(True, 3, 100000)),
        (
            "--read-only demo --latency 300 --kbps 32 --error-rate .5 --drop-after-commit 0.1 --rate-limit 60/min",
            Options(read_only=True),
            DemoOptions(latency_ms=300, kbps=32, error_rate=0.5, drop_after_commit=0.1, rate_limit=60),
        ),
    ],
)
def test_the_quick_reader_knows_the_two_daily_commands(typed: str, options: Options, demo: DemoOptions | None) -> None:
    start = read_start(typed.split())
    assert start is not None
    assert (start.options, start.demo) == (options, demo)


@pytest.mark.parametrize(
    "typed",
    ["--help", "demo --help", "api", "demo demo", "--seed 1", "demo --seed x", "demo --seed", "--version", "demo x",
     "demo --error-rate 1.5", "demo --rate-limit 0", "--lite=yes"],
)  # fmt: skip
def test_the_quick_reader_leaves_the_rest(typed: str) -> None:
    assert read_start(typed.split()) is None


def test_sandbox_deletes_no_file_that_is_not_its_own(bare: Program, home: Path) -> None:
    precious = home / "thesis.sqlite"
    precious.write_text("not a shop")
    ran = bare("sandbox", "--fresh", "--data", str(precious), "--port", "0")
    assert ran.code == 2
    assert precious.read_text() == "not a shop"
