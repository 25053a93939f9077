"""`redline cover`: which edits of a law its claims notice, on a law small enough to say it by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.clashing_writes import clashes
from checker.model.unparse import unparse
from checker.prove import pool
from checker.prove.decide import Prover
from checker.question.jobs import Effort, Job
from checker.regime.additions import with_readings
from checker.regime.regime import Regime
from checker.rooms.cover.edits import edits_of
from checker.rooms.cover.edits_as_page import document_of, names_of
from checker.rooms.cover.find import Coverer, Plan
from checker.rooms.cover.formula_variants import variants
from checker.rooms.cover.text import escaped
from checker.trusted.load_law import load_regime, load_texts
from tests.rooms.cover.edited_models import edited, meant
from tests.rooms.cover.gate import CLAIMS, LAW, PAINT, covered, planned
from tests.support.params import with_thorough
from tests.support.places import LIBRARY, PERMITS, ROOT, TESTS
from tests.support.waiting_list import LAW as WAITING


def test_what_claims_notice_and_what_they_miss() -> None:
    """Without a claim about painting, limb (a) can be struck and nobody notices. That the check on painting
    is always exempted is proved: it may as well not apply. What claim 1 says is noticed by claim 1.
    """
    found = covered()
    assert found["Rule 2(a)", "limb Rule 2(a)", ""].weight == "unnoticed"
    assert found["membership", "act in {Open, Paint}", "act is Open"].weight == "nothing changes"
    negated = found["membership", "member(sender)", "not member(sender)"]
    assert negated.weight == "noticed"
    assert {each.number for each in negated.notices} == {"1"}
    assert found["joins", "event joins", ""].weight == "not compared"
    assert found["Rule 2(a)", "act is Paint", "act is not Paint"].weight == "noticed"
    assert found["start", "for every u: User: not member(u)", ""].weight == "not compared"


def test_a_claim_that_is_added_notices() -> None:
    """Painting is exempt from the check; once a claim says so, no edit of the exemption goes unnoticed."""
    before = covered()
    after = covered(PAINT)
    missed = {key for key, each in before.items() if each.weight == "unnoticed"}
    assert missed
    assert {key for key, each in after.items() if each.weight == "unnoticed"} < missed
    for key in missed:
        if after[key].weight == "noticed":
            assert "3" in {each.number for each in after[key].notices}
        unseen = before[key].unseen[0]
        assert unseen.kind in ("newly accepted", "newly rejected", "differently rejected")
        assert unseen.conditions


def test_what_is_unnoticed_is_shown() -> None:
    """With the exception gone, members alone paint: the case says so."""
    found = covered()["Rule 2(a)", "limb Rule 2(a)", ""]
    (case,) = (each for each in found.unseen if each.kind == "newly rejected")
    assert set(case.conditions) == {"r.act is Paint", "not member(r.sender)"}
    assert case.after == ("membership",)


def test_every_edit_changes_the_law() -> None:
    """The column of an edit has another law; and each edit has a key of its own."""
    plan = planned()
    model = plan.law.model(Column("only"))
    assert all(meant(plan.law.model(plan.column_of(each))) != meant(model) for each in plan.edits)
    assert len({each.key for each in plan.edits}) == len(plan.edits)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("act is Open", [("widened", "act is present")]),
        (
            "act in {Open, Shut}",
            [("narrowed", "act is Shut"), ("narrowed", "act is Open"), ("widened", "act is present")],
        ),
        ("not (act is Open)", [("narrowed", "act is absent")]),
        (
            "member(sender) and act is Open",
            [
                ("widened", "member(sender) or act is Open"),
                ("widened", "act is Open"),
                ("widened", "member(sender)"),
                ("widened", "member(sender) and act is present"),
            ],
        ),
    ],
)
def test_operators_are_changed_one_at_a_time(formula: str, expected: list[tuple[str, str]]) -> None:
    """Wider is what holds of more, also under a negation."""
    regime = load_texts({"law.md": LAW, "claims.md": CLAIMS.replace("MORE", "")})
    parsed = regime.parse_formula(formula, at_hand=True)
    assert [(how, unparse(each)) for how, each in variants(parsed)] == expected


TWICE = LAW.replace(
    """limb "Rule 2(a)" of "Rule 2"
    act is Paint inference "x"
