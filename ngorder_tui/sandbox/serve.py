"""The shop over HTTP."""

from __future__ import annotations

import errno
import logging
import socket
import sqlite3
import sys
from pathlib import Path

import uvicorn

from ngorder_tui import clock
from ngorder_tui.sandbox.app import BASE_PATH, create_app
from ngorder_tui.sandbox.database import NotAShop, open_shop
from ngorder_tui.sandbox.faults import Cut, Faults


def run(host: str, port: int, data: Path | None, faults: Faults | None = None, seed: int = 1, orders: int = 500) -> int:
    """Serve the shop until interrupted; prints the base URL on stderr once it answers.

    `data` is the shop's file (made if it is not there), None a shop in memory; port 0 takes any free one. Answers the
    exit code: 0 when stopped, 2 (and one line on stderr) where the port or the file cannot be used.
    """
    try:
        listener = _listen(host, port)
    except OSError as error:
        return _complain(f"Cannot listen on {host}:{port}: {_why(error)}")
    with listener:
        try:
            db = open_shop(data, seed=seed, orders=orders, today=clock.today())
        except (NotAShop, OSError, sqlite3.Error) as error:
            return _complain(f"Cannot use {data} as the shop's file: {error}")
        try:
            logging.getLogger("uvicorn.error").addFilter(_not_a_cut)
            config = uvicorn.Config(
                create_app(db, faults=faults), log_level="warning", access_log=False, timeout_graceful_shutdown=3
            )
            _Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            return 0
        finally:
            db.close()
    return 0


class _Server(uvicorn.Server):
    """Tells where it is, once it is there."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"http://{shown}:{port}{BASE_PATH}", file=sys.stderr, flush=True)


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "the port is in use."
    if error.errno == errno.EACCES:
        return "this port needs more rights."
    return f"{error.strerror or error}."


def _not_a_cut(record: logging.LogRecord) -> bool:
    """Whether a log record is worth showing: a connection that was cut on purpose is not."""
    return record.exc_info is None or not isinstance(record.exc_info[1], Cut)


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
