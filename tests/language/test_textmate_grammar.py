"""The grammar of colours for editors has the words of the language, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

import pytest

from checker.language.fence_tags import TAG
from tests.support.language_words import language_words, pattern_words
from tests.support.places import ROOT

SYNTAXES: Final = ROOT / "editors" / "vscode" / "syntaxes"


def _patterns(value: object) -> Iterator[str]:
    """Every regular expression of a TextMate grammar."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"match", "begin", "end", "while"}:
                yield each
            yield from _patterns(each)
    elif isinstance(value, list):
        for each in value:
            yield from _patterns(each)


def test_the_words_are_those_of_the_language() -> None:
    """Each word of `grammar.lark` has a colour, and each word that has one is in `grammar.lark`."""
    coloured = json.loads((SYNTAXES / "redline.tmLanguage.json").read_text(encoding="utf-8"))
    found: set[str] = set().union(*map(pattern_words, _patterns(coloured["repository"])))
    language = language_words()
    assert {"check", "inference", "least", "longer"} <= language
    assert found == language


def test_the_workbench_has_the_same_words() -> None:
    """What the workbench colours, `python -m tests.workbench_bundle --write` takes from `grammar.lark`."""
    written = (ROOT / "workbench" / "src" / "words.json").read_text(encoding="utf-8")
    assert json.loads(written) == sorted(language_words())


@pytest.mark.parametrize("word", ["check", "at", "least", "meaning", "when"])
def test_a_word_that_is_left_out_is_seen(word: str) -> None:
    """The reading of patterns takes a word away when the pattern loses it, and not before."""
    pattern = r"(?<![\w.-])(check|at\s+least|same\s+meaning)(?!\w|when)|when"
    assert word in pattern_words(pattern)
    assert word not in pattern_words(re.sub(rf"\b{word}\b", "", pattern).replace(rf"s+{word}", "s+"))


def test_only_the_tag_that_is_read_has_colours() -> None:
    """The injection takes a fence of the tag that redline reads, alone, and no other."""
    injected = json.loads((SYNTAXES / "markdown.redline.json").read_text(encoding="utf-8"))
    begin = injected["repository"]["fence"]["begin"].replace(r"(^|\G)", "^")
    assert re.search(begin, f"```{TAG}")
    assert re.search(begin, f"~~~~ {TAG} ")
    assert not any(
        re.search(begin, f"```{each}") for each in (TAG.title(), f"{TAG}s", f"{TAG} x", "", "python")
    )
