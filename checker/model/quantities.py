"""Numbers as values: as numerals in situations, as they are written in a law, and in words.

The value of a quantity is the numeral of how many of its smallest units it is (`7000` for $70 with two
decimals), so it is a string like every other value; Python's numbers would be mixed up with truth values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from checker.model import months
from checker.model.dates import BLANKS, NoSuchDay, day_in_cell, told_day, written_day
from checker.model.expressions import (
    Absent,
    Arithmetic,
    ArithmeticOperator,
    Expression,
    How,
    Measure,
    Ordered,
    Sort,
    Term,
    Value,
)

DIGITS: Final = 15
"""How many digits a number that is written in a law may have."""

LITERAL: Final = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
"""A number as a law writes it."""

_IN_CELL: Final = re.compile(rf"(?:[0-9]{{1,{DIGITS}}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}})(?:\.[0-9]+)?")
_MINUS: Final = "\u2212"
_NUMERAL: Final = re.compile(r"0|-?[1-9]\d{0,999}")


def is_numeral(value: str) -> bool:
    """Whether a value is that of a quantity, in the only way in which it is written."""
    return _NUMERAL.fullmatch(value) is not None


def measure(sort: Sort) -> Measure:
    """The measure of a quantity. ValueError if the sort is none."""
    if sort.measure is None:
        raise ValueError(f"`{sort.name}` is no quantity")
    return sort.measure


def belongs(sort: Sort, value: str) -> bool:
    """Whether a request may carry the value for the quantity."""
    return is_numeral(value) and (measure(sort).signed or not value.startswith("-"))


def units_in(text: str, sort: Sort) -> int | None:
    """How many smallest units a number that a law writes is; None if it has too many decimals."""
    whole, _, rest = text.partition(".")
    decimals = measure(sort).decimals
    if len(rest.rstrip("0")) > decimals:
        return None
    return int(whole + rest[:decimals].ljust(decimals, "0"))


def units_of(sort: Sort) -> tuple[str, ...]:
    """What its unit is called, one and several, if it has a name: the longest first."""
    known = measure(sort)
    return tuple(sorted({known.units, known.unit} - {""}, key=lambda each: (-len(each), each)))


def in_cell(text: str, sort: Sort) -> str | None:
    """The value that a cell of a table gives, perhaps with its unit, a minus sign, and commas between
    thousands; None if it gives none.
    """
    known = measure(sort)
    if known.calendar:
        return _day_in_cell(text)
    bare, named = text.strip(BLANKS), units_of(sort)
    bare = bare.removeprefix(next(filter(bare.startswith, named), "")).strip(BLANKS)
    bare = bare.removesuffix(next(filter(bare.endswith, named), "")).strip(BLANKS)
    negative = bare[:1] in ("-", _MINUS)
    found = _IN_CELL.fullmatch(bare[1:].lstrip(" ") if negative else bare)
    units = None if found is None else units_in(found[0].replace(",", ""), sort)
    if units is None or (negative and units and not known.signed):
        return None
    return str(-units if negative else units)


def _day_in_cell(text: str) -> str | None:
    try:
        found = day_in_cell(text)
    except NoSuchDay:
        return None
    return None if found is None else str(found)


def no_day(text: str) -> str:
    """Why there is no such day, in words; "" if the text is not written like a date at all."""
    try:
        day_in_cell(text)
    except NoSuchDay as wrong:
        return str(wrong)
    return ""


def example_of(sort: Sort) -> str:
    """A value as one may write it: `2026-04-01`, `70` or, with two decimals, `70.50`."""
    known = measure(sort)
    if known.calendar:
        return "2026-04-01"
    return f"70.{'5'.ljust(known.decimals, '0')}" if known.decimals else "70"


def wanted(sort: Sort) -> str:
    """What may be written for a value of the quantity, in words."""
    known = measure(sort)
    if known.calendar:
        return "a date such as `1 April 2026` or `2026-04-01`"
    shown = " or ".join(f"`{each}`" for each in dict.fromkeys(("70", example_of(sort))))
    at_most = f"with at most {known.decimals} decimal{'' if known.decimals == 1 else 's'}"
    few = at_most if known.decimals else "without decimals"
    return f"a number such as {shown}, {few}{'' if known.signed else ' and not negative'}"


def value_of(sort: Sort, units: int) -> Value:
    """So many smallest units of the quantity, as a term."""
    return Value(sort, str(units))


def written(sort: Sort, value: str) -> str:
    """A value as a law writes it, with a minus sign if it is negative, which no literal can be."""
    units, decimals = int(value), measure(sort).decimals
    if sort.is_date:
        return written_day(units)
    if not decimals:
        return str(units)
    whole, rest = divmod(abs(units), 10**decimals)
    shown = f"{whole}.{rest:0{decimals}d}" if rest else f"{whole}"
    return f"-{shown}" if units < 0 else shown


def as_law(sort: Sort, value: str | bool) -> str | bool:
    """A value as a law, a situation or a request on the command line has it."""
    return written(sort, value) if sort.is_quantity and isinstance(value, str) else value


def told(sort: Sort, value: str) -> str:
    """A value in words: `$70.01`, `7 days`, `Wednesday 11 March 2026`."""
    known = measure(sort)
    if known.calendar:
        return told_day(int(value))
    sign, number = (
        ("\u2212", written(sort, value)[1:]) if value.startswith("-") else ("", written(sort, value))
    )
    whole, point, rest = number.partition(".")
    number = f"{int(whole):,}{point}{rest}"
    unit = known.unit if number == "1" else known.units
    if not unit:
        return sign + number
    if unicodedata.category(unit[-1]) == "Sc":
        return f"{sign}{unit}{number}"
    return f"{sign}{number}{'' if unit[0] in '%°' else ' '}{unit}"


def percent(factor: Fraction) -> str:
    """A factor as a law writes it before `per cent`."""
    hundredths = factor * 100
    places = 0
    while (hundredths * 10**places).denominator != 1:
        places += 1
    digits = str(int(hundredths * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


# ------------------------------------------------------------------ meaning


def worked_out(operator: ArithmeticOperator, factor: Fraction, parts: tuple[int, ...]) -> Fraction:
    """What comes of the parts. Rounding down is towards the smaller number, of debts, too."""
    first = parts[0]
    match operator:
        case "plus":
            return Fraction(sum(parts))
        case "minus":
            return Fraction(first - sum(parts[1:]))
        case "least":
            return Fraction(min(parts))
        case "greatest":
            return Fraction(max(parts))
        case "times" | "share":
            return factor * first
        case "share down":
            return Fraction((factor * first).__floor__())
        case "share up":
            return Fraction((factor * first).__ceil__())
        case "months":
            return Fraction(months.reached(first, months.Period(int(factor), months.RULES[parts[1]])))
        case "working days":
            raise AssertionError("which days are working days, a situation says")


def amount(term: Expression, value: Callable[[Expression], str | bool | None]) -> Fraction | None:
    """Work a quantity out, in its smallest units, or a place in an order, from the lowest, which is 0; None
    if a part is absent. Only a share that is not rounded may be a fraction. `value`: that of a term that is
    not worked out from others alone.
    """
    if not isinstance(term, Arithmetic) or term.calendar is not None:
        found = value(term)
        values = term.sort.values if isinstance(term, Term) and not isinstance(term, Absent) else ()
        if values:
            return Fraction(values.index(found)) if found in values else None
        return Fraction(int(found)) if isinstance(found, str) and is_numeral(found) else None
    parts = tuple(amount(each, value) for each in term.parts)
    known = tuple(each.numerator for each in parts if each is not None and each.denominator == 1)
    return worked_out(term.operator, term.factor, known) if len(known) == len(parts) else None


def numeral_of(number: Fraction | None) -> str | None:
    """The value that a number is; None if it is not whole."""
    return None if number is None or number.denominator != 1 else str(number.numerator)


def in_order(formula: Ordered, value: Callable[[Expression], str | bool | None]) -> bool:
    """Whether both numbers, or both places in an order, are there, and one so before the other."""
    one, other = amount(formula.left, value), amount(formula.right, value)
    return one is not None and other is not None and compared(one, formula.how, other)


OPPOSITE: Final[Mapping[How, How]] = {
    "at least": "less than",
    "less than": "at least",
    "at most": "more than",
    "more than": "at most",
}
"""What is so of two numbers that are there, if the other is not."""

MIRRORED: Final[Mapping[How, How]] = {
    "at least": "at most",
    "at most": "at least",
    "more than": "less than",
    "less than": "more than",
}
"""The same with the numbers in each other's place."""


OF_DATES: Final[Mapping[How, str]] = {
    "at least": "no earlier than",
    "at most": "no later than",
    "more than": "later than",
    "less than": "earlier than",
}
"""How a law says the same of dates."""

NUMBER_OF: Final[Mapping[str, How]] = {said: how for how, said in OF_DATES.items()}
"""What is meant by the words for dates."""

_DENIED_OF_DATES: Final[Mapping[How, str]] = {
    **OF_DATES,
    "at least": "on or after",
    "at most": "on or before",
}


def is_date(term: Term) -> bool:
    """Whether the term is a day of the calendar."""
    return not isinstance(term, Absent) and term.sort.is_date


def how_said(term: Term, how: How, *, denied: bool = False) -> str:
    """The words of a comparison of a number, or a date, with another; `denied`: to be said after `not`."""
    if not is_date(term):
        return how
    return (_DENIED_OF_DATES if denied else OF_DATES)[how]


def compared(left: Fraction, how: How, right: Fraction) -> bool:
    """Whether the numbers are in that order."""
    match how:
        case "at least":
            return left >= right
        case "at most":
            return left <= right
        case "more than":
            return left > right
        case "less than":
            return left < right
