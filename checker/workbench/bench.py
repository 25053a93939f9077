"""The workbench without its wires: takes what windows say, and says to them what is so."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checker.holding import Held
from checker.interface.held_texts import HeldTexts
from checker.interface.saved_files import saves
from checker.language.diagnostics import Diagnostic, SpecError
from checker.workbench import fragments
from checker.workbench import messages as m
from checker.workbench.asking import Asking
from checker.workbench.desk import SERVER, Desk, Page, checked_change, fresh_change
from checker.workbench.drafts import Drafts
from checker.workbench.effect import Edited
from checker.workbench.noticing import Noticing
from checker.workbench.saving import write_pages
from checker.workbench.shared_text import BadChange, Update, read_wire, wired
from checker.workbench.striking import struck_words
from checker.workbench.trial import Trial, tried
from checker.workbench.wording import notes_of, placed_mistake, saved_words

if TYPE_CHECKING:
    from checker.api import Law

PAUSE: Final = 0.12  # seconds without a key after which a text is tried


@dataclass(frozen=True, slots=True)
class Window:
    """A window that is open. `name`: what its changes are called; `say`: tells it something."""

    name: str
    say: Callable[[m.ToWindow], None]


class Bench:
    """A law on the desk, what is asked about it, and the windows that show it. Any thread may call it."""

    def __init__(self, held: Held, drafts: Drafts) -> None:
        """Begin with the law as it is saved, and with the edits that nobody has saved. Raises SpecError."""
        self.run = secrets.token_hex(8)
        self._held = held
        self._changing = threading.Lock()  # around whatever edits the law that is held; before the other one
        self._lock = threading.RLock()
        self._telling = threading.Lock()  # around the windows; inside of all others, and of those of `Asking`
        self._windows: list[Window] = []
        self._saved: Law = held.law
        regime = held.law.regime
        taken = (*regime.versions, *regime.modifications)
        self.desk = Desk.of(held.texts, drafts, held.law.versions, taken)
        self.noticing = Noticing(held, self.desk, self._lock, self._say)
        self.asking = Asking(held, held.law, self._say, self.noticing.look_at)
        self._state: m.State | None = None
        self._trial: Trial | None = None
        self._edited = threading.Event()
        self._closed = False
        self.asking.turn_to(Edited(held.law, self.desk.change.changes, "", "", clean=True))
        self._edited.set()
        for work in (self._follow_edits, self._follow_disk):
            threading.Thread(target=work, daemon=True, name=f"redline {work.__name__}").start()

    def close(self) -> None:
        """End what is being asked. Edits stay in the drafts."""
        with self._lock:
            self._closed = True
        self._edited.set()
        self.asking.close()

    # ----------------------------------------------------------------- windows

    def enter(self, name: str, say: Callable[[m.ToWindow], None]) -> Window:
        """Let a window in, and tell it everything."""
        window = Window(name, say)
        with self._lock, self.asking.lock:
            law, pages = self._held.law, self.desk.pages.values()
            title = " and ".join(str(each) for each in law.folders)
            told = tuple(each.told() for each in pages)
            everything = self.asking.everything
            first = self._first_page()
            root = law.folders[0].resolve().parent.as_uri()
            say(m.Hello(self.run, title, root, law.shipped, told, first, self._saved.versions, everything))
            for each in (self._state, self.noticing.told, *self.asking.said):
                if each is not None:
                    say(each)
            with self._telling:
                self._windows.append(window)
        return window

    def _first_page(self) -> str:
        """What a window begins with: an edit, else a modification, for that is what people edit."""
        modifications = self._saved.regime.modifications.values()
        names = (*(each.name for each in self.desk.changed()), *(each.span.file for each in modifications))
        return next((each for each in (*names, *self.desk.pages) if each in self.desk.pages), "")

    def leave(self, window: Window) -> None:
        """A window is gone."""
        with self._telling:
            self._windows.remove(window)

    def _say(self, message: m.ToWindow) -> None:
        with self._telling:
            for each in self._windows:
                each.say(message)

    # ---------------------------------------------------------------- messages

    def take(self, window: Window, message: m.FromWindow) -> None:
        """Do what a window wants, or tell it why not."""
        try:
            self._take(window, message)
        except KeyError as wrong:
            window.say(m.Note(f"there is no page {wrong}", bad=True))
        except Exception as wrong:  # the window stays, and so do its edits
            for each in notes_of(wrong):
                window.say(each)

    def _take(self, window: Window, message: m.FromWindow) -> None:
        match message:
            case m.Push():
                self._push(window, message)
            case m.Pull():
                self._pull(window, message)
            case m.Choose():
                self.asking.choose((message.claim, message.column, message.by))
            case m.Ask():
                self.asking.ask(everything=message.everything)
            case m.Leave():
                self.asking.leave(message.claim)
            case m.Resume():
                self.asking.resume(message.claim)
            case m.Effect():
                self.asking.ask_effect()
            case m.NoEffect():
                self.asking.no_effect()
            case m.Change():
                self._name(message)
            case m.Redlined():
                law = self._held.law
                html = fragments.redlined_html(law, law.show(message.version))
                window.say(m.RedlinedLaw(message.version, html))
            case m.Strike():
                self._strike(window, message)
            case m.Save():
                self._save(window)
            case m.Undo():
                self._undo(message.page)

    def _push(self, window: Window, message: m.Push) -> None:
        updates = tuple(Update(window.name, read_wire(each)) for each in message.changes)
        with self._lock:
            page = self.desk.pages[message.page]
            try:
                taken = self.desk.push(message.page, message.version, updates)
            except BadChange as wrong:
                window.say(m.Note(f"an edit was not taken: {wrong}", bad=True))
                window.say(m.Behind(page.told()))
                return
            if taken:
                self._keep_and_tell((page,), lambda: self._tell_pushed(page, taken))
            else:
                self._pull(window, m.Pull(message.page, message.version))

    def _pull(self, window: Window, message: m.Pull) -> None:
        with self._lock:
            page = self.desk.pages[message.page]
            missed = page.shared.since(message.version)
            if missed is None:
                window.say(m.Behind(page.told()))
            else:
                window.say(m.Pushed(page.name, page.shared.version, wired(missed)))

    def _tell_pushed(self, page: Page, updates: Sequence[Update]) -> None:
        if updates:
            self._say(m.Pushed(page.name, page.shared.version, wired(updates)))

    def _name(self, change: m.Change) -> None:
        with self._lock:
            regime = self._saved.regime
            checked_change(change, self._saved.versions, tuple(regime.modifications), tuple(self.desk.pages))
            self.desk.change = change
            self._trial = None
            self._to_be_read()

    def _strike(self, window: Window, message: m.Strike) -> None:
        with self._lock:
            page = self.desk.pages[message.page]
            if page.shared.version != message.version:
                window.say(m.Note("the page is another by now: strike the words again", bad=True))
                return
            struck = struck_words(page.name, page.shared.text, message.start, message.end)
            made = page.shared.replace(struck.text, SERVER)

            def tell() -> None:
                self._tell_pushed(page, made)
                window.say(m.Place(page.name, struck.line, struck.note))

            self._keep_and_tell((page,), tell)

    def _undo(self, name: str) -> None:
        with self._lock:
            undone = tuple(self.desk.undo(name))

            def tell() -> None:
                for page, made in undone:
                    self._tell_pushed(page, made)
                    self._say(self._pages((page,)))

            self._keep_and_tell([page for page, _ in undone], tell)

    def _keep_and_tell(self, pages: Sequence[Page], tell: Callable[[], None]) -> None:
        """Keep the edits of pages before windows hear that they are taken, and forget them: what a window was
        told outlives the server. Where they cannot be kept, they are told all the same; SpecError says why.
        """
        try:
            self.desk.keep(pages)
        finally:
            tell()
            self._to_be_read()

    def _to_be_read(self) -> None:
        """Have the texts read again, for they are others."""
        self.asking.unread()
        self._edited.set()

    def _pages(self, pages: Sequence[Page]) -> m.Pages:
        here = tuple(each.told() for each in pages if each.name in self.desk.pages)
        gone = tuple(each.name for each in pages if each.name not in self.desk.pages)
        return m.Pages(here, gone, self._saved.versions)

    # ------------------------------------------------------------------ saving

    def _save(self, window: Window) -> None:
        """Write the pages that were edited; of edits of the law, the modification that says them."""
        with self._changing, self._lock:
            changed = self.desk.changed()
            if not changed:
                window.say(m.Note("There is nothing to save."))
                return
            self._check_saved(changed)
            trial = tried(self.desk.sheet())
            self._trial = None
            self._to_be_read()  # even if nothing can be written: what was being asked is stopped
            edit = self._held.change(_other(self._held.texts, trial.texts))
            if edit.diagnostics:
                raise SpecError(edit.diagnostics)
            law = [each for each in changed if each.name in trial.redrafted.law]
            writes = {each.name: each.shared.text for each in changed if each not in law}
            if trial.redrafted.page:
                writes[trial.names.page] = trial.redrafted.page
            write_pages(self.desk.places, writes)
            told: list[Page] = []
            for page in changed:
                if page in law:
                    self._tell_pushed(page, page.shared.replace(page.saved, SERVER))
                else:
                    page.saved = page.shared.text
                told.append(page)
            if trial.redrafted.page:
                told.append(self.desk.add(trial.names.page, trial.redrafted.page, claims=False))
            self._saved = edit.law
            if trial.redrafted.page:
                self.desk.change = fresh_change(
                    m.Change(trial.names.version, "", "", self.desk.change.title),
                    (*self._saved.versions, *self._saved.regime.modifications),
                    self._saved.versions,
                )
            self._say(self._pages(told))
            self._say(m.Note(saved_words(writes, law, self.desk)))
            self.desk.keep(changed)

    def _check_saved(self, changed: Sequence[Page]) -> None:
        """Raise SpecError if somebody saved one of the pages in the meantime."""
        self._look_again()
        for page in changed:
            if page.conflict:
                message = f"`{page.title}` was saved by somebody else after this edit began"
                expected = ("copy what you need, and undo the edit of this page",)
                raise SpecError((Diagnostic("conflict", message, None, expected),))

    # ----------------------------------------------------------------- following

    def _follow_edits(self) -> None:
        """Try the newest text whenever nobody has typed for a moment."""
        while True:
            self._edited.wait()
            if self._closed:
                return
            self._edited.clear()
            time.sleep(PAUSE)
            if not self._edited.is_set():
                with self._going_on():
                    self._read()

    def _read(self) -> None:
        """Try the newest text, and ask about it."""
        try:
            self._try()
        except Exception:
            self.asking.mistaken()
            raise
        finally:
            with self._lock:
                if self._edited.is_set():  # meanwhile it has become another
                    self.asking.unread()

    def _try(self) -> None:
        with self._changing:
            with self._lock:
                sheet, change = self.desk.sheet(), self.desk.change
            try:
                trial = tried(sheet)
            except SpecError as wrong:
                self._mistaken(wrong.diagnostics, None)
                return
            if trial == self._trial:
                with self._lock:
                    self._tell_state(trial, ())
                    self.asking.has_read()
                return
            edit = self._held.change(_other(self._held.texts, trial.texts))
            if edit.diagnostics:
                placed = (trial.redrafted.placed(each, trial.names.page) for each in edit.diagnostics)
                self._mistaken(tuple(placed), trial)
                return
            with self._lock:
                self._trial = trial
                self._tell_state(trial, ())
                clean = not any(before != now for before, now in (sheet.law | sheet.claims).values())
                if clean:
                    self._saved = edit.law
                new = trial.names.version if trial.redrafted.page else ""
                looked_at = Edited(edit.law, change.changes, new, trial.redrafted.page, clean=clean)
                self.asking.turn_to(looked_at, self._saved if clean else None)

    def _mistaken(self, found: Sequence[Diagnostic], trial: Trial | None) -> None:
        with self._lock:
            self._trial = None
            self._tell_state(trial, tuple(map(placed_mistake, found)))
            self.asking.mistaken()

    def _tell_state(self, trial: Trial | None, mistakes: tuple[m.Mistake, ...]) -> None:
        changed = self.desk.changed()
        self._state = m.State(
            tuple(each.name for each in changed),
            mistakes,
            () if trial is None else trial.redrafted.law,
            "" if trial is None else trial.redrafted.page,
            self.desk.change,
            () if trial is None else trial.redrafted.same_words,
            tuple(each.name for each in self.desk.pages.values() if each.conflict),
        )
        self._say(self._state)

    def _follow_disk(self) -> None:
        """Take over what other programs save."""
        places = self.desk.places
        for _ in saves((places.spec, places.properties)):
            with self._lock:
                if self._closed:
                    return
                with self._going_on():
                    self._look_again()

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """Say what went wrong: what comes next is looked at all the same."""
        try:
            yield
        except Exception as wrong:  # else nobody would follow what is typed after it
            for each in notes_of(wrong):
                self._say(each)

    def _look_again(self) -> None:
        try:
            texts = HeldTexts.of_folders(self.desk.places)
        except SpecError:
            return  # somebody is at it; the next look tells
        told: list[Page] = []
        for page, made in self.desk.look_again(texts):
            self._tell_pushed(page, made)
            told.append(page)
        if told:
            self._trial = None
            self._say(self._pages(told))
            self._to_be_read()
            self.desk.keep(told)


def _other(texts: HeldTexts, wanted: Mapping[str, str]) -> dict[str, str | None]:
    """Return the files that are to be others, and None for those that are to be gone."""
    now = {**texts.spec, **texts.properties}
    found: dict[str, str | None] = {name: text for name, text in wanted.items() if now.get(name) != text}
    return found | {name: None for name in now if name not in wanted}
