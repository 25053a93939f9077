"""Random claims of every form about a random regime."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from tests.random_laws.asking import (
    Asking,
    a_deed,
    about_request,
    awaited,
    done,
    goal_of,
    of_situation,
    outcome,
    outcome_text,
    rarely_so,
    steps_that_count,
    unchanged,
)
from tests.random_laws.comparisons import alike, alike_codes, difference, no_more, orders, orders_codes
from tests.random_laws.expressions import Scope
from tests.random_laws.lawmaker import Lawmaker
from tests.random_laws.showing import OF_REQUESTS

# Names of requests and variables that the engines use for symbols of their own.
REQUESTS = ("r", "q", "w", "s0", "s1", "last", "again", "x", "e", "strategy", "r")
VARIABLES = ("u", "t", "x", "w", "last", "place", "item")


def claim(law: Lawmaker, number: int, form: str) -> str:
    """A claim of the form, called after it."""
    law.outcome_of = partial(outcome_text, law)
    compares = form in COMPARISONS
    count = 0 if compares and law.maybe(0.7) else law.chance.choice((0, 1, 1, 2))
    count = law.chance.choice((1, 2)) if form in OF_STEPS and law.maybe(0.4) else count
    names = law.chance.sample(VARIABLES, count)
    variables = tuple((name, _sort(law, form)) for name in names)
    told = [f"{name}: {sort}" for name, sort in variables]
    free = [each for each in REQUESTS if each not in names]
    request = "r" if compares and form != "difference" else law.one(free)
    scope = Scope(variables=variables, claim=True)
    liked = any(each in OF_REQUESTS or "of the request" in each for each in law.favourites)
    if form not in ("orders", "orders-codes") and law.maybe(0.6 if liked else 0.2):
        other = law.one([each for each in free if each not in (request, "r")])
        told.append(f"{other}: request")
        scope = replace(scope, parameters=tuple(law.parameters), request=other)
    asking = Asking(law, scope, request)
    statement = FORMS[form](asking)
    head = f"    for {', '.join(told)}{_where(asking)}\n" if told else ""
    shown = f"{_witness(asking, form)}{_lemma(law)}"
    moving = _moving(law, form)
    body = f"{head}{_given(asking)}    {statement}\n{shown}{moving}"
    sources = law.one(('"F"', '"F"', '"F", "G"', '"F", "G", "H"'))
    note = law.one(("", "", "", '    note "Why this is asked."\n'))
    first = f'claim {number} {form}-{number} "Claim." from {sources}\n{note}'
    return f"{first}{body}{_expected(law, form, moving)}"


def _sort(law: Lawmaker, form: str) -> str:
    """The sort of a variable; of what requests carry, where the claim asks who brings something about."""
    carried = [sort for name, sort in law.parameters if name != "act"]
    return law.one(carried) if form in OF_STEPS and law.maybe(0.6) else law.any_sort()


def _witness(asking: Asking, form: str) -> str:
    """What is to show that an `always` is not empty, now and then."""
    if form not in UNIVERSAL or asking.maybe(0.85):
        return ""
    scope = asking.scope
    if form in ("after-request", "after-step"):
        scope = asking.after
    elif form in ("every-request", "any-situation"):
        scope = asking.of_request
    return f"    witness {asking.law.saying(scope)}\n"


def _lemma(law: Lawmaker) -> str:
    """What is said to help, which mostly does not hold, now and then."""
    with law.aside(""):
        own = f'    lemma help "It helps.": {law.saying(Scope(claim=True))}\n' if law.maybe(0.1) else ""
        using = f"    using {law.lemmas_made[0]}\n" if law.lemmas_made and law.maybe(0.5) else ""
        return own + using


def _moving(law: Lawmaker, form: str) -> str:
    """Whether versions move while the claim is asked about, or may be deployed in any way."""
    over = law.one(("old, new", "old, new", "old, new", "new"))
    if form in MOVING and law.maybe(MOVES):
        return f"    with deployment steps over {over}\n"
    with law.aside("deployment steps"):
        if form in MOVING_TOO and law.maybe(MOVES):
            return f"    with deployment steps over {over}\n"
    if form in COMPARISONS and form not in ("orders", "orders-codes"):
        return ""
    if law.maybe(0.12):
        word = "some" if form in EXISTENTIAL else "every"
        scope = Scope(claim=True)
        said = law.one((law.version_is(scope) or "", law.liked(scope) or "", law.saying(scope), ""))
        return f"    in {word} deployment over {over}{f' where {said}' if said else ''}\n"
    return ""


def _expected(law: Lawmaker, form: str, moving: str) -> str:
    """Verdicts that somebody expects, where the claim lets versions move in no column that it is not about:
    trials ask in columns of their own.
    """
    own = "new" if "over new" in moving else "old"
    askable = [each for each in law.columns if " staged" not in each or form in ASKED_STAGED]
    columns = [each for each in askable if own == "old" or each.split()[0] == own] or [own]
    some = list(dict.fromkeys(law.chance.sample(columns, min(len(columns), law.chance.choice((1, 1, 2, 3))))))
    by = ""
    if form in BY_CLAUSE and law.maybe(0.2):
        clauses = [f'"C {each}"' for each in law.first_checks]
        by = f" by {law.one([*law.first_checks, *clauses])}"
    told = f"    expect {law.one(('proved', 'refuted'))}{by} in {', '.join(some)}"
    dropped = [*law.axioms_made, *(name for name, _ in law.premises_made)]
    if dropped and law.maybe(0.2):
        needed = law.chance.sample(dropped, law.chance.randint(1, len(dropped)))
        told += f"\n    needs {', '.join(needed)} in {own}"
    return told


def _where(asking: Asking) -> str:
    if asking.maybe(0.5):
        return ""
    if asking.scope.variables and asking.maybe(0.5):
        first, sort = asking.scope.variables[0]
        others = [name for name, own in asking.scope.variables[1:] if own == sort]
        others += [name for name, own in asking.law.constants if own == sort]
        if others:
            return f" where {first} is not {asking.law.one(others)}"
    return f" where {asking.law.saying(asking.scope)}"


def _given(asking: Asking) -> str:
    """Premises of things that the claim speaks of."""
    found = []
    for name, sorts in asking.law.premises_made:
        terms = [asking.law.thing(sort, asking.scope) for sort in sorts]
        known = [each for each in terms if each is not None and not each.startswith("before")]
        if len(known) == len(sorts) and asking.maybe(0.3):
            found.append(f"{name}({', '.join(known)})" if known else name)
    return f"    given {', '.join(found)}\n" if found else ""


# ----------------------------------------------------------------- statements


def _always(asking: Asking) -> str:
    return f"always {of_situation(asking)}"


def _after_request(asking: Asking, word: str = "always") -> str:
    law, r = asking.law, asking.request
    deed = a_deed(asking)
    where = ""
    if deed is not None and law.maybe(0.7):
        did = asking.worded(done(deed))
        where = f" where {asking.worded(deed.condition)}" if deed.condition and law.maybe(0.7) else ""
        where = f" where {law.showy(asking.of_request)}" if not where and law.maybe(0.35) else where
        said = law.one((did, did, f"({did} or {law.saying(asking.after)})"))
        if law.maybe(0.2):
            said = f"({unchanged(asking)} or {asking.worded(law.about_act())})"
    else:
        said = law.one((unchanged(asking), law.saying(asking.after)))
        where = f" where {law.showy(asking.of_request)}" if law.maybe(0.35) else ""
    if law.maybe(0.3):
        said = f"({said} or {law.saying(asking.after)})"
    if law.maybe(0.2):
        said = f"({said} or {outcome(asking, r)})"
    if word == "possibly" and law.maybe(0.5):
        said = f"(not {said})"
    return f"{word}, after an accepted request {r}{where}: {said}"


def _possibly_after(asking: Asking) -> str:
    return _after_request(asking, "possibly")


def _after_step(asking: Asking) -> str:
    law, r = asking.law, asking.request
    reasons = [asking.worded(law.about_act()), law.saying(asking.after), f"({r}.sender is absent)"]
    reasons += [f"step is {law.one(law.events_made)}"] if law.events_made else []
    some = law.chance.sample(reasons, law.chance.choice((0, 1, 1, 2)))
    return f"always, after any step {r}: ({' or '.join([unchanged(asking), *some])})"


def _after_event(asking: Asking, twice: str = "") -> str:
    law = asking.law
    event = law.one(law.events_made)
    past = replace(asking.scope, past=True)
    said = law.one((unchanged(asking, event), unchanged(asking, event), unchanged(asking), law.saying(past)))
    if law.maybe(0.4):
        said = f"({said} or {law.saying(past)})"
    return f"always, after event {event}{twice}: {said}"


def _twice(asking: Asking) -> str:
    return _after_event(asking, " twice")


def _every_request(asking: Asking, opening: str = "always") -> str:
    where = f" where {asking.law.saying(asking.of_request)}" if asking.maybe(0.4) else ""
    return f"{opening}, for every request {asking.request}{where}: {about_request(asking)}"


def _any_situation(asking: Asking) -> str:
    return _every_request(asking, "in any situation")


def _possibly(asking: Asking) -> str:
    return f"possibly {rarely_so(asking)}{steps_that_count(asking)}"


def _some_request(asking: Asking, opening: str = "possibly") -> str:
    law = asking.law
    said = law.saying(asking.of_request)
    if law.required and law.maybe(0.4):
        said = f"(not {asking.worded(law.one(law.required))})"
    return f"{opening}, for some request {asking.request}: ({said} and {outcome(asking, asking.request)})"


def _some_situation(asking: Asking) -> str:
    return _some_request(asking, "in some situation")


def _leads(asking: Asking, modality: str) -> str:
    law = asking.law
    conditions = [law.literal(asking.scope), law.saying(asking.scope), law.saying(asking.scope), "true"]
    brought = goal_of(asking) if law.maybe(0.5) else None
    goal = brought or (law.literal(asking.scope) if law.maybe(0.4) else law.saying(asking.scope))
    opposite = f"(not {goal})"
    condition = law.one([*conditions, opposite])
    return f"always, if {condition}, then {modality} {goal}{steps_that_count(asking)}"


def _next(asking: Asking) -> str:
    return _leads(asking, "possibly next")


def _then_possibly(asking: Asking) -> str:
    return _leads(asking, "possibly")


def _then_all(asking: Asking) -> str:
    """That something can come about for every thing of a sort."""
    law = asking.law
    name, sort = law.fresh("every"), law.any_sort()
    one = replace(asking, scope=asking.scope.binding((name, sort)))
    brought = goal_of(one) if law.maybe(0.5) else None
    said = brought or law.literal(one.scope)
    narrowed = f" where {law.literal(one.scope)}" if law.maybe(0.3) else ""
    goal = f"(for every {name}: {sort}{narrowed}: {said})"
    condition = law.one(("true", "true", law.saying(asking.scope), f"(not {goal})"))
    return f"always, if {condition}, then possibly {goal}{steps_that_count(asking)}"


def _never(asking: Asking) -> str:
    return _leads(asking, "never")


def _eventually(asking: Asking) -> str:
    """Something that a deed brings about, given requests that do it."""
    law, r = asking.law, asking.request
    goal, justice = awaited(asking)
    condition = law.one(("true", "true", f"(not {goal})", law.saying(asking.scope)))
    steps = steps_that_count(asking).removeprefix(" by ") or "requests"
    return (
        f"always, if {condition}, then eventually {goal},"
        f" given that a request {r} where {justice} is made, while {steps}"
    )


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
    "then-all": _then_all,
    "never": _never,
    "eventually": _eventually,
    "alike": alike,
    "alike-codes": alike_codes,
    "no-more": no_more,
    "difference": difference,
    "orders": orders,
    "orders-codes": orders_codes,
}
MOVES = 0.12  # so many claims of the forms below are asked while versions move
COMPARISONS = ("alike", "alike-codes", "no-more", "difference", "orders", "orders-codes")
OF_STEPS = ("possibly", "next", "then-possibly", "then-all", "never", "eventually")
OF_EVENTS = ("after-event", "twice")
UNIVERSAL = ("always", "after-request", "after-step", "every-request", "any-situation", "next", "never")
MOVING = (
    *("always", "after-request", "after-step", "after-event", "twice", "every-request"),
    *("possibly", "possibly-after", "some-request"),
)
MOVING_TOO = (
    *("any-situation", "some-situation"),
    *("next", "then-possibly", "then-all", "never", "eventually"),
)
EXISTENTIAL = ("possibly", "possibly-after", "some-request", "some-situation")
ASKED_STAGED = (
    "always",
    "after-request",
    "after-step",
    "every-request",
    "possibly",
    "possibly-after",
    "never",
)
BY_CLAUSE = ("after-request", "after-step", "every-request", "any-situation")
