"""The commands as the shell sees them: names, options, help. Each imports its own room when it runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ngorder_tui import __version__
from ngorder_tui.cli import output
from ngorder_tui.cli.frame_options import (
    Drop,
    ErrorRate,
    Fresh,
    Kbps,
    Latency,
    Orders,
    RateLimit,
    Seed,
    demo_options,
)
from ngorder_tui.cli.given import Given, perform
from ngorder_tui.i18n import _
from ngorder_tui.settings import Options

frame = typer.Typer(
    help=_(
        "Ngorder in the terminal: orders, Privor payments, stock and shipping by keyboard.\n\n"
        "Without a command: the app, on the current profile."
    ),
    epilog=_(
        "\b\nExamples:\n"
        "  ngorder-tui demo                              try it: no account, no network\n"
        "  ngorder-tui login --token-file key.txt        keep a key\n"
        "  ngorder-tui --lang id                         the app, in Bahasa Indonesia\n"
        "  ngorder-tui api order.list payment_status=UNPAID\n"
        "  ngorder-tui export orders --format xlsx --output orders.xlsx\n"
        "\b\nThe common options may stand before and after the command.\n"
        "Environment: NGORDER_TOKEN, NGORDER_BASE_URL, NGORDER_PROFILE, NGORDER_LANG, NO_COLOR;"
        " NGORDER_CLIENT_SECRET for a profile with OAuth 2."
    ),
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
)
journal = typer.Typer(help=_("Writes that were sent and whose answer is unknown."), rich_markup_mode=None)
frame.add_typer(journal, name="journal", invoke_without_command=True)


def _show_version(wanted: bool) -> None:
    if wanted:
        output.result(f"ngorder-tui {__version__}")
        raise typer.Exit


@frame.callback(invoke_without_command=True)
def _common(
    ctx: typer.Context,
    profile: Annotated[str | None, typer.Option(help=_("The profile: whose key, which address."))] = None,
    lang: Annotated[str | None, typer.Option(help=_("en or id."), metavar="en|id")] = None,
    theme: Annotated[str | None, typer.Option(help=_("The app's theme."))] = None,
    lite: Annotated[
        bool | None, typer.Option("--lite/--no-lite", help=_("For slow lines: 16 colours, few bytes."))
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help=_("Send no write."))] = False,
    no_mouse: Annotated[bool, typer.Option("--no-mouse", help=_("Leave the mouse to the terminal."))] = False,
    ascii: Annotated[bool, typer.Option("--ascii", help=_("No box drawing."))] = False,
    plain_driver: Annotated[bool, typer.Option("--plain-driver", help=_("Textual's own screen driver."))] = False,
    debug: Annotated[bool, typer.Option("--debug", help=_("Show where an error comes from."))] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=_("Show the version."))
    ] = False,
) -> int:
    given: Given = ctx.obj
    options = Options(
        profile=profile,
        language=lang,
        theme=theme,
        lite=lite,
        read_only=read_only or None,
        mouse=False if no_mouse else None,
        ascii=ascii or None,
        plain_driver=plain_driver or None,
    )
    ctx.obj = given = replace(given, options=options, debug=debug)
    if ctx.invoked_subcommand is not None:
        return 0
    from ngorder_tui.cli import launch

    return perform(given, lambda: launch.app(given))


@frame.command(help=_("The app on an embedded shop: needs no account, no network, no port."))
def demo(
    ctx: typer.Context,
    fresh: Fresh = False,
    seed: Seed = 1,
    orders: Orders = 500,
    latency: Latency = 0,
    kbps: Kbps = None,
    error_rate: ErrorRate = 0.0,
    drop_after_commit: Drop = 0.0,
    rate_limit: RateLimit = None,
) -> int:
    """Start the demo."""
    from ngorder_tui.cli import launch

    options = demo_options(fresh, seed, orders, latency, kbps, error_rate, drop_after_commit, rate_limit)
    return perform(ctx.obj, lambda: launch.demo(ctx.obj, options))


@frame.command(
    help=_(
        "The embedded shop over HTTP, under /api/open; its key is: sandbox.\n\n"
        "OAuth 2 tokens come from /oauth/token: client id sandbox, client secret sandbox-secret; the first refresh"
        " token is sandbox-refresh, and each is good for one use."
    ),
    epilog="\b\n  ngorder-tui sandbox --data shop.sqlite\n"
    "  NGORDER_TOKEN=sandbox NGORDER_BASE_URL=http://127.0.0.1:8900/api/open ngorder-tui api order.list",
)
def sandbox(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help=_("The address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help=_("The port; 0 takes a free one."))] = 8900,
    data: Annotated[Path | None, typer.Option(help=_("The shop's file; without it, a shop in memory."))] = None,
    fresh: Fresh = False,
    seed: Seed = 1,
    orders: Orders = 500,
    latency: Latency = 0,
    kbps: Kbps = None,
    error_rate: ErrorRate = 0.0,
    drop_after_commit: Drop = 0.0,
    rate_limit: RateLimit = None,
) -> int:
    """Serve the sandbox."""
    from ngorder_tui.cli import launch

    options = demo_options(fresh, seed, orders, latency, kbps, error_rate, drop_after_commit, rate_limit)
    return perform(ctx.obj, lambda: launch.sandbox(host, port, data, options))


@frame.command(help=_("The app in a browser; needs the extra: web."))
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help=_("The address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("The port."))] = 8000,
) -> int:
    """Serve the app."""
    from ngorder_tui.cli import launch

    return perform(ctx.obj, lambda: launch.serve(ctx.obj, host, port))


@frame.command(
    help=_(
        "Keep a key for the profile: typed, from stdin, or from a file; never as an argument.\n\n"
        "It is kept in the keyring of this machine (needs the extra: keyring), or in a file that only you can read, not"
        " encrypted: at a terminal you are asked, else it is the file unless --keep says otherwise.\n\n"
        "A profile with an [oauth] table takes its client secret instead, or its refresh token."
    ),
    epilog="\b\n  ngorder-tui login\n  ngorder-tui login --token-file key.txt\n"
    "  pass show ngorder | ngorder-tui --profile toko login --keep keyring",
)
def login(
    ctx: typer.Context,
    token_file: Annotated[
        str | None,
        typer.Option(help=_("The file that holds the key, client secret or refresh token; - is stdin.")),
    ] = None,
    secret_file: Annotated[
        str | None,
        typer.Option(help=_("With a refresh token: the file that holds the client secret, if there is one.")),
    ] = None,
    keep: Annotated[str | None, typer.Option(help=_("Where it is kept."), metavar="file|keyring")] = None,
) -> int:
    """Store a key."""
    from ngorder_tui.cli import keys

    wanted = keys.Wanted(token_file, secret_file, keep)
    return perform(ctx.obj, lambda: keys.login(ctx.obj, wanted))


@frame.command(help=_("Drop the profile's key, tokens and secrets, and wipe what was read with them."))
def logout(ctx: typer.Context) -> int:
    """Forget a key."""
    from ngorder_tui.cli import keys

    return perform(ctx.obj, lambda: keys.logout(ctx.obj))


@frame.command(help=_("The profiles: their addresses, where their keys are kept and since when, their stores."))
def profiles(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help=_("As JSON."))] = False,
) -> int:
    """List the profiles."""
    from ngorder_tui.cli import profiles as lists

    return perform(ctx.obj, lambda: lists.run(ctx.obj, as_json=json))


def _ids(incomplete: str) -> list[str]:
    """What a shell may complete an endpoint's id to."""
    from ngorder_tui.api.endpoint import CHAPTERS, of_chapter

    chapter, dot, _verb = incomplete.partition(".")
    if dot and chapter in CHAPTERS:
        return [endpoint.id for endpoint in of_chapter(chapter) if endpoint.id.startswith(incomplete)]
    return [f"{name}." for name in CHAPTERS if name.startswith(incomplete)]


