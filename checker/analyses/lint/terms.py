"""Capitalised terms in the words of the law that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.analyses.lint.finding import Finding
from checker.analyses.lint.law import Law, Place
from checker.analyses.lint.references import Reference
from checker.analyses.lint.vocabulary import Term, Vocabulary, term
from checker.analyses.lint.words import is_word, words
from checker.language.document import Word, spell

_ENDS = frozenset(".:;!?")  # after these a capital letter tells nothing
_OPENS = frozenset("\"'“([•\N{LEFT SINGLE QUOTATION MARK}")


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
    return at == len("(a)") and (there[0].text, there[2].text) == ("(", ")")


def _unknown(vocabulary: Vocabulary, there: Sequence[Word], run: Run) -> Run | None:
    """The run, or what is left of it without the word that begins a sentence, if it is no known term."""
    texts = [word.text for word in there[run.start : run.end]]
    if vocabulary.knows(texts):
        return None
    if not run.first:
        return run if any(len(each) > 1 and is_word(each) for each in texts) else None
    rest = Run(run.start + 1, run.end, first=False)
    if rest.start == rest.end or vocabulary.knows(texts[1:]):
        return None
    return rest


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
