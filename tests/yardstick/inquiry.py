"""One claim asked of one column in one world: the rules it speaks of, and what its names may stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from checker.model.claim import Claim, Column, Compare, Difference, Side
from checker.model.claim import Steps as Counted
from checker.model.expressions import Formula, Outcome
from checker.model.model import Model
from checker.regime.regime import Regime
from tests.yardstick.meaning import Moment, Test
from tests.yardstick.rules import Columns, Rules, instances
from tests.yardstick.steps import Graph, Step, Steps
from tests.yardstick.worlds import Asked, Instance, State, Unfit, World, Worth, things_in

WORK = 200  # times the states: so many pairs of a state and what may be asked about there are gone through


@dataclass(frozen=True, slots=True)
class Binding:
    """Things for the claim's variables, and requests for those that stand for one."""

    names: Mapping[str, str | None]
    requests: Mapping[str, Asked]


@dataclass(frozen=True, slots=True)
class Asking:
    """A claim asked of a column. `by`: the clause or check that must have done it. `fixed`: what is deployed,
    where that is a mixture without a name.
    """

    claim: Claim
    column: Column
    by: str | None = None
    fixed: tuple[tuple[Instance, str], ...] = ()


def versions_of(regime: Regime, asking: Asking) -> tuple[str, ...]:
    """The versions in whose words a claim may be: of a comparison, too, those of the column that it is asked
    of.
    """
    claim = asking.claim
    own = list((dict(asking.fixed) or deployed_in(regime, asking.column)).values())
    for each in sides(claim):
        own += each.versions
    return tuple(dict.fromkeys((*own, *claim.over)))


def sides(claim: Claim) -> tuple[Side, ...]:
    """The sides of a comparison."""
    match claim.statement:
        case Compare(left=left, right=right):
            return left, right
        case Difference(old=old, new=new):
            return Side("column", old), Side("column", new)
        case _:
            return ()


def deployed_in(regime: Regime, column: Column) -> dict[Instance, str]:
    """The version at every component in a column."""
    if column.base in regime.deployments:
        return dict(regime.deployments[column.base].versions)
    plain = regime.model(Column(column.base, column.readings))
    return dict.fromkeys(instances(plain), column.base)


def outcomes_in(value: object) -> Iterator[Outcome]:
    """Every outcome that a claim, or a part of one, speaks of."""
    if isinstance(value, Outcome):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from outcomes_in(each)
    elif not isinstance(value, (str, type)):
        for name in getattr(value, "__dataclass_fields__", ()):  # `fields` would search anew for every part
            yield from outcomes_in(getattr(value, name))


