"""What the command line gave, and how every command begins and ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ngorder_tui import i18n
from ngorder_tui.api.errors import (
    AnswerUnknown,
    ApiError,
    Forbidden,
    Invalid,
    Refused,
    ServerFault,
    Throttled,
    Unauthorized,
    Unreachable,
)
from ngorder_tui.cli import output
from ngorder_tui.i18n import _
from ngorder_tui.settings import BadSettings, Options, Settings, load

if TYPE_CHECKING:
    from ngorder_tui.start import Connect

DONE, REFUSED, USAGE, NO_KEY, UNREACHED, UNKNOWN, READ_FAILED, INTERRUPTED = 0, 1, 2, 4, 5, 6, 7, 130
MOST_REASONS = 3


def _connector(settings: Settings) -> Connect:
    from ngorder_tui.start import connector

    return connector(settings)


@dataclass(frozen=True, slots=True)
class Given:
    """Options, environment, and how a client is made from settings: tests put their own line in its place."""

    environ: Mapping[str, str]
    options: Options = field(default_factory=Options)
    debug: bool = False
    connect: Callable[[Settings], Connect] = _connector

    def settings(self, *, timeout: float | None = None, demo: bool = False, with_key: bool = True) -> Settings:
        """The settings in force; from now on their language is spoken. Raises BadSettings."""
        options = self.options if timeout is None else replace(self.options, timeout=timeout)
        settings = load(options, self.environ, demo=demo, with_key=with_key)
        i18n.use(settings.language)
        return settings


class Interrupted(Exception):
    """The user broke it off; the text says what that means for a write that was under way."""


def exit_code(error: ApiError) -> int:
    """The exit code that says what an error means for the user's data."""
    match error:
        case Invalid():
            return USAGE
        case Unauthorized() | Forbidden():
            return NO_KEY
        case Unreachable() | Throttled():
            return UNREACHED
        case AnswerUnknown():
            return UNKNOWN
        case ServerFault():
            return READ_FAILED
        case _:
            return REFUSED


def explain(error: ApiError) -> None:
    """An error on stderr, in one to four lines."""
    reasons = [f"{name}: {' '.join(why)}" for name, why in error.fields.items()]
    if not reasons:
        output.say(str(error) or error.kind)
        return
    if isinstance(error, Invalid):
        output.say(_("It cannot be sent as it is; nothing was sent:"))
    elif isinstance(error, Refused):
        output.say(_("The server said no; nothing was done:"))
    shown = reasons if len(reasons) <= MOST_REASONS else reasons[: MOST_REASONS - 1]
    for reason in shown:
        output.say_indented(reason)
    if len(reasons) > len(shown):
        output.say_indented(_("and {count} more").format(count=len(reasons) - len(shown)))


def perform(given: Given, work: Callable[[], int]) -> int:
    """Do a command's work and give its exit code; whatever goes wrong is told in a sentence, not in a traceback."""
    try:
        code = work()
        output.flush()
    except BrokenPipeError:
        output.hush()
        return DONE
    except output.CannotWrite as error:
        output.hush()
        output.say(_("What the server answered cannot be written to stdout: {why}.").format(why=error))
        return READ_FAILED
    except (KeyboardInterrupt, Interrupted) as error:
        output.say(str(error) or _("Interrupted."))
        return INTERRUPTED
    except ApiError as error:
        _trace(given)
        explain(error)
        return exit_code(error)
    except BadSettings as error:
        _trace(given)
        output.say(*str(error).splitlines())
        return USAGE
    except Exception as error:
        _trace(given)
        return _unexpected(error)
    return code


def _trace(given: Given) -> None:
    if given.debug:
        import traceback

        traceback.print_exc(file=sys.stderr)


def _unexpected(error: Exception) -> int:
    from ngorder_tui.store.database import StoreError

    if isinstance(error, StoreError):
        output.say(str(error))
        return USAGE
    if isinstance(error, OSError):
        named = f": {error.filename}" if error.filename else ""
        output.say(_("It cannot be done: {why}").format(why=f"{error.strerror or error}{named}"))
        return USAGE
    output.say(
        _("Something went wrong inside ngorder-tui: {error}").format(error=f"{type(error).__name__}: {error}"),
        _("Run it again with --debug to see where, and tell us."),
    )
    return REFUSED
