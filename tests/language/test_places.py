"""Places of words: whatever stands before them, and on however many lines."""

from __future__ import annotations

import pytest

from checker.language import syntax
from checker.language.diagnostics import SpecError
from checker.language.lexer import Fragment
from checker.language.parse import parse_fence

APART = ("8 March\n        2026", "8\n        March 2026", "8 March 2026")
DATED = "define old means today later than {} inference\n    {}\ndefine next means true inference {}\n"


@pytest.mark.parametrize("day", APART)
@pytest.mark.parametrize("why", ['"one line"', '"two\n     lines"'])
def test_words_stand_where_they_are_whatever_is_broken_into_lines_before(day: str, why: str) -> None:
    """A date and a string are one word each, and may take two lines."""
    text = DATED.format(day, why, '"z"')
    _, following = parse_fence(Fragment("law.md", text, 5))
    assert isinstance(following, syntax.Define)
    place = following.name.span
    line = text.split("\n")[place.line - 5]
    assert line[place.column - 1 : place.end_column - 1] == "next"
    with pytest.raises(SpecError) as raised:
        parse_fence(Fragment("law.md", DATED.format(day, why, "= "), 5))
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.span is not None
    assert text.split("\n")[diagnostic.span.line - 5].startswith("define next")
