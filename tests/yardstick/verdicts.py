"""What contradicts a verdict for any number of things: worlds, and the story that it comes with.

A universal claim (`always …`, a comparison) that is proved, and a `possibly …` that is refuted, say that no
story of a kind exists: no world has one. A universal claim that is refuted, and a `possibly …` that is
proved, come with a story: it must happen in the world of its things, and show what it should. No world has a
shorter one, if somebody is in it whom no rule names. Where versions side by side give a word two meanings,
the verdict must be right in either.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.model.claim import Column, Difference, Possibly, PossiblyAfter, SomeRequest, Statement
from checker.regime.regime import Regime
from tests.yardstick.claims import Found, found_in
from tests.yardstick.comparisons import occurs
from tests.yardstick.inquiry import Asking, Inquiry, versions_of
from tests.yardstick.steps import FLIGHTS, Clash
from tests.yardstick.stories import Amiss, Answer, opened, tell
from tests.yardstick.worlds import Unfit, World, sizes


@dataclass(frozen=True, slots=True)
class Effort:
    """`most`: states of a world; `worlds`: sizes of worlds that are gone through; `fixed`: choices of the
    fixed functions in each; `things`: of each sort, beside those that rules name, at most.
    """

    most: int = 200
    worlds: int = 3
    fixed: int = 6
    things: int = 3


@dataclass
class Held:
    """How many worlds a verdict was held against, what contradicts it, and what could not be gone through,
    and why.
    """

    worlds: int = 0
    complaints: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def is_universal(statement: Statement) -> bool:
    """Whether the claim says that something is always so."""
    return not isinstance(statement, Possibly | PossiblyAfter | SomeRequest)


def hold(regime: Regime, asking: Asking, answer: Answer, effort: Effort) -> Held:
    """Hold a verdict against worlds, and tell its story again."""
    held = Held()
    if answer.verdict not in ("proved", "refuted"):
        return held
    for words in versions_of(regime, asking):
        _story(regime, asking, answer, words, effort, held)
        for asked, told in worlds(regime, asking, words, effort, held):
            try:
                held.complaints += [f"{told}: {each}" for each in _against(asked, answer)]
                held.worlds += 1
            except Unfit as why:
                held.skipped[str(why)] += 1
            except Clash as why:
                held.complaints.append(f"{told}: a step writes twice: {why}")
            if held.complaints:
                return held
    return held


def worlds(
    regime: Regime, asking: Asking, words: str, effort: Effort, held: Held
) -> Iterator[tuple[Inquiry, str]]:
    """The smallest worlds, with the choices of fixed functions in each."""
    chance = random.Random("choices of fixed functions")
    found = 0
    models = [regime.model(Column(words, asking.column.readings))]
    for counts in sizes(models, effort.things):
        if found >= effort.worlds:
            return
        try:
            asked = Inquiry(regime, asking, words, effort.most, counts)
        except Unfit as why:
            held.skipped[str(why)] += 1
            continue
        found += 1
        for values in asked.world.valuations(effort.fixed, chance):
            asked.fix(values)
            yield asked, f"with {_told(counts)}, in the words of {words}"


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {sort}" for sort, count in counts.items())


def _story(regime: Regime, asking: Asking, answer: Answer, words: str, effort: Effort, held: Held) -> None:
    """The story of a verdict happens, and shows what it should."""
    if answer.trace is None or (answer.verdict == "proved") is is_universal(asking.claim.statement):
        if answer.verdict == "refuted" and is_universal(asking.claim.statement) and not answer.missing:
            held.complaints.append("refuted without a story")
        return
    things = answer.trace.situations[0].things
    try:
        if asking.column.staged:
            _repeated(regime, asking, answer, words, effort)
            held.worlds += 1
            return
        tell(Inquiry(regime, asking, words, 50 * effort.most, things=things), answer)
        held.worlds += 1
    except Amiss as why:
        held.complaints.append(f"its story, in the words of {words}: {why}")
    except Clash as why:
        held.complaints.append(f"its story, in the words of {words}: a step writes twice: {why}")
    except Unfit as why:
        held.skipped[f"its story: {why}"] += 1


def _repeated(regime: Regime, asking: Asking, answer: Answer, words: str, effort: Effort) -> None:
    """A story with requests under way happens in some way in the world of its things, if they are few. Raises
    Amiss.
    """
    assert answer.trace is not None
    first = answer.trace.situations[0]
    sorts = regime.model(Column(words, asking.column.readings)).sorts
    if sum(len(names) for sort, names in first.things.items() if sort not in sorts) > FLIGHTS:
        raise Unfit("many requests under way")
    things = {sort: names for sort, names in first.things.items() if sort in sorts}
    asked = Inquiry(regime, asking, words, 10 * effort.most, things=things)
    asked.fix(tuple(opened(asked, first)))
    if not found_in(asked).something:
        raise Amiss("nothing like it happens")


def _against(asked: Inquiry, answer: Answer) -> Iterator[str]:
    """What a world has against the verdict."""
    found = found_in(asked)
    universal = is_universal(asked.statement)
    if asked.graph.broken:
        yield f"{answer.verdict}, but a step leads outside the axioms"
    elif (answer.verdict == "proved") is universal:
        if found.something:
            yield f"{answer.verdict}, but there is a story of {found.story} steps"
    elif answer.missing:
        if isinstance(asked.statement, Difference) and occurs(asked, answer.missing):
            yield f"the case `{answer.missing}` occurs"
    elif answer.trace is not None and not asked.column.staged:
        yield from _shorter(asked, answer, found)


def _shorter(asked: Inquiry, answer: Answer, found: Found) -> Iterator[str]:
    """Whether there is a shorter story in a world in which there is somebody whom no rule names."""
    assert answer.trace is not None
    steps = sum(1 for each in answer.trace.steps if not (asked.steps.moving and _deploys(each.event, asked)))
    if _peopled(asked.world) and found.story is not None and found.story < steps:
        yield f"a story of {steps} steps, but there is one of {found.story}"


def _deploys(event: str | None, asked: Inquiry) -> bool:
    return event is not None and event not in asked.rules.model.events


def _peopled(world: World) -> bool:
    """Whether there is a thing of the senders' sort that nothing names."""
    sort = next(each.sort.name for each in world.parameters if not each.sort.is_enum)
    named = {each.name for model in world.models for each in model.constants.values()}
    return bool(set(world.things[sort]) - named)


def worked_out(regime: Regime, asking: Asking, effort: Effort) -> dict[str, str]:
    """What the worlds alone say of a claim, in the words of each version: `proved` where all that were gone
    through agree with that, `refuted` else; `nothing` if none could be gone through.
    """
    found: dict[str, str] = {}
    for words in versions_of(regime, asking):
        several = [found_in(asked).something for asked, _ in worlds(regime, asking, words, effort, Held())]
        universal = is_universal(asking.claim.statement)
        found[words] = "refuted" if any(several) is universal else "proved"
        if not several:
            found[words] = "nothing"
    return found
