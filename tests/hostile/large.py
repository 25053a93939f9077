"""Inputs that are large: long lines, names and strings, very many parts of one thing, huge tables."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.inputs import Input, a_claim, beside, broken

_IN_A_FENCE = (
    ("an enum of", "enum E:", "v{},", "v"),
    ("an enum alike of", "enum E:", "v,", "v"),
    ("request parameters", 'request "x"', "p{}: Member", ""),
    ("arguments", "fixed f(", "Member,", "Member)"),
    ("parameters of a definition", "define f(", "p{}: Member,", "q: Member) means true"),
    ("cases", "define f(b: Book): Kind means", "kind(b) when lent(b),", "Novel otherwise"),
    (
        "things of an event",
        "event e by the environment with",
        "p{}: Book,",
        "q: Book holder(q) becomes absent",
    ),
    ("items of an effect", "effect e when true", 'holder(book) becomes member inference "x"', ""),
    ("items of a check", 'check e for "E" at Front, reject with L1', 'requires lent(book) inference "x"', ""),
    ("places of a check", 'check e for "E" at', "Front,", 'reject with L1 requires lent(book) inference "x"'),
    ("stages", "route Front", ", then Front", ""),
)
_IN_A_CLAIM = (
    ("things of a claim", "for", "x{}: Book,", "b: Book always lent(b) expect proved in then"),
    ("expectations", "for b: Book always lent(b)", "expect proved in then", ""),
    ("columns", "for b: Book always lent(b) expect proved in", "then,", "now"),
    ("readings", "for b: Book always lent(b) expect proved in now under strict", "and strict", ""),
    ("notes", '"",', '"",', '"y" for b: Book always lent(b) expect proved in then'),
    (
        "cases of a difference",
        "from then to now, exactly these requests r change:",
        'newly accepted "x" when true,',
        "newly rejected never expect proved in then",
    ),
)


def large() -> Iterator[Input]:
    """All of them, one after the other."""
    yield from _large()
    yield from _tokens()
    for n in (200, 5_000, 40_000):
        yield from _many(n)


def _many(n: int) -> Iterator[Input]:
    """Things with very many parts."""
    for name, before, piece, after in _IN_A_FENCE:
        pieces = broken([piece.format(i) for i in range(n)])
        yield beside(f"{name}: {n}", f"{before} {pieces} {after}")
    for name, before, piece, after in _IN_A_CLAIM:
        pieces = broken([piece.format(i) for i in range(n)])
        yield beside(f"{name}: {n}", claims=f'claim 9 wide "…" from "x" {before} {pieces} {after}')
    replaced = broken(["card Staff,"] * n)
    statement = f"always, for every request r: r accepted with {replaced} card Guest"
    yield beside(f"a request with {n} parameters replaced", claims=a_claim(statement))
    statement = f"every deployment over {broken(['then,'] * n)} now decide alike"
    yield beside(f"a comparison over {n} versions", claims=a_claim(statement))
    words = broken(["a"] * n).replace("\n", "\n> ")
    check = 'check e for "Rule 9" at Front, reject with L1\n' + '"a" connective\n' * n
    spec = f"> {words}\n>\n> — Rule 9, verbatim in Handbook\n\n```redline\n{check}```\n"
    yield beside(f"{n} phrases alike", spec=spec)
    rows = "\n".join(f"| a{i} | b |" for i in range(n))
    enum = 'table t\nenum E from table t: value "v", label "l"'
    yield beside(f"a table of {n} rows", enum, spec=f"| v | l |\n|---|---|\n{rows}")
    listed = f'{enum}\nfixed f(E, E) from table t: "l" lists E'
    rows = "\n".join(f"| a{i} | a1 |" for i in range(n))
    yield beside(f"a table of {n} rows that lists its own", listed, spec=f"| v | l |\n|---|---|\n{rows}")
    header = "|".join(f"c{i}" for i in range(n))
    enum = 'table t\nenum E from table t: value "c0"'
    yield beside(f"a table of {n} columns", enum, spec=f"|{header}|\n|{'---|' * n}\n|{'x|' * n}")


def _large() -> Iterator[Input]:
    yield beside("a line of 10 MB", spec="x" * 10_000_000)
    yield beside("a line of 10 MB in a fence", "sort " + "x" * 10_000_000)
    yield beside("a line of 1.9 MB", spec="x" * 1_900_000)
    yield beside("a line of 99,000 characters", spec="word " * 19_800)
    yield beside("a name of 99,000 characters", "sort " + "x" * 99_000)
    yield beside(
        "a name that is not there, of 99,000 characters", f"define wrong means {'x' * 99_000} is present"
    )
    yield beside("a name of 99,000 hyphens", "sort x" + "-x" * 49_000 + "-")
    yield beside("a numeral of 99,000 dots", "sort 1" + ".1" * 49_000)
    yield beside(
        "a string of 1.8 MB", 'abstraction long "' + "\n".join(["words " * 10_000] * 30) + '" because "x"'
    )
    yield beside(
        "a string that is not closed, of 1.8 MB", 'abstraction long "' + "\n".join(["words " * 10_000] * 30)
    )
    yield beside("90,000 backslashes", 'abstraction long "' + "\\" * 90_001)
    yield beside(
        "a phrase of 1.8 MB",
        'check c for "C" at Front, reject with L1 "' + "\n".join(["words " * 10_000] * 30) + '" connective',
    )


def _tokens() -> Iterator[Input]:
    """Very many words, and words that are looked at for long."""
    yield beside("a million tiny declarations", "\n".join(["sort A"] * 1_000_000))
    yield beside("a million tiny declarations on few lines", broken(["sort A"] * 280_000))
    yield beside("49,000 different declarations", "\n".join(f"sort A{i}" for i in range(49_000)))
    yield beside(
        "200,000 different declarations on few lines", broken([f"sort A{i}" for i in range(120_000)])
    )
    yield beside("a fence of 1.9 MB of comments", "\n".join(["-- " + "x" * 1_000] * 1_900))
    yield beside("a fence of 1.9 MB of dashes", "\n".join(["-" * 1_000] * 1_900))
    yield beside("a fence of 1.9 MB of spaces", "\n".join([" " * 1_000] * 1_900))
    yield beside("a fence of 90,000 commas", "enum E: " + "," * 90_000)
    yield beside("a fence of 90,000 `in`", "in " * 30_000)
    yield beside(
        "a fence of 90,000 `in` and spaces", "define a(b: Book) means kind(b) in" + " " * 90_000 + "Novel"
    )
    yield beside("a fence of 90,000 `by`", "by " * 30_000)
    yield beside("a fence of `by` and a long name", "by " + "x" * 99_000)
    yield beside("a fence of `in` and many strings", 'in "' + "x" * 99_000)
    yield beside("a fence of `,` and spaces", ("," + " " * 300) * 300)
    yield beside(
        "a table of 4,900 rows and 8 columns",
        'table t\nenum E from table t: value "a"\n'
        + "\n".join(f'fixed f{i}(E): E from table t: "a"' for i in range(30)),
        spec="|a|b|c|d|e|f|g|\n|-|-|-|-|-|-|-|\n" + "\n".join(f"|a{i}|b|c|d|e|f|g|" for i in range(4_900)),
    )
    yield beside("4,000 tables", spec="\n\n".join(["| a | b |\n|---|---|\n| c | d |"] * 4_000))
    yield beside(
        "a cell of 90,000 names",
        'table t\nenum E from table t: value "v"\nfixed f(E, Card) from table t: "l" lists Card',
        spec="| v | l |\n|---|---|\n| a | " + "SC " * 30_000 + "|",
    )
    wide = "\n".join(
        f"define d{i}(b: Book) means lent(b) and kind(b) is Novel and holder(b) is present"
        for i in range(15_000)
    )
    yield beside("15,000 good definitions", wide)
    yield beside("2,000 good definitions", "\n".join(wide.split("\n")[:2_000]))
