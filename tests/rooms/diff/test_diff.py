"""`redline diff`: exact differences, held against the meaning on random situations, and told to people."""

from __future__ import annotations

import json
import random
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from checker.model.claim import Column
from checker.model.evaluate import Decision, Environment, decide, holds, members, well_formed
from checker.model.expressions import FACT
from checker.model.model import Model
from checker.model.situation import Request, Situation
from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import Effort, jobs_for
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.rooms.diff.find import KINDS, Difference, differ
from checker.rooms.diff.text import Telling
from tests.random_laws.situations import places
from tests.support.places import LIBRARY, ROOT
from tests.support.running import Run

FOLDERS = ("--spec", str(LIBRARY / "spec"), "--properties", str(LIBRARY / "properties"))


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


@pytest.fixture(scope="module")
def library() -> Regime:
    return load_regime(LIBRARY / "spec", LIBRARY / "properties")


def difference(regime: Regime, old: str, new: str) -> Difference:
    return differ(regime, regime.parse_column(old), regime.parse_column(new), Effort(), "the tests")


def counts(found: Difference) -> tuple[int, int, int]:
    accepted, rejected, differently = (len(found.of(kind)) for kind in KINDS)
    return accepted, rejected, differently


# ------------------------------------------------------------------- the law


def test_what_secmp0107_changes(shipped: Regime) -> None:
    """FIA 4.1: the registration check is removed for a Network Operator's SMETS1 6.15.1, and nothing else.

    Whoever then passes all other checks is newly accepted. Of those still refused, the code is another where
    the registration check was among those that refused: whoever is not active in its role, whoever replaces
    another kind of credential, and whoever does not hold the slot.
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
    (change,) = found.of("differently rejected")
    assert change.always == (("registration",), ())
    assert "s1sp-registration" in {each.check.name for each in change.decisions[1].refusing}
    assert not found.same


def test_nothing_is_a_proof(shipped: Regime) -> None:
    """No difference is the proof that there is none, codes included."""
    found = difference(shipped, "mp107", "mp107")
    assert found.same
    assert [each.verdict for each in found.results] == ["proved"]


@pytest.mark.parametrize("pair", [("baseline", "mp107"), ("mp107", "mp107 under every-update-exempt")])
def test_cases_hold_of_what_is_decided_differently(shipped: Regime, pair: tuple[str, str]) -> None:
    """About the examples, by the reference meaning: in a case of a kind if and only if decided so."""
    old, new = map(shipped.parse_column, pair)
    met = compare(shipped, old, new, rounds=150)
    assert min(met["newly accepted"], met["differently rejected"], met["same"]) > 20


def test_cases_hold_in_the_second_regime(library: Regime) -> None:
    """The same for the lending rules, whose change lets in whoever brings a book back."""
    met = compare(library, Column("old"), Column("new"), rounds=150)
    assert min(met["newly accepted"], met["differently rejected"], met["same"]) > 20


def compare(regime: Regime, old: Column, new: Column, rounds: int) -> Counter[str]:
    """Wander about from every example, and hold the cases against how things are decided there.

    Returns how often requests were met that are decided so.
    """
    found = differ(regime, old, new, Effort(), "the tests")
    chance = random.Random(7)
    met: Counter[str] = Counter()
    for change in found.changes:
        situation, request = change.situation, change.request
        for _ in range(rounds):
            around = altered(regime.model(Column(new.base)), situation, request, chance)
            if around is None:
                continue
            situation, request = around
            here = Environment(regime.model(Column(new.base)), situation, requests={"r": request})
            kinds = {each.kind for each in found.changes if holds(each.case.formula, here)}
            so = kind_of(*(decided(found, column, situation, request) for column in (old, new)))
            assert kinds == ({so} if so != "same" else set())
            met[so] += 1
            if so == "same":
                situation, request = change.situation, change.request
    return met


def altered(
    model: Model, situation: Situation, request: Request, chance: random.Random
) -> tuple[Situation, Request] | None:
    """The situation or the request with one thing changed; None if that is outside the axioms."""
    if chance.random() < 0.4:
        parameter = chance.choice(model.request)
        values = dict(request.values)
        values.pop(parameter.name, None)
        if chance.random() < 0.9:
            values[parameter.name] = chance.choice(members(parameter.sort, situation))
        request = Request(values)
    else:
        function = chance.choice([each for each in model.functions.values() if each.table is None])
        place = (function.name, chance.choice(places(function, situation)))
        facts = dict(situation.values)
        facts.pop(place, None)
        if function.result == FACT:
            facts[place] = chance.random() < 0.5
        elif not function.optional or chance.random() < 0.8:
            facts[place] = chance.choice(members(function.result, situation))
        situation = replace(situation, values=facts)
    here = Environment(model, situation)
    within = all(holds(axiom.formula.formula, here) for axiom in model.axioms)
    return (situation, request) if within and well_formed(model, situation, request) else None


def decided(found: Difference, column: Column, situation: Situation, request: Request) -> Decision:
    rules, deployed = found.laws[column]
    return decide(rules, replace(situation, versions=deployed), request)


def kind_of(old: Decision, new: Decision) -> str:
    """How two decisions differ."""
    if old.accepted != new.accepted:
        return "newly accepted" if new.accepted else "newly rejected"
    names = [{report.check.name for report in each.refusing} for each in (old, new)]
    return "same" if names[0] == names[1] else "differently rejected"


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
    found = difference(gate(changed), "old", "new")
    told = [
        [set(map(unparse, each.case.conditions)) for each in found.of(kind)]
        for kind in ("newly accepted", "newly rejected")
    ]
    assert told == [accepted, rejected]
    assert found.same == (not accepted and not rejected)


LANES = """# Lanes

