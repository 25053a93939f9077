"""Everything that a random law says, in SQL, with what it should come to in a random situation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import count

import duckdb

from checker.data import amounts, sql
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import Scope
from checker.data.request_outcomes import RequestOutcomes
from checker.data.sql import ABSENT, Sql, Tree
from checker.data.warehouse import DEEPEST
from checker.model.claim import Column
from checker.model.evaluate import Environment, holds, members, term_value
from checker.model.expressions import FACT, Call, Formula, Outcome, Sort, Variable
from checker.model.model import Model
from checker.model.speaks_of_numbers import speaks_of_numbers
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.agreement.encoded import call_of
from tests.random_laws import rules as random_rules
from tests.random_laws.situations import Sample, sample
from tests.support.situations_as_tables import warehouse_of, worth


class Compared:
    """Everything that is asked of one situation, with what it should be."""

    def __init__(self, model: Model, given: Sample, chance: random.Random) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"SET max_expression_depth={DEEPEST}")
        self.warehouse = warehouse_of(model, given.situation, self.connection)
        outcomes = RequestOutcomes(model)
        self.meaning = SqlMeaning(
            model, self.warehouse.mapping, given.situation.versions, outcomes=outcomes.of
        )
        self.model, self.given = model, given
        self.trees: dict[str, Tree] = {}
        self.expected: dict[str, object] = {}
        sorts = {each.name: each.sort for each in model.request}
        request = {name: _constant(sorts[name], value) for name, value in given.request.values.items()}
        self.scope = Scope(requests={"": request, "r": request})
        for name, formula in self._formulas():
            self._ask(name, formula, {})
        for name in (*model.definitions, *model.premises):
            call = call_of(model, name)
            assert isinstance(call, Call)
            values = {
                each.name: None
                if chance.random() < 0.2
                else chance.choice(members(each.sort, given.situation))
                for each in _parameters(call)
            }
            self._ask(f"{name} {values}", call, values)

    def _formulas(self) -> Iterator[tuple[str, Formula]]:
        yield from ((f"axiom {each.name}", each.formula.formula) for each in self.model.axioms)
        yield from ((f"start {n}", each.formula) for n, each in enumerate(self.model.start))
        yield "accepted", Outcome("accepted", "r")
        yield "rejected", Outcome("rejected", "r")
        for check in self.model.checks:
            for kind in ("rejected", "passes", "fails", "fails only"):
                yield f"{kind} {check.name}", Outcome(kind, "r", check.name)
            for limb in check.limbs:
                yield f"exempted {limb.clause}", Outcome("exempted", "r", limb.clause)
        for component in self.model.components:
            yield f"rejected {component}", Outcome("rejected", "r", component)

    def _ask(self, name: str, asked: Formula | Call, values: Mapping[str, str | None]) -> None:
        sorts = {each.name: each.sort for each in _parameters(asked)} if isinstance(asked, Call) else {}
        scope = self.scope.binding({key: _constant(sorts[key], value) for key, value in values.items()})
        env = Environment(
            self.model,
            self.given.situation,
            variables=values,
            requests={"": self.given.request, "r": self.given.request},
            rules=dict.fromkeys(self.given.situation.versions.values(), self.model),
        )
        if isinstance(asked, Call) and asked.sort != FACT:
            self.trees[name] = self.meaning.term(asked, scope).tree
            self.expected[name] = term_value(asked, env)
        else:
            self.trees[name] = self.meaning.formula(asked, scope)
            self.expected[name] = holds(asked, env)

    def found(self) -> dict[str, object]:
        """What DuckDB says."""
        try:
            return worth(self.warehouse, self.meaning, self.model, self.trees)
        finally:
            self.connection.close()


def _parameters(call: Call) -> tuple[Variable, ...]:
    return tuple(each for each in call.arguments if isinstance(each, Variable))


def _constant(sort: Sort, value: str | None) -> Sql:
    if value is None:
        return ABSENT
    if sort.is_quantity:
        return amounts.number(int(value))
    return Sql(sql.text(value), always=True, constant=value, possible=(value,))


def random_law(number: int) -> Regime:
    """A random law, as often with quantities and dates as without."""
    return load_texts(random_rules.write(random.Random(f"rules sql {number}")))


def law_without_numbers(number: int) -> Regime:
    """A random law without numbers, which only DuckDB reads."""
    for attempt in count():
        law = load_texts(random_rules.write(random.Random(f"rules sql {number} {attempt}")))
        if all(speaks_of_numbers(law.model(Column(each))) is None for each in ("old", "new")):
            return law
    raise AssertionError


def compared(regime: Regime, number: int, turn: int) -> Compared:
    """One of two random situations of a random law, in its old or new version."""
    chance = random.Random(f"sql {number} {turn}")
    column = Column(("old", "new")[turn])
    given = sample(regime.rules(column), regime.deployed(column), chance)
    return Compared(regime.model(column), given, chance)
