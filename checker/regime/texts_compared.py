"""The words of one version as changes of those of another: any two versions of one law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from checker.language.document import Word, spell, words_of
from checker.regime.lists_compared import changes, matched
from checker.regime.redlining import ClauseText, Segment

_Pair: TypeAlias = tuple[int | None, int | None]


def texts_between(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> tuple[ClauseText, ...]:
    """Return the clauses of both, each as changed. To accept all changes gives the words of `new`, in its
    order; to reject them gives those of `old`, in its order. So a clause that stands elsewhere is struck and
    inserted.

    Where modifications made `new` of `old`, what they struck and inserted is told as they say it; otherwise
    words that both have are kept.
    """
    return tuple(
        between(None if a is None else old[a], None if b is None else new[b]) for a, b in aligned(old, new)
    )


def aligned(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> Iterator[_Pair]:
    """Yield the places of each clause in `old` and in `new`, in the order of both; None where it is not.
    Clauses with words are the same if they have one name, source and kind of quote. One that has words in a
    single version comes with what the other has left of that quote. What has no words in either is left out.
    """
    here, there = ([(at, each) for at, each in enumerate(texts) if each.text] for texts in (old, new))
    for ours, mine, both in matched(here, there, _key):
        if both:
            yield from ((x, y) for (x, _), (y, _) in zip(ours, mine, strict=True))
        else:
            yield from ((x, _left(new, each)) for x, each in ours)
            yield from ((_left(old, each), y) for y, each in mine)


def _left(texts: Sequence[ClauseText], of: ClauseText) -> int | None:
    """The place of the same quote, of which nothing is left."""
    return next((at for at, each in enumerate(texts) if each.quote == of.quote and not each.text), None)


def _key(placed: tuple[int, ClauseText]) -> tuple[str, str, str]:
    _, text = placed
    return text.clause, text.quote.kind, text.quote.source


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
    by = " and ".join(sorted(names))
    for kind, words in changes(_words(old), _words(new), _same):
        yield Segment(kind, spell(tuple(words)), "" if kind == "kept" else by, words[0].spaced)


def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of("", text, 1))


def _same(word: Word) -> tuple[str, bool]:
    return word.text, word.spaced
