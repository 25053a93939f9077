"""Cells of quantities as other systems than DuckDB read them: the same numbers of the same cells.

Nothing here depends on a session's language or form of dates. T-SQL has no regular expressions: there, a cell
is held against what no amount and no date has. `checker.data.amounts` has the same for DuckDB, and
`checker.data.dialects` what is worked out of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.amounts import day_number, read_as
from checker.data.sql import Tree
from checker.language.calendar_words import MONTHS
from checker.model.expressions import Sort
from checker.model.quantities import DIGITS, measure, units_of

_MINUS: Final = "\u2212"
_NUMBERS: Final = ("DECIMAL", "DOUBLE", "FLOAT", "REAL")
_DATE: Final = exp.DataType.build("DATE")
_WIDER: Final = "DECIMAL(19, 0)"  # for products that have more digits than a 64-bit number
_HUGEINT: Final = exp.DataType.build("INT128")
_YEAR: Final = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_OF_FOUR: Final = "(?:0[48]|[2468][048]|[13579][26])"
_LEAP_YEAR: Final = f"(?:[0-9]{{2}}{_OF_FOUR}|{_OF_FOUR}00)"
_FEBRUARY: Final = 2
_SHORT: Final = (4, 6, 9, 11)  # months of 30 days


def read(cell: Tree, sort: Sort, dialect: str) -> Tree:
    """The number that a cell says, which is given as text; NULL if it says none."""
    if dialect == "tsql":
        return _day_in_tsql(cell) if measure(sort).calendar else _amount_in_tsql(cell, sort)
    return _day(cell, dialect) if measure(sort).calendar else _amount(cell, sort, dialect)


def read_typed(cell: Tree, kind: str, sort: Sort, dialect: str) -> Tree | None:
    """The number in a cell of a column of this type, if it need not be read as text."""
    if measure(sort).calendar or not kind.startswith(_NUMBERS):
        return read_as(cell, kind, sort)
    most = 10**DIGITS
    inside = exp.And(
        this=exp.GT(this=cell, expression=exp.Literal.number(-most)),
        expression=exp.LT(this=cell.copy(), expression=exp.Literal.number(most)),
    )
    exact = exp.EQ(this=_decimal(cell.copy(), sort, dialect), expression=cell.copy())
    units = exp.Case(ifs=[exp.If(this=exact, true=_in_units(_decimal(cell.copy(), sort, dialect), sort))])
    return exp.Case(ifs=[exp.If(this=inside, true=units)])


def _decimal(tree: Tree, sort: Sort, dialect: str) -> Tree:
    """As a number with as many decimals as the quantity has."""
    decimals = measure(sort).decimals
    if dialect == "bigquery":  # a type that one casts to says no number of decimals
        wide = exp.Cast(this=tree, to=exp.DataType.build("BIGDECIMAL"))
        return exp.Round(this=wide, decimals=exp.Literal.number(decimals))
    return exp.Cast(this=tree, to=exp.DataType.build(f"DECIMAL({DIGITS + decimals}, {decimals})"))


def _in_units(tree: Tree, sort: Sort) -> Tree:
    decimals = measure(sort).decimals
    if decimals:
        by = exp.Cast(this=exp.Literal.number(10**decimals), to=exp.DataType.build(_WIDER))
        tree = exp.Paren(this=exp.Mul(this=tree, expression=by))
    return exp.Cast(this=tree, to=_HUGEINT.copy())


# -------------------------------------------------------- by regular expressions


def _amount(cell: Tree, sort: Sort, dialect: str) -> Tree:
    """See `in_cell`. Between the sign and the digits may be blanks."""
    known = measure(sort)
    units = [f"(?:{'|'.join(map(re.escape, units_of(sort)))})?"]
    digits = f"(?:[0-9]{{1,{DIGITS}}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}})"
    rest = f"[0-9]{{1,{known.decimals}}}0*" if known.decimals else "0+"
    number = f"([-{_MINUS}]? *{digits}(?:[.]{rest})?)"
    pattern = f"{_blank(dialect)}*".join(("^", *units, number, *units, "$"))
    plain = exp.Anonymous(
        this="TRANSLATE",
        expressions=[_extracted(cell, pattern, dialect), sql.text(f"{_MINUS}, "), sql.text("-")],
    )
    return _in_units(_decimal(plain, sort, dialect), sort)


def _day(cell: Tree, dialect: str) -> Tree:
    """The number of a day that is written `2026-04-01` or `1 April 2026`."""
    blank = _blank(dialect)
    iso = _extracted(cell, rf"^{blank}*({_dates(_as_iso, blank)}){blank}*$", dialect)
    as_law = exp.RegexpLike(
        this=cell.copy(), expression=sql.text(rf"^{blank}*(?:{_dates(_as_law, blank)}){blank}*$")
    )
    day = exp.Pad(
        this=_extracted(cell, "([0-9]{1,2})", dialect),
        expression=exp.Literal.number(2),
        fill_pattern=sql.text("0"),
        is_left=True,
    )
    named = enumerate(MONTHS, 1)
    month = exp.Case(
        this=_extracted(cell, "([A-Z][a-z]+)", dialect),
        ifs=[exp.If(this=sql.text(name), true=sql.text(f"{number:02}")) for number, name in named],
    )
    parts = [_extracted(cell, "([0-9]{4})", dialect), sql.text("-"), month, sql.text("-"), day]
    joined = reduce(lambda one, other: exp.DPipe(this=one, expression=other), parts)
    text = exp.Case(ifs=[exp.If(this=as_law, true=joined)], default=iso)
    return day_number(exp.Cast(this=text, to=_DATE.copy()))


def _blank(dialect: str) -> str:
    """One of BLANKS."""
    return r"[ \t\n\r\f\u00A0]" if dialect == "postgres" else r"[ \t\n\r\f\xA0]"


def _dates(form: Callable[[str, tuple[int, ...], int, str], str], blank: str) -> str:
    """All dates that there are."""
    long = tuple(each for each in range(1, 13) if each not in (_FEBRUARY, *_SHORT))
    last = ((_YEAR, long, 31), (_YEAR, _SHORT, 30), (_YEAR, (_FEBRUARY,), 28), (_LEAP_YEAR, (_FEBRUARY,), 29))
    return "|".join(form(*each, blank) for each in last)


def _as_iso(year: str, of: tuple[int, ...], last: int, _blank: str) -> str:
    return f"{year}-(?:{'|'.join(f'{each:02}' for each in of)})-(?:{_days(last, '0')})"


def _as_law(year: str, of: tuple[int, ...], last: int, blank: str) -> str:
    return rf"(?:{_days(last, '0?')}){blank}+(?:{'|'.join(MONTHS[each - 1] for each in of)}){blank}+{year}"


def _days(last: int, zero: str) -> str:
    twenties = f"{zero}[1-9]|1[0-9]|2[0-{min(last, 29) - 20}]"
    return twenties + "".join(f"|{each}" for each in range(30, last + 1))


def _extracted(cell: Tree, pattern: str, dialect: str) -> Tree:
    """What the one group of a pattern matches; NULL if the pattern does not match."""
    match dialect:
        case "postgres":
            return exp.Anonymous(this="SUBSTRING", expressions=[cell.copy(), sql.text(pattern)])
        case "spark":  # an empty text if it does not match
            found = exp.RegexpExtract(
                this=cell.copy(), expression=sql.text(pattern), group=exp.Literal.number(1)
            )
            return exp.Nullif(this=found, expression=sql.text(""))
        case _:
            return exp.RegexpExtract(this=cell.copy(), expression=sql.text(pattern))


# ---------------------------------------------------------------------- T-SQL

_UNIT: Final = "|"
_NOT_IN_AMOUNTS: Final = (
    "%[^-0-9., |]%",
    "%[0-9.,]%[ |]%[0-9.,]%",  # nothing between digits
    "%[0-9]%-%",
    "%-%-%",
    "%-%|%[0-9]%",  # the sign stands beside the digits
    "%|%|%|%[0-9]%",  # one unit at most, beside the mark at the end
    "%[0-9]%|%|%|%",
    "%.%[.,]%",
    "%.[^0-9]%",
    "%[^0-9].%",
    "%[^0-9],%",
    "%[0-9][0-9][0-9][0-9],%",
    "%,[^0-9]%",
    "%,[0-9][^0-9]%",
    "%,[0-9][0-9][^0-9]%",
    "%,[0-9][0-9][0-9][0-9]%",
    f"%[^0-9.]{'[0-9]' * (DIGITS + 1)}%",
)
"""What no amount has in T-SQL, once its units are marks, and marks are at both its ends."""


def _amount_in_tsql(cell: Tree, sort: Sort) -> Tree:
    known = measure(sort)
    beyond = f"%.{'[0-9]' * (DIGITS + known.decimals)}%[1-9]%"  # more decimals than a number has there
    text = _replaced(cell, _UNIT, "?")
    for unit in units_of(sort):
        text = _replaced(text, unit, _UNIT)
    text = _replaced(text, _MINUS, "-")
    mark = sql.text(_UNIT)
    marked = exp.DPipe(this=exp.DPipe(this=mark, expression=text.copy()), expression=mark.copy())
    said = sql.and_(
        exp.Not(this=exp.Like(this=marked.copy(), expression=sql.text(each)))
        for each in (*_NOT_IN_AMOUNTS, beyond)
    )
    plain = reduce(lambda tree, each: _replaced(tree, each, ""), (_UNIT, " ", ","), text)
    digits = exp.Nullif(this=plain, expression=sql.text(""))
    wide = exp.DataType.build(f"DECIMAL({2 * DIGITS + known.decimals}, {DIGITS + known.decimals})")
    units = exp.TryCast(this=digits.copy(), to=wide)
    number = exp.TryCast(
        this=digits, to=exp.DataType.build(f"DECIMAL({DIGITS + known.decimals}, {known.decimals})")
    )
    exact = exp.EQ(this=units, expression=number.copy())
    return exp.Case(ifs=[exp.If(this=sql.and_((said, exact)), true=_in_units(number, sort))])


def _day_in_tsql(cell: Tree) -> Tree:
    """By the forms 23, `yyyy-mm-dd`, and 103, `dd/mm/yyyy`."""
    text = exp.Trim(this=cell.copy())
    iso = exp.Like(this=text.copy(), expression=sql.text("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"))
    named = reduce(
        lambda tree, each: _replaced(tree, f" {each[1]} ", f"/{each[0]:02}/"),
        enumerate(MONTHS, 1),
        _spaced(text),
    )
    forms = ("[0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9]", "[0-9][0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9]")
    written = sql.or_(exp.Like(this=named.copy(), expression=sql.text(each)) for each in forms)
    as_law = sql.and_((exp.Not(this=exp.Like(this=text.copy(), expression=sql.text("%/%"))), written))
    day = exp.Case(
        ifs=[
            exp.If(this=iso, true=_converted(text, 23)),
            exp.If(this=as_law, true=_converted(named, 103)),
        ]
    )
    return day_number(day)


def _spaced(tree: Tree) -> Tree:
    """With one blank where there are a few."""
    return reduce(lambda one, each: _replaced(one, each, " "), ("    ", "  ", "  "), tree)


def _converted(tree: Tree, form: int) -> Tree:
    words = [exp.Var(this="DATE"), tree.copy(), exp.Literal.number(form)]
    return exp.Anonymous(this="TRY_CONVERT", expressions=words)


def _replaced(tree: Tree, old: str, new: str) -> Tree:
    looked_for = sql.text(old) if old.isascii() else exp.National(this=old)
    return exp.Anonymous(this="REPLACE", expressions=[tree.copy(), looked_for, sql.text(new)])
