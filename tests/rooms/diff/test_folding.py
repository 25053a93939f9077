"""Cases that differ in one condition only are told as one, and are the same requests as before."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest

from checker.model.expressions import FACT, And, Apply, Formula, How, Not, Or, Ordered, Parameter, Sort, Value
from checker.model.quantities import compared
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.rooms.diff.cases import Case
from checker.rooms.diff.folding import folded
from checker.story.bounds import united
from checker.story.phrases import Phrases
from tests.rooms.diff.small_laws import difference

REASONS = ("agreed", "lawful", "urgent")
KINDS = ("small", "old", "odd")
LAW = f"""# Leave

```redline
sort Person
sort Matter
{"".join(f'fixed {each}(Matter) "{{1}} is [not] {each}"{chr(10)}' for each in (*REASONS, *KINDS))}
request "{{who}} asks for leave in {{matter}}"
    who: Person
    matter: Matter
component Desk "the desk"
route Desk
version before "as it was"
version after "as it is" is before with act
modification act "the Act"
adopted check leave at Desk, reject without a published code, because "reasons and kinds are told"
    requires ({" or ".join(f"{each}(matter)" for each in REASONS)}) inference "for a reason"
    requires ({" or ".join(f"{each}(matter)" for each in KINDS)}) inference "in a matter of a kind"

by act replace leave:
adopted check leave at Desk, reject without a published code, because "no leave is given"
    requires false inference "for no reason"
```
"""


@pytest.fixture(scope="module")
def law() -> Regime:
    return load_texts({"law.md": LAW}, {})


def test_three_reasons_in_three_kinds_of_matter_are_one_case(law: Regime) -> None:
    """What would be nine cases is one, with both lists, and it is proved to be the difference."""
    found = difference(law, "before", "after")
    (change,) = found.changes
    assert [len(each.parts) for each in change.case.conditions if isinstance(each, Or)] == [3, 3]
    assert len(change.case.conditions) == 2
    assert (found.relation, {each.verdict for each in found.results}) == ("less permissive", {"proved"})


def true(formula: Formula, facts: Mapping[str, bool]) -> bool:
    """Whether the formula holds, of such facts about the matter."""
    match formula:
        case Apply(function=name):
            return facts[name]
        case Not(body=body):
            return not true(body, facts)
        case And(parts=parts):
            return all(true(each, facts) for each in parts)
        case Or(parts=parts):
            return any(true(each, facts) for each in parts)
        case _:
            raise AssertionError(formula)


def test_folded_cases_are_the_same_requests(law: Regime) -> None:
    """Nothing is added, nothing is lost, whichever conditions the cases have in common: by truth table."""
    names = (*REASONS, "small")
    matter = Parameter("r", "matter", Sort("Matter"))
    atoms = tuple(Apply(each, (matter,), FACT) for each in names)
    either: tuple[tuple[Formula, Formula], ...] = tuple((each, Not(each)) for each in atoms)
    full: tuple[tuple[Formula, ...], ...] = tuple(product(*either))
    phrases = Phrases(law.model(law.parse_column("before")))
    for chosen in range(1, 2 ** len(full), 997):
        cases = tuple(Case(each, each) for at, each in enumerate(full) if chosen >> at & 1)
        fewer = folded(cases, phrases)
        for values in product((False, True), repeat=len(names)):
            facts = dict(zip(names, values, strict=True))
            holds = [any(true(each.formula, facts) for each in some) for some in (cases, fewer)]
            assert holds[0] == holds[1]
        within = [one for each in fewer for one in each.alternatives]
        assert len(fewer) <= len(cases)
        assert sorted(map(str, within)) == sorted(map(str, (each.literals for each in cases)))


TIME = Sort("years")
YEARS = Parameter("r", "long", TIME)


def bound(how: How, number: int) -> Formula:
    """That the time is so many years."""
    return Ordered(YEARS, how, Value(TIME, str(number)))


RANGES = (
    *(
        And((bound("at least", low), bound("less than", high)))
        for low, high in ((1, 3), (1, 5), (3, 5), (4, 7))
    ),
    bound("more than", 5),
    bound("at most", 2),
)


def within(formula: Formula, number: int) -> bool:
    """Whether the number is within the bounds."""
    match formula:
        case Ordered(how=how, right=Value(name=name)):
            return compared(Fraction(number), how, Fraction(name))
        case And(parts=parts):
            return all(within(each, number) for each in parts)
        case _:
            raise AssertionError(formula)


@pytest.mark.parametrize("one", RANGES)
@pytest.mark.parametrize("other", RANGES)
def test_ranges_without_a_gap_are_one(one: Formula, other: Formula) -> None:
    """What is in either is in the whole, and nothing else; with a gap, or without an end, there is none."""
    whole, numbers = united((one, other)), range(10)
    either = [number for number in numbers if within(one, number) or within(other, number)]
    if whole is None:
        gap = either and len(either) < either[-1] - either[0] + 1
        assert gap or len(either) == len(numbers)
    else:
        assert [number for number in numbers if within(whole, number)] == either
