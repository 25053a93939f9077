"""Every `match` of the checker over the members of a union, and which members its cases name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.support.places import ROOT
from tests.support.sources import parsed

CHECKER = ROOT / "checker"


@cache
def matches() -> tuple[tuple[str, str, ast.Match], ...]:
    """Every `match` over members of the unions, with its module and the function that it is in."""
    return tuple(_matches())


def _matches() -> Iterator[tuple[str, str, ast.Match]]:
    for path in sorted(CHECKER.rglob("*.py")):
        tree = parsed(path)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                own = (node for node in own_nodes(function) if isinstance(node, ast.Match))
                yield from ((str(path.relative_to(CHECKER)), function.name, node) for node in own)


def own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What a function is made of, without the functions in it."""
    waiting: list[ast.AST] = [each for each in function.body if not isinstance(each, ast.FunctionDef)]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.FunctionDef)]


def classes(case: ast.match_case) -> set[str]:
    patterns = (node for node in ast.walk(case.pattern) if isinstance(node, ast.MatchClass))
    return {ast.unparse(node.cls).split(".")[-1] for node in patterns}
