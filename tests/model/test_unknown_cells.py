"""A cell that is not known may turn out to be `none` where the function allows that, in every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker import cli
from checker.model.claim import Column
from checker.model.evaluate import situation_problem
from checker.model.situation import Situation
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from checker.tla.law_module import law_of, law_text
from tests.support.places import TESTS

PAGE = (TESTS / "cases" / "regimes" / "open-may-be-absent.md").read_text(encoding="utf-8")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, ...]:
    law, claims = re.split(r"(?=```redline\nclaim)", PAGE)
    for folder, text in (("spec", law), ("properties", claims)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text(text, encoding="utf-8")
    return ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))


@pytest.mark.parametrize(
    ("said", "answer"),
    [(None, "was not said"), ("none", "Refused at the desk, N1."), ("absent", "Refused"), ("G", "Accepted.")],
)
def test_explain_asks_what_the_cell_is(
    folders: tuple[str, ...], capsys: pytest.CaptureFixture[str], said: str | None, answer: str
) -> None:
    """An open cell must be said, `none` as well as a value: nothing is assumed of it."""
    given = () if said is None else ("--set", f"fuel(C1)={said}")
    request = ("--request", "sender=X", "--request", "ty=C1")
    code = cli.run(("explain", "--version", "v", *request, *given, *folders))
    captured = capsys.readouterr()
    assert code == (2 if said is None else 0)
    assert answer in captured.out + captured.err


def test_a_cell_that_must_have_a_value_is_not_none(
    folders: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--set` cannot take away the value of a function that is not optional."""
    request = ("--request", "sender=X", "--request", "ty=C1")
    code = cli.run(("explain", "--version", "w", *request, "--set", "fuel(C1)=none", *folders))
    assert code == 2
    assert "`none`" in capsys.readouterr().err


@pytest.mark.parametrize(("column", "verdict"), [("v staged", "refuted"), ("w staged", "proved")])
def test_with_requests_under_way(column: str, verdict: str) -> None:
    """A staged column reads the cell like the others: refuted in the one version, proved in the other."""
    regime = load_texts({"law.md": PAGE})
    claim = next(each for each in regime.claims if each.number == "1")
    assert Prover(regime).decide(Job(claim, regime.parse_column(column))).verdict == verdict


@pytest.mark.parametrize(
    ("version", "row", "function", "may_be_absent"),
    [
        ("v", "C1", "fuel", True),
        ("v", "D1", "fuel", True),
        ("w", "C1", "fuel", False),
        ("v", "D1", "tank", True),
        ("v", "C1", "wheels", False),
    ],
)
def test_the_meaning_and_the_module_for_tlc_agree(
    version: str, row: str, function: str, may_be_absent: bool
) -> None:
    """What is absent there is a situation of the law, and one of the values that the module lets it have."""
    model = load_texts({"law.md": PAGE}).model(Column(version))
    open_places = [("fuel", "C1"), ("fuel", "D1"), ("tank", "D1"), ("wheels", "C1")]
    situation = Situation(
        {"User": ("X",)},
        {(name, (at,)): "Gas" for name, at in open_places if (name, at) != (function, row)},
        {("Desk", None): version},
    )
    assert (situation_problem({version: model}, situation) is None) is may_be_absent
    law = law_of(model, Column(version))
    declared = model.functions[function]
    assert ("Absent" in law.vocabulary.values(declared)) is may_be_absent
    (places,) = re.findall(
        rf"^{law.vocabulary.open_places(declared)} == (.*)$", law_text(law, ()), re.MULTILINE
    )
    assert f'"{row}"' in places
