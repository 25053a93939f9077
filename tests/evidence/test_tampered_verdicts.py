"""Whoever tampers with a verdict, its strategies or its obligations is told what is wrong with it."""

from __future__ import annotations

import pytest

from checker.evidence.write import MANIFEST
from tests.support import tampering as adversary
from tests.support.evidence_made import (
    BOTH,
)
from tests.support.tampered import (
    ALONE,
    BY,
    DEAD_END,
    FLOOR,
    INVARIANT,
    NEVER,
    NOT_ASKED_FOR,
    OTHER_THING,
    PLAIN,
    RANKS,
    REACH,
    TRAP,
    TWO_STEPS,
    Tampering,
    check_rejected,
    check_untouched,
)
from tests.support.tampering import (
    all_of,
    asserts,
    obligation,
    parameter,
    says,
    swapped,
    tells,
    way,
)

ABOUT_VERDICTS = (
    Tampering("a proof is called a refutation", FLOOR, says(verdict="refuted"), "there is no story"),
    Tampering("a refutation is called a proof", PLAIN, says(verdict="proved"), "does not rest on `story`"),
    Tampering(
        "a refutation is called a proof, without its story",
        PLAIN,
        all_of(says(verdict="proved"), adversary.story_dropped),
        "there is no witness that it is not vacuous",
    ),
    Tampering(
        "a refutation is called unknown", TRAP, says(verdict="unknown"), "`ways`, which nothing rests on"
    ),
    Tampering("the verdict is no verdict", FLOOR, says(verdict="certain"), "it has no verdict"),
    Tampering("the verdict is left out", FLOOR, adversary.says_not("verdict"), "it has no verdict"),
    Tampering(
        "another verdict was expected", PLAIN, says(expected="proved"), "`expected` in the manifest is not"
    ),
    Tampering("nobody expected anything", PLAIN, says(expected=None), "`expected` in the manifest is not"),
    Tampering(
        "there is another reason", PLAIN, says(reason="it is obvious"), "`reason` in the manifest is not"
    ),
    Tampering("it is nobody's doing", BY, says(by=None), "asks for a refutation by `None`"),
    Tampering("it is another clause's doing", BY, says(by="K 2"), "asks for a refutation by `K 2`"),
    Tampering("it is a number's doing", BY, says(by=3), "asks for a refutation by `3`"),
    Tampering("it is said to be vacuous", FLOOR, says(vacuous=True), "`vacuous` in the manifest is not"),
    Tampering("vacuous is a number", FLOOR, says(vacuous=0), "`vacuous` in the manifest is not"),
    Tampering("the witness is gone", FLOOR, adversary.witness_dropped, "no witness that it is not vacuous"),
    Tampering(
        "the witness is another claim's",
        ("given-back in loose", "light-works in loose"),
        lambda held: held.entry.update(witness=held.manifest["verdicts"][1]["witness"]),
        "02-light-works/loose/witness.itf.json`: `s` stands for nothing in the story",
    ),
    Tampering(
        "the witness shows nothing",
        FLOOR,
        tells("witness", "states", slice(1, None)),
        "witness.itf.json`: the story does not show what it should",
    ),
    Tampering(
        "a refutation has a witness",
        TRAP,
        lambda held: held.entry.update(witness=held.entry["story"]),
        f"`witness` {OTHER_THING}",
    ),
    Tampering("there is a remark", FLOOR, says(remark="checked by hand"), "`remark`, which nothing rests on"),
    Tampering(
        "the entry is no entry",
        FLOOR,
        lambda held: held.entry.clear(),
        "is not one for a verdict",
        "a verdict",
    ),
    Tampering("both answers are given", PLAIN, adversary.opposite_added, "does not rest on `story`"),
)

