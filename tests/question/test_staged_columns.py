"""Which claims and commands can be asked of requests under way, and how a staged column is written."""

from __future__ import annotations

import pytest

from checker.cli import run
from checker.exits import BAD_USAGE
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.regime.regime import Regime
from checker.report.json_documents import told_column
from tests.support.box_office import CLAIMS, RULES
from tests.support.evidence_made import law, loaded
from tests.support.places import ROOT

MADE = "a request r where true is made"


@pytest.fixture(scope="module")
def regime() -> Regime:
    return loaded(law(RULES, CLAIMS))


# ---------------------------------------------------------- what is not asked


def test_what_cannot_be_asked_is_refused_where_it_is_expected() -> None:
    """Comparisons, any situation, exemptions and other columns make no sense of requests under way."""
    unaskable = (
        ("old and new decide alike", "compares"),
        ("in any situation, for every request r: r accepted", "any situation"),
        ("always, for every request r: r accepted in new", "one law only"),
        (
            f"always, if true, then eventually true, given that {MADE}, while requests",
            "`eventually` is not decided",
        ),
    )
    for statement, why in unaskable:
        text = f'claim 1 odd "Odd." from "1" {statement} expect proved in old staged'
        with pytest.raises(SpecError) as error:
            loaded(law(RULES, text))
        (found,) = error.value.diagnostics
        assert found.code == "not-staged"
        assert why in found.message


def test_what_cannot_be_asked_is_unknown_elsewhere() -> None:
    """On the command line the claim stands in another column: then there is no verdict, and a reason."""
    text = 'claim 1 alike "Alike." from "1" old and new decide alike expect refuted in old'
    other = loaded(law(RULES, text))
    found = Prover(other).decide(Job(other.claims[0], Column("old", staged=True)))
    assert found.verdict == "unknown"
    assert "staged" in found.reason


@pytest.mark.parametrize("column", ["r accepted in (old staged)", "r rejected by list in (new staged)"])
def test_an_outcome_is_not_asked_of_a_staged_column(column: str) -> None:
    """`in COLUMN` is about one request in one go."""
    text = f'claim 1 odd "Odd." from "1" always, for every request r: {column} expect proved in old'
    with pytest.raises(SpecError, match="staged"):
        loaded(law(RULES, text))


def test_a_component_that_is_visited_twice_cannot_be_staged() -> None:
    """`r fails Till` would not say which of the two visits is meant."""
    twice = RULES.replace("then Till when act is Book", "then Till when act is Book, then Desk")
    once, _ = CLAIMS.split("claim 2", maxsplit=1)
    regime = loaded(law(twice, once.replace("    expect refuted in old staged, new staged\n", "")))
    with pytest.raises(SpecError, match="on the route twice"):
        regime.model(Column("old", staged=True))


# ------------------------------------------------------------- in the language


def test_a_column_is_read_as_it_is_written(regime: Regime) -> None:
    """With readings and suppositions after it; JSON has it in parts."""
    column = regime.parse_column("old staged")
    assert column == Column("old", staged=True)
    assert regime.parse_column(str(column)) == column
    assert str(Column("a", ("b",), ("c",), staged=True)) == "a staged under b without c"
    assert told_column(column).staged is True
    with pytest.raises(SpecError):
        regime.parse_column("nowhere staged")


def test_staged_is_a_name_elsewhere() -> None:
    """The word is a key word only behind the base of a column."""
    named = RULES.replace("version old", "state staged(Person)\nversion old", 1)
    assert "staged" in loaded(law(named, CLAIMS)).model(Column("old", staged=True)).functions


def test_quick_leaves_staged_columns_out(regime: Regime) -> None:
    """As it does readings."""
    quick = jobs_for(regime.claims, everything=False)
    assert quick
    assert not [each for each in quick if each.column.staged]


@pytest.mark.parametrize(
    "command",
    [
        ("diff", "baseline", "mp107 staged"),
        ("export", "--tla", "nowhere", "--version", "mp107 staged"),
        ("cover", "mp107 staged"),
        ("show", "mp107 staged"),
        ("who", "3", "--version", "mp107 staged"),
    ],
    ids=lambda command: command[0],
)
def test_other_commands_are_about_requests_in_one_go(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """They refuse a staged column, and name the one that they can be asked of."""
    folders = ("--spec", str(ROOT / "spec"), "--properties", str(ROOT / "properties"))
    assert run([*command, *folders]) == BAD_USAGE
    told = capsys.readouterr().err
    assert "staged" in told
    assert "expected: `mp107`" in told
