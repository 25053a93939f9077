"""Dates as people write them by habit, such as `2026-04-01`, and how they are written here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from checker.language.calendar_words import MONTHS, no_such_day

_NO_DAY: Final = "there is no such day"
A_DATE: Final = "a date is written `1 April 2026`"
_MONTH: Final = rf"(?P<month>(?:{'|'.join(each[:3] for each in MONTHS)})[a-z]*)\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SHAPES: Final = tuple(
    re.compile(rf"(?<![\w./-]){each}(?![\w/-]|\.\w)", re.IGNORECASE)
    for each in (
        r"(?P<year>\d{4})(?P<sign>[-/])(?P<at>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4})",
        rf"{_DAY}[ ](?:of[ ])?{_MONTH},?[ ](?P<year>\d{{4}})",
        rf"{_MONTH}[ ]{_DAY},?[ ](?P<year>\d{{4}})",
    )
)
_LONGEST: Final = 40
"""Characters before and behind a place among which a date is looked for that has the place in it."""


@dataclass(frozen=True, slots=True)
class WrongDate:
    """A date that is not written as it is here. `start`, `end`: where it stands; `said`: what is wrong with
    it; `meant`: the date as it is written here, if there is such a day and no doubt which; `note`: what to do
    otherwise.
    """

    start: int
    end: int
    said: str
    meant: str | None = None
    note: str | None = A_DATE


def date_around(text: str, at: int) -> WrongDate | None:
    """The date that has the character at that place of a text in it; None if there is none, and if it is one
    as it is written here.
    """
    for shape in _SHAPES:
        for found in shape.finditer(text, max(0, at - _LONGEST), at + _LONGEST):
            if found.start() <= at < found.end():
                return _wrong(found)
    return None


def date_of_name(name: str) -> WrongDate | None:
    """The same of a name that is nothing but a date. Its note says what is wrong, if there is no such day."""
    found = date_around(name, 0)
    if found is None or found.end != len(name):
        return None
    return replace(found, note=found.said) if found.said.startswith(_NO_DAY) else found


def _wrong(found: re.Match[str]) -> WrongDate | None:
    year = int(found["year"])
    read = tuple(_read(found))
    possible = tuple(each for each in read if not no_such_day(year, *each))
    meant = f"{possible[0][1]} {MONTHS[possible[0][0] - 1]} {year:04d}" if len(possible) == 1 else None
    if meant == found[0] or not read:
        return None
    if not possible:
        said = f"{_NO_DAY}: {no_such_day(year, *read[0])}"
        return WrongDate(*found.span(), said)
    said = f"`{found[0]}` is not how a date is written"
    return WrongDate(*found.span(), said, meant, None if meant else A_DATE)


def _read(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield each month and day that it can be, the likelier one first."""
    parts = found.groupdict()
    if "first" in parts:
        first, second = int(found["first"]), int(found["second"])
        yield from dict.fromkeys(sorted(((second, first), (first, second)), key=_no_month))
    elif "month" in parts:
        word = found["month"].casefold()
        for number, month in enumerate(MONTHS, 1):
            if month.casefold().startswith(word):
                yield number, int(found["day"])
    else:
        yield int(found["at"]), int(found["day"])


def _no_month(read: tuple[int, int]) -> bool:
    return not 1 <= read[0] <= len(MONTHS)