ABOUT_STRATEGIES = (
    Tampering("the only strategy is gone", FLOOR, says(ways=[]), "01-nowhere.smt2`: z3 says sat"),
    Tampering("one of two strategies is gone", REACH, lambda held: held.entry["ways"].pop(), "z3 says sat"),
    Tampering("two steps are called one", TWO_STEPS, way(1, rank=1), "01-nowhere.smt2`: z3 says sat"),
    Tampering("ranks are the wrong way round", TWO_STEPS, way(0, rank=3), RANKS),
    Tampering("one step is called the second", FLOOR, way(0, rank=2), RANKS),
    Tampering("a rank is no number", FLOOR, way(0, rank=True), "a strategy's rank is not a number"),
    Tampering("a rank is below all", REACH, way(0, rank=0), RANKS),
    Tampering("a strategy takes another step", FLOOR, way(0, step="taking"), NOT_ASKED_FOR),
    Tampering("a strategy takes no step of the law", FLOOR, way(0, step="stealing"), "no step `stealing`"),
    Tampering(
        "a strategy says something else",
        FLOOR,
        way(0, says="Nobody need ask."),
        "`ways` in the manifest is not",
    ),
    Tampering("a parameter is another", FLOOR, parameter("sender", "Bank"), "z3 says sat"),
    Tampering("a parameter is anything", FLOOR, parameter("sender", None), NOT_ASKED_FOR),
    Tampering(
        "a parameter is no term", FLOOR, parameter("sender", "key(s) or true"), "`key(s) or true` is not a"
    ),
    Tampering("a parameter stands for itself", FLOOR, parameter("sender", "parameter-at-hand"), OTHER_THING),
    Tampering("a parameter looks back", FLOOR, parameter("sender", "before key(s)"), "may look back"),
    Tampering(
        "a parameter is unknown", FLOOR, parameter("colour", "Red"), "`dropping` has no such parameter"
    ),
    Tampering(
        "there are too many strategies",
        FLOOR,
        lambda held: held.entry.update(ways=held.entry["ways"] * 41),
        "there are more than 40 strategies",
    ),
    Tampering("the invariant is emptied", INVARIANT, says(excluded=[]), "z3 says sat", asked=BOTH),
    Tampering("the invariant is null", INVARIANT, says(excluded=None), "01-nowhere.smt2` is missing"),
    Tampering("the trap is emptied", DEAD_END, says(ways=[]), "z3 says sat"),
    Tampering("a refutation excludes something", PLAIN, says(excluded=[]), "does not rest on `excluded`"),
    Tampering("a refutation has ways", PLAIN, says(ways=[{}]), "a strategy has the wrong format"),
    Tampering("a strategy is a list", FLOOR, says(ways=[[]]), "a strategy has the wrong format"),
    Tampering("it holds whoever else there is", ALONE, says(alone=False, reason=""), "z3 says sat"),
    Tampering("it holds if there is nobody else", TRAP, says(alone=True), "`reason` in the manifest is not"),
    Tampering("a plain story is alone", PLAIN, says(alone=True), "does not rest on `alone`"),
)

ABOUT_OBLIGATIONS = (
    Tampering("an obligation is removed", FLOOR, adversary.obligation_dropped, "01-nowhere.smt2` is missing"),
    Tampering(
        "an obligation is not listed",
        FLOOR,
        lambda held: held.entry["obligations"].pop(),
        "belongs to no",
        "",
    ),
    Tampering("the obligations are no list", FLOOR, says(obligations=None), "are not a list of files"),
    Tampering(
        "an obligation is weakened",
        FLOOR,
        asserts(1, "(check-sat)", "(assert (= 1 2))\n(check-sat)"),
        NOT_ASKED_FOR,
    ),
    Tampering(
        "an obligation is trivial",
        FLOOR,
        lambda held: held.files.update({held.script(1): "(assert false)\n(check-sat)\n"}),
        NOT_ASKED_FOR,
    ),
    Tampering(
        "an obligation is empty", FLOOR, lambda held: held.files.update({held.script(1): ""}), NOT_ASKED_FOR
    ),
    Tampering(
        "obligations are swapped",
        INVARIANT,
        swapped(lambda held: held.script(2), lambda held: held.script(3)),
        NOT_ASKED_FOR,
    ),
    Tampering(
        "one of two obligations of a name is changed",
        NEVER,
        asserts(2, "(check-sat)", "(check-sat) "),
        NOT_ASKED_FOR,
    ),
    Tampering(
        "an obligation is expected to be satisfiable",
        FLOOR,
        obligation(1, expected="sat"),
        "the manifest describes the obligation",
    ),
    Tampering(
        "an obligation means something else",
        FLOOR,
        obligation(1, meaning="all is well"),
        "the manifest describes the obligation",
    ),
    Tampering(
        "an obligation has another name",
        FLOOR,
        obligation(1, name="everywhere"),
        "the manifest describes the obligation",
    ),
    Tampering(
        "an obligation has another file",
        FLOOR,
        obligation(1, file=MANIFEST),
        "`manifest.json` is not needed",
    ),
    Tampering(
        "an obligation has no file",
        FLOOR,
        lambda held: held.entry["obligations"][0].pop("file"),
        "not a list of files",
    ),
    Tampering(
        "an obligation is listed twice",
        INVARIANT,
        lambda held: held.entry["obligations"].append(held.entry["obligations"][0]),
        "more than once",
    ),
    Tampering(
        "there is an obligation too many",
        FLOOR,
        adversary.one_more,
        "99-one-more.smt2` is not needed",
    ),
)

TAMPERINGS = (*ABOUT_VERDICTS, *ABOUT_STRATEGIES, *ABOUT_OBLIGATIONS)


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda each: each.what)
def test_tampering_is_rejected_for_the_right_reason(tampering: Tampering) -> None:
    """Each change is refused, at the entry that it is about, and for what is wrong with it."""
    check_rejected(tampering)


@pytest.mark.parametrize("verdicts", sorted({each.verdicts for each in TAMPERINGS}), ids=" and ".join)
def test_what_nobody_has_tampered_with_is_certified(verdicts: tuple[str, ...]) -> None:
    """The parts of the folder that the adversary starts from are good."""
    check_untouched(*verdicts)
