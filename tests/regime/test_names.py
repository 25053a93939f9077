"""Names that look like others, and are right all the same; those that are refused are in cases/bad."""

from __future__ import annotations

import pytest

from checker.regime.load import load_texts
from checker.regime.namespaces import BUILT_IN, SPACES
from tests.support.places import ROOT, TESTS

PRELUDE = (TESTS / "cases" / "bad" / "_prelude.md").read_text(encoding="utf-8")
CLAIM = 'claim 7 seven "Seven." from "x"\n'
EXPECT = "    expect refuted in now"
LEAVES = '    enrolled(member) becomes false inference "members leave"'
TABLE = "\n| act | fee |\n|---|---|\n| 1.1 | no |\n"
GOOD = {
    "two-enums-share-a-value": "enum Shape: Round, Novel",
    "a-short-name-of-its-own": 'enum Shape: Round "round" (Round), Flat "flat" (F)',
    "a-short-name-of-another-enum": 'enum Shape: Round "round" (N), Flat "flat" (Atlas)',
    "a-table-called-as-an-enum": "table Act",
    "a-value-called-as-its-enum": "enum Shape: Shape, Round",
    "a-variable-called-as-a-version": f"{CLAIM}    for then: Member\n    always enrolled(then)\n{EXPECT}",
    "a-variable-called-as-a-check": "define odd(enrolment: Book) means lent(enrolment)",
    "a-variable-called-as-a-sort": "define odd(Book: Book) means lent(Book)",
    "the-same-variable-twice": "define odd means (for some b: Book: lent(b)) or (for every b: Book: lent(b))",
    "a-variable-of-an-event-called-as-a-parameter": (
        f"event leaving by the environment with member: Member\n{LEAVES}"
    ),
    "a-claim-called-as-its-number": 'claim 7 7 "Seven." from "x"\n    always true\n    expect proved in now',
    "a-claim-called-as-a-check": f'claim 7 enrolment "Seven." from "x"\n    always false\n{EXPECT}',
    "a-check-called-as-its-clause": (
        'adopted check c1 for "c1" at Front, reject without a published code, because "x"\n'
        '    requires enrolled(member) inference "x"'
    ),
    "two-checks-of-a-clause": "\n".join(
        f'adopted check c{at} for "9" at Front, reject without a published code, because "x"\n'
        '    requires enrolled(member) inference "x"'
        for at in (1, 2)
    ),
    "versions-with-one-name-each": (
        'version later "x" is now with M2\nversion latest "x" is now with M3\n'
        'modification M2 "x"\nmodification M3 "x"\n'
        'by M2 insert after "Rule 4(b)":\nstate novelty(Book)\n'
        'by M3 insert after "Rule 4(b)":\nstate novelty(Member)'
    ),
}


@pytest.mark.parametrize("rules", GOOD.values(), ids=GOOD)
def test_what_may_be_called_alike(rules: str) -> None:
    """Nothing here could be taken for something else."""
    assert load_texts(
        {"prelude.md": PRELUDE, "good.md": f"# Good\n\n```redline\n{rules}\n```\n{TABLE}"}
    ).versions


def test_the_reference_names_every_kind() -> None:
    """What has a name is in the table of the reference."""
    text = (ROOT / "spec" / "reference.md").read_text(encoding="utf-8")
    section = text.split("## Names\n")[1].split("\n## ")[0]
    words = {
        "quantity": "quantities",
        "duty": "duties",
        "enum": "enums",
        "value": "enum values",
        "parameter": "parameters of the request",
    }
    for kind in SPACES:
        said = words.get(kind, "numbers and names of claims" if "claim" in kind else f"{kind}s")
        assert said in section, kind
    for name in (name for names in BUILT_IN.values() for name in names):
        assert f"`{name}`" in section
