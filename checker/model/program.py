"""The declarations in force: as written, then as modifications and readings change them.

A program is immutable; each change answers a new one. Units that a change doesn't touch stay the same
objects, so that what was worked out for them holds on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic
from checker.language.document import PipeTable, QuoteText, Word, spell, words_of
from checker.language.tiling import Tiling
from checker.model.model import Phrase, Quote
from checker.model.names import Report, nearest_name
from checker.model.redlining import ClauseText, amended_text

Rule: TypeAlias = d.CheckDecl | d.ExceptionsDecl | d.LimbDecl | d.EffectDecl | d.EventDecl
RULES = (d.CheckDecl, d.ExceptionsDecl, d.LimbDecl, d.EffectDecl, d.EventDecl)
Change: TypeAlias = d.InsertDecl | d.ReplaceDecl | d.StrikeDecl | d.AmendDecl | d.AmendTableDecl


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """An item with its phrases, laid on their quotes."""

    syntax: s.ItemSyntax
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One declaration in force. `label` is that of a check's code or of an event."""

    decl: d.Declaration
    items: tuple[Laid, ...] = ()
    label: str = ""
    clause: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def name(self) -> str:
        return declared_name(self.decl)


@dataclass(frozen=True, slots=True)
class TableData:
    """A table bound to its name; `cells` by row, then header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[s.Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Program:
    units: tuple[Unit, ...]
    tables: Mapping[str, TableData]
    texts: tuple[ClauseText, ...]


def declared_name(decl: d.Declaration) -> str:
    """The name that a declaration introduces; "" if it introduces none."""
    match decl:
        case (
            d.SortDecl()
            | d.ConstantDecl()
            | d.EnumDecl()
            | d.TableDecl()
            | d.FunctionDecl()
            | s.Define()
            | d.ComponentDecl()
            | d.CheckDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | d.AxiomDecl()
            | d.PremiseDecl()
            | d.AbstractionDecl()
            | d.VersionDecl()
            | d.ModificationDecl()
            | d.ReadingDecl()
            | d.DeploymentDecl()
            | d.ClaimDecl()
        ):
            return decl.name.text
        case _:
            return ""


# ------------------------------------------------------------------ laying


def lay(decl: d.Declaration, tiling: Tiling, report: Report) -> Unit:
    """A declaration with its phrases laid on the quotes above it."""
    if not isinstance(decl, RULES):
        return Unit(decl)
    items, label = _without_label(decl, tiling)
    own = _own_clause(decl)
    tiled = tiling.lay([item.phrases for item in items], own)
    report.extend(tiled.diagnostics)
    laid = tuple(Laid(item, phrases) for item, phrases in zip(items, tiled.phrases, strict=True))
    first = next((phrase.clause for item in laid for phrase in item.phrases), "")
    return Unit(decl, laid, label, own or first, tuple(tiling.quotes[at].quote for at in tiled.used))


def _own_clause(decl: Rule) -> str:
    match decl:
        case d.CheckDecl():
            return decl.clause.text if decl.clause else ""
        case d.ExceptionsDecl() | d.LimbDecl():
            return decl.clause.text
        case _:
            return ""


def _without_label(decl: Rule, tiling: Tiling) -> tuple[tuple[s.ItemSyntax, ...], str]:
    """The first string of a check or event is its label, unless the quote has these words."""
    items = decl.items
    if not isinstance(decl, d.CheckDecl | d.EventDecl) or not items or not items[0].phrases:
        return items, ""
    first, *rest = items[0].phrases
    if tiling.holds(first) or (isinstance(decl, d.CheckDecl) and decl.code is None):
        return items, ""
    looks_like_words = tiling.quotes and not rest and items[0].inference is None
    if looks_like_words:
        return items, ""  # a phrase that misses its quote: a label would leave the item without a source
    return (replace(items[0], phrases=tuple(rest)), *items[1:]), first.text


# ----------------------------------------------------------------- changing


def matching(units: Iterable[Unit], target: s.Target) -> list[Unit]:
    """The rules and limbs that a target names, by clause or by name."""
    if isinstance(target, s.Text):
        return [unit for unit in units if unit.clause == target.text]
    return [unit for unit in units if unit.name == target.text and not isinstance(unit.decl, d.ClaimDecl)]


def missing_target(target: s.Target, units: Iterable[Unit]) -> Diagnostic:
    """A clause or rule that a change speaks of and that isn't there."""
    clause = isinstance(target, s.Text)
    valid = dict.fromkeys(
        (unit.clause if clause else unit.name) for unit in units if isinstance(unit.decl, RULES)
    )
    names = [each for each in valid if each]
    kind = "clause" if clause else "rule"
    return Diagnostic(
        "missing-clause",
        f"there is no {kind} `{target.text}` to change",
        target.span,
        nearest=nearest_name(target.text, names),
    )


