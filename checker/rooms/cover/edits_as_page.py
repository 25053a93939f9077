"""Edits as a page of the rule language: each edit is a reading, so the edited law is a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from checker.model.claim import Column
from checker.regime.regime import Regime
from checker.rooms.claim_texts import fenced, quoted, wrapped
from checker.rooms.cover.edits import Edit

NAME: Final = "edit"

_PREFACE: Final = (
    "Each reading is one edit. A rule or a phrase is struck, negated, widened or narrowed wherever it "
    "stands, and nothing else. Words that are struck mean nothing any more, and a rule that is struck never "
    "applies. The law without an axiom, a premise or an adopted check is a column that says so, and needs "
    "no reading."
)


def names_of(regime: Regime, edits: Iterable[Edit]) -> dict[tuple[str, ...], str]:
    """A name that no reading has for every edit that is one, by its lines: those of two rules with the same
    words are one.
    """
    kind = NAME
    while any(each.startswith(f"{kind}-") for each in regime.readings):
        kind = f"one-{kind}"
    bodies = dict.fromkeys(each.reading for each in edits if each.reading)
    return {body: f"{kind}-{number}" for number, body in enumerate(bodies, 1)}


def document_of(column: Column, edits: Iterable[Edit], names: Mapping[tuple[str, ...], str]) -> str:
    """The page with the readings."""
    first: dict[tuple[str, ...], Edit] = {}
    for each in edits:
        first.setdefault(each.reading, each)
    readings = ("\n".join(_reading(first[body], name, column)) for body, name in names.items())
    return fenced(f"Edits of {column}", _PREFACE, readings)


def _reading(edit: Edit, name: str, column: Column) -> Iterator[str]:
    yield f"reading {name}"
    yield from wrapped(quoted(f"{edit.called}, {edit.told}"))
    yield from wrapped(f"because {quoted(f'it is asked which claims about {column} notice')}")
    for line in edit.reading:
        yield from wrapped(line)
