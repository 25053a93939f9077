"""What editors ask of the server; pytest-lsp holds every answer against what the editor said it can do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from checker.interface.starting import start_law
from tests.support.edited_law import CLAIMS, RULES, place
from tests.support.running import PROGRAM

EDITORS = ("neovim", "visual-studio-code", "emacs")


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[*PROGRAM, "lsp", "--jobs", "1", "--no-cache"]), params=EDITORS
)
async def client(
    lsp_client: LanguageClient, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[None]:
    """A server for the small law, in a folder of its own, with two pages open."""
    start_law(tmp_path / "law")

    @lsp_client.feature(lsp.WORKSPACE_CODE_LENS_REFRESH)
    def refreshed(_client: LanguageClient, _params: object) -> None:
        """An editor would ask for the lenses again."""

    params = lsp.InitializeParams(
        capabilities=client_capabilities(request.param), root_uri=(tmp_path / "law").as_uri()
    )
    await lsp_client.initialize_session(params)
    for name in (RULES, CLAIMS):
        _open(lsp_client, tmp_path / "law" / name)
    yield
    await lsp_client.shutdown_session()


def _open(client: LanguageClient, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = lsp.TextDocumentItem(path.as_uri(), "markdown", 0, text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))


def _type(client: LanguageClient, path: Path, text: str, version: int) -> None:
    document = lsp.VersionedTextDocumentIdentifier(version=version, uri=path.as_uri())
    change = lsp.TextDocumentContentChangeWholeDocument(text)
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))


async def _mistakes(client: LanguageClient, path: Path, count: int) -> list[lsp.Diagnostic]:
    while len(client.diagnostics.get(path.as_uri(), ())) != count:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[path.as_uri()])


@pytest.mark.asyncio
async def test_a_mistake_comes_and_goes(client: LanguageClient, tmp_path: Path) -> None:
    """A misspelt name is told where it stands, with its mend; undone, nothing is wrong."""
    rules = tmp_path / "law" / RULES
    text = rules.read_text(encoding="utf-8")
    _type(client, rules, text.replace("requires approved(change)", "requires aproved(change)"), 1)
    (wrong,) = await _mistakes(client, rules, 1)
    assert wrong.code == "unknown-name"
    line, column = place(text, "requires approved(change)", "approved")
    assert (wrong.range.start.line, wrong.range.start.character) == (line - 1, column - 1)
    document = lsp.TextDocumentIdentifier(rules.as_uri())
    context = lsp.CodeActionContext(diagnostics=[wrong])
    found = await client.text_document_code_action_async(lsp.CodeActionParams(document, wrong.range, context))
    assert found is not None
    assert [each.title for each in found] == ["Write approved"]
    _type(client, rules, text, 2)
    assert await _mistakes(client, rules, 0) == []


@pytest.mark.asyncio
async def test_names_are_known(client: LanguageClient, tmp_path: Path) -> None:
    """Hover, definition, uses, renaming, outline, folding, colours and completion answer as they should."""
    claims = tmp_path / "law" / CLAIMS
    document = lsp.TextDocumentIdentifier(claims.as_uri())
    line, column = place(claims.read_text(encoding="utf-8"), "approved(r.change)")
    at = lsp.Position(line - 1, column)
    told = await client.text_document_hover_async(lsp.HoverParams(document, at))
    assert told is not None
    assert "approved" in str(told.contents)
    assert await client.text_document_definition_async(lsp.DefinitionParams(document, at))
    asked = lsp.ReferenceParams(lsp.ReferenceContext(include_declaration=True), document, at)
    uses = await client.text_document_references_async(asked)
    assert uses is not None
    assert len(uses) == 6
    edit = await client.text_document_rename_async(lsp.RenameParams(document, at, "passed"))
    assert edit is not None
    assert edit.changes is not None
    assert sum(map(len, edit.changes.values())) == 6
    assert await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert await client.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    colours = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert colours is not None
    assert colours.data
    items = await client.text_document_completion_async(lsp.CompletionParams(document, at))
    assert isinstance(items, lsp.CompletionList)
    assert "approved" in [each.label for each in items.items]
    options = lsp.FormattingOptions(tab_size=4, insert_spaces=True)
    assert not await client.text_document_formatting_async(lsp.DocumentFormattingParams(document, options))
