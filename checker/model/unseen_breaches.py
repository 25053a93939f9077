"""Breaches that no situation shows, because the law itself ends them as they come about.

A lapse is part of the step of time to its day. If it ends a duty on the day after the last one, then no
situation is in breach, though nobody acted in time. `ever breach of` tells; the breach while it lasts does
not, so whatever asks about that is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.clock import TIME
from checker.model.duties import definitions_of, duty_of, is_breach
from checker.model.duty import Duty
from checker.model.expressions import DAYS, Apply, Arithmetic, Call, History, Term, Value, Variable
from checker.model.made_of import within
from checker.model.model import Lapse, Model, Update
from checker.model.reads import reads
from checker.model.rebuild import with_variables


def unseen(model: Model, *parts: object) -> str | None:
    """Why a breach is unseen that the parts ask about while it lasts: the law itself may end it as the day
    after the last one begins. None if there is no such breach.
    """
    for breach in sorted(_plainly(model, *parts)):
        duty = duty_of(model, breach)
        ending = () if duty is None else _ending(model, duty)
        for lapse in ending:
            return (
                f"`{lapse.name}` may end the duty as the day after its last day begins, so no situation shows"
                f" its breach: write `ever {breach}`"
            )
    return None


def _plainly(model: Model, *roots: object) -> frozenset[str]:
    """The breaches that are asked about while they last, in definitions and in what has been, too."""
    found: set[str] = set()
    seen: set[object] = set()
    waiting = list(roots)
    while waiting:
        for each in within(waiting.pop()):
            if isinstance(each, History) and each.how != "breached":
                waiting += each.parts
            elif isinstance(each, Call) and is_breach(each.definition):
                found.add(each.definition)
            elif isinstance(each, Call) and each.definition not in seen:
                seen.add(each.definition)
                waiting.append(model.definitions.get(each.definition) or model.premises.get(each.definition))
    return frozenset(found)


def _ending(model: Model, duty: Duty) -> Iterator[Lapse]:
    """The lapses that may end the duty, or move its last day, on the day after that."""
    breach, _ = definitions_of(duty)
    body = breach.body
    asked = reads(model, body).functions
    time = model.events.get(TIME)
    for lapse in () if time is None else time.lapses:
        touching = [each for each in lapse.updates if each.function in asked]
        if not all(_on_another_day(model, duty, lapse, each, body) for each in touching):
            yield lapse


def _on_another_day(model: Model, duty: Duty, lapse: Lapse, update: Update, body: object) -> bool:
    """Whether it is plain that the duty is not over by this as the day after the last one begins: the same
    place is read and written, for the same things, and so many days after the same day.
    """
    hidden = (each for each in within(body) if isinstance(each, Call) or _is_past(each))
    applied = (each for each in within(body) if isinstance(each, Apply))
    places = {each.arguments for each in applied if each.function == update.function}
    if update.function in reads(model, *hidden).functions or update.variables or len(places) != 1:
        return False
    (place,) = places
    if not set(place) <= set(duty.variables) or set(update.arguments) != set(lapse.variables):
        return False
    if len(set(place)) < len(place) or len(set(update.arguments)) < len(place):
        return False
    pairs = zip((each for each in update.arguments if isinstance(each, Variable)), place, strict=True)
    given: dict[str, Term] = {variable.name: term for variable, term in pairs}
    (first, days), (other, more) = _reckoned(duty.day), _reckoned(with_variables(lapse.day, given))
    return first == other and more != days + 1


def _is_past(part: object) -> bool:
    return isinstance(part, Apply) and part.history is not None


def _reckoned(day: Term) -> tuple[Term, int]:
    """The day from which a day is reckoned, and how many days later it is."""
    match day:
        case Arithmetic(operator="plus", parts=(first, Value() as days)) if days.sort.name == DAYS.name:
            return first, int(days.name)
        case _:
            return day, 0
