"""What is told of the words under the pointer: of a phrase, a name, a clause or a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from checker.editor.built_in import built_in, meaning_at
from checker.editor.cells import cell_span, functions_at
from checker.editor.index import Index
from checker.editor.occurrences import Declared, within
from checker.editor.pages import Page, ReadFence
from checker.editor.standings import Standing, told
from checker.language import declarations as d
from checker.language.diagnostics import Span
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.tiling import LaidPhrase
from checker.regime.program import RULES, Rule

_MOST = 24  # lines of a declaration that are shown
_SEVERAL = 4  # declarations of one name that are shown


@dataclass(frozen=True, slots=True)
class Hover:
    """What is told, as Markdown, and of what."""

    text: str
    span: Span


def hover(
    index: Index, file: str, line: int, column: int, standings: Sequence[Standing] = ()
) -> Hover | None:
    """What is told of a place; None if nothing is. `standings`: the verdicts that were found."""
    page = index.pages[file]
    name = index.at(file, line, column)
    if name is not None:
        things = index.resolve(name)
        if things and name.kinds == ("heading",) and name.declares:
            things = (*functions_at(index, page, line, column), *things)[:1]
        if things:
            shown = "\n\n".join(_declared(index, each, standings) for each in things[:_SEVERAL])
            return Hover(shown, name.span)
    reading = [_declared(index, each, standings) for each in functions_at(index, page, line, column)]
    if reading:
        return Hover("\n\n".join(reading), cell_span(page, line, column))
    if name is not None and (
        own := next((e for e in built_in(index, *name.kinds) if e.name == name.name), None)
    ):
        sort = f": {own.sort}" if own.sort else ""
        return Hover(f"`{own.name}{sort}`\n\n{own.words}", name.span)
    meant = meaning_at(page, line, column)
    if meant is not None:
        text, word = meant
        return Hover(text, word.span)
    return _phrase(page, line, column)


def _declared(index: Index, thing: Declared, standings: Sequence[Standing]) -> str:
    page = index.pages[thing.span.file]
    if thing.kind == "clause" and thing.extent == thing.span:
        return _quote(page, thing)
    sort = f": {thing.sort}" if thing.sort and thing.kind != "claim" else ""
    given = f"({', '.join(thing.parameters)})" if thing.parameters else ""
    lines = [f"**{thing.kind}** `{thing.name}{given}{sort}`"]
    if thing.words and thing.words != thing.name:
        lines.append(thing.words)
    if thing.kind in ("claim", "claim number"):
        found = [each for each in standings if thing.name in (each.claim, each.number)]
        lines += [f"- {told(each)}" for each in found]
    elif thing.kind not in ("variable", "value", "heading", "short name"):
        lines.append(_fenced(page.slice(thing.extent)))
    lines.append(f"{thing.span.file}:{thing.span.line}")
    return "\n\n".join(lines[:-1]) + f"\n\n*{lines[-1]}*"


def _fenced(text: str) -> str:
    lines = text.split("\n")
    shown = lines if len(lines) <= _MOST else [*lines[:_MOST], "…"]
    return "\n".join(["```redline", *shown, "```"])


def _quote(page: Page, thing: Declared) -> str:
    """The words of a clause."""
    for each in page.document.quotes:
        if each.quote.span.line <= thing.span.line <= each.quote.span.end_line:
            source = f" ({each.quote.kind}, {each.quote.source})"
            return f"**clause** {thing.name}{source}\n\n> {each.quote.text}"
    return f"**clause** {thing.name}"


def _phrase(page: Page, line: int, column: int) -> Hover | None:
    """What words of a quote mean, pointed at in the quote or in the rule."""
    for fence in page.fences:
        for laid in fence.laid:
            words = laid.quote.words[laid.start : laid.start + laid.count]
            stretch = [each.span for each in words if within(each.span, line, column)]
            if stretch or within(laid.text.span, line, column):
                between = Span(
                    page.file,
                    words[0].span.line,
                    words[0].span.column,
                    words[-1].span.end_line,
                    words[-1].span.end_column,
                )
                shown = between if stretch else laid.text.span
                return Hover(_meaning(page, fence, laid), shown)
    return None


def _meaning(page: Page, fence: ReadFence, laid: LaidPhrase) -> str:
    """The clause of a phrase, its words, and what they mean, as it is written."""
    quote = laid.quote.quote
    lines = [f"**{quote.clause}** ({quote.kind}, {quote.source})", f"> {laid.text.text}"]
    for extent in fence.read.extents:
        if not isinstance(extent.decl, RULES):
            continue
        starts = [each.span for each in extent.decl.items]
        for at, item in enumerate(extent.decl.items):
            if any(each.span == laid.text.span for each in item.phrases):
                after = starts[at + 1] if at + 1 < len(starts) else None
                last = item.phrases[-1].span
                end = (
                    (extent.span.end_line, extent.span.end_column)
                    if after is None
                    else (after.line, after.column)
                )
                meaning = Span(page.file, last.end_line, last.end_column, *end)
                text = "\n".join(each.strip() for each in page.slice(meaning).split("\n") if each.strip())
                lines += [f"means, in {_title(extent.decl)}:", _fenced(text)]
    return "\n\n".join(lines)


def _title(decl: Rule) -> str:
    match decl:
        case d.CheckDecl():
            return f"check `{decl.name.text}`"
        case d.EffectDecl():
            return f"effect `{decl.name.text}`"
        case d.EventDecl():
            return f"event `{decl.name.text}`"
        case LapseDecl():
            return f"lapse `{decl.name.text}`"
        case DutyDecl():
            return f"duty `{decl.name.text}`"
        case d.ExceptionsDecl():
            return f"exceptions “{decl.clause.text}”"
        case d.LimbDecl():
            return f"limb “{decl.clause.text}”"
        case _:
            assert_never(decl)
