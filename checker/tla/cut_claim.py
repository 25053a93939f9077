"""Which finite question a claim comes to: what has to be followed, which steps to take, what to ask of whom.

A claim that speaks of every request, or of every value of an enum, is cut into parts, each of requests (or
values) that depend on the same places. A part is a smaller question than the whole, and together they are it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from checker.tla.claim_part import Part, together
from checker.tla.claim_shape import ANY_STEP, ClaimShape
from checker.tla.concrete_steps import Moves
from checker.tla.depends_on import Cone
from checker.tla.fixed_values import pinned
from checker.tla.told_apart import Focus, Pattern, focus_of
from checker.tla.what_decides import Read, Reader, Subject

GROUPS: Final = 60  # parts that are held against each other
LARGE: Final = 20_000.0  # situations of a part that is worth cutting once more


@dataclass(frozen=True, slots=True)
class Plan:
    """What a claim's module has to say of the instance; see `Reader` for `asked`, `makes` and `happening`."""

    focus: Focus
    cone: Cone
    parts: tuple[Part, ...]
    asked: Mapping[str, frozenset[Subject]]
    makes: frozenset[Pattern]
    happening: frozenset[Pattern]


def plan_of(question: ClaimShape, moves: Moves, *, large: float = LARGE) -> Plan:
    """Plan a question over an instance; parts with more situations than `large` are cut. Raises TooLarge."""
    focus = focus_of(question, moves.ground, moves.counts)
    reader = Reader(question, moves, focus)
    subjects = reader.subjects()
    steps = question.steps if question.form == "situation" else ANY_STEP
    taken = moves.taken(steps) if question.reachable else ()
    cone = Cone(moves, focus, reader.axioms(), reader.others(), taken)
    parts = _joined_where_cheaper(cone, _parts(cone, subjects))
    if len(parts) <= GROUPS:
        parts = [
            each for part in parts for each in (pinned(cone, part) if part.cost(cone) > large else [part])
        ]
    return Plan(focus, cone, tuple(parts), reader.asked, frozenset(reader.makes), frozenset(reader.happening))


def _parts(cone: Cone, subjects: Mapping[Subject, Read]) -> list[Part]:
    """The subjects in groups that depend on the same places."""
    groups: dict[frozenset[Pattern], list[Part]] = {}
    for subject, read in subjects.items():
        called = frozenset({subject} if subject else ())  # a claim need not have anything to be cut by
        nodes = sorted(read.nodes, key=lambda each: each.order)
        found = cone.slice(nodes, sorted(read.places), {})
        asked = cone.ground.terms.or_(*read.asked)
        part = Part(called, asked, frozenset(read.nodes), frozenset(read.places), found)
        groups.setdefault(part.slice.places, []).append(part)
    return [together(cone, each) for each in groups.values()] or [together(cone, ())]


def _joined_where_cheaper(cone: Cone, parts: list[Part]) -> list[Part]:
    """The parts, those joined that have no more situations together than one after the other."""
    if len(parts) > GROUPS:
        return [together(cone, parts)]
    done: list[Part] = []
    for part in sorted(parts, key=lambda each: (each.cost(cone), sorted(each.subjects))):
        for number, other in enumerate(done):
            both = together(cone, (part, other))
            if both.cost(cone) <= part.cost(cone) + other.cost(cone):
                done[number] = both
                break
        else:
            done.append(part)
    return done
