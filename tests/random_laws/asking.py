"""What random claims may say of a random regime: of situations, requests, steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.random_laws.expressions import FACT, Scope
from tests.random_laws.lawmaker import Deed, Lawmaker
from tests.random_laws.suppositions import being


@dataclass(frozen=True, slots=True)
class Asking:
    """What a claim about a law may speak of: the law, the claim's variables, and the word of its request."""

    law: Lawmaker
    scope: Scope
    request: str

    @property
    def of_request(self) -> Scope:
        """With the parameters of the request."""
        return replace(self.scope, parameters=tuple(self.law.parameters), request=self.request)

    @property
    def after(self) -> Scope:
        """Of the request, and of the situation before it."""
        return replace(self.of_request, past=True)

    def maybe(self, share: float) -> bool:
        return self.law.maybe(share)

    def worded(self, text: str) -> str:
        """Words of a rule, about the claim's own request."""
        return text.replace("Q.", f"{self.request}.")


# ------------------------------------------------------------ things to say


def _at_first(asking: Asking, scope: Scope) -> str | None:
    """What some place is at the start."""
    law = asking.law
    if not law.started:
        return None
    place, value = law.chance.choice(law.started)
    arguments = [law.term(sort, scope, 0) for sort in place.arguments]
    known = [each for each in arguments if each is not None]
    if len(known) < len(arguments):
        return None
    return being(place, f"{place.name}({', '.join(known)})" if known else place.name, value)


def a_deed(asking: Asking, step: str = "") -> Deed | None:
    """Something that a request does, or the event."""
    found = [each for each in asking.law.deeds if each.step == step]
    return asking.law.chance.choice(found) if found else None


def done(deed: Deed) -> str:
    """The statement that the deed is done."""
    if deed.result == FACT:
        return deed.place if deed.value == "true" else f"(not {deed.place})"
    return f"({deed.place} is {deed.value})"


def of_situation(asking: Asking) -> str:
    """A statement about a situation."""
    law, way = asking.law, asking.law.chance.random()
    first = _at_first(asking, asking.scope) if way < 0.5 else None
    if first is not None and way < 0.2:
        return first
    if first is not None:
        return f"({first} or {law.saying(asking.scope)})"
    return law.saying(asking.scope)


def rarely_so(asking: Asking) -> str:
    """A statement that may well be true nowhere, or only after some step."""
    law = asking.law
    goal = goal_of(asking) if law.maybe(0.35) else None
    if goal is not None:
        return f"({goal} and {law.saying(asking.scope)})" if law.maybe(0.2) else goal
    if law.maybe(0.4):
        return f"({law.literal(asking.scope)} and {law.literal(asking.scope)})"
    first = _at_first(asking, asking.scope)
    return f"(not {first})" if first and law.maybe(0.5) else law.saying(asking.scope)


# ------------------------------------------------------------------ outcomes


def outcome(asking: Asking, request: str) -> str:
    """What becomes of the request, perhaps in another column, perhaps with another parameter."""
    law = asking.law
    ways = ["accepted", "accepted", "accepted", "rejected", "rejected by", "passes", "fails", "fails only"]
    ways += ["exempted"] if law.limbs_made else []
    return outcome_text(law, replace(asking.of_request, request=request, claim=True), law.one(ways))


def outcome_text(law: Lawmaker, scope: Scope, construct: str) -> str:
    """An outcome of the kind, or one in another column, or with another parameter."""
    checks = law.one([*law.checks_made, *(name for name, _ in law.components)])
    words: Mapping[str, str] = {
        "accepted": "accepted",
        "rejected": "rejected",
        "rejected by": f"rejected by {checks}",
        "passes": f"passes {checks}",
        "fails": f"fails {checks}",
        "fails only": f"fails only {checks}",
        "exempted": f'exempted by "{law.one(law.limbs_made)}"' if law.limbs_made else "accepted",
    }
    kind = construct if construct in words else law.one(("accepted", "accepted", "rejected", "fails"))
    column = in_column(law) if construct == "in COLUMN" or law.maybe(0.35) else ""
    changes = _changes(law, scope) if construct == "with PARAMETER" or law.maybe(0.2) else ""
    return f"({scope.request} {words[kind]}{column}{changes})"


def in_column(law: Lawmaker) -> str:
    """Another column, as an outcome names it."""
    known = [each for each in law.columns if " staged" not in each]
    column = law.one([*known, "old", "new"])
    words = column.split(" ")
    if len(words) == 1 or (len(words) == 3 and law.maybe(0.5)):
        return f" in {column}"
    return f" in ({column})"


def _changes(law: Lawmaker, scope: Scope) -> str:
    count = min(len(law.parameters), law.chance.choice((1, 1, 1, 2, 3)))
    told = []
    for name, sort in law.chance.sample(law.parameters, count):
        term = law.thing(sort, scope)
        told += [f"{name} {term}"] if term is not None and not term.startswith("before") else []
    return f" with {', '.join(told)}" if told else ""


