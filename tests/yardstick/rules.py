"""What becomes of requests under the rules of a column: which stops they make, what refuses and exempts them.

A column is a version, or several versions side by side, one at each component.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import product

from checker.model import expressions as e
from checker.model.model import Check, Limb, Model
from tests.yardstick.meaning import Meaning, Moment, Test
from tests.yardstick.memory import Memory
from tests.yardstick.worlds import Asked, Instance, State, World

SEVERAL = "<several columns>"


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a request on its route: `place` in the order of the route, the checks that fail there, the
    version.
    """

    place: int
    instance: Instance
    version: str
    failing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """`fits`: it is a request at all. `stops`: those that are not behind it. `last`: the version at the last
    of all. `refusing`: the first stop at which a check fails.
    """

    fits: bool
    stops: tuple[Stop, ...]
    last: str
    refusing: Stop | None
    accepted: bool
    rejected: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """A check in a world: how it fails but for exceptions, and each way out, by the clauses that it stands
    under.
    """

    check: Check
    otherwise_fails: Test
    exempting: tuple[tuple[frozenset[str], Test], ...]


@dataclass(slots=True)
class Columns:
    """The columns that outcomes `in COLUMN` name, by their texts; filled while a claim is prepared."""

    known: dict[str, Rules] = field(default_factory=dict)


