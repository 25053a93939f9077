"""The law of one column as a TLA+ module."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model.claim import Column
from checker.model.model import Effect, Model
from checker.tla.actions import Changes, groups_of
from checker.tla.constants_and_variables import OPERATORS, Vocabulary
from checker.tla.formulas import Writer
from checker.tla.operators import Rules
from checker.tla.spelling import WIDTH, joined, one_line, upper
from checker.tla.symbol_names import Lexicon, lexicon_of


def module_name(column: Column) -> str:
    """Return the name of the module of a column."""
    base, _, rest = str(column).partition(" ")
    return upper(base) + (f"_{joined(rest)}" if rest else "")


@dataclass(frozen=True, slots=True)
class Law:
    """What writes a column's law: its name, its vocabulary, and the effects that one request may have
    together.
    """

    name: str
    column: Column
    model: Model
    lexicon: Lexicon
    writer: Writer
    vocabulary: Vocabulary
    changes: Changes
    groups: tuple[tuple[Effect, ...], ...]


def law_of(model: Model, column: Column) -> Law:
    """Return what is needed to write the law."""
    name = module_name(column)
    lexicon = lexicon_of(model, name)
    writer = Writer(model, lexicon, column.base)
    vocabulary = Vocabulary(model, lexicon)
    changes = Changes(model, lexicon, writer, vocabulary)
    return Law(name, column, model, lexicon, writer, vocabulary, changes, groups_of(model.effects))


def law_text(law: Law, header: Iterable[str]) -> str:
    """Return the module. `header`: paragraphs of the comment at its top."""
    rules = Rules(law.model, law.lexicon, law.writer)
    sections = (
        ("", law.vocabulary.constants()),
        ("enumerated sorts", law.vocabulary.enums()),
        ("the situation", law.vocabulary.variables()),
        ("reading the situation", iter([*OPERATORS, "", *law.vocabulary.accessors()])),
        ("definitions and premises", rules.definitions()),
        ("requests", rules.request()),
        ("exceptions", rules.limbs()),
        ("checks", rules.checks()),
        ("the way of a request", rules.route()),
        ("what claims ask of a request", rules.outcomes()),
        ("what accepted requests change", law.changes.effects(law.groups)),
        ("what else happens", law.changes.events()),
        ("suppositions and starts", law.changes.suppositions()),
        ("what the variables are", law.vocabulary.types()),
        ("behaviour, with nothing left out", law.changes.behaviour()),
    )
    lines = [*banner(law.name), *block_comment(header), "EXTENDS Naturals", ""]
    for title, body in sections:
        lines += [*(_section(title) if title else ()), *_spaced(body), ""]
    return "\n".join((*lines, "=" * WIDTH, ""))


def run_with(name: str) -> str:
    """Return the command that checks a module."""
    return f"java -jar tla2tools.jar -deadlock {name}"


def banner(name: str) -> list[str]:
    """Return the line that opens a module."""
    words = f" MODULE {name} "
    left = max((WIDTH - len(words)) // 2, 4)
    return [f"{'-' * left}{words}{'-' * max(WIDTH - left - len(words), 4)}"]


def block_comment(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a comment; paragraphs that begin with a space are kept as they are."""
    yield "(*"
    for number, each in enumerate(paragraphs):
        if number and not each.startswith(" "):
            yield ""
        if each.startswith(" "):
            yield f"  {each}".rstrip()
        else:
            yield from (f"  {line}" for line in textwrap.wrap(one_line(each), WIDTH - 2))
    yield "*)"


def _spaced(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with exactly one empty line between definitions that have a comment."""
    before = ""
    for line in lines:
        if line.startswith("\\*") and before and not before.startswith("\\*"):
            yield ""
        if line or before:
            yield line
        before = line


def _section(title: str) -> list[str]:
    return [f"\\* {'-' * (WIDTH - len(title) - 4)} {title}", ""]
