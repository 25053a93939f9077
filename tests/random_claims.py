"""Random claims of every form about a random regime."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from random_changes import being
from random_regimes import Deed, Lawmaker
from random_rules import FACT, Scope

# Names of requests and variables that the engines use for symbols of their own.
REQUESTS = ("r", "q", "w", "s0", "s1", "last", "again", "x", "e", "strategy", "r")
VARIABLES = ("u", "t", "x", "w", "last", "place", "item")


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


def claim(law: Lawmaker, number: int, form: str) -> str:
    """A claim of the form, called after it."""
    compares = form in COMPARISONS
    count = 0 if compares and law.maybe(0.8) else law.chance.choice((0, 1, 1, 2))
    names = law.chance.sample(VARIABLES, count)
    variables = tuple((name, law.any_sort()) for name in names)
    told = [f"{name}: {sort}" for name, sort in variables]
    free = [each for each in REQUESTS if each not in names]
    request = "r" if compares else law.one(free)
    if not compares and law.maybe(0.1):
        other = law.one([each for each in free if each != request])
        told.append(f"{other}: request")
        variables += tuple((f"{other}.{name}", sort) for name, sort in law.parameters)
    asking = Asking(law, Scope(variables=variables), request)
    statement = FORMS[form](asking)
    head = f"    for {', '.join(told)}{_where(asking)}\n" if told else ""
    body = f"{head}{_given(asking)}    {statement}\n{_witness(asking, form)}{_moving(law, form)}"
    return f'claim {number} {form}-{number} "Claim." from "F"\n{body}    expect proved in old'


def _witness(asking: Asking, form: str) -> str:
    """What is to show that an `always` is not empty, now and then."""
    if form not in UNIVERSAL or asking.maybe(0.9):
        return ""
    return f"    witness {asking.law.literal(asking.scope)}\n"


def _moving(law: Lawmaker, form: str) -> str:
    """Whether versions move while the claim is asked about."""
    moves = form in MOVING and law.maybe(0.12)
    return "    with deployment steps over old, new\n" if moves else ""


def _where(asking: Asking) -> str:
    if asking.maybe(0.55):
        return ""
    if asking.maybe(0.5):
        first, sort = asking.scope.variables[0]
        others = [name for name, own in asking.scope.variables[1:] if own == sort]
        others += [name for name, own in asking.law.constants if own == sort]
        if others:
            return f" where {first} is not {asking.law.one(others)}"
    return f" where {asking.law.saying(asking.scope)}"


def _given(asking: Asking) -> str:
    for name, sort in asking.law.premises_made:
        fitting = [own for own, other in asking.scope.variables if other == sort]
        if fitting and asking.maybe(0.3):
            return f"    given {name}({asking.law.one(fitting)})\n"
    return ""


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


def _deed(asking: Asking, step: str = "") -> Deed | None:
    found = [each for each in asking.law.deeds if each.step == step]
    return asking.law.chance.choice(found) if found else None


def _done(deed: Deed) -> str:
    """The statement that the deed is done."""
    if deed.result == FACT:
        return deed.place if deed.value == "true" else f"(not {deed.place})"
    return f"({deed.place} is {deed.value})"


def _state(asking: Asking) -> str:
    """A statement about a situation."""
    law, way = asking.law, asking.law.chance.random()
    first = _at_first(asking, asking.scope) if way < 0.5 else None
    if first is not None and way < 0.2:
        return first
    if first is not None:
        return f"({first} or {law.saying(asking.scope)})"
    return law.saying(asking.scope)


def _rare(asking: Asking) -> str:
    """A statement that may well be true nowhere."""
    law = asking.law
    if law.maybe(0.5):
        return f"({law.literal(asking.scope)} and {law.literal(asking.scope)})"
    first = _at_first(asking, asking.scope)
    return f"(not {first})" if first and law.maybe(0.7) else law.saying(asking.scope)


def _outcome(asking: Asking, request: str) -> str:
    law = asking.law
    ways = ["accepted", "accepted", "accepted", "rejected", f"rejected by {law.one(law.checks_made)}"]
    ways += [f"{law.one(('passes', 'fails'))} {law.one([*law.checks_made, 'K0'])}"]
    ways += [f'exempted by "{law.one(law.limbs_made)}"'] if law.limbs_made else []
    column = law.one(("", "", "", " in old", " in new"))
    changed = ""
    if law.maybe(0.2):
        name, sort = law.chance.choice(law.parameters)
        term = law.term(sort, asking.of_request, 1)
        changed = f" with {name} {term}" if term else ""
    return f"({request} {law.one(ways)}{column}{changed})"


def _of_request(asking: Asking) -> str:
    """A statement about a request that may or may not be accepted."""
    law, r, way = asking.law, asking.request, asking.law.chance.random()
    outcome = _outcome(asking, r)
    if way < 0.35 and law.required:
        required = asking.worded(law.one(law.required))
        if asking.maybe(0.5):
            return f"({r} accepted implies ({required} or {law.literal(asking.of_request)}))"
        return f"({outcome} implies {required})"
    if way < 0.6:
        return f"({outcome} implies {law.saying(asking.of_request)})"
    if way < 0.8:
        return f"({law.saying(asking.of_request)} implies {outcome})"
    return f"({outcome} {law.one(('implies', 'or', 'iff'))} {_outcome(asking, r)})"


def _steps(asking: Asking) -> str:
    """Which steps count."""
    law = asking.law
    users = [law.term("User", asking.scope, 1) for _ in range(2)]
    known = list(dict.fromkeys(each for each in users if each))
    ways = [" by requests", " by any step", ""]
    ways += [f" by a request of {known[0]}", f" by requests of {', '.join(known)}"] if known else []
    ways += [f" by requests of anybody but {', '.join(known)}"] if known else []
    ways += [f" by requests of {known[0]} and requests of anybody but {known[-1]}"] if known else []
    event = f"event {law.one(law.events_made)}" if law.events_made else ""
    if event:
        ways += [f" by {event}", f" by requests and {event}"]
        ways += [f" by requests of {known[0]} and {event}"] if known else []
    return law.one(ways)


def _unchanged(asking: Asking) -> str:
    """That some place is as it was."""
    found = asking.law.at(asking.scope)
    if found is None:
        return asking.law.formula(replace(asking.scope, past=True), 1)
    place, text = found
    word = "iff" if place.result == FACT else "matches"
    return f"({text} {word} before {text})"


# ----------------------------------------------------------------- statements


def _always(asking: Asking) -> str:
    return f"always {_state(asking)}"


def _after_request(asking: Asking, word: str = "always") -> str:
    law, r = asking.law, asking.request
    deed = _deed(asking)
    where = ""
    if deed is not None and law.maybe(0.7):
        done = asking.worded(_done(deed))
        where = f" where {asking.worded(deed.condition)}" if deed.condition and law.maybe(0.7) else ""
        said = law.one((done, done, f"({done} or {law.saying(asking.after)})"))
        if law.maybe(0.2):
            said = f"({_unchanged(asking)} or {asking.worded(law.about_act())})"
    else:
        said = law.one((_unchanged(asking), law.saying(asking.after)))
    if law.maybe(0.2):
        said = f"({said} or {_outcome(asking, r)})"
    if word == "possibly" and law.maybe(0.5):
        said = f"(not {said})"
    return f"{word}, after an accepted request {r}{where}: {said}"


def _possibly_after(asking: Asking) -> str:
    return _after_request(asking, "possibly")


def _after_step(asking: Asking) -> str:
    law, r = asking.law, asking.request
    reasons = [asking.worded(law.about_act()), law.saying(asking.after), f"({r}.sender is absent)"]
    reasons += [f"step is {law.one(law.events_made)}"] if law.events_made else []
    some = law.chance.sample(reasons, law.chance.choice((0, 1, 2)))
    return f"always, after any step {r}: ({' or '.join([_unchanged(asking), *some])})"


def _after_event(asking: Asking, twice: str = "") -> str:
    law = asking.law
    event = law.one(law.events_made)
    past = replace(asking.scope, past=True)
    said = law.one((_unchanged(asking), _unchanged(asking), law.saying(past)))
    if law.maybe(0.4):
        said = f"({said} or {law.saying(past)})"
    return f"always, after event {event}{twice}: {said}"


def _twice(asking: Asking) -> str:
    return _after_event(asking, " twice")


def _every_request(asking: Asking, opening: str = "always") -> str:
    where = f" where {asking.law.saying(asking.of_request)}" if asking.maybe(0.3) else ""
    return f"{opening}, for every request {asking.request}{where}: {_of_request(asking)}"


def _any_situation(asking: Asking) -> str:
    return _every_request(asking, "in any situation")


def _possibly(asking: Asking) -> str:
    return f"possibly {_rare(asking)}{_steps(asking)}"


def _some_request(asking: Asking, opening: str = "possibly") -> str:
    law = asking.law
    said = law.one((law.saying(asking.of_request), law.literal(asking.of_request)))
    if law.required and law.maybe(0.4):
        said = f"(not {asking.worded(law.one(law.required))})"
    return f"{opening}, for some request {asking.request}: ({said} and {_outcome(asking, asking.request)})"


def _some_situation(asking: Asking) -> str:
    return _some_request(asking, "in some situation")


def _leads(asking: Asking, modality: str) -> str:
    law = asking.law
    conditions = [law.literal(asking.scope), law.saying(asking.scope), "true"]
    goal = law.literal(asking.scope) if law.maybe(0.75) else law.saying(asking.scope)
    opposite = f"(not {goal})"
    condition = law.one([*conditions, opposite])
    return f"always, if {condition}, then {modality} {goal}{_steps(asking)}"


def _next(asking: Asking) -> str:
    return _leads(asking, "possibly next")


def _then_possibly(asking: Asking) -> str:
    return _leads(asking, "possibly")


def _never(asking: Asking) -> str:
    return _leads(asking, "never")


def _eventually(asking: Asking) -> str:
    """Something that a deed brings about, given requests that do it."""
    law, r = asking.law, asking.request
    deed = _deed(asking)
    found = law.at(asking.scope)
    if deed is None or found is None:
        goal, justice = law.literal(asking.scope), "true"
    else:
        goal, justice = _brought(asking, deed)
    condition = law.one(("true", "true", f"(not {goal})", law.literal(asking.scope)))
    if law.maybe(0.2):
        justice = f"({justice} and {law.saying(asking.of_request)})"
    steps = _steps(asking).removeprefix(" by ") or "requests"
    return (
        f"always, if {condition}, then eventually {goal},"
        f" given that a request {r} where {justice} is made, while {steps}"
    )


def _brought(asking: Asking, deed: Deed) -> tuple[str, str]:
    """A goal about the claim's variables, and the requests whose deed it is."""
    law = asking.law
    named: dict[str, str] = {}
    for name, sort in law.parameters:
        fitting = [own for own, other in asking.scope.variables if other == sort]
        if fitting and name != "act":
            named[name] = law.one(fitting)
    goal = _done(deed)
    for name, term in named.items():
        goal = goal.replace(f"Q.{name}", term)
    asked = [f"{asking.request}.{name} is {term}" for name, term in named.items()]
    if deed.condition and "Q." in deed.condition:
        asked.append(asking.worded(deed.condition))
    if "Q." in goal:
        goal = law.literal(asking.scope)
    return goal, " and ".join(asked) or "true"


