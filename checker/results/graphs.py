"""Answers as graphs of networkx, for people to walk through and to draw. Nothing that decides uses them."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from checker.results.mixtures import Mixtures
from checker.results.redlined import RedlinedLaw


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


def clause_tree(found: RedlinedLaw) -> nx.DiGraph[tuple[str, str]]:
    """The clauses of a version as a tree. Nodes are (kind, name): `("law", column)` is the root, under it
    `("source", name)` for every document, under these their clauses, `("clause", name)`, and under a clause
    its limbs.

    Of a clause: `text` (the words in force, empty if the clause itself is not quoted), `changed` (by a
    modification), `rules` (titles of the rules that stand for its words), `place`.
    """
    root = ("law", found.column.text)
    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    graph.add_node(root)
    for each in found.clauses:
        node = ("clause", each.clause)
        if graph.has_node(node) and graph.nodes[node]["text"]:
            continue  # quoted once more, elsewhere
        rules = tuple(one.title for one in each.rules)
        graph.add_node(node, text=each.text, changed=each.changed, rules=rules, place=each.place)
    for each in found.clauses:
        node, source = ("clause", each.clause), ("source", each.source)
        if graph.in_degree(node):
            continue
        graph.add_edge(root, source)
        above = ("clause", each.above or "")
        if each.above is not None and not graph.has_node(above):
            graph.add_node(above, text="", changed=False, rules=(), place=each.place)
            graph.add_edge(source, above)
        graph.add_edge(source if each.above is None else above, node)
    return graph