""",
    """limb "Rule 2(a)" of "Rule 2"
    act is Paint inference "x"
    not member(sender) inference "x"
limb "Rule 2(b)" of "Rule 2"
    act is Shut inference "x"
check trebled for "Rule 4" at Gate, reject with G2
    as doubled, with its exceptions inference "x"
    requires act is Shut inference "x"
check fourfold for "Rule 5" at Gate, reject with G2
    as trebled, without its exceptions inference "x"
effect opening when act is Open
    member(sender) becomes true inference "x"
    for every u: User where u is not sender: member(u) becomes false inference "x"
    applies when member(sender) inference "x"
define welcome(u: User) means member(u)
define chosen(u: User): Act means Open when member(u), Shut otherwise
check chosen-only for "Rule 6" at Gate, reject with G2
    applies unless welcome(sender) inference "x"
    requires act is chosen(sender) inference "x"
start inference "y": for some u: User: not member(u)
axiom some-member "Somebody is a member." because "x": for some u: User: member(u) or not member(u)
reading strict "Members only." because "x"
    in "Rule 2(a)", also not member(sender) inference "z"
    adopted check stern at Gate, reject with G3, because "x"
        requires act is Open inference "x"
""",
)

SUPPOSED = """axiom one "x" because "y": for every u: User: member(u) or not member(u)
axiom two "x" because "y": for every u: User: member(u) iff member(u)
adopted check three at Gate, reject without a published code, because "y"
    requires act is not Paint inference "x"
version only"""
DROPPED = "only without one"

LAWS: dict[str, tuple[Callable[[], Regime], str]] = {
    "small": (lambda: load_texts({"law.md": LAW}), "only"),
    "the same words twice": (lambda: load_texts({"law.md": TWICE}), "only"),
    "what a reading brings": (lambda: load_texts({"law.md": TWICE}), "only under strict"),
    "counted": (lambda: load_texts({"law.md": WAITING}), "only"),
    "what is dropped": (lambda: load_texts({"law.md": LAW.replace("version only", SUPPOSED)}), DROPPED),
    "shipped": (lambda: load_regime(ROOT / "spec"), "mp107"),
    "shipped, before": (lambda: load_regime(ROOT / "spec"), "baseline"),
    "shipped, read otherwise": (
        lambda: load_regime(ROOT / "spec"),
        "mp107 under sixteen-one-alone and registered-certificate-only",
    ),
    "library": (lambda: load_regime(LIBRARY / "spec"), "new"),
    "permits": (lambda: load_regime(PERMITS / "spec"), "new"),
}


@pytest.mark.parametrize("law", with_thorough(LAWS, lambda law: law.startswith("shipped, ")))
def test_the_readings_say_what_is_edited(law: str) -> None:
    """Edit by edit, the column means what the model means in which the edit is made by hand. One that lets
    two updates meet is refused.
    """
    load, text = LAWS[law]
    regime = load()
    column = regime.parse_column(text)
    edits = tuple(edits_of(regime, column))
    names = names_of(regime, edits)
    plan = Plan(with_readings(regime, document_of(column, edits, names)), column, (), (), edits, "", names)
    model = regime.model(column)
    for each in edits:
        by_hand = edited(each, model)
        if any(clashes(by_hand)) and not any(clashes(model)):
            with pytest.raises(SpecError, match="two values"):
                plan.law.model(plan.column_of(each))
        else:
            assert meant(plan.law.model(plan.column_of(each))) == meant(by_hand), each.key


REFUSED = LAW.replace(
    'component Gate "the gate"',
    """sort Shelf
