"""Inputs that mean harm: files of a specification and of its claims, made by chance or by name."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.hostile.edits import ODD, spoil
from tests.support.places import PERMITS, ROOT, TESTS

LAW = ROOT
CLAIMED = "claimed"  # the claim that an input was made for


@dataclass(frozen=True, slots=True)
class Folders:
    """What `--spec` and `--properties` name. `properties` None: there are no claims to read."""

    spec: Path
    properties: Path | None


@dataclass(frozen=True, slots=True)
class Input:
    """Something to load. `lay` puts it into an empty folder.

    `law`: the good one that it was made from, if any.
    """

    name: str
    lay: Callable[[Path], Folders]
    law: str = ""


def laid(files: Mapping[str, bytes | str]) -> Callable[[Path], Folders]:
    """Lays files into `spec/` and `properties/`; text is written as UTF-8 without translation."""

    def lay(root: Path) -> Folders:
        (root / "spec").mkdir()
        (root / "properties").mkdir()
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(
                content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            )
        return Folders(root / "spec", root / "properties")

    return lay


@cache
def laws() -> Mapping[str, Mapping[str, str]]:
    """The good laws that harm is done to: the shipped one, the permits, the library."""
    found: dict[str, dict[str, str]] = {}
    for name, root in (("shipped", LAW), ("permits", PERMITS)):
        found[name] = {
            str(path.relative_to(root)): path.read_text(encoding="utf-8")
            for folder in ("spec", "properties")
            for path in sorted((root / folder).rglob("*.md"))
        }
    prelude = TESTS / "cases" / "bad" / "_prelude.md"
    found["library"] = {"spec/library.md": prelude.read_text(encoding="utf-8")}
    return found


# ------------------------------------------------------------------ by hand


def beside(name: str, *fences: str, spec: str = "", claims: str = "") -> Input:
    """The library with fences, Markdown or claims beside it."""
    texts = dict(laws()["library"])
    texts["spec/more.md"] = "\n\n".join([*(f"```redline\n{each}\n```" for each in fences), spec])
    if claims:
        texts["properties/claims.md"] = f"```redline\n{claims}\n```\n"
    return Input(name, laid(texts), "library")


def broken(parts: list[str]) -> str:
    """The parts, a thousand of them on a line."""
    return "\n".join(" ".join(parts[at : at + 1000]) for at in range(0, len(parts), 1000))


def a_claim(statement: str, name: str = CLAIMED) -> str:
    """A claim of this statement."""
    return f'claim 9 {name} "…" from "x" for b: Book {statement}\n    expect proved in then'


# ----------------------------------------------------------------- by chance


def by_chance(seed: int, number: int) -> Input:
    """Input `number` of a run; the same for the same seed."""
    chance = random.Random(f"{seed} {number}")
    make = chance.choices((_mutant, _bytes, _soup, _lines, _spliced), (16, 2, 2, 1, 1))[0]
    return make(f"{seed}/{number}", chance)


def _law(chance: random.Random) -> str:
    return chance.choices(("shipped", "permits", "library"), (6, 2, 2))[0]


def _mutant(name: str, chance: random.Random) -> Input:
    law = _law(chance)
    texts, done = spoil(laws()[law], chance)
    return Input(f"{name} {law}: {done}", laid(texts), law)


def _bytes(name: str, chance: random.Random) -> Input:
    """Random bytes, ASCII, characters, or bytes in the midst of something that is good."""
    length = chance.choice((0, 1, 2, 10, 300, 5000))
    kind = chance.choice(("bytes", "ascii", "characters", "fence", "within"))
    raw = chance.randbytes(length)
    match kind:
        case "ascii":
            raw = bytes(each % 95 + 32 if each % 13 else 10 for each in raw)
        case "characters":
            raw = "".join(_character(chance) for _ in range(length)).encode("utf-8", "surrogatepass")
        case "fence":
            raw = b"```redline\n" + bytes(each % 95 + 32 if each % 13 else 10 for each in raw) + b"\n```\n"
        case "within":
            good = laws()["library"]["spec/library.md"].encode()
            at = chance.randrange(len(good))
            raw = good[:at] + raw[:300] + good[at:]
    return Input(
        f"{name} {length} random {kind}", laid({f"{chance.choice(('spec', 'properties'))}/a.md": raw})
    )


def _character(chance: random.Random) -> str:
    top = chance.choice((0x80, 0x250, 0x3000, 0x10000, 0x110000))
    return chr(chance.randrange(top)) if chance.random() < 0.9 else chance.choice(ODD)


def _soup(name: str, chance: random.Random) -> Input:
    """Words of the language in any order, beside a law that is good."""
    law = _law(chance)
    words = " ".join(laws()[chance.choice(("permits", "library"))].values()).split()
    picked = " ".join(chance.choice(words) for _ in range(chance.randrange(1, 200)))
    texts = {**laws()[law], "spec/soup.md": f"```redline\n{picked.replace('`', '')}\n```\n"}
    return Input(f"{name} {law} and words in any order", laid(texts), law)


def _lines(name: str, chance: random.Random) -> Input:
    """All lines of a law in any order."""
    law = chance.choice(("permits", "library"))
    lines = "\n".join(laws()[law].values()).split("\n")
    chance.shuffle(lines)
    return Input(f"{name} {law}, its lines in any order", laid({"spec/a.md": "\n".join(lines)}))


def _spliced(name: str, chance: random.Random) -> Input:
    """Files of two laws together."""
    one, two = (laws()[_law(chance)] for _ in range(2))
    texts = {**one, **{f"{file}-2.md": text for file, text in two.items() if chance.random() < 0.7}}
    return Input(f"{name} two laws together", laid(texts))


def inputs(count: int, seed: int) -> Iterator[Input]:
    """So many inputs: those with names of their own, at most as fill a half; the rest by chance."""
    from tests.hostile.built import built
    from tests.hostile.folders import folders
    from tests.hostile.large import large
    from tests.hostile.written import written

    def named() -> Iterator[Input]:
        for kind in (folders, built, large, written):
            yield from kind()

    total = sum(1 for _ in named())
    chosen = set(random.Random(seed).sample(range(total), min(total, count // 2)))
    yield from (each for number, each in enumerate(named()) if number in chosen)
    for number in range(count - len(chosen)):
        yield by_chance(seed, number)
