"""The words of a version, clause by clause, with the rules that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.language.diagnostics import Span
from checker.language.document import QuoteText, Word, spell
from checker.model.claim import Column
from checker.model.clock import BUILT_IN
from checker.model.duty import Duty
from checker.model.item import Item
from checker.model.model import Check, Effect, Event, Lapse, Limb, Model
from checker.regime.redlining import ClauseText
from checker.regime.regime import Regime
from checker.rooms.lint.compared_words import words


@dataclass(frozen=True, slots=True)
class Rule:
    """A check, a limb, the opening words of limbs, an effect or an event, with its own items. `clause` is
    empty where a rule names none; `inherited`: the items that a limb has from those above it.
    """

    name: str
    clause: str
    items: tuple[Item, ...]
    made_of: Check | Limb | Effect | Event | Lapse | Duty
    inherited: tuple[Item, ...] = ()

    @property
    def said(self) -> str:
        """All words that its items stand for."""
        return " ".join(phrase.text for item in (*self.inherited, *self.items) for phrase in item.phrases)


@dataclass(frozen=True, slots=True)
class Place:
    """A quote in force. `words` are those in force, `written` those of the file, with their places."""

    text: ClauseText
    words: tuple[Word, ...]
    written: tuple[Word, ...]

    @property
    def clause(self) -> str:
        """The clause that is quoted."""
        return self.text.clause


@dataclass(frozen=True)
class Law:
    """One version as it stands."""

    regime: Regime
    version: str

    @cached_property
    def model(self) -> Model:
        """What holds in it."""
        return self.regime.model(Column(self.version))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Its formalised quotes, those without any word in force left out."""
        written = {each.quote.span: each for document in self.regime.documents for each in document.quotes}
        texts = [each for each in self.regime.texts[self.version] if each.text]
        return tuple(_place(each, written) for each in texts)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule once; a check that is `as` another has its own items only."""
        return tuple(self._rules())

    def _rules(self) -> Iterator[Rule]:
        model = self.model
        checks = {each.name: each for each in model.checks}
        for check in model.checks:
            other = checks.get(check.like) if check.like else None
            taken = {item.span for item in other.items} if other is not None else set()
            items = tuple(item for item in check.items if item.span not in taken)
            yield Rule(check.name, check.clause, items, check)
        limbs = {limb.clause: limb for check in model.checks for limb in check.all_limbs}
        openings = {rule.clause: rule for limb in limbs.values() for rule in _openings(limb)}
        yield from openings.values()
        yield from (_own(limb) for limb in limbs.values())
        yield from (Rule(each.name, "", each.items, each) for each in model.effects)
        yield from (Rule(each.name, each.clause, each.items, each) for each in model.duties.values())
        for event in model.events.values():
            yield from (Rule(each.name, each.clause, each.items, each) for each in event.lapses)
            own = () if event.span.file == BUILT_IN else event.items
            yield Rule(event.name, "", own, event)

    def words_of(self, name: str) -> tuple[str, ...]:
        """Return what the rule of that name says in the law's words, as one text; nothing if it has none."""
        said = [
            " ".join(phrase.text for item in rule.items for phrase in item.phrases)
            for rule in self.rules
            if rule.name == name
        ]
        return tuple(each for each in said if each)

    def span(self, place: Place, start: int, end: int) -> Span:
        """Return where words of a quote in force stand: in the quote, or in the phrase that brings them."""
        wanted = [word.text for word in place.words[start:end]]
        found = _find(wanted, place.written, start)
        if found is not None:
            first, last = place.written[found].span, place.written[found + len(wanted) - 1].span
            return Span(first.file, first.line, first.column, last.end_line, last.end_column)
        said = spell(place.words[start:end])
        for _, item in self.holders(place.clause, said):
            return next(phrase.span for phrase in item.phrases if said in phrase.text)
        span = place.text.quote.span
        return Span(span.file, span.line, span.column, span.line, span.column + 1)

    def holders(self, clause: str, said: str) -> tuple[tuple[Rule, Item], ...]:
        """Return the items that have a phrase of the clause with these words in it."""
        return tuple(
            (rule, item)
            for rule in self.rules
            for item in rule.items
            if any(said in phrase.text for phrase in item.phrases if phrase.clause == clause)
        )


def _openings(limb: Limb) -> Iterator[Rule]:
    """Yield what stands above a limb, the outermost first."""
    for at, clause in reversed(tuple(enumerate(limb.above))):
        items = tuple(item for item in limb.items if _clause_of(item) == clause)
        inherited = tuple(item for item in limb.items if _clause_of(item) in limb.above[at + 1 :])
        yield Rule(clause, clause, items, limb, inherited)


def _own(limb: Limb) -> Rule:
    inherited = tuple(item for item in limb.items if _clause_of(item) in limb.above)
    return Rule(
        limb.clause, limb.clause, tuple(item for item in limb.items if item not in inherited), limb, inherited
    )


def _clause_of(item: Item) -> str:
    """The clause whose words it formalises, if any."""
    return item.phrases[0].clause if item.phrases else ""


def _place(text: ClauseText, written: Mapping[Span, QuoteText]) -> Place:
    quote = written.get(text.quote.span)
    return Place(text, words(text.text), quote.words if quote is not None else ())


def _find(wanted: Sequence[str], there: Sequence[Word], near: int) -> int | None:
    """Return where words stand in others, as near to a place as can be."""
    if [word.text for word in there[near : near + len(wanted)]] == wanted:
        return near
    keys = [word.text for word in there]
    starts = [at for at in range(len(keys) - len(wanted) + 1) if keys[at : at + len(wanted)] == wanted]
    return min(starts, key=lambda at: abs(at - near), default=None)