@dataclass(slots=True)
class Changer:
    """Applies modifications to programs. `bodies` holds the units of insertions and replacements."""

    report: Report
    bodies: Mapping[int, tuple[Unit, ...]]  # by id of the change

    def apply(self, program: Program, change: Change) -> Program:
        match change:
            case d.InsertDecl():
                return self._insert(program, change)
            case d.ReplaceDecl():
                return self._replace(program, change)
            case d.StrikeDecl():
                return self._strike(program, change)
            case d.AmendDecl():
                return self._amend(program, change)
            case d.AmendTableDecl():
                return self._amend_table(program, change)

    def _found(self, program: Program, target: s.Target) -> list[Unit]:
        found = matching(program.units, target)
        if not found:
            self.report.add(missing_target(target, program.units))
        return found

    def _insert(self, program: Program, change: d.InsertDecl) -> Program:
        found = self._found(program, change.after)
        if not found:
            return program
        body = self.bodies[id(change)]
        at = program.units.index(found[-1]) + 1
        units = (*program.units[:at], *body, *program.units[at:])
        texts = _inserted(program.texts, body, found, change.by.text)
        return replace(program, units=units, texts=texts)

    def _replace(self, program: Program, change: d.ReplaceDecl) -> Program:
        found = self._found(program, change.target)
        if not found:
            return program
        body = tuple(_with_parent(unit, found) for unit in self.bodies[id(change)])
        at = program.units.index(found[0])
        kept = [unit for unit in program.units if unit not in found]
        units = (*kept[:at], *body, *kept[at:])
        texts = _struck(program.texts, found, kept, change.by.text)
        return replace(program, units=units, texts=_inserted(texts, body, found, change.by.text))

    def _strike(self, program: Program, change: d.StrikeDecl) -> Program:
        found = self._found(program, change.target)
        gone = _with_descendants(program.units, found)
        kept = [unit for unit in program.units if unit not in gone]
        texts = _struck(program.texts, gone, kept, change.by.text)
        return replace(program, units=tuple(kept), texts=texts)

    def _amend(self, program: Program, change: d.AmendDecl) -> Program:
        found = self._found(program, change.target)
        if not found:
            return program
        clause = found[0].clause
        old, new = words_of_text(change.old), words_of_text(change.new)
        texts, problem = amended_text(program.texts, clause, old, new, change)
        if problem is not None:
            self.report.add(problem)
            return program
        units, touched = [], False
        for unit in program.units:
            changed, hit = _amended(unit, clause, old, change, meant=unit in found)
            touched = touched or hit
            units.append(changed)
        if not touched:
            message = "these words are not within one phrase of a rule"
            self.report.say("phrase-not-found", message, change.old.span)
            return program
        return replace(program, units=tuple(units), texts=texts)

    def _amend_table(self, program: Program, change: d.AmendTableDecl) -> Program:
        table = program.tables.get(change.table.text)
        if table is None:
            self.report.unknown("table", change.table.text, change.table.span, program.tables)
            return program
        if change.header.text not in table.header:
            self.report.unknown("column", change.header.text, change.header.span, table.header)
            return program
        column = table.header.index(change.header.text)
        if not any(row[0].text == change.row.text for row in table.rows):
            self.report.unknown("row", change.row.text, change.row.span, [row[0].text for row in table.rows])
            return program
        rows = tuple(
            (*row[:column], change.value, *row[column + 1 :]) if row[0].text == change.row.text else row
            for row in table.rows
        )
        changed = {**program.tables, table.name: replace(table, rows=rows)}
        return replace(program, tables=changed)


def words_of_text(text: s.Text) -> tuple[Word, ...]:
    """The words of a string in a fence."""
    return tuple(words_of(text.span.file, text.text, text.span.line))


def _with_parent(unit: Unit, replaced: list[Unit]) -> Unit:
    """A limb that says nothing of its parent stands where the one it replaces stood."""
    decl = unit.decl
    if not isinstance(decl, d.LimbDecl) or decl.parent is not None:
        return unit
    parents = [each.decl.parent for each in replaced if isinstance(each.decl, d.LimbDecl)]
    return replace(unit, decl=replace(decl, parent=parents[0])) if parents else unit


def _with_descendants(units: tuple[Unit, ...], found: list[Unit]) -> list[Unit]:
    gone = list(found)
    clauses = {unit.clause for unit in found if isinstance(unit.decl, d.LimbDecl | d.ExceptionsDecl)}
    growing = True
    while growing:
        growing = False
        for unit in units:
            decl = unit.decl
            if (
                isinstance(decl, d.LimbDecl)
                and decl.parent
                and decl.parent.text in clauses
                and unit not in gone
            ):
                gone.append(unit)
                clauses.add(unit.clause)
                growing = True
    return gone


