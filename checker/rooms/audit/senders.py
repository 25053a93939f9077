"""Who can put a row right: the strategy behind a proved claim, applied to each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import NotInSql, Scope
from checker.data.read_mapping import wrong
from checker.data.request_outcomes import RequestOutcomes
from checker.data.sql import Sql, Tree
from checker.model.claim import Claim, Column, Leads
from checker.model.evaluate import (
    Environment,
    apply_request,
    decide,
    holds,
    term_value,
    well_formed,
)
from checker.model.expressions import And, Formula, Term
from checker.model.model import Model
from checker.model.rebuild import with_variables
from checker.model.situation import Request, Situation
from checker.prove.decide import Prover
from checker.question.jobs import Effort, Job
from checker.question.verdict import Strategy
from checker.regime.regime import Regime
from checker.rooms.audit.question import Question


@dataclass(frozen=True, slots=True)
class Senders:
    """The ways of a proved claim, about the variables of the question: each is a request that leads nearer to
    the goal. `condition`: of the rows that the claim speaks of.
    """

    claim: Claim
    model: Model
    condition: Formula
    goal: Formula
    ways: tuple[Strategy, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """What requests of the ways carry."""
        names = (each.name for each in self.model.request)
        return tuple(name for name in names if any(name in way.parameters for way in self.ways))

    def expressions(self) -> Iterator[Formula | Term]:
        """Everything that is read to say who can send what."""
        yield self.condition
        yield self.goal
        for way in self.ways:
            yield from (each for each in way.parameters.values() if each is not None)
        outcomes = RequestOutcomes(self.model)
        yield And((outcomes.well_formed(), outcomes.accepted()))
        for effect in self.model.effects:
            yield from () if effect.when is None else (effect.when,)
            for update in effect.updates:
                yield from (*update.arguments, update.value)
                yield from () if update.where is None else (update.where,)

    # ------------------------------------------------------------------ SQL

    def columns(self, meaning: SqlMeaning, scope: Scope) -> dict[str, Tree]:
        """The number of the first way that a row has, and what its request carries; NULL if there is none."""
        outcomes = RequestOutcomes(self.model, (each.name for each in self.model.request))
        applies = meaning.formula(self.condition, scope)
        requests = [self._request(way, meaning, scope) for way in self.ways]
        accepted = And((outcomes.well_formed(), outcomes.accepted()))
        conditions = [
            sql.and_((applies.copy(), meaning.formula(accepted, Scope(requests={"": request}))))
            for request in requests
        ]
        numbers = [sql.value_of(str(number)) for number, _ in enumerate(self.ways, 1)]
        found = {"way": sql.choose(zip(conditions, numbers, strict=True), sql.ABSENT).tree}
        sorts = {each.name: each.sort for each in self.model.request}
        for name in self.parameters:
            branches = (
                (sql.same(sql.column("way"), sql.text(str(number))), request.get(name, sql.ABSENT))
                for number, request in enumerate(requests, 1)
            )
            tree = sql.choose(branches, sql.ABSENT).tree
            found[name] = amounts.as_cell(tree, sorts[name]) if sorts[name].is_quantity else tree
        return found

    def _request(self, way: Strategy, meaning: SqlMeaning, scope: Scope) -> dict[str, Sql]:
        found: dict[str, Sql] = {}
        for name, term in way.parameters.items():
            if term is None:
                raise NotInSql(f"the strategy of claim {self.claim.number} leaves `{name}` open")
            found[name] = meaning.term(term, scope)
        return found

    # -------------------------------------------------------------- meaning

    def first(self, situation: Situation, variables: dict[str, str | None]) -> int | None:
        """The number of the first way that a situation has, by the meaning of the language. AssertionError if
        the way of lowest rank does not lead to the goal.
        """
        rules = dict.fromkeys(situation.versions.values(), self.model)
        env = Environment(self.model, situation, variables=variables, rules=rules)
        if not holds(self.condition, env):
            return None
        for number, way in enumerate(self.ways, 1):
            values = {
                name: term_value(term, env) for name, term in way.parameters.items() if term is not None
            }
            request = Request({name: value for name, value in values.items() if isinstance(value, str)})
            if well_formed(self.model, situation, request) and decide(rules, situation, request).accepted:
                after = Environment(
                    self.model, apply_request(rules, situation, request), variables=variables, rules=rules
                )
                return number if way.rank > 1 or holds(self.goal, after) else -number
        return None


def senders_of(
    regime: Regime, column: Column, model: Model, claim: Claim, question: Question, effort: Effort
) -> Senders:
    """Prove the claim, and take its strategy. SpecError if it has another form, or is not proved."""
    statement = claim.statement
    if not isinstance(statement, Leads) or statement.modality == "never":
        expected = ("a claim such as `always, if …, then possibly …`",)
        raise wrong("wrong-form", f"claim `{claim.name}` does not say what users can do", None, expected)
    things = [each for each in claim.variables if each.sort is not None]
    if len(things) != len(claim.variables) or len(things) > len(question.variables):
        raise wrong("wrong-form", f"claim `{claim.name}` is about other things than the rows", None)
    renamed: dict[str, Term] = {}
    free = list(question.variables)
    for each in things:
        mine = next((one for one in free if one.sort == each.sort), None)
        if mine is None:
            message = (
                f"claim `{claim.name}` is about a {each.sort.name if each.sort else ''}, and the rows are not"
            )
            raise wrong("wrong-form", message, None)
        free.remove(mine)
        renamed[each.name] = mine
    result = Prover(regime, budget=effort.budget, seed=effort.seed).decide(Job(claim, column))
    if result.verdict != "proved":
        message = f"claim `{claim.name}` is {result.verdict} in {column}, so there is no strategy"
        raise wrong("not-proved", message, None, (f"`redline prove {claim.number} --version {column}`",))
    where = () if claim.where is None else (claim.where,)
    condition = with_variables(And((*where, *claim.premises, statement.condition)), renamed)
    ways = tuple(_renamed(each, renamed) for each in _requests(model, result.evidence.ways))
    if not ways:
        raise wrong("wrong-form", f"the proof of claim `{claim.name}` has no strategy of requests", None)
    return Senders(claim, model, condition, with_variables(statement.goal, renamed), ways)


def _requests(model: Model, ways: Sequence[Strategy]) -> Iterator[Strategy]:
    yield from (each for each in sorted(ways, key=lambda way: way.rank) if each.schema not in model.events)


def _renamed(way: Strategy, renamed: dict[str, Term]) -> Strategy:
    parameters = {
        name: None if term is None else with_variables(term, renamed) for name, term in way.parameters.items()
    }
    return Strategy(way.rank, way.schema, parameters)


def named(tree: Tree, name: str) -> Tree:
    """A column of that name."""
    return exp.alias_(exp.Paren(this=tree), name, quoted=True)
