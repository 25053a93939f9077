"""Formulas written back as text mean what they meant."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.diagnostics import SpecError
from checker.language.parse import parse_expression
from checker.model import expressions as e
from checker.model.unparse import unparse
from checker.regime.names import Report
from checker.regime.term_context import Context
from checker.regime.typecheck import Typer
from tests.support.good_specification import library

SORTS = library().vocabulary.sorts
VARIABLES = {"b": SORTS["Book"], "m": SORTS["Member"], "k": SORTS["Kind"]}
BOOK, MEMBER, KIND = (e.Variable(name, sort) for name, sort in VARIABLES.items())

books: st.SearchStrategy[e.Term] = st.sampled_from(
    [BOOK, e.Parameter("", "book", SORTS["Book"]), e.Parameter("", "book", SORTS["Book"])]
)
members: st.SearchStrategy[e.Term] = st.one_of(
    st.sampled_from(
        [MEMBER, e.Constant(SORTS["Member"], "LIBRARY"), e.Parameter("", "heir", SORTS["Member"])]
    ),
    books.map(lambda book: e.Apply("holder", (book,), SORTS["Member"])),
)
kinds: st.SearchStrategy[e.Term] = st.one_of(
    st.sampled_from([KIND, e.Value(SORTS["Kind"], "Novel"), e.Call("wanted-kind", (), SORTS["Kind"])]),
    books.map(lambda book: e.Apply("kind", (book,), SORTS["Kind"])),
)
firsts = st.one_of(books, members)  # a bare value can only be read where its enum is known


def _pairs(make: type[e.Is | e.Matches]) -> st.SearchStrategy[e.Formula]:
    return st.one_of(st.builds(make, members, members), st.builds(make, kinds, kinds))


atoms: st.SearchStrategy[e.Formula] = st.one_of(
    st.booleans().map(e.Truth),
    _pairs(e.Is),
    _pairs(e.Matches),
    firsts.map(e.Present),
    st.builds(e.In, members, st.lists(members, min_size=1, max_size=3, unique=True).map(tuple)),
    members.map(lambda member: e.Apply("enrolled", (member,), e.FACT)),
    books.map(lambda book: e.Call("lent", (book,), e.FACT)),
)


def _larger(parts: st.SearchStrategy[e.Formula]) -> st.SearchStrategy[e.Formula]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        parts.map(e.Not),
        several.map(e.And),
        several.map(e.Or),
        st.builds(e.Implies, parts, parts),
        st.builds(e.Iff, parts, parts),
        st.builds(_quantified, st.booleans(), st.one_of(st.none(), parts), parts),
        st.builds(_counted, st.sampled_from(("at least", "at most", "exactly")), st.integers(1, 10), parts),
    )


def _counted(how: Literal["at least", "at most", "exactly"], number: int, body: e.Formula) -> e.Formula:
    return e.Counted(how, number, _unbound(body), body)


def _quantified(universal: bool, where: e.Formula | None, body: e.Formula) -> e.Formula:
    variable = _unbound(body) if where is None else _unbound(body, where)
    return e.Quantified(universal, (variable,), where, body)


def _unbound(*parts: e.Formula) -> e.Variable:
    """Finds a name that is not bound in the parts yet."""
    taken = "".join(map(unparse, parts))
    name = next(f"x{number}" for number in range(100) if f"x{number}:" not in taken)
    return e.Variable(name, SORTS["Book"])


_DENIAL = re.compile(r"\b(?:not|absent)\b")
formulas = st.recursive(atoms, _larger, max_leaves=12)


@given(formulas)
def test_reading_back(formula: e.Formula) -> None:
    """A formula that is written and read again is the same formula."""
    text = unparse(formula)
    assert library().parse_formula(text, VARIABLES, at_hand=True) == formula, text


@given(formulas)
def test_no_needless_parentheses(formula: e.Formula) -> None:
    """No pair of parentheses around a part can be left out without a change of meaning."""
    text = unparse(formula)
    for start, end in _pairs_of_parentheses(text):
        shorter = text[:start] + text[start + 1 : end] + text[end + 1 :]
        try:
            read = library().parse_formula(shorter, VARIABLES, at_hand=True)
        except SpecError:
            continue
        assert read != formula, (text, shorter)


def _pairs_of_parentheses(text: str) -> list[tuple[int, int]]:
    """Where parentheses that group open and close; those of applications are left out."""
    found, opened = [], []
    for at, letter in enumerate(text):
        if letter == "(":
            opened.append(at)
        elif letter == ")":
            start = opened.pop()
            restricts = text[:start].endswith(" where ")  # these help people to find the colon
            denied = text[:start].endswith("not ") and _DENIAL.search(text[start:at])  # “not” twice
            if (start == 0 or text[start - 1] in " (") and not (restricts or denied):
                found.append((start, at))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "holder(book) is not member",
        "not (holder(book) is not member)",
        "holder(book) is absent and not lent(book)",
        "act not in {1.1, 1.2}",
        "(for some x: Book where lent(x): kind(x) is Novel) or mine",
        "mine implies mine implies mine iff (mine iff mine)",
        "version(Front) is then",
        "version(Stack[desk(book)]) is version(Front)",
        "not not mine",
        "mine or mine and (mine or mine)",
        "exactly one x: Book where lent(x) and holder(x) is member",
        "(exactly one x: Book where lent(x)) implies not (exactly one k: Kind where k is wanted-kind)",
        "for every x: Book where (exactly one y: Book where y is x): lent(x)",
        "at least two x: Book where lent(x)",
        "not (at most ten x: Book where lent(x))",
        "for every x: Book, y: Book: holder(x) matches holder(y)",
    ],
)
def test_shapes(text: str) -> None:
    """The usual shapes are written as people write them."""
    assert unparse(library().parse_formula(text, at_hand=True)) == text


@pytest.mark.parametrize(
    "text",
    [
        "r accepted in (now under strict and strict)",
        "r rejected by Front with member LIBRARY, book b",
        "r fails only Front in now",
        'r exempted by "Rule 4(a)"',
        "r.mine and r.member is before holder(b)",
        "before (lent(b) or r accepted)",
    ],
)
def test_shapes_in_claims(text: str) -> None:
    """Outcomes and looks back are written as claims write them."""
    claims = library()
    formula = _claim_formula(text)
    assert unparse(formula) == text
    assert claims.claims


def _claim_formula(text: str) -> e.Formula:

    report = Report()
    context = Context({"b": SORTS["Book"]}, requests=frozenset({"r"}), claim=True, step=True)
    found = Typer(library().vocabulary, report).formula(parse_expression(text, "test"), context)
    report.stop_if_any()
    assert found is not None
    return found


def test_cases_as_text() -> None:
    """A definition by cases is written as its cases."""
    body = library().model(library().parse_column("then")).definitions["wanted-kind"].body
    assert unparse(body) == "kind(book) when act is 1.1, usual(act) otherwise"
