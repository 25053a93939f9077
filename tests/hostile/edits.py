"""Edits that spoil a good specification, by chance: characters, words, lines, fences, tables, files."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

Texts: TypeAlias = dict[str, str]
"""The files of a specification, by their paths below one folder."""

ODD = (
    *("\0", "\ufeff", "\u202e", "\u0301", "\u2028", "\x85", "\x0b", "\x0c", "\x1b[31m", "\t", "\u200d"),
    *(
        "😀",
        "“",
        "”",
        "\u2019",
        "—",
        "\u00a0",
        "İ",
        "ß",
        "ﬁ",
        "\U0001d518",
        "٣",
        "²",
        "|",
        "`",
        "~",
        ">",
        "\\",
        '"',
    ),
    *("(", ")", "{", "}", "[", "]", "\r", "\r\n", "--", "<!--", "&amp;", "```", "~~~", ":", ",", ".", "\x07"),
)
_WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|[^\W_][\w.-]*|[^\w\s]')
_FENCE = re.compile(r"^```redline\n.*?^```$", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"(?:^>.*\n)+", re.MULTILINE)
_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
_SWAPS = (
    *(("is", "is not"), ("is", "matches"), ("is not", "is"), ("and", "or"), ("or", "and"), ("not", "")),
    *(("every", "some"), ("some", "every"), ("state", "fixed"), ("fixed", "state"), ("optional", "")),
    *((": ", ": optional "), ("requires", "applies when"), ("applies when", "requires")),
    *(("applies when", "applies unless"), ("with its exceptions", "without its exceptions")),
    *(("proved", "refuted"), ("refuted", "proved"), ("always", "possibly"), ("possibly", "always")),
    *(("accepted", "rejected"), ("possibly next", "possibly"), ("possibly next", "never")),
    *(("implies", "iff"), ("and", "implies"), ("before", ""), ("when", "where"), ("true", "false")),
    *(("becomes", "is"), ("present", "absent"), ("connective", "any of"), ("premise", "axiom")),
    *(("after an accepted request", "for every request"), ("event", "effect"), ("check", "adopted check")),
    *(("any step", "requests"), ("by requests", "by any step"), ("decide alike", "allows no more than")),
    *(("expect", "needs"), ("given", "where"), ("witness", "given"), ("unknown", "yes"), ("yes", "unknown")),
    *(("yes", "no"), ("none", "unknown"), ("by the environment", ""), ("with codes", "where true")),
)


def spoil(texts: Mapping[str, str], chance: random.Random) -> tuple[Texts, str]:
    """The texts with one edit or a few, and what was done."""
    spoiled, done = dict(texts), []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if not spoiled:
            break
        edit = chance.choices(_EDITS, _WEIGHTS)[0]
        edit(spoiled, chance)
        done.append(edit.__name__.strip("_"))
    return spoiled, ", ".join(done)


def _file(texts: Texts, chance: random.Random) -> str:
    return chance.choice(sorted(texts))


def _character(texts: Texts, chance: random.Random) -> None:
    file = _file(texts, chance)
    text = texts[file]
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.choice((0, 1, 1, 1, 2, 30)))
    put = chance.choice(
        ("", chance.choice(ODD), text[at:end] * 2, text[at:end][::-1], chance.choice(ODD) * 40)
    )
    texts[file] = text[:at] + put + text[end:]


def _truncation(texts: Texts, chance: random.Random) -> None:
    file = _file(texts, chance)
    at = chance.randrange(len(texts[file]) + 1)
    texts[file] = texts[file][:at] if chance.random() < 0.8 else texts[file][at:]


def _line(texts: Texts, chance: random.Random) -> None:
    file = _file(texts, chance)
    lines = texts[file].split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines.insert(to, lines.pop(at))
        case 4:
            lines[at] = " " * chance.randrange(1, 9) + lines[at]
        case 5:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
        case _:
            lines.insert(at, chance.choice(texts[_file(texts, chance)].split("\n")))
    texts[file] = "\n".join(lines)


def _in_fence(texts: Texts, chance: random.Random) -> tuple[str, int, str]:
    """A file, where a fence begins in it, and the fence; or the whole file if it has none."""
    file = _file(texts, chance)
    fences = list(_FENCE.finditer(texts[file]))
    if not fences:
        return file, 0, texts[file]
    found = chance.choice(fences)
    return file, found.start(), found.group()


def _put(texts: Texts, file: str, start: int, old: str, new: str) -> None:
    texts[file] = texts[file][:start] + new + texts[file][start + len(old) :]


def _word(texts: Texts, chance: random.Random) -> None:
    file, start, fence = _in_fence(texts, chance)
    words = list(_WORDS.finditer(fence))
    if len(words) < 2:
        return
    one, two = sorted(chance.sample(range(len(words)), 2))
    if chance.random() < 0.5:
        two = one + 1 if one + 1 < len(words) else one - 1
        one, two = min(one, two), max(one, two)
    first, second = words[one], words[two]
    between = fence[first.end() : second.start()]
    before, after = fence[: first.start()], fence[second.end() :]
    changed = chance.choice(
        (
            before + between + second.group() + after,
            f"{before}{first.group()} {first.group()}{between}{second.group()}{after}",
            before + second.group() + between + first.group() + after,
            before + second.group() + between + second.group() + after,
            before + after,
        )
    )
    _put(texts, file, start, fence, changed)


def _of_a_kind(texts: Texts, chance: random.Random) -> None:
    """One word for another that looks as if it could stand there: names for names, strings for strings."""
    file, start, fence = _in_fence(texts, chance)
    words = list(_WORDS.finditer(fence))
    if not words:
        return
    chosen = chance.choice(words)
    other = _WORDS.findall(_in_fence(texts, chance)[2])
    alike = [each for each in other if (each[:1] == '"', each[:1].isalnum()) == _kind(chosen.group())]
    if alike:
        changed = fence[: chosen.start()] + chance.choice(alike) + fence[chosen.end() :]
        _put(texts, file, start, fence, changed)


def _kind(word: str) -> tuple[bool, bool]:
    return word[:1] == '"', word[:1].isalnum()


def _meaning(texts: Texts, chance: random.Random) -> None:
    """A key word for another: the edit that is most often still a specification."""
    swaps = list(_SWAPS)
    chance.shuffle(swaps)
    file, start, fence = _in_fence(texts, chance)
    for old, new in swaps:
        places = [each.start() for each in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", fence)]
        if places:
            at = chance.choice(places)
            _put(texts, file, start, fence, fence[:at] + new + fence[at + len(old) :])
            return


def _renaming(texts: Texts, chance: random.Random) -> None:
    """A name, everywhere in one file or in all, becomes another."""
    names = [each for each in _WORDS.findall(_in_fence(texts, chance)[2]) if each[:1].isalpha()]
    if not names:
        return
    old = chance.choice(names)
    new = chance.choice(("x" * 3000, "é", "Ω-ω", "not", "r", "fact", "version", "6.1", "\U0001d518", *names))
    pattern = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-])")
    for file in sorted(texts) if chance.random() < 0.5 else [_file(texts, chance)]:
        texts[file] = pattern.sub(new, texts[file])


def _fence(texts: Texts, chance: random.Random) -> None:
    file, start, fence = _in_fence(texts, chance)
    _, _, other = _in_fence(texts, chance)
    changed = chance.choice(
        (
            "",
            f"{fence}\n\n{fence}",
            other,
            f"{fence}\n\n{other}",
            fence.removesuffix("```"),
            fence.removeprefix("```redline\n"),
            fence.replace(
                "```redline",
                chance.choice(("```", "~~~redline", "```redlin", "````redline", "   ```redline")),
            ),
            fence.replace("\n", "\n```redline\n", 1),
            fence.replace("\n", "\n> ") if chance.random() < 0.5 else fence.replace("\n", "\n    "),
            f"```redline\n{fence}\n```",
        )
    )
    _put(texts, file, start, fence, changed)


def _declaration(texts: Texts, chance: random.Random) -> None:
    """Pieces of a fence that begin at a line's start: one goes, comes twice, or moves into another fence."""
    file, start, fence = _in_fence(texts, chance)
    parts = re.split(r"\n(?=[a-z])", fence)
    if len(parts) < 3:
        return
    at = chance.randrange(1, len(parts))
    match chance.randrange(3):
        case 0:
            del parts[at]
        case 1:
            parts.insert(chance.randrange(1, len(parts)), parts[at])
        case _:
            moved = parts.pop(at)
            _put(texts, file, start, fence, "\n".join(parts))
            there, place, other = _in_fence(texts, chance)
            _put(texts, there, place, other, other.replace("\n", f"\n{moved}\n", 1))
            return
    _put(texts, file, start, fence, "\n".join(parts))


