"""The grammar of colours for editors has the words of the language, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import lark
import pytest

from checker.language import parse
from checker.language.fence_tags import TAG
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


def _without_looking(pattern: str) -> str:
    """A regular expression without what it only looks ahead or behind for."""
    while found := re.search(r"\(\?<?[=!]", pattern):
        depth, at = 1, found.end()
        while depth:
            letter = pattern[at]
            if letter == "\\":
                at += 1
            elif letter == "[":
                at = pattern.index("]", at + 2)
            depth += (letter == "(") - (letter == ")")
            at += 1
        pattern = pattern[: found.start()] + " " + pattern[at:]
    return pattern


def _words(pattern: str) -> set[str]:
    """The words that a regular expression takes."""
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:", " ", _without_looking(pattern))
    return set(re.findall(r"[a-z]+", plain))


def _language() -> set[str]:
    """The words of the grammar that are no names: alone, or as a part of a terminal of several words."""
    grammar = lark.Lark(
        Path(parse.__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer="basic",
    )
    found: set[str] = set()
    for each in grammar.terminals:
        if each.pattern.type == "str":
            found |= {each.pattern.value} if each.pattern.value.isalpha() else set()
        elif each.name not in {"STRING", "NAME"}:
            found |= _words(each.pattern.value)
    return found


def test_the_words_are_those_of_the_language() -> None:
    """Each word of `grammar.lark` has a colour, and each word that has one is in `grammar.lark`."""
    coloured = json.loads((SYNTAXES / "redline.tmLanguage.json").read_text(encoding="utf-8"))
    found: set[str] = set().union(*map(_words, _patterns(coloured["repository"])))
    language = _language()
    assert {"check", "inference", "least", "longer"} <= language
    assert found == language


@pytest.mark.parametrize("word", ["check", "at", "least", "meaning", "when"])
def test_a_word_that_is_left_out_is_seen(word: str) -> None:
    """The reading of patterns takes a word away when the pattern loses it, and not before."""
    pattern = r"(?<![\w.-])(check|at\s+least|same\s+meaning)(?!\w|when)|when"
    assert word in _words(pattern)
    assert word not in _words(re.sub(rf"\b{word}\b", "", pattern).replace(rf"s+{word}", "s+"))


def test_only_the_tag_that_is_read_has_colours() -> None:
    """The injection takes a fence of the tag that redline reads, alone, and no other."""
    injected = json.loads((SYNTAXES / "markdown.redline.json").read_text(encoding="utf-8"))
    begin = injected["repository"]["fence"]["begin"].replace(r"(^|\G)", "^")
    assert re.search(begin, f"```{TAG}")
    assert re.search(begin, f"~~~~ {TAG} ")
    assert not any(
        re.search(begin, f"```{each}") for each in (TAG.title(), f"{TAG}s", f"{TAG} x", "", "python")
    )