```redline
sort User
sort Box
enum Lane: Left, Right, Middle
state lane(Box): optional Lane "the lane of {1}"
state member(User) "{1} is a member"
state sealed(Box) "{1} is sealed"
request "{sender} moves {box}"
    sender: User
    box: Box
component Gate "the gate"
component Belt[Lane] "the {1} belt"
route Gate, then Belt[lane(box)]
check membership for "Rule 1" at Gate, reject with G1
    requires member(sender) inference "x"
check seal for "Rule 2" at Belt, reject with B1
    requires not sealed(box) inference "x"
version old "v"
version free "w" is old with Free
modification Free "all may move"
by Free strike membership
version open "z" is old with Open
modification Open "sealed boxes may move"
by Open strike seal
deployment left-open "x": Gate at old, Belt[Left] at open, Belt[Right] at old, Belt[Middle] at old
```
"""


@pytest.mark.parametrize(
    ("new", "accepted"),
    [
        (
            "free",
            [
                {"not member(r.sender)", "not sealed(r.box)"},
                {"not member(r.sender)", "lane(r.box) is absent"},
            ],
        ),
        ("open", [{"member(r.sender)", "sealed(r.box)", "lane(r.box) is present"}]),
        ("left-open", [{"member(r.sender)", "sealed(r.box)", "lane(r.box) is Left"}]),
    ],
)
def test_cases_turn_on_where_a_request_goes(new: str, accepted: list[set[str]]) -> None:
    """No rule speaks of lanes: that of a box says whether it meets the check of a belt, and of which one."""
    found = difference(load_texts({"law.md": LANES}), "old", new)
    told = [set(map(unparse, each.case.conditions)) for each in found.of("newly accepted")]
    assert sorted(told, key=sorted) == sorted(accepted, key=sorted)
    assert not found.of("newly rejected")


ELSEWHERE = """# Boxes