def _quote(texts: Texts, chance: random.Random) -> None:
    file = _file(texts, chance)
    found = list(_BLOCK.finditer(texts[file]))
    if not found:
        return
    quote = chance.choice(found).group()
    other = chance.choice(found).group()
    lines = quote.split("\n")
    changed = chance.choice(
        (
            "",
            quote + "\n" + quote,
            other,
            "\n".join(lines[:-2]) + "\n",
            quote.replace(">", ">>>"),
            quote.replace("> ", ""),
            quote.replace("verbatim", "paraphrased"),
            quote.replace("'", "\u2019").replace("\u2019", "'", 1),
            " ".join(chance.sample(quote.split(" "), len(quote.split(" ")))),
            quote.replace("\n> ", "\n"),
            f"# heading\n\n{quote}\n## heading\n",
        )
    )
    texts[file] = texts[file].replace(quote, changed, 1)


def _string(texts: Texts, chance: random.Random) -> None:
    """The quotation marks of one string: curly, gone, doubled, escaped."""
    file, start, fence = _in_fence(texts, chance)
    found = [each for each in _WORDS.finditer(fence) if each.group()[0] == '"']
    if not found:
        return
    chosen = chance.choice(found)
    inside = chosen.group()[1:-1]
    put = chance.choice(
        (
            *(
                f"“{inside}”",
                f'{inside}"',
                f'"{inside}',
                f'""{inside}""',
                f'"{inside}\\"',
                '""',
                f"'{inside}'",
            ),
            *(f'"{inside * 50}"', f'"{inside[::-1]}"', f'"{chance.choice(ODD)}"'),
            f'"{inside.replace(" ", chr(10))}"',
        )
    )
    _put(texts, file, start, fence, fence[: chosen.start()] + put + fence[chosen.end() :])


