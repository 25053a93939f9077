"""Which tests of an earlier pack still hold: kept, changed, new, dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.evaluate import Rules
from checker.model.situation import Instance, Request, Situation, Step
from checker.results.told_stories import RequestStep, ToldSituation
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.document import Dropped, Expected, Status, ToldCase
from checker.rooms.cases.pack import Pack
from checker.rooms.cases.played import Case, NotPlayed, Played, play
from checker.rooms.cases.told_pack import expected_of

_LARGEST: Final = 50_000_000  # bytes of a pack
Marks: TypeAlias = Mapping[str, tuple[Status, tuple[Expected | None, ...] | None]]


def read_pack(file: Path) -> CasePack:
    """Read a pack that `--format json` wrote. SpecError if the file is none."""
    try:
        if file.stat().st_size > _LARGEST:
            raise SpecError((Diagnostic("too-large", f"`{file}` is larger than {_LARGEST} bytes", None),))
        return msgspec.json.decode(file.read_bytes(), type=CasePack)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        message = f"`{file}` is not a test pack ({wrong})"
        expected = ("a file that `redline cases … --output json:FILE` wrote",)
        raise SpecError((Diagnostic("bad-file", message, None, expected),)) from wrong


def case_of(told: ToldCase) -> Case:
    """Return a test as it was, to be run again."""
    steps = []
    for each in told.steps:
        if isinstance(each.step, RequestStep):
            steps.append(Step("request", request=Request(dict(each.step.request))))
        else:
            steps.append(Step("event", event=each.step.event, arguments=dict(each.step.arguments)))
    return Case(_situation(told.situation), tuple(steps))


def _situation(told: ToldSituation) -> Situation:
    return Situation(
        {sort: tuple(things) for sort, things in told.things.items()},
        {(each.function, tuple(each.arguments)): each.value for each in told.values},
        {(each.component, each.index): each.version for each in told.versions},
        {calendar: tuple(map(int, days)) for calendar, days in told.days_off.items()},
    )


@dataclass(frozen=True, slots=True)
class Again:
    """A test of an earlier pack, run again: what becomes of it, or why it cannot be run."""

    told: ToldCase
    case: Case
    rules: Rules
    played: tuple[Played, ...]
    reason: str = ""


def again(pack: CasePack, rules: Rules, deployed: Mapping[Instance, str], sides: Rules) -> Iterator[Again]:
    """Run every test of an earlier pack under the law of a column. `sides`: the rules of all versions that a
    mixture may have.
    """
    for told in pack.cases:
        case = case_of(told)
        mixed = len(set(case.start.versions.values())) > 1
        if not mixed:
            case = replace(case, start=replace(case.start, versions=dict(deployed)))
        own = sides if mixed else rules
        try:
            yield Again(told, case, own, play(own, case))
        except NotPlayed as wrong:
            yield Again(told, case, own, (), str(wrong))


def marked(pack: Pack, earlier: CasePack) -> Marks:
    """Say of every test whether an earlier pack had it, and whether the law makes the same of it."""
    known = {each.id: each for each in earlier.cases}
    found: dict[str, tuple[Status, tuple[Expected | None, ...] | None]] = {}
    for test in pack.tests:
        old = known.get(test.number)
        if old is None:
            found[test.number] = ("new", None)
            continue
        was = tuple(each.expected for each in old.steps)
        now = tuple(expected_of(test.rules, None, each) for each in test.played)
        same = len(was) == len(now) and all(map(_alike, was, now))
        found[test.number] = ("kept", None) if same else ("changed", was)
    return found


def _alike(one: Expected | None, other: Expected | None) -> bool:
    return (one and one.said) == (other and other.said)


def dropped_of(runs: tuple[Again, ...]) -> tuple[Dropped, ...]:
    """Return the tests that cannot be run any more."""
    return tuple(
        Dropped(id=each.told.id, title=each.told.title, reason=each.reason) for each in runs if each.reason
    )
