"""What `redline diff` finds is exact: worked out from the text, and held against the meaning at random."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

import pytest

from checker.model.claim import Column
from checker.model.evaluate import Decision, Environment, decide, holds, members, well_formed
from checker.model.expressions import FACT
from checker.model.model import Model
from checker.model.situation import Request, Situation
from checker.question.jobs import Kept
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from checker.rooms.diff.find import KINDS, Difference, differ
from tests.random_laws.situations import places
from tests.rooms.diff.small_laws import difference
from tests.support.effort import ALONE
from tests.support.params import with_thorough
from tests.support.places import LIBRARY, ROOT
from tests.support.shelves import InMemory


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


@pytest.fixture(scope="module")
def of_shipped(shipped: Regime) -> Callable[[str, str], Difference]:
    """What two columns of the shipped law decide differently, found once."""
    return cache(partial(difference, shipped))


@pytest.fixture(scope="module")
def library() -> Regime:
    return load_regime(LIBRARY / "spec", LIBRARY / "properties")


def counts(found: Difference) -> tuple[int, int, int]:
    accepted, rejected, differently = (len(found.of(kind)) for kind in KINDS)
    return accepted, rejected, differently


# ------------------------------------------------------------------- the law


def test_what_secmp0107_changes(of_shipped: Callable[[str, str], Difference]) -> None:
    """FIA 4.1: the registration check is removed for a Network Operator's SMETS1 6.15.1, and nothing else.

    Whoever then passes all other checks is newly accepted. Of those still refused, the code is another where
    the registration check was among those that refused: whoever is not active in its role, whoever replaces
    another kind of credential, and whoever does not hold the slot.
    """
    found = of_shipped("baseline", "mp107")
    assert (found.relation, counts(found), found.beside) == ("more permissive", (1, 0, 3), ())
    assert {each.verdict for each in found.results} == {"proved"}
    (accepted,) = found.of("newly accepted")
    assert accepted.always == (("registration",), ())
    others = {each.always for each in found.of("differently rejected")}
    assert others == {
        (("user-in-role", "registration"), ("user-in-role",)),
        (("registration",), ("own-slot-only",)),
        (("registration",), ("owner",)),
    }


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        pytest.param("mp107", "baseline", "less permissive", marks=pytest.mark.long),
        ("mp107", "mp107", "equivalent"),
        pytest.param(
            *("mp107", "mp107 under every-update-exempt", "more permissive"), marks=pytest.mark.thorough
        ),
        pytest.param(
            *("mp107", "mp107 under sixteen-one-alone", "less permissive"), marks=pytest.mark.thorough
        ),
        ("mp107 under network-operator-certificates-only", "mp107", "equivalent"),
        pytest.param("mp107", "mp107 without own-slot-only", "more permissive", marks=pytest.mark.thorough),
        ("baseline", "dsp-first", "equivalent"),
        ("dsp-first", "s1sp-first", "equivalent"),
    ],
)
def test_how_columns_compare(
    of_shipped: Callable[[str, str], Difference], old: str, new: str, relation: str
) -> None:
    """Worked out from the text: which requests pass more checks, or more requests are checked."""
    assert of_shipped(old, new).relation == relation


def test_one_switch_changes_codes_only(of_shipped: Callable[[str, str], Difference]) -> None:
    """With the DSP first, what it lets through ends at an S1SP, which still applies the check of 16.1."""
    found = of_shipped("baseline", "dsp-first")
    assert counts(found)[:2] == (0, 0)
    (change,) = found.of("differently rejected")
    assert change.always == (("registration",), ())
    assert "s1sp-registration" in {each.check.name for each in change.decisions[1].refusing}
    assert not found.same


def test_nothing_is_a_proof(of_shipped: Callable[[str, str], Difference]) -> None:
    """No difference is the proof that there is none, codes included."""
    found = of_shipped("mp107", "mp107")
    assert found.same
    assert [each.verdict for each in found.results] == ["proved"]


@pytest.mark.parametrize(
    "pair",
    with_thorough(
        (("baseline", "mp107"), ("mp107", "mp107 under every-update-exempt")), lambda pair: "under" in pair[1]
    ),
)
def test_cases_hold_of_what_is_decided_differently(
    shipped: Regime, of_shipped: Callable[[str, str], Difference], pair: tuple[str, str]
) -> None:
    """About the examples, by the reference meaning: in a case of a kind if and only if decided so."""
    met = compare(shipped, of_shipped(*pair), *pair, rounds=150)
    assert min(met["newly accepted"], met["differently rejected"], met["same"]) > 20


def test_cases_hold_in_the_second_regime(library: Regime) -> None:
    """The same for the lending rules, whose change lets in whoever brings a book back."""
    met = compare(library, difference(library, "old", "new"), "old", "new", rounds=150)
    assert min(met["newly accepted"], met["differently rejected"], met["same"]) > 20


def compare(regime: Regime, found: Difference, before: str, after: str, rounds: int) -> Counter[str]:
    """Wander about from every example, and hold the cases against how things are decided there.

    Returns how often requests were met that are decided so.
    """
    old, new = regime.parse_column(before), regime.parse_column(after)
    chance = random.Random(7)
    met: Counter[str] = Counter()
    for change in found.changes:
        situation, request = change.situation, change.request
        for _ in range(rounds):
            around = altered(regime.model(Column(new.base)), situation, request, chance)
            if around is None:
                continue
            situation, request = around
            here = Environment(regime.model(Column(new.base)), situation, requests={"r": request})
            kinds = {each.kind for each in found.changes if holds(each.case.formula, here)}
            so = kind_of(*(decided(found, column, situation, request) for column in (old, new)))
            assert kinds == ({so} if so != "same" else set())
            met[so] += 1
            if so == "same":
                situation, request = change.situation, change.request
    return met


def altered(
    model: Model, situation: Situation, request: Request, chance: random.Random
) -> tuple[Situation, Request] | None:
    """The situation or the request with one thing changed; None if that is outside the axioms."""
    if chance.random() < 0.4:
        parameter = chance.choice(model.request)
        values = dict(request.values)
        values.pop(parameter.name, None)
        if chance.random() < 0.9:
            values[parameter.name] = chance.choice(members(parameter.sort, situation))
        request = Request(values)
    else:
        function = chance.choice([each for each in model.functions.values() if each.table is None])
        place = (function.name, chance.choice(places(function, situation)))
        facts = dict(situation.values)
        facts.pop(place, None)
        if function.result == FACT:
            facts[place] = chance.random() < 0.5
        elif not function.optional or chance.random() < 0.8:
            facts[place] = chance.choice(members(function.result, situation))
        situation = replace(situation, values=facts)
    here = Environment(model, situation)
    within = all(holds(axiom.formula.formula, here) for axiom in model.axioms)
    return (situation, request) if within and well_formed(model, situation, request) else None


def decided(found: Difference, column: Column, situation: Situation, request: Request) -> Decision:
    rules, deployed = found.laws[column]
    return decide(rules, replace(situation, versions=deployed), request)


def kind_of(old: Decision, new: Decision) -> str:
    """How two decisions differ."""
    if old.accepted != new.accepted:
        return "newly accepted" if new.accepted else "newly rejected"
    names = [{report.check.name for report in each.refusing} for each in (old, new)]
    return "same" if names[0] == names[1] else "differently rejected"


def test_what_was_proved_before_is_not_proved_again(library: Regime) -> None:
    """The next run finds the same cases, examples and verdicts, all of these on the shelf; where evidence is
    wanted, examples that people may read are looked for even of the proof that the cases are exact.
    """
    columns = library.parse_column("old"), library.parse_column("new")
    shelf = InMemory()
    effort = replace(ALONE, witnesses="none", kept=Kept(shelf, "this"))
    first, again = (differ(library, *columns, effort, "the tests") for _ in range(2))
    assert first.results
    assert not any(each.kept for each in first.results)
    assert all(each.kept for each in again.results)
    assert _told(again) == _told(first) == _told(differ(library, *columns, ALONE, "the tests"))
    wanted = differ(library, *columns, replace(effort, witnesses="ordinary"), "the tests")
    assert not any(each.kept for each in wanted.results)


def _told(found: Difference) -> list[object]:
    return [(each.kind, each.label, each.case, each.decisions, each.always) for each in found.changes]
