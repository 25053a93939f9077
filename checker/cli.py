"""The command line: finds the command, loads only it, and turns whatever happens into an exit code.

With `checker.commands.output`, the only part of redline that prints.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import click

from checker.exits import AS_EXPECTED, BAD_USAGE, INTERNAL, INTERRUPTED
from checker.language.diagnostics import SpecError

_COMMANDS: Final = {
    "prove": "Decide claims: expected against found, and a story for every refutation.",
    "diff": "Say exactly which requests two versions decide differently, and prove it.",
    "rollout": "Go through all mixtures of two versions and orders of deployment: which are safe.",
    "who": "Say which users can bring something about, and who cannot without them.",
    "cover": "Edit a version in every place, and say which claims notice.",
    "lint": "Find rules that decide nothing, and words and rules that do not fit each other.",
    "explain": "Take one request through one situation: every check, in order, and why.",
    "certify": "Re-check written evidence with other solvers.",
    "show": "Print the law of a version as redlined, with the meaning under the words.",
    "export": "Write a column and its claims as TLA+, for TLC to check a finite instance.",
    "register": "Write the register of open points, with the claims that turn on each.",
}


class Commands(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"checker.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version that is installed; a checkout that is not installed says so."""
    del parameter
    if not value or ctx.resilient_parsing:
        return
    version = importlib.import_module("checker.commands.output").installed_version()
    click.echo(f"redline {version}" if version else "redline, not installed")
    ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def redline() -> None:
    """Prove what a change to legal text does.

    Exit codes: 0 all as expected; 1 a verdict is not as expected; 2 bad usage or bad spec; 3 unknown, timed
    out or only bounded; 4 vacuous; 5 evidence rejected, or an internal error.
    """


@dataclass(slots=True)
class Outcome:
    """Turns whatever ends a command into an exit code; nothing gets past it as a traceback."""

    code: int = 0
    attempt: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            # Saying what went wrong can go wrong itself: then say less.
            with Outcome(attempt=self.attempt + 1) as saying:
                saying.code = (_code_of, _internal_error, _silence)[self.attempt](error)
            self.code = saying.code
        return True


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Never raises; REDLINE_DEBUG=1 shows tracebacks."""
    with Outcome() as outcome:
        if isinstance(sys.stdout, io.TextIOWrapper):  # what its encoding lacks is escaped
            sys.stdout.reconfigure(errors="backslashreplace")
        code = redline.main(list(arguments), prog_name="redline", standalone_mode=False)
        sys.stdout.flush()
        outcome.code = code if isinstance(code, int) else 0
    return outcome.code


def _code_of(error: BaseException) -> int:
    """Say what went wrong, on standard error, and return its exit code."""
    match error:
        case click.ClickException():
            error.show(sys.stderr)
            return BAD_USAGE
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case BrokenPipeError() | SystemExit():  # click exits when the reader of our output has gone
            return _closed_output()
        case SpecError(diagnostics=diagnostics):
            importlib.import_module("checker.commands.output").write_diagnostics(diagnostics)
            return BAD_USAGE
        case _:
            return _internal_error(error)


def _closed_output() -> int:
    """Keep Python from complaining, when it flushes at exit, that the reader of our output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return AS_EXPECTED


def _internal_error(error: BaseException) -> int:
    if os.environ.get("REDLINE_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    first = str(error).splitlines()[0] if str(error) else ""
    told = f"{type(error).__name__}: {first}" if first else type(error).__name__
    click.echo(f"redline: internal error: {told}", err=True)
    return INTERNAL


def _silence(error: BaseException) -> int:
    del error
    return INTERNAL


def main() -> None:
    """Run the command given to the process, and exit."""
    sys.exit(run(sys.argv[1:]))