def _inserted(
    texts: tuple[ClauseText, ...], body: tuple[Unit, ...], after: list[Unit], by: str
) -> tuple[ClauseText, ...]:
    quotes = tuple(dict.fromkeys(quote for unit in body for quote in unit.quotes))
    new = tuple(ClauseText.inserted(quote, by) for quote in quotes)
    clauses = {unit.clause for unit in after}
    places = [at for at, text in enumerate(texts) if text.clause in clauses]
    at = places[-1] + 1 if places else len(texts)
    return (*texts[:at], *new, *texts[at:])


def _struck(
    texts: tuple[ClauseText, ...], gone: list[Unit], kept: list[Unit], by: str
) -> tuple[ClauseText, ...]:
    """Strikes the quotes that only struck rules speak of."""
    used = {quote for unit in kept for quote in unit.quotes}
    struck = {quote for unit in gone for quote in unit.quotes} - used
    return tuple(text.struck(by) if text.quote in struck else text for text in texts)


def _amended(
    unit: Unit, clause: str, old: tuple[Word, ...], change: d.AmendDecl, *, meant: bool
) -> tuple[Unit, bool]:
    keys = [word.text for word in old]
    items, hit = [], False
    for item in unit.items:
        phrases = tuple(_amended_phrase(phrase, clause, keys, change) for phrase in item.phrases)
        if phrases == item.phrases:
            items.append(item)
            continue
        hit = True
        kept = tuple(phrase for phrase in phrases if phrase.text)
        syntax = item.syntax
        if meant and change.meaning is not None:
            syntax = replace(syntax, meaning=change.meaning, inference=change.inference)
        if kept:
            items.append(Laid(syntax, kept))
    return (replace(unit, items=tuple(items)), True) if hit else (unit, False)


def _amended_phrase(phrase: Phrase, clause: str, old: list[str], change: d.AmendDecl) -> Phrase:
    if phrase.clause != clause:
        return phrase
    words = tuple(words_of(phrase.span.file, phrase.text, phrase.span.line))
    keys = [word.text for word in words]
    for at in range(len(keys) - len(old) + 1):
        if keys[at : at + len(old)] == old:
            new = list(words_of_text(change.new))
            if new:
                new[0] = replace(new[0], spaced=words[at].spaced)
            text = spell((*words[:at], *new, *words[at + len(old) :]))
            return Phrase(text, phrase.clause, change.new.span)
    return phrase


# ----------------------------------------------------------------- readings


def under_reading(program: Program, reading: d.ReadingDecl, adopted: Mapping[int, Unit]) -> Program:
    """The program as a reading understands it. What the program doesn't have, a reading doesn't change."""
    units = program.units
    for change in reading.body:
        match change:
            case d.RemeaningDecl():
                units = _mapped(units, change.rule, partial(_remeant, change=change))
            case d.AdditionDecl():
                units = _mapped(units, change.rule, partial(_with_item, item=Laid(change.item, ())))
            case s.Define():
                units = tuple(_redefined(unit, change) for unit in units)
            case d.CheckDecl():
                units = (*units, adopted[id(change)])
            case _:
                continue
    return replace(program, units=units)


def _mapped(units: tuple[Unit, ...], target: s.Target, change: Callable[[Unit], Unit]) -> tuple[Unit, ...]:
    chosen = matching(units, target)
    return tuple(change(unit) if unit in chosen else unit for unit in units)


def _with_item(unit: Unit, item: Laid) -> Unit:
    return replace(unit, items=(*unit.items, item))


def _remeant(unit: Unit, change: d.RemeaningDecl) -> Unit:
    wanted = {phrase.text for phrase in change.phrases}
    items = tuple(
        Laid(replace(item.syntax, meaning=change.meaning, inference=change.inference), item.phrases)
        if wanted <= {phrase.text for phrase in item.phrases}
        else item
        for item in unit.items
    )
    return replace(unit, items=items)


def _redefined(unit: Unit, define: s.Define) -> Unit:
    if isinstance(unit.decl, s.Define) and unit.decl.name.text == define.name.text:
        label = define.label or unit.decl.label
        return Unit(replace(define, label=label))
    items = tuple(
        Laid(replace(item.syntax, meaning=define), item.phrases)
        if isinstance(item.syntax.meaning, s.Define) and item.syntax.meaning.name.text == define.name.text
        else item
        for item in unit.items
    )
    return unit if items == unit.items else replace(unit, items=items)


# ------------------------------------------------------------------- tables


def bind_table(name: s.Name, table: PipeTable) -> TableData:
    """A Markdown table under its name."""
    header = tuple(cell.text.strip("`") for cell in table.header)
    rows = tuple(tuple(s.Text(cell.text.strip("`"), cell.span) for cell in row) for row in table.rows)
    return TableData(name.text, header, rows)


def formalised(quotes: Iterable[QuoteText]) -> tuple[ClauseText, ...]:
    """The texts of quotes, unmodified."""
    return tuple(ClauseText.as_written(each.quote) for each in quotes)
