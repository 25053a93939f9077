"""SQL as the systems write it that scripts are for, where sqlglot alone would not say the same."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.sql import Tree

COLLATIONS: Final = {"tsql": "Latin1_General_100_BIN2"}
"""How texts are compared to be equal letter by letter, where that is not what the system does anyway."""

DIGITS: Final = 38
"""How many digits numbers have."""
WIDEST: Final = {"spark": 10**32 - 1, "tsql": 10**32 - 1}
"""How far from 0 a number may be where a division of decimals has six decimals, of 38 digits."""
_DECIMAL: Final = ("spark", "tsql")  # systems without a division of such numbers that leaves a whole one
_OF_VALUES: Final = (exp.EQ, exp.NullSafeEQ, exp.Coalesce, exp.Alias, exp.Select, exp.Max, exp.Min)


def in_dialect(tree: Tree, dialect: str, *, pretty: bool = False) -> str:
    """The text of a query or statement."""
    if dialect != "duckdb":
        tree = _with_numbers(tree, dialect)
    if dialect == "tsql":
        tree = tree.transform(_bit).transform(_long_text)
    return tree.sql(dialect, pretty=pretty)


# ------------------------------------------------------------------ quantities


def _with_numbers(tree: Tree, dialect: str) -> Tree:
    made = tree.copy()
    for node in reversed(list(made.walk())):  # the parts of a node come before it
        other = _number(node, dialect)
        if node is made:
            made = other
        elif other is not node:
            node.replace(other)
    return made


def _number(node: exp.Expr, dialect: str) -> exp.Expr:
    """What is worked out of whole numbers and days, as `checker.data.amounts` says it, in another system."""
    match node:
        case exp.Cast(to=exp.DataType(this=exp.DataType.Type.INT128)):
            wide = "BIGDECIMAL" if dialect == "bigquery" else f"DECIMAL({DIGITS}, 0)"
            node.set("to", exp.DataType.build(wide))
        case exp.IntDiv(this=one, expression=other) if dialect in _DECIMAL:
            rest = exp.Paren(this=exp.Mod(this=one.copy(), expression=other.copy()))
            exact = exp.Paren(this=exp.Sub(this=one, expression=rest))
            return exp.Cast(
                this=exp.Div(this=exact, expression=other), to=exp.DataType.build(f"DECIMAL({DIGITS}, 0)")
            )
        case exp.IntDiv(this=one, expression=other):
            return exp.Anonymous(this="DIV", expressions=[one, other])
        case exp.Sub(expression=first) if amounts.is_first_day(first) and dialect != "postgres":
            return exp.DateDiff(this=node.this, expression=first, unit=exp.Var(this="DAY"))
        case exp.Add(this=first) if amounts.is_first_day(first) and dialect != "postgres":
            return exp.DateAdd(this=first, expression=node.expression, unit=exp.Var(this="DAY"))
        case exp.Cast(
            this=exp.Paren(this=exp.Add(this=first)), to=exp.DataType(this=exp.DataType.Type.VARCHAR)
        ) if dialect == "postgres" and amounts.is_first_day(first):  # whatever form of dates the session has
            return exp.Anonymous(this="TO_CHAR", expressions=[node.this, sql.text("YYYY-MM-DD")])
        case exp.Pad() if dialect == "tsql":
            zeros = exp.DPipe(this=sql.text("0" * int(node.expression.this)), expression=node.this)
            return exp.Right(this=zeros, expression=node.expression)
        case exp.Coalesce(this=exp.Paren(this=exp.GTE() | exp.LTE() | exp.GT() | exp.LT())) if (
            dialect == "tsql"
        ):
            return exp.Paren(this=exp.EQ(this=sql.number(node.this.this), expression=exp.Literal.number(1)))
    return node


def _long_text(node: exp.Expr) -> exp.Expr:
    """T-SQL takes a text without a length for one of 30 letters, which a number may exceed."""
    if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.VARCHAR and not node.to.expressions:
        node.set("to", exp.DataType.build("VARCHAR(100)"))
    return node


# ----------------------------------------------------------------------- texts


def _bit(node: exp.Expr) -> exp.Expr:
    """T-SQL has conditions, and has bits: truth among values is a bit."""
    if isinstance(node, exp.Boolean) and _is_value(node):
        return exp.Cast(this=exp.Literal.number(int(bool(node.this))), to=exp.DataType.build("BIT"))
    return node


def _is_value(node: exp.Boolean) -> bool:
    parent = node.parent
    if isinstance(parent, exp.If):
        return node.arg_key == "true"
    if isinstance(parent, exp.Case):
        return node.arg_key == "default"
    return isinstance(parent, _OF_VALUES)


def plain_comparison(node: exp.Expr) -> exp.Expr:
    """Said of the cell itself, where a cell that is read as a value is compared with a constant."""
    if not isinstance(node, exp.NullSafeEQ) or not isinstance(node.expression, exp.Literal):
        return node
    read, asked = node.this.unnest(), str(node.expression.this)
    cells = [asked]
    if isinstance(read, exp.Case) and read.this is not None:
        pairs = [(each.this, each.args["true"]) for each in read.args["ifs"]]
        if (
            not all(isinstance(e, exp.Literal) for pair in pairs for e in pair)
            or read.args["default"] != read.this
        ):
            return node
        meant = {str(cell.this): str(value.this) for cell, value in pairs}
        cells = [each for each in (asked, *meant) if meant.get(each, each) == asked]
        read = read.this
    elif not isinstance(read, exp.Nullif):
        return node
    absent = set()
    while isinstance(read, exp.Nullif) and isinstance(read.expression, exp.Literal):
        absent.add(str(read.expression.this))
        read = read.this
    told = [exp.Literal.string(each) for each in dict.fromkeys(cells) if each not in absent]
    if len(told) == 1:
        return exp.NullSafeEQ(this=read.copy(), expression=told[0])
    if not told:
        return exp.false()
    there = exp.Not(this=exp.Is(this=read.copy(), expression=exp.null()))
    return exp.Paren(this=exp.And(this=there, expression=exp.In(this=read.copy(), expressions=told)))
