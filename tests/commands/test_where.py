"""`redline prove CLAIM --where FACT`: a story in which the fact holds, or that there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.cli import run
from checker.evidence.recheck_folder import Folder, certify
from checker.language.diagnostics import SpecError
from checker.model.claim import Always, Claim, Column, Difference
from checker.model.expressions import Truth
from checker.question.verdict import Evidence, Result
from checker.report.summary import Run
from checker.results.parts import ToldEvidence
from checker.results.proofs import Proofs
from checker.trusted.load_law import load_regime
from tests.support.house import CLAIMS, HOUSE
from tests.support.places import LIBRARY

ONE = checker.effort(jobs=1)


@pytest.fixture(scope="module")
def house() -> checker.Law:
    texts = [{f"{name}.md": f"```redline\n{text}\n```\n"} for name, text in (("a", HOUSE), ("b", CLAIMS))]
    return checker.load(*texts, effort=ONE)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The options that name the house's law."""
    place = tmp_path_factory.mktemp("house")
    for name, text in (("spec", HOUSE), ("properties", CLAIMS)):
        (place / name).mkdir()
        (place / name / "page.md").write_text(f"```redline\n{text}\n```\n")
    return "--spec", str(place / "spec"), "--properties", str(place / "properties"), "--jobs", "1"


def happened(evidence: ToldEvidence) -> tuple[str, ...]:
    """What happens in a story: events by name."""
    assert evidence.trace is not None
    return tuple(getattr(each, "event", "request") for each in evidence.trace.steps)


def steps(proofs: Proofs) -> tuple[str, ...]:
    """What happens in the only story under the facts."""
    (found,) = proofs.pinned
    return happened(found.evidence)


def test_a_story_has_the_facts_where_the_claim_is_judged(house: checker.Law) -> None:
    """Whoever is inside has come in; that somebody marked is inside takes one more step, before or after."""
    proofs = house.prove(1, where=["marked(u)"])
    assert [each.verdict for each in proofs.results] == ["refuted"]
    assert len(happened(proofs.results[0].evidence)) == 1
    told = steps(proofs)
    assert (len(told), "brand" in told) == (2, True)
    assert proofs.where == ("marked(u)",)


def test_without_a_story_it_is_proved_under_the_facts(house: checker.Law) -> None:
    """Who enters is never refused; the claim itself, that nobody ever is, stays refuted."""
    proofs = house.prove(2, where=["r.act is Enter"])
    (found,) = proofs.pinned
    assert (found.verdict, found.vacuous) == ("proved", False)
    assert found.evidence.obligations
    assert [each.verdict for each in proofs.results] == ["refuted"]
    assert proofs.exit == 0


def test_facts_that_never_hold_together_are_told_apart(house: checker.Law) -> None:
    """There is no story, but only since nothing is spoken of."""
    proofs = house.prove(2, where=["r.act is Enter", "r.act is Leave"])
    assert [(each.verdict, each.vacuous) for each in proofs.pinned] == [("proved", True)]
    assert "what the claim speaks of never occurs there" in " ".join(proofs.text().split())
    assert proofs.exit == 0


def test_a_possibly_may_lose_its_story(house: checker.Law) -> None:
    """By the events that count nobody is ever marked, so nobody marked gets inside."""
    proofs = house.prove(3, where=["marked(u)"])
    assert [each.verdict for each in proofs.results] == ["proved"]
    assert [each.verdict for each in proofs.pinned] == ["refuted"]
    assert "no story: refuted" in " ".join(proofs.text().split())


def test_outcomes_are_facts_too(house: checker.Law) -> None:
    """A request that this check does not refuse is refused by the other one."""
    proofs = house.prove(2, where=["not r rejected by no-knocking"])
    assert steps(proofs) == ("brand",)


def test_other_stories_have_the_facts(house: checker.Law) -> None:
    """With `another`, further stories are looked for among those with the facts: here one by each event."""
    proofs = house.prove(1, where=["marked(u)"], another=9)
    assert [each.others for each in proofs.results] == [None]
    others = proofs.pinned[0].others
    assert others is not None
    told = [happened(each.evidence) for each in others.stories]
    assert len(told) > 1
    assert all("brand" in each for each in told)


