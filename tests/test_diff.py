"""`redline diff`: exact differences, held against the meaning on random situations, and told to people."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from random_situations import sample

from checker import cli
from checker.analyses.diff import Difference, differ, found_cases
from checker.engines.job import Effort
from checker.engines.system import column_rules
from checker.model.claim import Column
from checker.model.evaluate import Environment, decide, holds
from checker.regime.regime import Regime
from checker.regime.versions import load_regime, load_texts

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "tests" / "regimes" / "library"
FOLDERS = ("--spec", str(LIBRARY / "spec"), "--properties", str(LIBRARY / "properties"))

Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


@pytest.fixture(scope="module")
def library() -> Regime:
    return load_regime(LIBRARY / "spec", LIBRARY / "properties")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and returns its exit code, output and errors."""

    def made(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return made


def difference(regime: Regime, old: str, new: str) -> Difference:
    return differ(regime, regime.parse_column(old), regime.parse_column(new), Effort(), "the tests")


def counts(found: Difference) -> tuple[int, int, int]:
    return tuple(  # type: ignore[return-value]
        len(found.of(kind)) for kind in ("newly accepted", "newly rejected", "differently rejected")
    )


# ------------------------------------------------------------------- the law


def test_what_secmp0107_changes(shipped: Regime) -> None:
    """FIA 4.1: the registration check is removed for a Network Operator's SMETS1 6.15.1, and nothing else.

    Whoever then passes all other checks is newly accepted. Of those still refused, the code is another where the
    registration check was among those that refused: whoever is not active in its role, whoever replaces another
    kind of credential, and whoever does not hold the slot.
    """
    found = difference(shipped, "baseline", "mp107")
    assert (found.relation, counts(found), found.beside) == ("more permissive", (1, 0, 3), ())
    assert all(each.verdict == "proved" for each in found.results)
    (accepted,) = found.of("newly accepted")
    assert accepted.always == (("registration",), ())
    others = {each.always for each in found.of("differently rejected")}
    assert others == {
        (("user-in-role", "registration"), ("user-in-role",)),
        (("registration",), ("own-slot-only",)),
        (("registration",), ("owner",)),
    }


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ("mp107", "baseline", "less permissive"),
        ("mp107", "mp107", "equivalent"),
        ("mp107", "mp107 under every-update-exempt", "more permissive"),
        ("mp107", "mp107 under sixteen-one-alone", "less permissive"),
        ("mp107 under network-operator-certificates-only", "mp107", "equivalent"),
        ("mp107", "mp107 without own-slot-only", "more permissive"),
        ("baseline", "dsp-first", "equivalent"),
        ("dsp-first", "s1sp-first", "equivalent"),
    ],
)
def test_how_columns_compare(shipped: Regime, old: str, new: str, relation: str) -> None:
    """Worked out from the text: which requests pass more checks, or more requests are checked."""
    assert difference(shipped, old, new).relation == relation


def test_one_switch_changes_codes_only(shipped: Regime) -> None:
    """With the DSP first, what it lets through ends at an S1SP, which still applies the check of 16.1."""
    found = difference(shipped, "baseline", "dsp-first")
    assert counts(found)[:2] == (0, 0)
    after = {name for each in found.of("differently rejected") for name in each.always[1]}
    assert "s1sp-registration" in after
    assert not found.same


def test_nothing_is_a_proof(shipped: Regime) -> None:
    """No difference is the proof that there is none, codes included."""
    found = difference(shipped, "mp107", "mp107")
    assert found.same
    assert [each.verdict for each in found.results] == ["proved"]


@pytest.mark.parametrize("pair", [("baseline", "mp107"), ("mp107", "mp107 under every-update-exempt")])
def test_cases_hold_of_what_is_decided_differently(shipped: Regime, pair: tuple[str, str]) -> None:
    """On random situations, by the reference meaning: in a case if and only if decided so."""
    columns = tuple(map(shipped.parse_column, pair))
    met = compare(shipped, columns[0], columns[1], 400)
    assert met["newly accepted"] > 5
    assert met["differently rejected"] > 5


def test_cases_hold_in_the_second_regime(library: Regime) -> None:
    """The same for the lending rules, whose change lets in whoever brings a book back."""
    met = compare(library, Column("old"), Column("new"), 400)
    assert met["newly accepted"] > 5
    assert met["differently rejected"] > 5


def compare(regime: Regime, old: Column, new: Column, count: int) -> dict[str, int]:
    """Hold the cases of a difference against random situations; how many were met of each kind."""
    found = tuple(found_cases(regime, old, new, Effort()))
    chance = random.Random(7)
    laws = [column_rules(regime, Column(new.base), str(each)) for each in (old, new)]
    met = {"newly accepted": 0, "newly rejected": 0, "differently rejected": 0, "same": 0}
    for number in range(count):
        rules, versions = laws[number % 2]
        drawn = sample(rules, versions, chance)
        decisions = [
            decide(law, replace(drawn.situation, versions=deployed), drawn.request) for law, deployed in laws
        ]
        model = regime.model(Column(new.base))
        here = Environment(model, drawn.situation, requests={"r": drawn.request}, rules=laws[1][0])
        if not all(holds(axiom.formula.formula, here) for axiom in model.axioms):
            continue
        kinds = {each.kind for each in found if holds(each.case.formula, here)}
        so = kind_of(decisions[0], decisions[1])
        assert kinds == ({so} if so != "same" else set()), unparsed(drawn)
        met[so] += 1
    return met


