"""Finds fences that look like rules but are not read: an unread rule is worse than a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.fence_tags import TAG, is_near, looks_like_ours, shown_tag, without_unseen
from checker.language.lexer import Fragment
from checker.language.parse import parse_fence

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKS: Final = "`~\u00b4\u02cb\u2035\u2018\u2019'\"\u201c\u201d\uff40\uff5e\u02dc\u223c:"
_BEFORE: Final = re.compile(r"(?:[\s>|*+#\-]|\d{1,9}[.)]|\[[ xX]\]|<!--|<[^<>]*>)*")
_OPENING: Final = re.compile(rf"([{_MARKS}]+)[ \t]*(.*)", re.DOTALL)
_MIDDLE: Final = re.compile(r"(?:`{3,}|~{3,})[ \t]*([^`~]+)$")
_HTML: Final = re.compile(rf"<(?:pre|code|script|template|textarea)\b[^>]*\b{TAG}\b", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(rf"\s*(?:\.\. [\w-]+::\s*|\[source,\s*){TAG}\b", re.IGNORECASE)
_WORDS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\w.-]+|[^\w\s]', re.DOTALL)
_FEWEST: Final = 4  # words and marks that read as rules, up to a mistake
_LONGEST: Final = 2_000  # of a line: nobody indents further
_FENCE: Final = 3  # marks in a row that open a fence
_LEGAL: Final = "to show rules without having them, tag the fence `text`"

_QUOTE: Final = "it stands in a quote"
_INDENT: Final = "it is indented like a block of code"
_IN_HTML: Final = "it stands in HTML or in a comment"
_NO_FENCE: Final = "Markdown sees no fence there"


def is_read(info: str) -> bool:
    """Whether a fence with this tag holds rules."""
    return info.strip() == TAG


def unread(file: str, lines: Sequence[str], tokens: Sequence[Token]) -> tuple[Diagnostic, ...]:
    """What looks like a fence of rules in a page and is not read or, if nothing does, its fences that are
    never closed. `tokens`: its blocks.
    """
    missed: list[Diagnostic] = []
    unclosed: list[Diagnostic] = []
    inside: set[int] = set()
    places: dict[int, str] = {}
    quotes = 0
    for token in tokens:
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        first, last = token.map or (0, 0)
        if token.type == "fence":
            inside.update(range(first, last))
            missed += _fence(file, lines, token, quoted=quotes > 0)
            unclosed += _open_fence(file, lines, token)
        elif token.type in ("code_block", "html_block"):
            why = _INDENT if token.type == "code_block" else _IN_HTML
            places.update(dict.fromkeys(range(first, last), why))
    for number, line in enumerate(lines):
        if number not in inside and line_looks_like_ours(line):
            missed.append(_not_read(file, lines, number, places.get(number, _NO_FENCE)))
    return tuple(sorted(missed, key=lambda each: each.span.line if each.span else 0)) or tuple(unclosed)


def line_looks_like_ours(line: str) -> bool:
    """Whether a line, or what some editor shows as one, may have been meant to open a fence of rules."""
    return any(map(_looks_like_ours, line[:_LONGEST].splitlines()))


def _looks_like_ours(line: str) -> bool:
    if _ELSEWHERE.match(line) is not None:
        return True
    if not any(mark in line for mark in _MARKS + "<"):
        return False
    text = without_unseen(line)
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    opening = _OPENING.match(text, start)
    if opening is not None and _opens(opening.group(1), opening.group(2).strip()):
        return True
    middle = _MIDDLE.search(text)
    return _HTML.search(text) is not None or (middle is not None and is_near(middle.group(1)))


def _opens(marks: str, rest: str) -> bool:
    if len(marks) < _FENCE:
        return marks[0] in "`~" and rest.isascii() and is_near(rest) and not re.search(r"[`~]", rest)
    content, closing, after = rest.partition(marks)
    if closing and is_near(content):
        return bool(after) and not after[0].isspace() and after[0].isalnum()
    return looks_like_ours(content)


def _fence(file: str, lines: Sequence[str], token: Token, *, quoted: bool) -> Iterator[Diagnostic]:
    first, info = (token.map or (0, 0))[0], token.info.strip()
    if is_read(info) and quoted:
        yield _not_read(file, lines, first, _QUOTE)
    elif not is_read(info) and looks_like_ours(info):
        yield _not_read(file, lines, first, f"its tag is {shown_tag(info)}", (f"`{TAG}`",))
    elif not info and _holds_rules(file, token.content):
        yield _not_read(file, lines, first, "it has no tag", (f"`{TAG}`",))


def _open_fence(file: str, lines: Sequence[str], token: Token) -> Iterator[Diagnostic]:
    first, last = token.map or (0, 0)
    matters = token.level == 0 or is_read(token.info)
    if (matters and not _is_closed(lines[first:last], token.markup)) or _swallows(token):
        expected = (f"a line of nothing but {token.markup} after it",)
        message = "this fence is never closed"
        yield Diagnostic("unbalanced-fence", message, _line(file, lines, first), expected)


def _swallows(token: Token) -> bool:
    """Whether a fence was to end before it does: it holds a fence of rules, and the start of another one like
    itself.
    """
    held = token.content.split("\n")
    again = re.compile(rf" {{0,3}}{re.escape(token.markup)}{re.escape(token.markup[0])}*[ \t]*[^\s`~]")
    return any(map(again.match, held)) and any(map(line_looks_like_ours, held))


def _is_closed(lines: Sequence[str], markup: str) -> bool:
    closing = re.sub(r"^[\s>]*", "", lines[-1]).rstrip() if len(lines) > 1 else ""
    return len(closing) >= len(markup) and set(closing) == {markup[0]}


def _holds_rules(file: str, text: str) -> bool:
    """Whether the text of a fence without a tag reads as rules, or begins so; or begins with the tag."""
    top = text.lstrip().partition("\n")[0]
    if is_near(top) and not re.search(r"[`~]", top):
        return True
    try:
        return bool(parse_fence(Fragment(file, text)))
    except SpecError as wrong:
        span = wrong.diagnostics[0].span
        if span is None:
            return False
        above = text.split("\n")[: span.line]
        above[-1] = above[-1][: span.column - 1]
        return len(_WORDS.findall("\n".join(above))) >= _FEWEST


def _not_read(
    file: str, lines: Sequence[str], number: int, why: str, expected: tuple[str, ...] = ()
) -> Diagnostic:
    message = f"this looks like a fence of rules, and is not read: {why}"
    return Diagnostic("not-read", message, _line(file, lines, number), expected, notes=(_LEGAL,))


def _line(file: str, lines: Sequence[str], number: int) -> Span:
    return Span(file, number + 1, 1, number + 1, max(2, min(len(lines[number]), 80) + 1))
