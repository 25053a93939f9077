"""Whoever tampers with a story, or the way to where it begins, is told what is wrong with its verdict."""

from __future__ import annotations

import pytest

from checker.evidence.write import MANIFEST
from tests.support import tampering as adversary
from tests.support.tampered import (
    ARISING,
    CASES,
    ESCAPE,
    INVARIANT,
    LASSO,
    MOVING,
    NOT_HAPPENED,
    ORDERS,
    PLAIN,
    TRAP,
    Tampering,
    check_rejected,
    check_untouched,
)
from tests.support.tampering import (
    says,
    swapped,
    tells,
    twisted,
    with_story,
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
        "the way to its situation ends in a different one",
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
        "`s` stands for nothing",
    ),
    Tampering(
        "a variable is not bound",
        PLAIN,
        tells("story", "#meta", "binding", value={}),
        "`s` stands for nothing",
    ),
    Tampering(
        "too much is bound",
        PLAIN,
        tells("story", "#meta", "binding", "q", value="Bank"),
        "has nothing called `q`",
    ),
    Tampering(
        "a request too many is named",
        PLAIN,
        tells("story", "#meta", "requests", "r", value={}),
        "has nothing called `r`",
    ),
    Tampering(
        "a request is not named",
        ORDERS,
        tells("story", "#meta", "requests", "r"),
        "`r` is not a well-formed request",
    ),
    Tampering(
        "a request has one answer",
        ORDERS,
        tells("story", "#meta", "requests", "r", "sender", value="person-2"),
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
        "`Light` is not a sort",
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
        "only a component, its index and a version",
    ),
    Tampering(
        "versions move in a story of one",
        PLAIN,
        twisted("story", '"request": {', '"event": "deploy", "x": {'),
        "is not a trace",
    ),
    Tampering(
        "a request is tried that would give nothing",
        TRAP,
        tells("story", "#meta", "attempt", "act", value="Take"),
        "would not lead to the goal",
    ),
    Tampering(
        "a request is tried that does not count",
        TRAP,
        tells("story", "#meta", "attempt", "sender", value="Bank"),
        "must count and be refused",
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
    Tampering("the story is the manifest", PLAIN, says(story=MANIFEST), "`manifest.json`: it is not a trace"),
    Tampering("the story is outside", PLAIN, says(story="../../story.itf.json"), "is missing"),
    Tampering(
        "the story is cut off",
        PLAIN,
        adversary.story_cut_off,
        "story.itf.json` is not JSON",
    ),
    Tampering("the story is empty", PLAIN, with_story("story", ""), "story.itf.json` is not JSON"),
    Tampering(
        "the story is no trace", PLAIN, with_story("story", "{}\n"), "story.itf.json`: it is not a trace"
    ),
    Tampering(
        "the story nests deep", PLAIN, with_story("story", "[" * 100_000), "story.itf.json` is not JSON"
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

TAMPERINGS = ABOUT_STORIES


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda each: each.what)
def test_tampering_is_rejected_for_the_right_reason(tampering: Tampering) -> None:
    """Each change is refused, at the entry that it is about, and for what is wrong with it."""
    check_rejected(tampering)


@pytest.mark.parametrize("verdicts", sorted({each.verdicts for each in TAMPERINGS}), ids=" and ".join)
def test_what_nobody_has_tampered_with_is_certified(verdicts: tuple[str, ...]) -> None:
    """The parts of the folder that the adversary starts from are good."""
    check_untouched(*verdicts)
