"""Every form of statement is read as what the reference says that it means."""

from __future__ import annotations

from typing import Literal

import pytest

from checker.model import claim as c
from checker.model import expressions as e
from checker.model.claim import Column
from tests.support.good_specification import extended, library

SORTS = library().vocabulary.sorts
B = e.Variable("b", SORTS["Book"])
LENT = e.Call("lent", (B,), e.FACT)
HOLDER = e.Apply("holder", (B,), SORTS["Member"])


def card(request: str) -> e.Present:
    return e.Present(e.Parameter(request, "card", SORTS["Card"]))


def version(component: str, name: str) -> e.Is:
    sort = SORTS[e.VERSION]
    return e.Is(e.VersionOf(component, None, sort), e.Value(sort, name))


def column(text: str) -> c.Side:
    return c.Side("column", library().parse_column(text))


REQUESTS = c.Steps()
THEN, NOW = Column("then"), Column("now")


def compare(
    relation: Literal["alike", "no-more"],
    left: c.Side,
    right: c.Side,
    *,
    codes: bool = False,
    where: e.Formula | None = None,
) -> c.Compare:
    return c.Compare(relation, left, right, codes, "r", where)


STATEMENTS: list[tuple[str, c.Statement]] = [
    ("always lent(b)", c.Always(LENT)),
    (
        "always not (lent(b) and (true or lent(b)))",
        c.Always(e.Not(e.And((LENT, e.Or((e.Truth(value=True), LENT)))))),
    ),
    (
        "always, after an accepted request r where r.card is present: before lent(b)",
        c.AlwaysAfter("request", "r", "", twice=False, where=card("r"), formula=e.Before(LENT)),
    ),
    (
        "always, after any step r: r.card is present or step is closing",
        c.AlwaysAfter(
            "step", "r", "", twice=False, where=None, formula=e.Or((card("r"), e.StepIs("closing")))
        ),
    ),
    (
        "always, after event closing: not lent(b)",
        c.AlwaysAfter("event", "", "closing", twice=False, where=None, formula=e.Not(LENT)),
    ),
    (
        "always, after event closing twice: before holder(b) matches holder(b)",
        c.AlwaysAfter(
            "event",
            "",
            "closing",
            twice=True,
            where=None,
            formula=e.Matches(e.Before(HOLDER, SORTS["Member"]), HOLDER),
        ),
    ),
    (
        "always, for every request r where r.card is present: r accepted",
        c.EveryRequest("r", card("r"), e.Outcome("accepted", "r"), reachable=True),
    ),
    (
        "in any situation, for every request r: r passes enrolment or r fails Stack",
        c.EveryRequest(
            "r",
            None,
            e.Or((e.Outcome("passes", "r", "enrolment"), e.Outcome("fails", "r", "Stack"))),
            reachable=False,
        ),
    ),
    (
        "in any situation, for every request r: r fails only enrolment or r fails Stack",
        c.EveryRequest(
            "r",
            None,
            e.Or((e.Outcome("fails only", "r", "enrolment"), e.Outcome("fails", "r", "Stack"))),
            reachable=False,
        ),
    ),
    ("possibly lent(b)", c.Possibly(LENT, REQUESTS)),
    ("possibly lent(b) by any step", c.Possibly(LENT, c.Steps(requests=False, any_step=True))),
    (
        "possibly lent(b) by a request of LIBRARY and event closing and event enrol",
        c.Possibly(
            LENT, c.Steps(senders=(e.Constant(SORTS["Member"], "LIBRARY"),), events=("closing", "enrol"))
        ),
    ),
    ("possibly lent(b) by event closing", c.Possibly(LENT, c.Steps(requests=False, events=("closing",)))),
    (
        "possibly lent(b) by requests of anybody but LIBRARY, holder(b)",
        c.Possibly(LENT, c.Steps(others=(e.Constant(SORTS["Member"], "LIBRARY"), HOLDER))),
    ),
    (
        "possibly lent(b) by a request of LIBRARY and a request of anybody but holder(b)",
        c.Possibly(LENT, c.Steps(senders=(e.Constant(SORTS["Member"], "LIBRARY"),), others=(HOLDER,))),
    ),
    ("possibly lent(b) by requests of anybody but LIBRARY and requests", c.Possibly(LENT, REQUESTS)),
    (
        "possibly, after an accepted request r where r.card is present: lent(b)",
        c.PossiblyAfter("r", card("r"), LENT),
    ),
    (
        'possibly, for some request r: r exempted by "Rule 4(a)"',
        c.SomeRequest("r", e.Outcome("exempted", "r", "Rule 4(a)"), reachable=True),
    ),
    (
        "in some situation, for some request r: r rejected by enrolment",
        c.SomeRequest("r", e.Outcome("rejected", "r", "enrolment"), reachable=False),
    ),
    (
        "always, if lent(b), then possibly next not lent(b) by requests of holder(b), LIBRARY",
        c.Leads(
            "next",
            LENT,
            e.Not(LENT),
            c.Steps(senders=(HOLDER, e.Constant(SORTS["Member"], "LIBRARY"))),
        ),
    ),
    ("always, if lent(b), then possibly not lent(b)", c.Leads("possibly", LENT, e.Not(LENT), REQUESTS)),
    (
        "always, if lent(b), then never not lent(b) by requests",
        c.Leads("never", LENT, e.Not(LENT), REQUESTS),
    ),
    (
        (
            "always, if lent(b), then eventually not lent(b), "
            "given that a request r where r.card is present is made, while requests of LIBRARY"
        ),
        c.Eventually(
            LENT,
            e.Not(LENT),
            "r",
            card("r"),
            c.Steps(senders=(e.Constant(SORTS["Member"], "LIBRARY"),)),
        ),
    ),
    ("then and now decide alike", compare("alike", column("then"), column("now"))),
    (
        "then and now decide alike where r.card is present, with codes",
        compare("alike", column("then"), column("now"), codes=True, where=card("r")),
    ),
    (
        "now and now under strict and odd decide alike",
        compare("alike", column("now"), c.Side("column", Column("now", ("strict", "odd")))),
    ),
    (
        "now under strict and then decide alike",
        compare("alike", column("now under strict"), column("then")),
    ),
    (
        "now under strict and odd and then without own-book decide alike",
        compare(
            "alike",
            c.Side("column", Column("now", ("strict", "odd"))),
            c.Side("column", Column("then", (), ("own-book",))),
        ),
    ),
    (
        "every deployment over then, now where version(Front) is then and then decide alike, with codes",
        compare(
            "alike",
            c.Side("deployment", None, ("then", "now"), version("Front", "then")),
            column("then"),
            codes=True,
        ),
    ),
    (
        "then and every deployment over then, now decide alike",
        compare("alike", column("then"), c.Side("deployment", None, ("then", "now"))),
    ),
    (
        "every deployment over then, now and now decide alike",
        compare("alike", c.Side("deployment", None, ("then", "now")), column("now")),
    ),
    (
        "then allows no more than every deployment over then, now",
        compare("no-more", column("then"), c.Side("deployment", None, ("then", "now"))),
    ),
    (
        "every deployment over then, now where version(Front) is now allows no more than now",
        compare(
            "no-more", c.Side("deployment", None, ("then", "now"), version("Front", "now")), column("now")
        ),
    ),
    (
        "then allows no more than now where r.card is present",
        compare("no-more", column("then"), column("now"), where=card("r")),
    ),
    (
        "any two orders of checks decide alike, with codes",
        compare("alike", c.Side("order"), c.Side("order"), codes=True),
    ),
    (
        (
            "from then to now, exactly these requests x change: "
            'newly accepted "shown" when x.card is present, '
            'newly rejected "lent" when lent(b)'
        ),
        c.Difference(
            THEN,
            NOW,
            "x",
            (c.DifferenceCase("shown", card("x")),),
            (c.DifferenceCase("lent", LENT),),
        ),
    ),
    (
        "from then to now, exactly these requests x change: newly accepted never, newly rejected never",
        c.Difference(THEN, NOW, "x", (), ()),
    ),
]

