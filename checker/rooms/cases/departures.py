"""Where a program departs from the law: what `cases --run` finds."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from checker.exits import AS_EXPECTED, NOT_AS_EXPECTED
from checker.interface.choices import PATIENCE
from checker.language.diagnostics import Diagnostic, SpecError
from checker.report.paper import Paragraph, Words, joined, paragraph, row
from checker.results.answer import Answer, Frame, Watch, frame_of, nobody
from checker.rooms.cases.document import Expected, PackDocument, answered, with_codes
from checker.rooms.cases.given import Given, given
from checker.rooms.cases.goals import LEVELS, Level
from checker.rooms.cases.run import Answered, run_program

_SHOWN: Final = 12  # departures that the report tells
_GIVEN: Final = 6  # sentences of each that say what is so before
_QUOTED: Final = 80  # letters of an answer that cannot be read

Kind = Literal["departs", "unreadable", "no answer"]


class Departure(Struct, frozen=True, kw_only=True):
    """A test in which the program departs from the law. `given`: what is so before its steps and the answer
    turns on, in sentences; `step`: which of its requests, from 1; `expected`, `found`: in words. `kind`: it
    answers otherwise, or nothing that can be read, or not at all.
    """

    id: str
    level: str
    title: str
    component: str
    given: tuple[str, ...]
    step: int
    sentence: str
    kind: Kind
    expected: str
    found: str
    clauses: tuple[str, ...]


class Run(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.cases-run/1"):
    """What a program answered to the tests of a pack: of how many `asked` it answered `right`."""

    command: str
    program: str
    seconds: float
    exit: int
    asked: int
    right: int
    departures: tuple[Departure, ...]

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report: how many answers are right, and where the others depart from the law."""
        return _paragraphs(self)

    def frame(self) -> Frame:
        """A row for each departure."""
        names = ("id", "level", "component", "step", "kind", "expected", "found")
        return frame_of(({name: getattr(each, name) for name in names} for each in self.departures), names)


def run(
    pack: PackDocument,
    program: str,
    *,
    levels: Sequence[str] = (),
    component: str = "",
    seconds: float = PATIENCE,
    command: str = "",
    watch: Watch = nobody,
) -> Run:
    """Give the tests of a pack to a program, and say where it departs from the law. SpecError if it cannot be
    started.
    """
    started = time.monotonic()
    tests = tuple(given(pack, _chosen(pack, levels), component))
    if not tests:
        known = dict.fromkeys(
            x.component
            for each in pack.cases
            for step in each.steps
            if step.expected
            for x in step.expected.components
        )
        message = f"there is no such test{f' of `{component}` alone' if component else ''}"
        raise SpecError((Diagnostic("nothing-asked", message, None, tuple(f"`{each}`" for each in known)),))
    departures: list[Departure] = []
    right = 0
    for each in run_program(program, tests, seconds, watch):
        found = tuple(_departures(pack, each))
        departures += found
        right += not found
    return Run(
        command=command,
        program=program,
        seconds=round(time.monotonic() - started, 3),
        exit=NOT_AS_EXPECTED if departures else AS_EXPECTED,
        asked=len(tests),
        right=right,
        departures=tuple(departures),
    )


def _chosen(pack: PackDocument, names: Sequence[str]) -> tuple[Level, ...]:
    """Return the levels of these names. SpecError for a name that is none."""
    for each in names:
        if each not in pack.names:
            expected = tuple(f"`{name}`" for name in pack.names)
            message = f"there is no level `{each}`"
            raise SpecError((Diagnostic("unknown-name", message, None, expected),))
    return tuple(each for each in LEVELS if not names or pack.name_of(each) in names)


def _departures(pack: PackDocument, found: Answered) -> Iterator[Departure]:
    test = found.given
    if found.missing:
        yield _departure(pack, test, "no answer", _whole(test), found.missing)
        return
    try:
        document = json.loads(found.line)
    except (ValueError, RecursionError):
        yield _departure(pack, test, "unreadable", _whole(test), f"what is not JSON: {found.line[:_QUOTED]}")
        return
    wrong = _shape(document, test)
    if wrong:
        yield _departure(pack, test, "unreadable", _whole(test), wrong)
        return
    if test.alone is not None:
        alone = test.alone
        right = document.get("outcome") == alone.answer and _code_fits(document, alone.codes)
        if not right:
            told = alone.answer if alone.answer == "passes" else f"refuses{with_codes(alone.codes)}"
            yield _departure(pack, test, "departs", told, _told(document))
        return
    for number, (expected, answer) in enumerate(zip(test.expected, document["answers"], strict=True)):
        if not _fits(expected, answer, test.level):
            yield _departure(pack, test, "departs", answered(expected), _told(answer), number)


