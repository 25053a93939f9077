"""The texts of all files, to quote formulas as they were written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.language.diagnostics import Span

_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|--[^\n]*', re.DOTALL)


class Sources:
    """The texts of all files by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.lines = {file: text.split("\n") for file, text in texts.items()}

    def text(self, span: Span) -> str:
        """The text of a span without comments, white space folded."""
        lines = self.lines.get(span.file, [])[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        text = "\n".join(lines)
        return " ".join(_COMMENT.sub(lambda found: found.group(1) or "", text).split())
