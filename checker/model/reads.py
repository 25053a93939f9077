"""The only dependency analysis: what an expression, a rule or a part of a claim depends on. It is used
wherever it matters whether a change makes a difference: what versions that are deployed side by side must
share, which columns share a law, the keys of caches, what an edit touches. Nothing is skipped silently: an
unknown part raises TypeError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import chain
from types import NoneType
from typing import Final, Literal, TypeAlias, assert_never, cast

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model import claim as c
from checker.model import model as m
from checker.model.clock import TODAY
from checker.model.commencement import CalendarByDay, Commencement, Days
from checker.model.decision import limb_path
from checker.model.duty import Duty
from checker.model.expressions import (
    DATE,
    Absent,
    And,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    History,
    Iff,
    Implies,
    In,
    Is,
    Located,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    Sort,
    StepIs,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.forms import Forms
from checker.model.item import Item
from checker.model.made_of import within
from checker.model.working_days import WorkingDays

Kind: TypeAlias = Literal[
    "definition",
    "premise",
    "function",
    "parameter",
    "constant",
    "component",
    "route",
    "check",
    "order",
    "event",
    "calendar",
    "column",
]

_PLAIN: Final = frozenset(
    {NoneType, str, bool, int, tuple, Fraction, Span, Sort, Phrase}
)  # do not name anything themselves
_RULES: Final = (m.Check, m.Effect, m.Event, m.Axiom, m.Stage, m.RequestParameter, m.Premise, m.Definition)


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A part of the law that something depends on. There is one route, which has no name."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Reads:
    """Everything that something depends on, directly or indirectly."""

    things: frozenset[Thing]

    def of(self, *kinds: Kind) -> frozenset[str]:
        """The names of the things of the given kinds."""
        return frozenset(each.name for each in self.things if each.kind in kinds)

    @cached_property
    def functions(self) -> frozenset[str]:
        return self.of("function")

    @cached_property
    def called(self) -> frozenset[str]:
        """The definitions and premises."""
        return self.of("definition", "premise")

    @cached_property
    def parameters(self) -> frozenset[str]:
        return self.of("parameter")


def reads(
    model: m.Model, *roots: object, outcomes: bool = True, known: frozenset[Thing] = frozenset()
) -> Reads:
    """What `roots` (expressions, rules, claims or their parts, tuples of them) depend on in the model.
    `known`: things that are left out, with all that they depend on.

    An outcome of a request depends on the route and on the checks that it is about. Unless `outcomes`, only
    the outcome's own terms count, since in a mixture each component decides by its own version.
    """
    found = set(named_in(model, *roots, outcomes=outcomes)) - known
    waiting = list(found)
    while waiting:
        for thing in _named_by_declaration(model, waiting.pop(), outcomes=outcomes):
            if thing not in found and thing not in known:
                found.add(thing)
                waiting.append(thing)
    return Reads(frozenset(found))


def _named_by_declaration(model: m.Model, thing: Thing, *, outcomes: bool) -> tuple[Thing, ...]:
    """What the thing's declaration names, which is found once for a model."""
    key = thing, outcomes
    named = model.named.get(key)
    if named is None:
        found: dict[Thing, None] = {}
        for part in _naming_in(model, declared(model, thing)):
            found |= dict.fromkeys(_named(part, model, outcomes=outcomes))
        named = model.named[key] = tuple(found)
    return cast("tuple[Thing, ...]", named)


def _naming_in(model: m.Model, declaration: object) -> Iterator[object]:
    """The parts of a declaration, or of several, that name something; found once for all models."""
    for each in declaration if isinstance(declaration, tuple) else (declaration,):
        yield from model.naming.of(each, partial(naming, model, each))


def named_in(model: m.Model, *roots: object, outcomes: bool = True) -> Iterator[Thing]:
    """Yield what the roots depend on directly, perhaps more than once; `reads` follows this further."""
    for each in chain.from_iterable(root if isinstance(root, tuple) else (root,) for root in roots):
        for part in _naming_in(model, each) if isinstance(each, _RULES) else within(each):
            if type(part) not in _PLAIN:
                yield from _named(part, model, outcomes=outcomes)


def naming(model: m.Model, *roots: object) -> tuple[object, ...]:
    """The parts of the roots that name something: the same in every model, but they may name other things."""
    spoken = (part for part in within(*roots) if type(part) not in _PLAIN)
    return tuple(part for part in spoken if _named(part, model, outcomes=True) != ())