```redline
sort User
sort Box
fixed holder(Box): User "the holder of {1}"
request "{sender} moves {box}"
    sender: User
    box: Box
component Gate "the gate"
route Gate
check own for "Rule 1" at Gate, reject with G1
    requires holder(box) is sender inference "x"
    subject to "Rule 2" inference "x"
exceptions "Rule 2"
    any of inference "x"
limb "Rule 2(a)" of "Rule 2"
    false inference "x"
version old "v"
version new "w" is old with Change
modification Change "who has a box may move all"
by Change insert after "Rule 2(a)":
limb "Rule 2(b)" of "Rule 2" for some b: Box
    holder(b) is sender inference "x"
```
"""


def test_an_example_tells_all_that_makes_it_one() -> None:
    """Who is let through has a box, though another one: without that it would be no example."""
    found = difference(load_texts({"law.md": ELSEWHERE}), "old", "new")
    (change,) = found.changes
    told = Telling.of(found, change).story.opening()
    assert set(told) == {"The holder of Box 1 is User B", "The holder of Box 2 is User A"}


def test_what_is_not_compared_is_named() -> None:
    """A version that changes what a request does decides alike; that it does is said."""
    changes = "by Change replace opening: effect opening when act is Open\n"
    changes += '    member(sender) becomes false inference "x"'
    found = difference(gate("member(sender)", changes), "old", "new")
    assert found.same
    assert found.beside == ("the effect opening",)


def test_a_word_that_only_claims_use_is_not_compared() -> None:
    """A reading of a definition decides alike if no check uses it; claims and effects may."""
    words = "state holder: optional User\nstate heir: optional User\ndefine chosen: User means holder\n"
    words += 'axiom odd "x" because "y": holder is absent or not member(chosen)\n'
    changes = 'reading other "x" because "y"\n    define chosen: User means heir inference "x"\n'
    found = difference(gate("member(sender)", words + changes), "new", "new under other")
    assert found.same
    assert found.beside == ("the axiom odd", "the definition chosen")


OPEN = """# A gate with a list

```redline
sort User
enum Act: Open, Shut
table acts
fixed listed(Act) from table acts: "listed"
fixed idle(Act) from table acts: "idle"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
route Gate
check list for "Rule 1" at Gate, reject with G1
    requires listed(act) inference "x"
modification Change "a change"
by Change amend table acts: row "Open", "COLUMN" becomes "yes"
version old "v"
version new "w" is old with Change
```

| act | listed | idle |
|---|---|---|
| Open | unknown | unknown |
| Shut | no | no |
"""


def test_what_only_one_column_leaves_open_is_not_compared() -> None:
    """No situation could say of an open row what the other column's table says; nobody decides by `idle`."""
    found = difference(load_texts({"law.md": OPEN.replace("COLUMN", "listed")}), "old", "new")
    assert (
        found.undecided
        == "`listed` for `Open` is open in one of the columns compared, and known in the other"
    )
    idle = load_texts({"law.md": OPEN.replace("COLUMN", "idle")})
    assert difference(idle, "old", "new").same
    claim = 'claim 1 alike "x" from "x"\n    old and new decide alike\n    expect proved in new\n'
    for column, verdict in (("listed", "unknown"), ("idle", "proved")):
        text = f"{OPEN.replace('COLUMN', column)}\n```redline\n{claim}```\n"
        regime = load_texts({"law.md": text})
        (job,) = jobs_for(regime.claims)
        assert Prover(regime).decide(job).verdict == verdict


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


def test_it_is_said_that_cases_may_overlap(run: Run) -> None:
    """Who holds no slot, and is not active either, is of two cases: the DSP refuses, and no S1SP is asked."""
    _, out, _ = run("diff", "baseline", "mp107", "--spec", str(ROOT / "spec"))
    assert "Differently rejected 3" in out
    told = "Which checks refuse it is said of those that fall under that case alone."
    assert told in " ".join(out.split())
    _, out, _ = run("diff", "old", "old", *FOLDERS)
    assert "several cases" not in out
    assert "1 claim proved." in out


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
    assert document["cases"][0]["kind"] == "newly accepted"


def test_evidence_is_written_and_certified(run: Run, tmp_path: Path) -> None:
    """The claims that the command asked stand in the folder, and hold without it."""
    folder = tmp_path / "evidence"
    assert run("diff", "old", "new", "--evidence", str(folder), *FOLDERS)[0] == 0
    assert "exactly these requests r change" in (folder / "claims.md").read_text(encoding="utf-8")
    assert run("certify", str(folder), *FOLDERS)[0] == 0
    text = (folder / "claims.md").read_text(encoding="utf-8")
    (folder / "claims.md").write_text(text.replace("newly rejected never", 'newly rejected "x" when false'))
    assert run("certify", str(folder), *FOLDERS)[0] == 5


# ------------------------------------------------------------ two specifications


def written(folder: Path, regime: str) -> tuple[str, ...]:
    """A law in a folder of its own, without claims."""
    (folder / "spec").mkdir(parents=True, exist_ok=True)
    (folder / "properties").mkdir(exist_ok=True)
    (folder / "spec" / "gate.md").write_text(regime, encoding="utf-8")
    claim = '```redline\nclaim 1 any "Some request is accepted." from "x"\n'
    claim += "    in some situation, for some request r: r accepted\n    expect proved in old\n```\n"
    (folder / "properties" / "claims.md").write_text(claim, encoding="utf-8")
    return ("--spec", str(folder / "spec"), "--properties", str(folder / "properties"))


