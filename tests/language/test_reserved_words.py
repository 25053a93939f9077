"""A word of the language in the place of a name is said to be one, wherever a name is declared."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.lexer import RESERVED, Fragment
from checker.language.parse import parse_expression, parse_fence

CLAIM = 'claim 1 x "x"\n    '
DECLARED = (
    "sort {}",
    'quantity {} "\u00a3" with 2 decimals',
    'calendar {} "Working Day" never on Saturday',
    "constant {}: User",
    "enum {}: A, B",
    "enum E: {}, B",
    'enum E: A, {} "b", C',
    "enum E: A ({})",
    "table {}",
    "fixed {}(User)",
    "fixed {}: User",
    "state {}(User): optional User",
    'state {} "x"',
    "tree {}(User): optional User",
    "define {} means true",
    "define {}(u: User): Role means role(u)",
    "define d({}: User) means true",
    "define d(u: User, {}: User) means true",
    'names for User {}: "x" otherwise',
    'request {} "x"',
    "request {}: User",
    "request a: User\n    {}: User",
    "component {}",
    'component {}[Provider] "x"',
    'check {} for "R" at D, reject with X',
    'check c for "R" at D, reject with {}',
    'adopted check {} at D, reject without a published code, because "x"',
    "effect {} when p\n    a becomes b",
    "effect {}\n    a becomes b",
    "event {} by the environment",
    "event e by the environment with {}: User",
    'lapse {} for "R" past x',
    'duty {} for "R" of x by y',
    'axiom {} "x" because "y": true',
    'premise {} "x" because "y" means true',
    'premise p({}: User) "x" because "y" means true',
    'typical {} "x" because "y" means true',
    'abstraction {} "x" because "y"',
    'lemma {} "x": true',
    'source {} "x"',
    'version {} "x"',
    'version {} "x" is a with M',
    'modification {} "x"',
    'reading {} "x" because "y"',
    'reading r "x" because "y"\n    also state {}(User)',
    'deployment {} "x": A at b',
    'claim 1 {} "x"\n    always true',
    'claim {} x "x"\n    always true',
    CLAIM + "for {}: User\n    always true",
    CLAIM + "always, for every request {}: true",
    CLAIM + "always, after an accepted request {} where p: q",
    "define d means for every {}: User: true",
    "define d means for some u: User, {}: User: true",
    "define d means at least two {}: User where p",
    'limb "R" for some {}: User',
    'effect e\n    "w" defines {} means true',
)
BEGINNING = ("component", "sort", "state", "check", "version", "request", "names", "table", "event", "claim")
USED = (
    "define d means {}(x) is y",
    "define d means p and {} is y",
    'check c for "R" at D, reject with X\n    requires {}(x) inference "x"',
    'effect e\n    {}(x) becomes y inference "x"',
    CLAIM + "for x: User\n    always {}(x)",
)


def wrong(text: str) -> Diagnostic:
    """The one mistake of a fence."""
    with pytest.raises(SpecError) as caught:
        parse_fence(Fragment("law.md", text, 3))
    (found,) = caught.value.diagnostics
    return found


@pytest.mark.parametrize("place", DECLARED)
def test_no_word_of_the_language_is_declared(place: str) -> None:
    """Each reserved word is pointed at wherever a name is declared, and another name is asked for."""
    parse_fence(Fragment("law.md", place.format("nice")))
    line = 3 + place[: place.index("{}")].count("\n")
    column = len(place[: place.index("{}")].rpartition("\n")[2]) + 1
    for word in sorted(RESERVED):
        found = wrong(place.format(word))
        assert found.message.removesuffix(" here, and no name").removesuffix(", and no name") == (
            f"`{word}` is a word of the language"
        )
        assert found.notes == ("choose another name",)
        assert found.nearest is None
        assert not found.expected
        assert found.span is not None
        assert (found.span.line, found.span.column) == (line, column), word
        assert found.span.end_column == column + len(word)


@pytest.mark.parametrize("place", USED)
def test_no_word_of_the_language_is_used_as_a_name(place: str) -> None:
    """A name that could not be declared cannot be used either, for the same reason."""
    parse_fence(Fragment("law.md", place.format("nice")))
    for word in ("for", "means", "otherwise", "where"):
        assert wrong(place.format(word)).message.startswith(f"`{word}` "), word


@pytest.mark.parametrize("word", BEGINNING)
def test_a_parameter_called_as_a_declaration_begins(word: str) -> None:
    """A word with which a declaration begins is a good name, except where a declaration could begin."""
    parse_fence(Fragment("law.md", f"fixed {word}(User)"))
    parse_fence(Fragment("law.md", f"request {word}: User"))
    found = wrong(f"request a: User\n    {word}: User")
    assert found.message == f"`{word}` is a word of the language here, and no name"
    assert found.span is not None
    assert (found.span.line, found.span.column) == (4, 5)


@pytest.mark.parametrize(
    "text",
    [
        'check for "R" at D, reject with X',
        "define means true",
        "effect when p\n    a becomes b",
        'duty for "R" of x by y',
        "version is a with M",
    ],
)
def test_a_name_that_is_missing(text: str) -> None:
    """Where a name is missing, the word behind it is where it belongs, and is not taken for the name."""
    found = wrong(text)
    assert found.message.endswith("cannot stand here")
    assert "a name" in found.expected


def test_a_typed_formula() -> None:
    """The same is said of what is typed."""
    with pytest.raises(SpecError) as caught:
        parse_expression("for some when: User: p(when)", "--where")
    assert caught.value.diagnostics[0].message == "`when` is a word of the language, and no name"


def test_a_word_that_stands_twice_is_a_slip_and_no_name() -> None:
    """Whatever follows: a rule, a phrase, or nothing."""
    for following in ("", '\n\neffect merge when merged\n    done becomes true inference "x"\n'):
        text = f'check k for "1" at Desk, reject with N1 "m"\n    "it is so" requires so and and{following}'
        with pytest.raises(SpecError) as raised:
            parse_fence(Fragment("law.md", text))
        (found,) = raised.value.diagnostics
        assert found.message in ("`and` cannot stand here", "the text ends too early"), following