@frame.command(
    help=_(
        "Call any endpoint: JSON of the typed answer on stdout.\n\n"
        "Exit codes: 0 done; 1 refused or not there; 2 wrong input, nothing sent; 4 the key is missing, wrong or not"
        " allowed; 5 unreachable or throttled, nothing done; 6 a write was sent and its answer is unknown"
        " (ngorder-tui journal); 7 a read failed; 130 interrupted."
    ),
    epilog="\b\n  ngorder-tui api --list\n  ngorder-tui api --list order.create\n"
    "  ngorder-tui api order.list payment_status=UNPAID per_page=25\n"
    "  ngorder-tui api order.list --all > orders.jsonl\n"
    "  ngorder-tui api product.generate_sku 'variations[0][color]=merah'\n"
    "  ngorder-tui api stock_transfer.create --input transfer.json\n"
    '  echo \'{"id": "warehouse.list", "args": {}}\' | ngorder-tui api --batch -',
)
def api(
    ctx: typer.Context,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help=_("The endpoint, such as order.list."), autocompletion=_ids)
    ] = None,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="name=value", help=_("Its arguments; nested ones as name[0][key]=value.")),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=_("The endpoints; with an ID, its arguments too."))] = False,
    json: Annotated[bool, typer.Option("--json", help=_("--list as one JSON array."))] = False,
    input: Annotated[str | None, typer.Option(help=_("The arguments as JSON: a file, or - for stdin."))] = None,
    batch: Annotated[
        str | None, typer.Option(help=_('Calls as JSON lines {"id": …, "args": {…}}: a file, or - for stdin.'))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("All pages, one JSON line a record."))] = False,
    raw: Annotated[bool, typer.Option("--raw", help=_("The body as it came."))] = False,
    output_: Annotated[
        Path | None, typer.Option("--output", help=_("The file to write; never one that is there."))
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(help=_("The longest silence, in seconds (30)."), metavar="SECONDS")
    ] = None,
    unconfirmed_path: Annotated[
        bool, typer.Option("--unconfirmed-path", help=_("Let a write go to a path that is our guess."))
    ] = False,
) -> int:
    """Call the API."""
    from ngorder_tui.cli import api as calls

    given: Given = ctx.obj
    if list_:
        return perform(given, lambda: calls.list_endpoints(id, as_json=json))
    wanted = calls.Wanted(id, arguments or (), input, all_, raw, output_, timeout, unconfirmed_path)
    if batch is not None:
        from ngorder_tui.cli import batch as batches

        return perform(given, lambda: batches.run(given, batch, wanted))
    return perform(given, lambda: calls.call(given, wanted))