def gate_text(member: str) -> str:
    text = LAW.replace("MEMBER", member).replace("CHANGED", "true").replace("CHANGES", "")
    return text.replace("EFFECT", "true")


def test_the_law_as_it_was_in_a_folder(run: Run, tmp_path: Path) -> None:
    """Found, told, and certified from the evidence alone, which brings the law as it was."""
    written(tmp_path / "then", gate_text("member(sender)"))
    now = written(tmp_path / "now", gate_text("member(sender) or act is Shut"))
    before, evidence = str(tmp_path / "then" / "spec"), str(tmp_path / "evidence")
    code, out, _ = run("diff", "old", "--before", before, "--evidence", evidence, *now, "--format", "json")
    assert code == 0
    (case,) = (each for each in json.loads(out)["cases"] if each["kind"] == "newly accepted")
    assert {each["text"] for each in case["conditions"]} == {"r.act is Shut", "not member(r.sender)"}
    assert run("certify", evidence, *now)[0] == 0
    former = tmp_path / "evidence" / "former" / "spec" / "gate.md"
    former.write_text(
        former.read_text(encoding="utf-8").replace("requires member(sender)", "requires true"),
        encoding="utf-8",
    )
    assert run("certify", evidence, *now)[0] == 5


def test_the_law_at_a_revision(run: Run, tmp_path: Path) -> None:
    """From a repository: one revision against the files, two against each other, none that is not there."""
    folders = written(tmp_path, gate_text("member(sender)"))

    def git(*words: str) -> None:
        quiet = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false")
        subprocess.run(("git", *quiet, *words), cwd=tmp_path, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    assert "Nothing." in run("diff", "old", "--git", "HEAD", *folders)[1]
    written(tmp_path, gate_text("not member(sender)"))
    assert "Incomparable." in run("diff", "old", "--git", "HEAD", *folders)[1]
    git("commit", "-am", "second")
    assert "Nothing." in run("diff", "old", "--git", "HEAD", *folders)[1]
    assert "Incomparable." in run("diff", "old", "--git", "HEAD~1..HEAD", *folders)[1]
    code, _, err = run("diff", "old", "--git", "nowhere", *folders)
    assert code == 2
    assert "`nowhere`" in err


def test_laws_about_other_things_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    """One that has another enum says so in one sentence, and which."""
    written(tmp_path / "then", gate_text("member(sender)").replace("Open, Shut", "Open, Shut, Paint"))
    now = written(tmp_path / "now", gate_text("member(sender)"))
    code, _, err = run("diff", "old", "--before", str(tmp_path / "then" / "spec"), *now)
    assert code == 2
    assert "do not speak of the same things: the sort `Act`" in err


def test_what_is_missing_is_asked_for(run: Run) -> None:
    """One column and nothing to compare it with."""
    code, _, err = run("diff", "old", *FOLDERS)
    assert code == 2
    assert "NEW is missing" in err


CHOOSING = """
# A guide

```redline
sort Visitor
state member(Visitor)
state guide: optional Visitor
define host(u: Visitor): Visitor means u when member(u)
request "{sender} brings {item}"
    sender: Visitor
    item: Visitor
component Gate "the gate"
route Gate
check any for "1" at Gate, reject with G1 "never"
    requires true inference "all may"
version old
version new is old with MOD
modification MOD "mod"
by MOD insert after any: check known for "2" at Gate, reject with G2 "not known"
    requires sender in {guide, host(item)} inference "the guide or the host"
by MOD replace host: define host(u: Visitor): Visitor means item when member(u) and member(sender)
```
"""


def test_a_choice_that_a_version_defines_anew_is_told_by_what_decides_it() -> None:
    """The language has no words for a choice between terms in a condition, so no case is told in one."""
    found = difference(load_texts({"guide.md": CHOOSING}), "old", "new")
    assert not found.undecided
    assert found.of("newly rejected")
    assert not any(" when " in unparse(change.case.formula) for change in found.changes)
