"""What laws are made of, as far as the long run counts how often each was decided."""

from __future__ import annotations

import re
from typing import Final

CONSTRUCTS: Final = {
    "a number of days": r"\bn\((?:t|thing|o)\)",
    "decimals": r"with \d decimals",
    "below nothing": r'quantity money "£"(?: with \d decimals)?\n',
    "an amount that is absent": r"m\(Thing\): optional",
    "least, greatest": r"\b(?:least|greatest) of",
    "per cent, rounded": r"per cent of .* rounded",
    "per cent, exact": r"per cent of (?!.* rounded)",
    "bands": r"define worth",
    "levels in order": r"Level: .* in order",
    "steps of an order": r"\bg\(\w+\) (?:plus|minus) \d",
    "counts": r"(?:at least|at most|exactly) \w+ o: Thing",
    "counts with a comparison": r"o: Thing where .*(?:at least|at most|more than|less than)",
    "a request of two shapes": r"request one",
    "exceptions": r"exceptions",
    "exceptions to exceptions": r"takes it back",
    "amounts in a table": r"\bfee\(",
    "an event with an amount or a day": r"event ev",
    "a day that is defined": r"define due",
    "a lapse on a day that is defined": r"(?:on|past) due\(t\)",
    "a lapse": r"\blapse l",
    "two lapses": r"(?s)\blapse l.*\blapse l",
    "a duty": r"duty owed",
    "breach of a duty": r"breach of owed",
    "ever": r"\bever (?!breach)",
    "since, as of": r"\) (?:since|as of) \(",
    "for at least": r"\bfor at least",
    "beginning of": r"beginning of",
    "months after months": r"\d months?(?: \(on-[a-z-]+\))? plus \d months?\b",
    "months": r"\d months?\b",
    "month-end, other than usual": r"on-last-day|on-day-after",
    "a day of the calendar": r"\d (?:[JFMASOND][a-z]+) 20\d\d",
    "working days": r"calendar desk",
    "working days, open": r"calendar desk (?!.*(?:no other day|known from))",
    "working days, known for a time": r"known from",
    "working days, moved on a day": r"by M\d amend table holidays",
    "in force from a day": r"in force from",
    "in force from an open day": r"in force from commencement",
    "in force from a day that is appointed": r"event appoint",
    "in force in two steps": r"(?s)in force from.*in force from",
    "a duty, and in force from a day": r"(?s)duty owed.*in force from",
    "a last day that changes on a day": (
        r"(?s)t: Thing by ([^\n]*?)(?: when [^\n]*)?\n"
        r".*by M\d replace owed: duty [^\n]* t: Thing by (?!\1(?: when|\n))"
    ),
    "a lapse of two eras": r"(?s)in force from.*replace l\d",
    "a modification": r"is v with M$",
    "a reading": r"reading as-read",
    "`also` in a reading": r"also lapse",
}
"""Each by its name, and how it is recognised in a law's text or its claim's."""


def found(text: str) -> tuple[str, ...]:
    """Those that are in the text."""
    return tuple(name for name, sign in CONSTRUCTS.items() if re.search(sign, text, re.MULTILINE))
