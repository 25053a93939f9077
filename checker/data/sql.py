"""Terms and formulas of SQL, with constants folded. Every formula is true or false, never NULL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlglot import exp

Tree: TypeAlias = exp.Expr

SMALL: Final = 24
"""How many nodes a tree has that may be written twice; larger ones are written once."""

TRUE: Final = exp.true()
FALSE: Final = exp.false()


@dataclass(frozen=True, slots=True)
class Sql:
    """A term. NULL stands for absent. `always`: it is never NULL. `constant`: the value that it always is.
    `possible`: the values that it can have, None if nobody knows. `row`: the name under which the query has
    the row of the thing that it is, if it has. `branches`: if it is one of several constants or absent, the
    condition of each; at most one of them is true. `largest`: no number of a quantity is farther from 0.
    """

    tree: Tree
    always: bool = False
    constant: str | None = None
    possible: tuple[str, ...] | None = None
    row: str = ""
    branches: tuple[tuple[Tree, str], ...] = ()
    largest: int = 0

    @property
    def never(self) -> bool:
        """Whether it is absent in every row."""
        return isinstance(self.tree, exp.Null)


ABSENT: Final = Sql(exp.null(), possible=())


def text(value: str) -> Tree:
    """A constant."""
    return exp.Literal.string(value)


def value_of(name: str) -> Sql:
    """The value of an enum."""
    return Sql(text(name), always=True, constant=name, possible=(name,))


def quoted(name: str) -> exp.Identifier:
    """A name, as it is."""
    return exp.to_identifier(name, quoted=True)


def column(name: str, row: str = "") -> Tree:
    """A column of a row."""
    return exp.Column(this=quoted(name), table=quoted(row) if row else None)


def table(name: str, row: str = "") -> exp.Table:
    """A table or view, with a name for its rows."""
    return exp.Table(this=quoted(name), alias=exp.TableAlias(this=quoted(row)) if row else None)


# ------------------------------------------------------------------ formulas


def truth(*, value: bool) -> Tree:
    """True or false."""
    return TRUE.copy() if value else FALSE.copy()


def is_true(tree: Tree) -> bool:
    """Whether it is the constant true."""
    return isinstance(tree, exp.Boolean) and bool(tree.this)


def is_false(tree: Tree) -> bool:
    """Whether it is the constant false."""
    return isinstance(tree, exp.Boolean) and not tree.this


def and_(parts: Iterable[Tree]) -> Tree:
    """All of them."""
    kept: dict[Tree, None] = {}
    for each in parts:
        if is_false(each):
            return truth(value=False)
        if not is_true(each):
            kept[each] = None
    return _joined(exp.And, list(kept)) if kept else truth(value=True)


def or_(parts: Iterable[Tree]) -> Tree:
    """Some of them."""
    kept: dict[Tree, None] = {}
    for each in parts:
        if is_true(each):
            return truth(value=True)
        if not is_false(each):
            kept[each] = None
    return _joined(exp.Or, list(kept)) if kept else truth(value=False)


def _joined(kind: type[exp.Connector], parts: Sequence[Tree]) -> Tree:
    """The parts, joined in halves: a chain of thousands would be nested as deep."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    left, right = _joined(kind, parts[:half]), _joined(kind, parts[half:])
    return kind(this=_inside(left, kind), expression=_inside(right, kind))


def _inside(tree: Tree, kind: type[exp.Connector]) -> Tree:
    loose = isinstance(tree, exp.Connector) and not isinstance(tree, kind)
    return exp.Paren(this=tree) if loose else tree


def not_(part: Tree) -> Tree:
    """The opposite."""
    if isinstance(part, exp.Boolean):
        return truth(value=not part.this)
    if isinstance(part, exp.Not):
        inner: Tree = part.this
        return inner.unnest() if isinstance(inner, exp.Paren) else inner
    plain = isinstance(part, exp.Exists | exp.Column)
    return exp.Not(this=part if plain else exp.Paren(this=part))


def size(tree: Tree) -> int:
    """How many nodes a tree has."""
    return sum(1 for _ in tree.walk())


def by_value(term: Sql, values: Iterable[tuple[str, Sql]]) -> Sql:
    """The term of the value that a large one has, which is written once; absent for any other."""
    kept = [(value, each) for value, each in values if not each.never]
    if not kept:
        return ABSENT
    ifs = [exp.If(this=text(value), true=each.tree.copy()) for value, each in kept]
    sets = [each.possible for _, each in kept]
    known = [value for each in sets if each is not None for value in each]
    return Sql(
        exp.Case(this=term.tree.copy(), ifs=ifs),
        possible=tuple(dict.fromkeys(known)) if all(each is not None for each in sets) else None,
        largest=max(each.largest for _, each in kept),
    )


def operand(tree: Tree) -> Tree:
    """A tree that may stand beside an operator."""
    loose = isinstance(tree, exp.Connector | exp.Not | exp.Binary) and not isinstance(tree, exp.Dot)
    return exp.Paren(this=tree) if loose else tree


def same(left: Tree, right: Tree) -> Tree:
    """Both NULL, or both equal."""
    return exp.NullSafeEQ(this=operand(left), expression=operand(right))