# --------------------------------------------------------------- comparisons


def _sides(law: Lawmaker) -> list[str]:
    columns = [each for each in dict.fromkeys(law.columns) if "without" not in each]
    first, second = ("old", "new") if law.maybe(0.85) else (law.one(columns), law.one(columns))
    return [first, second] if law.maybe(0.5) else [second, first]


def _alike(asking: Asking, codes: str = "") -> str:
    one, other = _sides(asking.law)
    where = f" where {asking.law.saying(asking.of_request)}" if asking.maybe(0.6) else ""
    if asking.maybe(0.15):
        one = "every deployment over old, new"
    return f"{one} and {other} decide alike{where}{codes}"


def _alike_codes(asking: Asking) -> str:
    return _alike(asking, ", with codes")


def _no_more(asking: Asking) -> str:
    one, other = _sides(asking.law)
    way = asking.law.chance.random()
    if way < 0.1:
        one = "every deployment over old, new"
    elif way < 0.2:
        other = "every deployment over old, new"
    where = f" where {asking.law.saying(asking.of_request)}" if way > 0.6 else ""
    return f"{one} allows no more than {other}{where}"


def _difference(asking: Asking) -> str:
    """An exact difference that may well be right: what is said beside it may not be."""
    law = asking.law
    new, old = "r accepted in new", "r accepted in old"
    gains = [
        _cases(asking, word, *sides) if word in law.turns or law.maybe(0.1) else f"newly {word} never"
        for word, sides in (("accepted", (new, old)), ("rejected", (old, new)))
    ]
    return f"from old to new, exactly these requests r change: {', '.join(gains)}"


