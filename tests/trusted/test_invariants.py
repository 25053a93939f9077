"""Invariants of clauses: what is wrong with one is found by the obligation that is there for it, and nobody
who tampers with one goes unnoticed. The rules are those about keys and a light, and about one lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from checker.language.diagnostics import SpecError
from checker.logic.incremental import Purse
from checker.model.unparse import unparse
from checker.prove import invariant_search, story_or_invariant
from checker.prove.clause_templates import SIZES, Candidate, Size
from checker.prove.decide import Prover
from checker.prove.find_invariant import Held, Unreached, held
from checker.prove.grow_region import grow
from checker.question.jobs import jobs_for
from checker.question.problem import GaveUp
from checker.question.verdict import Evidence, Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.story.narrate import narrate
from checker.trusted.region import Region
from tests.support.alike_places import ALIKE, NEVER
from tests.support.evidence_made import (
    BOTH,
    Z3,
    certified,
    decided,
    law,
    loaded,
    manifest_of,
    reasons,
    written,
)
from tests.support.handed_in import asked, asked_of_solver, checked, rejection
from tests.support.keys_to_safes import KEYS
from tests.support.load import load
from tests.support.places import TESTS
from tests.support.tampering import Change, Made, part
from tests.yardstick.command import table
from tests.yardstick.trials import Tally, one
from tests.yardstick.verdicts import Effort

UNDIRECTED = (replace(story_or_invariant.EFFORTS[0], directed=()),)
LOCK = (TESTS / "cases" / "reach" / "lock.md").read_text(encoding="utf-8")
CLAIMS = """
claim 1 one-holder "At most one client holds the lock." from "Lock"
    for a: Client, b: Client where a is not b
    always not (holds(a) and holds(b))
    expect proved in sound
claim 2 idle-holder "A holder for whom the server has the lock gives it back." from "Lock"
    for a: Client
    always, if holds(a) and kept, then possibly next returned(a) by requests
    expect proved in sound
