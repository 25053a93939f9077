"""Applies modifications: they insert, replace, strike and amend rules, words and meaning together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic
from checker.language.document import Word, spell, words_of
from checker.language.quotes import Phrase
from checker.regime.names import Report
from checker.regime.program import Laid, Program, Unit, matching, missing_target
from checker.regime.redlining import NOT_THERE, ClauseText, amended_text

Missing: TypeAlias = Callable[..., Diagnostic]
ChangeDecl: TypeAlias = d.InsertDecl | d.ReplaceDecl | d.StrikeDecl | d.AmendDecl | d.AmendTableDecl


@dataclass(frozen=True, slots=True)
class Change:
    """What a modification does in one place, and the units that an insertion or replacement brings there."""

    decl: ChangeDecl
    brings: tuple[Unit, ...] = ()


@dataclass(slots=True)
class Changer:
    """Applies modifications to programs. `missing`: says of what is missing why it is, for a modification."""

    report: Report
    missing: Missing

    def apply(self, program: Program, made: Change) -> Program:
        change = made.decl
        match change:
            case d.InsertDecl():
                return self._insert(program, change, made.brings)
            case d.ReplaceDecl():
                return self._replace(program, change, made.brings)
            case d.StrikeDecl():
                return self._strike(program, change)
            case d.AmendDecl():
                return self._amend(program, change)
            case d.AmendTableDecl():
                return self._amend_table(program, change)
            case _:
                assert_never(change)

    def _found(self, program: Program, target: s.Target, change: ChangeDecl) -> list[Unit]:
        found = matching(program.units, target)
        if not found:
            self.report.add(self.missing(missing_target(target, program.units), by=change.by.text))
        return found

    def _insert(self, program: Program, change: d.InsertDecl, body: tuple[Unit, ...]) -> Program:
        found = self._found(program, change.after, change)
        if not found:
            return program
        at = program.units.index(found[-1]) + 1
        units = (*program.units[:at], *body, *program.units[at:])
        texts = _inserted(program.texts, body, found, change.by.text)
        return replace(program, units=units, texts=texts)

    def _replace(self, program: Program, change: d.ReplaceDecl, brings: tuple[Unit, ...]) -> Program:
        found = self._found(program, change.target, change)
        if not found:
            return program
        body = tuple(_with_parent(unit, found) for unit in brings)
        at = program.units.index(found[0])
        kept = [unit for unit in program.units if unit not in found]
        units = (*kept[:at], *body, *kept[at:])
        texts = _struck(program.texts, found, kept, change.by.text)
        return replace(program, units=units, texts=_inserted(texts, body, found, change.by.text))

    def _strike(self, program: Program, change: d.StrikeDecl) -> Program:
        found = self._found(program, change.target, change)
        gone = _with_descendants(program.units, found)
        kept = [unit for unit in program.units if unit not in gone]
        texts = _struck(program.texts, gone, kept, change.by.text)
        return replace(program, units=tuple(kept), texts=texts)

    def _amend(self, program: Program, change: d.AmendDecl) -> Program:
        found = self._found(program, change.target, change)
        if not found:
            return program
        own, others = found[0].clause, _quoted_elsewhere(found)
        old, new = words_of_text(change.old), words_of_text(change.new)
        clauses: tuple[str, ...] = (own,)
        texts, problem = amended_text(program.texts, clauses, old, new, change)
        if problem is not None and problem.code == NOT_THERE and others:
            clauses = others
            texts, elsewhere = amended_text(program.texts, clauses, old, new, change)
            problem = elsewhere if elsewhere is None or elsewhere.nearest else problem
        if problem is not None:
            self.report.add(problem)
            return program
        units, touched = [], False
        for unit in program.units:
            changed, hit = _amended(unit, clauses, old, change, meant=unit in found)
            touched = touched or (hit and (unit in found or own in clauses))
            units.append(changed)
        if not touched:
            self.report.add(_not_one_phrase(change, own, clauses))
            return program
        if change.meaning is None and not change.same and _keeps_words(program, units):
            message = "this changes the words without saying what they mean now"
            expected = ("a meaning after the new words", "`same meaning`")
            self.report.say("no-meaning", message, change.new.span, expected=expected)
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


def without_exceptions_struck(program: Program, changes: Iterable[ChangeDecl]) -> Program:
    """The program, in which nothing is subject, by inference alone, to exceptions that the changes struck.

    Words that refer to exceptions stay, although there are none: that is for the drafter to mend.
    """
    struck = {change.target.text for change in changes if isinstance(change, d.StrikeDecl)}
    struck -= {unit.clause for unit in program.units if isinstance(unit.decl, d.ExceptionsDecl)}
    return replace(program, units=tuple(_not_subject_to(unit, struck) for unit in program.units))


def _not_subject_to(unit: Unit, struck: Collection[str]) -> Unit:
    kept = tuple(item for item in unit.items if item.phrases or not _is_subject_to(item, struck))
    return unit if len(kept) == len(unit.items) else replace(unit, items=kept)


def _is_subject_to(item: Laid, struck: Collection[str]) -> bool:
    meaning = item.syntax.meaning
    return isinstance(meaning, s.SubjectTo) and meaning.group.text in struck


def words_of_text(text: s.Text) -> tuple[Word, ...]:
    """The words of a string in a fence."""
    return tuple(words_of(text.span.file, text.text, text.span.line))


def _with_parent(unit: Unit, replaced: list[Unit]) -> Unit:
    """The unit; a limb without a parent clause takes that of the limb that it replaces."""
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
    """Strikes the quotes that only struck rules formalise and, of others, the words that only these do."""
    touched = {quote for unit in gone for quote in unit.quotes}
    used = {quote for unit in kept for quote in unit.quotes}
    return tuple(
        text
        if text.quote not in touched
        else text.without(_words_of_rules(text, gone), _words_of_rules(text, kept), by)
        if text.quote in used
        else text.struck(by)
        for text in texts
    )


def _words_of_rules(text: ClauseText, units: list[Unit]) -> list[list[tuple[Word, ...]]]:
    """The phrases of each of the rules that have phrases in this quote."""
    return [
        [tuple(words_of("", each.text, 1)) for item in unit.items for each in item.phrases]
        for unit in units
        if text.quote in unit.quotes
    ]


def _keeps_words(program: Program, units: list[Unit]) -> bool:
    """Whether no item has lost all its words, and with them its meaning."""
    return sum(len(unit.items) for unit in units) == sum(len(unit.items) for unit in program.units)


def _quoted_elsewhere(found: list[Unit]) -> tuple[str, ...]:
    """The clauses other than their own whose quotes have words of these rules: a list may be quoted once,
    under the clause that it belongs to.
    """
    phrases = (phrase for unit in found for item in unit.items for phrase in item.phrases)
    return tuple(dict.fromkeys(each.clause for each in phrases if each.clause != found[0].clause))


def _not_one_phrase(change: d.AmendDecl, own: str, clauses: tuple[str, ...]) -> Diagnostic:
    target, by = change.target, change.by.text
    if own not in clauses:
        message = f"these words are in the quote of `{clauses[0]}`, but in no phrase of `{target.text}`"
        return Diagnostic(NOT_THERE, message, change.old.span)
    message = "these words are not within one phrase of a rule"
    shown = f'"{target.text}"' if isinstance(target, s.Text) else target.text
    expected = ("words of one phrase", f"`by {by} replace {shown}: …` with the whole clause")
    return Diagnostic(NOT_THERE, message, change.old.span, expected)


def _amended(
    unit: Unit, clauses: Collection[str], old: tuple[Word, ...], change: d.AmendDecl, *, meant: bool
) -> tuple[Unit, bool]:
    keys = [word.text for word in old]
    items, hit = [], False
    for item in unit.items:
        phrases = tuple(_amended_phrase(phrase, clauses, keys, change) for phrase in item.phrases)
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


def _amended_phrase(phrase: Phrase, clauses: Collection[str], old: list[str], change: d.AmendDecl) -> Phrase:
    if phrase.clause not in clauses:
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
