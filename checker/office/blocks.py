"""A document with tracked changes, whatever the format of its file: paragraphs and tables, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

State: TypeAlias = Literal["kept", "inserted", "struck"]
Kind: TypeAlias = Literal["title", "heading", "clause", "text", "attribution"]
ATTRIBUTION = "\N{EM DASH} "
"""What the line begins with that says where the words above it come from."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that are all kept, inserted or struck. `notes`: the comments on them, by their number in the
    document.
    """

    text: str
    state: State = "kept"
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`mark`: what becomes of the end of the paragraph; without it, the next one joins it. `level`: of a
    heading from 1, of a text how far it is indented. `number`: what an automatic list puts before it, in the
    document `before` the changes and after them.
    """

    runs: tuple[Run, ...]
    mark: State = "kept"
    kind: Kind = "text"
    level: int = 0
    number: str = ""
    before: str = ""

    @property
    def text(self) -> str:
        """All letters, struck ones too."""
        return "".join(each.text for each in self.runs)

    @property
    def states(self) -> frozenset[State]:
        """What becomes of the letters that can be seen."""
        return frozenset(each.state for each in self.runs if each.text.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, each as runs. `state`: what becomes of the row as such."""

    cells: tuple[tuple[Run, ...], ...]
    state: State = "kept"


@dataclass(frozen=True, slots=True)
class Table:
    """A table, as wide in every row: where cells were merged, each has the words. The head comes first."""

    rows: tuple[Row, ...]


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Redlined:
    """A document. `notes`: its comments, to which runs refer by number; `lost`: what could not be read."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def text_of(runs: Iterable[Run], without: State) -> str:
    """The letters, without those that are struck or, before the changes, without those inserted."""
    return "".join(each.text for each in runs if each.state != without)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same letters in as few runs as can be."""
    groups = groupby((each for each in runs if each.text), key=lambda each: (each.state, each.notes))
    return tuple(Run("".join(each.text for each in group), *key) for key, group in groups)


def with_settled_marks(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Paragraphs that follow each other, with the ends of whole ones tracked as their words are.

    Whoever presses Enter at the end of a paragraph, and types another, inserts the end of the *first*. What
    is inserted in effect is the second paragraph with its own end; the same goes for one that is struck.
    """
    found = list(paragraphs)
    states: tuple[State, State] = ("inserted", "struck")
    for state in states:
        for at in range(len(found) - 1):
            here, there = found[at], found[at + 1]
            if here.mark != state or here.states <= {state}:
                continue
            last = at + 1
            while last < len(found) - 1 and found[last].mark == state and found[last].states <= {state}:
                last += 1
            if all(each.states <= {state} for each in found[at + 1 : last + 1]) and there.states:
                found[at] = replace(here, mark=found[last].mark)
                found[last] = replace(found[last], mark=state)
    return tuple(found)


def comments_of(runs: Iterable[Run]) -> Iterator[int]:
    """Yield the numbers of the comments, each once, in the order in which they begin."""
    yield from dict.fromkeys(number for each in runs for number in each.notes)
