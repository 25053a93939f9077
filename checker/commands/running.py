"""Runs one command, and turns every failure into an exit code and at most one line."""

from __future__ import annotations

import importlib
import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from types import TracebackType
from typing import Final, Self

import click

from checker.commands.completion import ASKED, complete
from checker.commands.group import redline
from checker.commands.streams import OUTPUT, AfterDocument, drop, say
from checker.exits import AS_EXPECTED, BAD_USAGE, INTERNAL, INTERRUPTED
from checker.interface.choices import FORMS
from checker.language.diagnostics import Diagnostic, SpecError

_FORMATS: Final = tuple(f"--format={each}" for each in FORMS if each != "text")


@dataclass(slots=True)
class Outcome:
    """Turns whatever ends a command into an exit code; nothing gets past it as a traceback. `machine`: what
    is wrong with the input is written as a document, in the formats that the `arguments` ask for.
    """

    code: int = 0
    attempt: int = 0
    machine: bool = False
    arguments: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            # Saying what went wrong can go wrong itself: then say less.
            with Outcome(attempt=self.attempt + 1) as saying:
                document = partial(_document_of, self.arguments)
                first = document if self.machine else _code_of
                saying.code = (first, _internal_error, _silence)[self.attempt](error)
            self.code = saying.code
        return True


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Never raises; REDLINE_DEBUG=1 shows tracebacks."""
    if ASKED in os.environ:
        return complete(redline)
    with Outcome(machine=_for_machines(arguments), arguments=tuple(arguments)) as outcome:
        for each in (sys.stdout, sys.stderr):
            if isinstance(each, io.TextIOWrapper):  # what its encoding lacks is escaped
                each.reconfigure(errors="backslashreplace")
        with redline.make_context("redline", list(arguments)) as context:
            code = redline.invoke(context)
        sys.stdout.flush()
        outcome.code = code if isinstance(code, int) else AS_EXPECTED
    return outcome.code


def _for_machines(arguments: Sequence[str]) -> bool:
    """Whether a document is asked for, as far as that can be seen of options that may be wrong."""
    return any(
        (option == "--format" and value in FORMS[1:])
        or option in _FORMATS
        or option.partition("=")[0] == "--output"
        for option, value in pairwise((*arguments, ""))
    )


def _document_of(arguments: Sequence[str], error: BaseException) -> int:
    """Write what is wrong with the input in the formats that were asked for, and return the exit code; what
    else ends a command is said, and so is this to people.
    """
    match error:
        case SpecError(diagnostics=diagnostics) if all(each.code != OUTPUT for each in diagnostics):
            found = diagnostics
        case click.ClickException():
            found = (_of_usage(error),)
        case OSError() if not isinstance(error, BrokenPipeError):
            found = (Diagnostic("system", _told_by_system(error), None),)
        case AfterDocument(__cause__=BaseException() as cause):
            return _code_of(cause)
        case _:
            return _code_of(error)
    mistakes = importlib.import_module("checker.results.mistakes").mistakes_of(found)
    reports = importlib.import_module("checker.commands.reporting").Reports.asked(arguments)
    if reports.form in ("text", "html"):
        _code_of(error)
    try:
        reports.write_mistakes(mistakes)
    except SpecError as wrong:  # of a file; the mistakes have been said, or are in the one document
        _code_of(wrong)
    return BAD_USAGE


def _of_usage(error: click.ClickException) -> Diagnostic:
    """What is wrong with a command line, in the words of all other diagnostics."""
    possible = getattr(error, "possibilities", None) or ()
    said = error.message if possible else error.format_message()
    message = re.sub(r"'([^'`]*)'", r"`\1`", said.rstrip("."))
    return Diagnostic("usage", message[:1].lower() + message[1:], None, nearest=next(iter(possible), None))


def _code_of(error: BaseException) -> int:
    """Say what went wrong, on standard error, and return its exit code."""
    match error:
        case click.exceptions.Exit(exit_code=code):
            return code
        case click.ClickException():
            said = io.StringIO()
            error.show(said)
            say(said.getvalue())
            return BAD_USAGE
        case click.Abort() | KeyboardInterrupt():
            say("redline: interrupted\n")
            return INTERRUPTED
        case BrokenPipeError():  # the reader of a help text has gone
            drop(sys.stdout)
            return AS_EXPECTED
        case SpecError(diagnostics=diagnostics, texts=texts):
            importlib.import_module("checker.commands.output").write_diagnostics(diagnostics, texts)
            return BAD_USAGE
        case OSError():
            return _refused_by_system(error)
        case _:
            return _internal_error(error)


def _refused_by_system(error: OSError) -> int:
    """Say what the system does not let us do: a file that cannot be opened, a device that is full."""
    say(f"redline: {_told_by_system(error)}\n")
    try:
        sys.stdout.flush()
    except OSError:  # it is standard output that is full
        drop(sys.stdout)
    return BAD_USAGE


def _told_by_system(error: OSError) -> str:
    where = "" if error.filename is None else f"`{os.fsdecode(error.filename)}`: "
    return f"{where}{error.strerror or error}"


def _internal_error(error: BaseException) -> int:
    if os.environ.get("REDLINE_DEBUG"):
        say("".join(traceback.format_exception(error)))
    first = str(error).splitlines()[0] if str(error) else ""
    told = f"{type(error).__name__}: {first}" if first else type(error).__name__
    say(f"redline: internal error: {told}\n")
    return INTERNAL


def _silence(error: BaseException) -> int:
    del error
    return INTERNAL
