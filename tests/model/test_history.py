"""What has been, held against whole runs: every run of a few situations, read from its beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import pytest

from checker.model.claim import Column
from checker.model.environment import Environment
from checker.model.expressions import FACT, Apply, Formula
from checker.model.history import as_kept, is_start, remembered
from checker.model.meaning import holds
from checker.model.model import Model
from checker.model.reads import reads
from checker.model.situation import Situation
from checker.model.unparse import unparse
from checker.regime.regime import Regime
from tests.support.load import load

LAW = """
sort User
state p(User) "{1} is [not] registered"
state q(User) "{1} is [not] approved"
define both(u: User) means p(u) and q(u)
request "{sender} asks"
    sender: User
component Bank
route Bank
version v "v"
"""
CLAIMS = """
claim 1 all "All." from "x"
    for u: User
    always ever p(u) and ever both(u) and (p(u) since q(u)) and (not p(u) as of q(u)) and
        ever (not p(u) and ever p(u)) and ((ever p(u)) since q(u)) and (q(u) as of ever p(u))
        and ever (for every x: User: p(x) or q(u))
    expect refuted in v
"""
STATES = ((False, False), (False, True), (True, False), (True, True))
Run = Sequence[tuple[bool, bool]]
Said = Callable[[Run, int], bool]


def _p(run: Run, at: int) -> bool:
    return run[at][0]


def _q(run: Run, at: int) -> bool:
    return run[at][1]


def _not(said: Said) -> Said:
    return lambda run, at: not said(run, at)


def _ever(said: Said) -> Said:
    return lambda run, at: any(said(run, each) for each in range(at + 1))


def _last(when: Said, run: Run, at: int) -> int | None:
    """The last situation up to `at` in which it holds and did not hold before."""
    about = (n for n in range(at, -1, -1) if when(run, n) and (n == 0 or not when(run, n - 1)))
    return next(about, None)


def _since(what: Said, when: Said) -> Said:
    def said(run: Run, at: int) -> bool:
        first = _last(when, run, at)
        return first is not None and all(what(run, each) for each in range(first, at + 1))

    return said


def _as_of(what: Said, when: Said) -> Said:
    def said(run: Run, at: int) -> bool:
        first = _last(when, run, at)
        return first is not None and what(run, first)

    return said


def _left(run: Run, at: int) -> bool:
    return not _p(run, at) and _ever(_p)(run, at)


YARDSTICK: dict[str, Said] = {
    "ever p(u)": _ever(_p),
    "ever both(u)": _ever(lambda run, at: _p(run, at) and _q(run, at)),
    "p(u) since q(u)": _since(_p, _q),
    "not p(u) as of q(u)": _as_of(_not(_p), _q),
    "ever (not p(u) and ever p(u))": _ever(_left),
    "ever p(u) since q(u)": _since(_ever(_p), _q),
    "q(u) as of ever p(u)": _as_of(_q, _ever(_p)),
}


@pytest.fixture(scope="module")
def law() -> Regime:
    return load(LAW, CLAIMS)


@pytest.fixture(scope="module")
def model(law: Regime) -> Model:
    return law.model(Column("v"))


def _situation(state: tuple[bool, bool], other: tuple[bool, bool]) -> Situation:
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {}
    for user, said in (("ann", state), ("bob", other)):
        values |= {(name, (user,)): True for name, true in zip("pq", said, strict=True) if true}
    return Situation({"User": ("ann", "bob")}, values, {("Bank", None): "v"})


def _says(law: Regime, text: str) -> Formula:
    return law.parse_formula(text, {"u": next(s for n, s in law.vocabulary.sorts.items() if n == "User")})


def test_what_has_been_is_what_a_run_says(law: Regime, model: Model) -> None:
    """Of all runs of four situations, each history is kept as the whole run has it from its beginning."""
    read = {text: _says(law, text) for text in YARDSTICK}
    for run in product(STATES, repeat=4):
        situation: Situation | None = None
        for at, state in enumerate(run):
            other = run[-1 - at]  # somebody else has another past
            situation = remembered(model, situation, _situation(state, other))
            env = Environment(model, situation, variables={"u": "ann"})
            told = {text: holds(formula, env) for text, formula in read.items()}
            assert told == {text: said(run, at) for text, said in YARDSTICK.items()}, run[: at + 1]


def test_a_step_that_changes_nothing_changes_no_history(model: Model) -> None:
    """Where a step leads to the same, all that has been stays as it is, wherever it begins."""
    names = [name for name, each in model.functions.items() if each.history is not None]
    for state in STATES:
        for kept in product((False, True), repeat=3):
            first = _situation(state, (True, False))
            values = {**first.values}
            values |= {(name, ("ann",)): True for name, true in zip(names[:3], kept, strict=False) if true}
            said = as_kept(model, Situation(first.things, values, first.versions))
            assert remembered(model, said, said) == said


def test_a_start_has_no_past(model: Model) -> None:
    """Where a story starts, whoever is not registered has not been; whatever else is kept is no start."""
    start = remembered(model, None, _situation((False, True), (True, False)))
    assert is_start(model, start)
    older = Situation(start.things, {**start.values, ("ever p(User 1)", ("ann",)): True}, start.versions)
    assert not is_start(model, older)


def test_the_same_words_about_other_things_are_one_function(law: Regime) -> None:
    """`ever p(u)` and `ever p(r.sender)` are read from one function; it reads what its words read."""
    model = law.model(Column("v"))
    formula = law.parse_formula("ever both(r.sender)", requests=("r",))
    assert isinstance(formula, Apply)
    assert formula.function in model.functions
    assert reads(model, formula).functions == {"p", "q", formula.function}
    assert reads(model, formula).called == {"both"}


@pytest.mark.parametrize(
    "text",
    [
        "ever p(u)",
        "not ever p(u)",
        "ever not p(u)",
        "ever (p(u) and q(u))",
        "p(u) since q(u)",
        "not p(u) since q(u)",
        "not (p(u) since q(u))",
        "p(u) since ever q(u)",
        "(p(u) since q(u)) as of q(u)",
        "p(u) and q(u) as of p(u) or q(u)",
        "ever (for some x: User: p(x) and q(u))",
    ],
)
def test_what_has_been_is_written_as_it_was_read(law: Regime, text: str) -> None:
    """Formulas about the past come out as they went in."""
    assert unparse(_says(law, text)) == text


def test_a_term_is_read_now_where_it_stands_for_a_thing() -> None:
    """A term that stands for what a history is about is named first: inside, it would be read as of then."""
    law = load(LAW.replace("state p(User)", "state chair: optional User\nstate p(User)"), CLAIMS)
    history = law.model(Column("v")).functions["ever p(User 1)"].history
    chair = law.parse_term("chair")
    assert isinstance(chair, Apply)
    said = Apply("ever p(User 1)", (chair,), FACT, history)
    assert unparse(said) == "for some it-1: User where chair is it-1: ever p(it-1)"


def test_things_whose_sorts_differ_in_case_have_pasts_of_their_own() -> None:
    """Two statements of the same words, about things of two sorts, are two functions."""
    claim = """
claim 1 all "All." from "x"
    for u: User, w: User, x: USER, y: USER
    always ever (p(chair) and u is w) and ever (p(chair) and x is y)
    expect refuted in v
"""
    law = load(f"sort USER\nconstant chair: User\n{LAW}", claim).model(Column("v"))
    found = [each.history.variables for each in law.functions.values() if each.history is not None]
    assert sorted([v.sort.name for v in each] for each in found) == [["USER", "USER"], ["User", "User"]]