def test_any_story_has_the_facts_whichever_clause_its_author_names(tmp_path: Path) -> None:
    """The author expects that Rule 2(a) lets strangers pass; a reader who brings a book back passes by
    Rule 2(b), and that is a story all the same. Its evidence is certified.
    """
    claim = """
claim 99 served "Only members are served." from "x"
    always, after an accepted request r: enrolled(r.sender)
    expect refuted by "Rule 2(a)" in new
    expect refuted by "Rule 2(b)" in new
"""
    spec = {each.name: each.read_text() for each in (LIBRARY / "spec").glob("*.md")}
    law = checker.load(spec, {"c.md": f"```redline\n{claim}\n```\n"}, effort=ONE)
    proofs = law.prove("99", where=["r.act is Return and r.capacity is Reader"])
    ((verdict, by),) = [(each.verdict, each.by) for each in proofs.pinned]
    assert (verdict, by) == ("refuted", None)
    proofs.write_evidence(tmp_path / "e")
    assert law.certify(tmp_path / "e", solvers=["z3"]).exit == 0


def test_evidence_under_facts_is_checked_with_them(folders: tuple[str, ...], tmp_path: Path) -> None:
    """Stories and proofs are entries; without its facts, or with others, an entry is rejected."""
    facts = ("--where", "r.act is Enter")
    assert run(["prove", "2", *facts, "--evidence", str(tmp_path / "e"), *folders]) == 0
    assert certified(tmp_path / "e", folders) == [(), (), ()]
    for changed in ([], ["r.act is Knock"], ["true"]):
        wrong = certified(tmp_path / "e", folders, changed)
        assert [bool(each) for each in wrong] == [False, False, True], changed


def certified(place: Path, folders: tuple[str, ...], facts: list[str] | None = None) -> list[tuple[str, ...]]:
    """What is wrong with each entry. `facts`: what an adversary writes in place of those of the last."""
    files = {str(each.relative_to(place)): each.read_text() for each in place.rglob("*") if each.is_file()}
    folder = Folder.of(files)
    listed = folder.entries("verdicts")
    assert isinstance(listed[-1], dict)
    about: dict[str, Any] = listed[-1]["claim"]
    assert about["where"] == ["r.act is Enter"]
    if facts is not None:
        del about["where"]
        about.update({"where": facts} if facts else {})
    found = dict(certify(load_regime(Path(folders[1]), Path(folders[3])), folder, ("z3",), 60.0, 1))
    return [found[number].wrong for number in sorted(found)]


def test_what_stays_open_is_no_answer() -> None:
    """A claim that is as expected, but under the facts neither proved nor refuted, ends with 3."""
    claim = Claim(name="c", sentence="x", statement=Always(Truth(value=True)))
    proved = Result(claim, Column("v"), "proved", "", Evidence())
    assert Run((proved,), "", 0.0, pinned=(proved,)).code == 0
    assert Run((proved,), "", 0.0, pinned=(replace(proved, verdict="unknown"),)).code == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--where", "true"), "is about named claims"),
        (("1", "--where", "true", "--staged"), "does not go with `--staged`"),
        (("1", "--where", "markt(u)"), "--where:1:1: there is no function or definition `markt`"),
        (("1", "--where", "marked(v)"), "the variables of claim `nobody-inside`: `u`"),
        (("2", "--where", "r.act is"), "--where:1:7: the text ends here"),
        (("2", "--where", "before marked(r.sender)"), "--where:1:1:"),
    ],
)
def test_a_mistake_has_its_place_in_the_fact(
    folders: tuple[str, ...], capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    """One diagnostic, with the line that was typed and a caret under the mistake, and exit code 2."""
    assert run(["prove", *options, *folders]) == 2
    printed = capsys.readouterr().err
    assert said in " ".join(printed.split())
    assert ("^" in printed) is ("--staged" not in options and len(options) > 2)


def test_the_document_has_what_was_pinned(
    folders: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The facts, and a verdict for each claim and column; the command can be repeated."""
    assert run(["prove", "1", "--where", "marked(u)", "--format", "json", *folders]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["where"] == ["marked(u)"]
    assert [each["verdict"] for each in document["pinned"]] == ["refuted"]
    assert "--where 'marked(u)'" in document["command"]


def test_an_exact_difference_has_no_facts() -> None:
    """Each of its cases must occur, so leaving some out would refute it; `diff` tells the cases."""
    law = checker.load(LIBRARY / "spec", LIBRARY / "properties", effort=ONE)
    claim = next(each for each in law.regime.claims if isinstance(each.statement, Difference))
    with pytest.raises(SpecError, match="exact difference"):
        law.prove(claim.number, where=["true"])