@frame.command(
    help=_("A whole list as a file: CSV on stdout, or as a file with --output; XLSX as a file."),
    epilog="\b\n  ngorder-tui export orders --format csv payment_status=UNPAID > unpaid.csv\n"
    "  ngorder-tui export products --format xlsx --output products.xlsx",
)
def export(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LIST", help=_("orders, products, customers, …"))],
    filters: Annotated[
        list[str] | None, typer.Argument(metavar="name=value", help=_("Filters, as `api` takes them."))
    ] = None,
    format: Annotated[str, typer.Option(help=_("csv or xlsx."), metavar="csv|xlsx")] = "csv",
    output_: Annotated[
        Path | None, typer.Option("--output", help=_("The file to write; never one that is there."))
    ] = None,
) -> int:
    """Export a list."""
    from ngorder_tui.cli import export as exports

    wanted = exports.Wanted(name, format, output_, filters or ())
    return perform(ctx.obj, lambda: exports.run(ctx.obj, wanted))


@journal.callback(invoke_without_command=True)
def journal_(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help=_("As JSON."))] = False,
) -> int:
    """Show the open writes."""
    if ctx.invoked_subcommand is not None:
        return 0
    from ngorder_tui.cli import writes

    return perform(ctx.obj, lambda: writes.show(ctx.obj, as_json=json))


@journal.command(help=_("Decide about one: it was done, send it again, or drop it."))
def resolve(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=_("Its number in the journal."))],
    decision: Annotated[str, typer.Argument(metavar="as-done|send-again|drop", help=_("What shall become of it."))],
) -> int:
    """Resolve a write."""
    from ngorder_tui.cli import writes

    return perform(ctx.obj, lambda: writes.resolve(ctx.obj, number, decision))


@frame.command(
    help=_(
        "Settings, key, link, terminal, store, unsent writes: what is wrong and what to do.\n\n"
        "Exit code 0 where nothing is bad (warnings count as well), 1 where something is. No secret is shown."
    )
)
def doctor(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help=_("As JSON."))] = False,
) -> int:
    """Look at everything."""
    from ngorder_tui.cli import doctor as doctors

    return perform(ctx.obj, lambda: doctors.run(ctx.obj, as_json=json))


@frame.command(name="print", help=_("The key card, or the sheet of command barcodes."))
def print_(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="keys|barcodes")],
    output_: Annotated[Path | None, typer.Option("--output", help=_("The file to write."))] = None,
) -> int:
    """Print a card."""
    from ngorder_tui.cli import printing

    return perform(ctx.obj, lambda: printing.run(what, output_))


@frame.command(help=_("Draw the pictures of the README from the sandbox."))
def screenshot(
    ctx: typer.Context, folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder to draw into."))]
) -> int:
    """Draw the pictures."""
    from ngorder_tui.cli import launch

    return perform(ctx.obj, lambda: launch.screenshot(folder))
