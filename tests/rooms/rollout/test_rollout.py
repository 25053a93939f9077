"""Rolling out: which mixtures of two versions do harm, which orders avoid it, and how it is told."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

import checker
from checker import cli
from checker.evidence.collect import collect
from checker.evidence.write import manifest
from checker.interface.watching import decide
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.additions import with_claims
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.report.paper import text_of
from checker.results.answer import nobody
from checker.rooms.rollout import find
from checker.rooms.rollout.claims import Claims, is_asked, of_claim
from checker.rooms.rollout.find import plan_of, roll_out
from checker.rooms.rollout.switch_names import Told
from checker.rooms.rollout.text import rollout_paragraphs
from tests.rooms.rollout.rolled import harms, rolled
from tests.support.effort import ALONE
from tests.support.evidence_made import BOTH, certified, reasons
from tests.support.gate_and_vault import BADGE, MARKED, NOTHING, law
from tests.support.places import LIBRARY, PERMITS, ROOT


def test_all_claims_are_asked_if_need_be() -> None:
    """Then the verdicts with either version are found, not taken from the claims' authors: one who expects a
    refutation where there is none makes a loss go unseen.
    """
    regime = load_texts(law(MARKED, NOTHING, NOTHING, MARKED))
    claims = tuple(
        replace(claim, expectations=tuple(replace(each, verdict="refuted") for each in claim.expectations))
        for claim in regime.claims
    )
    plan = plan_of(replace(regime, claims=claims), Column("old"), Column("new"))
    statuses = []
    for trusting in (True, False):
        effort = Effort(processes=1, witnesses="none")
        found = roll_out(plan, effort, "test", nobody, trusting=trusting)
        statuses.append([each.status for each in found.claims])
    assert statuses == [["not in both", "not in both"], ["lost", "kept"]]


def test_what_is_known_is_not_looked_for_again() -> None:
    """A verdict on a claim of the law with one version everywhere is taken over, and the answer is the same:
    here such a verdict is that it is not known, which no search finds.
    """
    regime = load_texts(law(MARKED, NOTHING, NOTHING, MARKED))
    plan, effort = plan_of(regime, Column("old"), Column("new")), Effort(processes=1, witnesses="none")
    found = roll_out(plan, effort, "test", nobody, trusting=False)
    plain = [each for each in found.results if each.claim.name in {own.name for own in regime.claims}]
    assert plain
    known = tuple(replace(each, verdict="unknown", reason="out of time") for each in plain)
    again = roll_out(plan, effort, "test", nobody, trusting=False, known=known)
    names = {each.claim.name for each in plain}
    assert {each.verdict for each in again.results if each.claim.name in names} == {"unknown"}
    same = roll_out(plan, effort, "test", nobody, trusting=False, known=plain, readable="none")
    assert harms(same) == harms(found)
    assert [each.status for each in same.claims] == [each.status for each in found.claims]


def test_only_stories_that_are_told_are_worth_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is the same to the letter, and so is all else but the list of verdicts."""
    told: list[Job] = []

    def noting(regime: Regime, jobs: Sequence[Job], *others: Any) -> tuple[Result, ...]:
        told.extend(each for each in jobs if each.told)
        return decide(regime, jobs, *others)

    library = checker.load(LIBRARY / "spec", LIBRARY / "properties", effort=ALONE)
    for each in (library, checker.load(law(MARKED, MARKED, BADGE, BADGE), effort=ALONE)):
        told.clear()
        whole = each.rollout("old", "new")
        with monkeypatch.context() as patched:
            patched.setattr(find, "decide", noting)
            brief = each.rollout("old", "new", verdicts=False)
        reports = [re.sub(r"[\d.]+ s\n", "s\n", found.text()) for found in (whole, brief)]
        assert reports[0] == reports[1]
        assert "harm: " in reports[0]
        assert 0 < len(told) < len(whole.results) / 2
        assert brief == structs.replace(whole, results=(), seconds=brief.seconds)
        assert whole.results


