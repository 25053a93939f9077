"""A law that is open in an editor: its pages as they are being written, and what is known of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from checker.editor.edits import Edit, edited
from checker.editor.index import Index, index_of
from checker.editor.lenses import Lens, lenses
from checker.editor.pages import Page, read_pages
from checker.editor.standings import Standing
from checker.interface.held_texts import HeldTexts
from checker.interface.loaded_law import Folders
from checker.interface.saved_files import saves
from checker.language.diagnostics import Diagnostic, SpecError
from checker.lsp.background import Background
from checker.lsp.messages import (
    Answer,
    Begin,
    Cancel,
    Change,
    Done,
    Found,
    Mistakes,
    Noticed,
    Tell,
    Told,
    Turns,
)
from checker.lsp.trying import Trying
from checker.rooms.lint.finding import Finding

MOST_DEATHS = 3
"""How often a process that dies over one text is started again."""


class OpenLaw:
    """A law in an editor. All methods are called by one thread, that of the server.

    `told`: called with what is new: `diagnostics` (mistakes and notices), `verdicts`, `done`, or a sentence
    for people.
    """

    def __init__(
        self,
        places: Folders,
        trying: Trying,
        hand_over: Callable[[Callable[[], None]], None],
        told: Callable[[OpenLaw, str], None],
    ) -> None:
        """`hand_over` makes the server's thread call something. Raises SpecError for unreadable folders."""
        self.places = places
        self._saved = HeldTexts.of_folders(places)
        self._open: dict[str, str] = {}
        self._texts = self._asked = self._saved
        self._pages: dict[str, Page] = {}
        self._index: Index | None = None  # of the newest text
        self._named: Index | None = None  # the last one that was made
        self._trying, self._hand_over, self._told = trying, hand_over, told
        self.number = 0
        self._baseline = 0  # the number of the text that was saved last
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self._noticed: tuple[Finding, ...] = ()
        self._noticed_in: dict[str, str] = {}  # the texts that lint has read
        self._standings: dict[tuple[str, str], Standing] = {}
        self._before: dict[tuple[str, str], str] = {}
        self._turns: dict[str, tuple[str, ...]] = {}
        self._stories: dict[int, Callable[[str], None]] = {}
        self._key = 0
        self._deaths = 0
        self._cancelled = False
        self._background: Background | None = self._started()
        self._ended = threading.Event()
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        """Take over what others save, such as an editor in pages that it has not opened here."""
        for _ in saves((self.places.spec, self.places.properties), until=self._ended):
            self._hand_over(self._others_saved)

    def _others_saved(self) -> None:
        if not self._ended.is_set():
            self.reread()
            self.decide()

    # ---------------------------------------------------------------- texts

    @property
    def texts(self) -> dict[str, str]:
        """The newest text of every page."""
        return {**self._texts.spec, **self._texts.properties}

    @property
    def held(self) -> HeldTexts:
        """The same, by law and claims."""
        return self._texts

    @property
    def index(self) -> Index:
        """The names of the newest text."""
        if self._index is None:
            self._pages = read_pages(self.texts, self._pages)
            self._index = self._named = index_of(self._pages)
        return self._index

    def _read(self) -> None:
        if not self._ended.is_set():
            _ = self.index

    @property
    def open_pages(self) -> tuple[str, ...]:
        """The pages that an editor has open."""
        return tuple(self._open)

    @property
    def claim_files(self) -> tuple[str, ...]:
        """The pages of claims."""
        return tuple(self._texts.properties)

    def name_of(self, path: Path) -> str | None:
        """What the page of that path is called in diagnostics; None if it is no page of this law."""
        resolved = path.resolve()
        for folder in (self.places.spec, self.places.properties):
            if folder.resolve() in resolved.parents and path.suffix == ".md":
                return str(folder / resolved.relative_to(folder.resolve()))
        return None

    def write(self, name: str, text: str) -> None:
        """Take over what an editor has on a page now. `decide` says when it is to be checked."""
        self._open[name] = text.replace("\r\n", "\n").replace("\r", "\n")
        self._turn_to(self._saved.edited(self._open))

    def close(self, name: str) -> None:
        """Take over that an editor has the page no more: what was saved counts."""
        self._open.pop(name, None)
        self.reread()

    def reread(self) -> None:
        """Take over what the folders have now."""
        try:
            self._saved = HeldTexts.of_folders(self.places)
        except SpecError:
            return
        self._turn_to(self._saved.edited(self._open))

    def save(self) -> None:
        """Take over that pages were saved: if nothing is unsaved, verdicts turn from this text on."""
        self.reread()
        self.decide()
        if all(self._saved_text(name) == text for name, text in self._open.items()):
            self._baseline = self.number
            self._before = {key: each.verdict for key, each in self._standings.items()}
            self._told(self, "verdicts")

    def _saved_text(self, name: str) -> str | None:
        return self._saved.spec.get(name, self._saved.properties.get(name))

    def _turn_to(self, texts: HeldTexts) -> None:
        if texts is self._texts or texts == self._texts:
            return
        self._texts, self._index = texts, None
        if self._background is not None:
            self._cancelled = True
            self._background.ask(Cancel())

    # ------------------------------------------------------------- checking

    def decide(self) -> None:
        """Have the newest text checked, if it is another than the last that was."""
        old = {**self._asked.spec, **self._asked.properties}
        new = self.texts
        files = {name: new.get(name) for name in {**old, **new} if old.get(name) != new.get(name)}
        if self._background is None:
            self._deaths = 0
            self.number += 1
            self._background = self._started()
        elif files or self._cancelled:  # typed and undone, it is the same text, and still to be decided
            self.number += bool(files)
            self._asked, self._cancelled = self._texts, False
            self._background.ask(Change(self.number, files, self._first()))

    def _started(self) -> Background | None:
        if not self._trying.alone:
            return None
        background = Background(
            self._trying,
            lambda answer: self._hand_over(lambda: self._take(answer)),
            lambda: self._hand_over(self._bury),
        )
        self._asked = self._texts
        background.ask(Begin(self.number, self._texts, self._first()))
        return background

    def _first(self) -> tuple[str, ...]:
        """The claims on the pages that are open, by the names of the text before: those of the newest are
        found while the other process loads it.
        """
        index = self._named or self.index
        return tuple(each.name for each in index.all_of("claim") if each.span.file in self._open)

    def _take(self, answer: Answer) -> None:
        match answer:
            case Told():
                telling = self._stories.pop(answer.key, None)
                if telling is not None:
                    telling(answer.text)
            case _ if answer.number != self.number:
                return
            case Mistakes():
                self._deaths = 0
                self.diagnostics = answer.diagnostics
                if not answer.diagnostics:
                    self._standings.clear()
                self._told(self, "diagnostics")
                self._hand_over(self._read)  # once the editor has the mistakes, for what it asks next
            case Found(standing=each):
                key = (each.claim, each.column)
                if self._baseline == self.number:
                    self._before[key] = each.verdict
                self._standings[key] = replace(each, saved=self._before.get(key, ""))
                self._told(self, "verdicts")
            case Turns():
                self._turns = dict(answer.claims)
            case Noticed():
                self._noticed, self._noticed_in = answer.findings, self.texts
                self._told(self, "diagnostics")
            case Done():
                self._told(self, "done")
                if answer.failed:
                    self._told(self, f"the claims could not be decided: {answer.failed}")

    def _bury(self) -> None:
        """The process is gone: start another, unless this text kills every one of them."""
        self._deaths += 1
        for telling in self._stories.values():
            telling("the process that decides claims ended unexpectedly")
        self._stories.clear()
        if self._deaths > MOST_DEATHS:
            self._background = None
            self._told(self, "the process that checks the law ends over this text; edit it to try again")
            return
        self._told(self, "the process that checks the law ended unexpectedly, and was started again")
        self._background = self._started()

    def tell(self, claim: str, column: str, telling: Callable[[str], None]) -> None:
        """Have the story behind a verdict told, some time."""
        if self._background is None:
            telling("nothing checks this law")
            return
        self._key += 1
        self._stories[self._key] = telling
        self._background.ask(Tell(self._key, claim, column))

    def end(self) -> None:
        """End everything that was started for this law."""
        self._ended.set()
        if self._background is not None:
            self._background.end()

    @property
    def process(self) -> int | None:
        """The number of the process that checks the law."""
        return None if self._background is None else self._background.process

    # ------------------------------------------------------------- what is known

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What lint has found on pages that are still as they were then."""
        now, then = self.texts, self._noticed_in
        return tuple(each for each in self._noticed if now.get(each.span.file) == then.get(each.span.file))

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The verdicts that were found for the newest law."""
        return tuple(replace(each, saved=self._before.get(key, "")) for key, each in self._standings.items())

    def lenses(self, name: str) -> Iterator[Lens]:
        """Yield the lines over claims and clauses of a page."""
        for each in lenses(self.index, name, self.standings, self._turns):
            stale = "before the mistake: " if self.diagnostics else ""
            yield replace(each, text=stale + each.text)

    def after(self, edits: tuple[Edit, ...]) -> tuple[dict[str, str], dict[str, str]]:
        """The texts of the law and of the claims after edits."""
        found = edited(self.texts, edits)
        return {name: found[name] for name in self._texts.spec}, {
            name: found[name] for name in self._texts.properties
        }
