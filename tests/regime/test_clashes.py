"""Two updates of one step that may give one cell two values: refused, unless they are shown apart."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from checker import cli
from checker.language.diagnostics import SpecError
from checker.logic import terms
from checker.logic.node import Node
from checker.logic.solver import Answer, Solver, Unknown, Unsatisfiable
from checker.logic.terms import Terms
from checker.model.clashing_writes import Clash
from checker.model.deadline import OutOfTime
from checker.model.evaluate import apply_event, apply_request, event_enabled, routing_model, situation_problem
from checker.model.expressions import Sort
from checker.model.model import Model
from checker.regime.load import load_texts
from checker.trusted import load_law, write_once
from tests.random_laws import rules as random_rules
from tests.random_laws.unclashed import unclashed
from tests.regime.lamps_in_a_house import APART, MEET, SOLVED, effects, law
from tests.support.laws_read_once import forget

LAWS, SAMPLES = 10, 20


@pytest.fixture(autouse=True)
def _anew() -> None:
    """Each test loads its laws itself, since some change how that is done."""
    forget()


@pytest.mark.parametrize("name", MEET)
def test_what_may_meet_is_refused(name: str) -> None:
    """At the second update, with the place of the first, whether or not a solver is at hand."""
    for load in (load_texts, load_law.load_texts):
        with pytest.raises(SpecError) as caught:
            load(law(*MEET[name]))
        (found,) = caught.value.diagnostics
        assert found.code == "two-values"
        assert found.span is not None
        lines = law(*MEET[name])["law.md"].split("\n")
        updates = [at for at, line in enumerate(lines, 1) if " becomes " in line]
        assert found.span.line == updates[1]
        assert any(f"line {updates[0]} of" in note for note in found.notes)


@pytest.mark.parametrize("name", MEET)
def test_the_order_does_not_matter(name: str) -> None:
    """Updates that may meet are refused whichever is written first."""
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*reversed(MEET[name])))


def test_updates_that_are_written_far_apart_meet() -> None:
    """The first and the third do, and not the second with either."""
    pairs = (("act in {A, B}", "lit becomes A"), ("act is C", "lit becomes C"), ("act is B", "lit becomes B"))
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*effects(*pairs)))
    assert load_law.load_texts(law(*effects(*pairs[:2]))).versions


MANY = 12


@pytest.mark.parametrize(
    ("when", "update"),
    [
        ("many in {N1, N2}", "lit becomes A"),
        ("many is not N1", "lit becomes A"),
        ("act is A", "lit becomes C"),
        ("many is N1 or many is N2", "lit becomes A"),
    ],
)
def test_an_update_among_many(when: str, update: str) -> None:
    """Each value of many has its own update, A and B in turn; one more meets some of them, not the first."""
    values = ", ".join(f"N{number}" for number in range(1, MANY + 1))
    more = f"\nenum Many: {values}"
    pairs = [(f"many is N{n}", f"lit becomes {'AB'[(n + 1) % 2]}") for n in range(1, MANY + 1)]

    def many(*given: tuple[str, str]) -> dict[str, str]:
        texts = law(*effects(*given), more=more)
        carried = "    many: Many\n    note: optional Act"
        return {name: text.replace("    note: optional Act", carried) for name, text in texts.items()}

    assert load_texts(many(*pairs)).versions
    for given in ([*pairs, (when, update)], [(when, update), *pairs]):
        with pytest.raises(SpecError, match="two values"):
            load_law.load_texts(many(*given))


@pytest.mark.parametrize("name", APART)
def test_what_is_plainly_apart_loads_without_a_solver(name: str) -> None:
    """Where the words alone keep updates apart, no solver is asked."""
    assert load_texts(law(*APART[name])).versions


@pytest.mark.parametrize("name", SOLVED)
def test_the_solver_shows_the_rest(name: str) -> None:
    """What reading alone does not keep apart is refused where nobody can be asked."""
    assert load_law.load_texts(law(*SOLVED[name])).versions
    with pytest.raises(SpecError, match="two values"):
        load_texts(law(*SOLVED[name]))


def _unknown(*_given: object) -> Unknown:
    return Unknown("the time budget is spent")


def _out_of_time(*_given: object) -> Unknown:
    raise OutOfTime


def test_what_would_cost_too_much_is_refused_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is the same on a slow machine: cost is counted, and time that has passed is no reason."""
    costs: list[int] = []

    class Watched(Solver):
        def ask(self, formulas: Iterable[Node]) -> Answer:
            costs.append(self.most)
            return super().ask(formulas)

    monkeypatch.setattr(write_once, "Solver", Watched)
    monkeypatch.setattr(time, "monotonic", itertools.count(0, 1_000.0).__next__)
    assert load_law.load_texts(law(*SOLVED["definitions"])).versions
    assert set(costs) == {write_once.COST}
    monkeypatch.setattr(terms, "OFTEN", 1)
    monkeypatch.setattr(write_once, "TERMS", 1)
    forget()
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*SOLVED["definitions"]))


