"""The tour in spec/README.md does what it says: its edits are taken from the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pytest

from checker.language.diagnostics import SpecError
from checker.language.render_diagnostics import render
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.prove.left_out import why_not_in
from checker.prove.run_jobs import run
from checker.question.jobs import Job
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.effort import ALONE, untold
from tests.support.places import ROOT

PAGE = ROOT / "spec" / "README.md"
STOP = re.compile(
    r"<!-- tour: (?P<name>[\w-]+); flips:(?P<flips>[^;]*);(?P<rest>[^>]*)-->"
    r"\s+````markdown\n(?P<text>.*?)````",
    re.DOTALL,
)


@dataclass(frozen=True)
class Stop:
    """One edit of the tour: claims whose verdict turns, that stay as they are, that hold of nothing; and the
    claims on scope that it refutes, once they name the edited version."""

    name: str
    text: str
    flips: dict[str, tuple[str, str]]
    stays: tuple[str, ...]
    vacuous: tuple[str, ...]
    scope: tuple[str, ...]


def _texts(folder: str) -> dict[str, str]:
    paths = sorted((ROOT / folder).rglob("*.md"))
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def _listed(rest: str, word: str) -> tuple[str, ...]:
    found = re.search(rf"{word}: ([\w, ]+)", rest)
    return tuple(each.strip() for each in found[1].split(",")) if found else ()


def _stops() -> list[Stop]:
    stops = []
    for found in STOP.finditer(PAGE.read_text(encoding="utf-8")):
        words = [each.split() for each in found["flips"].split(",") if each.strip()]
        flips = {number: (before, after) for number, before, after in words}
        rest = found["rest"]
        stays, vacuous, scope = (_listed(rest, word) for word in ("stays", "vacuous", "scope"))
        stops.append(Stop(found["name"], found["text"], flips, stays, vacuous, scope))
    return stops


@cache
def _shipped() -> tuple[Regime, Prover]:
    """The law as it comes with redline, and what decides its claims and writes it into terms once."""
    regime = load_texts(_texts("spec"), _texts("properties"))
    return regime, Prover(regime)


@cache
def _before(number: str) -> Result:
    """The verdict on a claim in SECMP0107, which no edit of the tour touches."""
    regime, prover = _shipped()
    (claim,) = (each for each in regime.claims if each.number == number)
    return prover.decide(Job(claim, Column("mp107"), told=False))


def _verdicts(stop: Stop) -> dict[tuple[str, str], Result]:
    """The verdicts on the claims that the stop names: with its edit, and before."""
    regime = load_texts({**_texts("spec"), "spec/mine.md": stop.text}, _texts("properties"))
    wanted = {*stop.flips, *stop.stays, *stop.vacuous}
    jobs = tuple(Job(claim, Column("mine")) for claim in regime.claims if claim.number in wanted)
    found = {(r.claim.number, "mine"): r for _, r in run(regime, untold(jobs), ALONE)}
    return found | {(number, "mp107"): _before(number) for number in wanted}


def _turned(results: Iterable[Result]) -> dict[str, tuple[str, str]]:
    """The claims with another verdict in `mine` than in `mp107`, where they are asked in both."""
    found: dict[str, dict[str, str]] = {}
    for each in results:
        found.setdefault(each.claim.number, {})[each.column.base] = each.verdict
    both = {number: (verdicts["mp107"], verdicts["mine"]) for number, verdicts in found.items()}
    return {number: verdicts for number, verdicts in both.items() if len(set(verdicts)) > 1}


def test_the_tour_has_its_three_edits() -> None:
    """The page still has the edits that this test is about."""
    assert [stop.name for stop in _stops()] == ["strike-sender", "other-srv", "any-generation"]


@pytest.mark.thorough
@pytest.mark.parametrize("stop", _stops(), ids=lambda stop: stop.name)
def test_an_edit_does_what_the_page_says(stop: Stop) -> None:
    """Verdicts turn, stay, or become vacuous as the page tells its reader."""
    found = _verdicts(stop)
    turned = {n: (found[n, "mp107"].verdict, found[n, "mine"].verdict) for n in stop.flips}
    assert turned == stop.flips
    assert all(found[n, "mp107"].verdict == found[n, "mine"].verdict for n in stop.stays)
    assert all(found[n, "mine"].vacuous and not found[n, "mp107"].vacuous for n in stop.vacuous)


@pytest.mark.long
@pytest.mark.parametrize("name", ["strike-sender", "any-generation"])
def test_no_other_verdict_turns(name: str) -> None:
    """Where the page counts the verdicts that turn, it counts all of them."""
    (stop,) = (each for each in _stops() if each.name == name)
    regime = load_texts({**_texts("spec"), "spec/mine.md": stop.text}, _texts("properties"))
    columns = (Column("mp107"), Column("mine"))
    jobs = tuple(
        Job(claim, column)
        for claim in regime.claims
        for column in columns
        if why_not_in(regime, claim, columns[1]) is None
    )
    assert _turned(result for _, result in run(regime, untold(jobs), ALONE)) == stop.flips


@pytest.mark.parametrize("stop", _stops(), ids=lambda stop: stop.name)
def test_the_claims_on_scope_say_what_else_an_edit_changes(stop: Stop) -> None:
    """With `mine` for `mp107` on their page, as in the tour, the claims named are refuted and no others."""
    properties = {
        file: text.replace("mp107", "mine") if file.endswith("scope.md") else text
        for file, text in _texts("properties").items()
    }
    regime = load_texts({**_texts("spec"), "spec/mine.md": stop.text}, properties)
    claims = tuple(claim for claim in regime.claims if claim.span.file.endswith("scope.md"))
    results = [result for _, result in run(regime, untold(Job(c, Column("mine")) for c in claims), ALONE)]
    refuted = {result.claim.number for result in results if result.verdict == "refuted"}
    assert refuted == set(stop.scope) - {"none"}
    assert {result.verdict for result in results} <= {"proved", "refuted"}


def test_words_cannot_change_without_their_phrase() -> None:
    """The last step: striking a word in the quote alone is refused, at the phrase."""
    spec = _texts("spec")
    page = "spec/modifications/secmp0107.md"
    assert spec[page].count("> (d) a SMETS1 Service Request") == 1
    spec[page] = spec[page].replace("> (d) a SMETS1 Service Request", "> (d) a Service Request")
    with pytest.raises(SpecError) as refused:
        load_texts(spec, _texts("properties"))
    (diagnostic,) = refused.value.diagnostics
    _, *told = render(diagnostic, spec).rstrip().split("\n")
    assert "\n".join(f"    {line}".rstrip() for line in told) in PAGE.read_text(encoding="utf-8")
    assert diagnostic.span is not None
    assert (diagnostic.span.file, diagnostic.span.line) == (page, 32)
    assert "not in the quote" in diagnostic.message
