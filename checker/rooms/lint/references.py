"""Clauses that the words of the law refer to, in the forms in which the spec's own clauses are named.

A clause is named by a document and a number: `By-law 2(a)` is 2(a) of By-law. The law refers to it by a word
and the number, `section 2(a)`. Which words do that is learnt from the law: those that stand before the number
of a clause that is there, and never before the name of a value that is no such number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from checker.language.document import Word, spell
from checker.rooms.lint.compared_words import SMALL, is_word, singular, words
from checker.rooms.lint.words_and_rules import Law, Place

_JOINING = frozenset({",", "and", "or", "to"})
_OF_REACH = 14  # words after `of` in which a document is looked for
_LISTED = 20  # clauses in a list that is followed


@dataclass(frozen=True, slots=True)
class Named:
    """A clause's name in parts: `document`, in small letters, and number."""

    clause: str
    document: tuple[str, ...]
    number: str

    def part_of(self, number: str) -> bool:
        """Whether it has this number or is below the clause that has it."""
        return self.number == number or re.match(rf"{re.escape(number)}[(.]", self.number) is not None


@dataclass(frozen=True, slots=True)
class Reference:
    """Words `start` to `end` of a quote that name a clause, or a list of clauses up to this one. `called`:
    how they call this one. `document`: the one that they name, or the quote's own; empty if neither is known.
    `clauses`: those of the spec that they may mean.
    """

    start: int
    end: int
    said: str
    called: str
    number: str
    document: tuple[str, ...]
    clauses: tuple[str, ...]


def named(clause: str) -> Named | None:
    """Return the parts of a clause's name; None if it has no number."""
    found = words(clause)
    for at in range(1, len(found)):
        number, end = number_at(found, at)
        if number and end == len(found):
            return Named(clause, tuple(word.text.lower() for word in found[:at]), number)
    return None


class Referring:
    """Finds references in the words of one version."""

    def __init__(self, law: Law) -> None:
        self.law = law
        own = tuple(_parsed(clauses_of_law(law)))
        self.known = tuple(_parsed((*clauses_of_law(law), *printed(law))))
        self.documents = {each.document for each in self.known}
        self.longest = max(map(len, self.documents), default=0)
        self.nouns = self._learnt({each.number for each in own})

    def _learnt(self, numbers: set[str]) -> set[str]:
        """The words that stand before numbers of clauses, and never before the name of something else."""
        values = {value for enum in self.law.model.enums.values() for value in enum.sort.values}
        before: dict[str, set[str]] = defaultdict(set)
        for place in self.law.places:
            for at, word in enumerate(place.words[:-1]):
                number, _ = number_at(place.words, at + 1)
                if number and is_word(word.text) and word.text.lower() not in SMALL:
                    before[singular(word.text)].add(number)
        return {noun for noun, said in before.items() if said & numbers and not said & (values - numbers)}

    def within(self, place: Place) -> Iterator[Reference]:
        """Yield the clauses that a quote refers to."""
        at = 0
        while at < len(place.words) - 1:
            noun = place.words[at].text.lower()
            number, end = number_at(place.words, at + 1)
            if number and (singular(noun) in self.nouns or self._documents_before(place, at + 1)):
                yield self._reference(place, at, end, number)
                if noun != singular(noun):  # the plural: more may follow
                    for stop, more in islice(_more(place.words, end), _LISTED):
                        yield self._reference(place, at, stop, more)
                        end = stop
                at = end
            else:
                at += 1

    def _reference(self, place: Place, start: int, end: int, number: str) -> Reference:
        document = self._document(place, start, end)
        there = [each for each in self.known if document in ((), each.document)]
        exactly = tuple(each.clause for each in there if each.number == number)
        parts = tuple(each.clause for each in there if each.part_of(number))
        said, called = spell(place.words[start:end]), f"{place.words[start].text} {number}"
        return Reference(start, end, said, called, number, document, exactly or parts)

    def _documents_before(self, place: Place, end: int) -> list[tuple[str, ...]]:
        """The documents whose names end there."""
        before = tuple(word.text.lower() for word in place.words[max(0, end - self.longest) : end])
        return [each for each in self.documents if before[-len(each) :] == each]

    def _document(self, place: Place, start: int, end: int) -> tuple[str, ...]:
        """The document of the clause: the noun itself, the one that `of` names, or the quote's own."""
        own = self._documents_before(place, start + 1)
        if own:
            return max(own, key=len)
        after = [word.text.lower() for word in place.words[end : end + _OF_REACH]]
        if after[:1] == ["of"]:
            reach = after[: next((at for at, each in enumerate(after) if each in ".;:,"), len(after))]
            called = [each for each in self.documents if _has(reach, each)]
            if called:
                return max(called, key=len)
        quote = place.text.quote
        mine = named(place.clause)
        return mine.document if mine is not None and quote.clause != quote.source else ()


def clauses_of_law(law: Law) -> tuple[str, ...]:
    """Return every clause of a version that a rule is for, or whose words are quoted from another source."""
    model = law.model
    quotes = (*(place.text.quote for place in law.places), *law.regime.unformalised)
    found = [quote.clause for quote in quotes if quote.clause != quote.source]
    found += [check.clause for check in model.checks if check.clause]
    found += [each for check in model.checks for x in check.all_limbs for each in (x.clause, *x.above)]
    found += [group for check in model.checks for group in check.groups]
    return tuple(dict.fromkeys(found))


def printed(law: Law) -> tuple[str, ...]:
    """Return the places in sources that are quoted, or where words are printed."""
    quotes = (*(place.text.quote for place in law.places), *law.regime.unformalised)
    return tuple(dict.fromkeys(quote.source for quote in quotes))


def _parsed(clauses: Iterable[str]) -> Iterator[Named]:
    return (each for each in map(named, dict.fromkeys(clauses)) if each is not None)


def number_at(there: Sequence[Word], at: int) -> tuple[str, int]:
    """Return a clause's number that begins at a word, `2(a)`, and where it ends; empty if none does."""
    if at >= len(there) or not any(map(str.isdigit, there[at].text)):
        return "", at
    end = at + 1
    while end + 3 <= len(there) and _bracketed(there[end : end + 3]):
        end += 3
    return spell(tuple(there[at:end])), end


def _bracketed(three: Sequence[Word]) -> bool:
    """Whether words are `(a)`, joined to what stands before."""
    opening, letter, closing = three
    shape = (opening.text, closing.text) == ("(", ")") and _numbers_limbs(letter.text)
    return shape and not (opening.spaced or letter.spaced or closing.spaced)


def _numbers_limbs(text: str) -> bool:
    """Whether it is a letter or two, a roman numeral or a number, as limbs are numbered."""
    return text.isalnum() and len(text) <= len("xviii")


def _more(there: Sequence[Word], at: int) -> Iterator[tuple[int, str]]:
    """Yield the further numbers of a list, `, 3 and 4`, and where each of them ends."""
    while at < len(there) and there[at].text in _JOINING:
        start = at
        while start < len(there) and there[start].text in _JOINING:
            start += 1
        number, end = number_at(there, start)
        if not number:
            return
        yield end, number
        at = end


def _has(there: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(tuple(there[at : at + len(wanted)]) == tuple(wanted) for at in range(len(there)))
