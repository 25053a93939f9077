"""Mixtures of two versions, and orders of switching: what `rollout` finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from checker.model.situation import Instance
from checker.question.verdict import VerdictName
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Evidenced, Frame, frame_of, keeping, kept
from checker.results.parts import ToldClaim, Verdict, told_claim, verdicts_of
from checker.results.told_stories import ToldVersion
from checker.rooms.rollout import harm as room
from checker.rooms.rollout.first_harm import FirstHarm, first_harms
from checker.rooms.rollout.harm import HarmKind, State, Status
from checker.rooms.rollout.lattice import Lattice, Mixture, on
from checker.rooms.rollout.switch_names import Told

if TYPE_CHECKING:
    import networkx as nx

    from checker.rooms.rollout.text import Stories

LISTED: Final = 5040  # orders, those of seven switches; of more they are counted only


class ToldInstance(Struct, frozen=True, kw_only=True):
    """A component, or one instance of it (`index`; `null` if it has none)."""

    component: str
    index: str | None


class Switch(Struct, frozen=True, kw_only=True):
    """A component that has the new version when it is on. `rules`: the checks in which the versions differ
    there, `effects`, or `version` where a rule or a claim reads which version it has.
    """

    name: str
    component: str
    index: str | None
    rules: tuple[str, ...]


class ToldHarm(Struct, frozen=True, kw_only=True):
    """Harm that a mixture does. `claim`: the number of the claim that is lost; `result`: the number of the
    claim in `results` that shows it.
    """

    kind: HarmKind
    claim: str | None
    result: str


class ToldMixture(Struct, frozen=True, kw_only=True):
    """A mixture: bit `i` of the number `mixture` is set where switch `i` is on. `sign`: as in the picture;
    `safe_orders_on`, `safe_orders_back`: how many safe orders lead on to the new version everywhere, and
    back to the old one; `escapes`: the minimal sets of switches to turn to be out of harm.
    """

    mixture: int
    sign: str
    on: tuple[int, ...]
    versions: tuple[ToldVersion, ...]
    state: State
    harms: tuple[ToldHarm, ...]
    safe_orders_on: int
    safe_orders_back: int
    escapes: tuple[tuple[int, ...], ...]


class Edge(Struct, frozen=True, kw_only=True):
    """Turning `switch` on leads from one mixture to another."""

    before: int
    switch: int
    after: int


class FirstStep(Struct, frozen=True, kw_only=True):
    """A step with which so many unsafe `orders` begin to do harm."""

    before: int
    switch: int
    after: int
    orders: int


class FirstHarms(Struct, frozen=True, kw_only=True):
    """Steps that begin harm of one kind: the `switches` turned, and for how many `orders`."""

    switches: tuple[int, ...]
    orders: int
    steps: tuple[FirstStep, ...]


class Walk(Struct, frozen=True, kw_only=True):
    """The orders of one direction: how many there are, and how many of them are safe and unsafe.

    `before`: pairs of switches of which the first is turned before the second in every safe order; `exact`:
    whether these pairs describe the safe orders; `layers`: groups of switches, each in any order after the
    one before, if that describes them; `safe_orders`: `null` if there are more than 5040.
    """

    orders: int
    safe: int
    unsafe: int
    before: tuple[tuple[int, int], ...]
    exact: bool
    layers: tuple[tuple[int, ...], ...]
    safe_orders: tuple[tuple[int, ...], ...] | None
    first_harms: tuple[FirstHarms, ...]


class ClaimInMixtures(Struct, frozen=True, kw_only=True):
    """What becomes of a claim. `expected`: by its author, with the old and with the new version everywhere;
    `old`, `new`: the verdicts there, `null` if not asked; `every_mixture`: the verdict on all at once;
    `mixtures`: number -> verdict, where they were asked one by one.
    """

    claim: ToldClaim
    status: Status
    expected: tuple[str | None, str | None]
    old: VerdictName | None = field(name="from")
    new: VerdictName | None = field(name="to")
    every_mixture: VerdictName | None
    mixtures: dict[str, VerdictName]


class Mixtures(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.rollout/1"):
    """All mixtures of two versions at the components that switch, all orders of switching, and the harm
    done.

    `old`, `new`: the columns (`from` and `to` in the document); `same`: components at which they mean the
    same; `from_within_to`, `to_within_from`: whether it is proved that the one accepts no more than the
    other; `not_asked`: numbers of claims that say themselves what is deployed; `results`: every verdict
    that was needed.
    """

    command: str
    seconds: float
    exit: int
    old: ToldColumn = field(name="from")
    new: ToldColumn = field(name="to")
    switches: tuple[Switch, ...]
    same: tuple[ToldInstance, ...]
    from_within_to: bool
    to_within_from: bool
    mixtures: tuple[ToldMixture, ...]
    edges: tuple[Edge, ...]
    forward: Walk
    back: Walk
    claims: tuple[ClaimInMixtures, ...]
    not_asked: tuple[str, ...]
    results: tuple[Verdict, ...]
    shipped: bool

    def paragraphs(self, stories: Stories = "none", *, full: bool = False) -> Iterable[Paragraph]:
        """The report. `stories`: which harms are told in full. `full`: everything, as with any story, and not
        what one page has room for.
        """
        from checker.rooms.rollout.text import rollout_paragraphs

        return rollout_paragraphs(kept(self, "told", Told), stories=stories, full=full)

    def graph(self) -> nx.DiGraph[int]:
        """The mixtures as nodes, numbered as in the document; an edge turns one switch on.

        Of a node: `on` (names of the switches that are on), `state` (`harmless`, `harmful`, `open`),
        `harms` (kinds), `sign`, `safe_on` and `safe_back` (how many safe orders lead on to the new
        version everywhere, and back). Of an edge: `switch` (name), `safe` (whether both ends are
        harmless). Of the graph: `old`, `new` (columns), `start` and `end` (the mixtures with the old,
        and with the new version everywhere).
        """
        import networkx as nx

        names = tuple(each.name for each in self.switches)
        graph: nx.DiGraph[int] = nx.DiGraph(
            old=self.old.text, new=self.new.text, start=0, end=(1 << len(names)) - 1
        )
        for each in self.mixtures:
            graph.add_node(
                each.mixture,
                on=tuple(names[number] for number in each.on),
                state=each.state,
                harms=tuple(dict.fromkeys(harm.kind for harm in each.harms)),
                sign=each.sign,
                safe_on=each.safe_orders_on,
                safe_back=each.safe_orders_back,
            )
        harmless = {each.mixture for each in self.mixtures if each.state == "harmless"}
        for edge in self.edges:
            safe = edge.before in harmless and edge.after in harmless
            graph.add_edge(edge.before, edge.after, switch=names[edge.switch], safe=safe)
        return graph

    def safe_orders(self) -> Iterator[tuple[str, ...]]:
        """Yield every safe order of switching on, as names of switches: the paths through harmless mixtures.
        There may be millions.

        Mixtures from which no safe order leads on are left out first, so that no way is walked in vain.
        """
        import networkx as nx

        whole = self.graph()
        start, end = whole.graph["start"], whole.graph["end"]
        if start == end:
            yield ()
            return
        useful = [
            node for node, data in whole.nodes(data=True) if data["state"] == "harmless" and data["safe_on"]
        ]
        graph = whole.subgraph(useful)
        if start not in graph or end not in graph:
            return
        for path in nx.all_simple_edge_paths(graph, start, end):
            yield tuple(graph.edges[before, after]["switch"] for before, after in path)

    def frame(self) -> Frame:
        """A row for each mixture."""
        names = tuple(each.name for each in self.switches)
        return frame_of(
            (
                {
                    "mixture": each.mixture,
                    "on": tuple(names[number] for number in each.on),
                    "state": each.state,
                    "harms": tuple(dict.fromkeys(harm.kind for harm in each.harms)),
                    "safe_orders_on": each.safe_orders_on,
                    "safe_orders_back": each.safe_orders_back,
                }
                for each in self.mixtures
            ),
            ("mixture", "on", "state", "harms", "safe_orders_on", "safe_orders_back"),
        )


def mixtures_of(told: Told, *, shipped: bool, noted: bool, processes: int) -> Mixtures:
    """Return a roll-out: switches, every mixture with its harms and the steps from it, orders, claims.
    `noted`: with every verdict, which takes time to tell; so many `processes` may do that.
    """
    found, lattice = told.rollout, told.rollout.lattice
    plan = found.plan
    answer = Mixtures(
        command=told.repeat,
        seconds=round(told.seconds, 3),
        exit=told.code,
        old=told_column(plan.old),
        new=told_column(plan.new),
        switches=tuple(
            Switch(
                name=told.name(number),
                component=each.instance[0],
                index=each.instance[1],
                rules=tuple(each.rules),
            )
            for number, each in enumerate(plan.switches)
        ),
        same=tuple(_instance(each) for each in plan.same),
        from_within_to=found.within("old"),
        to_within_from=found.within("new"),
        mixtures=tuple(_mixture(told, each) for each in lattice.mixtures),
        edges=tuple(
            Edge(before=each, switch=switch, after=each | 1 << switch)
            for each in lattice.mixtures
            for switch in lattice.off(each)
        ),
        forward=_walk(told, lattice, 0),
        back=_walk(told, lattice.backwards, lattice.all_on),
        claims=tuple(_claim(each) for each in found.claims),
        not_asked=tuple(each.number for each in (*found.unasked, *found.plan.speechless)),
        results=verdicts_of(found.regime, found.results, processes) if noted else (),
        shipped=shipped,
    )
    return keeping(answer, told=told)


def _instance(instance: Instance) -> ToldInstance:
    return ToldInstance(component=instance[0], index=instance[1])


def _mixture(told: Told, mixture: Mixture) -> ToldMixture:
    found, lattice = told.rollout, told.rollout.lattice
    versions = found.plan.versions(mixture).items()
    return ToldMixture(
        mixture=mixture,
        sign=told.sign(mixture),
        on=on(mixture),
        versions=tuple(
            ToldVersion(component=at[0], index=at[1], version=version) for at, version in versions
        ),
        state=_state(lattice, mixture),
        harms=tuple(_harm(each) for each in found.harms(mixture)),
        safe_orders_on=lattice.ways_on(mixture),
        safe_orders_back=lattice.ways_back(mixture),
        escapes=tuple(map(tuple, lattice.escapes(mixture))),
    )


def _state(lattice: Lattice, mixture: Mixture) -> State:
    if mixture in lattice.harmful:
        return "harmful"
    return "harmless" if mixture in lattice.harmless else "open"


def _harm(harm: room.Harm) -> ToldHarm:
    number = None if harm.claim is None else harm.claim.number
    return ToldHarm(kind=harm.kind, claim=number, result=harm.result.claim.number)


def _walk(told: Told, lattice: Lattice, flip: Mixture) -> Walk:
    """Return the orders of one direction. `flip`: what makes a mixture of the lattice one of the roll-out."""

    def kinds(mixture: Mixture) -> tuple[tuple[str, str], ...]:
        return tuple(each.key for each in told.rollout.harms(mixture ^ flip))

    return Walk(
        orders=lattice.orders,
        safe=lattice.safe,
        unsafe=lattice.unsafe,
        before=tuple(sorted(lattice.constraints)) if lattice.safe else (),
        exact=lattice.exact,
        layers=lattice.layers,
        safe_orders=tuple(lattice.safe_orders()) if lattice.safe <= LISTED else None,
        first_harms=tuple(_first(each, flip) for each in first_harms(lattice, kinds)),
    )


def _first(harm: FirstHarm, flip: Mixture) -> FirstHarms:
    steps = tuple(
        FirstStep(
            before=each.before ^ flip, switch=each.switch, after=each.entered ^ flip, orders=each.orders
        )
        for each in harm.entries
    )
    return FirstHarms(switches=tuple(harm.switches), orders=harm.orders, steps=steps)


def _claim(test: room.Test) -> ClaimInMixtures:
    """Return what becomes of a claim. A version's verdict is null if it was not asked."""
    assert test.claim is not None
    return ClaimInMixtures(
        claim=told_claim(test.claim),
        status=test.status,
        expected=test.expected,
        old=test.pure("old"),
        new=test.pure("new"),
        every_mixture=test.verdict("everywhere"),
        mixtures={str(each): test.found[each].verdict for each in test.found if isinstance(each, int)},
    )