@pytest.mark.parametrize(
    ("place", "old", "new"), [(ROOT, "baseline", "mp107"), (LIBRARY, "old", "new"), (PERMITS, "old", "new")]
)
def test_claims_are_asked_of_mixtures_as_they_stand(place: Path, old: str, new: str) -> None:
    """What is written for a claim reads back as the same claim, of the mixtures that it is asked of."""
    regime = load_regime(place / "spec", place / "properties")
    plan = plan_of(regime, Column(old), Column(new))
    claims = tuple(each for each in regime.claims if is_asked(each))
    texts = Claims(plan, "test")
    names = {texts.of_all(of_claim(each), plan.old): each for each in claims}
    again = {each.name: each for each in with_claims(regime, texts.text({})).claims}
    assert names
    for name, claim in names.items():
        read = again[name]
        assert (read.statement, read.statement_text) == (claim.statement, claim.statement_text)
        assert (read.variables, read.premises, read.witness) == (
            claim.variables,
            claim.premises,
            claim.witness,
        )
        assert (read.sentence, read.deployed) == (claim.sentence, (old, new))


def test_the_second_regime() -> None:
    """A desk that knows the amnesty sends people to stacks that do not: so the stacks go first."""
    found = rolled(load_regime(LIBRARY / "spec", LIBRARY / "properties"), "old", "new")
    assert [each.instance for each in found.plan.switches] == [
        ("Desk", None),
        ("Stack", "North"),
        ("Stack", "South"),
    ]
    assert (found.lattice.safe, found.lattice.orders) == (2, 6)
    assert found.lattice.layers == ((1, 2), (0,))
    lost = {each.claim.number for each in found.claims if each.claim and each.status == "lost"}
    assert lost == {"9"}


def test_one_switch_has_no_mixture() -> None:
    """With one component there is nothing between the two versions, and nothing to ask."""
    found = rolled(load_regime(PERMITS / "spec", PERMITS / "properties"), "old", "new")
    assert (found.lattice.orders, found.lattice.safe, found.results) == (1, 1, ())
    report = text_of(rollout_paragraphs(Told(found, "", 0.0, 0), stories="first"))
    assert "One component changes: there is nothing between the two versions" in report


def test_no_order_is_safe() -> None:
    """Gate and vault ask for no mark at first, and for a badge in the end. Whoever passes the one in its new
    version may be refused by the other in its old one, and the other way round.
    """
    found = rolled(load_texts(law(MARKED, MARKED, BADGE, BADGE)), "old", "new")
    assert harms(found)[0b01] == harms(found)[0b10]
    assert "inconsistent" in harms(found)[0b01]
    assert (found.lattice.safe, found.lattice.unsafe) == (0, 2)
    assert not found.lattice.exact


def test_a_check_that_moves() -> None:
    """The gate gives a check up that the vault takes over. If the gate goes first, nobody asks: more is let
    through than by either, and the claim is lost. If the vault goes first, both ask.
    """
    found = rolled(load_texts(law(MARKED, NOTHING, NOTHING, MARKED)), "old", "new")
    assert harms(found) == {0b01: ["claim lost", "more permissive"]}
    assert [harm.claim.number for harm in found.harms(0b01) if harm.claim] == ["1"]
    assert list(found.lattice.safe_orders()) == [(1, 0)]


def test_every_order_is_safe() -> None:
    """The gate changes for one act and the vault for the other, so no request meets both changes."""
    take = f'applies when act is Take inference "x" {MARKED}'
    pass_ = f'applies when act is Pass inference "x" {MARKED}'
    sources = law(NOTHING, NOTHING, take, pass_)
    found = rolled(load_texts(sources), "old", "new")
    assert harms(found) == {}
    assert (found.lattice.safe, found.lattice.layers) == (2, ((0, 1),))
    # what the target refuses and a mixture does not yet, the old version accepts as well: no harm
    assert found.within("new")
    assert not found.within("old")


