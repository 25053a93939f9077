"""A command: the page that follows one phrase of the law from its words to a proof and a counterexample.

    python -m tests.page_of_a_sentence            # prints the page
    python -m tests.page_of_a_sentence --write    # writes it to spec/sentence.md

The sentences are in tests/cases/page-of-a-sentence.md. Every value among them is computed here, and
`pages/test_page_of_a_sentence.py` holds the page against it.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from string import Template
from typing import Any

from checker.evidence.obligation_scripts import Script, verdict_scripts
from checker.language.declarations import InsertDecl, LimbDecl
from checker.language.diagnostics import Span
from checker.language.document import Fence, read_document
from checker.language.parse import _parser, parse_fence
from checker.language.syntax import Clause, ItemSyntax, Name, Text, Wordless
from checker.language.tiling import Tiling
from checker.logic.node import Node
from checker.logic.script_solvers import by_z3, version_of
from checker.logic.smtlib import Part, script
from checker.model.expressions import Formula, Sort
from checker.model.item import Item
from checker.model.model import Limb
from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.problem import Problem
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.question.workbench import Workshop
from checker.regime.regime import Regime
from checker.report.case_paragraphs import case_paragraphs
from checker.report.paper import lay_out, plain
from checker.story.narrate import narrate
from checker.trusted.load_law import load_texts
from tests.support.places import ROOT, TESTS

TEMPLATE = TESTS / "cases" / "page-of-a-sentence.md"
PAGE = ROOT / "spec" / "sentence.md"
FILE = "spec/modifications/secmp0107.md"
CLAUSE = "SRPD 6.2(d)"
PHRASE = "received from an Electricity Distributor or Gas Transporter."
CLAIM = "exempted-only-for-own-fuel"
COLUMN = "mp107"
READING = "mp107 under own-fuel-only"
MEANS = {"sat": "this proof fails, and a story is looked for", "unsat": "nothing shows it: proved"}
WIDTH = 100
SECONDS = 20.0


def texts(folder: str) -> dict[str, str]:
    """The pages of a folder by their names in the repository."""
    paths = sorted((ROOT / folder).rglob("*.md"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def page(sentence: Sentence) -> str:
    """The page."""
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute({**sentence.as_read(), **sentence.as_asked()})


def made() -> Sentence:
    """The phrase in the law as it is kept."""
    return Sentence(load_texts(texts("spec"), texts("properties")))


@dataclass(frozen=True)
class Sentence:
    """The phrase at every stage."""

    regime: Regime

    # ------------------------------------------------ from words to meaning

    @cached_property
    def fence(self) -> Fence:
        document = read_document(FILE, texts("spec")[FILE])
        return next(each for each in document.fences if f'limb "{CLAUSE}"' in each.fragment.text)

    @cached_property
    def written(self) -> tuple[ItemSyntax, ...]:
        (inserted,) = parse_fence(self.fence.fragment)
        assert isinstance(inserted, InsertDecl)
        (limb,) = inserted.body
        assert isinstance(limb, LimbDecl)
        return limb.items

    @cached_property
    def syntax(self) -> ItemSyntax:
        return next(each for each in self.written if PHRASE in (text.text for text in each.phrases))

    @cached_property
    def limb(self) -> Limb:
        model = self.regime.model(self.regime.parse_column(COLUMN))
        return next(limb for check in model.checks for limb in check.limbs if limb.clause == CLAUSE)

    @cached_property
    def item(self) -> Item:
        return next(each for each in self.limb.items if PHRASE in (phrase.text for phrase in each.phrases))

    @property
    def formula(self) -> Formula:
        assert self.item.meaning is not None
        return self.item.meaning.formula

    def tokens(self) -> Iterator[str]:
        """The words of the item, as the lexer gives them to the parser."""
        reading = _parser().parse_interactive(self.fence.fragment, start="start")
        first, last = self.syntax.phrases[0].span.line, self.syntax.meaning.span.end_line
        for word in reading.exhaust_lexer():
            if word.line is not None and first <= word.line <= last:
                yield f"{word.line:3}  {word.type:8} {word}"

    def tiles(self) -> Iterator[str]:
        """For every phrase, the words of the quote that it covers."""
        before = 0
        for number, item in enumerate(self.written, 1):
            tiling = Tiling(self.fence.quotes)
            tiled = tiling.lay([each.phrases for each in self.written[:number]], CLAUSE)
            assert not tiled.diagnostics
            assert isinstance(item.meaning, Clause | Wordless)
            after = sum(tiling.covered[-1])
            phrases = " ".join(f"“{each.text}”" for each in tiled.phrases[-1])
            yield f"| {phrases} | {before + 1} to {after} | {item.meaning.kind} |"
            before = after

    def as_read(self) -> dict[str, str]:
        """What the page tells of reading."""
        quote = self.fence.quotes[-1]
        return {
            "clause": CLAUSE,
            "phrase": PHRASE,
            "file": FILE,
            "count": str(len(quote.words)),
            "attribution": f"{quote.quote.clause}, {quote.quote.kind} in {quote.quote.source}",
            "quote": fenced(wrapped(quote.quote.text)),
            "tiles": "\n".join(self.tiles()),
            "tokens": fenced("\n".join(self.tokens())),
            "syntax": fenced(outlined(self.syntax)),
            "above": " and ".join(self.limb.above),
            "item": fenced(outlined(self.item)),
            "formula": unparse(self.formula),
        }

    # ------------------------------------------------ from meaning to verdict

    def asked(self, column: str) -> Asked:
        """The claim in a column."""
        claim = next(each for each in self.regime.claims if each.name == CLAIM)
        at = self.regime.parse_column(column)
        expected = next(each.verdict for each in claim.expectations if each.column == at)
        return Asked(self.regime, Job(claim, at, expected))

    def as_asked(self) -> dict[str, str]:
        """What the page tells of the claim."""
        asked, narrower = self.asked(COLUMN), self.asked(READING)
        claim, node = asked.job.claim, asked.encoded(self.formula)
        text, other = asked.obligation.text, narrower.obligation.text
        trace = asked.result.evidence.trace
        assert trace is not None
        request = trace.steps[-1].request
        assert request is not None
        return {
            "term": fenced(repr(node)),
            "smtlib": fenced(asked.as_text(node)),
            "limb": fenced(defined(text, f"{CLAUSE} holds")),
            "check": fenced(defined(text, "registration fails")),
            "number": claim.number,
            "sentence": claim.sentence,
            "statement": fenced(wrapped(claim.statement_text)),
            "meaning": asked.obligation.meaning,
            "length": str(len(text.splitlines())),
            "excluded": fenced(text[text.index("; what the claim excludes") :]),
            "answers": f"{asked.row()}\n{narrower.row()}",
            "narrower": fenced(f"{defined(other, 'part 1')}\n{defined(other, f'{CLAUSE} holds')}"),
            "obligations": "\n".join(f"- {each.name}" for each in narrower.result.evidence.obligations),
            "steps": str(len(trace.steps)),
            "solver": f"Z3 {version_of('z3')}",
            "request": fenced("\n".join(f"{name:12} {value}" for name, value in request.values.items())),
            "story": fenced(asked.story()),
        }


@dataclass(frozen=True)
class Asked:
    """The claim in one column."""

    regime: Regime
    job: Job

    @cached_property
    def question(self) -> Question:
        return Question(self.regime, self.job)

    @cached_property
    def problem(self) -> Problem:
        return self.question.problem(Workshop(self.regime, 0))

    def encoded(self, formula: Formula) -> Node:
        """What a formula of a rule means, of the request of a story's last step."""
        asking = self.question.asking
        assert asking is not None
        (ending,) = asking(self.problem).goal(self.problem.system.base)
        (action,) = ending.last
        scope = self.problem.scope(action.before, requests={"": action.parameters})
        return self.problem.encoder.formula(formula, scope)

    def as_text(self, node: Node) -> str:
        """A term as SMT-LIB text."""
        whole = script((), (Part("", node),), self.problem.terms)
        return whole.split("(assert ", 1)[1].removesuffix(")\n(check-sat)\n")

    @cached_property
    def obligation(self) -> Script:
        (found,) = verdict_scripts(self.question, "proved", Evidence())
        return found

    @cached_property
    def answer(self) -> str:
        return by_z3(self.obligation.text, SECONDS)

    @cached_property
    def result(self) -> Result:
        return Prover(self.regime).decide(self.job)

    def row(self) -> str:
        """The answer and what follows from it."""
        return f"| {self.job.column} | {self.job.expected} | `{self.answer}` | {MEANS[self.answer]} |"

    def story(self) -> str:
        """The verdict as `redline prove` tells it."""
        return plain(lay_out(case_paragraphs(self.result, narrate(self.regime, self.result)), 80))


