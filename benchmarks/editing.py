"""How long an editor waits: from a keystroke to the diagnostic, to a verdict, and to all verdicts in view.

    python benchmarks/editing.py                 # the shipped law, and one of 300 checks, 20 edits each
    python benchmarks/editing.py --short         # the law of `redline init`, 3 edits
    python benchmarks/editing.py --most 1.0      # fail if the median of a mistake takes longer, in seconds

A real `redline lsp` is spoken to over its pipes. Each round types a mistake into a page of the law, then an
edit that the law has not seen before. In view are the claims of one page. Times are of the wall clock, since
that is what people wait for: they mean something on a quiet machine only. The load is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.synthetic import synthetic
from checker.interface.starting import start_law

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 900.0  # seconds until the first verdicts are there
CHECKS = 300
EDITS = 20


@dataclass(frozen=True)
class Session:
    """A law, the page that is edited, the page of claims in view, and what each round makes of the text."""

    name: str
    folder: Path
    page: str
    claims: str
    edits: Callable[[str, int], str]


def shipped(folder: Path) -> Session:
    """The law that comes with redline: another Service Request in 6.2(b)."""
    for each in ("spec", "properties"):
        for path in (ROOT / each).rglob("*"):
            if path.is_file():
                place = folder / path.relative_to(ROOT)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(path.read_bytes())
    table = (ROOT / "spec/model/30-service-requests.md").read_text(encoding="utf-8")
    services = re.findall(r"^\| ([\d.]+) \|", table, re.MULTILINE)

    def edit(text: str, number: int) -> str:
        return text.replace("srv is 8.12.2", f"srv is {services[number % len(services)]}")

    return Session("shipped", folder, "spec/sec/21-srpd-6-2.md", "properties/repair.md", edit)


def made_up(folder: Path) -> Session:
    """A law of many checks: another value in one of them."""
    for texts in synthetic(CHECKS):
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")

    def edit(text: str, number: int) -> str:
        places = list(re.finditer(r"(?<=requires kind\(target\) )(is not|is)(?= )", text))
        chosen = places[number % len(places)]
        other = "is" if chosen.group() == "is not" else "is not"
        return text[: chosen.start()] + other + text[chosen.end() :]

    return Session(f"{CHECKS} checks", folder, "spec/law.md", "properties/claims.md", edit)


def small(folder: Path) -> Session:
    """The law of `redline init`."""
    start_law(folder / "law")
    acts = ("Push", "Merge", "Approve")

    def edit(text: str, number: int) -> str:
        return text.replace("applies when act is Merge", f"applies when act is {acts[number % len(acts)]}")

    return Session("small", folder / "law", "spec/rules.md", "properties/claims.md", edit)


class Editor:
    """A client that types, and waits for what it is told."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.client = LanguageClient("benchmark", "1")
        self.told = asyncio.Event()
        self.wrong: dict[str, int] = {}
        self.version = 0

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def hear(told: lsp.PublishDiagnosticsParams) -> None:
            self.wrong[told.uri] = len(told.diagnostics)
            self.told.set()

        @self.client.feature(lsp.WORKSPACE_CODE_LENS_REFRESH)
        def refresh(*_: object) -> None:
            """`decided` asks again anyway."""

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def say(said: lsp.ShowMessageParams) -> None:
            print(f"    {said.message}")

    def uri(self, name: str) -> str:
        return (self.session.folder / name).as_uri()

    async def begin(self) -> str:
        """Open both pages; return the text of the page that is edited."""
        await self.client.start_io(str(Path(sys.executable).with_name("redline")), "lsp", "--no-cache")
        refreshing = lsp.CodeLensWorkspaceClientCapabilities(refresh_support=True)
        can = lsp.ClientCapabilities(workspace=lsp.WorkspaceClientCapabilities(code_lens=refreshing))
        await self.client.initialize_async(
            lsp.InitializeParams(capabilities=can, root_uri=self.session.folder.as_uri())
        )
        self.client.initialized(lsp.InitializedParams())
        text = ""
        for name in (self.session.claims, self.session.page):
            text = (self.session.folder / name).read_text(encoding="utf-8")
            document = lsp.TextDocumentItem(self.uri(name), "markdown", 0, text)
            self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        return text

    async def type(self, text: str) -> float:
        """Have that text on the page; return when."""
        self.version += 1
        self.told.clear()
        document = lsp.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri(self.session.page))
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        began = time.monotonic()
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
        return began

    async def checked(self, began: float, *, wrong: bool) -> float:
        """Wait until the page is known to have mistakes, or none; return how long it took."""
        while True:
            await asyncio.wait_for(self.told.wait(), PATIENCE)
            self.told.clear()
            if bool(self.wrong.get(self.uri(self.session.page))) is wrong:
                return time.monotonic() - began

    async def decided(self, began: float) -> tuple[float, float]:
        """Wait for the verdicts in view; return when the first claim had all of its own, and when all had."""
        document = lsp.TextDocumentIdentifier(self.uri(self.session.claims))
        first: float | None = None
        while time.monotonic() < began + PATIENCE:
            found = await self.client.text_document_code_lens_async(lsp.CodeLensParams(document)) or ()
            open_ = ["…" in each.command.title for each in found if each.command is not None]
            now = time.monotonic() - began
            if first is None and not all(open_):
                first = now
            if open_ and not any(open_):
                return first or now, now
            await asyncio.sleep(0.02)
        sys.exit(f"{self.session.name}: no verdicts in {PATIENCE:.0f} seconds")

    async def end(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


async def measure(session: Session, edits: int) -> dict[str, list[float]]:
    """Type, and note how long everything takes."""
    editor = Editor(session)
    text = await editor.begin()
    _, loaded = await editor.decided(time.monotonic())
    print(f"{session.name}: all verdicts in view {loaded:.1f} s after the first page was opened")
    taken: dict[str, list[float]] = {"diagnostic": [], "no diagnostic": [], "one claim": [], "in view": []}
    for number in range(edits):
        mistaken = text.replace("```redline\n", "```redline\nsort sort sort\n", 1)
        taken["diagnostic"].append(await editor.checked(await editor.type(mistaken), wrong=True))
        began = await editor.type(session.edits(text, number))
        taken["no diagnostic"].append(await editor.checked(began, wrong=False))
        first, last = await editor.decided(began)
        taken["one claim"].append(first)
        taken["in view"].append(last)
    await editor.end()
    return taken


def rows(taken: dict[str, list[float]]) -> Iterator[str]:
    """Yield the median and the 95th percentile of each."""
    for name, times in taken.items():
        late = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        yield f"    keystroke to {name:14} {statistics.median(times):7.2f} {late:7.2f}"


def main() -> None:
    """Read the options, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="the small law, 3 edits")
    parser.add_argument("--edits", type=int, default=EDITS, metavar="N")
    parser.add_argument("--most", type=float, metavar="SECONDS", help="for the median of a mistake")
    chosen = parser.parse_args()
    laws, edits = ((small,), 3) if chosen.short else ((shipped, made_up), chosen.edits)
    slow = False
    for law in laws:
        with tempfile.TemporaryDirectory() as place:
            session = law(Path(place))
            taken = asyncio.run(measure(session, edits))
        print(f"  {edits} edits, seconds: median, 95 % (load {os.getloadavg()[0]:.1f})")
        print("\n".join(rows(taken)))
        slow = slow or (chosen.most is not None and statistics.median(taken["diagnostic"]) > chosen.most)
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