def test_a_claim_is_lost_where_the_rules_that_keep_it_are_apart() -> None:
    """The same law, with a vault that asked before, too: the edit changes the answer."""
    both = rolled(load_texts(law(MARKED, MARKED, NOTHING, MARKED)), "old", "new")
    assert [each.instance[0] for each in both.plan.switches] == ["Gate"]
    assert both.lattice.safe == both.lattice.orders == 1


TABLE = """# Law

```redline
sort User
table acts
```

| act | free |
|---|---|
| Take | yes |
| Pass | no |

```redline
enum Act from table acts: value "act"
fixed free(Act) from table acts: "free"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
component Vault "the vault"
route Gate, then Vault
check at-gate for "K 1" at Gate, reject with T1
    requires free(act) inference "x"
check at-vault for "K 2" at Vault, reject with T2
    requires free(act) inference "x"
version old "as it was"
version new "as it is to be" is old with CHANGE
modification CHANGE "a change"
by CHANGE amend table acts: row "Pass", "free" becomes "yes"
claim 1 free-only "What is not free is rejected." from "K"
    always, for every request r where not free(r.act): r rejected
    expect proved in old, new
```
"""


def test_a_claim_that_reads_what_changes_is_asked_of_each_version_by_itself() -> None:
    """To pass is free in the new version only. Each version keeps the claim in its own terms; in a mixture
    nobody says what `free` means in the claim, so that is open. To pass is refused late if the vault is old.
    """
    found = rolled(load_texts({"spec/law.md": TABLE}), "old", "new")
    assert harms(found) == {0b01: ["inconsistent"]}
    (claim,) = found.claims
    assert not claim.alike
    assert (claim.verdict("old"), claim.verdict("new"), claim.status) == ("proved", "proved", "open")
    assert claim.verdict("everywhere") == "unknown"
    assert {claim.state(mixture) for mixture in (0b01, 0b10)} == {"open"}


def test_the_switches_follow_what_is_read() -> None:
    """The checks say the same in both versions; by the new one others are fit. The gate asks who is, and the
    vault does not: unless what a request that it lets through leads to turns on who is.
    """
    fit = 'requires fit(sender) inference "x"'
    defined = "define fit(u: User) means not marked(u)\nversion old"
    text = law(fit, NOTHING, fit, NOTHING)["spec/law.md"].replace("version old", defined)
    text = text.replace("claim 1", "by CHANGE replace fit: define fit(u: User) means badge(u)\nclaim 1")
    effect = 'effect tag when fit(sender)\n    badge(sender) becomes true inference "x"\nversion old'
    for sources, wanted in (
        (text, {"Gate": ("at-gate",)}),
        (text.replace("version old", effect), {"Gate": ("at-gate", "effects"), "Vault": ("effects",)}),
    ):
        regime = load_texts({"spec/law.md": sources})
        switches = plan_of(regime, Column("old"), Column("new")).switches
        assert {each.instance[0]: each.rules for each in switches} == wanted


def test_words_without_a_difference_are_no_switch() -> None:
    """Replacing a check by the same check changes nothing at that component."""
    found = rolled(load_texts(law(MARKED, MARKED, MARKED, MARKED)), "old", "new")
    assert found.plan.switches == ()
    assert (found.lattice.orders, found.lattice.safe) == (1, 1)


def test_versions_that_share_no_world_are_not_known() -> None:
    """Where the events differ, versions side by side make no one law: no verdict, and no order is safe."""
    sources = law(MARKED, NOTHING, NOTHING, MARKED)
    changed = sources["spec/law.md"].replace(
        "claim 1 no-marked",
        "by CHANGE insert after at-vault: event pardon by the environment with u: User\n"
        '    marked(u) becomes false inference "x"\nclaim 1 no-marked',
    )
    found = rolled(load_texts({"spec/law.md": changed}), "old", "new")
    assert found.open
    assert (found.lattice.safe, found.lattice.unsafe) == (0, 0)


