"""Hostile command lines: unknown names, odd numbers, garbage for a situation, files that aren't TOML."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.hostile.edits import ODD
from tests.hostile.later_commands import asked
from tests.support.places import PERMITS

LAW = ("--spec", str(PERMITS / "spec"))
BOTH = (*LAW, "--properties", str(PERMITS / "properties"))
GOOD = (
    *("--set", "lives(ann, elm)", "--request", "sender=bo", "--request", "kind=Trader"),
    *("--request", "act=Apply", "--request", "street=elm"),
)

_COLUMNS = (
    *(
        "",
        " ",
        "nothing",
        "new under",
        "new under nothing",
        "new without",
        "new without nothing",
        "under strict",
    ),
    *(
        "new under strict and",
        "new under strict under strict",
        "new and old",
        "new new",
        "(new)",
        '"new"',
        "new,old",
    ),
    *("--", "-", "new -- a comment", "\n", "\0", "new\0", "x" * 90_000, "new under " + "strict and " * 9_000),
    *(
        "(" * 5_000,
        "new" + " under strict" * 3_000,
        "\x1b[31mnew",
        "\udcff",
        "ne\u0301w",
        "NEW",
        "٣",
        "1.2.3",
    ),
    *(
        "new without the-office-lives-nowhere and the-office-lives-nowhere",
        "new under strict and strict",
        "$(id)",
    ),
)
_PLACES = (
    *("", "=", "==", "lives", "lives=", "lives()", "lives()=true", "lives(ann)", "lives(ann, elm, oak)"),
    *("lives(ann,elm)=maybe", "lives(ann, elm)=true=false", "lives(ann, elm", "lives ann, elm)", "(ann)=elm"),
    *("holder(elm)=", "holder(elm)=none", "holder(none)=ann", "holder(holder(elm))=ann", "holder(=)=ann"),
    *("nothing(elm)=ann", "version=new", "version()=new", "version(Desk)=nothing", "version(Desk, x)=new"),
    *(
        "version(Nowhere)=new",
        "version(Desk)=",
        "inner(,)=yes",
        "inner(\0)=yes",
        "inner(" + "x" * 90_000 + ")=yes",
    ),
    *(
        "(" * 50_000,
        "inner(" * 5_000,
        "=" * 90_000,
        "a" + " " * 50_000 + "b",
        " " * 90_000,
        "inner(elm)=\x1b[2J",
    ),
    *(
        "inner(\udcff)=yes",
        "inner(e\u202elm)=yes",
        "lives(Office, elm)=true",
        "inner(elm)=yes",
        "\n",
        "inner\n(elm)",
    ),
    *(
        "lives(ann, ann)=true",
        "holder(elm)=Office",
        "holder(elm)=elm",
        "held(elm)=true",
        "'",
        '"',
        "`",
        "%s",
        "{}",
    ),
)
_PARAMETERS = (
    *(
        "",
        "=",
        "sender",
        "sender=",
        "sender=none",
        "=bo",
        "nothing=bo",
        "kind=Nothing",
        "kind=Resident Trader",
    ),
    *(
        "kind=",
        "act=Transfer",
        "heir=ann",
        "street=elm=oak",
        "sender=bo, ann",
        "sender=(bo)",
        "sender=" + "x" * 90_000,
    ),
    *(
        "sender=\0",
        "sender=\udcff",
        "sender=\x1b[31m",
        "kind=trader",
        "kind=\u202eTrader",
        "street=Office",
        "x" * 90_000,
    ),
    *("=" * 90_000, " " * 90_000, "sender = bo ", "sender=Office"),
)
_FILES = (
    *(
        b"",
        b"\0",
        b"\xff\xfe",
        b"version = ",
        b"version = 3",
        b"version = []",
        b'version = "nothing"',
        b"[situation",
    ),
    *(
        b"[situation]\n[situation]\n",
        b"situation = 3",
        b"[[situation]]",
        b"[situation]\nx = 3",
        b"[situation]\nx = {}",
    ),
    *(b"[request]\nsender = 1979-05-27", b'[request]\nsender = ""', b'[request]\n"" = "x"', b"request = []"),
    *(
        b"[nothing]",
        b"a.b.c = 1",
        b"x = " + b"[" * 50_000,
        b"x = " + b"{a=" * 50_000,
        b"a" + b".a" * 50_000 + b" = 1",
    ),
    *(
        b'x = "' + b"x" * 900_000,
        b"x" * 1_000_001,
        b"x = nan",
        b"x = 1" + b"0" * 100_000,
        b"[situation]\n" + b"'a' = true\n" * 2,
    ),
    *(
        b'[situation]\n"lives(ann, elm)" = "maybe"',
        b'[situation]\n"lives(ann)" = true',
        b'[request]\nkind = "Tradr"',
    ),
    *(
        b"[situation]\n" + b"".join(b'"lives(p%d, s%d)" = true\n' % (n, n) for n in range(20_000)),
        b"\r",
        b"\xef\xbb\xbf",
    ),
    *(
        b"```toml\nx = [\n```\n",
        b"```toml\n",
        b"```toml\n[request]\n```\n\n```toml\n[request]\n```\n",
        b"# no fence at all\n",
    ),
    *(
        b"[situation]\n[situation.x]\ny = true",
        b"version = true\n[request]\nsender = true",
        b"[request]\nsender = false",
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A command line. `codes`: the exit codes that are right.

    `file`: what the file that it calls `FILE` holds, and how its name ends. `PLACE` is an empty folder.
    """

    name: str
    arguments: tuple[str, ...]
    codes: tuple[int, ...] = (2,)
    file: tuple[bytes, str] | None = None


