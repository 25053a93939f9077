"""What the server does with each message of an editor. Each answers from the newest text, and waits for
nothing but its own reading of it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from lsprotocol import types as lsp

from checker.editor.actions import actions
from checker.editor.completion import completions
from checker.editor.format_pages import format_edits
from checker.editor.outline import folds, named_like, outline
from checker.editor.tokens import tokens
from checker.language.diagnostics import SpecError
from checker.lsp import translate
from checker.lsp.names import names, places
from checker.lsp.server import STORY, RedlineServer


def register(server: RedlineServer) -> None:
    """Give a server all that it can do."""
    _texts(server)
    places(server)
    names(server)
    _shapes(server)
    _layout(server)
    _offers(server)
    _verdicts(server)


def _texts(server: RedlineServer) -> None:
    """What is typed, saved and closed."""

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        told = params.initialization_options
        if isinstance(told, dict):
            server.prefer(told.get("spec"), told.get("properties"))

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        _write(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        _write(params.text_document.uri)

    def _write(uri: str) -> None:
        found = server.law_for(uri)
        if found is not None:
            law, name = found
            law.write(name, server.workspace.get_text_document(uri).source)
            server.edited(law)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        found = server.law_for(params.text_document.uri)
        if found is not None:
            found[0].save()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        found = server.law_for(params.text_document.uri)
        if found is not None:
            law, name = found
            law.close(name)
            server.edited(law)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def on_disk(params: lsp.DidChangeWatchedFilesParams) -> None:
        del params
        for law in server.laws:
            law.reread()
            server.edited(law)

    @server.feature(lsp.SHUTDOWN)
    def shut_down(*_: object) -> None:
        server.end()


def _shapes(server: RedlineServer) -> None:
    """What stands on a page, for outlines, folding and colours."""

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        here = server.here(params.text_document.uri)
        if here is None:
            return []
        return [translate.symbol(here.page, each) for each in outline(here.page)]

    @server.feature(lsp.WORKSPACE_SYMBOL)
    async def workspace_symbols(params: lsp.WorkspaceSymbolParams) -> list[lsp.SymbolInformation]:
        return [
            lsp.SymbolInformation(
                location=lsp.Location(
                    server.uri(each.span.file),
                    translate.range_of(law.index.pages[each.span.file], each.span),
                ),
                name=each.name,
                kind=translate.symbol_kind(each.kind),
                container_name=each.words or each.kind,
            )
            for law in server.laws
            for each in named_like(law.index, params.query)
        ]

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        here = server.here(params.text_document.uri)
        return [] if here is None else [translate.fold(each) for each in folds(here.page)]

    @server.feature(
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        lsp.SemanticTokensRegistrationOptions(legend=translate.LEGEND, full=True),
    )
    async def colours(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
        here = server.here(params.text_document.uri)
        if here is None:
            return lsp.SemanticTokens([])
        return translate.semantic_tokens(here.page, tokens(here.law.index, here.page))


def _layout(server: RedlineServer) -> None:
    """How fences are laid out."""

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    async def layout(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        here = server.here(params.text_document.uri)
        if here is None:
            return []
        try:
            return translate.text_edits(here.page, format_edits(here.name, here.page.text))
        except SpecError:  # which the diagnostics say
            return []


def _offers(server: RedlineServer) -> None:
    """What could be written next, and what could be mended."""

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", '"', "(", "{", "|"])
    )
    async def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        here = server.here(params.text_document.uri)
        if here is None:
            return lsp.CompletionList(is_incomplete=False, items=[])
        line, column = translate.place_of(here.page, params.position)
        found = completions(here.law.index, here.name, line, column)
        items = [translate.item(here.page, each, at) for at, each in enumerate(found)]
        return lsp.CompletionList(is_incomplete=False, items=items)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.RefactorRewrite]),
    )
    async def mend(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        here = server.here(params.text_document.uri)
        if here is None:
            return []
        law = here.law
        lines = (params.range.start.line + 1, params.range.end.line + 1)
        return [
            lsp.CodeAction(
                each.title,
                kind=lsp.CodeActionKind.QuickFix if each.of else lsp.CodeActionKind.RefactorRewrite,
                diagnostics=None if each.of is None else [translate.told(here.page, each.of)],
                is_preferred=each.sure or None,
                edit=translate.workspace_edit(law.index.pages, each.edits, server.uri),
            )
            for each in actions(law.index, here.name, lines, law.diagnostics, law.findings, law.claim_files)
        ]


def _verdicts(server: RedlineServer) -> None:
    """What was found about claims."""

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    async def lenses(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        here = server.here(params.text_document.uri)
        if here is None:
            return []
        found = []
        for each in here.law.lenses(here.name):
            span = replace(each.span, end_line=each.span.line, end_column=each.span.column)
            asked: list[object] = [params.text_document.uri, each.claim, each.column]
            command = STORY if each.column else ""
            arguments = asked if each.column else None
            found.append(
                lsp.CodeLens(
                    translate.range_of(here.page, span),
                    command=lsp.Command(each.text, command, arguments=arguments),
                )
            )
        return found

    @server.command(STORY)
    async def story(uri: str, claim: str, column: str) -> str:
        here = server.here(uri)
        if here is None:
            return "this page belongs to no law"
        waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def told(text: str) -> None:
            if not waiting.done():
                waiting.set_result(text)

        here.law.tell(claim, column, told)
        return await waiting