class Rules:
    """The rules of a column in a world. `words`: the version in whose words the route, start, events and
    axioms are read, where several are side by side. `fixed`: the version at every component; None where the
    state says.
    """

    def __init__(
        self,
        world: World,
        versions: Mapping[str, tuple[int, Model]],
        words: str,
        fixed: Mapping[Instance, str] | None,
        columns: Columns,
        dropped: frozenset[str] = frozenset(),
    ) -> None:
        """`versions`: the number in the world, and the model, of each. `dropped`: suppositions left out."""
        self.world, self.words, self.fixed, self.columns, self.dropped = world, words, fixed, columns, dropped
        self.models = {name: model for name, (_, model) in versions.items()}
        self.model = self.models[words]
        self.meanings = {
            name: Meaning(world, number, model, self, dropped) for name, (number, model) in versions.items()
        }
        self.meaning = self.meanings[words]
        self.instances = instances(self.model)
        self._at = {each: number for number, each in enumerate(self.instances)}
        self._checks = {name: self._ways(name) for name in self.models}
        self._names = {c.name for model in self.models.values() for c in model.checks}
        self._decisions: dict[Asked, Memory[Decision]] = {}
        self._requests: dict[Asked, Memory[bool]] = {}
        test, term = self.meaning.test, self.meaning.term
        self._route = [
            (stage.component, None if stage.index is None else term(stage.index), test(stage.when))
            for stage in self.model.route
        ]
        self._carried = [
            (each, None if each.when is None else test(each.when)) for each in self.model.request
        ]

    def forget(self) -> None:
        """Forget what was found out; the fixed functions have other values now."""
        self._decisions.clear()
        self._requests.clear()

    def deployed(self, now: State, instance: Instance) -> str | None:
        """The version deployed at an instance of a component."""
        if self.fixed is not None:
            return self.fixed.get(instance)
        at = self._at.get(instance)
        return None if at is None else now[1][at]

    # ---------------------------------------------------------------- checks

    def _ways(self, version: str) -> dict[str, tuple[Ways, ...]]:
        """The checks of a version by component."""
        model, meaning = self.models[version], self.meanings[version]
        found: dict[str, list[Ways]] = {name: [] for name in model.components}
        for check in model.checks:
            if check.adopted_because is not None and check.name in self.dropped:
                continue
            ways = self._of_check(check, meaning)
            for component in dict.fromkeys(check.components):
                found[component].append(ways)
        return {name: tuple(each) for name, each in found.items()}

    def _of_check(self, check: Check, meaning: Meaning) -> Ways:
        said = [(i.kind, meaning.test(i.meaning.formula)) for i in check.items if i.meaning is not None]
        when = [test for kind, test in said if kind == "applies-when"]
        unless = [test for kind, test in said if kind == "applies-unless"]
        required = [test for kind, test in said if kind == "requires"]

        def otherwise_fails(m: Moment) -> bool:
            applies = all(t(m) for t in when) and not any(t(m) for t in unless)
            return applies and not all(t(m) for t in required)

        limbs = tuple(
            (frozenset((each.clause, *each.above)), self._limb(each, meaning)) for each in check.limbs
        )
        return Ways(check, otherwise_fails, limbs)

    def _limb(self, limb: Limb, meaning: Meaning) -> Test:
        names = [each.name for each in limb.binders]
        ranges = [self.world.members(each.sort) for each in limb.binders]
        said = [i for i in limb.items if i.meaning is not None and i.kind == "condition"]
        conditions = [meaning.test(i.meaning.formula) for i in said if i.meaning is not None]

        def holds(m: Moment) -> bool:
            for chosen in product(*ranges):
                inner = Moment(m.now, dict(zip(names, chosen, strict=True)), m.requests)
                if all(each(inner) for each in conditions):
                    return True
            return False

        return holds

    # ------------------------------------------------------------- decisions

    def decide(self, now: State, asked: Asked) -> Decision:
        """What becomes of the request."""
        found = self._decisions.get(asked)
        if found is None:
            found = self._decisions[asked] = Memory(partial(self._decide, asked))
        return found(now)

    def fits(self, now: State, asked: Asked) -> bool:
        """Whether it is a request at all, whatever is deployed."""
        found = self._requests.get(asked)
        if found is None:
            read = partial(self._fits, asked=asked)
            found = self._requests[asked] = Memory(lambda state: read(Moment(state, {}, {"": asked})))
        return found(now)

    def decide_anew(self, now: State, asked: Asked) -> Decision:
        """The same, for who notes what is looked at."""
        return self._decide(asked, now)

    def _decide(self, asked: Asked, now: State) -> Decision:
        m = Moment(now, {}, {"": asked})
        fits = self._fits(m, asked)
        stops: list[Stop] = []
        last = self._first(now)
        for place, (component, index, when) in enumerate(self._route):
            at = None if index is None else index(m)
            if (index is not None and at is None) or not when(m):
                continue
            instance: Instance = (component, None if at is None else str(at))
            last = self.deployed(now, instance) or self.words
            if place < asked[1]:
                continue
            failing = tuple(each.check.name for each in self._checks[last][component] if self._fails(each, m))
            stops.append(Stop(place, instance, last, failing))
        refusing = next((each for each in stops if each.failing), None)
        accepted, rejected = fits and refusing is None, fits and refusing is not None
        return Decision(fits, tuple(stops), last, refusing, accepted, rejected)

    def _first(self, now: State) -> str:
        """The version at the first component of the route, if it has one instance."""
        if not self._route:
            return self.words
        component, index, _ = self._route[0]
        return self.words if index is not None else self.deployed(now, (component, None)) or self.words

    def _fits(self, m: Moment, asked: Asked) -> bool:
        values = self.world.requests[asked[0]]
        for parameter, when in self._carried:
            carried = values[parameter.name] is not None
            if when is not None and (
                (carried and not when(m)) or (not carried and when(m) and not parameter.optional)
            ):
                return False
            if when is None and not carried and not parameter.optional:
                return False
        return True

    @staticmethod
    def _fails(ways: Ways, m: Moment) -> bool:
        return ways.otherwise_fails(m) and not any(holds(m) for _, holds in ways.exempting)

    def exempted(self, now: State, asked: Asked, clause: str) -> bool:
        """Whether the clause's limb holds, and a check that is subject to it would otherwise fail."""
        m = Moment(now, {}, {"": asked})
        for stop in self.decide(now, asked).stops:
            for ways in self._checks[stop.version][stop.instance[0]]:
                holding = any(clause in clauses and holds(m) for clauses, holds in ways.exempting)
                if holding and ways.otherwise_fails(m):
                    return True
        return False

    def refused_by(self, now: State, asked: Asked, name: str) -> bool:
        """Whether the first stop that refuses is at the component, or has the failing check, of that name."""
        stop = self.decide(now, asked).refusing
        return stop is not None and (stop.instance[0] == name or name in stop.failing)

    def _some_fails(self, decision: Decision, name: str) -> bool:
        return any(
            stop.failing and (stop.instance[0] == name or name in stop.failing) for stop in decision.stops
        )

    @staticmethod
    def _others_fail(decision: Decision, name: str) -> bool:
        """Whether a check fails that neither has the name nor stands at the component of that name."""
        elsewhere = (each for each in decision.stops if each.instance[0] != name)
        return any(failing != name for each in elsewhere for failing in each.failing)

    # -------------------------------------------------------------- outcomes

    def outcome(self, said: e.Outcome, now: State, asked: Asked | None, made: Asked | None) -> bool:
        """What a claim's words about a request come to. `made`: the request before parameters are replaced;
        where it is none under these rules, nothing is so of it.
        """
        if said.column is not None:
            plain = e.Outcome(said.kind, said.request, said.by)
            return self.columns.known[said.column].outcome(plain, now, asked, made)
        if asked is None or made is None or not self.fits(now, made):
            return False
        decision, by = self.decide(now, asked), said.by or ""
        match said.kind:
            case "accepted":
                return decision.refusing is None
            case "rejected":
                return decision.refusing is not None if said.by is None else self.refused_by(now, asked, by)
            case "passes":
                return not self._some_fails(decision, by)
            case "fails":
                return self._some_fails(decision, by)
            case "fails only":
                return self._some_fails(decision, by) and not self._others_fail(decision, by)
            case "exempted":
                return self.exempted(now, asked, by)

    def by_clause(self, now: State, asked: Asked, by: str) -> bool:
        """Whether the clause exempts the request, or the check of that clause or name refuses it."""
        limbs = [each for m in self.models.values() for check in m.checks for each in check.limbs]
        if any(by in (each.clause, *each.above) for each in limbs):
            return self.exempted(now, asked, by)
        names = {c.name for m in self.models.values() for c in m.checks if by in (c.clause, c.name)}
        return any(self.refused_by(now, asked, each) for each in names)


def instances(model: Model) -> tuple[Instance, ...]:
    """Every component, or each instance of one that is indexed."""
    found: list[Instance] = []
    for component in model.components.values():
        found += [(component.name, each) for each in (component.index.values if component.index else (None,))]
    return tuple(found)
