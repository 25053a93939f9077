"""On what it depends whether two updates may meet: axioms, versions, readings, what is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import cli
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts
from checker.trusted import load_law
from tests.regime.lamps_in_a_house import APART, MEET, SOLVED, effects, law
from tests.support.laws_read_once import forget


@pytest.fixture(autouse=True)
def _anew() -> None:
    """Each test loads its laws itself, since some change how that is done."""
    forget()


AXIOM = """
axiom one "The boss has every lamp that is on." because "x": for every l: Lamp where on(l): own(l) is Boss"""

OWNED = effects(
    ("on(lamp)", "hue(lamp) becomes A"), ("own(lamp) is sender and sender is not Boss", "hue(lamp) becomes B")
)


def test_an_axiom_keeps_apart_and_whoever_drops_it_is_refused() -> None:
    """A column without the axiom that keeps updates apart is refused, and so is a law without it."""
    regime = load_law.load_texts(law(*OWNED, more=AXIOM))
    assert regime.model(Column("v")).effects
    with pytest.raises(SpecError, match="two values"):
        regime.model(Column("v", without=("one",)))
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*OWNED))


def test_a_check_does_not_keep_apart() -> None:
    """Components may enforce other versions, so what a check refuses is no reason."""
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*MEET["always and sometimes"], checked="act is not B"))


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ('reading r "r" because "x"\n    in e1, when act in {A, B}', None),
        (
            (
                'modification M "m"\nby M insert after "1": effect e2 when act is A\n'
                '    lit becomes C inference "x"\nversion w "w" is v with M'
            ),
            "in version `w`",
        ),
    ],
)
def test_what_meets_only_under_a_reading_or_in_a_version(more: str, note: str | None) -> None:
    """The refusal says under which reading, or in which version, the updates meet."""
    plain = APART["different acts"]
    assert load_texts(law(*plain)).versions
    with pytest.raises(SpecError) as caught:
        load_law.load_texts(law(*plain, more))
    (found,) = caught.value.diagnostics
    assert found.code == "two-values"
    assert note is None or note in found.notes


def test_what_keeps_apart_in_one_version_need_not_in_another() -> None:
    """By w, too, C is quick, so that lamps would be lit twice; the updates are those of v, word for word."""
    plain = SOLVED["definitions"]
    more = 'modification M "m"\nby M replace quick: define quick means {}\nversion w "w" is v with M'
    assert load_law.load_texts(law(*plain, more.format("act is A"))).versions
    with pytest.raises(SpecError) as caught:
        load_law.load_texts(law(*plain, more.format("act in {B, C}")))
    (found,) = caught.value.diagnostics
    assert found.code == "two-values"
    assert "in version `w`" in found.notes


@pytest.mark.parametrize(
    ("update", "place"),
    [("hue(lamp) becomes note", "hue(r.lamp)"), ("paint(room(lamp)) becomes note", "paint(room(r.lamp))")],
)
def test_an_absent_value_changes_nothing(update: str, place: str) -> None:
    """Where there must be a value it stays; a note that is carried is written."""
    claims = "".join(
        f'claim {number} c{number} "x" from "1"\n    always, after an accepted request r where {said}\n'
        f"    expect proved in v\n"
        for number, said in enumerate(
            (f"r.note is absent: {place} matches before {place}", f"{place} is r.note: {place} is present"), 1
        )
    )
    regime = load_texts(law(f'effect e\n    {update} inference "x"', claims))
    prover = Prover(regime)
    assert [prover.decide(job).verdict for job in jobs_for(regime.claims)] == ["proved", "proved"]


def test_explain_outside_the_axioms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an axiom keeps apart may meet in a situation that breaks it."""
    (tmp_path / "law.md").write_text(law(*OWNED, more=AXIOM)["law.md"], encoding="utf-8")
    given = ("on(l)", "own(l)=x", "lit=A", "hue(l)=C")
    request = ("sender=x", "act=B", "lamp=l", "other=l")
    words = [part for each in given for part in ("--set", each)]
    words += [part for each in request for part in ("--request", each)]
    assert cli.run(("explain", "--spec", str(tmp_path), *words)) == 2
    assert "`hue(l)` would have two values" in capsys.readouterr().err
