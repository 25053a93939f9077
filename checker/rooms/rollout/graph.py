"""Mixtures and orders as a graph of networkx, for people to walk through. Nothing decides by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from checker.rooms.rollout.answer import Mixtures


def lattice_graph(found: Mixtures) -> nx.DiGraph[int]:
    """The mixtures as nodes, numbered as in the document; an edge turns one switch on.

    Of a node: `on` (names of the switches that are on), `state` (`harmless`, `harmful`, `open`), `harms`
    (kinds), `sign`, `safe_on` and `safe_back` (how many safe orders lead on to the new version everywhere,
    and back). Of an edge: `switch` (name), `safe` (whether both ends are harmless). Of the graph: `old`,
    `new` (columns), `start` and `end` (the mixtures with the old, and with the new version everywhere).
    """
    names = tuple(each.name for each in found.switches)
    graph: nx.DiGraph[int] = nx.DiGraph(
        old=found.old.text, new=found.new.text, start=0, end=(1 << len(names)) - 1
    )
    for each in found.mixtures:
        graph.add_node(
            each.mixture,
            on=tuple(names[number] for number in each.on),
            state=each.state,
            harms=tuple(dict.fromkeys(harm.kind for harm in each.harms)),
            sign=each.sign,
            safe_on=each.safe_orders_on,
            safe_back=each.safe_orders_back,
        )
    harmless = {each.mixture for each in found.mixtures if each.state == "harmless"}
    for edge in found.edges:
        safe = edge.before in harmless and edge.after in harmless
        graph.add_edge(edge.before, edge.after, switch=names[edge.switch], safe=safe)
    return graph


def safe_orders(found: Mixtures) -> Iterator[tuple[str, ...]]:
    """Yield the safe orders of switching on, as names of switches: the paths through harmless mixtures alone.

    Mixtures from which no safe order leads on are left out first, so that no way is walked in vain.
    """
    whole = lattice_graph(found)
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
