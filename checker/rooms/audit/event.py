"""An event as a script, run on a copy of the table: what it changes, and whether the claims about it hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import sqlglot
from sqlglot import exp

from checker.data import sql
from checker.data.dialects import COLLATIONS
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import Scope, view_of
from checker.data.mapping import columns_of
from checker.data.relations import Relations
from checker.data.scripts import Script, TableScript
from checker.data.sound_tables import check_tables
from checker.data.sql import Tree
from checker.data.update_script import CellUpdate
from checker.data.warehouse import Warehouse, said
from checker.language.diagnostics import SpecError
from checker.language.invisible_characters import visible
from checker.model.claim import AlwaysAfter, Claim, Column, Leads
from checker.model.expressions import And, Before, Formula, Sort, Variable
from checker.model.model import Model
from checker.model.situation import Instance
from checker.question.jobs import Disagreement
from checker.regime.regime import Regime
from checker.rooms.audit.counted import Expected

FIRST: Final = 5


@dataclass(frozen=True, slots=True)
class ClaimOnData:
    """A claim about an event, looked up after it. `rows`: so many choices of things it speaks of, with its
    premises and without; `broken`: of how many of these it is false. `unsaid`: why it could not be looked up.
    """

    claim: Claim
    rows: int
    broken: int
    rows_without: int
    broken_without: int
    first: tuple[tuple[str, ...], ...]
    unsaid: str = ""


@dataclass(frozen=True, slots=True)
class EventOnData:
    """What a script did to copies. `tables`: in so many of their rows a cell is another after it; `again`: in
    so many after a second run. `held`: in so many rows what it wrote was compared with the meaning of the
    language.
    """

    script: str
    tables: dict[str, int]
    again: int
    held: int
    claims: tuple[ClaimOnData, ...]


class Rehearsal:
    """Runs the script of an event on copies of the tables that it updates."""

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[Instance, str],
        event: str,
        updates: tuple[CellUpdate, ...],
    ) -> None:
        self.warehouse, self.model, self.deployed = warehouse, model, deployed
        self.event, self.updates = event, updates
        self.script = Script(warehouse, model, deployed, updates)
        self.written = frozenset(each.slot[0] for each in updates)
        self.before = {
            (part.table, each): f"before {each}" for part in self.script.parts for each in part.columns
        }

    def text(self, dialect: str, again: int) -> str:
        """The script in a dialect. `again`: how many rows a second run changed."""
        script = Script(self.warehouse, self.model, self.deployed, self.updates, dialect)
        statements = script.statements()
        count = "one statement" if len(statements) == 1 else "one transaction"
        head = f"-- {self.event}: {count}; a second run changes nothing."
        if again:
            head = f"-- {self.event}: {count}, to be run once: a second run changed {again:,} rows of a copy."
        return "\n".join((head, *about(self.warehouse, statements, dialect), *statements, ""))

    def run(self, regime: Regime, column: Column, dialect: str, expected: Expected) -> EventOnData:
        """Run the script twice, and look the claims up after each run. Disagreement if it does not write
        what is expected.
        """
        Script(self.warehouse, self.model, self.deployed, self.updates, dialect)
        for part in self.script.parts:
            check_tables(self.warehouse, self.model, part.meaning)
        for part in self.script.parts:
            self._copy(part)
        self._execute("running the script on a copy")
        changed = self._changed()
        held = self._held(expected)
        once = tuple(self._claims(regime, column, twice=False))
        for part in self.script.parts:
            self.warehouse.run(self._as_before(part))
        self._execute("running the script again")
        again = sum(self._changed().values())
        twice = tuple(self._claims(regime, column, twice=True))
        claims = sorted((*once, *twice), key=lambda each: (len(each.claim.number), each.claim.number))
        return EventOnData(self.text(dialect, again), changed, again, held, tuple(claims))

    def _execute(self, what: str) -> None:
        for statement in self.script.statements():
            self.warehouse.run(statement, what)

    def _copy(self, part: TableScript) -> None:
        """Copy what the mapping reads of the table, with what is there before the event beside it."""
        read = dict.fromkeys(each.column for each in columns_of(self.warehouse.mapping, part.table))
        columns = [sql.column(each) for each in read]
        columns += [exp.alias_(sql.column(each), f"before {each}", quoted=True) for each in part.columns]
        name = sql.quoted(part.table).sql("duckdb")
        query = said(exp.select(*columns).from_(sql.table(part.table)))
        self.warehouse.run(f"CREATE OR REPLACE TABLE work.main.{name} AS {query}", "copying the table")
        self.warehouse.run(f"DROP VIEW temp.main.{name}")

    def _as_before(self, part: TableScript) -> exp.Update:
        sets = [
            exp.EQ(this=exp.Column(this=sql.quoted(f"before {each}")), expression=sql.column(each))
            for each in part.columns
        ]
        other = sql.or_(map(_differs, part.columns))
        return exp.Update(this=sql.table(part.table), expressions=sets, where=exp.Where(this=other))

    def _changed(self) -> dict[str, int]:
        """How many rows of each table have another cell."""
        found = {}
        for part in self.script.parts:
            query = exp.select(exp.Count(this=exp.Star())).from_(sql.table(part.table))
            ((count,),) = self.warehouse.rows(query.where(sql.or_(map(_differs, part.columns))))
            found[part.table] = count if isinstance(count, int) else 0
        return found

    def _held(self, expected: Expected) -> int:
        """Compare what the script wrote with what it should have written; in how many rows."""
        held: set[tuple[Sort, str]] = set()
        for part in self.script.parts:
            functions = {each.slot[0] for each in part.updates}
            keys = sorted({key for key, function, _ in expected.values if function in functions})
            if not keys:
                continue
            key = part.relations.held(part.table, part.key, part.sort)
            cells = [
                part.relations.held(part.table, each.place.value, self.model.functions[each.slot[0]].result)
                for each in part.updates
            ]
            query = exp.select(key, *cells).from_(sql.table(part.table))
            query = query.where(exp.In(this=key.copy(), expressions=[sql.text(each) for each in keys]))
            for row in self.warehouse.rows(query):
                for update, found in zip(part.updates, row[1:], strict=True):
                    told = found if found is None or isinstance(found, bool) else str(found)
                    if told != expected.values[str(row[0]), *update.slot]:
                        message = f"for {row[0]}, the script and the meaning of {self.event} differ"
                        raise Disagreement(message)
            held.update((part.sort, each) for each in keys)
        return len(held)

    # ------------------------------------------------------------- claims

    def _claims(self, regime: Regime, column: Column, *, twice: bool) -> Iterator[ClaimOnData]:
        for claim in regime.claims:
            if any(each.column == column and each.verdict == "refuted" for each in claim.expectations):
                continue
            demand = self._demand(claim, twice=twice)
            if demand is not None:
                yield self._looked_up(claim, *demand)

    def _demand(self, claim: Claim, *, twice: bool) -> tuple[Formula, Formula] | None:
        """What a claim about this event speaks of, before it, and what it demands after it."""
        statement, where = claim.statement, () if claim.where is None else (claim.where,)
        if any(each.sort is None for each in claim.variables):
            return None
        if isinstance(statement, AlwaysAfter) and (statement.kind, statement.event) == ("event", self.event):
            own = () if statement.where is None else (statement.where,)
            return (And((*where, *own)), statement.formula) if statement.twice == twice else None
        if isinstance(statement, Leads) and statement.modality == "next" and not twice:
            alone = statement.steps.events == (self.event,) and not statement.steps.requests
            return (And((*where, statement.condition)), statement.goal) if alone else None
        return None

    def _looked_up(self, claim: Claim, about: Formula, demand: Formula) -> ClaimOnData:
        nothing = ClaimOnData(claim, 0, 0, 0, 0, ())
        variables = tuple(Variable(each.name, each.sort) for each in claim.variables if each.sort is not None)
        meaning = SqlMeaning(
            self.model, self.warehouse.mapping, self.deployed, written=self.written, event=self.event
        )
        try:
            parts = list(self._parts(meaning, variables, about, And(claim.premises), demand))
        except SpecError as error:
            return replace(nothing, unsaid=error.diagnostics[0].message)
        relations = Relations(
            self.warehouse.mapping, self.model, self.warehouse.types, self.before, self.warehouse.found
        )
        for name, view in relations.views(meaning):
            self.warehouse.view(name, view)
        (found,) = self.warehouse.rows(
            self._counted(variables, parts), what=f"looking up claim {claim.number}"
        )
        counts = [int(str(each or 0)) for each in found]
        sums = [sum(counts[n::4]) for n in range(4)]
        first: list[tuple[str, ...]] = []
        for chosen, *_, false in parts:
            if sums[3] and len(first) < FIRST:
                keys = [exp.alias_(chosen[each.name], each.name, quoted=True) for each in variables]
                query = self._from(variables, keys).where(false).limit(FIRST)
                first += [tuple(map(str, row)) for row in self.warehouse.rows(query)]
        return ClaimOnData(claim, sums[0], sums[1], sums[2], sums[3], tuple(first[:FIRST]))

    def _parts(
        self,
        meaning: SqlMeaning,
        variables: Sequence[Variable],
        about: Formula,
        given: Formula,
        demand: Formula,
    ) -> Iterator[tuple[dict[str, Tree], Tree, Tree, Tree, Tree]]:
        """For each choice of values of enums: the variables; rows with the premises, of these those that
        break the claim, rows without the premises, of these those that break it.
        """
        things = [each for each in variables if not each.sort.is_enum]
        enums = [each for each in variables if each.sort.is_enum]
        for values in product(*(each.sort.values for each in enums)):
            bound = {each.name: sql.value_of(value) for each, value in zip(enums, values, strict=True)}
            bound |= {each.name: meaning.bound(each.sort, each.name) for each in things}
            scope = Scope(bound)
            spoken = meaning.formula(Before(about), scope)
            premised = sql.and_((spoken.copy(), meaning.formula(Before(given), scope)))
            false = sql.not_(meaning.formula(demand, scope))
            yield (
                {name: each.tree for name, each in bound.items()},
                premised,
                sql.and_((premised.copy(), false.copy())),
                spoken,
                sql.and_((spoken.copy(), false)),
            )

    def _counted(
        self, variables: Sequence[Variable], parts: Sequence[tuple[dict[str, Tree], Tree, Tree, Tree, Tree]]
    ) -> exp.Select:
        columns = [exp.Sum(this=sql.number(each.copy())) for part in parts for each in part[1:]]
        return self._from(variables, list(columns))

    def _from(self, variables: Sequence[Variable], columns: Sequence[Tree]) -> exp.Select:
        query = exp.select(*columns)
        things = [each for each in variables if not each.sort.is_enum]
        for number, each in enumerate(things):
            source = sql.table(view_of(each.sort), each.name)
            query = query.from_(source) if number == 0 else query.join(source, join_type="cross")
        return query


def about(warehouse: Warehouse, statements: Sequence[str], dialect: str) -> Iterator[str]:
    """Comments: which tables a script speaks of, and what it supposes of them."""
    names = {name: each.inner or each.shown for name, each in warehouse.mapping.tables.items()}
    used = {
        each.name
        for text in statements
        for tree in sqlglot.parse(text, read=dialect)
        if tree is not None
        for each in tree.find_all(exp.Table)
    }
    yield "-- It speaks of these tables, with the columns that the files have:"
    yield from (f"--   {on_one_line(f'{name}: {shown}')}" for name, shown in names.items() if name in used)
    yield "-- Cells that the mapping gives no meaning are values of their own, equal to no other."
    if dialect in COLLATIONS:
        yield f"-- Texts are compared letter by letter ({COLLATIONS[dialect]}), but for spaces at their end."


def _differs(column: str) -> Tree:
    return exp.Not(this=exp.Paren(this=sql.same(sql.column(column), sql.column(f"before {column}"))))


def on_one_line(text: str) -> str:
    """A text that cannot end the comment that it stands in."""
    return visible(" ".join(text.splitlines()))
