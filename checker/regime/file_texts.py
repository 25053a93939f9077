"""The texts of all files, to quote formulas as they were written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.language.diagnostics import Span

_COMMENT: Final = re.compile(r'("(?:[^"\\]|\\.)*")|--[^\n]*', re.DOTALL)
_BRACKET: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[()\[\]{}]', re.DOTALL)
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_OPENING: Final = {closing: opening for opening, closing in _PAIRS.items()}


class Sources:
    """The texts of all files by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.lines = {file: text.split("\n") for file, text in texts.items()}

    def with_texts(self, texts: Mapping[str, str]) -> Sources:
        """The sources with further texts."""
        both = Sources(texts)
        both.lines = {**self.lines, **both.lines}
        return both

    def text(self, span: Span) -> str:
        """The text of a span without comments, white space folded. A span begins and ends with expressions;
        the brackets around these, which lie outside it, are restored.
        """
        lines = self.lines.get(span.file, [])[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        text = "\n".join(lines)
        return _bracketed(" ".join(_COMMENT.sub(lambda found: found.group(1) or "", text).split()))


def _bracketed(text: str) -> str:
    """The text, with every unmatched bracket completed."""
    opened: list[str] = []
    missing = ""
    for bracket in _BRACKET.findall(text):
        if bracket in _PAIRS:
            opened.append(bracket)
        elif bracket in _OPENING and opened:
            opened.pop()
        elif bracket in _OPENING:
            missing = _OPENING[bracket] + missing
    return missing + text + "".join(_PAIRS[each] for each in reversed(opened))
