"""Tests as they are given to a program: what is so and what is sent, by the names of the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from checker.results.told_stories import RequestStep
from checker.rooms.cases.document import ComponentAnswer, Expected, PackDocument, ToldCase
from checker.rooms.cases.goals import LEVELS, Level


@dataclass(frozen=True, slots=True)
class Given:
    """A test at a level, as a document for a program. `alone`: the component that is to answer by itself;
    else `expected` is what is expected of each request.
    """

    test: ToldCase
    level: Level
    document: dict[str, object]
    expected: tuple[Expected, ...]
    alone: ComponentAnswer | None = None

    @property
    def called(self) -> str:
        """What the test is called in a report."""
        where = "" if self.alone is None else f" at {self.alone.called}"
        return f"{self.test.id}{where}"


def asked_of(pack: PackDocument, test: ToldCase, level: Level) -> dict[str, object]:
    """Return a test as a document for a program."""
    steps = [
        {"request": each.step.request}
        if isinstance(each.step, RequestStep)
        else {"event": each.step.event, "arguments": each.step.arguments}
        for each in test.steps
    ]
    situation = msgspec.to_builtins(test.situation)
    return {"id": test.id, "level": pack.name_of(level), "situation": situation, "steps": steps}


def given(pack: PackDocument, levels: Sequence[Level] = LEVELS, component: str = "") -> Iterator[Given]:
    """Yield the tests of these levels; of one component alone, once for each that is to answer. `component`:
    only tests of it alone.
    """
    for level in levels:
        for test in pack.of_level(level):
            document = asked_of(pack, test, level)
            expected = tuple(each.expected for each in test.steps if each.expected is not None)
            if level == "component":
                for each in expected[-1].components if expected else ():
                    if component in ("", each.component):
                        asked = {**document, "component": [each.component, each.index]}
                        yield Given(test, level, asked, expected, each)
            elif not component and expected:
                yield Given(test, level, document, expected)