def named_by(model: m.Model, parts: Iterable[object]) -> frozenset[Thing]:
    """What the parts that name something name in the model."""
    return frozenset(thing for part in parts for thing in _named(part, model, outcomes=True))


def words_of(claim: c.Claim) -> tuple[object, ...]:
    """The parts of the claim that `reads` applies to."""
    return claim.where, claim.premises, claim.statement, claim.witness


def _named(part: object, model: m.Model, *, outcomes: bool) -> Iterable[Thing]:
    """The things that the part itself names, without its subparts."""
    match part:
        case Call(definition=name):
            return (Thing("definition" if name in model.definitions else "premise", name),)
        case Apply(function=name) | m.Update(function=name):
            return (Thing("function", name),)
        case History(parts=parts):
            said = tuple(named_in(model, *parts, outcomes=outcomes))
            return said if part.sort != DATE else (*said, Thing("function", TODAY))
        case Parameter(name=name) | m.RequestParameter(name=name):
            return (Thing("parameter", name),)
        case Constant(name=name):
            return (Thing("constant", name),)
        case VersionOf(component=name) | m.Stage(component=name):
            return (Thing("component", name),)
        case StepIs(event=name) | c.AlwaysAfter(kind="event", event=name):
            return (Thing("event", name),)
        case Arithmetic(calendar=WorkingDays(name=name, of_column=True)):
            return (Thing("calendar", name),)
        case Outcome():
            return _decided(part, model) if outcomes else ()
        case c.Column():
            return (Thing("column", str(part)),)
        case c.Side(kind="order"):
            return _ordered(model) if outcomes else ()
        case c.Steps():
            return _counted(part, model)
        case (
            Variable()
            | Value()
            | Absent()
            | Cases()
            | Before()
            | Truth()
            | Is()
            | Matches()
            | Ordered()
            | Arithmetic()
            | Present()
            | In()
            | Not()
            | And()
            | Or()
            | Implies()
            | Iff()
            | Quantified()
            | Counted()
        ):
            return ()
        case _:
            return _of_rule(part)


def _of_rule(part: object) -> Iterable[Thing]:
    """No things, for parts that name nothing themselves. Raises TypeError for anything that is not part of a
    rule, claim or value.
    """
    match part:
        case Mapping() | Located() | WorkingDays() | CalendarByDay():
            return ()
        case Item() | m.Limb() | m.Check() | m.Effect() | m.Event() | m.EventParameter() | m.Axiom():
            return ()
        case (
            Days()
            | Commencement()
            | m.Lapse()
            | Duty()
            | m.Premise()
            | m.Definition()
            | Forms()
            | m.NameRule()
        ):
            return ()
        case m.Function() | m.Table() | m.NamedConstant() | m.Component() | m.Order():
            return ()
        case c.Claim() | c.ClaimVariable() | c.Expectation() | c.Need() | c.Side():
            return ()
        case c.Always() | c.AlwaysAfter() | c.EveryRequest() | c.Possibly() | c.PossiblyAfter():
            return ()
        case c.SomeRequest() | c.Leads() | c.Eventually() | c.Compare() | c.Difference() | c.DifferenceCase():
            return ()
        case _:
            raise TypeError(f"what {type(part).__name__} depends on is not known")


def _counted(steps: c.Steps, model: m.Model) -> Iterator[Thing]:
    """The events that count, and the requests' sender if it matters."""
    yield from (Thing("event", name) for name in steps.events)
    if steps.senders or steps.others:
        yield from (Thing("parameter", each.name) for each in model.request if each.sort.has_things)
    if steps.shapes:
        yield Thing("parameter", m.SHAPE)


def _ordered(model: m.Model) -> Iterator[Thing]:
    """What a decision depends on if checks may come in any admissible order."""
    yield Thing("route", "")
    yield from (Thing("check", each.name) for each in model.checks)
    yield from (Thing("order", name) for name in model.orders)


def _decided(outcome: Outcome, model: m.Model) -> Iterator[Thing]:
    """What an outcome depends on: the route, and the checks on it that the outcome is about."""
    if outcome.column is not None:
        yield Thing("column", outcome.column)
        return
    yield Thing("route", "")
    yield from (Thing("check", each.name) for each in model.checks if _concerns(outcome, each))


