"""The list of commands. Each is loaded only when it is used."""

from __future__ import annotations

import importlib
from difflib import get_close_matches
from typing import Final

import click
from click.shell_completion import CompletionItem

_COMMANDS: Final = {
    "prove": "Decide claims: expected against found, and a story for every refutation.",
    "diff": "List exactly the requests that two versions decide differently, and prove it.",
    "rollout": "Check all mixtures of two versions and all orders of deployment: which are safe.",
    "who": "Find the users who can bring something about, and show that nobody can without them.",
    "cover": "Edit a version in every place, and say which claims notice.",
    "cases": "Make tests of a version, for testers and for programs, and say what they cover.",
    "lint": "Find rules without effect, and words and rules that do not fit each other.",
    "explain": "Take one request through one situation: every check, in order, with the reason.",
    "audit": "Hold tables against the law: which rows are wrong, and who can put them right.",
    "replay": "Hold a log of requests against the law, and list the answers that it does not give.",
    "certify": "Re-check written evidence without searching.",
    "show": "Print the law of a version as redlined, with the meaning under the words.",
    "report": "Write one page of HTML: claims, stories, the redlined law, differences, open points.",
    "import": "Make a law, to be given its meaning, of a document of Word, HTML or Excel.",
    "export": "Write a column and its claims as TLA+, for TLC to check a finite instance.",
    "register": "Write the register of open points, with the claims that turn on each.",
    "watch": "Decide claims again whenever a page is saved, and say what turned.",
    "fmt": "Lay the fences of pages out: indentation and spaces, never words.",
    "serve": "Edit the law in a browser, with verdicts and stories beside it.",
    "lsp": "Serve editors: mistakes, names and verdicts while a page is being written.",
    "init": "Write a small complete law into a folder, and say what to do next.",
    "doctor": "Look at what redline runs with, and whether that works.",
    "cache": "Show where verdicts of earlier runs are kept, or delete them.",
    "schema": "Print the JSON Schema of a document that `--format json` writes.",
}


class UnknownCommand(click.UsageError):
    """There is no command of that name. `possibilities`: the names most like it, the nearest first."""

    def __init__(self, name: str, context: click.Context) -> None:
        super().__init__(f"No such command '{name}'.", context)
        self.possibilities = get_close_matches(name, _COMMANDS, n=1)

    def format_message(self) -> str:
        nearest = "".join(f" (Did you mean '{each}'?)" for each in self.possibilities)
        return f"{self.message}{nearest}"


class Commands(click.Group):
    """A group that imports a command's module only when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"checker.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named first. Raises UsageError with the nearest name."""
        if args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise UnknownCommand(args[0], ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands without loading them, and options."""
        found = (CompletionItem(name, help=said) for name, said in _COMMANDS.items())
        named = [each for each in found if each.value.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

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
    version = importlib.import_module("checker.interface.installed").installed_version()
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

    Exit codes: 0 all as expected; 1 a verdict is not as expected; 2 bad usage or a bad spec; 3 unknown, out
    of time or only bounded; 4 a claim is vacuous, a rule has no effect, or an edit goes unnoticed;
    5 evidence is rejected, or an internal error.
    """
