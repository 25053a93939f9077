"""A brief run: outside the matrix, stories are made ordinary only if their verdict is a surprise."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec
import pytest

import checker
from checker.interface import proving
from checker.interface.changed import Former
from checker.prove import search
from checker.prove.ordinary_stories import ordinary
from checker.regime.load import load_texts
from checker.results.proofs import Proofs
from checker.story.case_note import CaseNote
from tests.support.effort import ALONE

LAW: Final = """# Answers

```redline
sort User
fixed known(User) "{1} is known"
fixed named(User) "{1} is named"
request "{sender} answers"
    sender: User
component Desk
route Desk
version now "now"
check asked-known for "1" at Desk, reject with UNKNOWN
    requires known(sender) inference "one must be known"
reading loosely "Whoever is named may answer." because "it may be meant"
    in asked-known, inference "one must be known" means requires known(sender) or named(sender)
```
"""
CLAIMS: Final = """# Claims

```redline
claim 1 known "Who answers is known."
    from "1"
    always, for every request r: r accepted implies known(r.sender)
    expect proved in now
    expect {expected} in now under loosely
```
"""


def _law(expected: str) -> checker.Law:
    claims = CLAIMS.replace("{expected}", expected)
    return checker.load({"answers.md": LAW}, {"claims.md": claims}, effort=ALONE)


def _made_ordinary(
    monkeypatch: pytest.MonkeyPatch, law: checker.Law, *, brief: bool, changed: str | None = None
) -> tuple[int, Proofs]:
    """How many stories are made ordinary, and the answer."""
    made: list[object] = []

    def counted(*given: Any) -> Any:
        made.append(given)
        return ordinary(*given)

    with monkeypatch.context() as patched:
        patched.setattr(search, "ordinary", counted)
        found = law.prove(examples=False, brief=brief, changed=changed, command="asked")
    return len(made), found


def _untimed(answer: Proofs) -> list[str]:
    return [line for line in answer.text().splitlines() if not line.endswith(" s")]


def test_what_nobody_reads_is_not_made_ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is the same, and so is every verdict, which is shown by a story that was replayed."""
    law = _law("refuted")
    none, brief = _made_ordinary(monkeypatch, law, brief=True)
    some, whole = _made_ordinary(monkeypatch, law, brief=False)
    assert none == 0
    assert some > 0
    assert _untimed(brief) == _untimed(whole)
    assert [each.verdict for each in brief.results] == ["proved", "refuted"]
    assert brief.results[1].evidence.trace is not None
    assert brief.results[1].note == CaseNote() != whole.results[1].note


def test_a_surprise_is_told_as_well_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refutation that nobody expected has the same story as in a run that is not brief."""
    law = _law("proved")
    some, brief = _made_ordinary(monkeypatch, law, brief=True)
    again, whole = _made_ordinary(monkeypatch, law, brief=False)
    assert some == again > 0
    assert [each.verdict for each in brief.results] == ["proved", "refuted"]
    told = [json.loads(msgspec.json.encode(each.results[1])) for each in (brief, whole)]
    assert [each.pop("seconds") for each in told]
    assert told[0] == told[1]


def test_the_register_tells_no_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a claim turns on a reading is seen of verdicts alone, by whatever stories they were found. It
    expects what `prove` expects: here that the reading turns the claim.
    """
    made: list[object] = []

    def counted(*given: Any) -> Any:
        made.append(given)
        return ordinary(*given)

    monkeypatch.setattr(search, "ordinary", counted)
    found = _law("refuted").register()
    assert not made
    ((turning,),) = (each.turning for each in found.points)
    assert (turning.with_point, turning.without_point, found.exit) == ("refuted", "proved", 0)


OTHERS: Final = "".join(
    f"""claim {number} known-{number} "Who answers is known."
    from "1"
    always, for every request r: r accepted implies known(r.sender)
    expect proved in now
"""
    for number in range(2, 7)
)


def test_columns_of_the_claims_that_an_edit_reaches_are_those_of_the_matrix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a column is shown for the claims that are left, a reason in it is told as in any other run."""
    claims = (
        """# Claims

```redline
claim 1 named "Who answers is named."
    from "1"
    always, for every request r: r accepted implies {}(r.sender)
    expect refuted in once
"""
        f"{OTHERS}```\n"
    )
    law = LAW.replace('version now "now"\n', 'version now "now"\nversion once "once"\n')
    before = Former("HEAD", "1", load_texts({"answers.md": law}, {"claims.md": claims.format("not known")}))
    monkeypatch.setattr(proving, "former_law", lambda *_: before)
    edited = checker.load({"answers.md": law}, {"claims.md": claims.format("named")}, effort=ALONE)
    some, brief = _made_ordinary(monkeypatch, edited, brief=True, changed="HEAD")
    again, whole = _made_ordinary(monkeypatch, edited, brief=False, changed="HEAD")
    assert "Why claims are refuted" in brief.text()
    assert some == again > 0
    assert _untimed(brief) == _untimed(whole)
