"""The terms that a spec has names, labels, headings or an explanation for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checker.analyses.lint.words import SMALL, is_word, parts, singular, words
from checker.language.document import Document
from checker.model.model import Model

_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_NOT_PROSE = re.compile(r"^(?: {0,3}[>|]| {4}|\t).*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![*\w])\*{1,2}([^*\n]+(?:\n[^*\n]+)?)\*{1,2}(?![*\w])")
_SPELT_OUT = re.compile(r"((?:\b[A-Z][\w-]*\s+){1,8})\(([A-Z][\w-]*)\)")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SEVERAL: Final = 2  # so many words of a known term, one after the other, are known as well

Term = tuple[str, ...]


def term(text: str) -> Term:
    """Return the words of a term, in small letters and the singular."""
    return tuple(singular(word.text) for word in words(text) if is_word(word.text) or word.text[0].isdigit())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`known`: terms as a whole; `expansions`: what a name or short name of a value is short for; `longest`:
    how many words a known term has at most.
    """

    known: frozenset[Term]
    expansions: dict[str, Term]
    longest: int

    @classmethod
    def of(cls, model: Model, documents: Sequence[Document]) -> Vocabulary:
        """Return the terms of a version and of all that its pages say about it."""
        known = {*_named(model), *(term(text) for document in documents for text in _explained(document))}
        return cls(frozenset(known), dict(_expansions(model)), max(map(len, known), default=0))

    def with_terms(self, more: Iterable[Term]) -> Vocabulary:
        """Return the vocabulary with further terms."""
        known = self.known.union(more)
        return Vocabulary(known, self.expansions, max(map(len, known), default=0))

    def knows(self, candidate: Sequence[str]) -> bool:
        """Whether words are known terms one after the other, as they stand or written out."""
        plain = tuple(singular(each) for each in candidate)
        spelt = tuple(part for each in candidate for part in self.expansions.get(each, (singular(each),)))
        return self._made_of_known(plain) or self._made_of_known(spelt)

    def _made_of_known(self, candidate: Term) -> bool:
        reached = {0}
        for end in range(1, len(candidate) + 1):
            starts = (start for start in range(max(0, end - self.longest), end) if start in reached)
            if any(self._known(candidate[start:end]) for start in starts):
                reached.add(end)
        return len(candidate) in reached

    def _known(self, piece: Term) -> bool:
        if piece in self.known:
            return True
        count = len(piece)
        if count < _SEVERAL:
            return False
        return any(
            piece == each[start : start + count]
            for each in self.known
            for start in range(len(each) - count + 1)
        )


def _named(model: Model) -> Iterator[Term]:
    """Yield the terms that declarations introduce, by their names and their labels."""
    for enum in model.enums.values():
        yield tuple(map(singular, parts(enum.sort.name)))
        for value in enum.sort.values:
            label = enum.labels[value]
            yield from (term(value), tuple(map(singular, parts(value))))
            yield from (term(label), term(_IN_BRACKETS.sub(" ", label)))
        yield from (term(short) for short in enum.shorts)
    for constant in model.constants.values():
        yield from (term(constant.name), _without_small(term(constant.label)))
    for component in model.components.values():
        yield from (term(component.name), _without_small(term(component.label)))
    for name in (*model.sorts, *model.functions, *model.definitions, *(each.name for each in model.request)):
        yield tuple(map(singular, parts(name)))
    for rule in model.names.values():
        yield from (term(label) for label in (*(label for label, _ in rule.branches), rule.otherwise))


def _without_small(found: Term) -> Term:
    return tuple(each for each in found if each not in SMALL)


def _expansions(model: Model) -> Iterator[tuple[str, Term]]:
    for enum in model.enums.values():
        for value in enum.sort.values:
            yield value, term(enum.labels[value])
        yield from ((short, term(enum.labels[value])) for short, value in enum.shorts.items())


def _explained(document: Document) -> Iterator[str]:
    """Yield what a page has as a heading, in italics or bold, or spelt out before its short form."""
    yield from (each.text for each in document.headings)
    prose = _NOT_PROSE.sub("", _FENCE.sub("", document.text))
    yield from (found.group(1) for found in _EMPHASIS.finditer(prose))
    for found in _SPELT_OUT.finditer(prose):
        yield from (found.group(1), found.group(2))
