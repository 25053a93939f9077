"""Holds a verdict for any number of parties against concrete worlds: what must be so if both are right.

A claim speaks of every number of things; a world has so many. What a verdict of the engines implies:

- A universal claim (`always …`, a comparison) *proved*, or a `possibly …` *refuted*: there is no story, so no
  world of any size has one. One world with a violation (or with what is not to be possible) contradicts it.
- A universal claim *refuted*, or a `possibly …` *proved*, comes with a story over finitely many things. It
  must happen, step by step, in the world of exactly its things, and end in what it is to show. There is no
  shorter one, so no world of any size has a shorter one. (A world without any says nothing: it may be too
  small, or too large for an axiom. In a story there is somebody besides those whom the rules name, so worlds
  where there is not do not count.)
- `always, if p, then possibly [next] q` *refuted*: the story ends in a situation with p from which, in the
  world of exactly its things, no step [no number of steps] that counts brings q. Unless the reason says `if
  there is nobody else`, nothing more may help: in every situation within the axioms that has one more thing,
  and is the same for those of the story, no step [no number of steps] brings q either.
  If it says which request one would make in vain, that request counts, and is refused.
- `eventually` *refuted*: the story ends where q is waited for and no request of the kind would be accepted.
  *Proved*: no world has a path without q on which such requests are made again and again, or need not be.
- An exact difference refuted without a story says which case never occurs: it must occur in no world.
- *bounded* names an instance without a violation: that world has none.
- *vacuous*: what the claim speaks of occurs in no world; a witness is a story in which it occurs.
- `the axioms allow no start`: no world has a start, or none where the claim's `where` holds. Any other
  verdict rests on the axioms being kept: no step of any world leads from within them to outside.
- A refutation `by` a clause, or a proof that there is none, is about requests that this clause exempts or
  refuses, and no others.
- *unknown* and *bounded* contradict nothing, but for what their reason says that there is not: a story of so
  many steps, or one in which there is somebody besides those whom the rules name. Nothing contradicts any
  verdict where a step breaks an axiom.

The explorer of the engines is held to the solver by the prover itself, where it is asked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Column,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
    Steps,
)
from checker.model.evaluate import DEPLOY
from checker.model.expressions import And, Formula, Implies, Not, Truth
from checker.model.situation import Trace
from checker.question.jobs import Job
from checker.question.verdict import Evidence, Result
from checker.regime.regime import Regime
from tests.worlds.concrete import TooMany, World, things_of
from tests.worlds.oracle import Asked
from tests.worlds.oracle_compare import compared, occurs
from tests.worlds.oracle_forms import Found, decided
from tests.worlds.retold import extended_ways, retold, tried

ALONE = "if there is nobody else"
BROKEN = "a step breaks an axiom"
NO_START = "the axioms allow no start"
STEPS = 40_000  # situations times steps up to which every situation is asked whether steps keep the axioms
INSTANCE = re.compile(r"in an instance with (.+)$")
SOUGHT = re.compile(r"no story of at most (\d+) steps")
NOBODY = "it happens only if there is nobody but those whom the rules name"


@dataclass(slots=True)
class Worlds:
    """The worlds of one regime, each built once. `most`: situations of a world worth going through."""

    regime: Regime
    most: int
    _known: dict[object, World] = field(default_factory=dict)

    def world(self, column: Column, counts: Mapping[str, int], moving: tuple[str, ...]) -> World:
        """The column with so many things besides those that the rules name."""
        key = (column, tuple(sorted(counts.items())), moving)
        if key not in self._known:
            model = next(iter(self.regime.rules(column).values()))
            things = things_of(model, counts)
            self._known[key] = World(self.regime, column, things, moving=moving, most=self.most)
        return self._known[key]

    def of(self, column: Column, moving: tuple[str, ...], limit: int) -> Iterator[World]:
        """The smallest worlds of a column, no more than the limit."""
        model = next(iter(self.regime.rules(column).values()))
        sender = next(each.sort.name for each in model.request if not each.sort.is_enum)
        named = {each.sort.name for each in model.constants.values()}
        others = [s.name for s in model.sorts.values() if not s.is_enum and s.name not in ("fact", sender)]
        found = 0
        for users, each in ((2, 1), (1, 1), (0, 1), (2, 2), (3, 1), (1, 2), (4, 1), (3, 2)):
            if found == limit:
                return
            if users == 0 and sender not in named:
                continue
            world = self.world(column, {sender: users, **dict.fromkeys(others, each)}, moving)
            if world.size <= self.most:
                found += 1
                yield world


@dataclass(frozen=True, slots=True)
class Compared:
    """How many worlds the verdict was held against, and what contradicts it."""

    worlds: int
    complaints: tuple[str, ...]


def compare(job: Job, result: Result, worlds: Worlds, limit: int) -> Compared:
    """Hold a verdict against up to so many worlds."""
    if result.reason.startswith(BROKEN) or job.column.staged or job.claim.deployed:
        return Compared(0, ())  # worlds know of nothing under way, and of one deployment
    complaints = list(_of_evidence(job, result, worlds))
    count = 0
    for world in worlds.of(job.column, job.claim.deployment_over, limit):
        try:
            complaints += [f"{_told(world)}: {each}" for each in _of_world(job, result, world)]
        except TooMany:
            continue
        count += 1
    return Compared(count, tuple(complaints))


def _told(world: World) -> str:
    return ", ".join(f"{len(names)} {sort}" for sort, names in world.things.items())


def is_universal(statement: Statement) -> bool:
    """The claim says that something is always so."""
    return not isinstance(statement, Possibly | PossiblyAfter | SomeRequest)


def found_in(claim: Claim, world: World, by: str | None = None) -> Found:
    """What the claim comes to in the world. Raises TooMany."""
    asked = Asked(claim, world, by)
    return compared(asked) if isinstance(claim.statement, Compare | Difference) else decided(asked)


# ----------------------------------------------------------------- the worlds


def _of_world(job: Job, result: Result, world: World) -> Iterator[str]:
    """What one world has to say against the verdict."""
    # A comparison starts within the axioms of all columns that it names, and this world knows those of one.
    comparison = isinstance(job.claim.statement, Compare | Difference)
    if result.reason == NO_START and world.peopled and not comparison:
        asked = Asked(job.claim, world)
        wheres = [asked.holds(job.claim.where, each) for each in asked.bindings]
        if any(world.starting(each) and any(t(each) for t in wheres) for each in world.situations):
            yield "there is a start"
    if result.verdict in ("unknown", "bounded"):
        yield from _not_there(job, result, world)
    if result.verdict == "unknown":
        return
    yield from _axioms_kept(world)
    found = found_in(job.claim, world, job.by)
    universal = is_universal(job.claim.statement)
    if result.verdict == "bounded":
        if _same_size(result.reason, world) and (found.story is not None or found.other):
            yield f"bounded, but there is a story of {found.story} steps"
        return
    if (result.verdict == "proved") is universal:
        if found.story is not None or found.other:
            yield f"{result.verdict}, but there is a story of {found.story} steps"
        yield from _vacuity(job, result, world)
    elif result.evidence.trace is None:
        yield from _never_occurs(job, result, world)
    elif world.peopled and found.story is not None:
        steps = length_of(result.evidence.trace, moving=bool(world.moving))
        if found.story < steps:
            yield f"a story of {steps} steps, but there is one of {found.story}"


def _not_there(job: Job, result: Result, world: World) -> Iterator[str]:
    """A story that there is although the reason for having no verdict says that there is none."""
    sought = SOUGHT.match(result.reason)
    says = sought is not None or result.reason.startswith(NOBODY)
    if not says or not world.peopled or isinstance(job.claim.statement, Difference):
        return
    steps = found_in(job.claim, world, job.by).story
    if steps is not None and (sought is None or steps <= int(sought[1])):
        yield f"{result.reason}, but there is a story of {steps} steps"


def length_of(trace: Trace, *, moving: bool) -> int:
    """The steps of a story, deployment steps apart."""
    return sum(1 for each in trace.steps if not (moving and each.event == DEPLOY))


def _axioms_kept(world: World) -> Iterator[str]:
    if world.kept is None:
        everywhere = world.size * len(world.taken) <= STEPS
        states = world.situations if everywhere else tuple(world.distance)
        led = (after for state in states for _, after in world.ways(state))
        world.kept = all(world.within(after) for after in led)
    if not world.kept:
        yield "a step leads outside the axioms"


def _same_size(reason: str, world: World) -> bool:
    found = INSTANCE.search(reason)
    if found is None:
        return False
    counts = {sort: int(count) for count, sort in (each.split(" ") for each in found[1].split(", "))}
    constants = [each.sort.name for each in world.model.constants.values()]
    return all(
        len(names) - constants.count(sort) == counts.get(sort, 0) for sort, names in world.things.items()
    )


def _never_occurs(job: Job, result: Result, world: World) -> Iterator[str]:
    named = re.fullmatch(r"the case `(.+)` never occurs", result.reason)
    if named is None:
        yield f"a refutation without a story: {result.reason}"
    elif occurs(Asked(job.claim, world), named[1]):
        yield f"the case {named[1]} occurs"


def _vacuity(job: Job, result: Result, world: World) -> Iterator[str]:
    twin = twin_of(job.claim)
    if result.vacuous and twin is not None and found_in(twin, world).story is not None:
        yield "vacuous, but what it speaks of occurs"


def twin_of(claim: Claim) -> Claim | None:
    """The claim that what a universal claim speaks of occurs; None where that cannot be said simply."""
    statement: Statement
    match claim.statement:
        case Always(formula=formula):
            statement = Possibly(_wanted(claim, formula), Steps(any_step=True))
        case Leads(condition=condition) | Eventually(condition=condition):
            statement = Possibly(claim.witness or condition, Steps(any_step=True))
        case AlwaysAfter(formula=formula):
            statement = replace(claim.statement, formula=Not(_wanted(claim, formula)))
        case EveryRequest(request=request, where=where, formula=formula, reachable=reachable):
            parts = tuple(each for each in (where, _wanted(claim, formula)) if each is not None)
            statement = SomeRequest(request, And(parts), reachable)
        case _:
            return None
    return replace(claim, statement=statement)


def _wanted(claim: Claim, formula: Formula) -> Formula:
    if claim.witness is not None:
        return claim.witness
    return formula.premise if isinstance(formula, Implies) else Truth(value=True)


# --------------------------------------------------------------- the evidence


def _of_evidence(job: Job, result: Result, worlds: Worlds) -> Iterator[str]:
    """Whether the stories that a verdict carries happen, and show what they should."""
    if result.witness is not None:
        twin = twin_of(job.claim)
        if twin is not None:
            told = retold(Asked(twin, _story_world(job, result.witness, worlds)), result.witness)
            yield from [f"witness: {told}"] if told else []
    evidence = result.evidence
    if evidence.trace is None:
        if result.verdict in ("proved", "refuted") and (result.verdict == "proved") is not is_universal(
            job.claim.statement
        ):
            yield from [] if result.reason.startswith("the case") else ["there is no story"]
        return
    world = _story_world(job, evidence, worlds)
    told = retold(Asked(job.claim, world, job.by), evidence)
    vain = tried(Asked(job.claim, world), evidence)
    yield from [f"story: {each}" for each in (told, vain) if each]
    if isinstance(job.claim.statement, Leads) and job.claim.statement.modality != "never":
        yield from _helped(job, result, world, worlds)


def _story_world(job: Job, evidence: Evidence, worlds: Worlds) -> World:
    assert evidence.trace is not None
    things = dict(evidence.trace.situations[0].things)
    moving = job.claim.deployment_over
    return World(worlds.regime, job.column, things, moving=moving, most=worlds.most)


def _helped(job: Job, result: Result, world: World, worlds: Worlds) -> Iterator[str]:
    """Whether one more thing would help after all."""
    if result.reason.endswith(ALONE):
        return
    for sort, names in world.things.items():
        more = {**world.things, sort: (f"another {sort}", *names)}
        larger = World(worlds.regime, job.column, more, moving=world.moving, most=worlds.most)
        if extended_ways(larger, job.claim, result.evidence):
            yield f"one more {sort} helps"