def test_a_question_that_costs_more_than_it_may_has_no_answer() -> None:
    """Eight that differ are seven: hard for the solver, however long it may take."""
    made, sort = Terms(), Sort("Bird")
    holes = [made.symbol(f"hole {number}", sort) for number in range(7)]
    birds = [made.symbol(f"bird {number}", sort) for number in range(8)]
    housed = [made.or_(*(made.equal(bird, hole) for hole in holes)) for bird in birds]
    differ = [made.not_(made.equal(*pair)) for pair in itertools.combinations(birds, 2)]
    assert isinstance(Solver(made, most=10_000).ask((*housed, *differ)), Unknown)
    assert isinstance(Solver(made, most=100_000_000).ask((*housed, *differ)), Unsatisfiable)


@pytest.mark.parametrize("answer", [_unknown, _out_of_time])
def test_no_answer_in_time_is_a_refusal(
    answer: Callable[..., Unknown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not shown apart is refused, also if the solver does not know."""
    monkeypatch.setattr(Solver, "ask", answer)
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*SOLVED["definitions"]))


def test_every_command_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With 2, and the same words."""
    claim = 'claim 1 a "x" from "1"\n    always lit is A\n    expect proved in v'
    pages = {
        "spec": law(*MEET["always and sometimes"])["law.md"],
        "properties": f"```redline\n{claim}\n```\n",
    }
    for folder, text in pages.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text(text, encoding="utf-8")
    both = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    asked = (
        ("prove",),
        ("explain", "--request", "sender=X"),
        ("show", "v"),
        ("register",),
        ("lint",),
        ("who", "--for", "u: User", "--member", "u", "--goal", "lit is B"),
        ("diff", "v", "v"),
        ("cover", "v"),
        ("export", "--tla", str(tmp_path / "tla")),
        ("diff", "v", "--before", str(tmp_path / "spec")),
    )
    for command in asked:
        code = cli.run((*command, *both))
        assert code == 2, command
        assert "may give `lit` two values" in capsys.readouterr().err, command


# ----------------------------------------------------------------- random laws


@pytest.mark.parametrize(
    "laws",
    [range(2), pytest.param(range(2, LAWS), marks=pytest.mark.long)],
    ids=["some", "more"],
)
def test_what_is_shown_apart_never_meets(laws: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the solver lets pass of random laws, the meaning meets no two values within the axioms."""
    shown: list[Clash] = []

    def judge(model: Model, clash: Clash) -> bool:
        found = write_once.shown_apart(model, clash)
        shown.extend([clash] if found else [])
        return found

    monkeypatch.setattr(load_law, "judge", judge)
    monkeypatch.setattr(write_once, "COST", 1_000_000)
    monkeypatch.setattr(random_rules, "unclashed", lambda texts: unclashed(texts, load_law.load_texts))
    taken = 0
    for number in laws:
        regime = load_law.load_texts(random_rules.write(random.Random(f"apart {number}")))
        for each, turn in itertools.product(random_rules.laws_of(regime), range(SAMPLES)):
            given = each.sample(random.Random(f"{number} {turn}"))
            if situation_problem(each.rules, given.situation) is None:
                apply_request(each.rules, given.situation, given.request)  # raises TwoValues
                taken += 1
                model = routing_model(each.rules, given.situation)
                if given.event and event_enabled(model, given.situation, given.event, given.arguments):
                    apply_event(model, given.situation, given.event, given.arguments)
                    taken += 1
    assert shown
    assert taken > len(laws)