# ----------------------------------------------------------------- on paper


def outlined(value: Any, depth: int = 0) -> str:
    """A value of the program with the names of its fields, without places and without what is empty."""
    if isinstance(value, Name | Text):
        return f'{type(value).__name__}("{value.text}")'
    if isinstance(value, Sort):
        return value.name
    if isinstance(value, tuple):
        inside = ", ".join(outlined(each, depth) for each in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if not is_dataclass(value):
        return repr(value)
    kept = [(each.name, getattr(value, each.name)) for each in fields(value)]
    kept = [(name, each) for name, each in kept if not isinstance(each, Span) and each not in (None, (), "")]
    kind, flat = type(value).__name__, ", ".join(f"{name}={outlined(each)}" for name, each in kept)
    if depth * 4 + len(kind) + len(flat) < WIDTH - 20:
        return f"{kind}({flat})"
    lines = [f"{'    ' * (depth + 1)}{name}={outlined(each, depth + 1)}," for name, each in kept]
    return "\n".join([f"{kind}(", *lines, f"{'    ' * depth})"])


def defined(text: str, name: str) -> str:
    """The definition of a name in a script, with the comment above it if there is one."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"(define-fun |{name}| "))
    end = next(n for n in range(at + 1, len(lines)) if not lines[n].startswith(" "))
    return "\n".join(lines[at - lines[at - 1].startswith(";") : end])


def wrapped(text: str) -> str:
    """Prose in lines."""
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)


def fenced(text: str) -> str:
    """Text as it is, long lines cut."""
    short = (line if len(line) <= WIDTH else f"{line[: WIDTH - 2]} …" for line in text.rstrip().splitlines())
    return "\n".join(("```text", *short, "```"))


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description="The page that follows one phrase of the law to a proof.")
    parser.add_argument("--write", action="store_true", help="write the page instead of printing it")
    text = page(made())
    if parser.parse_args().write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
