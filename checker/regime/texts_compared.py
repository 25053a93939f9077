"""The words of one version as changes of those of another: any two versions of one law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeAlias

from checker.language.document import Word, spell, words_of
from checker.regime.redlining import ClauseText, Segment

_Key: TypeAlias = tuple[str, str, int]


def texts_between(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> tuple[ClauseText, ...]:
    """Return the clauses of both, in the order of `new`: what is struck stands in `old` only, what is
    inserted in `new` only. To accept all changes gives the words of `new`, to reject them those of `old`.

    Where modifications made `new` of `old`, what they struck and inserted is told as they say it; otherwise
    words that both have are kept.
    """
    before, after = _keyed(old), _keyed(new)
    made = {key: between(before.get(key), after.get(key)) for key in (*after, *before)}
    return tuple(made[key] for key in _merged(tuple(before), tuple(after)))


def between(old: ClauseText | None, new: ClauseText | None) -> ClauseText:
    """Return a clause as changed from `old` to `new`; None where a version does not have it."""
    known = new or old
    assert known is not None
    before, after = "" if old is None else old.text, "" if new is None else new.text
    if before == after:
        return replace(known, segments=(Segment("kept", after),))
    for told in (_as_told(old, new), tuple(_undone(_as_told(new, old)))):
        if told and _text(told, "struck") == before and _text(told, "inserted") == after:
            return replace(known, segments=told)
    return replace(known, segments=tuple(_by_words(before, after, _names(new) or _names(old))))


def _keyed(texts: Sequence[ClauseText]) -> dict[_Key, ClauseText]:
    """The texts by clause and source, numbered where a clause is quoted several times from one."""
    found: dict[_Key, ClauseText] = {}
    for each in texts:
        number = 0
        while (key := (each.clause, each.quote.source, number)) in found:
            number += 1
        found[key] = each
    return found


def _merged(old: Sequence[_Key], new: Sequence[_Key]) -> Iterator[_Key]:
    """Yield the keys of `new`, and after each those of `old` only that followed it there."""
    known = frozenset(new)
    gone: dict[_Key | None, list[_Key]] = {}
    last: _Key | None = None
    for each in old:
        if each in known:
            last = each
        else:
            gone.setdefault(last, []).append(each)
    yield from gone.get(None, ())
    for each in new:
        yield each
        yield from gone.get(each, ())


def _as_told(old: ClauseText | None, new: ClauseText | None) -> tuple[Segment, ...]:
    """What modifications of one that the other does not have say of the words: a guess, to be checked."""
    if new is None:
        assert old is not None
        return tuple(replace(each, kind="struck") for each in old.segments if each.kind != "struck")
    if old is None:
        return tuple(replace(each, kind="inserted") for each in new.segments if each.kind != "struck")
    shared = _names(old) & _names(new)
    told: list[Segment] = []
    for each in new.segments:
        if each.by in shared and each.kind == "struck":
            continue
        told.append(replace(each, kind="kept", by="") if each.by in shared else each)
    return tuple(told)


def _undone(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the same changes the other way round: what was inserted is struck, and stands first."""
    waiting: list[Segment] = []
    for each in segments:
        if each.kind == "struck":
            waiting.append(replace(each, kind="inserted"))
        elif each.kind == "inserted":
            yield replace(each, kind="struck")
        else:
            yield from (*waiting, each)
            waiting.clear()
    yield from waiting


def _names(text: ClauseText | None) -> frozenset[str]:
    return frozenset(each.by for each in (() if text is None else text.segments) if each.by)


def _text(segments: Sequence[Segment], kind: str) -> str:
    """The words that are kept, and those of one kind."""
    shown = [each for each in segments if each.kind in ("kept", kind) and each.text]
    return "".join((" " if each.spaced and at else "") + each.text for at, each in enumerate(shown))


def _by_words(old: str, new: str, names: frozenset[str]) -> Iterator[Segment]:
    """Yield what is kept, struck and inserted, word by word."""
    before, after = _words(old), _words(new)
    matching = SequenceMatcher(
        None, [_same(each) for each in before], [_same(each) for each in after], autojunk=False
    )
    by = " and ".join(sorted(names))
    for kind, a, b, c, d in matching.get_opcodes():
        if kind == "equal":
            yield Segment("kept", spell(after[c:d]), "", after[c].spaced)
            continue
        if b > a:
            yield Segment("struck", spell(before[a:b]), by, before[a].spaced)
        if d > c:
            yield Segment("inserted", spell(after[c:d]), by, after[c].spaced)


def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of("", text, 1))


def _same(word: Word) -> tuple[str, bool]:
    return word.text, word.spaced
