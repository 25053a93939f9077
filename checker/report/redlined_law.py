"""The law of one version as redlined: every clause's words, and under them what they are taken to mean; then
what is changed of declarations without words, and of tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from checker.language.diagnostics import Span
from checker.model.clock import BUILT_IN
from checker.model.item import Item
from checker.model.model import Check, Model, Update
from checker.model.unparse import days_text, unparse, update_text
from checker.regime.declarations_compared import ChangedDeclaration
from checker.regime.redlining import ClauseText, Segment
from checker.regime.tables_compared import ChangedRow, ChangedTable
from checker.report.paper import BLANK, Paragraph, Style, Words, paragraph
from checker.story.steps_told import place_of


@dataclass(frozen=True, slots=True)
class Owner:
    """A rule, its clause (its name where it has none), what it does, and its items. `over`: it is in force
    until a day only.
    """

    clause: str
    title: str
    items: tuple[Item, ...]
    like: str = ""
    updates: tuple[Update, ...] = ()
    over: bool = False


def law_paragraphs(model: Model, texts: Sequence[ClauseText]) -> tuple[Paragraph, ...]:
    """Return the clauses in the order of the spec, then the rules that no quoted words stand for."""
    owners = tuple(rule_owners(model))
    result: list[Paragraph] = []
    told: set[Span] = set()
    for text in texts:
        result += [*clause_paragraphs(text), *_meanings(text, owners, told), BLANK]
    result += _without_words(owners)
    return tuple(result)


def rule_owners(model: Model) -> Iterator[Owner]:
    """Yield checks, their exceptions and those to these (each limb once), effects and events. The title of a
    rule that is in force on some days only says on which.
    """
    for owner in _rule_owners(model):
        days = tuple(day for each in owner.items if each.only_days for day in each.days)
        items = tuple(each for each in owner.items if not each.only_days)
        title = f"{owner.title}, {days_text(days)}" if days else owner.title
        yield replace(owner, title=title, items=items, over=any(not each.come for each in days))


def _rule_owners(model: Model) -> Iterator[Owner]:
    limbs: dict[str, Owner] = {}
    for check in model.checks:
        exceptions = f"with{'' if check.groups else 'out'} its exceptions"
        like = f"{check.like}, {exceptions}" if check.like else ""
        yield Owner(check.clause or check.name, _check_title(check), check.items, like)
        for limb in check.all_limbs:
            limbs.setdefault(limb.clause, Owner(limb.clause, f"exception {limb.clause}", limb.items))
    yield from limbs.values()
    for effect in model.effects:
        yield Owner(effect.name, f"effect {effect.name}", effect.items, updates=effect.updates)
    for duty in model.duties.values():
        title = f"duty {duty.name} of {unparse(duty.party)}, by {unparse(duty.day)}"
        yield Owner(duty.name, title, duty.items)
    for event in model.events.values():
        for lapse in event.lapses:
            title = f"lapse {lapse.name}, on {unparse(lapse.day)}"
            yield Owner(lapse.name, title, lapse.items, updates=lapse.updates)
        if event.span.file == BUILT_IN:
            continue
        actor = model.constants.get(event.actor)
        by = (actor.label or event.actor) if actor else event.actor
        yield Owner(event.name, f"event {event.name}, by {by}", event.items, updates=event.updates)


def _check_title(check: Check) -> str:
    adopted = "adopted check" if check.adopted_because else "check"
    code = f"rejects with {check.code}" if check.code else "rejects without a published code"
    return f"{adopted} {check.name} at {' and '.join(check.components)}, {code}"


# ------------------------------------------------------------------- clauses


def clause_paragraphs(text: ClauseText) -> Iterator[Paragraph]:
    """Yield heading, words and attribution of a clause."""
    quote = text.quote
    yield paragraph(Words(text.clause, "heading"), _changed(text))
    yield paragraph(*_runs(text.segments), indent=2)
    verb = "verbatim" if quote.kind == "verbatim" else "paraphrased"
    source = "" if quote.source == quote.clause else f"{verb} in {quote.source}, "
    yield paragraph(Words(f"{source}{place_of(quote.span)}", "quiet"), indent=2, bullet="\N{EM DASH} ")
    for by, place in text.amended:
        own = Words(f"new words of {by}, {place_of(place)}", "quiet")
        yield paragraph(own, indent=2, bullet="\N{EM DASH} ")


def _changed(text: ClauseText) -> Words:
    """Say in brief what became of the clause, and by which modification."""
    changes = dict.fromkeys((each.kind, each.by) for each in text.segments if each.kind != "kept")
    if not changes:
        return Words("")
    kinds = {each.kind for each in text.segments}
    by = " and ".join(dict.fromkeys(name for _, name in changes if name))
    word = kinds.pop() if len(kinds) == 1 else "amended"
    return Words(f" ({word}{f' by {by}' if by else ''})", "warning")


def _runs(segments: Sequence[Segment]) -> Iterator[Words]:
    for number, segment in enumerate(segments):
        if number and segment.spaced:
            yield Words(" ")
        yield Words(segment.text, _style(segment))


def _style(segment: Segment) -> Style:
    match segment.kind:
        case "kept":
            return ""
        case "struck":
            return "struck"
        case "inserted":
            return "inserted"
        case _:
            assert_never(segment.kind)


# ------------------------------------------------------------------ meanings


def _meanings(text: ClauseText, owners: Sequence[Owner], told: set[Span]) -> Iterator[Paragraph]:
    for owner, items in clause_meanings(text, owners, told):
        yield paragraph(Words(owner.title, "strong"), indent=4)
        for item in items:
            yield from item_paragraphs(item, owner)


def clause_meanings(
    text: ClauseText, owners: Sequence[Owner], told: set[Span]
) -> Iterator[tuple[Owner, tuple[Item, ...]]]:
    """Yield the rules that stand for words in force of a clause; an item that limbs share comes once.
    `told`: the places of the items that came before, to which these are added.
    """
    for owner in owners:
        items = [each for each in owner.items if _stands_for(each, text, over=owner.over)]
        new = [each for each in items if each.span not in told]
        if new:
            told.update(each.span for each in new)
            yield owner, (*new, *_inferred(owner, text))


def _stands_for(item: Item, text: ClauseText, *, over: bool) -> bool:
    """Whether the words of an item are in force there, or were until a day; `over`: so was its rule."""
    words = (each.text for each in item.phrases if each.clause == text.clause)
    past = over or any(not each.come for each in item.days)
    there = "".join(f" {x.text}" for x in text.segments if x.kind != "inserted") if past else text.text
    return any(" ".join(each.split()) in " ".join(there.split()) for each in words)


def _inferred(owner: Owner, text: ClauseText) -> Iterator[Item]:
    """Yield the items without words that belong with a rule's own clause."""
    if owner.clause == text.clause:
        yield from (each for each in owner.items if not each.phrases)