def _shape(document: object, test: Given) -> str:
    """What is wrong with the form of an answer, or nothing."""
    if not isinstance(document, dict):
        return "what is no JSON object"
    if document.get("id", test.test.id) != test.test.id:
        return f"the test {str(document['id'])[:_QUOTED]}, which is not the one that was asked"
    if test.alone is not None:
        return "" if isinstance(document.get("outcome"), str) else "no `outcome`: `passes` or `refuses`"
    answers = document.get("answers")
    if not isinstance(answers, list) or not all(isinstance(each, dict) for each in answers):
        return "no list of `answers`"
    if len(answers) != len(test.expected):
        return f"{len(answers)} answers to {len(test.expected)} requests"
    return ""


def _fits(expected: Expected, answer: Mapping[str, object], level: Level) -> bool:
    if answer.get("outcome") != expected.outcome:
        return False
    if expected.outcome == "accepted":
        return True
    where = answer.get("component", expected.component), answer.get("index", expected.index)
    there = level == "user" or where == (expected.component, expected.index)
    return there and _code_fits(answer, expected.codes)


def _code_fits(answer: Mapping[str, object], codes: Sequence[str | None]) -> bool:
    """Whether the code is one that may be; any will do, or none, where none is published."""
    return not codes or None in codes or answer.get("code") in codes


def _whole(test: Given) -> str:
    if test.alone is not None:
        return test.alone.answer
    return ", then ".join(map(answered, test.expected))


def _told(answer: Mapping[str, object]) -> str:
    outcome, code = answer.get("outcome"), answer.get("code")
    at = answer.get("component")
    index = answer.get("index")
    place = f" by {at}{f'[{index}]' if index else ''}" if at else ""
    return f"{str(outcome)[:_QUOTED]}{place}{f' with {str(code)[:_QUOTED]}' if code else ''}"


def _departure(
    pack: PackDocument, test: Given, kind: Kind, expected: str, found: str, number: int = 0
) -> Departure:
    requests = [at for at, each in enumerate(test.test.steps, 1) if each.expected is not None]
    step = requests[-1 if test.alone is not None else number]
    return Departure(
        id=test.test.id,
        level=pack.name_of(test.level),
        title=test.test.title,
        component="" if test.alone is None else test.alone.called,
        given=test.test.given[: test.test.turns_on],
        step=step,
        sentence=test.test.steps[step - 1].sentence,
        kind=kind,
        expected=expected,
        found=found,
        clauses=test.test.clauses,
    )


def _paragraphs(run: Run) -> tuple[Paragraph, ...]:
    title = paragraph(
        Words(
            f"{run.right} of {run.asked} answers are those of the law",
            "good" if run.right == run.asked else "bad",
        )
    )
    program = row(f"  {run.program}")
    return joined(((title, program), tuple(_told_departures(run)), tuple(_end(run))))


def _told_departures(run: Run) -> Iterator[Paragraph]:
    silent = [each for each in run.departures if each.kind == "no answer"]
    for each in [each for each in run.departures if each.kind != "no answer"][:_SHOWN]:
        where = f" at {each.component}" if each.component else ""
        yield paragraph(Words(f"{each.id}, {each.level}{where}: {each.title}", "strong"), indent=2, hang=2)
        for said in each.given[:_GIVEN]:
            yield paragraph(f"given: {said}", indent=4, hang=2)
        if len(each.given) > _GIVEN:
            yield paragraph(f"given: and {len(each.given) - _GIVEN} more, `--format json`", indent=4, hang=2)
        yield paragraph(f"{each.step}. {each.sentence}", indent=4, hang=3)
        yield paragraph(f"the law: {each.expected}", indent=4, hang=2)
        who = "the program" if each.kind == "departs" else "the program answers"
        yield paragraph(Words(f"{who}: {each.found}", "bad"), indent=4, hang=2)
    more = len(run.departures) - len(silent) - _SHOWN
    if more > 0:
        yield paragraph(f"and {more} more departures: `--format json`", indent=2)
    if silent:
        yield paragraph(
            Words(f"{len(silent)} tests have no answer: {silent[0].found}.", "bad"), indent=2, hang=2
        )


def _end(run: Run) -> Iterator[Paragraph]:
    yield paragraph(f"{run.seconds:.1f} s")
    if run.command:
        yield row(f"Repeat with: {run.command}")
