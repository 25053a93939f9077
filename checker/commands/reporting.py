"""The options that say in which formats an answer is written, and where to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

import click

import checker
from checker.commands.options import check_named_once
from checker.commands.output import (
    Told,
    text_of_report,
    write_evidence,
    write_json,
    write_markup,
    write_paragraphs,
)
from checker.commands.streams import AfterDocument
from checker.interface.choices import FORMS, Form
from checker.language.diagnostics import SpecError
from checker.results.answer import Answer, Evidenced
from checker.results.files import CANNOT_WRITE, append_text, check_place, write_file

if TYPE_CHECKING:
    from checker.api import Law
    from checker.formats.write import Reported
    from checker.results.mistakes import Mistakes

Printed: TypeAlias = Form | Literal["html"]
"""A format that needs the answer only, or a page, which shows the law as well."""

_PAGE: Final = "html"
_NAMED: Final[Mapping[str, Printed]] = {**{each: each for each in FORMS}, _PAGE: _PAGE}
_ENDINGS: Final[Mapping[str, Printed]] = {
    ".html": _PAGE,
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".xml": "junit",
}
_SUMMARY: Final = "GITHUB_STEP_SUMMARY"
_COMMANDS: Final = ("prove", "diff", "lint", "cover", "certify")


@dataclass(frozen=True, slots=True)
class Output:
    """A file that an answer is written to, in a format."""

    form: Printed
    file: Path

    @classmethod
    def read(cls, told: str) -> Output:
        """Return what `FORMAT:FILE` or `FILE` says. ValueError if it does not say in which format."""
        before, colon, after = told.partition(":")
        if colon and before in _NAMED and after:
            return cls(_NAMED[before], Path(after))
        endings = sorted(_ENDINGS, key=len, reverse=True)
        ending = next((each for each in endings if told.casefold().endswith(each)), None)
        if ending is None:
            raise ValueError(
                f"`{told}` does not say in which format: write `sarif:{told}`, or end it in `.sarif`"
            )
        return cls(_ENDINGS[ending], Path(told))


@dataclass(frozen=True, slots=True)
class Reports:
    """What was asked for: `form` on standard output, and the same answer in `files`."""

    form: Printed
    files: tuple[Output, ...] = ()

    @classmethod
    def asked(cls, arguments: Sequence[str]) -> Reports:
        """What a command line asks for, as far as that can be seen of options that may be wrong."""
        forms = [_NAMED[each] for each in _values("--format", arguments) if each in _NAMED]
        files = tuple(_files(arguments)) if arguments[:1] and arguments[0] in _COMMANDS else ()
        return cls(forms[-1] if forms else "text", files)

    def check(self, law: Law) -> None:
        """Raise SpecError if a file cannot be written or would be read as law, before long work."""
        for each in self.files:
            check_place(each.file)
            law.check_outside(each.file, CANNOT_WRITE)

    def write(self, law: Law, answer: Answer, paragraphs: Told, evidence: Path | None = None) -> None:
        """Write an answer to standard output, then to all files, then its evidence: no verdict is lost where
        one of those cannot be written. For machines, who have had their one document by then, raises
        AfterDocument.
        """
        self._print(answer, law, paragraphs)
        try:
            if self.form == "github":
                _summarise(_reported(answer))
            for each in self.files:
                write_file(each.file, _as_text(each.form, answer, law, paragraphs))
            if isinstance(answer, Evidenced):
                write_evidence(answer, evidence)
        except (SpecError, OSError) as wrong:
            if self.form != "text":
                raise AfterDocument from wrong
            raise

    def write_mistakes(self, mistakes: Mistakes) -> None:
        """Write what is wrong where the answer would have been written, but for people, who are told."""
        match self.form:
            case "json":
                write_json(mistakes)
            case "text" | "html":
                pass
            case form:
                write_markup(checker.formatted(mistakes, form), form)
        if self.form == "github":
            _summarise(mistakes)
        refused = any(each.code == CANNOT_WRITE for each in mistakes.diagnostics)
        for each in () if refused else self.files:
            if each.form != "html":
                check_place(each.file)
                write_file(each.file, checker.formatted(mistakes, each.form))

    def _print(self, answer: Answer, law: Law, paragraphs: Told) -> None:
        if self.form == "text":
            write_paragraphs((*law.notice, *paragraphs()))
        elif self.form == "json":
            write_json(answer)
        else:
            write_markup(_as_text(self.form, answer, law, paragraphs), self.form)


def _as_text(form: Printed, answer: Answer, law: Law, paragraphs: Told) -> str:
    if form == "text":
        return text_of_report((*law.notice, *paragraphs()))
    if form == "html":
        return law.page(answer, command=getattr(answer, "command", ""))
    heading = law.heading if form == "markdown" else ""
    return f"{heading}{checker.formatted(_reported(answer), form)}"


def _reported(answer: Answer) -> Reported:
    """Return an answer that has all formats, as only commands with `report_options` write others."""
    return cast("Reported", answer)


def _summarise(answer: Reported) -> None:
    """Add a page to the summary of the step, where GitHub runs the command."""
    place = os.environ.get(_SUMMARY)
    if place:
        append_text(Path(place), checker.step_summary(answer))


def format_option(*, pages: bool = False) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the option `--format`, as its `reports`: of text and JSON. `pages`: of HTML, too."""

    def with_reports(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def reporting(*arguments: object, form: Printed, **others: object) -> int:
            return command(*arguments, reports=Reports(form), **others)

        return _form(("text", "json", _PAGE) if pages else ("text", "json"))(reporting)

    return with_reports


def _form(forms: Sequence[str]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    choice = click.Choice(forms)
    return click.option(
        "--format", "form", type=choice, default="text", show_default=True, help="What standard output gets."
    )


def report_options(*, pages: bool = False) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the options `--format` and `--output`, as its `reports`. `pages`: of HTML, too."""
    forms = (*FORMS, _PAGE) if pages else FORMS
    with_files = click.option(
        "--output",
        multiple=True,
        callback=partial(_outputs, frozenset(forms)),
        metavar="[FORMAT:]FILE",
        help="Write the answer to FILE as well, in FORMAT, else as its ending says. Repeatable.",
    )

    def with_reports(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def reporting(*arguments: object, form: Printed, output: tuple[Output, ...], **others: object) -> int:
            return command(*arguments, reports=Reports(form, output), **others)

        return _form(forms)(with_files(reporting))

    return with_reports


def _outputs(
    forms: frozenset[str], context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[Output, ...]:
    """Return the files. BadParameter for one in no format of the command, or that is named twice."""
    found: list[Output] = []
    for each in value:
        try:
            found.append(Output.read(each))
        except ValueError as wrong:
            raise click.BadParameter(str(wrong), context, parameter) from wrong
    alien = next((each for each in found if each.form not in forms), None)
    if alien is not None:
        raise click.BadParameter(f"this command does not write `{alien.form}`", context, parameter)
    check_named_once([each.file for each in found])
    return tuple(found)


def _values(option: str, arguments: Sequence[str]) -> Iterator[str]:
    for here, after in zip(arguments, (*arguments[1:], ""), strict=True):
        if here == option:
            yield after
        elif here.startswith(f"{option}="):
            yield here.removeprefix(f"{option}=")


def _files(arguments: Sequence[str]) -> Iterator[Output]:
    """Yield the files to write to whatever else is wrong: none in a law, nor one that is named twice."""
    found = []
    for told in _values("--output", arguments):
        with suppress(ValueError):
            found.append(Output.read(told))
    places = [each.file.resolve() for each in found]
    named = (*_values("--spec", arguments), *_values("--properties", arguments), "spec", "properties")
    laws = [Path(each).resolve() for each in named]
    for each, place in zip(found, places, strict=True):
        if places.count(place) == 1 and not any(law in (place, *place.parents) for law in laws):
            yield each