"""
RULES = LOCK.split("```redline\n")[1].split("```")[0]


def claimed(question: str, *clauses: str) -> Evidence:
    """Evidence of these clauses for a claim about keys and a light."""
    regime = asked(question).regime
    assert isinstance(regime, Regime)
    return Evidence(invariant=tuple(map(regime.parse_formula, clauses)))


# --------------------------------------------------------------- obligations


def refusal(claim: str, *clauses: str) -> str:
    """The obligation of a proof of the claim that the clauses fail."""
    return rejection(asked(claim), "proved", claimed(claim, *clauses))


def test_clauses_that_hold_together_are_a_proof() -> None:
    """The light is never broken, since it is never off; neither alone says so of every step."""
    claim = "always light is not Broken"
    checked(asked(claim), "proved", claimed(claim, "light is not Off", "light is not Broken"))
    assert refusal(claim, "light is not Broken") == "step turn"


def test_a_clause_must_hold_at_the_start() -> None:
    """Once amber, always amber or later: no turn breaks it, and the light is red at first."""
    assert refusal("always light is not Red", "light is not Red", "light in {Off, Broken}") == "start"


@pytest.mark.parametrize("order", [1, -1])
def test_every_clause_must_be_kept_by_every_step(order: int) -> None:
    """One clause is kept, and the other is not, whichever comes first: by an event, and by a request."""
    clauses = ("light is not Off", "light is not Amber")[::order]
    assert refusal("always light is not Amber", *clauses) == "step turn"
    clauses = ("light is not Off", "for every s: Safe: key(s) is absent")[::order]
    assert refusal("for s: Safe always key(s) is absent", *clauses) == "step taking"


def test_what_a_clause_says_after_a_step_must_not_be_supposed() -> None:
    """That no alarm is on is broken by the one step that puts it on."""
    claim = "for s: Safe always not alarm(s)"
    assert refusal(claim, "for every s: Safe: not alarm(s)") == "step ring"


def test_the_clauses_must_rule_out_what_the_claim_excludes() -> None:
    """Clauses that hold throughout and leave a violation possible prove nothing."""
    assert refusal("always light is not Broken", "light is not Off") == "invariant"


def test_clauses_prove_nothing_of_situations_that_are_not_reached() -> None:
    """The light is never off. In a situation in which it is, somebody can ask to take a key."""
    claim = "for every request r where light is Off: r.act is not Take"
    checked(asked(f"always, {claim}"), "proved", claimed(f"always, {claim}", "light is not Off"))
    assert refusal(f"in any situation, {claim}", "light is not Off") == "nowhere"


def test_a_clause_speaks_of_one_situation_of_the_law() -> None:
    """A version may lack what another has: then there is nothing to ask about."""
    question = asked("always light is not Broken")
    evidence = claimed("always light is not Broken", "light is not Off")
    strange = load_texts({"law.md": RULED.replace("light", "lamp")}).parse_formula("lamp is not Off")
    with pytest.raises(GaveUp, match="mentions `lamp`"):
        asked_of_solver(question, "proved", Evidence(invariant=(*evidence.invariant, strange)))


RULED = f"```redline\n{KEYS}\n```\n"

# ----------------------------------------------------------------- tampering


@pytest.fixture(scope="module")
def made() -> Made:
    sources = law(RULES, CLAIMS)
    regime = loaded(sources)
    return Made(sources, regime, written(regime, sources, decided(regime)))


def clause(number: int, **fields: Any) -> Change:
    """A clause of the invariant says something else."""
    return lambda held: held.entry["invariant"][number].update(fields)


def clauses(*texts: str) -> Change:
    """The invariant is made of these clauses."""
    return lambda held: held.entry.update(invariant=[{"clause": each, "says": each} for each in texts])


TAMPERINGS: Mapping[str, tuple[Change, str]] = {
    "a clause is left out": (
        lambda held: held.entry["invariant"].pop(),
        "is not the obligation that law and claim require",
    ),
    "all clauses are left out": (
        lambda held: held.entry.update(invariant=[]),
        "is not needed",
    ),
    "a clause says less": (
        clause(0, clause="for every c: Client: holds(c) implies holds(c)"),
        "is not the obligation that law and claim require",
    ),
    "a clause is false": (clause(0, clause="false"), "is not the obligation that law and claim require"),
    "a clause reads as something else": (
        clause(0, says="All is well."),
        "`invariant` in the manifest is not",
    ),
    "a clause is no formula": (clause(0, clause="for every c: Client"), "is not a formula"),
    "a clause speaks of nothing": (clause(0, clause="missing"), "is not a formula"),
    "a clause speaks of the request": (clause(0, clause="act is Ask"), "is not a formula"),
    "a clause looks back": (clause(0, clause="before kept"), "is not a formula"),
    "a clause speaks of a step": (clause(0, clause="step is grant"), "is not a formula"),
    "a clause has no text": (lambda held: held.entry["invariant"][0].pop("clause"), "has the wrong format"),
    "a clause is a number": (clause(0, clause=1), "has the wrong format"),
    "the clauses are no list": (
        lambda held: held.entry.update(invariant="true"),
        "lacks a part of the evidence",
    ),
    "there are ever so many": (clauses(*["true"] * 1_001), "more than 1000 clauses"),
    "there are strategies as well": (
        lambda held: held.entry.update(excluded=[]),
        "does not rest on `excluded`",
    ),
    "a refutation has an invariant": (
        lambda held: held.entry.update(verdict="refuted"),
        "does not rest on `invariant`",
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_with_an_invariant_is_rejected(made: Made, what: str) -> None:
    """Each change of an invariant in a folder of evidence is refused, for its own reason."""
    change, why = TAMPERINGS[what]
    held = part(made, "one-holder in sound")
    change(held)
    found = certified(made.regime, held.sources, held.written(), Z3)
    assert found.code == 5
    assert any(why in each for each in reasons(found)), reasons(found)


def test_a_vacuous_proof_may_rest_on_an_invariant(made: Made) -> None:
    """No client holds the lock while the server has it; without the clauses nobody need believe it."""
    held = part(made, "idle-holder in sound")
    assert held.entry["vacuous"]
    assert held.entry["never invariant"]
    found = certified(made.regime, held.sources, held.written(), BOTH)
    assert (reasons(found), found.code) == ([], 4)
    held.entry["never invariant"].pop()
    found = certified(made.regime, held.sources, held.written(), Z3)
    assert any("is not the obligation" in each for each in reasons(found))


def test_clauses_are_read_as_they_are_written(made: Made) -> None:
    """So that the obligations that are built from the folder are those that were checked."""
    entry = next(each for each in manifest_of(made.files)["verdicts"] if each["claim"]["number"] == "1")
    texts = [each["clause"] for each in entry["invariant"]]
    assert len(texts) > 1
    assert [unparse(made.regime.parse_formula(each)) for each in texts] == texts


# --------------------------------------------------------------------- lemmas

EVEN = "for every p: Place where visited(p): high(p) iff (cold(p) iff dark(p))"
LOW = "for every p: Place where visited(p): high(p)"


def with_lemmas(*lemmas: str) -> Result:
    """The verdict on the claim that no lemma-free search proves, with these lemmas."""
    return loaded_with(*lemmas)[1]


def loaded_with(*lemmas: str) -> tuple[Regime, Result]:
    """The same, and the law."""
    told = "".join(f'    lemma l{n} "L.": {each}\n' for n, each in enumerate(lemmas))
    regime = load(ALIKE, NEVER.replace("    expect", f"{told}    expect"))
    return regime, Prover(regime, budget=20).decide(jobs_for(regime.claims)[0])


def test_a_lemma_proves_what_is_not_found_without_it() -> None:
    """Its obligations are those of the invariant that it is: it is proved where it is used."""
    found = with_lemmas(EVEN)
    assert found.verdict == "proved"
    assert [unparse(each) for each in found.evidence.invariant] == [EVEN]
    assert [each.name for each in found.evidence.obligations][:3] == ["start", "step walking", "invariant"]


@pytest.mark.parametrize("lemma", ["false", LOW, "for every p: Place: not high(p)"])
def test_a_lemma_is_never_assumed(lemma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these would prove the claim, and none of them holds; the story of a start shows it."""
    monkeypatch.setattr(story_or_invariant, "EFFORTS", UNDIRECTED)
    found = with_lemmas(lemma)
    assert found.verdict in ("unknown", "bounded")
    assert found.reason.startswith("its lemma `l0` is false")
    assert found.left_open is not None
    assert found.left_open.lemma is not None
    assert found.left_open.story.trace is not None
    assert not found.left_open.story.trace.steps


