"""The language server: the laws that are open in an editor, when it hears of them, and what it publishes.

No handler decides a claim. Texts go to a process for each law (`checker.lsp.background`), whose answers are
handed to the event loop that served the first message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method
from pygls.uris import to_fs_path

from checker.editor.pages import Page
from checker.editor.places import Lines
from checker.interface.installed import installed_version
from checker.interface.loaded_law import Folders, find_folders, project_around
from checker.language.diagnostics import SpecError
from checker.lsp.open_law import OpenLaw
from checker.lsp.translate import diagnostic, notice
from checker.lsp.trying import Trying

STORY: Final = "redline.story"
"""The command that tells the story behind a verdict: a claim and a column."""

_PAUSE: Final = 0.05  # seconds without a keystroke after which a text is checked
_REFRESH: Final = 0.15  # seconds in which verdicts are collected before an editor hears of them


@dataclass(frozen=True, slots=True)
class Here:
    """A page that an editor asks about."""

    law: OpenLaw
    name: str
    page: Page


class _Protocol(LanguageServerProtocol):
    """Counts in units of UTF-16, as every editor can, whatever else one would rather have."""

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> Generator[object, object, lsp.InitializeResult]:
        if params.capabilities.general is not None:
            params.capabilities.general.position_encodings = [lsp.PositionEncodingKind.Utf16]
        return (yield from super().lsp_initialize(params))


class RedlineServer(LanguageServer):
    """A server with the laws that are open in its editor."""

    def __init__(self, spec: Path | None, properties: Path | None, trying: Trying) -> None:
        super().__init__(
            "redline",
            installed_version(),
            text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        self._spec, self._properties, self._trying = spec, properties, trying
        self._laws: dict[tuple[Path, Path], OpenLaw] = {}
        self._uris: dict[str, str] = {}  # as the editor writes them, by the path of the page
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._published: dict[OpenLaw, frozenset[str]] = {}

    # ----------------------------------------------------------------- laws

    def prefer(self, spec: str | None, properties: str | None) -> None:
        """Take over the folders that the editor's settings name, unless the command line does."""
        if self._spec is None and self._properties is None:
            self._spec = None if spec is None else Path(spec)
            self._properties = None if properties is None else Path(properties)

    def here(self, uri: str) -> Here | None:
        """The page of that address, with its law; None if it belongs to none."""
        path = to_fs_path(uri)
        if path is None:
            return None
        law = self._law_of(Path(path))
        name = None if law is None else law.name_of(Path(path))
        if law is None or name is None:
            return None
        page = law.index.pages.get(name)
        return None if page is None else Here(law, name, page)

    def law_for(self, uri: str) -> tuple[OpenLaw, str] | None:
        """The law that a page belongs to, or will belong to, and what the page is called there."""
        path = to_fs_path(uri)
        law = None if path is None else self._law_of(Path(path))
        name = None if law is None or path is None else law.name_of(Path(path))
        if law is None or name is None or path is None:
            return None
        self._uris[str(Path(path).resolve())] = uri
        return law, name

    def _law_of(self, path: Path) -> OpenLaw | None:
        places = self._folders(path)
        if places is None:
            return None
        key = (places.spec.resolve(), places.properties.resolve())
        if key not in self._laws:
            self._loop = self._loop or asyncio.get_running_loop()
            try:
                self._laws[key] = OpenLaw(places, self._trying, self._hand_over, self._hear)
            except SpecError as wrong:
                self._say("; ".join(each.message for each in wrong.diagnostics))
                return None
        return self._laws[key]

    def _folders(self, path: Path) -> Folders | None:
        """The folders of the law that a page belongs to: as told, else the nearest above it."""
        try:
            if self._spec is not None or self._properties is not None:
                return find_folders(self._spec, self._properties)
            project = project_around(path.resolve().parent)
        except SpecError:
            return None
        return None if project is None else Folders(project / "spec", project / "properties", ())

    @property
    def laws(self) -> tuple[OpenLaw, ...]:
        """The laws that are open."""
        return tuple(self._laws.values())

    def uri(self, name: str) -> str:
        """The address of a page, as the editor writes it if it has it open."""
        path = Path(name).resolve()
        return self._uris.get(str(path), path.as_uri())

    def end(self) -> None:
        """End every process that was started."""
        for each in self._laws.values():
            each.end()
        self._laws.clear()

    # --------------------------------------------------------------- timing

    def _hand_over(self, work: Callable[[], None]) -> None:
        """Have the server's thread do something; called from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(work)

    def later(self, what: str, seconds: float, work: Callable[[], None], *, again: bool) -> None:
        """Do something in a while. `again`: anew from now, if it was to be done already."""
        known = self._waiting.get(what)
        if known is not None:
            if not again:
                return
            known.cancel()

        def do() -> None:
            self._waiting.pop(what, None)
            work()

        self._waiting[what] = asyncio.get_running_loop().call_later(seconds, do)

    def edited(self, law: OpenLaw) -> None:
        """Check a law once nobody types."""
        self.later(f"check {id(law)}", _PAUSE, law.decide, again=True)

    # -------------------------------------------------------------- answers

    def _hear(self, law: OpenLaw, what: str) -> None:
        match what:
            case "diagnostics":
                self._publish(law)
                self.later("refresh", _REFRESH, self._refresh, again=False)
            case "verdicts":
                self.later("refresh", _REFRESH, self._refresh, again=False)
            case "done":
                self._refresh()
            case _:
                self._say(what)

    def _say(self, what: str) -> None:
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, f"redline: {what}"))

    def _publish(self, law: OpenLaw) -> None:
        """Tell the editor what is wrong with each page, and what lint has found there; and of those that it
        has open and those where something was, that nothing is.
        """
        by_file: dict[str, list[lsp.Diagnostic]] = {each: [] for each in law.open_pages}
        texts = law.texts
        somewhere = next(iter(texts), None)
        for each in law.diagnostics:
            file = each.span.file if each.span is not None else somewhere
            if file is not None and file in texts:
                page = Lines(file, tuple(texts[file].split("\n")))
                by_file.setdefault(file, []).append(diagnostic(page, each))
        for found in law.findings:
            file = found.span.file
            page = Lines(file, tuple(texts[file].split("\n")))
            by_file.setdefault(file, []).append(notice(page, found))
        for file in self._published.get(law, frozenset()) - by_file.keys():
            self._send(file, [])
        for file, told in by_file.items():
            self._send(file, told)
        self._published[law] = frozenset(file for file, told in by_file.items() if told)

    def _send(self, file: str, found: list[lsp.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(self.uri(file), found))

    def _refresh(self) -> None:
        """Have the editor ask for what stands over claims and clauses again."""
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.code_lens is not None and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
