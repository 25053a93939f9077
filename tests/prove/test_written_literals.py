"""Clauses in the words of the law and of the claim, where plain facts about a few things do not say it."""

from __future__ import annotations

import pytest

from checker.model.claim import Always
from checker.model.expressions import FACT, Apply, Not, Quantified, Sort, Variable
from checker.model.unparse import unparse
from checker.prove.diagrams import Diagram
from checker.prove.written_literals import written
from checker.question.jobs import jobs_for
from checker.question.question import Question
from checker.regime.load import load_texts
from tests.support.places import TESTS

CASES = TESTS / "cases" / "reach"
PERSON, GROUP = Variable("p", Sort("Person")), Variable("g", Sort("Group"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("epochs", {"precedes(epoch(host1), epoch1)"}, id="what a function gives is compared"),
        pytest.param(
            "broadcast",
            {
                "for some o: Person: honest(o) and told(o)",
                "for some s: Small: for every p: Person where in-small(p, s): heard(person1, p)",
                "for every p: Person where in-small(p, small1): heard(person1, p)",
                "for some l: Large: for every p: Person where in-large(p, l): heard(person1, p)",
                "for every p: Person where in-large(p, large1): heard(person1, p)",
            },
            id="somebody is, or everybody",
        ),
    ],
)
def test_what_is_written_is_a_literal(name: str, said: set[str]) -> None:
    """Of one thing of every sort: what checks, events and the claim say so, read off the page; and what they
    deny.
    """
    path = CASES / f"{name}.md"
    regime = load_texts({path.name: path.read_text(encoding="utf-8")})
    job = jobs_for(regime.claims[:1])[0]
    model, statement = Question(regime, job).model, job.claim.statement
    assert isinstance(statement, Always)
    found = [each.formula for each in written(model, lambda _: True, 1, (statement.formula,))]
    assert {unparse(each) for each in found if not isinstance(each, Not)} == said
    assert {unparse(each.body) for each in found if isinstance(each, Not)} == said


def test_what_a_literal_binds_is_not_what_its_clause_is_about() -> None:
    """“Never is a group open that everybody is in” is about groups."""
    everybody = Quantified(
        universal=True, variables=(PERSON,), where=None, body=Apply("in-group", (PERSON, GROUP), FACT)
    )
    clause = Diagram((Apply("open", (GROUP,), FACT), everybody)).clause
    assert isinstance(clause, Quantified)
    assert clause.variables == (GROUP,)
    assert unparse(clause) == ("for every g: Group: not (open(g) and (for every p: Person: in-group(p, g)))")
