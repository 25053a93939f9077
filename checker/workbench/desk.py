"""The pages that are on the desk: as saved, as edited, and what an edit of the law comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from checker.interface.held_texts import HeldTexts
from checker.interface.loaded_law import Folders
from checker.interface.redrafting import Names
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.document import MAX_BYTES
from checker.workbench.drafts import Draft, Drafts
from checker.workbench.messages import Change, PageText
from checker.workbench.shared_text import SharedText, Update
from checker.workbench.trial import Sheet

SERVER: Final = "server"
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
_TITLE: Final = 200


@dataclass(slots=True)
class Page:
    """A page: as saved, and as it is being edited. `conflict`: it was saved by somebody else since."""

    name: str
    title: str
    claims: bool
    saved: str
    shared: SharedText
    conflict: bool = False

    @property
    def changed(self) -> bool:
        return self.shared.text != self.saved

    def told(self) -> PageText:
        """What a window is told of it."""
        shared, uri = self.shared, Path(self.name).resolve().as_uri()
        return PageText(self.name, uri, self.title, shared.text, self.saved, shared.version, self.conflict)


@dataclass(slots=True)
class Desk:
    """All pages of a law. Every method is called by one thread at a time."""

    places: Folders
    drafts: Drafts
    pages: dict[str, Page] = field(default_factory=dict)
    unkept: set[str] = field(default_factory=set)
    change: Change = field(default_factory=lambda: Change("", "MINE", "mine", "an edit of my own"))

    @classmethod
    def of(cls, texts: HeldTexts, drafts: Drafts, versions: Sequence[str], taken: Sequence[str]) -> Desk:
        """Lay out the pages of a law, with the edits that nobody has saved. `taken`: what a modification
        cannot be called.
        """
        places = texts.places
        assert places is not None
        desk = cls(places, drafts)
        for claims, some in ((False, texts.spec), (True, texts.properties)):
            for name, text in some.items():
                desk.add(name, text, claims=claims)
        desk.change = fresh_change(desk.change, taken, versions)
        for name, draft in drafts.read().items():
            page = desk.pages.get(name)
            if page is not None and draft.text != page.saved:
                page.shared.replace(draft.text, SERVER)
                page.conflict, page.saved = draft.base != page.saved, draft.base
        return desk

    def add(self, name: str, text: str, *, claims: bool) -> Page:
        """Lay a page on the desk."""
        folder = self.places.properties if claims else self.places.spec
        kind = "properties" if claims else "spec"
        title = f"{kind}/{Path(name).relative_to(folder).as_posix()}"
        page = self.pages[name] = Page(name, title, claims, text, SharedText(text))
        return page

    # ----------------------------------------------------------------- edits

    def push(self, name: str, version: int, updates: Sequence[Update]) -> tuple[Update, ...]:
        """Take an edit of a page, which is still to be kept. Raises BadChange, and KeyError for a page that
        is not here.
        """
        return self.pages[name].shared.push(version, updates, MAX_BYTES)

    def keep(self, pages: Sequence[Page]) -> None:
        """Keep edits where they outlive the server, and those that could not be kept before. SpecError if
        that cannot be done now.
        """
        self.unkept |= {each.name for each in pages}
        kept = [page for name in sorted(self.unkept) if (page := self.pages.get(name)) is not None]
        self.drafts.write(
            {each.name: Draft(each.saved, each.shared.text) if each.changed else None for each in kept}
        )
        self.unkept.clear()

    def undo(self, name: str) -> Iterator[tuple[Page, tuple[Update, ...]]]:
        """Make all pages, or one, what they were; yield what that changes."""
        for page in self._chosen(name):
            if page.conflict:
                page.saved = self._on_disk(page)
                page.conflict = False
            yield page, page.shared.replace(page.saved, SERVER)

    def _chosen(self, name: str) -> tuple[Page, ...]:
        return tuple(each for each in self.pages.values() if each.changed and name in ("", each.name))

    def _on_disk(self, page: Page) -> str:
        texts = HeldTexts.of_folders(self.places)
        return {**texts.spec, **texts.properties}.get(page.name, page.saved)

    def changed(self) -> tuple[Page, ...]:
        """The pages with edits that nobody has saved."""
        return tuple(each for each in self.pages.values() if each.changed)

    def look_again(self, texts: HeldTexts) -> Iterator[tuple[Page, tuple[Update, ...]]]:
        """Take over what the folders have now, except in pages that are being edited; yield each page that is
        another, and what changes in its text.
        """
        found = {**texts.spec, **texts.properties}
        for name, text in found.items():
            page = self.pages.get(name)
            if page is None:
                yield self.add(name, text, claims=name in texts.properties), ()
            elif text == page.saved:
                continue
            elif not page.changed or page.shared.text == text:
                page.saved, page.conflict = text, False
                yield page, page.shared.replace(text, SERVER)
            elif not page.conflict:
                page.conflict = True
                yield page, ()
        for name in [each for each in self.pages if each not in found]:
            page = self.pages[name]
            if not page.changed:
                del self.pages[name]
                yield page, ()
            elif not page.conflict:
                page.conflict = True
                yield page, ()

    # ---------------------------------------------------------------- trying

    def sheet(self) -> Sheet:
        """Return all texts as they are now, and what an edit of the law is called."""
        change = self.change
        beside = self.places.spec / "modifications"
        page = (beside if beside.is_dir() else self.places.spec) / f"{change.modification.lower()}.md"
        names = Names(change.modification, change.version, change.changes, change.title, str(page))
        law, claims = (
            {
                each.name: (each.saved, each.shared.text)
                for each in self.pages.values()
                if each.claims is of_claims
            }
            for of_claims in (False, True)
        )
        return Sheet(law, claims, names)


def checked_change(
    change: Change, versions: Sequence[str], modifications: Sequence[str], pages: Sequence[str]
) -> None:
    """Raise SpecError if a modification cannot be called so, or changes nothing that is there."""
    if change.changes not in versions:
        raise _wrong(f"there is no version `{change.changes}`", versions)
    for name, taken in ((change.modification, modifications), (change.version, versions)):
        if _NAME.fullmatch(name) is None:
            raise _wrong(f"`{name}` is no name", ("letters, digits and hyphens, a letter first",))
        if name in taken:
            raise _wrong(f"`{name}` is taken", ("another name",))
    if any(Path(each).name == f"{change.modification.lower()}.md" for each in pages):
        raise _wrong(f"there is a page `{change.modification.lower()}.md` already", ("another name",))
    if not change.title.strip() or len(change.title) > _TITLE or "\n" in change.title:
        raise _wrong("a modification has a title", (f"one line of at most {_TITLE} characters",))


def fresh_change(change: Change, taken: Sequence[str], versions: Sequence[str]) -> Change:
    """Return a change with names that are not taken: of the version that it names, or of the last one."""
    known = {each.lower() for each in taken}
    number, name = 1, "MINE"
    while name.lower() in known:
        number += 1
        name = f"MINE-{number}"
    last = versions[-1] if change.changes not in versions else change.changes
    return Change(last, name, name.lower(), change.title)


def _wrong(message: str, expected: Sequence[str]) -> SpecError:
    return SpecError((Diagnostic("bad-name", message, None, tuple(expected)),))
