"""The graphs of the Python interface: orders of a roll-out, clauses, what rests on what, states."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest

import checker
from checker.model.claim import Column
from checker.model.reads import reads, words_of
from checker.results.proofs import Proofs
from tests.support import permits_law
from tests.support.gate_and_vault import BADGE, MARKED, NOTHING
from tests.support.gate_and_vault import law as gate_and_vault

ONE = checker.effort(jobs=1)


@pytest.fixture(scope="module")
def permits() -> checker.Law:
    return permits_law.permits()


@pytest.fixture(scope="module")
def proofs(permits: checker.Law) -> Proofs:
    return permits.prove(blame=True)


def rolled(new_gate: str, new_vault: str, gate: str, vault: str) -> checker.Law:
    return checker.load(gate_and_vault(gate, vault, new_gate, new_vault), effort=ONE)


def test_the_lattice_is_a_graph() -> None:
    """A gate that lets more through, and a vault that catches it: the vault goes first."""
    found = rolled(NOTHING, MARKED, MARKED, NOTHING).rollout("old", "new")
    graph = found.graph()
    assert nx.is_directed_acyclic_graph(graph)
    assert {node: data["state"] for node, data in graph.nodes(data=True)} == {
        each.mixture: each.state for each in found.mixtures
    }
    assert graph.edges[0, 2] == {"switch": found.switches[1].name, "safe": True}
    assert graph.edges[0, 1]["safe"] is False
    assert list(found.safe_orders()) == [(found.switches[1].name, found.switches[0].name)]


def test_safe_orders_are_those_of_the_document() -> None:
    """The paths of the graph and the lattice's own orders, which are found otherwise, are the same ones."""
    kinds = (MARKED, NOTHING, BADGE)
    for gate, vault in itertools.product(kinds, kinds):
        found = rolled(gate, vault, MARKED, MARKED).rollout("old", "new")
        names = [each.name for each in found.switches]
        assert found.forward.safe_orders is not None
        orders = [tuple(names[number] for number in order) for order in found.forward.safe_orders]
        assert sorted(found.safe_orders()) == sorted(orders)


def test_clauses_are_a_tree(permits: checker.Law) -> None:
    """Each clause has one parent, and its node says whether it changed and which rules stand under it."""
    graph = permits.show("new").graph()
    assert nx.is_arborescence(graph)
    assert list(graph.predecessors(("clause", "By-law 2(a)"))) == [("clause", "By-law 2")]
    assert graph.nodes["clause", "By-law 2(a)"]["changed"]
    assert not graph.nodes["clause", "By-law 1"]["changed"]
    assert graph.nodes["clause", "By-law 1"]["rules"] == ("check residence at Desk, rejects with P1",)


@pytest.mark.parametrize("version", ["old", "new"])
def test_what_rests_on_what_is_what_is_read(permits: checker.Law, version: str) -> None:
    """Whatever the reference says that a claim reads, it reaches in the graph."""
    graph = permits.graph(version)
    model = permits.regime.model(Column(version))
    for claim in permits.claims:
        read = {(each.kind, each.name) for each in reads(model, *words_of(claim)).things}
        assert read <= nx.descendants(graph, ("claim", claim.name)) | {("claim", claim.name)}
    assert set(nx.get_edge_attributes(graph, "how").values()) <= {
        "reads",
        "quotes",
        "exempted by",
        "written by",
        "let through by",
        "checked by",
        "restricted by",
        "takes requests by",
    }
    assert all({"label", "place"} <= set(data) for _, data in graph.nodes(data=True))


def test_a_claim_rests_on_the_clause_that_was_blamed(permits: checker.Law, proofs: Proofs) -> None:
    """What blame finds, by asking the solver, lies among what the graph reaches, by reading."""
    blamed = [each for each in proofs.results if not each.column.readings and each.blame is not None]
    assert any(one.words for each in blamed if each.blame is not None for one in each.blame.needed)
    for each in blamed:
        assert each.blame is not None
        graph = permits.graph(each.column.base)
        reached = nx.descendants(graph, ("claim", each.claim.name))
        clauses = {one.clause for one in each.blame.needed if one.words}
        assert {("clause", clause) for clause in clauses} <= reached
        axioms = {one.rule for one in each.blame.needed if one.kind == "axiom"}
        assert {("axiom", name) for name in axioms} <= reached


def test_a_story_is_a_shortest_way_through_the_states(permits: checker.Law, proofs: Proofs) -> None:
    """The story and the way in the explorer's graph have the same length, and its steps are requests."""
    graph = permits.states("2", "new", things={"Person": 1, "Street": 1})
    story = proofs.verdict("2", "new").evidence.trace
    assert story is not None
    assert min(data["distance"] for _, data in graph.nodes(data=True) if data["goals"]) == len(story.steps)
    starts = [node for node, data in graph.nodes(data=True) if data["start"]]
    assert starts
    assert all(graph.nodes[node]["distance"] == 0 for node in starts)
    reached = set(starts).union(*(nx.descendants(graph, node) for node in starts))
    assert reached == set(graph)
    for before, after, data in graph.edges(data=True):
        assert graph.nodes[after]["distance"] <= graph.nodes[before]["distance"] + 1
        assert data["step"] == "request"
        assert data["arguments"]["sender"]
    holders = {
        value
        for _, data in graph.nodes(data=True)
        for place, value in data["values"].items()
        if "holder" in place
    }
    assert None in holders
    assert len(holders) > 1


def test_a_proof_has_no_violation_among_the_states(permits: checker.Law) -> None:
    """Claim 1 is proved in the old version, and refuted in the new one: only there is a bad state."""
    bad = {
        version: [node for node, data in permits.states("1", version).nodes(data=True) if data["goals"]]
        for version in permits.versions
    }
    assert not bad["old"]
    assert bad["new"]


def test_what_is_too_large_or_of_no_steps_is_refused(permits: checker.Law) -> None:
    """Neither an instance beyond `largest` nor a law of requests under way gets a graph."""
    with pytest.raises(checker.SpecError, match=r"the instance is too large: .* `largest` is 2"):
        permits.states("3", "new", largest=2)
    with pytest.raises(checker.SpecError, match="staged"):
        permits.states("3", "new staged")