def kind_of(old: object, new: object) -> str:
    """How two decisions differ."""
    accepted = [each.accepted for each in (old, new)]  # type: ignore[attr-defined]
    if accepted[0] != accepted[1]:
        return "newly accepted" if accepted[1] else "newly rejected"
    names = [{report.check.name for report in each.refusing} for each in (old, new)]  # type: ignore[attr-defined]
    return "same" if names[0] == names[1] else "differently rejected"


def unparsed(drawn: object) -> str:
    return repr(drawn)


# -------------------------------------------------------------- a broken law


LAW = """# A gate

```redline
sort User
enum Act: Open, Shut
state member(User) "{1} is a member"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
route Gate
check membership for "Rule 1" at Gate, reject with G1
    requires MEMBER inference "x"
effect opening when act is Open
    member(sender) becomes EFFECT inference "x"
modification Change "a change"
by Change replace membership: check membership for "Rule 1" at Gate, reject with G1
    requires CHANGED inference "x"
CHANGES
version old "v"
version new "w" is old with Change
```
"""


def gate(changed: str, changes: str = "", member: str = "member(sender)") -> Regime:
    text = LAW.replace("MEMBER", member).replace("CHANGED", changed).replace("CHANGES", changes)
    return load_texts({"law.md": text.replace("EFFECT", "true")})


@pytest.mark.parametrize(
    ("changed", "accepted", "rejected"),
    [
        ("member(sender)", [], []),
        ("member(sender) or act is Shut", [{"r.act is Shut", "not member(r.sender)"}], []),
        ("member(sender) and act is Shut", [], [{"r.act is Open", "member(r.sender)"}]),
        ("not member(sender)", [{"not member(r.sender)"}], [{"member(r.sender)"}]),
        ("true", [{"not member(r.sender)"}], []),
        ("act is Shut", [{"r.act is Shut", "not member(r.sender)"}], [{"r.act is Open", "member(r.sender)"}]),
        ("member(sender) or (member(sender) and act is Open)", [], []),
    ],
)
def test_cases_are_in_the_words_of_the_law(
    changed: str, accepted: list[set[str]], rejected: list[set[str]]
) -> None:
    """Small changes whose difference anybody can see."""
    from checker.model.unparse import unparse

    found = difference(gate(changed), "old", "new")
    told = [
        [set(map(unparse, each.case.conditions)) for each in found.of(kind)]
        for kind in ("newly accepted", "newly rejected")
    ]
    assert told == [accepted, rejected]
    assert found.same == (not accepted and not rejected)


def test_what_is_not_compared_is_named() -> None:
    """A version that changes what a request does decides alike, and is not said to be the same without more."""
    changes = "by Change replace opening: effect opening when act is Open\n"
    changes += '    member(sender) becomes false inference "x"'
    found = difference(gate("member(sender)", changes), "old", "new")
    assert found.same
    assert found.beside == ("the effect opening",)


# ------------------------------------------------------------ the command line


def test_the_report_reads_as_the_law_does(run: Run) -> None:
    """The clause, its words, the codes and an example, in the terms of the made-up library."""
    code, out, _ = run("diff", "old", "new", *FOLDERS)
    assert code == 0
    assert "More permissive." in out
    assert "in old: refused at the desk by Rule 1 (enrolment): D1." in out
    assert "by Rule 2(b)" in out
    assert "who brings a book back." in out
    assert "For example" in out
    assert max(map(len, out.splitlines()[:-1])) <= 80


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("old", "old", "--fail-on", "any"), 0),
        (("old", "new", "--fail-on", "any"), 1),
        (("old", "new", "--fail-on", "accepting"), 1),
        (("old", "new", "--fail-on", "more-permissive"), 1),
        (("old", "new", "--fail-on", "less-permissive"), 0),
        (("old", "new", "--fail-on", "incomparable"), 0),
        (("new", "old", "--fail-on", "less-permissive"), 1),
        (("old", "odd"), 2),
        (("old", "new", "--budget", "0.000001"), 3),
    ],
)
def test_exit_codes(run: Run, arguments: tuple[str, ...], code: int) -> None:
    """What is not allowed ends in 1, what is not known in 3, a wrong name in 2."""
    assert run("diff", *arguments, *FOLDERS)[0] == code


def test_claims_that_turn(run: Run) -> None:
    """Claim 1 of the library says that no book is stranded for good: refuted before, proved after."""
    code, out, _ = run("diff", "old", "new", "--claims", *FOLDERS, "--format", "json")
    assert code == 0
    document = json.loads(out)
    flips = {
        each["old"]["claim"]["number"]: (each["old"]["verdict"], each["new"]["verdict"])
        for each in document["flips"]
    }
    assert flips["1"] == ("refuted", "proved")
    assert all(before != after for before, after in flips.values())
    assert document["schema"] == "redline.diff/1"
    assert [each["kind"] for each in document["cases"]][0] == "newly accepted"


def test_evidence_is_written_and_certified(run: Run, tmp_path: Path) -> None:
    """The claims that the command asked stand in the folder, and hold without it."""
    folder = tmp_path / "evidence"
    assert run("diff", "old", "new", "--evidence", str(folder), *FOLDERS)[0] == 0
    assert "exactly these requests r change" in (folder / "claims.md").read_text(encoding="utf-8")
    assert run("certify", str(folder), *FOLDERS)[0] == 0
    text = (folder / "claims.md").read_text(encoding="utf-8")
    (folder / "claims.md").write_text(text.replace("newly rejected never", 'newly rejected "x" when false'))
    assert run("certify", str(folder), *FOLDERS)[0] == 5
