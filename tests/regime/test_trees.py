"""Trees and self-maps, held against pointers: what each thing is in, and who each is mapped to, is kept in a
dictionary and followed by hand, for all small trees and for random moves.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Final

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.environment import Environment
from checker.model.evaluate import apply_event, holds
from checker.model.expressions import Formula, Sort
from checker.model.model import Model
from checker.model.situation import Situation
from checker.model.steps import axiom_broken
from checker.model.unparse import unparse, update_text
from checker.regime.regime import Regime
from tests.support.load import load

LAW: Final = """
sort User
sort Folder
sort Person
state owner(Folder): optional User
tree parent(Folder): optional Folder "the folder that {1} is in"
state spouse(Person): optional Person "the spouse of {1}"
request "{sender} asks"
    sender: User
component Drive
route Drive
event move by the environment with f: Folder, g: optional Folder
    parent(f) becomes g inference "it is put there"
event lift by the environment with f: Folder
    parent(f) becomes parent(parent(f)) inference "one level up"
event out by the environment with f: Folder
    parent(f) becomes absent inference "it is taken out"
event wed by the environment with p: Person, q: optional Person
    spouse(p) becomes q inference "so it is"
event swap by the environment with p: Person
    spouse(p) becomes spouse(spouse(p)) inference "it is passed on"
event leave by the environment
    for every p: Person where spouse(spouse(p)) is p: spouse(p) becomes absent inference "all go"
version v "v"
"""
Pointers = Mapping[str, str | None]
NAMES: Final = ("a", "b", "c", "d")


@cache
def law() -> Regime:
    """The law of these tests."""
    return load(LAW, "")


def model() -> Model:
    return law().model(Column("v"))


# ------------------------------------------------------- pointers, by hand


def above(pointers: Pointers, thing: str) -> list[str]:
    """All that the thing is in, the nearest first; it goes on for ever in a circle, which none here has."""
    found, at = [], pointers[thing]
    while at is not None:
        found.append(at)
        at = pointers[at]
    return found


def circular(pointers: Pointers, thing: str) -> bool:
    """Whether the thing comes back to itself."""
    at = pointers[thing]
    for _ in pointers:
        if at is None:
            return False
        if at == thing:
            return True
        at = pointers[at]
    return at is not None


def forests(count: int) -> Iterator[dict[str, str | None]]:
    """Every way in which so many things can be in one another."""
    names = NAMES[:count]
    for chosen in product((None, *names), repeat=count):
        pointers = dict(zip(names, chosen, strict=True))
        if not any(circular(pointers, each) for each in names):
            yield pointers


def followed(pointers: Pointers, thing: str | None, times: int) -> str | None:
    """Where so many pointers lead, one after the other."""
    for _ in range(times):
        thing = None if thing is None else pointers[thing]
    return thing


# ------------------------------------------------------------- situations


def situation(trees: Pointers, spouses: Pointers | None = None) -> Situation:
    """The situation in which things are in one another, and people are mapped to one another."""
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {}
    for each in trees:
        values |= {("inside-parent", (each, other)): True for other in above(trees, each)}
    for each, other in (spouses or {}).items():
        values |= {("spouse", (each, other)): True} if other is not None else {}
    things = {"User": ("u",), "Folder": tuple(trees) or ("a",), "Person": tuple(spouses or {}) or ("p",)}
    return Situation(things, values, {("Drive", None): "v"})


@cache
def said(text: str, sort: str = "Folder") -> Formula:
    """A statement about x and y."""
    sorts = dict.fromkeys(("x", "y"), Sort(sort))
    return law().parse_formula(text, sorts)


def true(text: str, here: Situation, x: str, y: str, sort: str = "Folder") -> bool:
    return holds(said(text, sort), Environment(model(), here, variables={"x": x, "y": y}))


def after(here: Situation, event: str, **arguments: str) -> Situation:
    return apply_event(model(), here, event, arguments)


# ------------------------------------------------------------------ trees


@pytest.mark.parametrize("count", [1, 2, 3])
def test_all_small_trees_are_read_as_their_pointers_say(count: int) -> None:
    """What is inside what, and what each is directly in, also two and three times over."""
    for pointers in forests(count):
        here = situation(pointers)
        assert axiom_broken({"v": model()}, here) is None
        for x, y in product(pointers, repeat=2):
            up, twice = pointers[x], followed(pointers, x, 2)
            expected = {
                "x is inside y": y in above(pointers, x),
                "x is not inside y": y not in above(pointers, x),
                "x is or inside y": x == y or y in above(pointers, x),
                "parent(x) is y": up == y,
                "y is parent(x)": up == y,
                "parent(x) is not y": up != y,
                "parent(x) is present": up is not None,
                "parent(x) is absent": up is None,
                "parent(parent(x)) is y": twice == y,
                "parent(parent(x)) is absent": twice is None,
                "parent(parent(parent(x))) is y": followed(pointers, x, 3) == y,
                "parent(x) is parent(y)": up is not None and up == pointers[y],
                "parent(x) matches parent(y)": up == pointers[y],
                "parent(x) is or inside y": y in above(pointers, x),
                "parent(x) is inside y": up is not None and y in above(pointers, up),
                "x is inside parent(y)": pointers[y] in above(pointers, x) and pointers[y] is not None,
                "parent(x) in {y}": up == y,
                "parent(x) not in {y}": up != y,
                "owner(parent(x)) is present": False,
                "owner(parent(x)) is absent": True,
            }
            for text, value in expected.items():
                assert true(text, here, x, y) is value, (pointers, x, y, text)


def test_random_moves_are_followed() -> None:
    """After each of many moves, everything is inside what its pointers lead to, and nothing else."""
    chance = random.Random(17)
    for _ in range(12):
        pointers: dict[str, str | None] = dict.fromkeys(NAMES)
        here = situation(pointers)
        for _ in range(12):
            f, g = chance.choice(NAMES), chance.choice((None, *NAMES))
            event = chance.choice(("move", "lift", "out"))
            new = {"move": g, "lift": followed(pointers, f, 2), "out": None}[event]
            if {**pointers, f: new}[f] == f or circular({**pointers, f: new}, f):
                continue
            pointers[f] = new
            given = {"g": g} if event == "move" and g is not None else {}
            here = after(here, event, f=f, **given)
            assert {k: v for k, v in here.values.items() if v} == dict(situation(pointers).values), event
            assert axiom_broken({"v": model()}, here) is None


def test_a_circle_breaks_an_axiom() -> None:
    """Whatever is put into itself, or into what is inside it, breaks what a tree is."""
    for pointers in forests(3):
        for f, g in product(pointers, repeat=2):
            moved = {**pointers, f: g}
            wrong = circular(moved, f)
            broken = axiom_broken({"v": model()}, after(situation(pointers), "move", f=f, g=g))
            assert (broken == "the axiom `parent-no-circle` is false") is wrong


# -------------------------------------------------------------- self-maps


def maps(count: int) -> Iterator[dict[str, str | None]]:
    """Every map of so many people to one another, or to nobody."""
    names = NAMES[:count]
    for chosen in product((None, *names), repeat=count):
        yield dict(zip(names, chosen, strict=True))


def test_all_small_maps_are_read_as_their_pointers_say() -> None:
    """Whose spouse is who, and whose spouse's spouse, where there may be nobody."""
    for pointers in (each for count in (1, 2, 3) for each in maps(count)):
        here = situation({}, pointers)
        assert axiom_broken({"v": model()}, here) is None
        for x, y in product(pointers, repeat=2):
            one, twice = pointers[x], followed(pointers, x, 2)
            expected = {
                "spouse(x) is y": one == y,
                "spouse(x, y)": one == y,
                "spouse(x) is not y": one != y,
                "spouse(x) is present": one is not None,
                "spouse(spouse(x)) is y": twice == y,
                "spouse(spouse(x)) is x": twice == x,
                "spouse(spouse(x)) is absent": twice is None,
                "spouse(x) is spouse(y)": one is not None and one == pointers[y],
                "spouse(x) matches spouse(y)": one == pointers[y],
                "for every z: Person where spouse(z) is x: spouse(x) is z": all(
                    one == z for z in pointers if pointers[z] == x
                ),
            }
            for text, value in expected.items():
                assert true(text, here, x, y, "Person") is value, (pointers, x, y, text)


