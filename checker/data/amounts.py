"""Quantities in SQL: cells read as whole numbers of the smallest unit, and what is worked out of them.

All are HUGEINT of DuckDB, which has 38 digits. How far a number can be from 0 is known of every term, so that
nothing that is worked out can have more; what could is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.sql import Sql, Tree
from checker.language.calendar_words import MONTHS
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.expressions import ArithmeticOperator, How, Sort
from checker.model.quantities import DIGITS, compared, in_cell, measure, told, written

WIDEST: Final = 10**38 - 1
"""No number is farther from 0: HUGEINT goes a little farther."""
LAST_DAY: Final = date.max.toordinal()
_HUGEINT: Final = exp.DataType.build("INT128")
_TEXT: Final = exp.DataType.build("VARCHAR")
_DATE: Final = exp.DataType.build("DATE")
_FIRST_DAY: Final = date.min.isoformat()
_LAST_DAY: Final = date.max.isoformat()
_SPACE: Final = r"\s*"
_INTEGERS: Final = frozenset(
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
) | {"INTEGER", "UINTEGER"}
_COMPARED: Final = {"at least": exp.GTE, "at most": exp.LTE, "more than": exp.GT, "less than": exp.LT}


def number(units: int) -> Sql:
    """So many smallest units."""
    literal = exp.Cast(this=sql.text(str(units)), to=_HUGEINT.copy())
    return Sql(literal, always=True, constant=str(units), possible=(str(units),), largest=abs(units))


def largest(sort: Sort) -> int:
    """How far from 0 a cell of the quantity can be; 0 for what is no quantity."""
    if not sort.is_quantity:
        return 0
    known = measure(sort)
    return LAST_DAY if known.calendar else 10 ** (DIGITS + known.decimals)


# --------------------------------------------------------------- worked out


def worked_out(operator: ArithmeticOperator, factor: Fraction, parts: Sequence[Sql]) -> Sql:
    """What comes of the parts; NULL if one is. A share that is not rounded is there only if it is whole."""
    if any(each.never for each in parts):
        return sql.ABSENT
    trees = [sql.operand(each.tree.copy()) for each in parts]
    always = all(each.always for each in parts)
    most = sum(each.largest for each in parts)
    match operator:
        case "plus":
            tree = reduce(lambda one, other: exp.Add(this=one, expression=other), trees)
        case "minus":
            tree = reduce(lambda one, other: exp.Sub(this=one, expression=other), trees)
        case "least" | "greatest":
            most = max(each.largest for each in parts)
            made = exp.Least if operator == "least" else exp.Greatest
            tree = _if_all(parts, made(this=trees[0], expressions=trees[1:]))
        case "times" | "share" | "share down" | "share up":
            scaled, by = fraction(factor, parts)
            most = scaled.largest
            tree = scaled.tree if by == 1 else _divided(operator, scaled.tree, by)
            always = always and operator != "share"
        case "months" | "working days":
            raise AssertionError("of periods, `checker.data.periods` says where they end")
    return _within(Sql(exp.Paren(this=tree), always=always, largest=most))


def fraction(factor: Fraction, parts: Sequence[Sql]) -> tuple[Sql, int]:
    """The one part times a factor, as a number and what that is to be divided by."""
    (part,) = parts
    if part.never:
        return part, 1
    times = number(factor.numerator)
    tree = exp.Mul(this=sql.operand(part.tree.copy()), expression=times.tree)
    scaled = Sql(exp.Paren(this=tree), always=part.always, largest=part.largest * times.largest)
    return _within(scaled), factor.denominator


def _if_all(parts: Sequence[Sql], tree: Tree) -> Tree:
    """NULL if a part is: LEAST and GREATEST leave NULL out."""
    there = sql.and_(sql.present(each) for each in parts)
    return tree if sql.is_true(there) else exp.Case(ifs=[exp.If(this=there, true=tree)])


def _divided(operator: ArithmeticOperator, tree: Tree, by: int) -> Tree:
    """Divided by a number above 0, and rounded to the smaller or the larger number: of debts, too."""

    def divisor() -> Tree:
        return number(by).tree

    def rest() -> Tree:
        return exp.Paren(this=exp.Mod(this=tree.copy(), expression=divisor()))

    whole = exp.Paren(this=exp.IntDiv(this=tree.copy(), expression=divisor()))  # towards 0
    one, zero = number(1).tree, number(0).tree
    if operator == "share":
        exact = exp.EQ(this=rest(), expression=zero)
        return exp.Case(ifs=[exp.If(this=exact, true=whole)])
    down = operator == "share down"
    beyond = (exp.LT if down else exp.GT)(this=rest(), expression=zero)
    step = exp.Case(ifs=[exp.If(this=beyond, true=one)], default=number(0).tree)
    return (exp.Sub if down else exp.Add)(this=whole, expression=step)


def _within(found: Sql) -> Sql:
    if found.largest > WIDEST:
        message = f"this comes to numbers of more than {len(str(WIDEST))} digits"
        raise SpecError((Diagnostic("not-in-sql", message, None),))
    return found


def ordered(left: tuple[Sql, int], how: How, right: tuple[Sql, int]) -> Tree:
    """Whether both numbers are there, and one so before the other. Each is a term and its divisor."""
    (one, under), (other, below) = left, right
    if one.never or other.never:
        return sql.truth(value=False)
    if one.constant is not None and other.constant is not None:
        return sql.truth(
            value=compared(Fraction(int(one.constant), under), how, Fraction(int(other.constant), below))
        )
    if below != 1:
        one, _ = fraction(Fraction(below), (one,))
    if under != 1:
        other, _ = fraction(Fraction(under), (other,))
    found = _COMPARED[how](this=sql.operand(one.tree.copy()), expression=sql.operand(other.tree.copy()))
    if one.always and other.always:
        return found
    return exp.Coalesce(this=exp.Paren(this=found), expressions=[exp.false()])


# -------------------------------------------------------------------- cells


def read(cell: Tree, sort: Sort) -> Tree:
    """The number that a cell says, which is given as text; NULL if it says none. See `in_cell`."""
    if measure(sort).calendar:
        return _day(cell)
    decimals = measure(sort).decimals
    found = _captured(cell, _pattern(sort), ("sign", "whole", "rest"))
    there = exp.Nullif(this=_part(found, "whole"), expression=sql.text(""))
    digits: Tree = exp.Anonymous(this="replace", expressions=[there, sql.text(","), sql.text("")])
    if decimals:
        padded = [_part(found, "rest"), exp.Literal.number(decimals), sql.text("0")]
        digits = exp.DPipe(this=digits, expression=exp.Anonymous(this="rpad", expressions=padded))
    units = exp.TryCast(this=digits, to=_HUGEINT.copy())
    negative = exp.EQ(this=_part(found, "sign"), expression=sql.text(""))
    sign = exp.Case(ifs=[exp.If(this=negative, true=number(1).tree)], default=number(-1).tree)
    return exp.Paren(this=exp.Mul(this=units, expression=sign))


def _pattern(sort: Sort) -> str:
    known = measure(sort)
    units = [f"(?:{re.escape(each)})?" for each in dict.fromkeys((known.units, known.unit)) if each]
    decimals = rf"(?:\.(\d{{1,{known.decimals}}})0{{0,{DIGITS}}})?" if known.decimals else r"(?:\.0{1,15})?()"
    return _SPACE.join(
        (
            "^",
            *units,
            "([-\u2212]?)",
            rf"(\d{{1,{DIGITS}}}|\d{{1,3}}(?:,\d{{3}}){{1,4}}){decimals}",
            *reversed(units),
            "$",
        )
    )


def _captured(cell: Tree, pattern: str, names: Sequence[str]) -> Tree:
    listed = exp.Array(expressions=[sql.text(each) for each in names])
    return exp.Anonymous(this="regexp_extract", expressions=[cell.copy(), sql.text(pattern), listed])


def _part(found: Tree, name: str) -> Tree:
    return exp.Anonymous(this="struct_extract", expressions=[found.copy(), sql.text(name)])


def _day(cell: Tree) -> Tree:
    """The number of a day that is written `2026-04-01` or `1 April 2026`."""
    year = r"(?:[1-9]\d{3}|0[1-9]\d{2}|00[1-9]\d|000[1-9])"
    iso = _matched(cell.copy(), rf"^\s*({year}-\d{{2}}-\d{{2}})\s*$")
    spaces = [cell.copy(), sql.text(r"\s+"), sql.text(" "), sql.text("g")]
    spaced = exp.Anonymous(this="regexp_replace", expressions=spaces)
    as_law = _matched(spaced, rf"^ ?(\d{{1,2}} (?:{'|'.join(MONTHS)}) {year}) ?$")
    read = exp.Anonymous(this="try_strptime", expressions=[as_law, sql.text("%d %B %Y")])
    first = exp.TryCast(this=iso, to=_DATE.copy())
    return day_number(exp.Coalesce(this=first, expressions=[exp.Cast(this=read, to=_DATE.copy())]))


def _matched(cell: Tree, pattern: str) -> Tree:
    """The first group of the pattern, else an empty text."""
    return exp.Anonymous(this="regexp_extract", expressions=[cell, sql.text(pattern), exp.Literal.number(1)])


def read_as(cell: Tree, kind: str, sort: Sort) -> Tree | None:
    """The number in a cell of a column of this type, where it need not be made a text first."""
    known = measure(sort)
    if known.calendar and kind == "DATE":
        ends = (exp.Cast(this=sql.text(each), to=_DATE.copy()) for each in (_FIRST_DAY, _LAST_DAY))
        inside = exp.Between(this=cell, low=next(ends), high=next(ends))
        return exp.Case(ifs=[exp.If(this=inside, true=day_number(cell.copy()))])
    if not known.calendar and kind in _INTEGERS:
        most = 10**DIGITS - 1
        inside = exp.Between(this=cell, low=number(-most).tree, high=number(most).tree)
        whole = exp.Cast(this=cell.copy(), to=_HUGEINT.copy())
        units = exp.Mul(this=whole, expression=number(10**known.decimals).tree)
        return exp.Case(ifs=[exp.If(this=inside, true=units)])
    return None


def _first_day() -> Tree:
    return exp.Cast(this=sql.text(_FIRST_DAY), to=_DATE.copy())


def is_first_day(tree: object) -> bool:
    """Whether it is the day from which days are counted: what is added to it, or taken from it, is days."""
    return isinstance(tree, exp.Expr) and tree == _first_day()


def day_number(day: Tree) -> Tree:
    """The number of a DATE."""
    since = exp.Sub(this=day, expression=_first_day())
    counted = exp.Cast(this=exp.Paren(this=since), to=_HUGEINT.copy())
    return exp.Paren(this=exp.Add(this=counted, expression=number(1).tree))


def day_as_date(tree: Tree) -> Tree:
    """The DATE that has the number, which is from 1 to LAST_DAY."""
    since = exp.Paren(this=exp.Sub(this=sql.operand(tree.copy()), expression=number(1).tree))
    days = exp.Cast(this=since, to=exp.DataType.build("INT"))
    return exp.Paren(this=exp.Add(this=_first_day(), expression=days))


def as_cell(tree: Tree, sort: Sort) -> Tree:
    """A number as a cell has it, as text: `70.01`, `2026-04-01`. See `cell_of`."""
    known = measure(sort)
    if known.calendar:
        inside = exp.Between(this=sql.operand(tree.copy()), low=number(1).tree, high=number(LAST_DAY).tree)
        day = exp.Cast(this=day_as_date(tree), to=_TEXT.copy())
        other = exp.Cast(this=tree.copy(), to=_TEXT.copy())
        outside = exp.DPipe(this=sql.text("day "), expression=other)
        return exp.Case(ifs=[exp.If(this=inside, true=day)], default=outside)
    if not known.decimals:
        return exp.Cast(this=tree.copy(), to=_TEXT.copy())
    by = 10**known.decimals
    size = exp.Abs(this=tree.copy())
    whole = exp.Cast(this=exp.Paren(this=exp.IntDiv(this=size, expression=number(by).tree)), to=_TEXT.copy())
    rest = exp.Cast(
        this=exp.Paren(this=exp.Mod(this=size.copy(), expression=number(by).tree)), to=_TEXT.copy()
    )
    padded = exp.Pad(
        this=rest, expression=exp.Literal.number(known.decimals), fill_pattern=sql.text("0"), is_left=True
    )
    below = exp.LT(this=sql.operand(tree.copy()), expression=number(0).tree)
    sign = exp.Case(ifs=[exp.If(this=below, true=sql.text("-"))], default=sql.text(""))
    return reduce(
        lambda one, other: exp.DPipe(this=one, expression=other), [sign, whole, sql.text("."), padded]
    )


def cell_of(sort: Sort, value: str) -> str:
    """The same of a value in Python."""
    known = measure(sort)
    if known.calendar:
        day = int(value)
        return date.fromordinal(day).isoformat() if 1 <= day <= LAST_DAY else f"day {day}"
    if not known.decimals:
        return value
    whole, rest = divmod(abs(int(value)), 10**known.decimals)
    return f"{'-' if value.startswith('-') else ''}{whole}.{rest:0{known.decimals}}"


def value_in(sort: Sort, cell: str) -> str | None:
    """The value that a cell of data says, which may be negative, whatever the law says of the quantity: then
    `--check` tells of it. None if it says none.
    """
    return in_cell(cell, replace(sort, measure=replace(measure(sort), signed=True)))


def why_not(sort: Sort, cell: str) -> str:
    """What is wrong with a cell that says no value of the quantity."""
    known = measure(sort)
    if not known.calendar:
        finer = replace(sort, measure=replace(known, signed=True, decimals=DIGITS))
        if in_cell(cell, finer) is not None:
            step = written(sort, "1")
            return f"lies between two numbers of {sort.name}, which are {step} apart"
    return f"is no {sort.name}, such as {told(sort, '1') if not known.calendar else '`2026-04-01`'}"