def test_what_is_no_roll_out() -> None:
    """Deployments are no versions, and readings must be those of both sides."""
    regime = load_regime(LIBRARY / "spec", LIBRARY / "properties")
    with pytest.raises(SpecError, match="deploys several versions"):
        plan_of(regime, Column("old"), Column("desk-first"))
    with pytest.raises(SpecError, match="differ in more than the version"):
        plan_of(regime, Column("old"), Column("new", ("stack-alone",)))


# ----------------------------------------------------------------- evidence


def test_the_evidence_is_certified() -> None:
    """Every verdict of a roll-out is re-checked from the folder, the claims that it asked among its files."""
    sources = law(MARKED, NOTHING, NOTHING, MARKED)
    regime = load_texts(sources)
    plan = plan_of(regime, Column("old"), Column("new"))
    found = roll_out(plan, Effort(processes=1), "test", nobody)
    bundles = {number: bundle for _, number, bundle in collect(found.regime, found.results, 1)}
    files = manifest("test", sources, [bundles[number] for number in sorted(bundles)], found.text)
    assert not reasons(certified(regime, sources, files, BOTH))
    assert "version(Gate) is new and version(Vault) is old" in " ".join(files["claims.md"].split())
    tampered = {
        **files,
        "claims.md": files["claims.md"].replace("version(Gate) is new", "version(Gate) is old"),
    }
    assert reasons(certified(regime, sources, tampered, BOTH))


def test_a_story_that_does_not_happen_is_not_believed() -> None:
    """A story to try first is replayed like any other; if it does not happen, another is looked for."""
    regime = load_texts(law(MARKED, NOTHING, NOTHING, MARKED))
    found = rolled(regime, "old", "new")
    (lost,) = (each for each in found.claims if each.claim and each.claim.number == "1")
    story = lost.found[0b01].evidence
    job = Job(lost.found[0b10].claim, lost.column, story=story)
    assert Prover(found.regime).decide(job).verdict == "proved"
    again = Prover(found.regime).decide(Job(lost.found[0b01].claim, lost.column, story=story))
    assert replace(again.evidence, obligations=()) == replace(story, obligations=())


# ------------------------------------------------------------------ command


def written(place: Path, sources: dict[str, str]) -> tuple[str, ...]:
    """Write the sources; answers the options that name them."""
    for name, text in sources.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    (place / "properties").mkdir()
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"), "--jobs", "1")


def test_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Switches, picture, orders with their story, and the way back, at 80 columns."""
    options = written(tmp_path, law(MARKED, NOTHING, NOTHING, MARKED))
    assert cli.run(["rollout", *options, "--stories", "all"]) == 0
    out = capsys.readouterr().out
    report = out[: out.index("Repeat with")]
    assert all(len(line) <= 80 or str(tmp_path) in line for line in report.splitlines())
    assert "Rolling out new in place of old" in report
    assert "1· CM   ·2\n" in report
    assert "safe: the vault, then the gate" in report
    assert "harm: turning the gate on while the vault is off: CM (1 order)" in report
    assert "harm: turning the vault off while the gate is on: CM (1 order)" in report
    assert "claim 1, no-marked, is lost" in report
    assert "(the gate at new, the vault at old)" in report
    assert "Out of every harmful mixture: turn the gate off or the vault on." in report
    assert report.count("the gate (rules: new)") == 2  # one for each harm, in the mixture


def test_what_the_change_itself_loses_is_no_mixtures_doing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody asks any more who is marked: that is said, and is as expected only where its author says so."""
    sources = law(MARKED, NOTHING, NOTHING, BADGE.replace("badge(sender)", "act is present"))
    text = sources["spec/law.md"].replace("expect proved in old, new", "expect proved in old", 1)
    sources["spec/law.md"] = text
    options = written(tmp_path, sources)
    lost = "hold in old and not in new, so are given up with the change"
    assert cli.run(["rollout", *options, "--stories", "none"]) == 0
    assert f"{lost}: 1" in " ".join(capsys.readouterr().out.split())
    foreseen = text.replace("expect proved in old", "expect proved in old expect refuted in new", 1)
    (tmp_path / "spec" / "law.md").write_text(foreseen, encoding="utf-8")
    assert cli.run(["rollout", *options, "--stories", "none"]) == 0
    assert f"{lost}, as is expected (`--all-claims` asks): 1" in " ".join(capsys.readouterr().out.split())