ODD = (
    'reading odd "Odd." because "tried out"\n    in enrolment, also requires card is present inference "none"'
)


@pytest.mark.parametrize(("text", "meaning"), STATEMENTS, ids=[text[:50] for text, _ in STATEMENTS])
def test_statement(text: str, meaning: c.Statement) -> None:
    """A statement is read as its form says, and kept as it was written."""
    claim = extended(
        ODD, f'claim 9 tried "Tried out."\n from "Rule 3"\n for b: Book\n {text}\n expect proved in now'
    ).claims[-1]
    assert claim.statement == meaning
    assert claim.statement_text == text


FORMULAS: list[tuple[str, e.Formula]] = [
    ("r accepted in now", e.Outcome("accepted", "r", None, "now")),
    ("r accepted in now under strict", e.Outcome("accepted", "r", None, "now under strict")),
    (
        "r accepted in (now under strict and odd) and lent(b)",
        e.And((e.Outcome("accepted", "r", None, "now under strict and odd"), LENT)),
    ),
    (
        "r accepted with member LIBRARY, book b",
        e.Outcome(
            "accepted", "r", None, None, (("member", e.Constant(SORTS["Member"], "LIBRARY")), ("book", B))
        ),
    ),
    (
        "r rejected by Front in then with book b implies lent(b)",
        e.Implies(e.Outcome("rejected", "r", "Front", "then", (("book", B),)), LENT),
    ),
    ("r.mine", e.Call("mine", (), e.FACT, "r")),
    ("before (lent(b) and not lent(b))", e.Before(e.And((LENT, e.Not(LENT))))),
    ("holder(b) in {LIBRARY}", e.In(HOLDER, (e.Constant(SORTS["Member"], "LIBRARY"),))),
    ("holder(b) not in {LIBRARY}", e.Not(e.In(HOLDER, (e.Constant(SORTS["Member"], "LIBRARY"),)))),
    (
        "lent(b) or lent(b) and lent(b) implies lent(b) implies lent(b) iff lent(b)",
        e.Iff(
            e.Implies(e.Or((LENT, e.And((LENT, LENT)))), e.Implies(LENT, LENT)),
            LENT,
        ),
    ),
]


