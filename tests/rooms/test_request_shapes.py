"""Requests of several shapes: what each carries, what claims say of them, and how they are told."""

from __future__ import annotations

import itertools
from functools import cache

import pytest

from checker import api
from checker.model.claim import Column, Leads
from checker.model.evaluate import decide
from checker.model.meaning import well_formed
from checker.model.situation import Request, Situation, Step
from checker.model.unparse import unparse
from checker.question.jobs import jobs_for
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.report.case_paragraphs import case_paragraphs
from checker.report.paper import text_of
from checker.results.told_stories import RequestStep
from checker.rooms.cover.formula_variants import variants
from checker.story.narrate import narrate
from checker.trusted.replay import Replayer
from tests.support.evidence_made import BOTH, as_expected, certified, decided, reasons, written

SPEC = """# Payments

```redline
sort User
sort Bill
fixed approver(User) "{1} is [not] an approver"
fixed maker(Bill): User "the maker of {1}"
state approved(Bill) "{1} is [not] approved"
state paid(Bill) "{1} is [not] paid"
request sender: User
request pay "{sender} pays {bill}" or "a payment"
    bill: Bill
request approve "{sender} approves {bill}" or "an approval"
    bill: Bill
request complain "{sender} complains about {person}"
    person: User
component Bank "the Bank"
route Bank
version before "before"
version after "after" is before with eyes
modification eyes "Four eyes"
start inference "nothing is done at first": for every b: Bill: not approved(b) and not paid(b)
```

> An approver may approve a bill.
>
> — P 2, paraphrased in Bank

```redline
check approving for "P 2" at Bank, on approve, reject with E2
    "An approver may approve a bill." requires approver(sender)
```

> What is not approved is not paid. What is paid is done with.
>
> — P 1, paraphrased in Bank

```redline
check covered for "P 1" at Bank, on pay, reject with E1
    "What is not approved is not paid." requires approved(bill)
check done for "P 1" at Bank, on pay, approve, reject with E3
    "What is paid is done with." requires not paid(bill)
effect payment on pay
    paid(bill) becomes true inference "what is paid is so"
effect approval on approve
    approved(bill) becomes true inference "what is approved is so"
```

> Nobody approves or pays a bill of their own.
>
> — P 3, paraphrased in Bank

```redline
by eyes insert after "P 2":
check two-people for "P 3" at Bank, on approve, pay, reject with E4
    "Nobody approves or pays a bill of their own." requires maker(bill) is not sender
```
"""
CLAIMS = """# Claims

```redline
claim 1 approved-first "What is paid was approved."
    from "P 1"
    always, after an accepted request r where r is pay: before approved(r.bill)
    expect proved in before, after
claim 2 own-bill "Nobody approves their own bill."
    from "P 3"
    always, after an accepted request r where r is approve: maker(r.bill) is not r.sender
    expect refuted in before
    expect proved in after
claim 3 carried "A complaint is about somebody, and about no bill; the others are about a bill."
    from "P 1"
    always, for every request r:
        (r is complain iff r.person is present) and (r in {pay, approve} iff r.bill is present)
    expect proved in before, after
claim 4 absent-is-false "What a complaint does not carry is neither paid nor the same as anything."
    from "P 1"
    always, for every request r where r is complain: not paid(r.bill) and not (r.bill is r.bill)
    expect proved in before, after
claim 5 complaints-do-nothing "Nobody brings about an approval by complaining or paying."
    from "P 2"
    for b: Bill
    always, if not approved(b), then never approved(b) by complain requests and pay requests
    expect proved in before, after
claim 6 paying-needs-two "Payments alone pay nothing."
    from "P 1"
    for b: Bill
    always, if not approved(b), then never paid(b) by pay requests
    expect proved in before, after
claim 7 both-pay "Approvals and payments together pay."
    from "P 1"
    for b: Bill where not approved(b)
    always, if not approved(b) and not paid(b), then never paid(b) by pay requests and approve requests
    expect refuted in before, after
claim 8 of-one "An approver alone can approve and pay, by every kind of request."
    from "P 2"
    for b: Bill, u: User where approver(u) and maker(b) is not u
    always, if not paid(b), then possibly paid(b) by requests of u
    expect proved in before, after
claim 9 not-a-complaint "A request that is accepted and pays is a payment."
    from "P 1"
    always, after an accepted request r where r is not pay: for every b: Bill: paid(b) iff before paid(b)
    expect proved in before, after
claim 10 approving-of-u "Approvals of others than approvers approve nothing."
    from "P 2"
    for b: Bill, u: User where not approver(u)
    always, if not approved(b), then never approved(b) by approve requests of u
    expect proved in before, after
```
"""
BY_SHAPE = {"pay": {"bill"}, "approve": {"bill"}, "complain": {"person"}}


@cache
def _regime() -> Regime:
    return load_texts({"spec/page.md": SPEC, "properties/page.md": CLAIMS})


@cache
def _results() -> tuple[Result, ...]:
    return tuple(decided(_regime(), jobs_for(_regime().claims)))


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> api.Law:
    folder = tmp_path_factory.mktemp("payments")
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return api.load(folder / "spec", folder / "properties")