def test_the_report_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every mixture, every edge, every order."""
    options = written(tmp_path, law(MARKED, NOTHING, NOTHING, MARKED))
    assert cli.run(["rollout", "old", "new", "--format", "json", *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "redline.rollout/1"
    assert [each["sign"] for each in found["mixtures"]] == ["··", "1·", "·2", "12"]
    assert [each["state"] for each in found["mixtures"]] == ["harmless", "harmful", "harmless", "harmless"]
    harmful = found["mixtures"][1]
    assert [(each["kind"], each["claim"]) for each in harmful["harms"]] == [
        ("claim lost", "1"),
        ("more permissive", None),
    ]
    assert harmful["escapes"] == [[0], [1]]
    assert [(each["before"], each["after"]) for each in found["edges"]] == [(0, 1), (0, 2), (1, 3), (2, 3)]
    assert found["forward"]["safe_orders"] == [[1, 0]]
    assert found["back"]["safe_orders"] == [[0, 1]]
    assert found["forward"]["first_harms"][0]["steps"] == [
        {"before": 0, "switch": 0, "after": 1, "orders": 1}
    ]
    results = {each["claim"]["number"]: each["verdict"] for each in found["results"]}
    assert results[harmful["harms"][0]["result"]] == "refuted"


@pytest.mark.parametrize(
    ("sources", "failing", "code"),
    [
        (law(MARKED, NOTHING, NOTHING, MARKED), (), 0),
        (law(MARKED, NOTHING, NOTHING, MARKED), ("unsafe-order",), 1),
        (law(MARKED, NOTHING, NOTHING, MARKED), ("no-safe-order",), 0),
        (law(MARKED, NOTHING, NOTHING, MARKED), ("claim-lost",), 1),
        (law(MARKED, NOTHING, NOTHING, MARKED), ("inconsistent",), 0),
        (law(MARKED, MARKED, BADGE, BADGE), ("no-safe-order",), 1),
        (law(MARKED, MARKED, MARKED, MARKED), ("unsafe-order", "no-safe-order"), 0),
    ],
)
def test_exit_codes(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    sources: dict[str, str],
    failing: tuple[str, ...],
    code: int,
) -> None:
    """An answer is 0, whatever it is; what must not be so is said with --fail-on."""
    asked = [part for each in failing for part in ("--fail-on", each)]
    assert cli.run(["rollout", *asked, *written(tmp_path, sources)]) == code
    assert "Rolling out new in place of old" in capsys.readouterr().out


def test_of_a_chain_of_versions_the_last_two_are_rolled_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever adds a version to two asks what that one changes."""
    sources = law(MARKED, NOTHING, NOTHING, MARKED)
    last = """version last "x" is new with LAST
modification LAST "another change"
by LAST strike at-gate
version new \""""
    more = sources["spec/law.md"].replace('version new "', last, 1)
    assert cli.run(["rollout", *written(tmp_path, {"spec/law.md": more})]) == 0
    assert capsys.readouterr().out.startswith("Rolling out last in place of new\n")


def test_three_versions_must_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which of them is in use nobody can guess, if two are made from the first."""
    sources = law(MARKED, NOTHING, NOTHING, MARKED)
    other = 'version other "x" is old with CHANGE\nversion new "'
    more = sources["spec/law.md"].replace('version new "', other, 1)
    options = written(tmp_path, {"spec/law.md": more})
    assert cli.run(["rollout", *options]) == 2
    assert "name the version that\nis in use" in capsys.readouterr().err
    assert cli.run(["rollout", "old", "new", *options]) == 0
