"""What an edit of a law or its claims can reach: the verdicts that it may turn, and no verdict that it turns
is left out; the same of their stories and evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from checker.model.claim import Claim, Column, Side
from checker.model.expressions import FACT, Outcome
from checker.model.fingerprint import Fingerprints
from checker.model.made_of import within
from checker.model.model import Definition, Model, NameRule
from checker.model.objects import Objects, OfObjects
from checker.model.reads import Thing, declared, named_by, naming, reads, said, words_of
from checker.question.columns import Columns, column_named
from checker.question.jobs import Job
from checker.question.same_law import rules_of


@dataclass(frozen=True, slots=True)
class Reach:
    """Makes texts for all that a verdict can turn on, and for all that its story and evidence can turn on
    besides. What was read once of a law or a claim is not read again.

    A text has everything that the claim's author wrote, and of each law that the claim is about: what there
    is (sorts, constants, components), everything that happens or is decided (starts, axioms, requests, the
    route, checks, effects, events, orders, staging), and each definition, premise and function that any of
    these or the claim reads, however indirectly. So an edit reaches a claim unless it is of words alone, of
    another column, or of a definition, premise or function that neither these nor the claim reads.
    """

    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _objects: Objects = field(default_factory=Objects)
    _in_force: dict[int, tuple[str, frozenset[Thing]]] = field(default_factory=dict)
    _told: dict[int, str] = field(default_factory=dict)
    _own: dict[tuple[int, int], str] = field(default_factory=dict)
    _read: dict[tuple[int, Thing], frozenset[Thing]] = field(default_factory=dict)
    _parts: dict[int, tuple[object, ...]] = field(default_factory=dict)
    _named: dict[int, _Named] = field(default_factory=dict)
    _meant: OfObjects[str] = field(default_factory=OfObjects)

    def of(self, regime: Columns, job: Job) -> str:
        """Return the text of all that the verdict on the job can turn on: if it is the same for two laws, so
        is the verdict.
        """
        return self._text(regime, job, job.expected, self.in_force)

    def with_story(self, regime: Columns, job: Job) -> str:
        """Return the text of all that its story and evidence can turn on, too: if it is the same for two
        laws, these are so to the letter, whatever is expected.

        They turn on all functions, for every situation has their values; on what is typical, or tells things
        apart; on definitions that name things, for strategies may use them; and on the order in which all
        this is declared, for what is tried first is.
        """
        return self._text(regime, job, None, self.told)

    def _text(self, regime: Columns, job: Job, expected: str | None, said: Callable[[Model], str]) -> str:
        asked = (job.claim, job.column, expected, job.by, job.dropped, job.one_by_one)
        columns = dict.fromkeys(_columns(regime, job, self._columns_named(job.claim)))
        rules = ([*regime.rules(each).items()] for each in columns)
        laws = [
            [(version, said(model), self._own_of(model, job.claim)) for version, model in each]
            for each in rules
        ]
        deployed = [dict(regime.deployed(each)) for each in columns]
        return self.fingerprints.of(asked, laws, deployed)

    def _columns_named(self, claim: Claim) -> _Named:
        number = self._objects.number(claim)
        if number not in self._named:
            self._named[number] = _columns_named(claim)
        return self._named[number]

    def in_force(self, model: Model) -> str:
        """Return a text of everything that happens or is decided in a law, and of all that this reads."""
        return self._always(model)[0]

    def told(self, model: Model) -> str:
        """Return a text of that, and of all that only stories and evidence turn on."""
        number = self._objects.number(model)
        if number not in self._told:
            read = reads(model, *_looked_at(model)).things
            parts = (*_told(model, self._said), [self._said_of(model, each) for each in sorted(read)])
            self._told[number] = self.fingerprints.of(self.in_force(model), *parts)
        return self._told[number]

    def _own_of(self, model: Model, claim: Claim) -> str:
        """Return a text of what the claim reads besides what is in force."""
        key = self._objects.number(model), self._objects.number(claim)
        if key not in self._own:
            named = named_by(model, self._naming_in(model, claim)) - self._always(model)[1]
            own = frozenset[Thing]().union(*(self._with(key[0], model, each) for each in named))
            self._own[key] = self.fingerprints.of([self._said_of(model, each) for each in sorted(own)])
        return self._own[key]

    def _with(self, number: int, model: Model, thing: Thing) -> frozenset[Thing]:
        """Return a thing in the model of that number, and what it reads besides what is in force."""
        key = number, thing
        if key not in self._read:
            read = reads(model, declared(model, thing), known=self._always(model)[1])
            self._read[key] = read.things | {thing}
        return self._read[key]

    def _naming_in(self, model: Model, claim: Claim) -> tuple[object, ...]:
        """Return the parts of the claim that name something."""
        number = self._objects.number(claim)
        if number not in self._parts:
            words = (*words_of(claim), *(each.formula for each in claim.lemmas))
            self._parts[number] = naming(model, *words)
        return self._parts[number]

    def _always(self, model: Model) -> tuple[str, frozenset[Thing]]:
        """Return what is in force whatever is asked, as a text, and all that this text has."""
        number = self._objects.number(model)
        if number not in self._in_force:
            read = reads(model, *rules_of(model), *model.checks).things
            parts = (*_in_force(model, self._said), [self._said_of(model, each) for each in sorted(read)])
            self._in_force[number] = self.fingerprints.of(*parts), read | frozenset(_stated(model))
        return self._in_force[number]

    def _said(self, part: object) -> object:
        """Return a text of a rule or declaration, without its words and place; of several, of each. The
        rules that an edit leaves as they are were read before it.
        """
        if isinstance(part, tuple):
            return tuple(self._said(each) for each in part)
        return self._meant.of(part, lambda: self.fingerprints.of(said(part)))

    def _said_of(self, model: Model, thing: Thing) -> tuple[Thing, object]:
        return thing, self._said(declared(model, thing))


def columns_read(regime: Columns, job: Job) -> Iterator[Column]:
    """Every column whose law could matter: the job's own, and those that the claim, its witness or its
    deployments name; each also with its dropped suppositions.
    """
    return _columns(regime, job, _columns_named(job.claim))


def _columns(regime: Columns, job: Job, named: _Named) -> Iterator[Column]:
    bases = (replace(job.column, base=each) for each in named.bases)
    others = (column_named(regime, job.column, each) for each in named.columns)
    for each in (job.column, *bases, *others):
        yield each
        yield replace(each, without=())


@dataclass(frozen=True, slots=True)
class _Named:
    """What a claim names of the law's columns: `bases` to be asked of in the job's own, and whole columns."""

    bases: tuple[str, ...]
    columns: tuple[str, ...]


def _columns_named(claim: Claim) -> _Named:
    said = tuple(within(claim.statement, claim.where, claim.premises, claim.witness, claim.lemmas))
    named = {each.column for each in said if isinstance(each, Outcome) and each.column is not None}
    named |= {str(each) for each in said if isinstance(each, Column)}
    ranged = {base for each in said if isinstance(each, Side) for base in each.versions}
    return _Named(tuple(sorted({*claim.over, *ranged})), tuple(sorted(named)))


def _in_force(model: Model, text: Callable[[object], object]) -> Iterator[object]:
    """Yield everything that counts whether or not anything reads it, without words and places.
    `text`: of a rule.
    """
    yield model.sorts
    yield text(model.axioms)
    yield [text(each) for each in rules_of(model)]
    yield [(text(each), each.clause) for each in model.checks]
    yield [each.name for each in model.effects]
    yield [each.name for each in model.events.values()]
    yield model.staging
    for things in (model.constants, model.components, model.orders):
        yield {name: text(things[name]) for name in sorted(things)}


def _stated(model: Model) -> Iterator[Thing]:
    """Yield what `_in_force` has by itself, read or not."""
    yield Thing("route", "")
    yield from (Thing("check", each.name) for each in model.checks)
    yield from (Thing("order", each) for each in model.orders)
    yield from (Thing("constant", each) for each in model.constants)
    yield from (Thing("component", each) for each in model.components)
    yield from (Thing("parameter", each.name) for each in model.request)


def _looked_at(model: Model) -> Iterator[object]:
    """Yield the formulas and terms that are read only to choose a story or to name a strategy's things."""
    yield from (each.formula for each in model.typical)
    yield from (condition for rule in model.names.values() for _, condition in rule.branches)
    yield from _naming(model).values()


def _told(model: Model, text: Callable[[object], object]) -> Iterator[object]:
    """Yield what only stories and evidence turn on."""
    yield model.column
    yield {name: text(each) for name, each in model.functions.items()}
    yield {name: text(each) for name, each in _naming(model).items()}
    yield [tuple(each) for each in (model.constants, model.components, model.events, model.orders)]
    yield [(each.variables, each.formula.formula) for each in model.typical]
    yield {name: _kinds(rule) for name, rule in model.names.items()}
    yield model.mentioned
    starts = tuple(each.lower() for each in model.sorts)  # of names that variables of invariants might get
    yield sorted(each for each in (*model.definitions, *model.premises) if each.startswith(starts))


def _naming(model: Model) -> dict[str, Definition]:
    """Return the definitions of things and values, of which strategies are made."""
    return {name: each for name, each in model.definitions.items() if each.result != FACT}


def _kinds(rule: NameRule) -> object:
    """Return what tells things apart, and what has the same name, but not the names."""
    labels = [label for label, _ in rule.branches]
    return rule.sort, rule.variable, [(labels.index(label), condition) for label, condition in rule.branches]
