"""Cuts a regime down to what a disagreement needs: whatever can be left out, is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from checker.language.diagnostics import SpecError
from tests.regimes_agree.trials import Effort, Question, Trial, run_trial

FENCE = re.compile(r"```redline\n.*?\n```", re.DOTALL)


def reduced(trial: Trial, complaint: tuple[Question, str], effort: Effort, seconds: float) -> Trial:
    """A trial with the same question and a complaint of the same kind, from which nothing more can be left
    out by declarations, lines or parts of formulas; or as far as the seconds go.
    """
    found = replace(trial, questions=(complaint[0],))
    return shortened(found, lambda each: _complaints(each, effort), seconds, _kind(complaint[1]))


def shortened(
    trial: Trial, complains: Callable[[Trial], set[str]], seconds: float, kind: str | None = None
) -> Trial:
    """The trial cut down as long as there is a complaint of that kind, or of one that there is at first."""
    until = time.monotonic() + seconds

    def kinds(text: str) -> set[str]:
        try:
            return complains(replace(trial, texts={"regime.md": text}))
        except (SpecError, KeyError):
            return set()

    text = trial.texts["regime.md"]
    wanted = kinds(text) if kind is None else kinds(text) & {kind}
    if not wanted:
        return trial
    smaller = True
    while smaller and time.monotonic() < until:
        smaller = False
        for shorter in _shorter(text):
            if time.monotonic() > until:
                break
            if kinds(shorter) & wanted:
                text, smaller = shorter, True
                break
    return replace(trial, texts={"regime.md": text})


def _complaints(trial: Trial, effort: Effort) -> set[str]:
    try:
        return {_kind(each) for _, each in run_trial(trial, effort).complaints}
    except (SpecError, KeyError):
        return set()


def _kind(complaint: str) -> str:
    """What a complaint is about, apart from numbers and names."""
    return re.sub(r"\d+|`[^`]*`", "", complaint.rsplit(":", 1)[-1])


def _shorter(text: str) -> Iterator[str]:
    """The text without one fence, without one line, or with one formula in place of two."""
    for found in FENCE.finditer(text):
        yield text[: found.start()] + text[found.end() :]
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith("```"):
            yield "\n".join((*lines[:number], *lines[number + 1 :]))
    for rule in RULES:
        yield from rule(text)


def _parts(text: str) -> Iterator[str]:
    """One side of `(p and q)` and the like for both; `p` for `(not p)`."""
    depth: list[int] = []
    for place, letter in enumerate(text):
        if letter == "(":
            depth.append(place)
        elif letter == ")" and depth:
            start = depth.pop()
            inside = text[start + 1 : place]
            for word in (" and ", " or ", " implies ", " iff "):
                if inside.count(word) == 1 and "(" not in text[start + 1 : start + 2]:
                    for side in inside.split(word):
                        yield text[:start] + side + text[place + 1 :]
            for word in (" and ", " or ", " implies ", " iff "):
                for side in _sides(inside, word):
                    yield f"{text[:start]}({side}){text[place + 1 :]}"
            if letter == ")" and text[start - 1 : start] in (" ", "("):
                yield text[:start] + "true" + text[place + 1 :]


def _sides(inside: str, word: str) -> Iterator[str]:
    """The two sides of the word where it stands outside parentheses."""
    at = inside.find(word)
    while at >= 0:
        if inside[:at].count("(") == inside[:at].count(")"):
            yield inside[:at]
            yield inside[at + len(word) :]
        at = inside.find(word, at + 1)


def _clauses(text: str) -> Iterator[str]:
    """A `when`, `where` or `given` left out up to the end of its line."""
    for found in re.finditer(r" (?:when|where|by) [^\n:]*(?=\n)| where [^\n:]*(?=:)", text):
        yield text[: found.start()] + text[found.end() :]


RULES: tuple[Callable[[str], Iterator[str]], ...] = (_parts, _clauses)
