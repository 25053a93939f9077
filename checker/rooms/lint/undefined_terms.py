"""Capitalised terms in the words of the law that nothing defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.language.calendar_words import MONTHS, WEEKDAYS
from checker.language.document import Document, Word, spell
from checker.model.model import Model
from checker.rooms.lint.compared_words import SMALL, is_word, parts, singular, words
from checker.rooms.lint.finding import Finding
from checker.rooms.lint.references import Reference
from checker.rooms.lint.words_and_rules import Law, Place

_ENDS = frozenset(".:;!?")  # after these a capital letter tells nothing
_LISTS = _ENDS | {",", "and", "or", "\N{EM DASH}"}  # after these an item of a list may begin
_OPENS = frozenset("\"'“([•\N{LEFT SINGLE QUOTATION MARK}")


_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)


_NOT_PROSE = re.compile(r"^(?: {0,3}[>|]| {4}|\t).*$", re.MULTILINE)


_EMPHASIS = re.compile(r"(?<![*\w])\*{1,2}([^*\n]+(?:\n[^*\n]+)?)\*{1,2}(?![*\w])")


_SPELT_OUT = re.compile(r"((?:\b[A-Z][\w-]*\s+){1,8})\(([A-Z][\w-]*)\)")


_IN_BRACKETS = re.compile(r"\([^)]*\)")


_CALENDAR: Final = frozenset({*WEEKDAYS, *MONTHS, *(f"{each}s" for each in WEEKDAYS)})
"""Words that English always writes with a capital letter."""


_SEVERAL: Final = 2  # so many words of a known term, one after the other, are known as well


Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words one after the other. `first`: a sentence begins with them."""

    start: int
    end: int
    first: bool


def term_findings(law: Law, references: dict[Place, tuple[Reference, ...]]) -> Iterator[Finding]:
    """Yield a finding for every capitalised term of verbatim law that nothing in the spec defines.

    Words that the model leaves out (`not modelled`) need no definition. One finding for each term.
    """
    kept = {
        each.span.file for each in law.regime.sources
    }  # what a source says does not define the law's terms
    pages = [each for each in law.regime.documents if each.file not in kept]
    vocabulary = Vocabulary.of(law.model, pages).with_terms(_defined(law))
    found: dict[Term, Finding] = {}
    for place in law.places:
        if place.text.quote.kind != "verbatim":
            continue
        named = {at for each in references[place] for at in range(each.start, each.end)}
        for run in runs(place.words, named):
            part = _unknown(vocabulary, place.words, run)
            if part is None or _left_out(law, place, part):
                continue
            finding = _finding(law, place, part)
            key = term(finding.subject)
            found[key] = _also(found[key], place.clause) if key in found else finding
    yield from found.values()


def runs(there: Sequence[Word], named: set[int]) -> Iterator[Run]:
    """Yield runs of capitalised words, without those that are `named` already."""
    start: int | None = None
    for at in range(len(there) + 1):
        capital = at < len(there) and at not in named and there[at].text[0].isupper()
        if start is not None and not (capital and there[at].spaced):
            yield Run(start, at, _begins(there, start))
            start = None
        if start is None and capital:
            start = at


def _begins(there: Sequence[Word], at: int) -> bool:
    """Whether a sentence or a limb begins there."""
    while at and there[at - 1].text in _OPENS:
        at -= 1
    if at == 0 or there[at - 1].text in _ENDS:
        return True
    mark = at - len(("(", "a", ")"))
    if mark < 0 or (there[mark].text, there[at - 1].text) != ("(", ")"):
        return False
    return mark == 0 or there[mark - 1].text in _LISTS


def _unknown(vocabulary: Vocabulary, there: Sequence[Word], run: Run) -> Run | None:
    """The run, or what is left of it without the word that begins a sentence, if it is no known term."""
    texts = [word.text for word in there[run.start : run.end]]
    if vocabulary.knows(texts) or _CALENDAR.issuperset(texts) or _abbreviates(there, run):
        return None
    if vocabulary.knows(_with_neighbours(there, run)):
        return None
    if not run.first:
        return run if any(len(each) > 1 and is_word(each) for each in texts) else None
    rest = Run(run.start + 1, run.end, first=False)
    if rest.start == rest.end or vocabulary.knows(texts[1:]):
        return None
    return rest


def _abbreviates(there: Sequence[Word], run: Run) -> bool:
    """Whether it is short for what is numbered: `Sec. 12`."""
    match [word.text for word in there[run.start : run.end + 2]]:
        case [_, ".", number]:
            return number[0].isdigit()
        case _:
            return False


def _with_neighbours(there: Sequence[Word], run: Run) -> list[str]:
    """The words of the run, and of those that small words join to it: `Court of Appeal`."""
    start, end = run.start, run.end
    while start > 1 and there[start - 1].text in SMALL and there[start - 2].text[0].isupper():
        start -= 2
        while start and there[start - 1].text[0].isupper() and there[start].spaced:
            start -= 1
    while end + 1 < len(there) and there[end].text in SMALL and there[end + 1].text[0].isupper():
        end += 2
        while end < len(there) and there[end].text[0].isupper() and there[end].spaced:
            end += 1
    return [word.text for word in there[start:end] if word.text not in SMALL]


def _defined(law: Law) -> Iterator[Term]:
    """Yield the terms that the law itself defines: in words that a rule says `defines` something, and in
    inverted commas before `means`.
    """
    for rule in law.rules:
        for item in (item for item in rule.items if item.kind == "defines"):
            for phrase in item.phrases:
                there = words(phrase.text)
                yield from (term(spell(there[run.start : run.end])) for run in runs(there, set()))
    for place in law.places:
        for run in runs(place.words, set()):
            after = [word.text for word in place.words[run.end : run.end + 2]]
            if "means" in after:
                yield term(spell(place.words[run.start : run.end]))


def _left_out(law: Law, place: Place, run: Run) -> bool:
    holders = law.holders(place.clause, spell(place.words[run.start : run.end]))
    return bool(holders) and all(item.kind == "not-modelled" for _, item in holders)


def _finding(law: Law, place: Place, run: Run) -> Finding:
    said = spell(place.words[run.start : run.end])
    message = f"nothing in the spec defines or labels `{said}`"
    span = law.span(place, run.start, run.end)
    shown = tuple(
        dict.fromkeys(
            phrase.text
            for _, item in law.holders(place.clause, said)
            for phrase in item.phrases
            if said in phrase.text
        )
    )
    return Finding("undefined-term", said, message, place.clause, shown[:1], span, (law.version,))


def _also(finding: Finding, clause: str) -> Finding:
    """The finding, with another clause that has the term."""
    before = finding.notes[0].removeprefix("also in ").split(", ") if finding.notes else []
    clauses = [each for each in dict.fromkeys((*before, clause)) if each != finding.clause]
    return replace(finding, notes=(f"also in {', '.join(clauses)}",) if clauses else ())


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