def _cases(asking: Asking, word: str, gained: str, lost: str) -> str:
    law, way = asking.law, asking.law.chance.random()
    exact = f"{gained} and not ({lost})"
    if way < 0.15:
        exact = f"{exact} and {law.saying(asking.of_request)}"
    if law.required and 0.15 < way < 0.35:
        exact = f"{gained} and not {asking.worded(law.required[-1])}"
    if way < 0.8:
        return f'newly {word} "{word}" when {exact}'
    part = law.literal(asking.of_request)
    split = ((f"{word} one", part), (f"{word} other", f"not {part}"))
    return ", ".join(f'newly {word} "{label}" when {exact} and {each}' for label, each in split)


def _orders_codes(_asking: Asking) -> str:
    return "any two orders of checks decide alike, with codes"


FORMS: Mapping[str, Callable[[Asking], str]] = {
    "always": _always,
    "after-request": _after_request,
    "after-step": _after_step,
    "after-event": _after_event,
    "twice": _twice,
    "every-request": _every_request,
    "any-situation": _any_situation,
    "possibly": _possibly,
    "possibly-after": _possibly_after,
    "some-request": _some_request,
    "some-situation": _some_situation,
    "next": _next,
    "then-possibly": _then_possibly,
    "never": _never,
    "eventually": _eventually,
    "alike": _alike,
    "alike-codes": _alike_codes,
    "no-more": _no_more,
    "difference": _difference,
    "orders-codes": _orders_codes,
}
COMPARISONS = ("alike", "alike-codes", "no-more", "difference", "orders-codes")
OF_EVENTS = ("after-event", "twice")
UNIVERSAL = ("always", "after-request", "after-step", "every-request", "any-situation", "next", "never")
MOVING = (
    *("always", "after-request", "after-step", "after-event", "twice", "every-request"),
    *("possibly", "possibly-after", "some-request"),
)
BY_CLAUSE = ("after-request", "after-step", "every-request", "any-situation")
