"""The commands that start something: the app, the demo, the sandbox, the app in a browser."""

from __future__ import annotations

import importlib
import os
import shlex
import sys
from pathlib import Path

from ngorder_tui.api.address import is_this_machine
from ngorder_tui.api.errors import Invalid
from ngorder_tui.cli import output
from ngorder_tui.cli.given import DONE, NO_KEY, Given
from ngorder_tui.i18n import _
from ngorder_tui.settings import DemoOptions, Settings


def _set_up_textual() -> None:
    """What Textual reads from the environment when it is imported; what the user has set stays."""
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")


def app(given: Given) -> int:
    """The app on the current profile; without a key, login or demo are offered. Raises BadSettings."""
    settings = given.settings()
    if not settings.has_key:
        return _offer(given, settings)
    return _run(settings, None)


def _offer(given: Given, settings: Settings) -> int:
    output.say(
        _(
            "There is no key for the profile {name} yet: `ngorder-tui login` stores one, and `ngorder-tui demo` shows"
            " the app with an invented shop."
        ).format(name=repr(settings.profile))
    )
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
        return NO_KEY
    match output.ask(_("[l] log in now, [d] demo, anything else: leave:"))[:1]:
        case "l":
            from ngorder_tui.cli.keys import Wanted, login

            login(given, Wanted())
            return _run(given.settings(), None)
        case "d":
            return demo(given)
    return NO_KEY


def demo(given: Given, options: DemoOptions | None = None) -> int:
    """The app on the embedded sandbox. Raises BadSettings."""
    return _run(given.settings(demo=True), options or DemoOptions())


def _run(settings: Settings, options: DemoOptions | None) -> int:
    _set_up_textual()
    from ngorder_tui.start import run_app

    return run_app(settings, options)


def sandbox(host: str, port: int, data: Path | None, options: DemoOptions) -> int:
    """The embedded shop over HTTP, until it is interrupted. Raises Invalid."""
    if options.fresh and data is not None:
        _forget_shop(data)
    from ngorder_tui.sandbox.faults import Faults
    from ngorder_tui.sandbox.serve import run

    if not is_this_machine(host):
        output.say(_("Careful: others on the network can use this shop; its key, sandbox, is no secret."))
    faults = Faults(
        latency_ms=options.latency_ms,
        kbps=options.kbps,
        error_rate=options.error_rate,
        drop_after_commit=options.drop_after_commit,
        rate_limit=options.rate_limit,
        seed=options.seed,
    )
    return run(host, port, data, faults, seed=options.seed, orders=options.orders)


def _forget_shop(data: Path) -> None:
    """Delete a shop's file, and nothing that is not one. Raises Invalid."""
    if not data.exists():
        return
    import sqlite3

    try:
        found = sqlite3.connect(f"{data.absolute().as_uri()}?mode=ro", uri=True)
        try:
            is_shop = found.execute("SELECT 1 FROM meta WHERE key = 'schema_version'").fetchone() is not None
        finally:
            found.close()
    except sqlite3.Error:
        is_shop = False
    if not is_shop:
        raise Invalid(_("{file} holds no sandbox shop: it is not deleted.").format(file=data))
    for suffix in ("", "-wal", "-shm"):
        data.with_name(data.name + suffix).unlink(missing_ok=True)


def serve(given: Given, host: str, port: int) -> int:
    """The app in a browser, until it is interrupted. Raises Invalid where the extra is not installed."""
    settings = given.settings(with_key=False)
    try:
        server = importlib.import_module("textual_serve.server")
    except ImportError:
        raise Invalid(
            _("The app in a browser needs an extra that is not installed: pip install 'ngorder-tui[web]'.")
        ) from None
    command = shlex.join([sys.executable, "-m", "ngorder_tui", "--profile", settings.profile])
    server.Server(command, host=host, port=port, title="Ngorder").serve()
    return DONE


def screenshot(folder: Path) -> int:
    """Draw the pictures of the README into the folder."""
    _set_up_textual()
    from ngorder_tui.pictures import draw

    draw(folder)
    return DONE
