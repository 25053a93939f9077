"""How numbers, dates and what has been are written by habit, and how they are written here."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from checker.language.calendar_words import MONTHS
from checker.language.habits_of_dates import A_DATE

OF_DATES: Final = (
    "dates are compared by `earlier than`, `later than`, `no earlier than` and `no later than`; `within 5 "
    "days after` and `plus 5 days` count days"
)
_WORKING: Final = (
    "a period is in `days`, `working days`, `months` or `years`; a calendar says which days are working days"
)
_NO_CALENDAR: Final = (
    "no reading brings a calendar: let the law declare both, and define the day by one of them, "
    "`define ends(d: Domain): date means asked-on(d) plus 5 working days (uk)`, which a reading defines anew"
)
_BETWEEN: Final = (
    "write both ends: `x at least 1 and x at most 70`, of dates `no earlier than` and `no later than`"
)
_MARK: Final = "`is` does not stand before `at least`, `at most`, `more than`, `less than` and words of dates"

_HERE: Final[tuple[tuple[str, str | None, str | None], ...]] = (
    (r"(?:after|before|until|by|on|from)\s+(?:or\s+(?:after|before)\s+)?\d{1,2}\s+[A-Z]", None, OF_DATES),
    (r"(?:no|not)\s+(?:more|greater|higher)\s+than\b|does\s+not\s+exceed\b|up\s+to\b", "at most", None),
    (r"(?:no|not)\s+(?:less|fewer|lower)\s+than\b", "at least", None),
    (r"(?:greater|higher|bigger|larger)\s+than\b", "more than", None),
    (r"(?:smaller|lower|fewer)\s+than\b", "less than", None),
    (r"between\b", None, _BETWEEN),
    (r"not\s+(?:since|as\s+of)\b", None, "`not` stands before all of it: `not (p since q)`, or before `p`"),
    (r"as\s+at\b|asof\b", "as of", None),
)
"""What a wrong word begins, and the words or the note for it."""

_BEFORE: Final[tuple[tuple[str, str, str | None, str | None], ...]] = (
    (r"less\s+than\s+$", r"or\s+equal\b", "at most", None),
    (r"(?:more|greater)\s+than\s+$", r"or\s+equal\b", "at least", None),
    (r"\bis\s+at\s+$", r"(?:least|most)\b", None, _MARK),
    (r"\bis\s+(?:more|less|later|earlier)\s+$", r"than\b", None, _MARK),
    (
        r"\b(?:least|most|earliest|latest)\s+$",
        r"of\s*[\[{]",
        None,
        "what is compared stands in parentheses: `of (x, y)`",
    ),
    (
        r"\bdays?\s+$",
        r"of\b",
        None,
        "a period is counted `after`, `before` or `from` a day: `within 5 days after`",
    ),
    (r"(?<![\w.])\d[\d.]*\s$", r"\d", None, "a number has no blanks"),
    (r"(?<![\w.])\d+\s+$", r"(?:business|banking|office|court|week)\s+days?\b", "working", _WORKING),
    (
        r"(?<![\w.])\d{1,3}(?:\.\d{3})+$",
        r",\d",
        None,
        "a number is written `1000.00`: no sign between thousands",
    ),
    (r"(?<![\w.])\d{1,9}$", r",\d{1,2}(?!\d)", None, "a number has a point before its decimals: `0.50`"),
    (r"(?<![\w.])\d+\s+$", r"[A-Z]\w*\s*(?!\d)", None, A_DATE),
    (
        r"\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty|thirty)\s+$",
        r"(?:days?|weeks?|months?|years?)\b",
        None,
        "a period is written in figures: `5 days`",
    ),
    (r"\bplus\s+\w+\s+$", r"(?:months?|years?)\b", None, "a period is written in figures: `4 months`"),
    (r"\balso\s+$", r"calendar\b", None, _NO_CALENDAR),
)
"""What stands before a wrong word, what that begins, and the words or the note for it."""

_PERIODS: Final = ("days", "working", "months", "years")
_STATED: Final = ("not", "ever")
_HAS_BEEN: Final = {"never": "not ever", "always": "not ever not", "previously": "ever", "formerly": "ever"}
_IN_CLAIMS: Final = {"never": "always not", "previously": "before", "formerly": "before"}
_LAST_WORD: Final = re.compile(r"(?<![\w\"-])(?P<word>[^\W\d_][\w-]*)(?P<gap> +)$")
_CLAIM: Final = re.compile(r"(?:\A|\n)(?P<kind>[^\W\d_]\w*)[^\n]*(?:\n[ \t]+[^\n]*|\n)*\Z")
_CLOSE: Final = 0.8
_AFTER_FIGURE: Final = r"\s+(?:(?:working\s+)?(?:days?|weeks?|months?|years?)|[A-Z][a-z]+\s+\d{4})"
_AMOUNT: Final = rf"(?:today|\d+(?:\.\d+)?(?:{_AFTER_FIGURE})?)"
_COMPARES: Final = r"(?:is|at\s+least|at\s+most|(?:no\s+)?(?:more|less|earlier|later)\s+than|in)\b"
_BEGINS_WITH_NUMBER: Final = re.compile(rf"\s*{_AMOUNT}(?![\w-])(?!\s*{_COMPARES})")
_ENDS_WITH_NUMBER: Final = re.compile(rf"(?<![\w.-]){_AMOUNT}\s*$")
_SAME_CONDITION: Final = r"(?:(?!(?<!\w)(?:and|or|implies|iff|not)(?!\w))[^\n(\"])*"
_COMPARED: Final = re.compile(rf"(?<!\w){_COMPARES}{_SAME_CONDITION}$")


def of_comparison(text: str, at: int, word: str) -> tuple[str | None, tuple[str, ...]] | None:
    """The words, and notes, for a word of a number, date or comparison that cannot stand at that place."""
    before, here = text[:at], text[at:]
    for pattern, nearest, note in _HERE:
        if re.match(pattern, here):
            return nearest, (note,) if note else ()
    if re.search(r"(?<![\w.])\d{1,2}\s+$", before) and word[:1].isalpha():
        close = get_close_matches(word.casefold(), [each.casefold() for each in MONTHS], n=1)
        short = [
            each for each in MONTHS if word[2:] and each.casefold().startswith(word.casefold())
        ]  # three letters or more
        month = short[0] if short else close[0].capitalize() if close else None
        if month is not None:
            return month if month != word else None, (A_DATE,)
    if re.search(r"(?<![\w.])\d+\s+$", before) and word.islower():
        close = get_close_matches(word, _PERIODS, n=1, cutoff=_CLOSE)
        if close and close[0] != word:
            return close[0], ()
    for behind, pattern, nearest, note in _BEFORE:
        if re.search(behind, before) and re.match(pattern, here):
            return nearest, (note,) if note else ()
    return None


def between_numbers(text: str, start: int, end: int) -> bool:
    """Whether a sign stands where numbers or days are compared, and not between two conditions: no other
    comparison is on the side on which the number is. `start`, `end`: where the sign stands.
    """
    if _BEGINS_WITH_NUMBER.match(text, end) is not None:
        return True
    before = text[:start]
    return _ENDS_WITH_NUMBER.search(before) is not None and not _COMPARED.search(before)


def of_figure(text: str, at: int) -> str | None:
    """A note on a sign that cannot stand in a number or a date; None for any other."""
    if text[at] == "-" and re.match(r"-\s*\d", text[at:]):
        return "a number less than nothing is written `0 minus 5`"
    if text[at] == "/" and re.match(r"/\s*\d", text[at:]) and not (at and text[at - 1].isdigit()):
        return "nothing is divided: write `50 per cent of x`, or `2 times` the other side"
    after_figure = at > 0 and text[at - 1].isdigit()
    if text[at] == "%" and re.search(r"\d\s*$", text[:at]):
        return "a share is written `20 per cent of x`"
    if text[at] in "$£€¥":
        return "a number is written without its unit: `70`"
    if not after_figure:
        return None
    if re.match(r"/\d", text[at:]) or re.match(r"(?:st|nd|rd|th)\b", text[at:]):
        return A_DATE
    return "a blank stands between a number and its word" if re.match(r"[^\W\d_]{2,}", text[at:]) else None


def meant_before(text: str, at: int) -> tuple[str, int, str] | None:
    """A name directly before a word that cannot stand there, how far before it begins, and the word of a
    statement that it was meant to be, if it was.
    """
    last = _LAST_WORD.search(text, max(0, at - 80), at)
    if last is None:
        return None
    word, folded = last["word"], last["word"].casefold()
    declared = list(_CLAIM.finditer(text, 0, at))
    in_claim = bool(declared) and declared[-1]["kind"] == "claim"
    meant = (_IN_CLAIMS if in_claim else _HAS_BEEN).get(folded)
    if meant is None and word not in _STATED:
        meant = next(iter(get_close_matches(folded, _STATED, n=1, cutoff=_CLOSE)), None)
    return None if meant is None else (word, at - last.start("word"), meant)
