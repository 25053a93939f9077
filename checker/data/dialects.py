"""SQL as the systems write it that scripts are for, where sqlglot alone would not say the same."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from checker.data.sql import Tree

COLLATIONS: Final = {"tsql": "Latin1_General_100_BIN2"}
"""How texts are compared to be equal letter by letter, where that is not what the system does anyway."""

_OF_VALUES: Final = (exp.EQ, exp.NullSafeEQ, exp.Coalesce, exp.Alias, exp.Select, exp.Max, exp.Min)


def in_dialect(tree: Tree, dialect: str, *, pretty: bool = False) -> str:
    """The text of a query or statement."""
    if dialect == "tsql":
        tree = tree.transform(_bit)
    return tree.sql(dialect, pretty=pretty)


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
