"""What rests on what in a column, as a graph of networkx."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

import networkx as nx

from checker.language.diagnostics import Span
from checker.model.claim import (
    Always,
    AlwaysAfter,
    Column,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
)
from checker.model.expressions import Located
from checker.model.item import Item
from checker.model.model import Check, Effect, Event, Limb
from checker.model.reads import Thing, declared, named_in, words_of
from checker.prove.left_out import why_not_in
from checker.regime.regime import Regime
from checker.story.steps_told import place_of

Node: TypeAlias = tuple[str, str]
"""The kind of something, and its name."""


def dependency_graph(regime: Regime, column: Column) -> nx.DiGraph[Node]:
    """Return what rests on what: an edge leads from what rests to what it rests on.

    Nodes are (kind, name): `claim`, `check`, `exemption`, `effect`, `event`, `axiom`, `start`,
    `definition`, `premise`, `function`, `parameter`, `constant`, `component`, `route`, `order`, `column`
    and `clause`. Of a node: `label` (a claim's sentence, a clause's words in force, else what it is
    called), `place` (`FILE:LINE`, empty if it has none); of a claim, `number`. Of an edge: `how`, which is
    `reads`, `quotes` (words of a clause), `exempted by`, `written by` (a state function by what changes
    it), `restricted by` (a function by axioms and starts), `let through by` (an effect by the route of
    requests), `takes requests by` (a claim, of the route) or `checked by` (the route by its checks).

    Claims that cannot be asked in the column are left out. What a claim can reach here is all that its
    verdict could rest on, and more than it does rest on: `prove(…, blame=True)` finds that.
    """
    return _Building(regime, column).whole()


class _Building:
    """The graph in the making."""

    def __init__(self, regime: Regime, column: Column) -> None:
        self.regime, self.column = regime, column
        self.model = regime.model(column)
        self.words = {each.clause: each.text for each in regime.texts.get(column.base, ())}
        self.graph: nx.DiGraph[Node] = nx.DiGraph(column=str(column))

    def whole(self) -> nx.DiGraph[Node]:
        model = self.model
        for check in model.checks:
            self._thing(Thing("check", check.name))
        changing: tuple[Effect | Event, ...] = (*model.effects, *model.events.values())
        for rule in changing:
            self._changing(rule)
        for axiom in model.axioms:
            self._restrict(self._add("axiom", axiom.name, axiom.sentence, axiom.span), axiom.formula)
        for number, each in enumerate(model.start, 1):
            self._restrict(self._add("start", str(number), each.text, each.span), each)
        for name in model.definitions:
            self._thing(Thing("definition", name))
        for claim in self.regime.claims:
            if why_not_in(self.regime, claim, self.column) is None:
                node = self._add("claim", claim.name, claim.sentence, claim.span)
                self.graph.nodes[node]["number"] = claim.number
                self._rest(node, words_of(claim))
                if _takes_requests(claim.statement):
                    self.graph.add_edge(node, self._thing(Thing("route", "")), how="takes requests by")
        return self.graph

    def _add(self, kind: str, name: str, label: str, span: Span | None) -> Node:
        node = (kind, name)
        self.graph.add_node(node, label=label, place="" if span is None else place_of(span))
        return node

    def _rest(self, node: Node, *roots: object) -> None:
        """Add what the roots name, and an edge to each from the node."""
        for thing in named_in(self.model, *roots):
            self.graph.add_edge(node, self._thing(thing), how="reads")

    def _restrict(self, node: Node, formula: Located) -> None:
        self._rest(node, formula)
        for thing in named_in(self.model, formula):
            if thing.kind == "function":
                self.graph.add_edge(self._thing(thing), node, how="restricted by")

    def _thing(self, thing: Thing) -> Node:
        """Add a thing with all that it rests on, once."""
        node: Node = (thing.kind, thing.name)
        if node in self.graph:
            return node
        said = declared(self.model, thing)
        self._add(thing.kind, thing.name, _label(said) or thing.name, _span(said))
        if thing.kind == "check":
            for check in (each for each in self.model.checks if each.name == thing.name):
                self._check(node, check)
        elif thing.kind != "event":  # added with what it changes
            self._rest(node, said)
        if thing.kind == "route":
            for check in self.model.checks:
                self.graph.add_edge(node, self._thing(Thing("check", check.name)), how="checked by")
        return node

    def _check(self, node: Node, check: Check) -> None:
        self._rest(node, check.items)
        self._quote(node, check.items)
        for limb in check.limbs:
            self.graph.add_edge(node, self._limb(limb), how="exempted by")

    def _limb(self, limb: Limb) -> Node:
        node = ("exemption", limb.clause)
        if node not in self.graph:
            self._add(*node, self.words.get(limb.clause, limb.clause), limb.span)
            self._rest(node, limb.items)
            self._quote(node, limb.items)
            for each in limb.exceptions:
                self.graph.add_edge(node, self._limb(each), how="taken back by")
        return node

    def _changing(self, rule: Effect | Event) -> None:
        kind = "effect" if isinstance(rule, Effect) else "event"
        node = self._add(kind, rule.name, _label(rule) or rule.name, rule.span)
        self._rest(node, rule.when)
        if isinstance(rule, Effect):
            self.graph.add_edge(node, self._thing(Thing("route", "")), how="let through by")
        self._quote(node, rule.items)
        for each in rule.updates:
            self._rest(node, each.arguments, each.value, each.where)
            self.graph.add_edge(self._thing(Thing("function", each.function)), node, how="written by")

    def _quote(self, node: Node, items: Iterable[Item]) -> None:
        for phrase in (phrase for item in items for phrase in item.phrases):
            clause = ("clause", phrase.clause)
            if clause not in self.graph:
                self._add(*clause, self.words.get(phrase.clause, ""), phrase.span)
            self.graph.add_edge(node, clause, how="quotes")


def _takes_requests(statement: Statement) -> bool:
    """Whether it speaks of requests that are let through, without asking for an outcome by name."""
    match statement:
        case AlwaysAfter(kind=kind):
            return kind != "event"
        case PossiblyAfter() | Possibly() | Leads() | Eventually() | Compare() | Difference():
            return True
        case Always() | EveryRequest() | SomeRequest():
            return False
        case _:
            assert_never(statement)


def _label(said: object) -> str:
    label = getattr(said, "label", "")
    return label if isinstance(label, str) else ""


def _span(said: object) -> Span | None:
    part = said[0] if isinstance(said, tuple) and said else said
    span = getattr(part, "span", None)
    return span if isinstance(span, Span) else None