def lines(count: int, seed: int) -> Iterator[Line]:
    """At most so many command lines, chosen by chance among the fixed and the random ones.

    No process can be given an argument with a NUL in it.
    """
    fixed = [each for each in _fixed() if not any("\0" in part for part in each.arguments)]
    chance = random.Random(f"lines {seed}")
    if count < len(fixed):
        yield from chance.sample(fixed, count)
        return
    yield from fixed
    for number in range(count - len(fixed)):
        made = _random(number, chance)
        yield replace(made, arguments=tuple(each.replace("\0", "") for each in made.arguments))


def _fixed() -> Iterator[Line]:
    for arguments in (
        *(
            (),
            ("nothing",),
            ("prove", "--nothing"),
            ("",),
            ("\0",),
            ("--version", "--nothing"),
            ("prove", "--spec"),
        ),
        *(
            ("show",),
            ("show", "new", "old"),
            ("prove", "--jobs", "0"),
            ("prove", "--jobs", "x"),
            ("prove", "--jobs", "dask:"),
            ("prove", "--seed", "x"),
        ),
        *(
            ("prove", "--seed", "9" * 5_000),
            ("prove", "--format", "yaml"),
            ("prove", "--stories", "some"),
            ("-x",),
        ),
        *(
            ("prove", "--spec", ""),
            ("prove", "--spec", "\0"),
            ("prove", "--spec", "x" * 5_000),
            ("explain", "/nowhere"),
        ),
        *(("explain", "/dev"), ("explain", "x" * 5_000), ("register", "--output", "/nowhere/at/all", *BOTH)),
        *(
            ("prove", "--spec", "\udcff"),
            ("register", "--output", "/dev", *BOTH),
            ("register", "--output", "\0", *BOTH),
        ),
    ):
        yield Line(f"redline {_short(arguments)}", arguments, (0, 2) if not arguments else (2,))
    for budget in (
        "0",
        "-1",
        "nan",
        "inf",
        "-inf",
        "1e400",
        "1e-400",
        "x",
        "",
        " ",
        "1,5",
        "0x10",
        "٣",
        "1_0",
        "9" * 400,
    ):
        yield Line(
            f"a budget of {_short((budget,))}",
            ("prove", "2", *BOTH, "--budget", budget, "--jobs", "1"),
            (0, 2, 3),
        )
    for seed in ("-1", "0", "4294967296", "99999999999999999999", "-99999999999999999999"):
        yield Line(f"a seed of {seed}", ("prove", "2", *BOTH, "--seed", seed, "--jobs", "1"), (0, 2))
    for claim in (
        "",
        "9",
        "permits-hapen",
        "x" * 90_000,
        "\0",
        "\x1b[31m",
        "\udcff",
        "--",
        "1 2",
        "1,2",
        "٣",
        "-1",
        "%s",
        "{}",
    ):
        yield Line(f"a claim {_short((claim,))}", ("prove", *BOTH, "--", claim))
    for column in _COLUMNS:
        codes = (0, 2, 3)
        yield Line(
            f"a column {_short((column,))} proved",
            ("prove", "2", *BOTH, "--jobs", "1", "--version", column),
            codes,
        )
        yield Line(f"a column {_short((column,))} shown", ("show", *LAW, "--", column), codes)
        yield Line(
            f"a column {_short((column,))} explained", ("explain", *LAW, *GOOD, "--version", column), codes
        )
    for place in _PLACES:
        yield Line(f"set {_short((place,))}", ("explain", *LAW, *GOOD, "--set", place), (0, 2))
        yield Line(
            f"set {_short((place,))} as JSON",
            ("explain", *LAW, *GOOD, "--set", place, "--format", "json"),
            (0, 2),
        )
    for parameter in _PARAMETERS:
        yield Line(
            f"request {_short((parameter,))}", ("explain", *LAW, *GOOD, "--request", parameter), (0, 2)
        )
        yield Line(f"request {_short((parameter,))} alone", ("explain", *LAW, "--request", parameter))
    for content in _FILES:
        for ending in (".toml", ".md"):
            said = content[:40].decode("utf-8", "replace")
            yield Line(f"a file{ending} {said!r}", ("explain", "FILE", *LAW), (2,), (content, ending))
            yield Line(
                f"a file{ending} {said!r} and more",
                ("explain", "FILE", *LAW, *GOOD),
                (0, 2),
                (content, ending),
            )
    for words, right, file in asked():
        yield Line(f"redline {_short(words)}", words, right, file)
    many = tuple(part for n in range(20_000) for part in ("--set", f"lives(p{n}, elm)"))
    yield Line("20,000 times --set", ("explain", *LAW, *GOOD, *many), (0, 2))
    many = tuple(part for n in range(3_000) for part in ("--version", "new"))
    yield Line("3,000 times --version", ("prove", "2", *BOTH, "--jobs", "1", *many), (0, 2))
    yield Line("3,000 claims", ("prove", *BOTH, "--jobs", "1", *("2",) * 3_000), (0, 2))


