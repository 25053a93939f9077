"""The words of the language, as its grammar has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import lark
from lark.lexer import TerminalDef

from checker.language import parse


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


def pattern_words(pattern: str) -> set[str]:
    """The words that a regular expression takes, but names such as those of months."""
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:", " ", _without_looking(pattern))
    return set(re.findall(r"\b[a-z]+\b", plain))


@cache
def grammar() -> lark.Lark:
    """The grammar with the lexer that it would have of itself, made once: that takes a second."""
    text = Path(parse.__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(text, parser="lalr", lexer="basic")


def terminals() -> Mapping[str, TerminalDef]:
    """The terminals of the grammar, by what it calls them."""
    return {each.name: each for each in grammar().terminals}


def language_words() -> set[str]:
    """The words of the grammar that are no names: alone, or as a part of a terminal of several words."""
    found: set[str] = set()
    for each in terminals().values():
        if each.pattern.type == "str":
            found |= {each.pattern.value} if each.pattern.value.isalpha() else set()
        elif each.name not in {"STRING", "NAME"}:
            found |= pattern_words(each.pattern.value)
    return found
