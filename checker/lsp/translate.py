"""What the editor's analysis says, in the words of the Language Server Protocol, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from lsprotocol import types as lsp

from checker.editor.edits import Edit
from checker.editor.occurrences import Kind
from checker.editor.outline import Entry, Fold
from checker.editor.pages import Page
from checker.editor.places import Lined, Place, ends, line_and_column
from checker.editor.proposals import Proposal
from checker.editor.tokens import TYPES, Token
from checker.language.diagnostics import Diagnostic, Span
from checker.language.render_diagnostics import alternatives
from checker.rooms.lint.finding import Finding

LEGEND: Final = lsp.SemanticTokensLegend(list(TYPES), ["declaration"])
_SYMBOLS: Final[dict[str, lsp.SymbolKind]] = {
    "section": lsp.SymbolKind.Namespace,
    "sort": lsp.SymbolKind.Class,
    "quantity": lsp.SymbolKind.Class,
    "enum": lsp.SymbolKind.Enum,
    "value": lsp.SymbolKind.EnumMember,
    "constant": lsp.SymbolKind.Constant,
    "function": lsp.SymbolKind.Function,
    "definition": lsp.SymbolKind.Function,
    "premise": lsp.SymbolKind.Function,
    "parameter": lsp.SymbolKind.Field,
    "component": lsp.SymbolKind.Module,
    "check": lsp.SymbolKind.Method,
    "effect": lsp.SymbolKind.Method,
    "event": lsp.SymbolKind.Event,
    "lapse": lsp.SymbolKind.Event,
    "duty": lsp.SymbolKind.Event,
    "clause": lsp.SymbolKind.String,
    "claim": lsp.SymbolKind.Property,
    "version": lsp.SymbolKind.Package,
    "modification": lsp.SymbolKind.Package,
    "table": lsp.SymbolKind.Array,
}
_ITEMS: Final[dict[Kind, lsp.CompletionItemKind]] = {
    "sort": lsp.CompletionItemKind.Class,
    "quantity": lsp.CompletionItemKind.Class,
    "enum": lsp.CompletionItemKind.Enum,
    "value": lsp.CompletionItemKind.EnumMember,
    "constant": lsp.CompletionItemKind.Constant,
    "function": lsp.CompletionItemKind.Function,
    "definition": lsp.CompletionItemKind.Function,
    "premise": lsp.CompletionItemKind.Function,
    "parameter": lsp.CompletionItemKind.Field,
    "variable": lsp.CompletionItemKind.Variable,
    "component": lsp.CompletionItemKind.Module,
    "event": lsp.CompletionItemKind.Event,
    "phrase": lsp.CompletionItemKind.Text,
    "clause": lsp.CompletionItemKind.Reference,
}
_FOLDS: Final = {"section": lsp.FoldingRangeKind.Region, "quote": lsp.FoldingRangeKind.Comment}


def position(place: Place) -> lsp.Position:
    """A place."""
    return lsp.Position(place.line, place.character)


def range_of(page: Lined, span: Span) -> lsp.Range:
    """A stretch of a page."""
    first, last = ends(page, span)
    return lsp.Range(position(first), position(last))


def place_of(page: Lined, at: lsp.Position) -> tuple[int, int]:
    """The line and the column of a position, from 1."""
    return line_and_column(page, Place(at.line, at.character))


def diagnostic(page: Lined, found: Diagnostic) -> lsp.Diagnostic:
    """A mistake, with all that is known of it. Without a place it is at the top of the page."""
    span = found.span or Span(page.file, 1, 1, 1, 1)
    lines = [found.message]
    if found.nearest:
        lines.append(f"did you mean `{found.nearest}`?")
    if found.expected:
        lines.append(f"expected: {alternatives(found.expected)}")
    lines += found.notes
    where = range_of(page, span)
    return lsp.Diagnostic(
        where, "\n".join(lines), severity=lsp.DiagnosticSeverity.Error, code=found.code, source="redline"
    )


def notice(page: Lined, found: Finding) -> lsp.Diagnostic:
    """What lint has found: a warning of a rule that can never decide, else something to look at."""
    lines = [found.message, *found.notes, f"in {', '.join(found.versions)}"]
    severity = lsp.DiagnosticSeverity.Warning if found.gates else lsp.DiagnosticSeverity.Information
    where, text = range_of(page, found.span), "\n".join(lines)
    return lsp.Diagnostic(where, text, severity=severity, code=found.kind, source="redline lint")


def told(page: Lined, found: Diagnostic | Finding) -> lsp.Diagnostic:
    """A mistake, or what lint has found."""
    return notice(page, found) if isinstance(found, Finding) else diagnostic(page, found)


def text_edits(page: Page, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
    """Edits of one page."""
    return [lsp.TextEdit(range_of(page, each.span), each.text) for each in edits]


def workspace_edit(
    pages: Mapping[str, Page], edits: Iterable[Edit], uri: Callable[[str], str]
) -> lsp.WorkspaceEdit:
    """Edits of several pages."""
    by_file: dict[str, list[Edit]] = {}
    for each in edits:
        by_file.setdefault(each.span.file, []).append(each)
    return lsp.WorkspaceEdit(
        changes={uri(file): text_edits(pages[file], found) for file, found in by_file.items()}
    )


def item(page: Page, proposal: Proposal, number: int) -> lsp.CompletionItem:
    """Something that could stand there; `number`: its place in the list."""
    kind = lsp.CompletionItemKind.Keyword if proposal.kind is None else _ITEMS.get(proposal.kind)
    return lsp.CompletionItem(
        label=proposal.text,
        kind=kind,
        detail=proposal.detail or None,
        documentation=proposal.words or None,
        sort_text=f"{proposal.rank}{number:05}",
        filter_text=proposal.text,
        text_edit=lsp.TextEdit(range_of(page, proposal.span), proposal.text),
    )


def symbol_kind(kind: str) -> lsp.SymbolKind:
    """What an outline shows a thing as."""
    return _SYMBOLS.get(kind, lsp.SymbolKind.Object)


def symbol(page: Page, entry: Entry) -> lsp.DocumentSymbol:
    """An entry of the outline."""
    return lsp.DocumentSymbol(
        name=entry.name,
        kind=symbol_kind(entry.kind),
        range=range_of(page, entry.extent),
        selection_range=range_of(page, entry.span),
        detail=entry.detail or None,
        children=[symbol(page, each) for each in entry.below],
    )


def fold(found: Fold) -> lsp.FoldingRange:
    """Lines that can be folded."""
    return lsp.FoldingRange(found.first - 1, found.last - 1, kind=_FOLDS.get(found.kind))


def semantic_tokens(page: Page, tokens: Iterable[Token]) -> lsp.SemanticTokens:
    """Words with what they are, each relative to the one before it."""
    placed = [(*ends(page, each.span), each) for each in tokens]
    found: list[int] = []
    before = Place(0, 0)
    for first, last, each in placed:
        line = first.line - before.line
        character = first.character - (before.character if line == 0 else 0)
        length = last.character - first.character
        found += [line, character, length, TYPES.index(each.type), int(each.declares)]
        before = first
    return lsp.SemanticTokens(found)
