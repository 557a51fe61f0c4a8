"""Where every run of the program begins: it is known which command runs before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ngorder_tui import i18n
from ngorder_tui.cli import output
from ngorder_tui.cli.given import INTERRUPTED, USAGE, Given, perform
from ngorder_tui.cli.quick import COMMON_FLAGS, COMMON_VALUES, read_start
from ngorder_tui.settings import BadSettings, Options, load

PROGRAM = "ngorder-tui"
COMPLETING = "_NGORDER_TUI_COMPLETE"
"""What a shell sets when it asks for completions."""


def run(arguments: Sequence[str], environ: Mapping[str, str], given: Given | None = None) -> int:
    """Run the command that the arguments name; its exit code. `given` lets a test put its own line in."""
    given = given or Given(environ)
    if COMPLETING not in environ and (start := read_start(arguments)) is not None:
        from ngorder_tui.cli import launch

        given = replace(given, options=start.options, debug=start.debug)
        return perform(given, lambda: launch.app(given) if start.demo is None else launch.demo(given, start.demo))
    i18n.use(_language(arguments, environ))
    return _parsed(hoisted(arguments), given)


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The arguments with the common options moved before the command; what follows `--` stays."""
    first: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        if argument in COMMON_FLAGS or argument == "--debug" or argument.partition("=")[0] in COMMON_VALUES:
            first.append(argument)
            if argument in COMMON_VALUES and waiting:
                first.append(waiting.pop(0))
        else:
            rest.append(argument)
    return first + rest


def _language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language that help and usage errors speak: bad settings are told later, by the command that needs them."""
    asked: dict[str, str] = {}
    for name, following in zip(arguments, [*arguments[1:], ""], strict=True):
        option, sign, value = name.partition("=")
        asked.setdefault(option, value if sign else following)
    options = Options(profile=asked.get("--profile"), language=asked.get("--lang"))
    try:
        return load(options, environ, with_key=False).language
    except BadSettings:
        return "en"


def _parsed(arguments: Sequence[str], given: Given) -> int:
    import typer
    from typer.main import get_command

    from ngorder_tui.cli.frame import frame

    usage_error = typer.BadParameter.__mro__[1]
    try:
        code = get_command(frame).main(list(arguments), prog_name=PROGRAM, standalone_mode=False, obj=given)
        output.flush()
    except (KeyboardInterrupt, typer.Abort):
        output.say(i18n._("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        output.hush()
        return 0
    except Exception as error:
        if not isinstance(error, usage_error):
            raise
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else PROGRAM
        output.say(str(getattr(error, "format_message", error.__str__)()))
        output.say(i18n._("`{command} --help` tells more.").format(command=command))
        return USAGE
    return code if isinstance(code, int) else 0
