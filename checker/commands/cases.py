"""`redline cases`: tests for testers, and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import click

from checker.commands.completion import COLUMN
from checker.commands.options import check_named_once, evidence_option
from checker.commands.output import Progress, write_evidence, write_json, write_markup, write_paragraphs
from checker.commands.session import Session, session_options
from checker.commands.streams import AfterDocument
from checker.interface.choices import PACK_FORMS, PATIENCE, PackForm
from checker.language.diagnostics import SpecError
from checker.results.files import CANNOT_WRITE, cannot_write, check_place, write_file

if TYPE_CHECKING:
    from checker.api import Law

_PRINTED: Final = PACK_FORMS[:-1]
_ENDINGS: Final[Mapping[str, PackForm]] = {
    ".txt": "text",
    ".json": "json",
    ".feature": "gherkin",
    ".csv": "csv",
    ".py": "pytest",
    ".xlsx": "xlsx",
}


class Packed(Protocol):
    """A pack, as far as it is to be written."""

    def written(self, form: PackForm) -> str | bytes: ...
    def write(self, folder: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class Target:
    """A file that a pack is written to, in a format, or a folder that gets all of them (None)."""

    place: Path
    form: PackForm | None

    @classmethod
    def read(cls, told: str) -> Target:
        """Return what `FORMAT:FILE`, `FILE` or `DIRECTORY` says. BadParameter if it does not say which."""
        before, colon, after = told.partition(":")
        named = next((each for each in PACK_FORMS if each == before), None)
        if colon and named is not None and after:
            return cls(Path(after), named)
        place = Path(told)
        form = _ENDINGS.get(place.suffix.casefold())
        if form is not None and not place.is_dir():
            return cls(place, form)
        if place.is_dir() or told.endswith("/") or not place.suffix:
            return cls(place, None)
        message = f"`{told}` does not say in which format: write `csv:{told}`, or end it in `.csv`"
        raise click.BadParameter(message)

    def check(self, law: Law) -> None:
        """Raise SpecError if it cannot be written, or would be read as law, before long work."""
        law.check_outside(self.place, CANNOT_WRITE)
        if self.form is not None:
            check_place(self.place)
        elif self.place.exists() and not self.place.is_dir():
            raise cannot_write(f"`{self.place}` cannot be written to: it is not a folder")

    def write(self, pack: Packed) -> None:
        """Write the pack there, whole or not at all."""
        if self.form is None:
            pack.write(self.place)
        else:
            write_file(self.place, pack.written(self.form))


def _targets(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[Target, ...]:
    """Return where the pack is written to. BadParameter for a place that is named twice."""
    del context, parameter
    found = tuple(map(Target.read, value))
    check_named_once([each.place for each in found])
    return found


def _names(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the names of the levels."""
    del context, parameter
    return () if value is None else tuple(value.split(","))


@click.command("cases")
@click.argument("column", metavar="VERSION", type=COLUMN)
@click.option(
    "--against",
    type=COLUMN,
    metavar="COLUMN",
    help="Make tests of what VERSION decides differently from COLUMN, with what was expected there.",
)
@click.option(
    "--previous",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="An earlier pack (JSON): mark its tests as kept, changed or dropped, and add what is new.",
)
@click.option(
    "--no-stories", is_flag=True, help="Leave out the stories of claims and of versions side by side."
)
@click.option(
    "--levels",
    callback=_names,
    metavar="A,B,C",
    help="Names of the three levels: one component alone, end to end, as users. Such as: PIT,SIT,UIT.",
)
@click.option(
    "--output",
    "targets",
    multiple=True,
    callback=_targets,
    metavar="[FORMAT:]FILE|DIR",
    help="Write the pack to FILE, in FORMAT or as its ending says, or all formats to DIR. Repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_PRINTED),
    default="text",
    show_default=True,
    help="What standard output gets.",
)
@click.option(
    "--run", "program", metavar="COMMAND", help="Give the tests to a program, and compare its answers."
)
@click.option(
    "--level", "chosen", multiple=True, metavar="NAME", help="With --run: only this level. Repeatable."
)
@click.option(
    "--component", default="", metavar="NAME", help="With --run: only tests of this component alone."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0.0, min_open=True),
    default=PATIENCE,
    show_default=True,
    metavar="SECONDS",
    help="With --run: the time for each answer.",
)
@evidence_option
@session_options
def command(
    column: str,
    *,
    against: str | None,
    previous: Path | None,
    no_stories: bool,
    levels: tuple[str, ...],
    targets: tuple[Target, ...],
    form: PackForm,
    program: str | None,
    chosen: tuple[str, ...],
    component: str,
    time_limit: float,
    evidence: Path | None,
    session: Session,
) -> int:
    """Make tests of VERSION: few requests in which every phrase decides both ways, and every code occurs.

    Tests are for one component alone, end to end, and as users. Stories of claims, and of mixtures of
    versions that do harm, are among them. What no request can show is proved, and listed. With --run, the
    exit code is 1 where the program departs from the law.
    """
    if program is None and (chosen or component):
        raise click.UsageError("`--level` and `--component` choose what `--run` gives to a program")
    if program is not None and form not in ("text", "json"):
        raise click.UsageError("`--run` writes a report: choose `--format text` or `json`")
    law = session.law()
    for each in targets:
        each.check(law)
    if evidence is not None:
        law.check_target(evidence)
    words = ("cases", column, *(("--no-stories",) if no_stories else ()))
    options = (
        ("--against", () if against is None else (against,)),
        ("--previous", () if previous is None else (str(previous),)),
        ("--levels", (",".join(levels),) if levels else ()),
        ("--run", () if program is None else (program,)),
        ("--level", chosen),
        ("--component", (component,) if component else ()),
        *session.given,
    )
    again = law.command(words, *options)
    with Progress() as progress:
        pack = law.cases(
            column,
            against=against,
            previous=previous,
            stories=not no_stories,
            levels=levels,
            progress=progress,
            command=again,
        )
        found = (
            pack
            if program is None
            else pack.run(
                program,
                levels=chosen,
                component=component,
                seconds=time_limit,
                progress=progress,
                command=again,
            )
        )
    if form == "text":
        write_paragraphs((*law.notice, *found.paragraphs()))
    elif form == "json":
        write_json(found)
    else:
        write_markup(str(pack.written(form)), form)
    try:
        for each in targets:
            each.write(pack)
        write_evidence(pack, evidence)
    except (SpecError, OSError) as wrong:
        if form != "text":
            raise AfterDocument from wrong
        raise
    return found.exit