def _situation(*true: tuple[str, str]) -> Situation:
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {(name, (of,)): True for name, of in true}
    values["maker", ("b",)] = "u"
    return Situation({"User": ("u", "v"), "Bill": ("b",)}, values, {("Bank", None): "before"})


def test_verdicts_are_those_worked_out() -> None:
    """By hand: a complaint writes nothing, an approval needs an approver, and a payment an approval."""
    assert as_expected(_results(), _regime())


def test_a_request_carries_what_its_shape_does() -> None:
    """Of all that could be carried, just what the shape says is well-formed, and nothing without a shape."""
    model = _regime().model(Column("before"))
    choices = {"shape": (None, *BY_SHAPE), "sender": (None, "u"), "bill": (None, "b"), "person": (None, "v")}
    for given in itertools.product(*choices.values()):
        values = {name: each for name, each in zip(choices, given, strict=True) if each is not None}
        shape = values.get("shape", "")
        right = {"shape", "sender", *BY_SHAPE[shape]} if shape else None
        assert well_formed(model, _situation(), Request(values)) == (set(values) == right)


@pytest.mark.parametrize("true", [(), ("approved",), ("paid", "approved")])
@pytest.mark.parametrize("approver", [False, True])
@pytest.mark.parametrize("shape", BY_SHAPE)
def test_rules_apply_to_their_shapes(shape: str, approver: bool, true: tuple[str, ...]) -> None:
    """The meaning, worked out by hand: which checks fail, for each shape."""
    model = _regime().model(Column("before"))
    facts = [(each, "b") for each in true] + ([("approver", "v")] if approver else [])
    request = Request(
        {"shape": shape, "sender": "v", **({"bill": "b"} if shape != "complain" else {"person": "u"})}
    )
    expected = {
        "pay": {"covered": "approved" not in true, "done": "paid" in true},
        "approve": {"approving": not approver, "done": "paid" in true},
        "complain": {},
    }[shape]
    found = decide({"before": model}, _situation(*facts), request)
    assert {
        each.check.name for stage in found.stages for each in stage.checks if each.applies and not each.met
    } == {name for name, fails in expected.items() if fails}


def test_each_request_is_told_in_its_own_words() -> None:
    """Stories never show the shape as a value."""
    (result,) = (
        each for each in _results() if each.claim.name == "both-pay" and each.column == Column("before")
    )
    text = text_of(case_paragraphs(result, narrate(_regime(), result)))
    assert "1. User A approves Bill 1." in text
    assert "2. User A pays Bill 1." in text
    assert "shape" not in text


def test_a_story_takes_requests_of_the_shapes_named() -> None:
    """Whoever finds a story, a request of another shape does not count in it."""
    regime = _regime()
    job = next(each for each in jobs_for(regime.claims) if each.claim.name == "paying-needs-two")
    replayer = Replayer(Question(regime, job))
    statement = job.claim.statement
    assert isinstance(statement, Leads)
    steps = (
        Step("request", Request({"shape": each, "sender": "v", "bill": "b"})) for each in ("pay", "approve")
    )
    assert [replayer.counts(_situation(), each, statement.steps, Evidence()) for each in steps] == [
        True,
        False,
    ]


def test_a_difference_names_the_request(law: api.Law) -> None:
    """In the words of the law: what is newly rejected is a payment, or an approval."""
    text = law.diff("before", "after").text()
    assert "the request is a payment" in text
    assert "the request is an approval" in text
    assert "shape" not in text


def test_cover_drops_a_shape() -> None:
    """Of two shapes each is dropped; that a request is of some shape is no edit."""
    model = _regime().model(Column("before"))
    heads = {check.name: check.items[0].meaning for check in model.checks}
    edits = {
        name: [(how, unparse(each)) for how, each in variants(head.formula)]
        for name, head in heads.items()
        if head is not None
    }
    assert edits == {
        "approving": [],
        "covered": [],
        "done": [("narrowed", "shape is approve"), ("narrowed", "shape is pay")],
    }


def test_lint_knows_what_a_shape_carries(law: api.Law) -> None:
    """A rule on payments may speak of the bill without saying that there is one."""
    assert not law.lint("before").findings


def test_the_evidence_is_certified_by_two_solvers() -> None:
    """Shapes need no theory, and the claims' steps are read from the law again."""
    sources = {"spec/page.md": SPEC, "properties/page.md": CLAIMS}
    files = written(_regime(), sources, [each for each in _results() if each.column == Column("after")])
    assert reasons(certified(_regime(), sources, files, BOTH)) == []


def test_modules_and_test_packs_have_shapes(law: api.Law) -> None:
    """TLA+ has the shapes as values, and a step of one shape says so; a pack says of which shape each is."""
    files = law.export("6", version="before").files
    assert any('shape = "pay"' in text or 'shape \\in {"pay"}' in text for text in files.values())
    steps = [each.step for case in law.cases("before").cases for each in case.steps]
    shapes = {each.request.get("shape") for each in steps if isinstance(each, RequestStep)}
    assert {"pay", "approve"} <= shapes <= set(BY_SHAPE)
