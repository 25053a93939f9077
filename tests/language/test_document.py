"""Markdown is taken apart safely: quotes, tables, tiling, and files that mean harm."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import QuoteText, read_document, spell
from checker.language.render_diagnostics import render
from checker.language.syntax import Text
from checker.language.tiling import Tiling
from checker.regime.load import load_texts
from tests.support.good_specification import library

# -------------------------------------------------------------------- quotes


def quote_of(text: str) -> QuoteText:
    (quote,) = read_document("a.md", text).quotes
    return quote


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Rule 3(a), verbatim in Handbook 2", ("Rule 3(a)", "verbatim", "Handbook 2")),
        ("Rule 3(a), paraphrased in Handbook 2", ("Rule 3(a)", "paraphrase", "Handbook 2")),
        ("Handbook 2, page 3", ("Handbook 2, page 3", "paraphrase", "Handbook 2, page 3")),
    ],
)
def test_attributions(line: str, parts: tuple[str, str, str]) -> None:
    """A quote's last line says what clause it is, how it is quoted, and where it is printed."""
    quote = quote_of(f"> Some words.\n>\n> — {line}\n").quote
    assert (quote.clause, quote.kind, quote.source) == parts
    assert quote.text == "Some words."


def test_words_and_places() -> None:
    """Words keep their places; emphasis, escapes and line breaks are not words."""
    quote = quote_of("# H\n\n> (a) **that** Gas\n>   Meter\u2019s 6.15.1\\*;\n>\n> — X\n")
    assert quote.quote.text == "(a) that Gas Meter\u2019s 6.15.1*;"
    places = {word.text: (word.span.line, word.span.column) for word in quote.words}
    assert places["that"] == (3, 9)
    assert places["Meter\u2019s"] == (4, 5)
    assert places["6.15.1"] == (4, 13)


def test_dash_inside_the_words() -> None:
    """Only a last line after an empty one is an attribution."""
    quote = quote_of("> One thing\n> — and another.\n")
    assert not quote.attributed
    assert quote.quote.text == "One thing — and another."


def test_trail_of_headings() -> None:
    """A line stands under the innermost heading, and that under its own."""
    document = read_document("a.md", "# One\n\n## Two\n\ntext\n\n## Three\n\ntext\n")
    assert document.trail(5) == ("One", "Two")
    assert document.trail(9) == ("One", "Three")


def test_cells_and_their_places() -> None:
    """Cells know their columns, so that carets stand under them."""
    (table,) = read_document("a.md", "| a | b |\n|---|---|\n| x | x |\n").tables
    assert [cell.text for cell in table.header] == ["a", "b"]
    assert [(cell.span.line, cell.span.column) for cell in table.rows[0]] == [(3, 3), (3, 7)]


# -------------------------------------------------------------------- tiling

WORDS = st.lists(
    st.sampled_from(["a", "member", "who", "(b)", "borrows;", "or", "6.1", "—"]), min_size=2, max_size=14
)


def tiling_of(words: str) -> Tiling:
    return Tiling([quote_of(f"> {words}\n>\n> — Rule\n")])


def texts(parts: list[str]) -> list[tuple[Text, ...]]:
    return [(Text(part, Span("a.md", 9, 1, 9, 2)),) for part in parts]


@given(WORDS, st.data())
def test_every_partition_tiles(words: list[str], data: st.DataObject) -> None:
    """However a quote is cut into phrases at its words, the phrases cover it, in any white space."""
    quote = " ".join(words)
    if quote.startswith("—"):
        return
    tokens = quote_of(f"> {quote}\n>\n> — Rule\n").words
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(tokens) - 1)))))
    bounds = [0, *cuts, len(tokens)]
    parts = [spell(tokens[a:b]).replace(" ", "\n  ") for a, b in pairwise(bounds) if a < b]
    tiling = tiling_of(quote)
    assert tiling.lay(texts(parts), "Rule").diagnostics == ()
    assert tiling.uncovered() == ()


@given(st.integers(0, 4))
def test_a_missing_phrase_is_seen(gone: int) -> None:
    """Words that no phrase covers are pointed at, wherever they stand."""
    parts = ["one two", "three,", "four", "five six", "seven."]
    tiling = tiling_of(" ".join(parts))
    tiling.lay(texts([part for at, part in enumerate(parts) if at != gone]), "Rule")
    (only,) = tiling.uncovered()
    assert only.code == "uncovered-words"
    assert f"`{parts[gone]}`" in only.message
    assert only.span is not None
    assert only.span.column == 3 + len(" ".join(parts[:gone])) + (gone > 0)


def test_several_rules_of_one_quote() -> None:
    """One quote may feed several rules, each in the order of the text."""
    tiling = tiling_of("one two three four")
    assert not tiling.lay(texts(["one two", "four"]), "Rule").diagnostics
    assert not tiling.lay(texts(["two three"]), "Rule").diagnostics
    assert tiling.uncovered() == ()


def test_a_repeated_phrase_goes_to_the_next_place() -> None:
    """The same words twice are found at their second place the second time."""
    tiling = tiling_of("one and two and three")
    assert not tiling.lay(texts(["one", "and", "two", "and", "three"]), "Rule").diagnostics
    assert tiling.uncovered() == ()


@pytest.mark.parametrize("part", ["on", "one t", "two,", "one  two three four five"])
def test_parts_of_words_are_no_phrases(part: str) -> None:
    """A phrase begins and ends with words, and has the same marks as the quote."""
    tiling = tiling_of("one two three four")
    (only,) = tiling.lay(texts([part]), "Rule").diagnostics
    assert only.code == "phrase-not-found"


