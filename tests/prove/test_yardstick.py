"""On random laws, verdicts agree with worlds of a few things that are worked out from the reference alone.

The same at length: `python -m tests.yardstick --laws 5000 --seed 1`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from checker.language.diagnostics import Span
from checker.model.claim import Column
from checker.model.model import Model
from checker.regime.files_as_written import Written
from checker.regime.names import Report
from checker.regime.regime import Building, Regime
from tests.random_laws.claims import FORMS
from tests.regimes_agree.trials import make_trial
from tests.support.params import with_long, with_thorough
from tests.support.places import TESTS
from tests.yardstick import trials
from tests.yardstick.asking import Engines
from tests.yardstick.command import table
from tests.yardstick.trials import ANALYSES, Tally, analysed, one
from tests.yardstick.verdicts import Effort

HERE = TESTS / "yardstick"
SEED = 3
LAWS, CLAIMS, MORE_CLAIMS = 200, 3, 6
BUDGET = 5.0  # seconds for a claim; almost all take a few hundredths, but the machine may be busy
PART = 20  # laws that one test is about
SOON = 20  # laws that are asked about every time
THEN = 60  # laws that CI asks about
ANALYSED = 6
EFFORT = Effort(most=60, worlds=2, fixed=2)
FEW = 3  # verdicts of either kind for every form of claim that are held, of more claims, at least

# What the yardstick may read of the checker: the typed law, the claims, and how they are loaded.
READ = {
    "checker.language.diagnostics",
    "checker.model.claim",
    "checker.model.expressions",
    "checker.model.model",
    "checker.model.situation",
    "checker.regime.regime",
    "checker.regime.load",
}
ASKS = {  # by the one module that asks for verdicts
    *("checker.question.jobs", "checker.prove.decide", "checker.question.verdict"),
    *("checker.rooms.cover.find", "checker.rooms.diff.find"),
    *("checker.rooms.rollout.find", "checker.rooms.who.find"),
}


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            packages = node.module in ("checker", "checker.model", "checker.regime", "checker.prove")
            found |= {f"{node.module}.{n.name}" for n in node.names} if packages else {node.module}
    return found


@pytest.mark.parametrize("path", sorted(HERE.glob("*.py")), ids=lambda path: path.stem)
def test_the_yardstick_shares_no_code_with_the_engines(path: Path) -> None:
    """It reads the typed law and its claims, and whoever asks the engines does nothing else."""
    used = {each for each in _imports(path) if each.split(".")[0] == "checker"}
    assert used <= READ | (ASKS if path.stem == "asking" else set())
    own = {each for each in _imports(path) if each.split(".")[0] == "tests"}
    assert not [each for each in own if each == "tests" or each.startswith("tests.worlds")]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.py")), ids=lambda path: path.stem)
def test_its_modules_are_short(path: Path) -> None:
    """Who doubts a verdict can read what it is held against."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.fixture(autouse=True, scope="module")