def about_request(asking: Asking) -> str:
    """A statement about a request that may or may not be accepted."""
    law, r, way = asking.law, asking.request, asking.law.chance.random()
    said = outcome(asking, r)
    if way < 0.35 and law.required:
        required = asking.worded(law.one(law.required))
        if asking.maybe(0.5):
            return f"({r} accepted implies ({required} or {law.literal(asking.of_request)}))"
        return f"({said} implies {required})"
    if way < 0.6:
        return f"({said} implies {law.saying(asking.of_request)})"
    if way < 0.8:
        return f"({law.saying(asking.of_request)} implies {said})"
    return f"({said} {law.one(('implies', 'or', 'iff'))} {outcome(asking, r)})"


# --------------------------------------------------------------------- steps


def steps_that_count(asking: Asking) -> str:
    """Which steps count."""
    law = asking.law
    users = [law.thing(law.sender, asking.scope) for _ in range(2)]
    known = [each for each in dict.fromkeys(users) if each and not each.startswith("before")]
    ways = [" by requests", " by any step", ""]
    if known:
        some = ", ".join(known)
        ways += [f" by a request of {known[0]}"] * 3
        ways += [f" by requests of {some}", f" by requests of anybody but {some}"]
        ways += [f" by a request of anybody but {some}"]
        ways += [f" by requests of {known[0]} and requests of anybody but {known[-1]}"]
    if law.events_made:
        event = f"event {law.one(law.events_made)}"
        ways += [f" by {event}", f" by requests and {event}", f" by requests and {event} and any step"]
        ways += [f" by requests of {known[0]} and {event}"] if known else []
    return law.one(ways)


def unchanged(asking: Asking, event: str | None = None) -> str:
    """That some place is as it was: one that the event changes, if there is an event."""
    found = asking.law.at(asking.scope, among=None if event is None else _changed(asking, event))
    if found is None:
        return asking.law.formula(replace(asking.scope, past=True), 1)
    place, text = found
    word = "iff" if place.result == FACT else "matches"
    return f"({text} {word} before {text})"


def _changed(asking: Asking, event: str) -> frozenset[str]:
    """The places that an event changes somewhere."""
    deeds = (each for each in asking.law.deeds if each.step == event)
    return frozenset(each.place.split("(")[0] for each in deeds)


# --------------------------------------------------------- what deeds bring about


def goal_of(asking: Asking) -> str | None:
    """What some request brings about, said of the claim's variables; None if that cannot be said."""
    deeds = [each for each in asking.law.deeds if not each.step]
    return _named(asking, asking.law.chance.choice(deeds))[0] if deeds else None


def awaited(asking: Asking) -> tuple[str, str]:
    """A goal about the claim's variables, and the requests that are made again and again: such as bring it
    about, and now and then less, or others.
    """
    law = asking.law
    requests = [each for each in law.deeds if not each.step]
    always = [each for each in requests if _brought_by_all(law, each)]
    if not requests or law.maybe(0.5 if law.keen > 0.5 else 0.07):
        return law.saying(asking.scope), law.saying(asking.of_request)
    chosen = law.chance.choice(always if always and law.maybe(0.6) else requests)
    goal, named = _named(asking, chosen)
    asked = [f"{asking.request}.{name} is {term}" for name, term in named.items()]
    if chosen.condition and "Q." in chosen.condition:
        asked.append(asking.worded(chosen.condition))
    if law.required and law.maybe(0.3 if chosen in always else 0.05):
        asked.append(f"(not {asking.worded(law.one(law.required))})")
    elif law.maybe(0.3):
        asked.append(law.saying(asking.of_request))
    return goal or law.literal(asking.scope), " and ".join(asked) or "true"


def _brought_by_all(law: Lawmaker, deed: Deed) -> bool:
    """Whether every accepted request does it, whatever it carries."""
    whenever = not deed.condition or (len(law.acts) == 1 and deed.condition == f"Q.act is {law.acts[0]}")
    return whenever and "Q." not in done(deed)


def _named(asking: Asking, deed: Deed) -> tuple[str | None, dict[str, str]]:
    """That the deed is done, with names for what the request carries, and these names; None for a deed that
    speaks of something without a name.
    """
    law = asking.law
    named: dict[str, str] = {}
    for name, sort in law.parameters:
        own = [each for each, other in asking.scope.variables if other == sort]
        fitting = own or [each for each, other in law.constants if other == sort]
        if fitting and name != "act":
            named[name] = law.one(fitting)
    goal = done(deed)
    for name, term in named.items():
        goal = goal.replace(f"Q.{name}", term)
    return (None if "Q." in goal else goal), named