def present(term: Sql) -> Tree:
    """Whether there is a value."""
    if term.always:
        return truth(value=True)
    if term.never:
        return truth(value=False)
    return exp.Not(this=exp.Is(this=operand(term.tree.copy()), expression=exp.null()))


def equal(left: Sql, right: Sql) -> Tree:
    """Both present and equal."""
    if left.never or right.never:
        return truth(value=False)
    if left.constant is not None and right.constant is not None:
        return truth(value=left.constant == right.constant)
    if _never_equal(left, right):
        return truth(value=False)
    for one, other in ((left, right), (right, left)):
        if one.branches and other.constant is not None:
            return or_(condition.copy() for condition, value in one.branches if value == other.constant)
    trees = left.tree.copy(), right.tree.copy()
    if left.always and right.always:
        return exp.EQ(this=operand(trees[0]), expression=operand(trees[1]))
    if left.always or right.always:
        return same(*trees)
    lighter = min((left, right), key=lambda each: size(each.tree))
    if size(lighter.tree) > SMALL:  # written once: NULL is not taken
        both = exp.EQ(this=operand(trees[0]), expression=operand(trees[1]))
        return exp.EQ(this=number(both), expression=exp.Literal.number(1))
    return and_((same(*trees), present(lighter)))


def _never_equal(left: Sql, right: Sql) -> bool:
    one, other = left.possible, right.possible
    return one is not None and other is not None and not set(one) & set(other)


def matching(left: Sql, right: Sql) -> Tree:
    """Both present and equal, or both absent."""
    if left.always or right.always:
        return equal(left, right)
    return same(left.tree.copy(), right.tree.copy())


def iff(left: Tree, right: Tree) -> Tree:
    """Both true or both false."""
    if isinstance(left, exp.Boolean):
        return right if is_true(left) else not_(right)
    if isinstance(right, exp.Boolean):
        return left if is_true(right) else not_(left)
    if size(left) + size(right) > SMALL:
        return exp.EQ(this=number(left), expression=number(right))
    return or_((and_((left, right)), and_((not_(left.copy()), not_(right.copy())))))


def choose(branches: Iterable[tuple[Tree, Sql]], otherwise: Sql) -> Sql:
    """The first term whose condition is true."""
    kept: list[tuple[Tree, Sql]] = []
    for condition, term in branches:
        if is_true(condition):
            otherwise = term
            break
        if not is_false(condition):
            kept.append((condition, term))
    if not kept:
        return otherwise
    ifs = [exp.If(this=condition, true=term.tree.copy()) for condition, term in kept]
    default = None if otherwise.never else otherwise.tree.copy()
    terms = (*(term for _, term in kept), otherwise)
    sets = [each.possible for each in terms]
    known = [value for each in sets if each is not None for value in each]
    return Sql(
        exp.Case(ifs=ifs, default=default),
        always=all(each.always for each in terms),
        possible=tuple(dict.fromkeys(known)) if all(each is not None for each in sets) else None,
        branches=tuple(_apart(kept)) if otherwise.never else (),
        largest=max(each.largest for each in terms),
    )


def _apart(kept: Sequence[tuple[Tree, Sql]]) -> Iterator[tuple[Tree, str]]:
    """The condition of each constant, with those before it denied; nothing unless all are constants."""
    if any(term.constant is None for _, term in kept):
        return
    if sum(size(condition) for condition, _ in kept) > SMALL * len(kept):
        return
    for number, (condition, term) in enumerate(kept):
        earlier = (each for each, _ in kept[:number] if not _excludes(each, condition))
        assert term.constant is not None
        yield and_((*(not_(each.copy()) for each in earlier), condition.copy())), term.constant


def _excludes(one: Tree, other: Tree) -> bool:
    """Whether both say that the same term is some constant, and not the same one."""
    first, second = _said_of(one), _said_of(other)
    return first is not None and second is not None and first[0] == second[0] and not first[1] & second[1]


def _said_of(condition: Tree) -> tuple[str, frozenset[str]] | None:
    """The term and the constants that it is one of, if that is what a condition says."""
    if isinstance(condition, exp.Paren):
        return _said_of(condition.this)
    if isinstance(condition, exp.NullSafeEQ | exp.EQ) and isinstance(condition.expression, exp.Literal):
        return condition.this.sql(), frozenset({str(condition.expression.this)})
    if isinstance(condition, exp.Or):
        first, second = _said_of(condition.this), _said_of(condition.expression)
        if first is not None and second is not None and first[0] == second[0]:
            return first[0], first[1] | second[1]
    return None


def exists(source: exp.Table, condition: Tree) -> Tree:
    """Whether some row of the source makes it true."""
    if is_false(condition):
        return condition
    found = exp.select(exp.Literal.number(1)).from_(source)
    return exp.Exists(this=found if is_true(condition) else found.where(condition))


def number(condition: Tree) -> Tree:
    """1 where it is true, else 0."""
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    return exp.Case(ifs=[exp.If(this=condition, true=one)], default=zero)


def flag(condition: Tree) -> Tree:
    """Whether it is so, as a value: not all dialects have conditions among values."""
    return exp.Case(ifs=[exp.If(this=condition, true=exp.true())], default=exp.false())
