"""The colours of the extension, held against redline's own reading of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from checker.editor.pages import Page, read_page
from checker.language.lexer import Lexeme
from tests.regimes_agree.trials import make_trial
from tests.support.places import ROOT

Kind = Literal["word", "string", "comment", "name", "outside"]
"""What a letter belongs to: a word of the language, a string, a comment, another in a fence, no fence."""

PLACES: Final = (
    "spec",
    "properties",
    "checker/starter",
    "tests/laws",
    "tests/cases/reach",
    "tests/cases/regimes",
    "tests/editor",
)
LAWS: Final = 40  # random ones
CLAIMS: Final = 24  # of each
_EMBEDDED: Final = "meta.embedded.block.redline"
_SHOWN: Final = "meta.embedded.block.markdown"  # a page within a page, which shows what to write
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("comment.", "comment"),
    ("string.quoted.", "string"),
    ("keyword.", "word"),
    ("storage.", "word"),
    ("constant.language.", "word"),
    ("support.function.outcome.", "word"),
    ("variable.language.", "word"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many words of a page were compared, and those that have a colour of something else."""

    words: int
    wrong: tuple[str, ...]


def pages() -> Mapping[str, str]:
    """All pages of the repository that have a fence of redline, by their place in it."""
    found = sorted(page for place in PLACES for page in (ROOT / place).rglob("*.md"))
    texts = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in found}
    return {name: text for name, text in texts.items() if "\n```redline\n" in text}


def random_pages() -> Mapping[str, str]:
    """The pages of random laws, which have every form of the language, by names of their own."""
    return {
        f"random/{number}/{name}.md": text
        for number in range(LAWS)
        for name, text in make_trial(0, number, CLAIMS).texts.items()
    }


def compare(name: str, text: str, snapshot: str) -> Compared:
    """Hold the scopes that vscode-tmgrammar-snap wrote of a page against the words that redline reads."""
    page = read_page(name, text)
    coloured = list(_coloured(snapshot))
    wrong, words = [], 0
    for fence in page.fences:
        for word in fence.read.words:
            wanted = _wanted(word)
            if wanted is not None:
                words += 1
                seen = {
                    coloured[line - 1][at]
                    for line, first, last in _stretches(page, word)
                    for at in range(first, last)
                    if not page.lines[line - 1][at].isspace()
                }
                if seen != {wanted}:
                    instead = " and ".join(sorted(seen))
                    wrong.append(f"{name}:{word.line}: `{word}` is a {wanted}, coloured as {instead}")
    inside = {line for fence in page.fences for line in range(fence.span.line, fence.span.end_line)}
    for number, line in enumerate(coloured, start=1):
        if set(line) - {"outside"} and number not in inside:
            wrong.append(f"{name}:{number}: is outside of all fences, coloured as within one")
    return Compared(words, tuple(wrong))


def _wanted(word: Lexeme) -> Kind | None:
    match word.type:
        case "STRING":
            return "string"
        case "NAME":
            return "name"
        case _:
            return "word" if word[0].isalpha() else None


def _stretches(page: Page, word: Lexeme) -> Iterator[tuple[int, int, int]]:
    """The parts of a word on its lines: the line, and from which letter to which, from 0."""
    span = word.span
    for line in range(span.line, span.end_line + 1):
        text = page.lines[line - 1]
        first = span.column - 1 if line == span.line else len(text) - len(text.lstrip())
        yield line, first, span.end_column - 1 if line == span.end_line else len(text)


def _coloured(snapshot: str) -> Iterator[list[Kind]]:
    """What each letter of each line is, by the scopes of a snapshot."""
    line: list[Kind] = []
    begun = False
    for row in snapshot.splitlines():
        if row.startswith(">"):
            if begun:
                yield line
            line, begun = ["outside"] * (len(row) - 1), True
        elif row.startswith("#"):
            carets, _, scopes = row[1:].lstrip().partition(" ")
            first = len(row) - len(row[1:].lstrip()) - 1
            line[first : first + len(carets)] = [_kind(scopes)] * len(carets)
    if begun:
        yield line


def _kind(scopes: str) -> Kind:
    if _EMBEDDED not in scopes or _SHOWN in scopes:
        return "outside"
    ours = scopes.partition(_EMBEDDED)[2].split()
    return next((kind for start, kind in _KINDS if any(each.startswith(start) for each in ours)), "name")
