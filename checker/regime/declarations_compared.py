"""Declarations of one version that no quoted words stand for, as changes of those of another: calendars,
definitions, quantities, rules that are inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap, takewhile
from typing import Final, Literal

from checker.language.diagnostics import Span
from checker.language.document import Document
from checker.regime.duplicates import given_by
from checker.regime.lists_compared import Change, change, changes
from checker.regime.program import Unit
from checker.regime.redlining import Segment

_WORD: Final = re.compile(r"[^\s,]+|,")


@dataclass(frozen=True, slots=True)
class ChangedDeclaration:
    """A declaration that two versions do not both have as it is. `file` and `line`: where the new version has
    it, or the old one if it is struck.
    """

    name: str
    kind: Literal["amended", "struck", "inserted"]
    file: str
    line: int
    segments: tuple[Segment, ...]


def declarations_between(
    old: Iterable[Unit], new: Iterable[Unit], documents: Iterable[Document]
) -> tuple[ChangedDeclaration, ...]:
    """Return what is changed, in the order of the new version; what is struck comes last. Accepting all
    changes gives the new declarations, word by word, and rejecting them the old ones.
    """
    lines = {each.file: each.text.split("\n") for each in documents}
    before, after = _by_name(old, lines), _by_name(new, lines)
    return tuple(
        _changed(name, before.get(name), after.get(name), lines)
        for name in dict.fromkeys((*after, *before))
        if before.get(name) != after.get(name)
    )


def _by_name(units: Iterable[Unit], files: Mapping[str, Sequence[str]]) -> dict[str, Span]:
    """Where each declaration without words of the law is written; what redline brings itself is left out."""
    found: dict[str, Span] = {}
    for unit in units:
        first = next(iter(given_by(unit.decl)), None)
        if (
            first is not None
            and not any(each.phrases for each in unit.items)
            and unit.decl.span.file in files
        ):
            found[first.name.text] = unit.decl.span
    return found


def _changed(
    name: str, old: Span | None, new: Span | None, files: Mapping[str, Sequence[str]]
) -> ChangedDeclaration:
    place = new or old
    assert place is not None
    segments = starmap(_segment, changes(_words(old, files), _words(new, files)))
    kind = change(old, new)
    told = "amended" if kind == "kept" else kind
    return ChangedDeclaration(name, told, place.file, place.line, tuple(segments))


def _words(span: Span | None, files: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The words of the lines that a declaration is written in: from that with its name to the next line that
    begins where declarations do, or has nothing, or ends the fence. A comma is a word.
    """
    if span is None:
        return ()
    first, *others = files[span.file][span.line - 1 :]
    rest = takewhile(lambda line: line[:1].isspace() and line.strip(), others)
    return tuple(_WORD.findall(" ".join((first, *rest))))


def _segment(kind: Change, words: Sequence[str]) -> Segment:
    return Segment(kind, " ".join(words).replace(" ,", ","), spaced=words[0] != ",")
