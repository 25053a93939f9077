"""What is kept from one law to the next, while verdicts are checked again."""

from __future__ import annotations

import pytest

from checker.logic.solver import Unsatisfiable
from checker.model.claim import Column
from checker.model.deadline import NEVER
from checker.question import workbench
from checker.question.workbench import Common, Workshop
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.permit_edits import EDITS
from tests.support.places import PERMITS

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
OLD = (Column("old"), (), False)


def edited(edit: str) -> Regime:
    """The permits with one of the edits."""
    old, new = EDITS[edit]
    assert old in LAW
    return load_texts({"permits.md": LAW.replace(old, new)}, {})


def test_laws_with_the_same_sorts_share_terms_and_solver() -> None:
    """What is found unsatisfiable in one is not asked again in the other."""
    common = Common()
    first, other = (
        Workshop(each, 0, common=common).bench(OLD, NEVER)
        for each in (load_texts({"permits.md": LAW}, {}), edited("a condition"))
    )
    assert other.system is not first.system
    assert (other.system.terms, other.solver) == (first.system.terms, first.solver)
    broken = first.system.terms.not_(first.system.terms.and_(*first.system.axioms(first.system.base)))
    question = (broken, *other.system.axioms(other.system.base))
    assert [first.solver.ask(question), other.solver.ask(question)] == [Unsatisfiable(), Unsatisfiable()]


def test_laws_with_other_sorts_share_nothing() -> None:
    """A term knows the values of its sort, so a law with another value has terms of its own."""
    common = Common()
    first, other = (
        Workshop(each, 0, common=common).bench(OLD, NEVER)
        for each in (load_texts({"permits.md": LAW}, {}), edited("an enum"))
    )
    assert other.system.terms is not first.system.terms
    assert other.solver is not first.solver
    kinds = [each.system.model.sorts["Kind"] for each in (first, other)]
    values = [
        each.system.terms.value("Trader", kind).sort.values
        for each, kind in zip((first, other), kinds, strict=True)
    ]
    assert values == [("Resident", "Trader"), ("Resident", "Trader", "Other")]


def test_without_common_terms_every_question_has_a_solver_of_its_own() -> None:
    """So that a story does not turn on what was asked before."""
    workshop = Workshop(load_texts({"permits.md": LAW}, {}), 0)
    first, other = (workshop.bench(OLD, NEVER) for _ in range(2))
    assert first.system is other.system
    assert first.solver is not other.solver


def test_terms_of_a_law_make_room_for_those_of_the_next() -> None:
    """A process decides claims law by law; the terms of all of them would not fit into its memory."""
    workshop = Workshop(load_texts({"permits.md": LAW}, {}), 0)
    first = workshop.bench(OLD, NEVER)
    workshop.bench((Column("new"), (), False), NEVER)
    assert workshop.bench(OLD, NEVER).system is not first.system


def test_terms_of_claims_make_room_but_for_those_of_a_large_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms are dropped where many are of claims that were decided; a law that has as many is not built anew
    for each of its claims.
    """
    monkeypatch.setattr(workbench, "_LARGE", 10)
    workshop = Workshop(load_texts({"permits.md": LAW}, {}), 0)
    law = workshop.bench(OLD, NEVER).system
    start = law.terms.and_(*law.axioms(law.base), *law.start(law.base))
    assert len(law.terms) > 10, start
    assert workshop.bench(OLD, NEVER).system is law
    for number in range(3 * len(law.terms)):
        law.terms.number(number, law.model.sorts["Kind"])
    assert workshop.bench(OLD, NEVER).system is not law
