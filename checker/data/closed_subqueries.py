"""Subqueries that say the same of every row of a query: they are asked once, by themselves.

DuckDB makes one plan of a query with all its subqueries, and of hundreds never ends planning. What a subquery
says that reads no row of the query around it does not depend on that query; its answer is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.data import sql
from checker.data.sql import Tree


def closed_in(query: exp.Query) -> Iterator[exp.Exists | exp.Subquery]:
    """The subqueries among the expressions of a query that read no row around them, the outermost of them.
    Not those that the query selects from.
    """
    open_ = _reading_outwards(query)

    def skipped(node: exp.Expr) -> bool:
        return _is_asked(node) and id(node) not in open_

    for node in query.walk(prune=skipped):
        if node is not query and isinstance(node, exp.Exists | exp.Subquery) and skipped(node):
            yield node


def open_in(query: exp.Query) -> int:
    """How many subqueries read the rows around them."""
    return len(_reading_outwards(query))


def _reading_outwards(query: exp.Query) -> set[int]:
    """The `id` of each subquery that reads a row of a query around it."""
    found: set[int] = set()
    for column in query.find_all(exp.Column):
        if not column.table:
            continue
        passed: list[int] = []
        node = column.parent
        while node is not None:
            if isinstance(node, exp.Select) and column.table in _rows_of(node):
                break
            if _is_asked(node):
                passed.append(id(node))
            node = node.parent if node is not query else None
        found.update(passed)
    return found


def _is_asked(node: exp.Expr) -> bool:
    """Whether it is a subquery that stands among expressions."""
    if isinstance(node, exp.Exists):
        return True
    return isinstance(node, exp.Subquery) and not isinstance(
        node.parent, exp.From | exp.Join | exp.SetOperation
    )


def _rows_of(select: exp.Select) -> Iterator[str]:
    """The names under which a query has rows."""
    source = select.args.get("from_")
    if source is not None:
        yield source.this.alias_or_name
    yield from (each.alias_or_name for each in select.args.get("joins") or ())


def alike(subquery: exp.Exists | exp.Subquery) -> exp.Exists | exp.Subquery:
    """The same with its rows named by numbers: two that differ in these names only become equal."""
    made = subquery.copy()
    aliases = list(made.find_all(exp.TableAlias))
    names = {name: f"row {n}" for n, name in enumerate(dict.fromkeys(each.this.name for each in aliases), 1)}
    for alias in aliases:
        alias.set("this", sql.quoted(names[alias.this.name]))
    for column in made.find_all(exp.Column):
        if column.table in names:
            column.set("table", sql.quoted(names[column.table]))
    return made


def constant(value: object) -> Tree:
    """The answer of a subquery, to stand in its place."""
    match value:
        case bool():
            return sql.truth(value=value)
        case int():
            return exp.Cast(this=sql.text(str(value)), to=exp.DataType.build("INT128"))
        case None:
            return exp.null()
        case _:
            return sql.text(str(value))