@pytest.mark.parametrize(("text", "meaning"), FORMULAS, ids=[text[:50] for text, _ in FORMULAS])
def test_formula_in_a_claim(text: str, meaning: e.Formula) -> None:
    """A formula of a claim is read as the reference says."""
    claim = extended(
        ODD,
        f'claim 9 tried "Tried out."\n from "Rule 3"\n for b: Book, r: request\n'
        f" always, after any step taken: {text}\n expect proved in now",
    ).claims[-1]
    assert isinstance(claim.statement, c.AlwaysAfter)
    assert claim.statement.formula == meaning


def test_parts_of_a_claim() -> None:
    """Sources, notes, variables, premises, verdicts and needs are all kept."""
    claim = library().claims[0]
    assert (claim.number, claim.name, claim.sources, claim.notes) == (
        "1",
        "books-come-back",
        ("Rule 3",),
        ("by closing",),
    )
    assert claim.variables == (c.ClaimVariable("b", SORTS["Book"]), c.ClaimVariable("q", None))
    assert claim.premises == (e.Call("known", (B,), e.FACT),)
    assert claim.witness == LENT
    assert [(x.verdict, str(x.column)) for x in claim.expectations] == [
        ("refuted", "then"),
        ("refuted", "now under strict"),
        ("proved", "now without own-book"),
    ]
    assert [(x.supposition, str(x.column)) for x in claim.needs] == [("known", "now")]


def test_deployment_steps() -> None:
    """`with deployment steps` names the versions between which components move."""
    claim = extended(
        'claim 9 tried "Tried out."\n from "Rule 3"\n for b: Book\n'
        " always, after an accepted request r: lent(b) with deployment steps over then, now\n"
        ' expect refuted by "Rule 4(a)" in then\n expect refuted by enrolment in now'
    ).claims[-1]
    assert claim.deployment_over == ("then", "now")
    assert [x.by for x in claim.expectations] == ["Rule 4(a)", "enrolment"]
