"""What the server says about names: where they are declared and used, and what they would be called."""

from __future__ import annotations

import asyncio
from typing import Protocol

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from checker import api
from checker.editor.edits import Edit
from checker.editor.hover import hover
from checker.editor.occurrences import Declared, Occurrence
from checker.editor.renaming import CannotRename, renamed, to_rename
from checker.language.diagnostics import SpecError
from checker.lsp import translate
from checker.lsp.server import Here, RedlineServer


class _Asked(Protocol):
    """A message about a place."""

    text_document: lsp.TextDocumentIdentifier
    position: lsp.Position


def _at(server: RedlineServer, params: _Asked) -> tuple[Here, int, int] | None:
    """The page of a message, and the place on it."""
    here = server.here(params.text_document.uri)
    return None if here is None else (here, *translate.place_of(here.page, params.position))


def _things(server: RedlineServer, params: _Asked) -> tuple[Here, tuple[Declared, ...]] | None:
    """What is named at the place of a message."""
    found = _at(server, params)
    name = None if found is None else found[0].law.index.at(found[0].name, *found[1:])
    if found is None or name is None:
        return None
    return found[0], found[0].law.index.resolve(name)


def places(server: RedlineServer) -> None:
    """Give a server what it says of the name at a place."""

    def location(here: Here, name: Declared | Occurrence) -> lsp.Location:
        page = here.law.index.pages[name.span.file]
        return lsp.Location(server.uri(name.span.file), translate.range_of(page, name.span))

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: lsp.HoverParams) -> lsp.Hover | None:
        found = _at(server, params)
        if found is None:
            return None
        here, line, column = found
        said = hover(here.law.index, here.name, line, column, here.law.standings)
        if said is None:
            return None
        text = lsp.MarkupContent(lsp.MarkupKind.Markdown, said.text)
        return lsp.Hover(text, translate.range_of(here.page, said.span))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        found = _things(server, params)
        return [] if found is None else [location(found[0], each) for each in found[1]]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        found = _things(server, params)
        if found is None:
            return []
        declared = params.context.include_declaration
        uses = found[0].law.index.uses(found[1])
        return [location(found[0], each) for each in uses if declared or not each.declares]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        found = _things(server, params)
        if found is None:
            return []
        here = found[0]
        own = (each for each in here.law.index.uses(found[1]) if each.span.file == here.name)
        return [lsp.DocumentHighlight(translate.range_of(here.page, each.span)) for each in own]


def names(server: RedlineServer) -> None:
    """Give a server what it takes to rename."""

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        found = _at(server, params)
        if found is None:
            return None
        here, line, column = found
        try:
            name = to_rename(here.law.index, here.name, line, column)
        except CannotRename:
            return None
        return lsp.PrepareRenamePlaceholder(translate.range_of(here.page, name.span), name.name)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        found = _at(server, params)
        if found is None:
            return None
        here, line, column = found
        try:
            edits = renamed(here.law.index, here.name, line, column, params.new_name)
            await _check(here, edits)
        except CannotRename as wrong:
            raise JsonRpcException(str(wrong), lsp.LSPErrorCodes.RequestFailed.value) from None
        return translate.workspace_edit(here.law.index.pages, edits, server.uri)


async def _check(here: Here, edits: tuple[Edit, ...]) -> None:
    """Raise CannotRename if the law would have a mistake afterwards, and has none now."""
    if here.law.diagnostics:
        return
    spec, properties = here.law.after(edits)
    try:
        await asyncio.get_running_loop().run_in_executor(None, api.load, spec, properties)
    except SpecError as wrong:
        raise CannotRename(f"then {wrong.diagnostics[0].message}") from None
