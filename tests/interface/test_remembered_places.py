"""What has been, said by hand for one request."""

from __future__ import annotations

import pytest

from checker.interface.described_case import Description, described
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.model import Model
from checker.model.situation import Situation
from tests.support.load import load

LAW = """
sort Person
state registered(Person) "{1} is [not] registered"
state knows(Person, Person) "{1} knows {2}"
request "{sender} applies"
    sender: Person
component Registry
route Registry
version v "v"
check fit for "R" at Registry, reject with E
    requires registered(sender) for at least 28 days inference "so"
    requires not ever (knows(sender, sender) and not registered(sender)) inference "so"
    requires (for every p: Person: knows(sender, p) since knows(p, sender)) inference "so"
"""
TODAY = (("today", "1 April 2026"), ("registered(ann)", "true"))


@pytest.fixture(scope="module")
def model() -> Model:
    return load(LAW, "").model(Column("v"))


def _described(model: Model, *places: tuple[str, str]) -> Situation:
    description = Description((*TODAY, *places), (("sender", "ann"),))
    return described(model, {"v": model}, {("Registry", None): "v"}, description)[0]


def test_what_has_been_is_said_as_the_law_says_it(model: Model) -> None:
    """Things stand where the law has variables; blanks do not matter, and the order of things does."""
    said = _described(
        model,
        ("beginning of  (registered(ann))", "2026-03-04"),
        ("ever (knows(ann, ann) and not registered(ann))", "yes"),
        ("knows(bob, ann) since knows(ann, bob)", "true"),
        ("knows(bob, ann)", "true"),
    )
    kept = {name: (at, value) for (name, at), value in said.values.items() if " " in name}
    assert kept == {
        "beginning of (registered(Person 1))": (("ann",), "739679"),
        "ever (knows(Person 1, Person 1) and not registered(Person 1))": (("ann",), True),
        "knows(Person 1, Person 2) since knows(Person 2, Person 1)": (("bob", "ann"), True),
    }


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("beginning of (registered(ann))", "2 April 2026", "cannot be 2 April 2026"),
        ("beginning of (registered(bob))", "1 March 2026", "cannot be 1 March 2026"),
        ("knows(ann, bob) since knows(bob, ann)", "true", "cannot be true"),
        ("ever registered(ann)", "true", "is not a function of things"),
        ("ever (knows(ann, bob) and not registered(ann))", "true", "is not a function of things"),
        ("beginning of (registered(ann))", "soon", "is no date"),
    ],
)
def test_what_cannot_have_been_is_refused(model: Model, place: str, value: str, told: str) -> None:
    """What does not fit what is, and what nobody asks of the past, is told as a mistake."""
    with pytest.raises(SpecError, match=told):
        _described(model, (place, value))