def _random(number: int, chance: random.Random) -> Line:
    """Things that are all right somewhere, spliced and spoilt."""

    def spoilt(text: str) -> str:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(("", *ODD)) + text[at + chance.randrange(3) :]

    good = [
        *_short_ones(_COLUMNS),
        *_short_ones(_PLACES),
        *_short_ones(_PARAMETERS),
        "new",
        "old under strict",
    ]
    word = spoilt(chance.choice(good))
    match chance.randrange(5):
        case 0:
            return Line(f"{number} show {word!r}", ("show", *LAW, "--", word), (0, 2))
        case 1:
            values = tuple(
                part for _ in range(chance.randrange(6)) for part in ("--set", spoilt(chance.choice(good)))
            )
            return Line(f"{number} {values!r}", ("explain", *LAW, *GOOD, *values), (0, 2))
        case 2:
            parameters = ("--request", word, "--request", spoilt(chance.choice(good)))
            return Line(f"{number} {parameters!r}", ("explain", *LAW, *GOOD, *parameters), (0, 2))
        case 3:
            content = "\n".join(spoilt(line) for line in _SITUATION.split("\n"))
            raw = content.encode("utf-8", "surrogateescape")
            return Line(f"{number} a file {content!r}", ("explain", "FILE", *LAW), (0, 2), (raw, ".toml"))
        case _:
            return Line(f"{number} prove {word!r}", ("prove", *BOTH, "--jobs", "1", "--", word), (0, 2))


def _short_ones(texts: tuple[str, ...]) -> list[str]:
    return [each for each in texts if len(each) < 100]


def _short(arguments: tuple[str, ...]) -> str:
    return " ".join(repr(each[:40]) for each in arguments[:6])


_SITUATION = """version = "old"
[situation]
"lives(ann, elm)" = true
"holder(elm)" = "ann"
[request]
sender = "ann"
kind = "Resident"
act = "Transfer"
street = "elm"
heir = "bo\""""
