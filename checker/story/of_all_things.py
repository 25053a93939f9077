"""What is so of all things, or of none, in words: what quantifiers rest on that no single thing decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from checker.model.evaluate import Environment, bindings, holds
from checker.model.expressions import (
    And,
    Counted,
    Expression,
    Formula,
    Is,
    Not,
    Parameter,
    Quantified,
    Sort,
    Variable,
)
from checker.model.made_of import within
from checker.model.rebuild import with_variables
from checker.story.given_names import Names, sender_sort
from checker.story.phrases import Phrases
from checker.story.wording import listed

_SUBJECT: Final = "\ue003"
"""What a variable is called until the sentence is made that has something else in its place."""

ForAll: TypeAlias = Quantified | Counted


def phrases_here(
    names: Names, expression: Expression, env: Environment, requests: Mapping[str, str]
) -> Phrases:
    """Return what says an expression here: what it speaks of is called by its name in the story."""
    variables: dict[str, str] = {}
    carried: dict[Parameter, str] = {}
    for part in within(expression):
        match part:
            case Variable(name=name, sort=sort) if value := env.variables.get(name):
                variables[name] = names.of(sort, value)
            case Parameter(request=request, name=name, sort=sort) if request in env.requests:
                value = env.requests[request].values.get(name)
                carried |= {} if value is None else {part: names.of(sort, value)}
            case _:
                pass
    return Phrases(env.model, variables, carried, requests=requests)


@dataclass(frozen=True, slots=True)
class OfAllThings:
    """`requests`: what each request is called, where there are several."""

    names: Names
    requests: Mapping[str, str] = field(default_factory=dict)

    def says(self, quantifier: ForAll, env: Environment) -> Iterator[str]:
        """Yield in a clause what is so of all things, or of none: “nobody is a member”, “only Ann is one”;
        nothing if the spec has no words for it.
        """
        phrases = phrases_here(self.names, quantifier, env, self.requests)
        match quantifier:
            case Counted(variable=variable, body=body):
                those = SeveralDifferent(variable, _conjuncts(body))
                said = self._those(phrases, those, env) or phrases.said(
                    quantifier if holds(quantifier, env) else Not(quantifier)
                )
            case Quantified(universal=universal, variables=(variable,), where=where, body=body):
                told = self._of_one(phrases, variable, where, body, universal=universal)
                said = told or phrases.said(quantifier if universal else Not(quantifier))
            case Quantified(universal=False):
                said = self._only(phrases, quantifier, env) or phrases.said(Not(quantifier))
            case Quantified():
                said = phrases.said(quantifier)
            case _:
                assert_never(quantifier)
        if said:
            yield said

    # ------------------------------------------------------------- one variable

    def _of_one(
        self, phrases: Phrases, variable: Variable, where: Formula | None, body: Formula, *, universal: bool
    ) -> str:
        """Say what is so of everybody or nobody; "" unless all is said of the thing as the subject."""
        if variable.sort.is_enum:
            return ""
        if universal and isinstance(body, Not):
            universal, body = False, body.body
        who = () if where is None else tuple(_conjuncts(where))
        *more, last = (body,) if universal else tuple(_conjuncts(body))
        known = [_verb(phrases, variable, each) for each in (*who, *more, last)]
        if not all(known):
            return ""
        *conditions, verb = known
        party = variable.sort == sender_sort(self.names.model)
        relative = f" {'who' if party else 'that'} {listed(conditions, 'and')}" if conditions else ""
        whom = _every(variable.sort, party=party) if universal else _no(variable.sort, party=party)
        return f"{whom}{relative} {verb}"

    # ----------------------------------------------------------- at least so many

    def _only(self, phrases: Phrases, some: Quantified, env: Environment) -> str:
        """Say of which things, too few, is so what several different ones would need; "" of anything else."""
        wanted = SeveralDifferent.of(some)
        return "" if wanted is None else self._those(phrases, wanted, env)

    def _those(self, phrases: Phrases, wanted: SeveralDifferent, env: Environment) -> str:
        """Say of which things all this is so: “only Ann is one”, “nobody is one”; "" without words for it."""
        body, variable = And(wanted.each), wanted.variable
        scopes = (
            replace(env, variables={**env.variables, **b}) for b in bindings((variable,), env.situation)
        )
        those = [scope.variables[variable.name] or "" for scope in scopes if holds(body, scope)]
        if not those:
            return self._of_one(phrases, variable, None, body, universal=False)
        verbs = [_verb(phrases, variable, each) for each in wanted.each]
        names = sorted(
            (self.names.of(variable.sort, each) for each in those), key=lambda each: (len(each), each)
        )
        party = variable.sort == sender_sort(self.names.model)
        alone = (
            f"only {names[0]}"
            if len(names) == 1
            else f"{_no(variable.sort, party=party)} but {listed(names, 'and')}"
        )
        return f"{alone} {listed(verbs, 'and')}" if all(verbs) else ""


@dataclass(frozen=True, slots=True)
class SeveralDifferent:
    """That there are several different things of which the same is so: `each` says it of the `variable`."""

    variable: Variable
    each: tuple[Formula, ...]

    @classmethod
    def of(cls, some: Quantified) -> SeveralDifferent | None:
        """Return what `some` says of each thing; None if it says anything else, or not that they differ."""
        first = some.variables[0]
        about: dict[str, set[Formula]] = {each.name: set() for each in some.variables}
        apart: set[frozenset[str]] = set()
        order: list[Formula] = []
        for part in (*(() if some.where is None else _conjuncts(some.where)), *_conjuncts(some.body)):
            names = {each.name for each in within(part) if isinstance(each, Variable)} & set(about)
            if len(names) > 1 and _apart(part):
                apart.add(frozenset(names))
                continue
            if len(names) != 1:
                return None
            (name,) = names
            general = with_variables(part, {name: first})
            about[name].add(general)
            order.append(general)
        alike = all(each == about[first.name] for each in about.values())
        pairs = len(some.variables) * (len(some.variables) - 1) // 2
        if not alike or len(apart) != pairs or len({each.sort for each in some.variables}) > 1:
            return None
        return cls(first, tuple(dict.fromkeys(order)))


def _apart(formula: Formula) -> bool:
    """Whether it says of two variables that they are not the same thing."""
    same = formula.body if isinstance(formula, Not) else None
    return isinstance(same, Is) and isinstance(same.left, Variable) and isinstance(same.right, Variable)


def _conjuncts(formula: Formula) -> tuple[Formula, ...]:
    if not isinstance(formula, And):
        return (formula,)
    return tuple(each for part in formula.parts for each in _conjuncts(part))


def _verb(phrases: Phrases, variable: Variable, formula: Formula) -> str:
    """Return what the formula says of the thing without the thing; "" unless it is the subject, once."""
    said = replace(phrases, called={**phrases.called, variable.name: _SUBJECT}).said(formula) or ""
    first, _, verb = said.partition(" ")
    return (
        verb
        if first == _SUBJECT and _SUBJECT not in verb and not isinstance(formula, Quantified | Counted)
        else ""
    )


def _no(sort: Sort, *, party: bool) -> str:
    return "nobody" if party else f"no {sort.name}"


def _every(sort: Sort, *, party: bool) -> str:
    return "everybody" if party else f"every {sort.name}"
