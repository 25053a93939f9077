"""Inputs that are oddly written: encodings, line ends, scripts, and Markdown without end."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tests.hostile.inputs import Input, beside, laid, laws


def written() -> Iterator[Input]:
    """All of them, one after the other."""
    yield from _written()
    yield from _markdown()


# -------------------------------------------------------------------- written


def _written() -> Iterator[Input]:
    good = laws()["library"]["spec/library.md"]
    for name, data in (
        ("empty", b""),
        ("one NUL byte", b"\0"),
        ("a million NUL bytes", b"\0" * 1_000_000),
        ("a byte order mark", codecs.BOM_UTF8),
        ("a byte order mark in front", codecs.BOM_UTF8 + good.encode()),
        ("two byte order marks in front", codecs.BOM_UTF8 * 2 + good.encode()),
        ("UTF-16 with a mark", good.encode("utf-16")),
        ("UTF-16 without", good.encode("utf-16-le")),
        ("UTF-32", good.encode("utf-32")),
        ("Latin-1", good.replace("\u2019", "'").encode("latin-1", "replace").replace(b"Rule", b"R\xfcle")),
        ("surrogates", good.replace("Book", "B\ud800k").encode("utf-8", "surrogatepass")),
        ("an overlong form", good.encode().replace(b"Rule 3", b"Rule\xc0\xa03", 1)),
        ("a character cut short", good.encode() + b"\xe2\x80"),
        ("a bad byte at the end of 1.9 MB", b"words\n" * 40_000 + b"x" * 90_000 + b"\xff"),
        ("CRLF", good.replace("\n", "\r\n").encode()),
        ("CR alone", good.replace("\n", "\r").encode()),
        ("mixed line ends", good.replace("\n\n", "\r\n\r").encode()),
        ("line separators", good.replace("\n", "\u2028").encode()),
        ("next line", good.replace("\n", "\x85").encode()),
        ("form feeds", good.replace("\n\n", "\n\f\n").encode()),
        ("vertical tabs", good.replace("\n    ", "\n\v").encode()),
        ("tabs", good.replace("    ", "\t").encode()),
        ("no-break spaces", good.replace("    ", "\u00a0").encode()),
        ("only newlines", b"\n" * 49_000),
        ("too many newlines", b"\n" * 1_900_000),
        ("no newline at the end", good.rstrip().encode()),
        ("right to left", good.replace("Member", "חבר").replace("Book", "ספר").encode()),
        ("an override from right to left", good.replace("Member", "Mem\u202eber").encode()),
        ("combining characters", good.replace("Member", "Me\u0301mber").encode()),
        ("a thousand combining characters", good.replace("enrolled", "e" + "\u0301" * 1_000).encode()),
        (
            "decomposed here, composed there",
            good.replace("enrolled", "énrolled", 1).replace("enrolled", "e\u0301nrolled").encode(),
        ),
        ("full-width letters", good.replace("Book", "\uff22\uff4f\uff4f\uff4b", 3).encode()),
        (
            "wide characters before a mistake",
            good.replace('"A member shall be enrolled," requires', '"書書書書" requires').encode(),
        ),
        ("emoji", good.replace("Book", "📕").encode()),
        ("letters that grow in lower case", good.replace("enrolled(member)", "İenrolled(member)").encode()),
        (
            "an escape sequence in a name",
            good.replace("enrolled(member)", "\x1b[31menrolled(member)", 1).encode(),
        ),
        (
            "an escape sequence in a string",
            good.replace('subject to "Rule 4"', 'subject to "Rule \x1b[2J\x07"').encode(),
        ),
        (
            "an escape sequence in a heading",
            good.replace("## Lending", "## \x1b]0;owned\x07")
            .replace("requires enrolled(member)", "requires x")
            .encode(),
        ),
        (
            "an override in a string",
            good.replace('subject to "Rule 4"', 'subject to "Rule \u202e4"').encode(),
        ),
        ("backticks in a string", good.replace('subject to "Rule 4"', 'subject to "`Rule` 4`"').encode()),
        (
            "percent signs and braces",
            good.replace('"{1} is enrolled"', '"{0} {1} {2} {} {x} %s %d {1!r:>99999999}"').encode(),
        ),
        (
            "labels with braces",
            good.replace(
                '"{member} asks for {act} of {book}"', '"{} {{ {nobody} {member.__class__}"'
            ).encode(),
        ),
    ):
        yield Input(f"a file with {name}", laid({"spec/a.md": data}))
        yield Input(f"claims with {name}", laid({**laws()["permits"], "properties/claims.md": data}))


# ------------------------------------------------------------------- Markdown


def _markdown() -> Iterator[Input]:
    for n in (19, 25, 2_000, 90_000):
        yield beside(f"quotes nested {n} deep", spec=">" * n + " words")
        yield beside(f"quotes nested {n} deep, with spaces", spec="> " * (n // 2) + "words")
        yield beside(f"lists nested {n} deep", spec="- " * (n // 2) + "words")
        yield beside(
            f"lists nested {n} deep, by lines", spec="\n".join("  " * i + "- x" for i in range(min(n, 1500)))
        )
        yield beside(f"numbered lists nested {n} deep", spec="1. " * (n // 3) + "words")
        yield beside(f"emphasis nested {n} deep", spec="*" * n + "words" + "*" * n)
        yield beside(
            f"emphasis in a quote nested {n} deep", spec="> " + "*_" * (n // 2) + "words\n>\n> — Rule 9\n"
        )
        yield beside(f"brackets nested {n} deep", spec="[" * n + "]" * n)
        yield beside(f"headings {n} times", spec="# h\n" * min(n, 40_000))
        yield beside(f"fences {n} times", spec="```redline\n```\n" * min(n, 20_000))
        yield beside(f"quotes {n} times", spec="> x\n>\n> — X\n\n" * min(n, 10_000))
        yield beside(f"backticks {n} of them", spec="`" * n + "redline\n\n" + "`" * (n - 1))
        yield beside(f"HTML nested {n} deep", spec="<div>\n" * min(n, 40_000))
        yield beside(f"references {n} times", spec="[a]: b\n" * min(n, 40_000))
        yield beside(f"references {n} times, unfinished", spec="[a" * (n // 2) + "]:\n" * min(n, 20_000))
        yield beside(f"lines with one bar {n} times", spec="|\n" * min(n, 4_900))
        yield beside(f"lines and dashes {n} times", spec="a\n---\n" * min(n, 20_000))
    yield beside(
        "a quote of 99,000 words",
        spec="> "
        + "a " * 49_000
        + "\n>\n> — Rule 9\n\n```redline\n"
        + 'check e for "Rule 9" at Front, reject with L1 "b" connective\n```\n',
    )
    yield beside("a quote of half a million words", spec="> a b c d e f g h i\n" * 40_000 + ">\n> — Rule 9\n")
    yield beside("an attribution of 90,000 commas", spec="> x\n>\n> — " + ", " * 45_000 + "verbatim\n")
    yield beside("a fence in a quote", spec="> ```redline\n> sort X\n> ```\n")
    yield beside("a fence in a list", spec="- x\n\n  ```redline\n  sort X\n    sort Y Z\n  ```\n")
    yield beside("an indented fence without lines", spec="   ```redline\n   ```\n")
    yield beside("a fence in a numbered list, badly indented", spec="1. x\n   ```redline\nsort X Y\n   ```\n")
    yield beside("a fence in a list in a quote", spec="> - x\n>   ```redline\n>   sort X Y\n>   ```\n")
    yield beside("a fence after tabs", spec="-\t```redline\n\tsort X Y\n\t```\n")
