"""An event as a script, run on a copy of the table: what it changes, and whether the claims about it hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import Scope, view_of
from checker.data.mapping import columns_of
from checker.data.relations import Relations
from checker.data.sound_tables import check_tables
from checker.data.sql import Tree
from checker.data.update_script import CellUpdate, Script
from checker.data.warehouse import Warehouse, said
from checker.language.diagnostics import SpecError
from checker.language.invisible_characters import visible
from checker.model.claim import AlwaysAfter, Claim, Column, Leads
from checker.model.expressions import And, Before, Formula, Variable
from checker.model.model import Model
from checker.model.situation import Instance
from checker.question.jobs import Disagreement
from checker.regime.regime import Regime
from checker.rooms.audit.find import Expected

DIALECTS: Final = ("duckdb", "spark", "postgres", "tsql", "bigquery")
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
    """What a script did to a copy. `changed`: rows in which a cell is another after it; `again`: after a
    second run. `held`: in so many rows what it wrote was compared with the meaning of the language.
    """

    script: str
    table: str
    changed: int
    again: int
    held: int
    claims: tuple[ClaimOnData, ...]


class Rehearsal:
    """Runs the script of an event on a copy of the table that it updates."""

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
        self.table = self.script.table
        self.columns = tuple(dict.fromkeys(each.column for each in updates))
        self.written = frozenset(each.slot[0] for each in updates)
        self.before = {(self.table, each): f"before {each}" for each in self.columns}

    def text(self, dialect: str, again: int) -> str:
        """The script in a dialect. `again`: how many rows a second run changed."""
        statement = self.script.statement().sql(dialect, pretty=True)
        names = {name: each.inner or each.shown for name, each in self.warehouse.mapping.tables.items()}
        used = {each.name for each in self.script.statement().find_all(exp.Table)}
        told = [f"--   {_on_one_line(f'{name}: {shown}')}" for name, shown in names.items() if name in used]
        if again:
            head = f"-- {self.event}: one statement, to be run once: a second run changed {again:,} rows"
            head = f"{head} of a copy."
        else:
            head = f"-- {self.event}: one statement; a second run changes nothing."
        about = "-- It speaks of these tables, and knows no cells but those that they had when it was made:"
        return "\n".join((head, about, *told, f"{statement};\n"))

    def run(self, regime: Regime, column: Column, dialect: str, expected: Expected) -> EventOnData:
        """Run the script twice, and look the claims up after each run. Disagreement if it does not write
        what is expected.
        """
        check_tables(self.warehouse, self.model, self.script.meaning)
        self._copy()
        statement = self.script.statement()
        self.warehouse.run(statement, "running the script on a copy")
        changed = self._changed()
        held = self._held(expected)
        once = tuple(self._claims(regime, column, twice=False))
        self.warehouse.run(self._as_before())
        self.warehouse.run(statement, "running the script again")
        again = self._changed()
        twice = tuple(self._claims(regime, column, twice=True))
        claims = sorted((*once, *twice), key=lambda each: (len(each.claim.number), each.claim.number))
        return EventOnData(self.text(dialect, again), self.table, changed, again, held, tuple(claims))

    def _copy(self) -> None:
        """Copy what the mapping reads of the table, with what is there before the event beside it."""
        read = dict.fromkeys(each.column for each in columns_of(self.warehouse.mapping, self.table))
        columns = [sql.column(each) for each in read]
        columns += [exp.alias_(sql.column(each), f"before {each}", quoted=True) for each in self.columns]
        name = sql.quoted(self.table).sql("duckdb")
        query = said(exp.select(*columns).from_(sql.table(self.table)))
        self.warehouse.run(f"CREATE OR REPLACE TABLE work.main.{name} AS {query}", "copying the table")
        self.warehouse.run(f"DROP VIEW temp.main.{name}")

    def _as_before(self) -> exp.Update:
        sets = [
            exp.EQ(this=exp.Column(this=sql.quoted(f"before {each}")), expression=sql.column(each))
            for each in self.columns
        ]
        other = sql.or_(self._differs(each) for each in self.columns)
        return exp.Update(this=sql.table(self.table), expressions=sets, where=exp.Where(this=other))

    def _differs(self, column: str) -> Tree:
        return exp.Not(this=exp.Paren(this=sql.same(sql.column(column), sql.column(f"before {column}"))))

    def _changed(self) -> int:
        other = sql.or_(self._differs(each) for each in self.columns)
        query = exp.select(exp.Count(this=exp.Star())).from_(sql.table(self.table)).where(other)
        ((count,),) = self.warehouse.rows(query)
        return count if isinstance(count, int) else 0

    def _held(self, expected: Expected) -> int:
        """Compare what the script wrote with what it should have written; in how many rows."""
        keys = sorted({key for key, _, _ in expected.values})
        if not keys:
            return 0
        key = self.script.relations.held(self.table, self.script.key, self.script.sort)
        cells = [
            self.script.relations.held(
                self.table, each.place.value, self.model.functions[each.slot[0]].result
            )
            for each in self.updates
        ]
        query = exp.select(key, *cells).from_(sql.table(self.table))
        query = query.where(exp.In(this=key.copy(), expressions=[sql.text(each) for each in keys]))
        for row in self.warehouse.rows(query):
            for update, found in zip(self.updates, row[1:], strict=True):
                if found != expected.values[str(row[0]), *update.slot]:
                    message = f"for {row[0]}, the script and the meaning of {self.event} differ"
                    raise Disagreement(message)
        return len(keys)

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


def _on_one_line(text: str) -> str:
    """A text that cannot end the comment that it stands in."""
    return visible(" ".join(text.splitlines()))
