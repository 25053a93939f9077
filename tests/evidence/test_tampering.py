"""Whoever tampers with an evidence folder is told what is wrong with it, about the right entry.

The engines decide some claims about keys to safes. What they find is written, changed by an adversary who
makes the hashes in the manifest fit, and certified. Every change is a test of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from checker.evidence.write import MANIFEST, hash_of
from tests.support import tampering as adversary
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
from tests.support.keys_to_safes import KEYS
from tests.support.tampering import (
    CLAIMS,
    Change,
    Made,
    all_of,
    asserts,
    grounded,
    law_says,
    manifest_says,
    obligation,
    parameter,
    part,
    says,
    says_of_claim,
    swapped,
    tells,
    twisted,
    way,
    whole,
    with_story,
)


@pytest.fixture(scope="module")
def made() -> Made:
    sources = law(KEYS, CLAIMS)
    regime = loaded(sources)
    return Made(sources, regime, written(regime, sources, decided(regime)))


@dataclass(frozen=True, slots=True)
class Tampering:
    """What is done, to which verdicts (`claim in column`; the first is the one it is about), and what certify
    says: of which entry (`of`; of the folder as a whole if empty), and why.
    """

    what: str
    verdicts: tuple[str, ...]
    change: Change
    why: str
    of: str = "claim"
    asked: tuple[str, ...] = Z3
    law_too: bool = False


FLOOR = ("given-back in loose",)  # proved, by one strategy of one step
TRAP = ("given-back in tight",)  # refuted, by a story of two steps to where no step helps
REACH = ("obtained in loose",)  # proved, by two strategies of one step
TWO_STEPS = ("red-in-two in loose",)  # proved, by two strategies, one after the other
DEAD_END = ("obtained-from-bank in loose",)  # refuted: no sequence of steps helps
INVARIANT = ("light-works in loose",)  # proved, by an invariant with a strategy
PLAIN = ("bank-holds-none in loose",)  # refuted, by a story of two steps
LASSO = ("patience in tight",)  # refuted: nothing need ever happen
CASES = ("what-changes in tight",)  # proved, with a story for each of two cases
ORDERS = ("one-answer in loose",)
MOVING = ("bank-gets-none in tight",)  # refuted, by a story with a deployment step
ALONE = ("takeable in tight",)  # refuted, if there is nobody else
NEVER = ("never-broken in loose",)
ESCAPE = ("alarm-stays in loose",)
BY = ("passed-on in tight",)
ARISING = ("kept in loose",)  # refuted in any situation, with a story that leads to the one that is told

THE_GROUNDS = "the grounds of loose"
OTHER_THING = "than law and claim do"
NOT_HAPPENED = "says something else than what happens in it"
RANKS = "the ranks of strategies are counted from 1"
NOT_ASKED_FOR = "is not the obligation that law and claim ask for"

ABOUT_LAW_AND_CLAIM = (
    Tampering("the law is edited", FLOOR, adversary.stale, "stale: `spec/law.md` has changed", ""),
    Tampering(
        "the law is edited under a strategy",
        FLOOR,
        law_says('requires key(safe) is sender inference "x"', 'requires marked(sender) inference "x"'),
        "01-nowhere.smt2`: z3 says sat",
        law_too=True,
    ),
    Tampering(
        "the law is edited under a story",
        PLAIN,
        law_says('applies when act is Take inference "x"', 'applies when act is Pass inference "x"'),
        "the request is refused",
        law_too=True,
    ),
    Tampering(
        "the law is edited under the grounds",
        FLOOR,
        law_says("light is Red\n", "light is Green\n"),
        "it is not a start",
        THE_GROUNDS,
        law_too=True,
    ),
    Tampering(
        "the claim is weakened where it is written",
        PLAIN,
        law_says(
            "always key(s) is not Bank\n    expect refuted in loose",
            "always key(s) is absent\n    expect refuted in loose",
            "properties/claims.md",
        ),
        "the claim says something else now",
        law_too=True,
    ),
    Tampering(
        "the claim is weakened in the manifest",
        FLOOR,
        says_of_claim(statement="always, if key(s) is absent, then possibly next key(s) is absent"),
        "the claim says something else now",
    ),
    Tampering(
        "the claim has another sentence",
        FLOOR,
        says_of_claim(sentence="All is well."),
        "says something else now",
    ),
    Tampering(
        "the claim has another number", FLOOR, says_of_claim(number="6"), "the claim says something else now"
    ),
    Tampering(
        "the claim has another name", FLOOR, says_of_claim(name="all-is-well"), "no claim `all-is-well`"
    ),
    Tampering("no source is named", FLOOR, manifest_says(sources={}), "`spec/law.md` was not there", ""),
    Tampering(
        "the column is another one",
        FLOOR,
        says(column={"text": "tight", "base": "tight", "readings": [], "without": []}),
        "05-given-back/loose/witness.itf.json`: situation 0: there is no version `loose`",
    ),
    Tampering(
        "the column has another name",
        FLOOR,
        lambda held: held.entry["column"].update(base="tight"),
        f"something else of `column` {OTHER_THING}",
    ),
    Tampering(
        "the column is none",
        FLOOR,
        lambda held: held.entry["column"].update(text="wet"),
        "`wet` is no column",
    ),
)

ABOUT_VERDICTS = (
    Tampering("a proof is called a refutation", FLOOR, says(verdict="refuted"), "there is no story"),
    Tampering("a refutation is called a proof", PLAIN, says(verdict="proved"), "does not rest on `story`"),
    Tampering(
        "a refutation is called a proof, without its story",
        PLAIN,
        all_of(says(verdict="proved"), adversary.story_dropped),
        "there is no witness that what it speaks of occurs",
    ),
    Tampering(
        "a refutation is called unknown", TRAP, says(verdict="unknown"), "`ways` that nothing rests on"
    ),
    Tampering("the verdict is no verdict", FLOOR, says(verdict="certain"), "it has no verdict"),
    Tampering("the verdict is left out", FLOOR, adversary.says_not("verdict"), "it has no verdict"),
    Tampering("another verdict was expected", PLAIN, says(expected="proved"), "something else of `expected`"),
    Tampering("nobody expected anything", PLAIN, says(expected=None), "something else of `expected`"),
    Tampering("there is another reason", PLAIN, says(reason="it is obvious"), "something else of `reason`"),
    Tampering("it is nobody's doing", BY, says(by=None), "do not ask whether it is the doing of `None`"),
    Tampering(
        "it is another clause's doing", BY, says(by="K 2"), "do not ask whether it is the doing of `K 2`"
    ),
    Tampering("it is a number's doing", BY, says(by=3), "do not ask whether it is the doing of `3`"),
    Tampering("it is said to be vacuous", FLOOR, says(vacuous=True), "something else of `vacuous`"),
    Tampering("vacuous is a number", FLOOR, says(vacuous=0), "something else of `vacuous`"),
    Tampering(
        "the witness is gone", FLOOR, adversary.witness_dropped, "no witness that what it speaks of occurs"
    ),
    Tampering(
        "the witness is another claim's",
        ("given-back in loose", "light-works in loose"),
        lambda held: held.entry.update(witness=held.manifest["verdicts"][1]["witness"]),
        "02-light-works/loose/witness.itf.json`: `s` is nothing that there is in the story",
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
        f"something else of `witness` {OTHER_THING}",
    ),
    Tampering("there is a remark", FLOOR, says(remark="checked by hand"), "`remark` that nothing rests on"),
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
    Tampering("a rank is no number", FLOOR, way(0, rank=True), "a strategy's rank is no number"),
    Tampering("a rank is below all", REACH, way(0, rank=0), RANKS),
    Tampering("a strategy takes another step", FLOOR, way(0, step="taking"), NOT_ASKED_FOR),
    Tampering("a strategy takes no step of the law", FLOOR, way(0, step="stealing"), "no step `stealing`"),
    Tampering(
        "a strategy says something else", FLOOR, way(0, says="Nobody need ask."), "something else of `ways`"
    ),
    Tampering("a parameter is another", FLOOR, parameter("sender", "Bank"), "z3 says sat"),
    Tampering("a parameter is anything", FLOOR, parameter("sender", None), NOT_ASKED_FOR),
    Tampering(
        "a parameter is no term", FLOOR, parameter("sender", "key(s) or true"), "`key(s) or true` is no"
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
    Tampering("a refutation has ways", PLAIN, says(ways=[{}]), "a strategy is not written as one"),
    Tampering("a strategy is a list", FLOOR, says(ways=[[]]), "a strategy is not written as one"),
    Tampering("it holds whoever else there is", ALONE, says(alone=False, reason=""), "z3 says sat"),
    Tampering("it holds if there is nobody else", TRAP, says(alone=True), "something else of `reason`"),
    Tampering("a plain story is alone", PLAIN, says(alone=True), "does not rest on `alone`"),
)

FIRST = ("states", 1, "#meta", "step")
STEP = ("states", 2, "#meta", "step")
CHECK = ("states", 2, "#meta", "checks", 0)

ABOUT_STORIES = (
    Tampering(
        "a situation comes about from elsewhere",
        ARISING,
        tells("way-there", "states", 0, "light", "#map", 0, 1, value="Green"),
        "the way to its situation: situation 0: it is not a start",
    ),
    Tampering(
        "a situation comes about in no time",
        ARISING,
        tells("way-there", "states", 0),
        "the way to its situation: situation 0: it is not a start",
    ),
    Tampering(
        "a situation comes about where it begins",
        ARISING,
        adversary.way_is_story,
        "the way to its situation: situation 0: it is not a start",
    ),
    Tampering(
        "a situation comes about by what is refused",
        ARISING,
        tells("way-there", *FIRST, "request", "sender", value="Bank"),
        "the way to its situation: step 1: the request is refused",
    ),
    Tampering(
        "a situation comes about by nothing",
        ARISING,
        tells("way-there", "states", 1),
        "the way to its situation ends in another one",
    ),
    Tampering(
        "a way there is called otherwise", ARISING, twisted("way-there", "Person A", "Person B"), NOT_HAPPENED
    ),
    Tampering("a start comes about", PLAIN, adversary.way_given, "does not rest on `way there`"),
    Tampering("a way there is a text", ARISING, says(**{"way there": "way"}), "the story `way` is missing"),
    Tampering(
        "nothing is said of a way there",
        ARISING,
        adversary.says_not("way there"),
        "lacks a part of the evidence",
    ),
    Tampering("a way there is left over", ARISING, adversary.way_left_over, "belongs to no entry", ""),
    Tampering(
        "a step asks for something else", PLAIN, tells("story", *STEP, "request", "act", value="Drop"), "2:"
    ),
    Tampering(
        "a step is another's", PLAIN, tells("story", *STEP, "request", "sender", value="Bank"), "refused"
    ),
    Tampering("a step is removed", PLAIN, tells("story", "states", 1), "step 1: the request is refused"),
    Tampering("the last step is removed", PLAIN, tells("story", "states", 2), "does not show what it should"),
    Tampering("a step is taken twice", PLAIN, adversary.step_repeated, "step 3: the request is refused"),
    Tampering(
        "a step changes nothing",
        PLAIN,
        tells("story", "states", 2, "key", value={"#map": []}),
        "step 2: it does not lead to situation 2",
    ),
    Tampering(
        "the story starts elsewhere",
        PLAIN,
        tells("story", "states", 0, "light", "#map", 0, 1, value="Green"),
        "situation 0: it is not a start",
    ),
    Tampering("a value is none", PLAIN, twisted("story", '"Red"', '"Blue"'), "`light()` is not a Light"),
    Tampering("somebody is called otherwise", PLAIN, twisted("story", "Person A", "Person B"), NOT_HAPPENED),
    Tampering(
        "a party is called otherwise",
        PLAIN,
        tells("story", "states", 2, "#meta", "party", value="X"),
        NOT_HAPPENED,
    ),
    Tampering(
        "an action is told otherwise",
        PLAIN,
        tells("story", "states", 2, "#meta", "action", value="X"),
        NOT_HAPPENED,
    ),
    Tampering(
        "a check has another clause", PLAIN, tells("story", *CHECK, "clause", value="K 9"), NOT_HAPPENED
    ),
    Tampering(
        "a check has another outcome",
        PLAIN,
        tells("story", *CHECK, "outcome", value="exempted"),
        NOT_HAPPENED,
    ),
    Tampering("a check has a code", PLAIN, tells("story", *CHECK, "code", value="T1"), NOT_HAPPENED),
    Tampering("a check is left out", PLAIN, tells("story", *CHECK), NOT_HAPPENED),
    Tampering(
        "a story is called otherwise", PLAIN, tells("story", "#meta", "description", value=""), NOT_HAPPENED
    ),
    Tampering(
        "a variable is bound otherwise",
        PLAIN,
        tells("story", "#meta", "binding", value={"s": "Bank"}),
        "`s` is nothing",
    ),
    Tampering(
        "a variable is not bound", PLAIN, tells("story", "#meta", "binding", value={}), "`s` is nothing"
    ),
    Tampering(
        "too much is bound", PLAIN, tells("story", "#meta", "binding", "q", value="Bank"), "speaks of no `q`"
    ),
    Tampering(
        "a request too many is named",
        PLAIN,
        tells("story", "#meta", "requests", "r", value={}),
        "speaks of no `r`",
    ),
    Tampering(
        "a request is not named",
        ORDERS,
        tells("story", "#meta", "requests", "r"),
        "`r` is no well-formed request",
    ),
    Tampering(
        "a request has one answer",
        ORDERS,
        tells("story", "#meta", "requests", "r", "sender", value="person-3"),
        "only one answer",
    ),
    Tampering(
        "somebody is not there",
        PLAIN,
        tells("story", "#meta", "things", "Person", value=["Bank"]),
        "is not a",
    ),
    Tampering(
        "something else is there",
        PLAIN,
        tells("story", "#meta", "things", "Light", value=["Red"]),
        "`Light` is no sort",
    ),
    Tampering(
        "another version is deployed",
        PLAIN,
        twisted("story", '"loose"', '"tight"'),
        "there is no version `tight`",
    ),
    Tampering(
        "a deployment is of no version",
        MOVING,
        twisted("story", '"version": "loose"', '"version": "wet"'),
        "`wet`",
    ),
    Tampering(
        "a deployment says more",
        MOVING,
        twisted("story", '"version": "loose"', '"version": "loose", "by": "x"'),
        "a version only",
    ),
    Tampering(
        "versions move in a story of one",
        PLAIN,
        twisted("story", '"request": {', '"event": "deploy", "x": {'),
        "no trace",
    ),
    Tampering(
        "a request is tried that would give nothing",
        TRAP,
        tells("story", "#meta", "attempt", "act", value="Take"),
        "would not give the goal",
    ),
    Tampering(
        "a request is tried that does not count",
        TRAP,
        tells("story", "#meta", "attempt", "sender", value="Bank"),
        "none that counts",
    ),
    Tampering(
        "a request is tried for nothing",
        PLAIN,
        tells("story", "#meta", "attempt", value={}),
        "does not rest on `attempt`",
    ),
    Tampering("the lasso is cut", LASSO, tells("story", "loop"), NOT_HAPPENED),
    Tampering("a story goes round", PLAIN, tells("story", "loop", value=2), NOT_HAPPENED),
    Tampering("an escape comes to nothing", ESCAPE, tells("story", "states", 3), "does not end in the goal"),
    Tampering("a case is not shown", CASES, says(cases=[]), "not every case has its story"),
    Tampering(
        "a case is shown twice",
        CASES,
        lambda held: held.entry.update(cases=held.entry["cases"][:1] * 2),
        "case",
    ),
    Tampering(
        "cases are swapped",
        CASES,
        swapped(lambda held: held.entry["cases"][0], lambda held: held.entry["cases"][1]),
        "case",
    ),
    Tampering(
        "a case that occurs is missing", CASES, adversary.refuted_by_a_case, "01-nowhere.smt2`: z3 says sat"
    ),
    Tampering("a case that there is not is missing", CASES, says(missing="x"), "there is no case `x`"),
    Tampering(
        "a case is missing of a proof", CASES, says(missing="a marked sender"), "does not rest on `missing`"
    ),
    Tampering(
        "the story is another's",
        ("bank-holds-none in loose", "moved in loose"),
        lambda held: held.entry.update(story=held.manifest["verdicts"][1]["story"]),
        "18-moved/loose/story.itf.json`: ",
    ),
    Tampering("the story is the manifest", PLAIN, says(story=MANIFEST), "`manifest.json`: it is no trace"),
    Tampering("the story is outside", PLAIN, says(story="../../story.itf.json"), "is missing"),
    Tampering(
        "the story is cut off",
        PLAIN,
        adversary.story_cut_off,
        "story.itf.json` is no JSON",
    ),
    Tampering("the story is empty", PLAIN, with_story("story", ""), "story.itf.json` is no JSON"),
    Tampering("the story is no trace", PLAIN, with_story("story", "{}\n"), "story.itf.json`: it is no trace"),
    Tampering(
        "the story nests deep", PLAIN, with_story("story", "[" * 100_000), "story.itf.json` is no JSON"
    ),
    Tampering(
        "the story has no states", PLAIN, tells("story", "states", value=[]), "one more situation than steps"
    ),
    Tampering(
        "a key is there twice",
        PLAIN,
        twisted("story", '"binding": {', '"binding": {},\n    "binding": {'),
        NOT_HAPPENED,
    ),
    Tampering(
        "a proof has a story",
        INVARIANT,
        lambda held: held.entry.update(story=held.entry["witness"]),
        "does not rest on `story`",
    ),
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
    Tampering("the obligations are no list", FLOOR, says(obligations=None), "are no list of files"),
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
        "something else of the obligation",
    ),
    Tampering(
        "an obligation means something else",
        FLOOR,
        obligation(1, meaning="all is well"),
        "something else of the obligation",
    ),
    Tampering(
        "an obligation has another name",
        FLOOR,
        obligation(1, name="everywhere"),
        "something else of the obligation",
    ),
    Tampering(
        "an obligation has another file",
        FLOOR,
        obligation(1, file=MANIFEST),
        "`manifest.json` is none that is needed",
    ),
    Tampering(
        "an obligation has no file",
        FLOOR,
        lambda held: held.entry["obligations"][0].pop("file"),
        "no list of files",
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
        "99-one-more.smt2` is none that is needed",
    ),
)

ABOUT_GROUNDS = (
    Tampering(
        "the grounds are gone",
        FLOOR,
        manifest_says(grounds=[]),
        "the grounds of its law are not in the folder",
    ),
    Tampering("the grounds are no list", FLOOR, manifest_says(grounds={}), "has no list of grounds", ""),
    Tampering(
        "the verdict rests on other grounds",
        FLOOR,
        says(grounds={"law": "tight", "versions": [], "moving": False}),
        "something else of `grounds`",
    ),
    Tampering(
        "the grounds are another law's",
        ("bank-holds-none in loose", "bank-holds-none in tight"),
        lambda held: held.manifest["grounds"].pop(0),
        "the grounds of its law are not in the folder",
    ),
    Tampering(
        "the grounds are of the law at rest",
        MOVING,
        grounded(moving=False),
        "the grounds of its law are not in the folder",
    ),
    Tampering(
        "the grounds are called another law's",
        FLOOR,
        grounded(law="tight"),
        "no verdict rests on them",
        "the grounds of tight",
    ),
    Tampering(
        "versions move that there are not",
        FLOOR,
        grounded(moving=True),
        "there are no such versions",
        THE_GROUNDS,
    ),
    Tampering(
        "the grounds are of accepted requests", FLOOR, grounded(checked=True), NOT_ASKED_FOR, THE_GROUNDS
    ),
    Tampering(
        "the grounds are of a number of requests",
        FLOOR,
        grounded(checked=0),
        "is not one for grounds",
        THE_GROUNDS,
    ),
    Tampering(
        "the grounds are there twice",
        FLOOR,
        lambda held: held.manifest["grounds"].append(held.manifest["grounds"][0]),
        "are there already",
        THE_GROUNDS,
    ),
    Tampering(
        "an obligation of the grounds is trivial",
        FLOOR,
        lambda held: held.files.update({"grounds/loose/01-axioms-after-taking.smt2": "(assert false)"}),
        NOT_ASKED_FOR,
        THE_GROUNDS,
    ),
    Tampering(
        "the start is none",
        FLOOR,
        lambda held: held.edit("grounds/loose/start.itf.json", '"Red"', '"Green"'),
        "start.itf.json`: situation 0: it is not a start",
        THE_GROUNDS,
    ),
    Tampering(
        "the start is a whole story",
        FLOOR,
        lambda held: held.manifest["grounds"][0].update(story=held.entry["witness"]),
        "speaks of no `s`",
        THE_GROUNDS,
    ),
)

ABOUT_THE_FOLDER = (
    Tampering(
        "the schema is another one",
        FLOOR,
        manifest_says(schema="redline.evidence/0"),
        "is not of the schema",
        "",
    ),
    Tampering(
        "the manifest says more", FLOOR, manifest_says(remark="x"), "has other parts than a manifest", ""
    ),
    Tampering(
        "the manifest names no redline",
        FLOOR,
        manifest_says(redline=None),
        "has other parts than a manifest",
        "",
    ),
    Tampering(
        "claims are promised",
        FLOOR,
        manifest_says(claims="claims.md"),
        "the claims that were asked are missing: there is no `claims.md`",
        "",
    ),
    Tampering(
        "readings are promised",
        FLOOR,
        manifest_says(readings="readings.md"),
        "the readings that it was asked under are missing: there is no `readings.md`",
        "",
    ),
    Tampering(
        "readings of another name are promised",
        FLOOR,
        all_of(lambda held: held.files.update({"other.md": ""}), manifest_says(readings="other.md")),
        "the readings that it was asked under are missing: there is no `readings.md`",
        "",
    ),
    Tampering(
        "readings are there that nobody promised",
        FLOOR,
        lambda held: held.files.update({"readings.md": "# Nothing\n"}),
        "`readings.md` belongs to no entry of the manifest",
        "",
    ),
    Tampering(
        "the readings are none",
        FLOOR,
        all_of(
            lambda held: held.files.update({"readings.md": "```redline\nsort Other\n```\n"}),
            manifest_says(readings="readings.md"),
        ),
        "`readings.md`: only readings can be added",
        "",
    ),
    Tampering("the verdicts are no list", FLOOR, manifest_says(verdicts=None), "has no list of verdicts", ""),
    Tampering(
        "everything is gone", FLOOR, adversary.everything_dropped, "there is no verdict in the folder", ""
    ),
    Tampering(
        "a file is added",
        FLOOR,
        lambda held: held.files.update({"more.smt2": "(assert false)"}),
        "`more.smt2` belongs to no entry",
        "",
    ),
    Tampering(
        "a file is missing", FLOOR, lambda held: held.files.pop(held.script(1)), "01-nowhere.smt2` is missing"
    ),
    Tampering(
        "the manifest is cut off", FLOOR, whole(lambda text: text[:-30]), "`manifest.json` is no JSON", ""
    ),
    Tampering("the manifest is empty", FLOOR, whole(lambda _text: ""), "`manifest.json` is no JSON", ""),
    Tampering(
        "the manifest is an empty object", FLOOR, whole(lambda _text: "{}\n"), "is not of the schema", ""
    ),
    Tampering("the manifest is a list", FLOOR, whole(lambda _text: "[]\n"), "is not of the schema", ""),
    Tampering(
        "the manifest nests deep",
        FLOOR,
        whole(lambda _text: '{"a":' * 100_000),
        "`manifest.json` is no JSON",
        "",
    ),
    Tampering(
        "the manifest has a number that is none",
        FLOOR,
        whole(lambda text: text.replace('"alone": false', '"alone": NaN')),
        "lacks a part of the evidence",
    ),
    Tampering(
        "the manifest says a thing twice",
        FLOOR,
        whole(
            lambda text: text.replace(
                '"verdict": "proved"', '"verdict": "refuted",\n      "verdict": "proved"'
            )
        ),
        "is not written as a manifest is",
        "",
    ),
    Tampering(
        "the manifest is written on one line",
        FLOOR,
        whole(lambda text: json.dumps(json.loads(text))),
        "is not written as a manifest is",
        "",
    ),
)

TAMPERINGS = (
    *ABOUT_LAW_AND_CLAIM,
    *ABOUT_VERDICTS,
    *ABOUT_STRATEGIES,
    *ABOUT_STORIES,
    *ABOUT_OBLIGATIONS,
    *ABOUT_GROUNDS,
    *ABOUT_THE_FOLDER,
)


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda each: each.what)
def test_tampering_is_rejected_for_the_right_reason(made: Made, tampering: Tampering) -> None:
    """Each change is refused, at the entry that it is about, and for what is wrong with it."""
    held = part(made, *tampering.verdicts)
    tampering.change(held)
    regime = made.regime
    if tampering.law_too:
        regime = loaded(held.sources)
        held.manifest["sources"] = {name: hash_of(text) for name, text in sorted(held.sources.items())}
    found = certified(regime, held.sources, held.written(), tampering.asked)
    told = reasons(found)
    assert found.code == 5
    assert any(each.startswith(tampering.of) and tampering.why in each for each in told), told


@pytest.mark.parametrize("verdicts", sorted({each.verdicts for each in TAMPERINGS}), ids=" and ".join)
def test_what_nobody_has_tampered_with_is_certified(made: Made, verdicts: tuple[str, ...]) -> None:
    """The parts of the folder that the adversary starts from are good."""
    held = part(made, *verdicts)
    found = certified(made.regime, held.sources, held.written())
    assert (reasons(found), found.code) == ([], 0)


def test_the_whole_folder_is_certified_by_both_solvers(made: Made) -> None:
    """What nobody has changed is certified, every entry of it."""
    found = certified(made.regime, made.sources, made.files, BOTH)
    assert (reasons(found), found.code) == ([], 0)
    assert len(found.entries) == len(manifest_of(made.files)["verdicts"]) + 4


def test_every_kind_of_evidence_is_in_the_folder(made: Made) -> None:
    """So that nothing that an adversary might change is left out of the tests above."""
    entries = manifest_of(made.files)["verdicts"]
    kinds: Mapping[str, Callable[[dict[str, Any]], object]] = {
        "a way": lambda each: each["ways"],
        "ways of several steps": lambda each: len(each["ways"]) > 1,
        "an invariant without strategies": lambda each: each["excluded"] == [],
        "an invariant with strategies": lambda each: each["excluded"],
        "alone": lambda each: each["alone"],
        "a case that is missing": lambda each: each["missing"],
        "cases": lambda each: each["cases"],
        "a witness": lambda each: each["witness"],
        "a story": lambda each: each["story"],
        "a way there": lambda each: each["way there"],
        "by": lambda each: each["by"],
        "moving": lambda each: each["grounds"]["moving"],
        "obligations": lambda each: each["obligations"],
    }
    assert [kind for kind, there in kinds.items() if not any(map(there, entries))] == []
