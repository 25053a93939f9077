"""Tests as Gherkin: a feature for each level, a scenario for each test."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from checker.language.invisible_characters import visible
from checker.rooms.cases.document import (
    CaseStep,
    ComponentAnswer,
    Expected,
    PackDocument,
    Quoted,
    ToldCase,
    with_codes,
)
from checker.rooms.cases.goals import Level

_WIDTH: Final = 96


def feature(pack: PackDocument, level: Level) -> str:
    """Return the tests of a level as a feature in Gherkin."""
    name = pack.name_of(level)
    lines = [
        f"# {pack.command}",
        f"@{_tag(name)}",
        f"Feature: {_line(pack.column.text)}, {_line(name)}",
        f"  {_ABOUT[level]}",
    ]
    for test in pack.of_level(level):
        lines += ["", *_scenario(test, level)]
    return "\n".join(lines) + "\n"


_ABOUT = {
    "component": "Each component is given the request by itself, whatever others would make of it.",
    "end-to-end": "Each request is sent, and goes its way until a component refuses it.",
    "user": "Each request is sent as a user sends it, who sees the answer and nothing else.",
}


def _scenario(test: ToldCase, level: Level) -> Iterator[str]:
    kind = "positive" if test.positive else "negative"
    marks = (f"id-{test.id}", kind, *((test.status,) if test.status else ()))
    yield f"  {' '.join(f'@{_tag(each)}' for each in marks)}"
    yield f"  Scenario: {test.id} {_line(test.title)}"
    for words in dict.fromkeys(map(_words, test.quoted)):
        yield from _comment(words)
    for claim in test.claims:
        yield from _comment(f"{f'Claim {claim.number}: ' if claim.number else ''}{claim.sentence}")
    if test.mixture:
        yield from _comment(f"Versions side by side: {test.mixture}")
    first = "Given"
    for sentence in test.given:
        yield f"    {first} {_line(sentence)}"
        first = "And"
    for step in test.steps:
        yield f"    When {_line(step.sentence)}"
        yield from _expected(step, test, level)


def _words(quoted: Quoted) -> str:
    words = " … ".join(f"“{each}”" for each in quoted.words)
    return f"{quoted.clause}: {words} — {quoted.told}"


def _expected(step: CaseStep, test: ToldCase, level: Level) -> Iterator[str]:
    said = [*_answers(step.expected, test, level)] if step.expected else []
    changes = [] if level == "component" else [_line(each) for each in step.changes]
    for number, each in enumerate((*said, *changes)):
        yield f"    {'And' if number else 'Then'} {each}"


def _answers(expected: Expected, test: ToldCase, level: Level) -> Iterator[str]:
    if level == "component":
        alone = concerned(test)
        yield from (_alone(each) for each in expected.components if each.component in alone)
        return
    if level == "end-to-end":
        for each in expected.components:
            if each.reached:
                yield _line(
                    f"{each.called} {'lets it pass' if each.answer == 'passes' else 'refuses it'}"
                    f"{'' if each.answer == 'passes' else with_codes(each.codes)}"
                )
    if expected.outcome == "accepted":
        yield "the request is accepted"
    else:
        yield f"the request is refused{with_codes(expected.codes)}"


def concerned(test: ToldCase) -> frozenset[str]:
    """The components that a test of one component alone is about."""
    return frozenset(
        each.component for step in test.steps if step.expected for each in step.expected.components
    )


def _alone(each: ComponentAnswer) -> str:
    if each.answer == "passes":
        return _line(f"{each.called} by itself lets it pass")
    return _line(f"{each.called} by itself refuses it{with_codes(each.codes)}")


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(_line(text), _WIDTH - 6, break_long_words=False, break_on_hyphens=False):
        yield f"    # {line}"


def _line(text: str) -> str:
    """The text on one line, with nothing that Gherkin or an editor would take for something else."""
    return visible(" ".join(text.split()))


def _tag(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-") or "tests"
