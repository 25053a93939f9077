"""The grammar itself, and how fast it is."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import lark
import pytest

from checker.language import parse
from tests.support.language_words import grammar

GRAMMAR = Path(parse.__file__).with_name("grammar.lark")


def test_conflicts_are_the_meant_ones(caplog: pytest.LogCaptureFixture) -> None:
    """The grammar leaves four choices to the parser, each taken as the reference wants it.

    `(` after a name belongs to that name, `by` after `rejected` names who refuses, `where` after a
    deployment restricts that deployment, and a `lemma` after a claim is that claim's own.
    """
    lark.logger.addHandler(caplog.handler)
    lark.logger.setLevel(logging.DEBUG)
    try:
        lark.Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", lexer="basic", debug=True)
    finally:
        lark.logger.removeHandler(caplog.handler)
        lark.logger.setLevel(logging.CRITICAL)
    conflicts = re.findall(r"Shift/Reduce conflict for terminal (\w+)", caplog.text)
    assert set(conflicts) == {"LPAR", "BY", "WHERE", "LEMMA"}


def test_every_rule_has_a_callback() -> None:
    """Whatever the grammar reduces, the builder builds: no rule falls back to an untyped tree."""
    from checker.language.build_declarations import Builder

    rules = grammar().rules
    inlined = {rule.origin.name for rule in rules if rule.options.expand1}
    for rule in rules:
        name = rule.alias or rule.origin.name
        if not name.startswith("_") and name not in inlined:
            assert hasattr(Builder, name), name