def _made_once() -> Iterator[None]:
    """Each law is made once: the mistakes are tried on the laws that the verdicts are about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trials, "make_trial", cache(make_trial))
        yield


@cache
def part(first: int, claims: int) -> Tally:
    """What became of so many claims about each of some laws, from the first on."""
    found = Tally()
    for number in range(first, first + PART):
        found.add(one(SEED, claims, EFFORT, BUDGET, number))
    return found


def tally(claims: int) -> Tally:
    """What became of so many claims about every law."""
    found = Tally()
    for first in range(0, LAWS, PART):
        found.add(part(first, claims))
    return found


@pytest.mark.parametrize("claims", with_long((CLAIMS, MORE_CLAIMS), lambda claims: claims == MORE_CLAIMS))
@pytest.mark.parametrize(
    "first",
    [
        *range(0, SOON, PART),
        *with_thorough(range(SOON, THEN, PART), bool),
        *with_long(range(THEN, LAWS, PART), bool),
    ],
)
def test_no_world_is_against_a_verdict(first: int, claims: int) -> None:
    """No verdict contradicts a world, and every story happens."""
    found = part(first, claims)
    assert not found.complaints, table(found, PART)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("claims", "few"),
    [
        pytest.param(CLAIMS, 1, marks=pytest.mark.long),
        pytest.param(MORE_CLAIMS, FEW, marks=pytest.mark.long),
    ],
    ids=str,
)
def test_every_form_is_held_against_worlds(claims: int, few: int, form: str) -> None:
    """Claims of every form come out either way, and are held against worlds."""
    counts = tally(claims).counts
    assert counts[form, "proved held"] >= few
    refuted = counts[form, "refuted held"]
    assert refuted >= few or form == "orders"  # what is accepted never turns on the order of checks


@pytest.mark.thorough
def test_no_world_is_against_an_analysis() -> None:
    """What diff, rollout, who and cover say of some laws, and the verdicts that it rests on."""
    found = Tally()
    for number in range(ANALYSED):
        found.add(analysed(SEED, 4, EFFORT, BUDGET, number))
    assert not found.complaints, table(found, ANALYSED)
    assert all(found.counts[each, "held"] for each in ANALYSES)


# -------------------------------------------------------- the yardstick can object

# What a law would be if a word of it were misunderstood, by what decides and by what replays its stories.
MISTAKES: dict[str, Callable[[Model], Model]] = {
    "exceptions are forgotten": lambda m: replace(m, checks=tuple(replace(c, limbs=()) for c in m.checks)),
    "adopted checks are forgotten": lambda m: replace(
        m, checks=tuple(c for c in m.checks if c.adopted_because is None)
    ),
    "a check is at its first component only": lambda m: replace(
        m, checks=tuple(replace(c, components=c.components[:1]) for c in m.checks)
    ),
    "events are forgotten": lambda m: replace(m, events={}),
    "effects have no condition": lambda m: replace(
        m, effects=tuple(replace(e, when=None) for e in m.effects)
    ),
    "every stage is visited": lambda m: replace(m, route=tuple(replace(s, when=None) for s in m.route)),
    "stories start anywhere": lambda m: replace(m, start=()),
    "axioms are forgotten": lambda m: replace(m, axioms=()),
    "what is carried sometimes may be carried": lambda m: replace(
        m, request=tuple(replace(p, optional=p.optional or p.when is not None, when=None) for p in m.request)
    ),
}


@dataclass(frozen=True, slots=True)
class Mistaken:
    """Makes the model of a column, with a mistake."""

    honest: Building
    mistake: str

    def __call__(self, column: Column) -> Model:
        return MISTAKES[self.mistake](self.honest(column))

    def owners(self, column: Column) -> Mapping[Span, str]:
        return self.honest.owners(column)

    def without_effect(self, column: Column) -> str | None:
        return self.honest.without_effect(column)

    def reread(self, written: Written, texts: Mapping[str, str], report: Report) -> Building:
        return self.honest.reread(written, texts, report)


LONG = (
    *("every stage is visited", "a check is at its first component only", "events are forgotten"),
    *("axioms are forgotten", "adopted checks are forgotten"),
)
THOROUGH = ("what is carried sometimes may be carried", "effects have no condition")
SEEN = tuple(each for each in MISTAKES if each not in LONG)  # by every run, or by CI
FIRST = {"adopted checks are forgotten": 100}  # a law from which on the mistake is seen soon


@pytest.mark.parametrize(
    "mistake", [*with_thorough(SEEN, lambda mistake: mistake in THOROUGH), *with_long(LONG, lambda _: True)]
)
def test_a_mistake_of_all_engines_is_found(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds are against the verdicts of engines that all misunderstand a law in one way."""

    def mistaken(regime: Regime, budget: float) -> Engines:
        return Engines(replace(regime, build=Mistaken(regime.build, mistake), _models={}), budget)

    monkeypatch.setattr(trials, "Engines", mistaken)
    found = (one(SEED, CLAIMS, EFFORT, BUDGET, number) for number in range(FIRST.get(mistake, 0), LAWS))
    told = (complaint for tally in found for _, _, complaint in tally.complaints)
    assert any(each.startswith(("proved:", "refuted:")) for each in told)