def test_a_false_lemma_does_no_harm_beside_a_true_one() -> None:
    """What is false is not used, and what is true still helps; the report says which is which."""
    regime, found = loaded_with(LOW, EVEN)
    assert found.verdict == "proved"
    assert found.left_open is not None
    assert found.left_open.lemma is not None
    assert found.left_open.lemma.name == "l0"
    first, second = narrate(regime, found).because
    assert first == "The lemma `l0` is not needed: the claim is proved without it."
    assert second.startswith("That lemma is false: ")


def test_of_a_lemma_that_is_needed_nothing_is_said() -> None:
    """A proof that rests on its lemma says nothing of it beside what it rests on."""
    regime, found = loaded_with(EVEN)
    assert found.left_open is None
    assert not narrate(regime, found).because


def test_a_lemma_is_about_one_situation_and_stands_once() -> None:
    """A lemma with steps, with unknown names, or with another's name is refused where it is read."""
    for lemma, why in (("before true", "before"), ("visited(a)", "a"), ("step is grant", "")):
        with pytest.raises(SpecError) as refused:
            with_lemmas(lemma)
        assert why in refused.value.diagnostics[0].message
    twice = NEVER.replace("    expect", '    lemma one "L.": true\n    lemma one "L.": true\n    expect')
    with pytest.raises(SpecError, match="a second lemma `one`"):
        load(ALIKE, twice)


def of_the_law(*lemmas: str, using: str) -> tuple[Regime, Result]:
    """The same where the law has the lemmas, and the claim uses some of them."""
    told = "\n".join(f'lemma l{n} "L.": {each}' for n, each in enumerate(lemmas))
    regime = load(f"{ALIKE}\n{told}\n", NEVER.replace("    expect", f"    using {using}\n    expect"))
    return regime, Prover(regime, budget=20).decide(jobs_for(regime.claims)[0])


