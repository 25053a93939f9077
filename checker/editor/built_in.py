"""What every law has without declaring it: names to be offered, and what words about time mean."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from checker.editor.index import Index
from checker.editor.occurrences import Declared, Kind
from checker.editor.pages import Page
from checker.language.diagnostics import NOWHERE
from checker.language.lexer import Lexeme
from checker.model.clock import TODAY
from checker.model.dates import NoSuchDay, day_of, told_day
from checker.model.expressions import DATE, DAYS, NUMBER

BUILT_IN: Final = (
    Declared("quantity", NUMBER.name, NOWHERE, NOWHERE, "a whole number, which every law has"),
    Declared("quantity", DATE.name, NOWHERE, NOWHERE, "a day of the calendar"),
    Declared("quantity", DAYS.name, NOWHERE, NOWHERE, "how many days; a law may declare it anew"),
    Declared("function", TODAY, NOWHERE, NOWHERE, "the present day", sort=DATE.name),
)
MEANINGS: Final = {
    "EVER": "`ever p`: `p` holds now, or has held in some situation before",
    "SINCE": "`p since q`: `p` has held from when `q` last came about until now; false if it never did",
    "AS_OF": "`p as of q`: `p` held when `q` last came about; false if it never did",
    "DAYS_FROM": "`days from a to b`: how many days, less than 0 where `b` is the earlier date",
    "EARLIEST_OF": "the earliest of these dates; absent if one is absent",
    "LATEST_OF": "the latest of these dates; absent if one is absent",
    "WITHIN": (
        "`x within 5 days after y`: from `y` to `y plus 5 days`, of which `y` is not counted; "
        "`from y`: counted, so to `y plus 4 days`; `before y`: from `y minus 5 days` to `y`"
    ),
    "PERIOD": "a period: so many days, or months, which end on the day that `month-end` says",
}
"""What words mean, by what the grammar calls them."""


def built_in(index: Index, *kinds: Kind) -> Iterator[Declared]:
    """Yield what the language declares of these kinds, unless the law does."""
    for each in BUILT_IN:
        if each.kind in kinds and (each.kind, each.name) not in index.declared:
            yield each


def meaning_at(page: Page, line: int, column: int) -> tuple[str, Lexeme] | None:
    """What a word of the language, or a date, means that is pointed at."""
    fence = page.fence_at(line)
    for word in () if fence is None else fence.read.words:
        span = word.span
        if (span.line, span.column) <= (line, column) < (span.end_line, span.end_column):
            text = _date(word) if word.type == "DAY" else MEANINGS.get(word.type)
            return None if text is None else (text, word)
    return None


def _date(word: Lexeme) -> str | None:
    with contextlib.suppress(NoSuchDay):  # which the diagnostics say
        day = day_of(" ".join(word.split()))
        return None if day is None else f"a date: {told_day(day)}"
    return None
