"""Definitions that depend on which part of a claim is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.tla.spelling import WIDTH, one_or_more, set_of

LONG_RUN: Final = 4  # a run of at least so many numbers is written as an interval


def by_part(name: str, texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a definition, by cases if it differs between the parts of the claim."""
    numbers: dict[tuple[str, ...], list[int]] = {}
    for number, text in enumerate(texts, 1):
        numbers.setdefault(tuple(text), []).append(number)
    if len(numbers) == 1:
        yield from one_or_more(name, texts[0])
        return
    called = {text: text[0] for text in numbers}
    if any(len(text) > 1 for text in numbers):
        for number, text in enumerate(numbers, 1):
            called[text] = f"{name}_{number}"
            yield from one_or_more(called[text], text)
    yield f"{name} =="
    for place, (text, of_parts) in enumerate(numbers.items()):
        lead = f"    {'  []' if place else 'CASE'} {these_parts(of_parts)} ->"
        if len(lead) + len(called[text]) < WIDTH:
            yield f"{lead} {called[text]}"
        else:
            yield from (lead, f"            {called[text]}")


def these_parts(numbers: Sequence[int]) -> str:
    """Return the condition that one of these parts of the claim is being checked."""
    if len(numbers) == 1:
        return f"about = {numbers[0]}"
    runs: list[list[int]] = []
    for each in numbers:
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    single = [each for run in runs if len(run) < LONG_RUN for each in run]
    sets = [f"{run[0]} .. {run[-1]}" for run in runs if len(run) >= LONG_RUN]
    sets += [set_of(map(str, single))] if single else []
    return "about \\in " + " \\cup ".join(sets)
