"""A law as graphs of networkx: what rests on what, and what can follow what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.interface.choices import STATES
from checker.interface.loaded_law import atomic_column
from checker.law_on_pages import PagedLaw

if TYPE_CHECKING:
    import networkx as nx

    from checker.interface.depending import Node
    from checker.interface.exploring import State


class LawAsGraphs(PagedLaw):
    """A law that is asked for graphs."""

    __slots__ = ()

    def graph(self, version: str) -> nx.DiGraph[Node]:
        """Return what rests on what in a column: claims, checks, exemptions, effects, definitions, clauses.

        Nodes are (kind, name); for attributes see `checker.interface.depending.dependency_graph`.
        """
        from checker.interface.depending import dependency_graph

        return dependency_graph(self.regime, atomic_column(self.regime, version))

    def states(
        self,
        claim: str | int,
        version: str,
        *,
        things: Mapping[str, int] | None = None,
        largest: int = STATES,
    ) -> nx.MultiDiGraph[State]:
        """Return the situations of a small instance and the steps between them, as far as a claim tells
        them apart.

        `things`: how many things of each sort there are; `largest`: how many situations a configuration may
        have. For the attributes of nodes and edges see `checker.interface.exploring.state_graph`.
        """
        from checker.interface.exploring import state_graph

        return state_graph(self, str(claim), version, things or {}, largest)