# ------------------------------------------------------------- hostile files


def fence(body: str) -> str:
    return f"# H\n\n```redline\n{body}\n```\n"


HOSTILE = {
    "a line of 10 MB": "a" * 10_000_000,
    "a long line": "a" * 1_000_000,
    "many lines": "\n" * 60_000,
    "deep quotes": ">" * 5_000 + " x",
    "deep lists": "- " * 5_000 + "x",
    "rows": "|a|b|\n|-|-|\n" + "|x|y|\n" * 6_000,
    "cells": "|".join("a" * 150) + "\n" + "|".join("-" * 150) + "\n" + ("|".join("x" * 150) + "\n") * 400,
    "a long quote": "> " + "a " * 30_000 + "\n" + "> a\n" * 30_000,
    "parentheses": fence("define o means " + "(\n" * 10_000 + "x" + ")\n" * 10_000),
    "not not not": fence('version v "v"\ndefine o means ' + "not\n" * 20_000 + "true"),
    "before before": fence('version v "v"\ndefine o means ' + "before\n" * 20_000 + "true"),
    "implies implies": fence('version v "v"\ndefine o means ' + "true implies\n" * 10_000 + "true"),
    "arguments": fence('version v "v"\ndefine o means ' + "f(" * 190 + "x" + ")" * 190),
    "unknown names": fence('version v "v"\n' + "".join(f"define d{i} means e{i}\n" for i in range(5_000))),
    "duplicates": fence('version v "v"\n' + "define d means true\n" * 5_000),
    "a circle": fence(
        'version v "v"\n' + "".join(f"define d{i} means d{(i + 1) % 5_000}\n" for i in range(5_000))
    ),
    "limbs": fence(
        'version v "v"\nexceptions "d0"\n'
        + "".join(f'limb "d{i + 1}" of "d{i}" true inference "x"\n' for i in range(3_000))
    ),
    "an open string": fence('constant C: S "' + "x\n" * 40_000),
    "versions": fence(
        'modification M "m"\nversion v0\n'
        + "".join(f"version v{i + 1} is v{i} with M\n" for i in range(2_000))
    ),
    "phrases": "> "
    + "a " * 20_000
    + "\n>\n> — X\n\n"
    + fence('version v "v"\ncheck c for "X" at D, reject with E "x"\n' + '"a a b" connective\n' * 2_000)[5:],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_once(name: str) -> None:
    """A file that is too large, too deep or all wrong is refused within a second, with a place."""
    library()  # the parse tables are made once for all
    start = time.process_time()
    with pytest.raises(SpecError) as caught:
        load_texts({"hostile.md": HOSTILE[name]})
    took = time.process_time() - start
    assert took < 3, "a second on an idle machine"
    assert len(caught.value.diagnostics) <= 100
    for each in caught.value.diagnostics:
        assert each.span is not None
        assert all(len(line) <= 80 for line in render(each, {"hostile.md": HOSTILE[name]}).split("\n"))


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a file, it is read or refused with diagnostics."""
    try:
        load_texts({"any.md": text})
    except SpecError as error:
        refused = bool(error.diagnostics)
    else:
        refused = True
    assert refused


ALPHABET = [
    *(
        "define",
        "check",
        '"x"',
        "means",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ".",
        "is",
        "not",
        "in",
        "for",
    ),
    *(
        "every",
        "some",
        "x",
        "S",
        "where",
        "and",
        "or",
        "implies",
        "becomes",
        "true",
        "1.2",
        "claim",
        "always",
    ),
    *("possibly", "version", "--", "expect", "exceptions", "limb", "of", "subject", "to", "as", "with", "by"),
    *("reading", "amend", "insert"),
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=25).map(" ".join))
def test_any_words_in_a_fence(words: str) -> None:
    """Whatever words stand in a fence, they are read or refused with diagnostics."""
    try:
        load_texts({"any.md": fence(words)})
    except SpecError as error:
        said = all(each.message for each in error.diagnostics)
    else:
        said = True
    assert said


# ----------------------------------------------------------------- rendering


def test_rendering() -> None:
    """A diagnostic is told with its place, line, carets, hint and heading."""
    text = "# H\n\n\tenroled(member)\n"
    diagnostic = Diagnostic(
        "unknown-name",
        "there is no fact `enroled`",
        Span("a.md", 3, 2, 3, 9),
        ("`enrolled`", "`lent`"),
        "enrolled",
        ("a note",),
        "H",
    )
    assert render(diagnostic, {"a.md": text}).split("\n") == [
        "a.md:3:2: there is no fact `enroled`",
        "",
        "   3 |     enroled(member)",
        "     |     ^^^^^^^",
        "   did you mean `enrolled`?",
        "   expected: `enrolled` or `lent`",
        "   a note",
        "   in: H",
    ]


def test_rendering_a_long_line() -> None:
    """Of a long line the part around the mistake is shown."""
    text = "x" * 500 + "WRONG" + "y" * 500
    lines = render(Diagnostic("c", "wrong", Span("a.md", 1, 501, 1, 506)), {"a.md": text}).split("\n")
    assert "WRONG" in lines[2]
    assert lines[3].index("^") == lines[2].index("WRONG")
    assert lines[3].count("^") == 5
    assert all(len(line) <= 80 for line in lines)


def test_rendering_without_a_place() -> None:
    """A diagnostic without a place is its message and hints."""
    assert render(Diagnostic("c", "there is no `x`", None), {}) == "there is no `x`"
