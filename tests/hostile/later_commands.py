"""Hostile options of commands that begin, watch, import and report, and of what narrows an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from tests.support.places import PERMITS

Asked: TypeAlias = tuple[tuple[str, ...], tuple[int, ...], tuple[bytes, str] | None]
"""Arguments, the exit codes that are right, and what FILE holds, with how its name ends."""

_SPEC: Final = str(PERMITS / "spec")
_LAW: Final = ("--spec", _SPEC, "--properties", str(PERMITS / "properties"))
_WORDS: Final = ("", " ", "\0", "x" * 5_000, "\udcff", "\x1b[31m", "\u202e", "٣", "$(id)", "{}", "../..")
_FOLDERS: Final = ("", "/dev/null", "/dev/null/x", "/proc/x", "x" * 5_000, "PLACE/\0", f"{_SPEC}/inner")
_FACTS: Final = (
    *("", " ", "inner", "inner()", "inner(s", "inner(street)", "inner(s) and", "not", "s", "s is s is s"),
    *(
        "nothing(s)",
        "lives(s, s)",
        "holder(s) is Elm",
        "r.act is Apply",
        "r.nothing is Apply",
        "inner(s) # x",
    ),
    *(
        "expect proved in new",
        '"inner(s)"',
        "`inner(s)`",
        "inner(s)\n```",
        "≠",
        "\U0001d494",
        "inner\u200b(s)",
    ),
    *("(" * 5_000, "not " * 3_000 + "inner(s)", "inner(s) and " * 3_000 + "inner(s)", "x" * 90_000, *_WORDS),
)
_ZIP: Final = b"PK\x05\x06" + b"\0" * 18  # an archive that has nothing in it
_DOCUMENTS: Final = (
    *((b"", ".docx"), (b"\0" * 900, ".docx"), (b"PK\x03\x04", ".docx"), (_ZIP, ".docx"), (_ZIP, ".xlsx")),
    *((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"), (b"\xd0\xcf\x11\xe0", ".docx"), (b"{\\rtf1}", ".rtf")),
    *(
        (b"", ".html"),
        (b"\xff\xfe<", ".html"),
        (b"<p>" * 20_000, ".html"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>", ".html"),
    ),
    *((b"<p>1 x</p>\n```redline", ".html"), (b"text", ".txt"), (b"text", ""), (b"<p>1 A.</p>", ".DOCX")),
)


def asked() -> Iterator[Asked]:
    """Yield the command lines, in a fixed order."""
    for folder in _FOLDERS:
        yield ("init", folder), (0, 2), None
        yield ("report", folder, *_LAW), (2,), None
        yield ("import", "FILE", folder), (2,), (b"<p>1 A clause.</p>", ".html")
    yield ("init", "PLACE/\udcff"), (0, 2), None
    yield ("init", "PLACE/e\u0301/\u202e"), (0, 2), None
    yield ("init", "PLACE", "--format", "yaml"), (2,), None
    yield ("init",), (2,), None
    for document in _DOCUMENTS:
        yield ("cases", "new", *_LAW, "--no-stories", "--previous", "FILE"), (2,), document
        yield ("import", "FILE", "PLACE/law"), (0, 2), document
    for word in _WORDS:
        page = (b"<p>1 A <ins>new</ins> clause.</p>", ".html")
        yield ("import", "FILE", "PLACE/law", "--source", word), (0, 2), page
        yield ("import", "FILE", "PLACE/law", "--modification", word), (0, 2), page
        yield ("import", "FILE", "PLACE/law", "--header", word), (2,), page
        yield ("cases", "new", *_LAW, "--levels", word), (2,), None
        yield ("cases", "new", *_LAW, "--level", word), (2,), None
        yield ("cases", "new", *_LAW, "--against", word), (2,), None
        yield ("watch", *_LAW, "--", word), (2,), None
        yield ("watch", *_LAW, "--version", word), (2,), None
        yield ("doctor", "--spec", word), (0, 2), None
        yield ("report", "PLACE/r", word, "new", *_LAW), (2,), None
        yield ("report", "PLACE/r", "--claim", word, *_LAW), (2,), None
        signed = ("--author", word, "--date", "2024-05-31")
        yield (
            ("show", "new", "--format", "docx", *signed, "--output", "PLACE/a.docx", "--spec", _SPEC),
            (0, 2),
            None,
        )
        dated = ("--author", "A", "--date", word)
        yield (
            ("show", "new", "--format", "docx", *dated, "--output", "PLACE/a.docx", "--spec", _SPEC),
            (2,),
            None,
        )
        yield ("show", "new", "--against", word, "--spec", _SPEC), (2,), None
        yield ("prove", "1", *_LAW, "--another", word), (2,), None
        yield ("prove", "1", *_LAW, f"--changed={word}"), (0, 2), None
        for form in ("", "docx:", "html:PLACE/"):
            yield ("prove", "1", *_LAW, "--jobs", "1", "--output", f"{form}{word}"), (0, 2), None
    for fact in _FACTS:
        yield ("prove", "1", *_LAW, "--jobs", "1", "--where", fact), (0, 2, 3), None
    for number in ("0", "-1", "21", "1.5", "9" * 400):
        yield ("prove", "1", *_LAW, "--another", number), (2,), None
    yield ("prove", *_LAW, "--another", "2"), (2,), None
    yield ("prove", *_LAW, "--where", "inner(s)"), (2,), None
    yield ("prove", "1", *_LAW, "--jobs", "1", *("--output", "PLACE/a.xml") * 2), (0, 2), None
    yield ("prove", "1", *_LAW, "--output", f"{_SPEC}/a.md"), (2,), None
    yield ("watch", "--spec", "/nowhere"), (2,), None
