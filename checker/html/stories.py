"""A story as a sequence diagram: who stands in which lane, what goes where, and what is made of it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from checker.story.case_note import CaseNote, CheckNote, StageNote, StepNote
from checker.story.outcomes import outcome_words
from checker.story.wording import capital, clause_and_name

LaneKind: TypeAlias = Literal["party", "component", "thing"]
Way: TypeAlias = Literal["right", "left"]

Quoted: TypeAlias = tuple[CheckNote, bool]
"""A check that decides, and whether the words that exempt it are to be quoted: they are so once."""

_NARROWEST: Final = 3  # lanes that a note takes, at least: it has words of the law in it
_SHARE: Final = 0.6  # of the lanes


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the diagram, for a party, a component or another thing, such as a device."""

    name: str
    kind: LaneKind


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow over `span` lanes from the lane `start` (from 1), and what it says to who does not see it."""

    start: int
    span: int
    way: Way
    said: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Checks with one outcome that decides nothing, by clause and name."""

    outcome: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What a component makes of a request. `start`, `span`: the lanes that this takes up; `arrow`: how it
    came there, None if it did not; `passed` and `deciding`: its checks; `also`: those that would refuse, too.
    """

    stage: StageNote
    start: int
    span: int
    arrow: Arrow | None
    passed: tuple[Passed, ...]
    deciding: tuple[Quoted, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A step, or a request that is tried. `label`: its number, or what it is; `arrival`: the arrow to the
    thing that it was for; `outcome`: in words, and `tone` how it ends.
    """

    label: str
    step: StepNote
    stops: tuple[Stop, ...]
    arrival: Arrow | None
    outcome: str
    tone: Literal["accepted", "refused", "happens"]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Lanes, and scenes in order. `opening`: what is so before the first of them, headed `where`."""

    lanes: tuple[Lane, ...]
    scenes: tuple[Scene, ...]
    where: str
    opening: tuple[str, ...]


def diagram_of(note: CaseNote) -> Diagram:
    """Return the story of a case note."""
    tries = (*note.trials, *((note.attempt,) if note.attempt else ()))
    labelled = [
        *((f"{number}.", step) for number, step in enumerate(note.steps, 1)),
        *((_tried(each, note), each) for each in tries),
    ]
    return _drawn(labelled, capital(note.begins), note.opening)


def diagram_of_request(step: StepNote, label: str) -> Diagram:
    """Return one request and what becomes of it."""
    return _drawn([(label, step)], "", ())


def _tried(step: StepNote, note: CaseNote) -> str:
    label = "One would try" if step is note.attempt else "Asked"
    return f"{label}, {step.setting}:" if step.setting else f"{label}:"


def _drawn(labelled: Sequence[tuple[str, StepNote]], where: str, opening: tuple[str, ...]) -> Diagram:
    lanes = tuple(_lanes([step for _, step in labelled]))
    at = {each.name: number for number, each in enumerate(lanes, 1)}
    return Diagram(lanes, tuple(_scene(label, step, at) for label, step in labelled), where, opening)


def _lanes(steps: Sequence[StepNote]) -> Iterator[Lane]:
    """Yield parties, then components as the requests come to them, then things, each as first mentioned. A
    thing to which nobody sends anything has no lane: it would stay empty.
    """
    found: dict[str, LaneKind] = {}
    groups: tuple[tuple[LaneKind, Iterable[str]], ...] = (
        ("party", (name for each in steps for name in (each.sender, *each.parties))),
        ("component", (stage.component for each in steps for stage in each.stages)),
        ("thing", (each.things[0] for each in steps if each.sender and each.things)),
    )
    for kind, names in groups:
        for name in names:
            if name:
                found.setdefault(name, kind)
    yield from (Lane(name, kind) for name, kind in found.items())


def quoted_once(checks: Iterable[CheckNote], told: set[str]) -> Iterator[Quoted]:
    """Yield each check with whether its exemption is new. `told`: those that are not, to which these are
    added.
    """
    for each in checks:
        yield each, each.outcome == "refuses" or not told.issuperset(each.by)
        told.update(each.by)


def _scene(label: str, step: StepNote, at: dict[str, int]) -> Scene:
    stops: list[Stop] = []
    last, told = step.sender, set[str]()
    for stage in step.stages:
        came = stage.reached and not stage.behind
        stops.append(_stop(stage, _arrow(last, stage.component, at) if came else None, at, told))
        last = stage.component if came or stage.behind else last
    arrives = bool(step.things) and step.outcome in ("accepted", "happens")
    arrival = _arrow(last, step.things[0], at) if arrives else None
    return Scene(label, step, tuple(stops), arrival, "".join(outcome_words(step)), _tone(step))


def _arrow(origin: str, target: str, at: dict[str, int]) -> Arrow | None:
    """Return the arrow between two lanes; None if it begins nowhere or ends where it begins."""
    if origin not in at or target not in at or origin == target:
        return None
    first, last = at[origin], at[target]
    way: Way = "right" if last > first else "left"
    return Arrow(min(first, last), abs(last - first) + 1, way, f"{origin} to {target}")


def _stop(stage: StageNote, arrow: Arrow | None, at: dict[str, int], told: set[str]) -> Stop:
    lanes = len(at)
    span = min(lanes, max(_NARROWEST, round(lanes * _SHARE)))
    start = min(max(1, at[stage.component] - (span - 1) // 2), lanes - span + 1)
    if not stage.reached or stage.behind:
        also = tuple(clause_and_name(each.clause, each.name) for each in stage.checks if _refuses(each))
        return Stop(stage, start, span, None, (), (), () if stage.behind else also)
    quiet: dict[str, list[str]] = {}
    for each in stage.checks:
        if each.outcome in ("passes", "does not apply"):
            quiet.setdefault(each.outcome, []).append(clause_and_name(each.clause, each.name))
    passed = tuple(Passed(outcome, tuple(checks)) for outcome, checks in quiet.items())
    deciding = (each for each in stage.checks if each.outcome in ("exempted", "refuses"))
    return Stop(stage, start, span, arrow, passed, tuple(quoted_once(deciding, told)), ())


def _refuses(check: CheckNote) -> bool:
    return check.outcome == "refuses"


def _tone(step: StepNote) -> Literal["accepted", "refused", "happens"]:
    if step.outcome in ("refused", "no request"):
        return "refused"
    return "accepted" if step.outcome in ("accepted", "under way") else "happens"
