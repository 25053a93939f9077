"""Which finite question a claim comes to: what has to be followed, which steps to take, what to ask of whom.

A claim that speaks of every request, or of every value of an enum, is cut into parts, each of requests (or
values) that depend on the same places. A part is a smaller question than the whole, and together they are it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from checker.export.cone import Cone, Slice
from checker.export.focus import Focus, Pattern, focus_of
from checker.export.moves import Moves
from checker.export.possible import Place
from checker.export.question import ANY_STEP, Question
from checker.export.reader import Read, Reader, Subject
from checker.logic.terms import Node

GROUPS: Final = 60  # parts that are held against each other


@dataclass(frozen=True, slots=True)
class Part:
    """Subjects that are asked about together, and what they depend on."""

    subjects: frozenset[Subject]
    slice: Slice
    nodes: frozenset[Node]
    places: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a claim's module has to say of the instance; see `Reader` for `asked`, `makes` and `happening`."""

    focus: Focus
    cone: Cone
    parts: tuple[Part, ...]
    asked: Mapping[str, frozenset[Subject]]
    makes: frozenset[Pattern]
    happening: frozenset[Pattern]


def plan_of(question: Question, moves: Moves) -> Plan:
    """Plan a question over an instance. Raises TooLarge."""
    focus = focus_of(question, moves.ground, moves.counts)
    reader = Reader(question, moves, focus)
    subjects = reader.subjects()
    steps = question.steps if question.form == "situation" else ANY_STEP
    taken = moves.taken(steps) if question.reachable else ()
    cone = Cone(moves, focus, reader.constraints(), taken)
    parts = _joined_where_cheaper(cone, _parts(cone, subjects))
    return Plan(focus, cone, parts, reader.asked, frozenset(reader.makes), frozenset(reader.happening))


def _parts(cone: Cone, subjects: Mapping[Subject, Read]) -> list[Part]:
    """The subjects in groups that depend on the same places."""
    groups: dict[frozenset[Pattern], list[Part]] = {}
    for subject, read in subjects.items():
        part = Part(
            frozenset({subject}),
            _sliced(cone, read.nodes, read.places),
            frozenset(read.nodes),
            frozenset(read.places),
        )
        groups.setdefault(part.slice.places, []).append(part)
    return [_together(cone, each) for each in groups.values()] or [_together(cone, ())]


def _together(cone: Cone, parts: Sequence[Part]) -> Part:
    """One part of several."""
    if len(parts) == 1:
        return parts[0]
    nodes = frozenset[Node]().union(*(each.nodes for each in parts))
    places = frozenset[Place]().union(*(each.places for each in parts))
    subjects = frozenset[Subject]().union(*(each.subjects for each in parts))
    return Part(subjects, _sliced(cone, nodes, places), nodes, places)


def _sliced(cone: Cone, nodes: Iterable[Node], places: Iterable[Place]) -> Slice:
    return cone.slice(sorted(nodes, key=lambda each: each.number), sorted(places))


def _joined_where_cheaper(cone: Cone, parts: list[Part]) -> tuple[Part, ...]:
    """The parts, those joined that have no more situations together than one after the other."""
    if len(parts) > GROUPS:
        return (_together(cone, parts),)
    done: list[Part] = []
    for part in sorted(parts, key=lambda each: (cone.situations(each.slice.places), sorted(each.subjects))):
        for number, other in enumerate(done):
            both = _together(cone, (part, other))
            apart = cone.situations(part.slice.places) + cone.situations(other.slice.places)
            if cone.situations(both.slice.places) <= apart:
                done[number] = both
                break
        else:
            done.append(part)
    return tuple(done)
