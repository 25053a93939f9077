"""What tables break of a law: its axioms, its premises, and values that it says are always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Literal, TypeAlias

from sqlglot import exp

from checker.data import sql
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import Scope, view_of
from checker.data.relations import Relations
from checker.data.sound_tables import check_tables
from checker.data.sql import Sql, Tree
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import SpecError
from checker.model.expressions import FACT, And, Apply, Formula, Not, Present, Quantified, Variable
from checker.model.model import Model
from checker.model.situation import Instance
from checker.model.speaks_of_the_past import NO_PAST

Kind: TypeAlias = Literal["axiom", "premise", "value"]

FIRST = 5  # rows that break something, that are shown


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that a law supposes, and the tables. `rows`: how many choices of things break it, None if it
    is about none; `first`: some of them, by the variables. `unsaid`: why it could not be looked up, or empty.
    """

    kind: Kind
    name: str
    sentence: str
    holds: bool
    rows: int | None
    variables: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    unsaid: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A formula that must be true of every choice of things for the variables."""

    kind: Kind
    name: str
    sentence: str
    variables: tuple[Variable, ...]
    formula: Formula


def broken(warehouse: Warehouse, model: Model, deployed: Mapping[Instance, str]) -> tuple[Broken, ...]:
    """Look up every axiom and premise, and every value that must be there."""
    asked = list(_asked(warehouse, model))
    found: list[Broken] = []
    for number, each in enumerate(asked):
        warehouse.watch(number, len(asked), each.name)
        found.append(_looked_up(warehouse, model, deployed, each))
    once = {(each.kind, each.name, each.rows or each.unsaid): each for each in found}
    bad = {each.name for each in found if not each.holds}
    return tuple(each for each in once.values() if not each.holds or each.name not in bad)


def _asked(warehouse: Warehouse, model: Model) -> Iterator[_Asked]:
    for axiom in model.axioms:
        for variables, formula in _parts(axiom.formula.formula):
            yield _Asked("axiom", axiom.name, axiom.sentence, variables, formula)
    for premise in model.premises.values():
        yield _Asked("premise", premise.name, premise.sentence, premise.parameters, premise.formula.formula)
    mapped = {each.function for each in warehouse.mapping.places}
    for function in model.functions.values():
        if function.name in mapped and not function.optional and function.result != FACT:
            names = [f"x{n}" for n in range(1, len(function.parameters) + 1)]
            variables = tuple(map(Variable, names, function.parameters))
            sentence = f"Every {function.parameters[0].name} has a {function.name}."
            formula = Present(Apply(function.name, variables, function.result))
            yield _Asked("value", function.name, sentence, variables, formula)


def _parts(formula: Formula) -> Sequence[tuple[tuple[Variable, ...], Formula]]:
    """What is said of every choice of things, part by part: an axiom may say several things."""
    if isinstance(formula, And):
        return [part for each in formula.parts for part in _parts(each)]
    if isinstance(formula, Quantified) and formula.universal:
        body = formula.body if formula.where is None else _unless(formula.where, formula.body)
        return [(formula.variables, body)]
    return [((), formula)]


def _unless(where: Formula, body: Formula) -> Formula:
    return Not(And((where, Not(body))))


def _looked_up(warehouse: Warehouse, model: Model, deployed: Mapping[Instance, str], asked: _Asked) -> Broken:
    names = tuple(each.name for each in asked.variables)

    def answer(
        *, holds: bool, rows: int | None, first: Sequence[tuple[str, ...]] = (), unsaid: str = ""
    ) -> Broken:
        return Broken(asked.kind, asked.name, asked.sentence, holds, rows, names, tuple(first), unsaid)

    try:
        meaning = SqlMeaning(model, warehouse.mapping, deployed)
        query = _breaking(meaning, asked)
    except SpecError as error:
        if any(each.code not in ("not-in-sql", "not-mapped", NO_PAST) for each in error.diagnostics):
            raise
        return answer(holds=False, rows=None, unsaid=error.diagnostics[0].message)
    check_tables(warehouse, model, meaning)
    for name, view in Relations(warehouse.mapping, model, warehouse.types, found=warehouse.found).views(
        meaning
    ):
        warehouse.view(name, view)
    if not names:
        ((found,),) = warehouse.rows(query)
        return answer(holds=not found, rows=None)
    counted = exp.select(exp.Count(this=exp.Star())).from_(query.subquery("breaking"))
    ((count,),) = warehouse.rows(counted, what=asked.name)
    if not isinstance(count, int) or count == 0:
        return answer(holds=True, rows=0)
    first = warehouse.rows(query.order_by(*(str(n + 1) for n in range(len(names)))).limit(FIRST))
    return answer(holds=False, rows=count, first=[tuple(map(str, each)) for each in first])


def _breaking(meaning: SqlMeaning, asked: _Asked) -> exp.Query:
    """The choices of things that break it; of enums, each value in a part of its own."""
    things = [each for each in asked.variables if not each.sort.is_enum]
    enums = [each for each in asked.variables if each.sort.is_enum]
    parts: list[exp.Query] = []
    for values in product(*(each.sort.values for each in enums)):
        chosen = {each.name: sql.value_of(value) for each, value in zip(enums, values, strict=True)}
        chosen |= {each.name: meaning.bound(each.sort, each.name) for each in things}
        false = sql.not_(meaning.formula(asked.formula, Scope(chosen)))
        if sql.is_false(false) and asked.variables:
            continue
        columns = [_named(chosen[each.name], each.name) for each in asked.variables] or [
            exp.Paren(this=false)
        ]
        query = exp.select(*columns)
        for number, each in enumerate(things):
            source = sql.table(view_of(each.sort), each.name)
            query = query.from_(source) if number == 0 else query.join(source, join_type="cross")
        parts.append(query.where(false) if asked.variables else query)
    if not parts:
        nothing = [exp.alias_(sql.text(""), each.name, quoted=True) for each in asked.variables]
        return exp.select(*nothing).where(sql.truth(value=False))
    return reduce(lambda one, other: exp.union(one, other, distinct=False), parts)


def _named(term: Sql, name: str) -> Tree:
    return exp.alias_(term.tree.copy(), name, quoted=True)