fixed shelf(User): Shelf
define bare(s: Shelf) means for every u: User: shelf(u) is not s
axiom bare-or-not "Anything goes." because "x": for every s: Shelf: bare(s) or true
component Gate "the gate"
check tidy for "Rule 7" at Gate, reject with G3
    applies unless bare(shelf(sender)) inference "x"
    requires act in {Open, Shut, Paint}
        inference "x"
""",
)


def test_an_edit_that_the_language_refuses_is_unknown() -> None:
    """With `bare` negated the axiom would ask for somebody for every shelf, which nobody may write."""
    regime = load_texts({"law.md": REFUSED, "claims.md": CLAIMS.replace("MORE", "")})
    effort = Effort(processes=1)
    plan = Plan.of(regime, Column("only"), effort)
    (negated,) = (each for each in plan.edits if each.rule == "bare" and each.how == "negated")
    found = Coverer(plan, effort).cover(negated)
    assert found.weight == "unknown"
    assert found.reason.startswith("the language refuses it: ")


def test_the_order_is_not_that_of_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever process is done first, claims are asked in the same order, and so the same ones are named."""
    original = pool.spread
    twins = "\n".join((PAINT, PAINT.replace("claim 3 paint", "claim 4 painted")))
    numbers = [each.claim.number for each in planned(twins).results]
    monkeypatch.setattr(pool, "spread", lambda *given, **named: reversed(list(original(*given, **named))))
    assert [each.claim.number for each in planned(twins).results] == numbers


@pytest.mark.thorough
@pytest.mark.thorough
def test_what_is_tried_first_changes_no_verdict() -> None:
    """Asked afresh, every claim has the verdict in every edited law that it has where the verdict of the law
    as it is was tried first.
    """
    plan = planned(PAINT)
    tried = asked = 0
    for edit in plan.edits:
        column = plan.column_of(edit)
        for before in plan.results:
            job = Job(before.claim, column, by=before.by)
            fresh = Prover(plan.law, budget=60).decide(job)
            after = Prover(plan.law, budget=60).decide(replace(job, like=before))
            assert (after.verdict, after.vacuous) == (fresh.verdict, fresh.vacuous)
            asked += 1
            tried += after.verdict == before.verdict
    assert 0 < tried < asked


# ------------------------------------------------------------- the pages that are kept


@pytest.mark.parametrize(
    ("page", "law", "version"),
    [("mp107", ROOT / "spec", "mp107"), ("library", LIBRARY / "spec", "new")],
)
def test_a_page_that_is_kept_is_of_the_law_as_it_stands(page: str, law: Path, version: str) -> None:
    """Every edit stands in it, none besides, and none of them goes unnoticed, but such as make no law.

    If this fails, the law has changed, and the page is to be written anew by the command that it names.
    """
    lines = (TESTS / "cases" / "cover" / f"{page}.md").read_text(encoding="utf-8").splitlines()
    noticed = [line for line in lines if line.startswith("| ") and " → " in line]
    others = [line for line in lines if line.startswith("- **")]
    found = tuple(edits_of(load_regime(law), Column(version)))
    told = [(each.called, escaped(each.told)) for each in found]
    assert len(noticed) + len(others) == len(told)
    for rule, words in told:
        row, entry = f"| {rule} | {words} |", f"- **{rule}**, {words} ("
        assert any(line.startswith(row) for line in noticed) or any(line.startswith(entry) for line in others)
    assert not any("a claim is missing" in line for line in lines)
    start = lines.index("## Unknown") if "## Unknown" in lines else len(lines)
    unknown = itertools.takewhile(lambda line: not line.startswith("## "), lines[start + 1 :])
    assert all(line.startswith(("- **", "  the language refuses it: ")) for line in unknown if line)


def test_lemmas_of_the_law_are_not_edited() -> None:
    """The edits are the same with a lemma."""
    lemma = '\n```redline\nlemma all-are-members "x": for every u: User: member(u)\n```\n'
    with_lemma, without = (load_texts({"law.md": LAW + more}) for more in (lemma, ""))
    column = Column(without.first_version)
    assert tuple(edits_of(with_lemma, column)) == tuple(edits_of(without, column)) != ()