class Inquiry:
    """What is asked, and the world in which it is asked."""

    def __init__(
        self,
        regime: Regime,
        asking: Asking,
        words: str,
        most: int,
        counts: Mapping[str, int] | None = None,
        things: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """`words`: the version whose words the claim is in, and start, axioms, events and route. Raises
        Unfit.
        """
        self.regime, self.claim, self.column, self.by = regime, asking.claim, asking.column, asking.by
        self.asking, self.statement = asking, asking.claim.statement
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}
        self._models: list[Model] = []
        named = dict.fromkeys(o.column for o in outcomes_in(self.claim) if o.column is not None)
        self._gather(words, [self._as_here(regime.parse_column(each)) for each in named])
        self.world = World(self._models, things or things_in(self._models, counts or {}), most)
        if things is None and self.world.size > most:
            raise Unfit("too many states")
        self.columns = Columns()
        self.columns.known.update({e: self._rules(self._as_here(regime.parse_column(e))) for e in named})
        self.rules = self._main(words)
        self.others = (*self.columns.known.values(), *self.sides)
        self.steps = Steps(self.rules, self.claim.deployment_over, staged=self.column.staged)
        self.graph = Graph(self.steps, self._starts(), self._speaking)

    @cached_property
    def _speaking(self) -> tuple[Rules, ...]:
        """The rules within whose axioms situations are, and by some of which requests are: those of all
        columns that are compared, or of that whose stories they are. What a claim says to be deployed is
        compared with the columns that it names.
        """
        if self.sides and sides(self.claim):
            return self.sides
        if getattr(self.statement, "reachable", True):
            return (self.rules,)
        every = all(each.column is not None for each in outcomes_in(self.claim))
        named = tuple(self.columns.known.values())
        return named if named and every and not self.claim.over else (self.rules, *named)

    # ------------------------------------------------------------------ rules

    def _as_here(self, column: Column) -> Column:
        """A column that the claim names: what the column that it is asked of reads otherwise, and goes
        without, counts there as well.
        """
        readings = dict.fromkeys((*column.readings, *self.column.readings))
        return Column(column.base, tuple(readings), (*column.without, *self.column.without))

    def _own_columns(self) -> list[Column]:
        """The columns on the sides of a comparison."""
        return [self._as_here(each.column) for each in sides(self.claim) if each.column is not None]

    def _gather(self, words: str, named: list[Column]) -> None:
        """Number the models that are needed."""
        columns = [*named, *self._own_columns()]
        versions = versions_of(self.regime, self.asking)
        own = self._deployed().values()
        pairs = [(each, self.column.readings) for each in dict.fromkeys((words, *versions, *own))]
        for column in columns:
            pairs += [(each, column.readings) for each in deployed_in(self.regime, column).values()]
        for pair in dict.fromkeys(pairs):
            self._numbers[pair] = len(self._models)
            self._models.append(self.regime.model(Column(pair[0], pair[1])))

    def _versions(
        self, names: Iterator[str] | tuple[str, ...], column: Column
    ) -> dict[str, tuple[int, Model]]:
        found = {}
        for name in dict.fromkeys(names):
            number = self._numbers[name, column.readings]
            found[name] = number, self._models[number]
        return found

    def _deployed(self) -> dict[Instance, str]:
        """What is deployed in the column that is asked of."""
        return dict(self.asking.fixed) or deployed_in(self.regime, self.column)

    def _rules(self, column: Column, words: str = "", fixed: dict[Instance, str] | None = None) -> Rules:
        """The rules of a column as it stands."""
        fixed = fixed or deployed_in(self.regime, column)
        versions = self._versions(tuple(fixed.values()), column)
        first = words if words in versions else next(iter(versions))
        return Rules(self.world, versions, first, fixed, self.columns, frozenset(column.without))

    def _main(self, words: str) -> Rules:
        """The rules that the claim is about: of a comparison of columns, those of the side in whose words it
        is.
        """
        own = self._own_columns()
        self.compared = [self._rules(each, words) for each in own]
        several = [each for each in sides(self.claim) if each.kind == "deployment"]
        if several or self.claim.over:
            names = versions_of(self.regime, self.asking)
            versions = self._versions((words, *names), self.column)
            dropped = frozenset(self.column.without)
            moving = Rules(self.world, versions, words, None, self.columns, dropped)
            self.sides = (moving, *self.compared)
            return moving
        self.sides = tuple(self.compared)
        return self._rules(self.column, words, self._deployed())

    @property
    def work(self) -> int:
        """How many pairs of a state and what may be asked about there are gone through."""
        return WORK * self.world.most

    def mixture(self) -> Rules:
        """The rules of what is deployed in the column, beside those of the sides of a comparison."""
        return self._rules(self.column, self.rules.words, self._deployed())

    def _starts(self) -> tuple[tuple[str, ...], ...]:
        """What may be deployed at a start."""
        if self.rules.fixed is not None:
            return ((),)
        several = [each.versions for each in sides(self.claim) if each.kind == "deployment"]
        if several:
            return ((several[0][0],) * len(self.rules.instances),)
        anywhere = not getattr(self.statement, "reachable", True)
        if any_of := self.claim.over if anywhere else self.claim.deployed:
            return tuple(product(any_of, repeat=len(self.rules.instances)))
        own = self._deployed()
        return (tuple(own[each] for each in self.rules.instances),)

    def fix(self, values: Sequence[Worth]) -> None:
        """Set the fixed functions, and forget what was found out under others."""
        self.world.fix(values)
        for each in (self.rules, *self.others):
            each.forget()
        self.steps.forget()
        self.graph = Graph(self.steps, self.graph.deployed, self.graph.lawful)

    # ----------------------------------------------------------------- names

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """Every way of giving the claim's variables things and requests."""
        every = [(number, 0) for number in self.world.makeable]
        names = [each.name for each in self.claim.variables if each.sort is not None]
        ranges = [self.world.members(each.sort) for each in self.claim.variables if each.sort is not None]
        requests = [each.name for each in self.claim.variables if each.sort is None]
        found = [
            Binding(dict(zip(names, things, strict=True)), dict(zip(requests, asked, strict=True)))
            for things in product(*ranges)
            for asked in product(every, repeat=len(requests))
        ]
        if len(found) * self.world.size > self.work:
            raise Unfit("too many bindings")
        return tuple(found)

    def moment(
        self,
        binding: Binding,
        now: State,
        named: Mapping[str, Asked | None] | None = None,
        before: State | None = None,
        step: Step | None = None,
    ) -> Moment:
        """What the claim's words are read in. After a step in which a request was carried out nothing is
        behind it.
        """
        requests: dict[str, Asked | None] = {**binding.requests, **(named or {})}
        moment = Moment(now, dict(binding.names), requests, before, step.event if step else None)
        if step is not None and step.asked is not None and step.asked[1]:
            moment.was = requests
            moment.requests = {name: None if a is None else (a[0], 0) for name, a in requests.items()}
        return moment

    def test(self, formula: Formula | None) -> Test:
        return self.rules.meaning.test(formula)

    @cached_property
    def _given(self) -> list[Test]:
        return [self.test(each) for each in (self.claim.where, *self.claim.premises) if each is not None]

    def given(self, binding: Binding, now: State) -> bool:
        """The claim's `where` and premises; its requests are requests there; every column named has such a
        state.
        """
        if not all(self.fits(now, each) for each in binding.requests.values()):
            return False
        m = self.moment(binding, now)
        return all(each(m) for each in self._given)

    def fits(self, now: State, asked: Asked) -> bool:
        """Whether it is a request under the rules of any column that the claim compares, or whose stories it
        is about.
        """
        several = self._speaking
        if several == (self.rules,):
            several = (self.rules, *self.columns.known.values())
        return any(each.fits(now, asked) for each in several)

    def asked(self, now: State) -> Iterator[Asked]:
        """Every request that a claim about requests speaks of, wherever it is."""
        yield from ((number, 0) for number in self.world.makeable)
        yield from now[2]

    def doing(self, now: State, asked: Asked | None) -> bool:
        """Whether the clause that is asked for exempts or refuses the request; true if none is asked for."""
        if self.by is None:
            return True
        several = self.sides or (self.rules,)
        return asked is not None and any(each.by_clause(now, asked, self.by) for each in several)

    def counts(self, steps: Counted, binding: Binding) -> Callable[[Step, State], bool]:
        """Whether a step from a state is one of those that count."""
        term = self.rules.meaning.term
        own, others = [term(each) for each in steps.senders], [term(each) for each in steps.others]

        def test(step: Step, now: State) -> bool:
            if steps.any_step or step.kind == "deploy":
                return True
            if step.asked is None:
                return step.event in steps.events
            if not steps.requests or (steps.at_once and (step.kind == "pass" or step.asked[1])):
                return False
            sender = self.world.requests[step.asked[0]][self.world.sender]
            m = self.moment(binding, now)
            if others and sender not in [each(m) for each in others]:
                return True
            return (not own and not others) or sender in [each(m) for each in own]

        return test
