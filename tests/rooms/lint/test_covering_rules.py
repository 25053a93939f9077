"""Which other rules cover an idle one: the same as if every pair were asked about, with few questions."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from checker.regime import files_as_written
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.rooms.lint.claims import Asker
from checker.rooms.lint.find import lint
from checker.rooms.lint.finding import Finding
from checker.rooms.lint.idle_rules import RuleLint
from checker.rooms.lint.words_and_rules import Law
from tests.rooms.lint.lint_laws import HOUSE, deciding, law
from tests.support.params import with_long

FACTS = ("friend(sender)", "host(sender)", "inside(sender)", "act is Enter", "act is Leave")
LAWS, SOME = 24, 6
MANY = 12  # checks that one covers


def statement(chance: random.Random) -> str:
    """A formula about a request."""
    one, other = chance.sample(FACTS, 2)
    first = chance.choice((one, f"not {one}"))
    return chance.choice((first, f"{first} and {other}", f"{first} or {other}"))


def random_house(number: int) -> Regime:
    """A house with some checks at the door and the porter's, and exceptions from the first."""
    chance = random.Random(number)
    checks = (
        f'check c{n} for "C {n + 5}" at {chance.choice(("Door", "Porter"))}, reject with F{n}\n'
        f'    applies when {statement(chance)} inference "x"\n'
        f'    requires {statement(chance)} inference "x"'
        for n in range(chance.randint(3, 6))
    )
    limbs = "\n".join(
        f'limb "C 2({letter})" of "C 2"\n    {statement(chance)} inference "x"' for letter in "abc"
    )
    exceptions = f'exceptions "C 2"\n    any of inference "x"\n{limbs}'
    old = 'requires friend(sender) inference "x"'
    return law(exceptions, *checks, old=old, new=f'{old}\n    subject to "C 2" inference "x"')


def asked_about_all(regime: Regime, version: str) -> Iterator[Finding]:
    """What is found if every pair is asked about."""
    asker = Asker(regime, deciding)
    rules = RuleLint(Law(regime, version), ())
    asker.ask(list(rules.first()))
    asker.ask(list(rules.second(asker)))
    every = [(one, other) for one in rules.rules() for other in rules.others(one)]
    asker.ask([(rules.pair(one, other), rules.column) for one, other in every])
    return rules.findings(asker)


def plain(findings: Iterator[Finding]) -> set[Finding]:
    """Findings about rules that others cover, without the numbers of claims."""
    kinds = ("check-repeated", "exemption-covered")
    return {replace(each, claims=()) for each in findings if each.kind in kinds}


@pytest.mark.parametrize("number", with_long(range(LAWS), lambda number: number >= SOME))
def test_the_same_rules_cover_as_if_every_pair_were_asked_about(number: int) -> None:
    """In random houses, message by message."""
    regime = random_house(number)
    found = plain(iter(lint(regime, ("old",), deciding).findings))
    assert found == plain(asked_about_all(regime, "old"))


@pytest.mark.thorough
def test_random_houses_have_rules_that_others_cover() -> None:
    """Else the test above would say nothing: by one, by several, and by several together."""
    messages = [
        each.message for number in range(SOME) for each in plain(asked_about_all(random_house(number), "old"))
    ]
    counts = [len(re.findall("`", each)) // 2 - 1 for each in messages]
    assert {0, 1, 2} <= set(counts)


def crowded(count: int) -> Regime:
    """A house with so many checks that one other covers, and that do not cover each other."""
    acts = ", ".join(f"Act{n}" for n in range(count))
    checks = "".join(
        f'check c{n} for "D {n}" at Door, reject with F{n}\n'
        f'    applies when act is Act{n} inference "x"\n    requires host(sender) inference "x"\n'
        for n in range(count)
    )
    strict = 'check strict for "D" at Door, reject with F\n    requires host(sender) inference "x"\n'
    house = HOUSE.replace("Act: Knock", f"Act: {acts}, Knock")
    return load_texts({"spec/house.md": f"{house}\n```redline\n{strict}{checks}```\n"})


def test_questions_grow_with_the_rules_and_not_with_their_pairs() -> None:
    """Each of the checks takes as many questions in a law that has twice as many, and as long ones."""
    one, two = (lint(crowded(count), ("old",), deciding) for count in (MANY, 2 * MANY))
    repeated = [each.subject for each in two.findings if each.kind == "check-repeated"]
    assert len(repeated) >= 2 * MANY
    assert len(two.asked) - len(one.asked) == MANY * 4
    longest = [max(len(each.question.statement) for each in found.asked) for found in (one, two)]
    assert longest[1] <= longest[0] + 2  # a figure more in a name


def test_no_limit_on_what_is_written_applies_to_what_lint_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A law just within the limits is looked at, although the questions about it are longer than it is."""
    regime = crowded(MANY)
    for limit in ("MAX_LINES", "MAX_CHARACTERS", "MAX_WORDS", "MAX_FENCE"):
        monkeypatch.setattr(files_as_written, limit, 1)
    assert {each.kind for each in lint(regime, ("old",), deciding).findings} >= {"check-repeated"}