def _table(texts: Texts, chance: random.Random) -> None:
    files = [file for file in sorted(texts) if _ROW.search(texts[file])]
    if not files:
        return
    file = chance.choice(files)
    chosen = chance.choice(list(_ROW.finditer(texts[file]))).group()
    cells = chosen.strip("|").split("|")
    at = chance.randrange(len(cells))
    other = chance.choice(list(_ROW.finditer(texts[file]))).group()
    match chance.randrange(8):
        case 0:
            del cells[at]
        case 1:
            cells.insert(at, cells[at])
        case 2:
            cells[at] = chance.choice(
                (" unknown ", " none ", "  ", " yes ", " no ", " 6.15.1 ", " \\| ", " “ ")
            )
        case 3:
            cells[at] = chance.choice(other.strip("|").split("|"))
        case 4:
            chance.shuffle(cells)
        case 5:
            cells = []
        case 6:
            cells = [*cells[:-1], f"{cells[-1]}|\n{other.rstrip('|')}"]
        case _:
            cells = [*cells[:at], chance.choice(ODD), *cells[at:]]
    texts[file] = texts[file].replace(chosen, f"|{'|'.join(cells)}|" if cells else "", 1)


def _files(texts: Texts, chance: random.Random) -> None:
    file = _file(texts, chance)
    match chance.randrange(5):
        case 0:
            del texts[file]
        case 1:
            texts[f"{file.removesuffix('.md')}-copy.md"] = texts[file]
        case 2:
            texts[file] = ""
        case 3:
            texts[file] += texts[_file(texts, chance)]
        case _:
            other = _file(texts, chance)
            texts[file], texts[other] = texts[other], texts[file]


_EDITS: tuple[Callable[[Texts, random.Random], None], ...] = (
    *(_character, _truncation, _line, _word, _of_a_kind, _meaning, _renaming),
    *(_fence, _declaration, _quote, _string, _table, _files),
)
_WEIGHTS = (3, 1, 3, 3, 4, 6, 1, 1, 2, 1, 1, 2, 1)
