"""The nodes of terms and formulas, which `Terms` builds."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, TypeAlias, TypeVar

from checker.model.expressions import Sort

Operator: TypeAlias = Literal[
    "true", "false", "symbol", "constant", "value", "apply", "equal", "member", "not", "and", "or", "ite",
    "exists", "sum", "quotient", "at_most", "months", "working", "counted", "holidays",
]  # fmt: skip

ORDER = attrgetter("order")

T = TypeVar("T")


class Node:
    """One term or formula. `data` is a name, a value, a function, a value set, bound symbols or numbers.

    `order`: smaller than that of every node that it is an argument of. It depends on the node's content and
    not on what was built before, so nothing done in this order depends on that either.
    """

    __slots__ = ("arguments", "data", "operator", "order", "quantified", "sort")

    def __init__(
        self,
        operator: Operator,
        arguments: tuple[Node, ...],
        data: object,
        sort: Sort,
        order: int,
    ) -> None:
        self.operator = operator
        self.arguments = arguments
        self.data = data
        self.sort = sort
        self.order = order
        self.quantified = operator == "exists"
        for each in arguments:
            if each.quantified:
                self.quantified = True

    def __repr__(self) -> str:
        inner = " ".join(repr(each) for each in self.arguments)
        data = (
            ""
            if self.data is None
            else f":{sorted(self.data) if isinstance(self.data, frozenset) else self.data}"
        )
        return f"({self.operator}{data}{' ' if inner else ''}{inner})"

    @property
    def values(self) -> frozenset[str]:
        """The value set of a `member` node."""
        assert isinstance(self.data, frozenset)
        return self.data

    @property
    def name(self) -> str:
        """The name of a symbol, constant, value or applied function."""
        assert isinstance(self.data, str)
        return self.data

    @property
    def bound(self) -> tuple[Node, ...]:
        """The symbols that a quantifier binds."""
        assert isinstance(self.data, tuple)
        return self.data


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a formula in the law, and its source. For readers; it decides nothing."""

    name: str
    source: str


def subterms(roots: Iterable[Node], known: Container[Node] = ()) -> list[Node]:
    """Every node below the roots once, roots included, children first; without `known` nodes and those below
    them.
    """
    seen = {each for each in roots if each not in known}
    stack = list(seen)
    while stack:
        for each in stack.pop().arguments:
            if each not in seen and each not in known:
                seen.add(each)
                stack.append(each)
    return sorted(seen, key=ORDER)  # a node's arguments were made before it


def of_arguments(known: Mapping[Node, frozenset[T]], node: Node) -> frozenset[T]:
    """What is known of any of the arguments: the set of one of them if that has all, as most have, for sets
    take more memory than nodes.
    """
    found: frozenset[T] = frozenset()
    for each in node.arguments:
        own = known[each]
        if not own <= found:
            found = own if found <= own else found | own
    return found


def term_text(node: Node) -> str:
    """A term as a reader would write it, or … if it is not a simple term."""
    if node.operator in ("symbol", "constant", "value"):
        return node.name
    if node.operator == "apply":
        return f"{node.name}({', '.join(map(term_text, node.arguments))})"
    return "…"


def is_thing(node: Node) -> bool:
    """Whether the node is a term of an uninterpreted sort, and no choice between such terms."""
    return node.operator != "ite" and node.sort.has_things
