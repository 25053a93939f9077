"""Whoever tampers with law, claim, grounds or a whole folder is told what is wrong, about the right entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.support import tampering as adversary
from tests.support.evidence_made import (
    BOTH,
    certified,
    manifest_of,
    reasons,
)
from tests.support.tampered import (
    FLOOR,
    MOVING,
    NOT_ASKED_FOR,
    OTHER_THING,
    PLAIN,
    THE_GROUNDS,
    Tampering,
    check_rejected,
    check_untouched,
    made,
)
from tests.support.tampering import (
    all_of,
    grounded,
    law_says,
    manifest_says,
    says,
    says_of_claim,
    whole,
)

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
        "the claim has changed",
        law_too=True,
    ),
    Tampering(
        "the claim is weakened in the manifest",
        FLOOR,
        says_of_claim(statement="always, if key(s) is absent, then possibly next key(s) is absent"),
        "the claim has changed",
    ),
    Tampering(
        "the claim has another sentence",
        FLOOR,
        says_of_claim(sentence="All is well."),
        "the claim has changed",
    ),
    Tampering("the claim has another number", FLOOR, says_of_claim(number="6"), "the claim has changed"),
    Tampering(
        "the claim has another name", FLOOR, says_of_claim(name="all-is-well"), "no claim `all-is-well`"
    ),
    Tampering("no source is named", FLOOR, manifest_says(sources={}), "`spec/law.md` has been added", ""),
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
        f"`column` {OTHER_THING}",
    ),
    Tampering(
        "the column is none",
        FLOOR,
        lambda held: held.entry["column"].update(text="wet"),
        "`wet` is not a column",
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
        "`grounds` in the manifest is not",
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
        "are listed twice",
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
        "has nothing called `s`",
        THE_GROUNDS,
    ),
)

ABOUT_THE_FOLDER = (
    Tampering(
        "the schema is another one",
        FLOOR,
        manifest_says(schema="redline.evidence/0"),
        "does not have the schema",
        "",
    ),
    Tampering(
        "the manifest says more", FLOOR, manifest_says(remark="x"), "has parts that no manifest has", ""
    ),
    Tampering(
        "the manifest names no redline",
        FLOOR,
        manifest_says(redline=None),
        "has parts that no manifest has",
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
        "the manifest is cut off", FLOOR, whole(lambda text: text[:-30]), "`manifest.json` is not JSON", ""
    ),
    Tampering("the manifest is empty", FLOOR, whole(lambda _text: ""), "`manifest.json` is not JSON", ""),
    Tampering(
        "the manifest is an empty object", FLOOR, whole(lambda _text: "{}\n"), "does not have the schema", ""
    ),
    Tampering("the manifest is a list", FLOOR, whole(lambda _text: "[]\n"), "does not have the schema", ""),
    Tampering(
        "the manifest nests deep",
        FLOOR,
        whole(lambda _text: '{"a":' * 100_000),
        "`manifest.json` is not JSON",
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
        "does not have the format of a manifest",
        "",
    ),
    Tampering(
        "the manifest is written on one line",
        FLOOR,
        whole(lambda text: json.dumps(json.loads(text))),
        "does not have the format of a manifest",
        "",
    ),
)

TAMPERINGS = (*ABOUT_LAW_AND_CLAIM, *ABOUT_GROUNDS, *ABOUT_THE_FOLDER)


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda each: each.what)
def test_tampering_is_rejected_for_the_right_reason(tampering: Tampering) -> None:
    """Each change is refused, at the entry that it is about, and for what is wrong with it."""
    check_rejected(tampering)


@pytest.mark.parametrize("verdicts", sorted({each.verdicts for each in TAMPERINGS}), ids=" and ".join)
def test_what_nobody_has_tampered_with_is_certified(verdicts: tuple[str, ...]) -> None:
    """The parts of the folder that the adversary starts from are good."""
    check_untouched(*verdicts)


def test_the_whole_folder_is_certified_by_both_solvers() -> None:
    """What nobody has changed is certified, every entry of it."""
    found = certified(made().regime, made().sources, made().files, BOTH)
    assert (reasons(found), found.code) == ([], 0)
    assert len(found.entries) == len(manifest_of(made().files)["verdicts"]) + 4


def test_every_kind_of_evidence_is_in_the_folder() -> None:
    """So that nothing that an adversary might change is left out of the tests above."""
    entries = manifest_of(made().files)["verdicts"]
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
