"""What a modification says of one rule that was edited: words amended one by one, or the rule as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import Document, Word, spell, words_of
from checker.language.quotes import Quote
from checker.language.syntax import ItemSyntax
from checker.model.fingerprint import Fingerprints
from checker.office import markdown_text as md
from checker.regime.lists_compared import matched
from checker.regime.program import RULES, Laid, Unit

_TARGETED = (d.LimbDecl, d.ExceptionsDecl)
"""What a modification names by its clause, not by a name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where words were edited."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines of a fence, in which `{by}` is the modification, and the words that stand above it.
    `same_words`: it gives another meaning to words that stay.
    """

    lines: tuple[str, ...]
    origin: Origin
    quotes: tuple[Quote, ...] = ()
    same_words: bool = False


def struck(unit: Unit) -> Statement:
    """Say that a rule goes."""
    return Statement((f"by {{by}} strike {_target(unit)}",), _origin(unit))


def inserted(unit: Unit, shown: Document, after: Unit) -> Statement:
    """Say that a rule comes, with its words."""
    head = f"by {{by}} insert after {_target(after)}:"
    return Statement((head, *_written(unit, shown)), _origin(unit), unit.quotes)


def replaced(was: Unit, unit: Unit, shown: Document) -> Statement:
    """Say that a rule is another, as a whole."""
    head = f"by {{by}} replace {_target(was)}:"
    return Statement((head, *_written(unit, shown)), _origin(unit), unit.quotes)


def amendments(was: Unit, unit: Unit, text: str) -> list[Statement] | None:
    """Say which words are others, and what they mean; None if that takes the whole rule. `text`: of the
    edited page.
    """
    if _head(was) != _head(unit):
        return None
    prints = Fingerprints()
    made: list[Statement] = []
    for ours, mine, both in matched(was.items, unit.items, partial(_item, prints)):
        if both:
            continue
        if not mine:
            for each in ours:
                if not each.phrases:
                    return None
                made += (_amend(was, phrase.text, "", None, _origin(unit)) for phrase in each.phrases)
        elif len(ours) == len(mine):
            for before, after in zip(ours, mine, strict=True):
                found = _amended_item(was, before, after, text, prints)
                if found is None:
                    return None
                made += found
        else:
            return None
    return made or None


def _amended_item(
    was: Unit, before: Laid, after: Laid, text: str, prints: Fingerprints
) -> list[Statement] | None:
    if len(before.phrases) != len(after.phrases) or not before.phrases:
        return None
    same_meaning = _meaning(prints, before) == _meaning(prints, after)
    meaning = "same meaning" if same_meaning else _meaning_written(text, after.syntax)
    others = [
        (old.text, new)
        for old, new in zip(before.phrases, after.phrases, strict=True)
        if old.text != new.text
    ]
    if not others:
        one = after.phrases[0]
        return [
            replace(_amend(was, before.phrases[0].text, one.text, meaning, _at(one.span)), same_words=True)
        ]
    return [_amend(was, old, new.text, meaning, _at(new.span)) for old, new in others]


def _amend(unit: Unit, old: str, new: str, meaning: str | None, origin: Origin) -> Statement:
    told_old, told_new = (old, new) if old == new else _least(old, new, unit)
    words = f"    {md.phrase(told_old, 4)} becomes {md.phrase(told_new, 4)}"
    lines = (f"by {{by}} amend {_target(unit)}:", words)
    if meaning is None:
        return Statement(lines, origin)
    return Statement((*lines, *(f"        {each.strip()}" for each in meaning.split("\n"))), origin)


def _least(old: str, new: str, unit: Unit) -> tuple[str, str]:
    """Return as few words as tell what changes, so many that they occur once in the words of the rule."""
    if not new:
        return old, new
    before, after = _words(old), _words(new)
    keys, others = [each.text for each in before], [each.text for each in after]
    least = min(len(keys), len(others))
    top = next((at for at in range(least) if keys[at] != others[at]), least)
    rest = least - top
    end = next((at for at in range(rest) if keys[-1 - at] != others[-1 - at]), rest)
    whole = [word.text for phrase in _quoted(unit) for word in _words(phrase)]
    while True:
        piece = keys[top : len(keys) - end]
        if (piece and _count(whole, piece) == 1) or (not top and not end):
            return spell(before[top : len(before) - end]), spell(after[top : len(after) - end])
        top, end = (top - 1, end) if top else (top, end - 1)


def _quoted(unit: Unit) -> Sequence[str]:
    return [each.text for each in unit.quotes]


def _count(words: Sequence[str], piece: Sequence[str]) -> int:
    return sum(list(words[at : at + len(piece)]) == list(piece) for at in range(len(words) - len(piece) + 1))


def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of("", text, 1))


def _head(unit: Unit) -> str:
    decl = unit.decl
    assert isinstance(decl, RULES)
    return Fingerprints().of(replace(decl, items=()), unit.label, unit.clause)


def _item(prints: Fingerprints, item: Laid) -> str:
    return prints.of([phrase.text for phrase in item.phrases], _meaning(prints, item))


def _meaning(prints: Fingerprints, item: Laid) -> str:
    return prints.of(item.syntax.meaning, item.syntax.inference)


def _target(unit: Unit) -> str:
    """What a modification calls a rule. Raises SpecError for what it cannot name."""
    if isinstance(unit.decl, _TARGETED):
        return md.string(unit.clause)
    if not unit.name or isinstance(unit.decl, d.TableDecl):
        message = "a modification changes rules and what has a name, and this has none"
        expected = ("an edit of the page itself, in an editor of texts",)
        raise SpecError((Diagnostic("no-modification", message, unit.decl.span, expected),))
    return unit.name


def _written(unit: Unit, shown: Document) -> tuple[str, ...]:
    """Return the lines of a declaration: from where it stands to the next one, or to the end of the fence."""
    from checker.language.parse import parse_fence

    span = unit.decl.span
    lines = shown.text.split("\n")
    for fence in shown.fences:
        first = fence.fragment.line
        last = first + fence.fragment.text.rstrip("\n").count("\n")
        if first <= span.line <= last:
            starts = [each.span.line for each in parse_fence(fence.fragment) if each.span.line > span.line]
            stop = min(starts, default=last + 1)
            found = lines[span.line - 1 : stop - 1]
            return tuple("\n".join(found).rstrip().split("\n"))
    raise AssertionError("a declaration stands in a fence")


def _meaning_written(text: str, item: ItemSyntax) -> str:
    """What stands after the words of an item, to its end."""
    start, end = item.phrases[-1].span, item.span
    lines = text.split("\n")[start.end_line - 1 : end.end_line]
    lines[-1] = lines[-1][: end.end_column - 1]
    lines[0] = lines[0][start.end_column - 1 :]
    return "\n".join(lines).strip()


def _origin(unit: Unit) -> Origin:
    return _at(unit.decl.span)


def _at(span: Span) -> Origin:
    return Origin(span.file, span.line)