def item_paragraphs(item: Item, owner: Owner) -> Iterator[Paragraph]:
    """Yield the words of an item, or the inference in their place, and their meaning."""
    words = " … ".join(each.text for each in item.phrases)
    if words:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
        days = f", {days_text(item.days)}" if item.days else ""
        connective = f" (a connective{days})" if item.kind == "connective" else ""
        yield paragraph(quoted, Words(connective, "quiet"), indent=6)
    else:
        yield paragraph(f"inferred: {item.inference or 'nothing is said'}", indent=6, hang=2)
    if item.kind != "connective":
        yield paragraph(Words(meaning_text(item, owner), "good"), indent=8, bullet="= ")


def meaning_text(item: Item, owner: Owner) -> str:
    """Return what an item means, as near to the way it is written as can be."""
    meant = item.meaning.text if item.meaning else item.note
    said = _meaning(item, owner, meant)
    return f"{days_text(item.days)}: {said}" if item.days else said


def _meaning(item: Item, owner: Owner, meant: str) -> str:
    match item.kind:
        case "applies-when":
            return f"applies when {meant}"
        case "applies-unless":
            return f"applies unless {meant}"
        case "requires":
            return f"requires {meant}"
        case "condition":
            return meant
        case "subject-to":
            return f"subject to {item.note}"
        case "as":
            return f"as {owner.like}"
        case "any-of":
            return "any of the limbs below"
        case "connective":
            return "a connective"
        case "defines":
            return f"defines {item.note}"
        case "not-modelled":
            return f"not modelled: {item.note}"
        case "update":
            return "; ".join(update_text(each) for each in owner.updates if _within(each.span, item.span))
        case _:
            assert_never(item.kind)


def _within(inner: Span, outer: Span) -> bool:
    """Whether one stretch of a file lies in another."""
    start = (outer.line, outer.column) <= (inner.line, inner.column)
    end = (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    return inner.file == outer.file and start and end


def without_words(owners: Sequence[Owner]) -> tuple[Owner, ...]:
    """Return the rules that are wholly inferred."""
    return tuple(each for each in owners if each.items and not any(item.phrases for item in each.items))


def _without_words(owners: Sequence[Owner]) -> Iterator[Paragraph]:
    found = without_words(owners)
    if not found:
        return
    yield paragraph(Words("Rules that no quoted words stand for", "heading"))
    for owner in found:
        yield paragraph(Words(owner.title, "strong"), indent=4)
        for item in owner.items:
            yield from item_paragraphs(item, owner)


# ----------------------------------------------- declarations and tables


def declaration_paragraphs(declarations: Sequence[ChangedDeclaration]) -> Iterator[Paragraph]:
    """Yield what is changed of declarations that no quoted words stand for."""
    if declarations:
        yield BLANK
        yield paragraph(Words("What is changed without quoted words", "heading"))
    for each in declarations:
        yield paragraph(*_runs(each.segments), indent=4, hang=2)
        yield paragraph(
            Words(f"{each.kind}, {each.file}:{each.line}", "quiet"), indent=4, bullet="\N{EM DASH} "
        )


def table_paragraphs(tables: Sequence[ChangedTable]) -> Iterator[Paragraph]:
    """Yield the tables that are changed: head, rows that are changed, and how many are not."""
    for table in tables:
        if not table.changed:
            continue
        word = "amended" if table.kind == "kept" else table.kind
        yield BLANK
        yield paragraph(Words(f"Table {table.name}", "heading"), Words(f" ({word})", "warning"))
        head, *rows = table.rows
        for each in (head, *(row for row in rows if row.changed)):
            yield paragraph(*_cells(each), indent=2, hang=2)
        if same := same_rows_text(table):
            yield paragraph(Words(same, "quiet"), indent=2)


def same_rows_text(table: ChangedTable) -> str:
    """Say how many rows of a table are not changed; nothing of none."""
    same = sum(not row.changed for row in table.rows[1:])
    if not same:
        return ""
    return "1 other row is not changed" if same == 1 else f"{same:,} other rows are not changed"


def _cells(row: ChangedRow) -> Iterator[Words]:
    for number, cell in enumerate(row.cells):
        if number:
            yield Words(" | ", "quiet")
        yield from _runs([each for each in cell if each.text])
