"""The law of one version as a document that changes the law of another, with the meaning in comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checker.language.document import words_of
from checker.office.blocks import (
    ATTRIBUTION,
    Block,
    Kind,
    Paragraph,
    Redlined,
    Row,
    Run,
    State,
    Table,
    merged,
)
from checker.office.changed_words import Letter, letters_of
from checker.regime.redlining import ClauseText
from checker.regime.regime import Regime
from checker.regime.tables_compared import ChangedRow, tables_between
from checker.regime.texts_compared import aligned, between
from checker.results.redlined import Clause, Meaning, RedlinedLaw, RuleMeaning

_DEEPEST = 4  # a heading of the law's pages; clauses are one further down


def law_as_blocks(regime: Regime, new: RedlinedLaw, old: RedlinedLaw) -> Redlined:
    """Return the document. To accept all changes gives the words of `new`, clause by clause and in its order;
    to reject them gives those of `old`.
    """
    return _Writer(regime, _Told(new), _Told(old)).document()


class _Told:
    """What one version says of each quote, and the words that are in force there."""

    def __init__(self, law: RedlinedLaw) -> None:
        self.name = law.column.text
        self.base = law.column.base
        self.above = {each.clause: each.above for each in law.clauses}
        self.clauses = law.clauses

    def depth(self, clause: str) -> int:
        """How far a limb is below the clause that it belongs to."""
        found, name = 0, self.above.get(clause)
        while name is not None and found < len(self.above):
            found, name = found + 1, self.above.get(name)
        return found


@dataclass(slots=True)
class _Writer:
    regime: Regime
    new: _Told
    old: _Told
    notes: list[str] = field(default_factory=list)
    trail: tuple[str, ...] = ()

    def document(self) -> Redlined:
        title = f"The law of {self.new.name}"
        if self.old.name != self.new.name:
            title += f", with its changes from {self.old.name}"
        blocks: list[Block] = [Paragraph((Run(title),), kind="title")]
        for text, state, clause in self._clauses():
            blocks += self._headings(text)
            blocks += self._clause(text, state, clause)
        blocks += self._tables()
        return Redlined(tuple(blocks), tuple(self.notes))

    # ------------------------------------------------------------- clauses

    def _clauses(self) -> Iterator[tuple[ClauseText, State, Clause]]:
        """Yield what is in force in one of the versions or both, where it stands, with its meaning."""
        before, after = self.regime.texts[self.old.base], self.regime.texts[self.new.base]
        for a, b in aligned(before, after):
            old, new = None if a is None else before[a], None if b is None else after[b]
            changed = between(old, new)
            if b is None or not after[b].text:
                assert a is not None
                yield changed, "struck", self.old.clauses[a]
            else:
                yield changed, "kept" if old is not None and old.text else "inserted", self.new.clauses[b]

    def _headings(self, text: ClauseText) -> Iterator[Paragraph]:
        """Yield the headings of the page that the clause is quoted on, if it is law that no modification
        brought: headings of a modification are no part of the law.
        """
        quote = text.quote
        first = next(name for name, each in self.regime.versions.items() if each.parent is None)
        if all(each.quote != quote for each in self.regime.texts[first]):
            return
        page = next(each for each in self.regime.documents if each.file == quote.span.file)
        trail = page.trail(quote.span.line)[:_DEEPEST]
        same = 0
        while same < min(len(trail), len(self.trail)) and trail[same] == self.trail[same]:
            same += 1
        for level, heading in enumerate(trail[same:], start=same + 1):
            yield Paragraph((Run(heading),), kind="heading", level=level)
        self.trail = trail

    def _clause(self, text: ClauseText, state: State, clause: Clause) -> Iterator[Paragraph]:
        told = self.old if state == "struck" else self.new
        letters = letters_of(text.segments)
        general = [each for rule in clause.rules for each in _inferred(rule)]
        yield self._line(text.clause, state, "clause", general)
        self._comment(letters, clause.rules, "inserted" if state == "struck" else "struck")
        runs = merged(Run(each.text, each.state, tuple(each.notes)) for each in letters)
        yield Paragraph(runs, state, "text", told.depth(text.clause))
        yield self._line(f"{ATTRIBUTION}{_attribution(text)}", state, "attribution")

    def _line(self, text: str, state: State, kind: Kind, notes: Sequence[str] = ()) -> Paragraph:
        numbers = tuple(range(len(self.notes), len(self.notes) + len(notes)))
        self.notes += notes
        return Paragraph((Run(text, state, numbers),), state, kind)

    def _comment(self, letters: Sequence[Letter], rules: Sequence[RuleMeaning], without: State) -> None:
        """Note what rules say at the words that they say it of."""
        there = [each for each in letters if each.state != without and each.text != " "]
        words = [each.text for each in there]
        for rule in rules:
            for item in rule.items:
                if item.kind == "connective":
                    continue
                places = [place for phrase in item.words for place in _places(words, phrase)]
                if places:
                    number = len(self.notes)
                    self.notes.append(_note(rule, item))
                    for letter in _stretch(letters, there[places[0]], there[places[-1]]):
                        letter.notes.append(number)

    # -------------------------------------------------------------- tables

    def _tables(self) -> Iterator[Block]:
        tables = tables_between(self.regime.tables[self.old.base], self.regime.tables[self.new.base])
        if tables:
            yield Paragraph((Run("Tables"),), kind="heading", level=1)
        for table in tables:
            yield self._line(table.name, table.kind, "clause")
            yield Table(tuple(map(_row, table.rows)))


def _row(row: ChangedRow) -> Row:
    cells = (tuple(Run(each.text, each.kind) for each in cell if each.text) for cell in row.cells)
    return Row(tuple(cells), row.kind)


def _attribution(text: ClauseText) -> str:
    quote = text.quote
    if quote.clause == quote.source and quote.kind == "paraphrase":
        return quote.source
    verb = "verbatim" if quote.kind == "verbatim" else "paraphrased"
    return f"{quote.clause}, {verb} in {quote.source}"


# --------------------------------------------------------------- meanings


def _inferred(rule: RuleMeaning) -> Iterator[str]:
    """Yield what a rule says without words of the law."""
    for item in rule.items:
        if not item.words:
            yield f"{rule.title}\n= {item.means}\ninferred: {item.inference or 'nothing is said'}"


def _note(rule: RuleMeaning, item: Meaning) -> str:
    words = " … ".join(item.words)
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{rule.title}\n{quoted}\n= {item.means}"


def _places(words: Sequence[str], phrase: str) -> Iterator[int]:
    """Yield the places of the words of a phrase where it first occurs."""
    wanted = [each.text for each in words_of("", phrase, 1)]
    for at in range(len(words) - len(wanted) + 1):
        if words[at : at + len(wanted)] == wanted:
            yield from range(at, at + len(wanted))
            return


def _stretch(letters: Sequence[Letter], first: Letter, last: Letter) -> Sequence[Letter]:
    start = next(at for at, each in enumerate(letters) if each is first)
    end = next(at for at, each in enumerate(letters) if each is last)
    return letters[start : end + 1]
