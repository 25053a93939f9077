"""Situations and requests for an engineer's own tests: what the law makes of them, and bugs are found."""

from __future__ import annotations

import calendar
import runpy
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

import checker
from checker import strategies
from checker.language.diagnostics import SpecError
from tests.support.params import with_long
from tests.support.permits_law import permits
from tests.support.places import LIBRARY, PERMITS, ROOT

Values = Mapping[str, str | bool]
System = Callable[[Values, Mapping[str, str]], bool]
QUICK = settings(max_examples=60, deadline=None, database=None, derandomize=True)
SEARCH = settings(max_examples=200, deadline=None, database=None, derandomize=True, phases=(Phase.generate,))
LAW = permits()


@pytest.mark.parametrize("place", with_long([PERMITS, LIBRARY], lambda each: each == LIBRARY))
@pytest.mark.thorough
def test_cases_are_what_the_law_makes_of_them(place: Path) -> None:
    """`Law.explain` takes each case as it is, within the axioms, and decides alike; no outcome is rare."""
    law = checker.load(place / "spec", place / "properties", effort=checker.effort(jobs=1))
    found: Counter[bool] = Counter()

    @QUICK
    @given(strategies.cases(law, "new"))
    def ask(case: strategies.Case) -> None:
        told = law.explain(case.request, case.said, version="new")
        assert told.accepted == case.accepted
        assert told.note == case.explain().note
        assert "breaks the axiom" not in told.text()
        assert set(case.situation) <= set(case.said)
        found[case.accepted] += 1

    ask()
    assert min(found[True], found[False]) > 10


def _permits(situation: Values, request: Mapping[str, str]) -> bool:
    """The new by-law, programmed by hand from its words."""
    sender, street = request["sender"], request["street"]
    holder = situation.get(f"holder({street})")
    if request["act"] == "Transfer":
        return holder == sender
    outer_trader = request["kind"] == "Trader" and not situation.get(f"inner({street})")
    lives = situation.get(f"lives({sender}, {street})", False)
    return holder is None and bool(lives or outer_trader or sender == "Office")


def _forgets_the_zone(situation: Values, request: Mapping[str, str]) -> bool:
    """The same with a bug: traders are exempt in every zone."""
    outer = {place: value for place, value in situation.items() if not place.startswith("inner(")}
    return _permits(outer, request)


def _held_against(system: System) -> None:
    @SEARCH
    @given(strategies.cases(LAW, "new"))
    def test(case: strategies.Case) -> None:
        assert system(case.situation, case.request) == case.accepted, case.explain().text()

    test()


def test_a_right_implementation_passes_and_a_bug_is_found() -> None:
    """What does as the law says is never at odds with it; a bug is shown by a case, and what the law says."""
    _held_against(_permits)
    with pytest.raises(AssertionError) as found:
        _held_against(_forgets_the_zone)
    assert "REFUSES        By-law 1 (residence)" in str(found.value)
    (told,) = (each for each in found.value.__notes__ if "Case(" in each)
    assert "'kind': 'Trader'" in told
    assert len(told) < 1_000


def test_the_example_of_the_page_finds_its_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example that spec/ci.md shows is a program, and Hypothesis finds the bug that it has."""
    page = (ROOT / "spec" / "ci.md").read_text(encoding="utf-8")
    (program,) = (each.split("```")[0] for each in page.split("```python\n")[1:] if "strategies" in each)
    monkeypatch.chdir(PERMITS)
    (tmp_path / "example.py").write_text(program, encoding="utf-8")
    names = runpy.run_path(str(tmp_path / "example.py"))
    test = names["test_my_system"]
    assert callable(test)
    with pytest.raises(AssertionError):
        SEARCH(test)()


def _months_after(day: date, months: int) -> date:
    """The corresponding date, or the last day of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _day(told: str | bool) -> date:
    return datetime.strptime(str(told), "%d %B %Y").replace(tzinfo=UTC).date()


def test_days_are_drawn_at_deadlines() -> None:
    """Of a law of two deadlines that must both be kept, many requests are accepted; there are some on the
    first and on the last day, and refused ones the day before and the day after.
    """
    law = _law("clauses", "07")
    found: Counter[bool] = Counter()
    days: set[tuple[int, int, bool]] = set()

    @SEARCH
    @given(strategies.cases(law, "y1954"))
    def ask(case: strategies.Case) -> None:
        found[case.accepted] += 1
        given_on = case.situation.get(f"given-on({case.request['tenancy']})")
        if given_on is not None:
            today = _day(case.situation["today()"])
            apart = {each: (today - _months_after(_day(given_on), each)).days for each in (2, 4)}
            assert case.accepted is (apart[2] >= 0 and apart[4] <= 0), case
            days.update((each, apart[each], case.accepted) for each in apart)

    ask()
    assert min(found[True], found[False]) > 50
    assert {(2, -1, False), (2, 0, True), (4, 0, True), (4, 1, False)} <= days


def test_trees_have_no_circles() -> None:
    """Hardly any draft is given up because things are inside one another, and moves are often accepted."""
    law = _law("trees", "drive")
    found: Counter[bool] = Counter()

    @QUICK
    @given(strategies.cases(law, "strict"))
    def ask(case: strategies.Case) -> None:
        found[case.accepted] += 1

    ask()
    assert min(found[True], found[False]) > 12


def _law(*where: str) -> checker.Law:
    place = ROOT.joinpath("tests", "cases", *where)
    return checker.load(place / "spec", place / "properties", effort=checker.effort(jobs=1))


def test_situations_and_requests_come_alone() -> None:
    """Each is that of some case: places and parameters of the law."""

    @QUICK
    @given(strategies.situations(LAW), strategies.requests(LAW))
    def ask(situation: Values, request: Mapping[str, str]) -> None:
        assert {place.partition("(")[0] for place in situation} <= {"inner", "lives", "holder"}
        assert {"sender", "kind", "act", "street"} <= set(request)

    ask()


def test_what_cannot_be_asked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that there is not, and a missing library, are each one diagnostic that says what to do."""
    with pytest.raises(SpecError, match="nothing"):
        strategies.cases(LAW, "nothing")
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(SpecError) as refused:
        strategies.cases(LAW)
    assert refused.value.diagnostics[0].expected == ('`pip install "redline[hypothesis]"`',)