def test_maps_change_as_pointers_do() -> None:
    """After each step everybody has the one spouse that the pointers say, or none."""
    for pointers in maps(3):
        here = situation({}, pointers)
        for p, q in product(pointers, (None, *pointers)):
            given = {} if q is None else {"q": q}
            assert after(here, "wed", p=p, **given).values == situation({}, {**pointers, p: q}).values
            passed = {**pointers, p: followed(pointers, p, 2)}
            assert after(here, "swap", p=p).values == situation({}, passed).values
        gone = {p: None if followed(pointers, p, 2) == p else q for p, q in pointers.items()}
        assert after(here, "leave").values == situation({}, gone).values


# ------------------------------------------------------------------- words


@pytest.mark.parametrize(
    "text",
    ["x is inside y", "x is not inside y", "x is or inside y", "not x is or inside y", "parent(x, y)"],
)
def test_what_is_printed_is_read_again(text: str) -> None:
    """Statements about trees are printed as they are written."""
    assert unparse(said(text)) == text
    assert law().parse_formula(unparse(said(text)), dict.fromkeys("xy", Sort("Folder"))) == said(text)


def test_updates_are_told_as_written() -> None:
    """Not as what is kept of a tree."""
    (update,) = model().events["lift"].updates
    assert update_text(update) == "parent(f) becomes parent(parent(f))"


def test_what_a_tree_is_cannot_be_left_out() -> None:
    """No column goes without it: a tree with a circle would be none."""
    with pytest.raises(SpecError, match="parent-no-circle"):
        law().parse_column("v without parent-no-circle")
