"""The things besides those that it names on which the answer to a row turns, as checks go through things.

A check may ask for some thing, or for all or some number of things, of which something holds: a meter that
shares a hub with the target. Of all things, only those matter of which that can hold, as far as requests
change none of it. These are few where the tables hold many, and SQL finds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.atoms import all_parts, functions_in
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import THING, NotInSql, Scope, view_of
from checker.data.mapping import DataMapping
from checker.data.relations import Relations
from checker.data.sql import Sql, Tree
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import SpecError
from checker.model.clock import TODAY
from checker.model.expressions import (
    And,
    Constant,
    Counted,
    Formula,
    Implies,
    Not,
    Parameter,
    Quantified,
    Value,
    Variable,
)
from checker.model.made_of import within
from checker.model.model import Model, RequestParameter
from checker.model.situation import Instance
from checker.rooms.replay.locality import read_by_requests
from checker.rooms.replay.logged import Logged, Thing

MOST: Final = 300_000  # pairs of a row and a thing that matters to it, in one question
MOST_FOR_ALL: Final = 3_000  # things that matter to rows whatever they name
_ROWS: Final = "log"
_NUMBER: Final = "number"


@dataclass(frozen=True, slots=True)
class _Going:
    """What some check goes through, and what holds of all of it that matters."""

    variables: tuple[Variable, ...]
    conditions: tuple[Formula, ...]


class BoundThings:
    """Finds such things in the tables, by the law of one version. `written`: the functions that requests
    change; `enums`, `things`: the parameters that rows have.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[Instance, str],
        written: frozenset[str],
        enums: Sequence[RequestParameter],
        things: Sequence[RequestParameter],
    ) -> None:
        self.warehouse, self.model, self.deployed = warehouse, model, deployed
        self.enums, self.things = enums, things
        self.unchanged = model.functions.keys() - written - {TODAY}
        self.going = tuple(dict.fromkeys(self._gone_through()))

    def with_them(self, rows: Sequence[Logged]) -> list[Logged]:
        """The rows, each with what matters to it besides. NotInSql if that is too much."""
        found: list[list[Thing]] = [[] for _ in rows]
        kinds: dict[tuple[str | None, ...], list[int]] = {}
        for number, row in enumerate(rows if self.going else ()):
            kind = tuple(row.request.get(each.name) for each in self.enums)
            kinds.setdefault(kind, []).append(number)
        for kind, mine in kinds.items():
            same: dict[Thing, None] = {}
            own: dict[int, dict[Thing, None]] = {}
            for each in self.going:
                for at, thing in self._found(each, kind, [rows[number] for number in mine]):
                    (same if at is None else own.setdefault(at, {}))[thing] = None
            shared = list(same)
            for at, number in enumerate(mine):
                found[number] = [*shared, *own[at]] if at in own else shared
        return [replace(row, also=each) for row, each in zip(rows, found, strict=True)]

    # ----------------------------------------------------------- what is gone through

    def _gone_through(self) -> Iterator[_Going]:
        for check in self.model.checks:
            for limb in check.limbs:
                if isinstance(limb.condition, Quantified):
                    yield from self._of_each(limb.condition)
        for part in all_parts(self.model, *read_by_requests(self.model)):
            if isinstance(part, Quantified):
                yield from self._of_each(part)
            elif isinstance(part, Counted):
                yield from self._going((part.variable,), [*_holding(part.body)])

    def _of_each(self, each: Quantified) -> Iterator[_Going]:
        holds = [*_holding(each.body, truth=not each.universal)]
        if each.where is not None:
            holds += _holding(each.where)
        yield from self._going(each.variables, holds)

    def _going(self, variables: tuple[Variable, ...], holds: list[Formula]) -> Iterator[_Going]:
        if any(each.sort.has_things for each in variables):
            yield _Going(variables, tuple(each for each in holds if self._tells(each, variables)))

    def _tells(self, condition: Formula, variables: tuple[Variable, ...]) -> bool:
        """Whether it is of nothing else than these variables, a request and what no request changes."""
        parts = tuple(within(condition))
        bound = {each.name for each in variables}
        for part in parts:
            if isinstance(part, Quantified):
                bound |= {each.name for each in part.variables}
            elif isinstance(part, Counted):
                bound.add(part.variable.name)
        free = any(isinstance(each, Variable) and each.name not in bound for each in parts)
        read = functions_in(self.model, condition)
        sorts = [self.model.functions[each].result for each in read & self.unchanged]
        sorts += [each.sort for each in parts if isinstance(each, Variable | Parameter | Value | Constant)]
        return not free and read <= self.unchanged and not any(each.is_quantity for each in sorts)

    # ------------------------------------------------------------------- SQL

    def _found(
        self, going: _Going, kind: tuple[str | None, ...], rows: Sequence[Logged]
    ) -> Iterator[tuple[int | None, Thing]]:
        """The things that matter to requests of one kind, with the number of the row, unless to all."""
        meaning = SqlMeaning(self.model, self._mapping, self.deployed)
        scope = self._scope(meaning, kind)
        names = {each: f"bound {each.name}" for each in going.variables if each.sort.has_things}
        bound = {each.name: meaning.bound(each.sort, name) for each, name in names.items()}
        trees = [tree for each in going.conditions for tree in _in_sql(meaning, each, scope.binding(bound))]
        if any(map(sql.is_false, trees)):
            return
        rows_of = {_ROWS, *(each.name for each in self.things)}
        turns = any(each.table in rows_of for tree in trees for each in tree.find_all(exp.Column))
        query = self._rows() if turns else exp.select()
        for number, (variable, name) in enumerate(names.items()):
            table = sql.table(view_of(variable.sort), name)
            query = query.join(table, join_type="cross") if turns or number else query.from_(table)
        query = query.where(sql.and_(trees))
        lists = [[*range(len(rows))], *([row.request.get(each.name) for row in rows] for each in self.things)]
        relations = Relations(self._mapping, self.model, self.warehouse.types, found=self.warehouse.found)
        views = tuple(relations.views(meaning))
        for variable, name in names.items():
            number_of = sql.column(_NUMBER, _ROWS) if turns else exp.null()
            most = MOST if turns else MOST_FOR_ALL
            asked = query.select(number_of, sql.column(THING, name)).distinct().limit(most + 1)
            for view, said in views:
                asked = asked.with_(sql.quoted(view), as_=said)
            found = self.warehouse.rows(asked, lists if turns else ())
            if len(found) > most:
                raise NotInSql(
                    f"requests are decided by going through every {variable.sort.name}, and more than "
                    f"{most:,} matter to those that are decided one by one"
                )
            for at, key in found:
                yield at if isinstance(at, int) else None, (variable.sort, str(key))

    @property
    def _mapping(self) -> DataMapping:
        return self.warehouse.mapping

    def _scope(self, meaning: SqlMeaning, kind: tuple[str | None, ...]) -> Scope:
        request: dict[str, Sql] = {
            each.name: sql.ABSENT if value is None else sql.value_of(value)
            for each, value in zip(self.enums, kind, strict=True)
        }
        for each in self.things:
            meaning.bound(each.sort, each.name)
            request[each.name] = Sql(sql.column(each.name, _ROWS), row=each.name)
        return Scope(requests={"": request})

    def _rows(self) -> exp.Select:
        """The rows, which are given as lists, with the rows of the things that they name."""
        names = [_NUMBER, *(each.name for each in self.things)]
        kinds = ["BIGINT", *("VARCHAR" for _ in self.things)]
        listed = exp.select(
            *(
                exp.alias_(
                    exp.Anonymous(
                        this="unnest",
                        expressions=[
                            exp.Cast(this=exp.Placeholder(), to=exp.DataType.build(f"{kind}[]", "duckdb"))
                        ],
                    ),
                    name,
                    quoted=True,
                )
                for name, kind in zip(names, kinds, strict=True)
            )
        )
        query = exp.select().from_(listed.subquery(sql.quoted(_ROWS)))
        for each in self.things:
            on = exp.EQ(this=sql.column(THING, each.name), expression=sql.column(each.name, _ROWS))
            query = query.join(sql.table(view_of(each.sort), each.name), on=on, join_type="left")
        return query


def _in_sql(meaning: SqlMeaning, condition: Formula, scope: Scope) -> Iterator[Tree]:
    """The condition, unless it is of what cannot be asked of tables: then it is left out."""
    with suppress(SpecError):
        yield meaning.formula(condition, scope)


def _holding(formula: Formula, *, truth: bool = True) -> Iterator[Formula]:
    """What holds if the formula does, or, unless `truth`, if it does not. A form that is not taken apart
    holds, or does not, as a whole.
    """
    if isinstance(formula, Not):
        yield from _holding(formula.body, truth=not truth)
    elif isinstance(formula, And) and truth:
        for each in formula.parts:
            yield from _holding(each)
    elif isinstance(formula, Implies) and not truth:
        yield from (*_holding(formula.premise), *_holding(formula.conclusion, truth=False))
    else:
        yield formula if truth else Not(formula)
