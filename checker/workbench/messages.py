"""What the server and a window say to each other: JSON, each message with its kind in `type`."""

from __future__ import annotations

from typing import Final, TypeAlias

from msgspec import Struct

LARGEST: Final = 16_000_000
"""Bytes of a message: more than a page may have and an edit of it needs, however it is written."""

Wire: TypeAlias = tuple[str, list[int | list[int | str]]]
"""A change of a text: the window that made it, and the change as CodeMirror writes it."""

# ------------------------------------------------------------ from a window


class Push(Struct, frozen=True, tag="push", forbid_unknown_fields=True):
    """Changes of a page at a version of its text."""

    page: str
    version: int
    changes: list[list[int | list[int | str]]]


class Pull(Struct, frozen=True, tag="pull", forbid_unknown_fields=True):
    """A window wants what it has missed of a page."""

    page: str
    version: int


class Choose(Struct, frozen=True, tag="choose", forbid_unknown_fields=True):
    """A story is wanted."""

    claim: str
    column: str
    by: str | None = None


class Ask(Struct, frozen=True, tag="ask", forbid_unknown_fields=True):
    """Which verdicts are wanted: of versions only, or of all columns."""

    everything: bool


class Leave(Struct, frozen=True, tag="leave", forbid_unknown_fields=True):
    """A claim is not to be decided for now; without a name, none is."""

    claim: str = ""


class Resume(Struct, frozen=True, tag="resume", forbid_unknown_fields=True):
    """What was left is to be decided after all."""

    claim: str = ""


class Effect(Struct, frozen=True, tag="effect", forbid_unknown_fields=True):
    """Somebody asks what the edit does."""


class NoEffect(Struct, frozen=True, tag="no-effect", forbid_unknown_fields=True):
    """That is not wanted any more."""


class Change(Struct, frozen=True, tag="change", forbid_unknown_fields=True):
    """Which version an edit of the law changes, and what it is called."""

    changes: str
    modification: str
    version: str
    title: str


class Redlined(Struct, frozen=True, tag="redlined", forbid_unknown_fields=True):
    """The whole law of a version is to be shown, redlined."""

    version: str


class Strike(Struct, frozen=True, tag="strike", forbid_unknown_fields=True):
    """Words are to be struck from the law, and what they mean with them: from one letter to another."""

    page: str
    version: int
    start: int
    end: int


class Save(Struct, frozen=True, tag="save", forbid_unknown_fields=True):
    """The edit is to be saved."""


class Undo(Struct, frozen=True, tag="undo", forbid_unknown_fields=True):
    """All pages are to be as they were saved; or one."""

    page: str = ""


FromWindow: TypeAlias = (
    Push | Pull | Choose | Ask | Leave | Resume | Effect | NoEffect | Change | Redlined | Strike | Save | Undo
)


# -------------------------------------------------------------- to a window


class PageText(Struct, frozen=True):
    """A page: its name in diagnostics, its address for a language server, what it is called, its text at a
    version, and as it was saved.
    """

    name: str
    uri: str
    title: str
    text: str
    saved: str
    version: int
    conflict: bool = False


class Hello(Struct, frozen=True, tag="hello"):
    """All that a window needs to begin. `run`: of this server; `root`: the address of the law for a
    language server; `first`: the page to look at.
    """

    run: str
    title: str
    root: str
    shipped: bool
    pages: tuple[PageText, ...]
    first: str
    versions: tuple[str, ...]
    everything: bool


class Pages(Struct, frozen=True, tag="pages"):
    """Pages that came or were saved, and those that are gone."""

    pages: tuple[PageText, ...]
    gone: tuple[str, ...]
    versions: tuple[str, ...]


class Pushed(Struct, frozen=True, tag="pushed"):
    """Changes of a page, after which its text has that version."""

    page: str
    version: int
    changes: tuple[Wire, ...]


class Behind(Struct, frozen=True, tag="behind"):
    """Too much was missed, or the changes made no sense: the page as it is."""

    page: PageText


class _Placed(Struct, frozen=True):
    """Something said of a place: of which page, and where, lines and columns from 1."""

    page: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str


class Mistake(_Placed, frozen=True):
    """A diagnostic; no page where it has no place."""


class Mend(Struct, frozen=True):
    """An edit that answers a notice: what is put in the place of what, by lines and columns from 1."""

    title: str
    changes: tuple[tuple[int, int, int, int, str], ...]


class Notice(_Placed, frozen=True):
    """What lint has found on a page. `gates`: a rule can never decide."""

    gates: bool
    mends: tuple[Mend, ...]


class Noticed(Struct, frozen=True, tag="noticed"):
    """All that lint has found. `pages`: those that it has read, at the version of their text: of another
    version it says nothing.
    """

    found: tuple[Notice, ...]
    pages: dict[str, int]


class State(Struct, frozen=True, tag="state"):
    """How things stand with the edit. `changed`: pages; `law`: those that a modification says, `words` how;
    `same_words`: places at which words stay, and mean something else.
    """

    changed: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    law: tuple[str, ...]
    words: str
    change: Change
    same_words: tuple[str, ...]
    conflicts: tuple[str, ...]


class Verdicts(Struct, frozen=True, tag="verdicts"):
    """The claims with their verdicts. `stale`: they are of the text before, for this one has a mistake."""

    html: str
    done: int
    of: int
    running: bool
    turned: int
    stale: bool


class Story(Struct, frozen=True, tag="story"):
    """A story, or that it is being looked for."""

    claim: str
    column: str
    by: str | None
    html: str
    done: bool


class EffectFound(Struct, frozen=True, tag="effect-found"):
    """What an edit does, as far as that is known. `stage`: what is being found out, `progress`: how far. Done
    and without `html`: what was told was of a text before.
    """

    html: str
    done: bool
    stage: str
    progress: str


class RedlinedLaw(Struct, frozen=True, tag="redlined-law"):
    """The law of a version."""

    version: str
    html: str


class Note(Struct, frozen=True, tag="note"):
    """Something to say. `bad`: what was wanted was not done."""

    text: str
    bad: bool = False


class Place(Struct, frozen=True, tag="place"):
    """Look here: at a line of a page."""

    page: str
    line: int
    note: str


ToWindow: TypeAlias = (
    Hello
    | Pages
    | Pushed
    | Behind
    | State
    | Noticed
    | Verdicts
    | Story
    | EffectFound
    | RedlinedLaw
    | Note
    | Place
)
