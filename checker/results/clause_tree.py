"""The clauses of a version as a graph of networkx, for people to walk through and to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from checker.results.redlined import RedlinedLaw


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