def test_a_lemma_of_the_law_helps_a_claim_that_uses_it() -> None:
    """It is proved with the claim, in the column that is asked about, and is evidence like any clause."""
    _, found = of_the_law("true", EVEN, using="l1")
    assert found.verdict == "proved"
    assert [unparse(each) for each in found.evidence.invariant] == [EVEN]


@pytest.mark.parametrize("lemma", ["false", LOW])
def test_a_lemma_of_the_law_is_never_assumed(lemma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it does not hold, the claim that uses it stays open, and the story that refutes it is told; a
    claim that does not use it hears nothing of it.
    """
    monkeypatch.setattr(story_or_invariant, "EFFORTS", UNDIRECTED)
    _, found = of_the_law(lemma, "true", using="l0, l1")
    assert found.reason.startswith("its lemma `l0` is false")
    assert found.left_open is not None
    assert found.left_open.story.trace is not None
    _, other = of_the_law(lemma, "true", using="l1")
    assert "is false" not in other.reason
    assert other.verdict == found.verdict


def test_lemmas_of_the_law_have_names_of_their_own() -> None:
    """Each is declared once, is there, and is used once; a mistake in one that nobody uses is reported."""
    for lemmas, using, why in (
        (("true",), "l1", "there is no lemma of the law `l1`"),
        (("true",), "l0, l0", "has a lemma `l0` already"),
        (("true", "visited(a)"), "l0", "there is no"),
        (("true", "before true"), "l0", "before"),
    ):
        with pytest.raises(SpecError) as refused:
            of_the_law(*lemmas, using=using)
        assert why in refused.value.diagnostics[0].message
    with pytest.raises(SpecError, match="there is a lemma `one` already"):
        load(f'{ALIKE}\nlemma one "L.": true\nlemma one "L.": true\n', NEVER)
    own = NEVER.replace("    expect", '    lemma l0 "L.": true\n    using l0\n    expect')
    with pytest.raises(SpecError, match="has a lemma `l0` already"):
        load(f'{ALIKE}\nlemma l0 "L.": true\n', own)


def test_no_version_has_a_lemma_of_the_law() -> None:
    """It is about the law, and so no part of it: a modification cannot change it."""
    strike = 'lemma l0 "L.": true\nmodification M "m"\nversion w "w" is VERSION with M\nby M strike l0\n'
    version = next(each.split()[1] for each in ALIKE.splitlines() if each.startswith("version"))
    with pytest.raises(SpecError, match="a lemma"):
        load(f"{ALIKE}\n{strike.replace('VERSION', version)}", NEVER)


# --------------------------------------------------------------- random laws


@pytest.mark.parametrize(
    ("sizes", "laws", "few"),
    [
        pytest.param(SIZES, range(6), 2, id="among many clauses"),
        pytest.param(SIZES, range(12), 3, marks=pytest.mark.long, id="among many clauses, of more laws"),
        pytest.param((), range(8), 2, marks=pytest.mark.thorough, id="by what leads to the goal"),
        pytest.param((), range(12), 3, marks=pytest.mark.long, id="by what leads to the goal, of more laws"),
    ],
)
def test_no_world_is_against_what_is_found_without_strategies(
    sizes: tuple[Size, ...], laws: range, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long stories and invariants alone, of either kind, decide claims about random laws as worlds do that
    are worked out from the reference. `few`: how many claims an invariant must decide by itself.
    """
    enough: list[bool] = []

    def reaching_none(*asked: Any, **given: Any) -> Region:
        if given.get("level"):
            raise GaveUp("no strategies here")
        return grow(*asked, **given)

    def noted(asked: Unreached, clauses: Iterable[Candidate], purse: Purse) -> Held:
        found = held(asked, clauses, purse)
        enough.append(found.enough)
        return found

    monkeypatch.setattr(story_or_invariant, "grow", reaching_none)
    monkeypatch.setattr(invariant_search, "held", noted)
    monkeypatch.setattr(invariant_search, "SIZES", sizes)
    monkeypatch.setattr(story_or_invariant, "SHORT", -1)
    tally = Tally()
    for number in laws:
        tally.add(one(5, 6, Effort(most=60, worlds=2, fixed=2), 5.0, number))
    assert not tally.complaints, table(tally, len(laws))
    assert sum(enough) >= few
    assert sum(count for (_, kind), count in tally.counts.items() if kind == "proved held") >= len(laws)