def _concerns(outcome: Outcome, check: m.Check) -> bool:
    by = outcome.by or ""
    match outcome.kind:
        case "accepted" | "rejected" | "fails only":
            return True
        case "passes" | "fails":
            return by == check.name or by in check.components
        case "exempted":
            return any(by in limb_path(each) for each in check.limbs)
        case _:
            assert_never(outcome.kind)


def declared(model: m.Model, thing: Thing) -> object:
    """The thing's declaration in the model; None if it has none, since the thing may be another version's."""
    name = thing.name
    match thing.kind:
        case "definition":
            return model.definitions.get(name)
        case "premise":
            return model.premises.get(name)
        case "function":
            return model.functions.get(name)
        case "parameter":
            return next((each for each in model.request if each.name == name), None)
        case "constant":
            return model.constants.get(name)
        case "component":
            return model.components.get(name)
        case "route":
            return model.route
        case "check":
            return tuple(each for each in model.checks if each.name == name)
        case "order":
            return model.orders.get(name)
        case "calendar":
            return model.reckoning(name)
        case "event" | "column":
            return None  # whether a step is the event does not depend on what that does; another law
        case _:
            assert_never(thing.kind)


# ----------------------------------------------------------------- meaning


def meaning(model: m.Model, read: Reads) -> Mapping[Thing, object]:
    """The content of each thing, for comparison: without its words and place."""
    return {each: said(declared(model, each)) for each in sorted(read.things)}


def reads_alike(one: m.Model, other: m.Model, *roots: object, outcomes: bool = True) -> bool:
    """Whether the roots, which are the same in both, mean the same in both models."""
    return next(_apart(one, other, roots, outcomes=outcomes), None) is None


def read_apart(one: m.Model, other: m.Model, *roots: object, outcomes: bool = True) -> Thing | None:
    """The first thing read that is not the same in both models."""
    return min(_apart(one, other, roots, outcomes=outcomes), default=None)


def _apart(one: m.Model, other: m.Model, roots: tuple[object, ...], *, outcomes: bool) -> Iterator[Thing]:
    if one is other:
        return
    things = reads(one, *roots, outcomes=outcomes).things | reads(other, *roots, outcomes=outcomes).things
    for each in things:
        own, theirs = declared(one, each), declared(other, each)
        if own is not theirs and said(own) != said(theirs):
            yield each


def said(part: object) -> object:
    """The content of a rule or declaration, without its words and place."""
    match part:
        case tuple():
            return tuple(said(each) for each in part)
        case Located():
            return part.formula
        case m.Definition():
            return part.parameters, part.result, part.body
        case m.Premise():
            return part.parameters, part.formula.formula
        case m.Function():
            table = None if part.table is None else dict(part.table.entries)
            known = part.parameters, part.result, part.optional, part.state, table, part.arbitrary
            return known if part.history is None else (*known, part.history)
        case m.RequestParameter():
            return part.name, part.sort, part.optional, part.when
        case m.NamedConstant():
            return part.name, part.sort
        case m.Component():
            return part.name, part.index
        case m.Stage():
            return part.component, part.index, part.when, part.behind
        case Item():
            return part.kind, None if part.meaning is None else part.meaning.formula
        case m.Limb():
            return part.clause, part.above, part.binders, _meant(part.items)
        case m.Check():
            limbs = said(part.limbs)
            return part.name, part.components, part.code, part.groups, _meant(part.items), limbs
        case m.Update():
            return part.function, part.arguments, part.value, part.variables, part.where
        case m.Effect():
            return part.when, said(part.updates)
        case m.Event():
            return part.name, part.actor, part.parameters, part.when, said(part.updates)
        case m.Lapse():
            return part.variables, part.day, part.when, said(part.updates)
        case Duty():
            return part.variables, part.party, part.day, part.when, _meant(part.items)
        case m.Axiom():
            return part.name, part.formula.formula
        case m.Order():
            return part.component, part.published
        case None | WorkingDays() | CalendarByDay():
            return part
        case _:
            raise TypeError(f"what {type(part).__name__} says is not known")


def _meant(items: Iterable[Item]) -> object:
    """The content of the items that have a meaning."""
    return tuple(said(each) for each in items if each.meaning is not None)
