"""Changed words of a clause as amendments: old words that occur there once, and what they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from checker.office.clauses import Piece, spelled

_Words: TypeAlias = tuple[str, ...]
_ENDS: Final = frozenset(".;:")
_NUMBER: Final = 2  # words and marks that are no sentence yet: `a.`
_MOST: Final = 400  # changes of a clause; beyond, it is replaced as a whole


@dataclass(frozen=True, slots=True)
class Amendment:
    """`old` words, which stand in the clause once, become `new` ones."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Laid:
    """The phrases of a clause before the changes, and its amendments; none of these crosses a phrase."""

    phrases: tuple[str, ...]
    amendments: tuple[Amendment, ...]


def laid_out(pieces: Sequence[Piece], others: Sequence[Sequence[Piece]] = ()) -> Laid | None:
    """Return the phrases and amendments of a clause that is kept in part. `others`: clauses of the same name.
    None if its words cannot be told apart, so that it must be replaced as a whole.
    """
    groups = [(kept, list(group)) for kept, group in groupby(pieces, key=lambda each: each.state == "kept")]
    if len(groups) > _MOST:
        return None
    elsewhere = [_in_force(each) for each in others]
    done: list[_Words] = []  # what stands before, in stretches, as amended
    amendments: list[Amendment] = []
    anchors: list[tuple[int, int]] = []  # places in the words before the changes
    at = 0
    before: list[Piece] = []
    for number, (kept, group) in enumerate(groups):
        if kept:
            before = [*before, *group]
            at += len(group)
            continue
        struck = [each for each in group if each.state == "struck"]
        inserted = [each for each in group if each.state == "inserted"]
        after = groups[number + 1][1] if number + 1 < len(groups) else []
        rest = [each for each in pieces if each.state != "inserted"][at + len(struck) + len(after) :]
        known = (*elsewhere, tuple(done))
        size = _context(before, struck, after, [each.text for each in rest], known)
        if size is None:
            return None
        left, right = size
        head, tail = before[len(before) - left :], after[:right]
        amendments.append(Amendment(spelled([*head, *struck, *tail]), spelled([*head, *inserted, *tail])))
        anchors.append((at - left, at + len(struck) + right))
        done += [_texts(before[: len(before) - left]), _texts([*head, *inserted, *tail])]
        before = []
        at += len(struck)
        groups[number + 1 : number + 2] = [(True, after[right:])] if after else []
        at += right
    return Laid(
        tuple(_phrases([each for each in pieces if each.state != "inserted"], anchors)), tuple(amendments)
    )


def phrases_of(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return words in phrases, as a rule has them: sentences, and what stands between semicolons."""
    return tuple(_phrases(pieces, ()))


def _context(
    before: Sequence[Piece],
    struck: Sequence[Piece],
    after: Sequence[Piece],
    rest: Sequence[str],
    known: Sequence[Sequence[_Words]],
) -> tuple[int, int] | None:
    """How many words before and after a change make it one that can be told from all others: as few as can
    be. None if no number does.
    """
    here = [*_texts(before), *_texts(struck), *_texts(after), *rest]
    stretches = [each for side in known for each in side]
    for size in range(len(before) + len(after) + 1):
        for left in range(min(size, len(before)), max(-1, size - len(after) - 1), -1):
            right = size - left
            words = (*_texts(before[len(before) - left :]), *_texts(struck), *_texts(after[:right]))
            if words and _times(here, words) == 1 and not any(_times(each, words) for each in stretches):
                return left, right
    return None


def _texts(pieces: Sequence[Piece]) -> _Words:
    return tuple(each.text for each in pieces)


def _in_force(pieces: Sequence[Piece]) -> tuple[_Words, ...]:
    """The words of a clause before the changes, and after them."""
    return tuple(_texts([each for each in pieces if each.state != gone]) for gone in ("inserted", "struck"))


def _times(words: Sequence[str], wanted: Sequence[str]) -> int:
    """How often some words stand in others; more than once is enough to know."""
    found, last = 0, len(words) - len(wanted)
    for at in range(last + 1):
        if words[at] == wanted[0] and tuple(words[at : at + len(wanted)]) == tuple(wanted):
            found += 1
            if found > 1:
                break
    return found


def _phrases(pieces: Sequence[Piece], anchors: Sequence[tuple[int, int]]) -> Iterator[str]:
    start = 0
    for at in range(1, len(pieces) + 1):
        within = any(first < at < last for first, last in anchors)
        ends = (
            pieces[at - 1].text in _ENDS and at - start > _NUMBER and pieces[min(at, len(pieces) - 1)].spaced
        )
        if at == len(pieces) or (ends and not within):
            yield spelled(pieces[start:at])
            start = at
