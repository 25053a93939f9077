"""Verdicts that an edit cannot reach are kept with their stories and evidence: a fresh run finds the same, to
the letter.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from checker.language.diagnostics import SpecError
from checker.prove import run_jobs
from checker.prove.decide import Prover
from checker.prove.reached_by_edits import Reach
from checker.question.jobs import Effort, Job, jobs_for
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.params import with_long
from tests.support.permit_edits import EDITS
from tests.support.places import LIBRARY, PERMITS
from tests.support.random_edits import Texts, edited, texts_of

BEFORE = texts_of(PERMITS)
LAW, CLAIMS = BEFORE
PARTS = ("verdict", "reason", "evidence", "witness", "vacuous", "empty", "left_open", "others")

WORDS = (
    ("# Parking permits", "# Permits\n\nOf streets."),
    ('"the office"', '"the bureau"'),
    ("a person who lives in the street", "anybody living in the street"),
    ('"{1} is [not] in the inner zone"', '"{1} [lies|does not lie] in the inner zone"'),
    ('names for Person p: "Resident"', 'names for Person p: "Inhabitant"'),
    ('"an application"', '"an application form"'),
    ('"the desk"', '"the counter"'),
    ('"does not live there"', '"lives elsewhere"'),
    ('"nobody has a permit at first"', '"it is new"'),
    ('because "it is an office"', 'because "offices are no homes"'),
    ('"that is what a permit is"', '"so permits work"'),
    ('"{p} moves to {s}"', '"{p} now lives in {s}"'),
    ("define held(", 'define empty(s: Street) "{s} is [not] empty" means not lives(Office, s)\ndefine held('),
)
TYPICAL = 'typical trader "Traders apply." because "most are" means kind is Trader\n'
LIVES = 'state lives(Person, Street) "{1} [lives|does not live] in {2}"\n'
HOLDER = 'state holder(Street): optional Person "the permit holder of {1}"\n'
ONLY_STORIES = {
    "what is typical": ("component Desk", f"{TYPICAL}component Desk"),
    "what tells things apart": ("when for some s: Street: lives(p, s),", "when p is Office,"),
    "what things have one name": ('"Stranger" otherwise', '"Alien" when p is Office, "Stranger" otherwise'),
    "what a request mentions": ("makes {act} for {street}", "for {street}"),
    "a function": ("state lives", 'state odd(Street) "{1} is [not] odd"\nstate lives'),
    "how things can be named": (
        "define held(",
        'define owner(s: Street): Person "the owner of {s}" means holder(s)\ndefine held(',
    ),
    "a name that a variable might get": (
        "define held(",
        'define street1(s: Street) "{s} is [not] first" means false\ndefine held(',
    ),
    "the order in which functions are declared": (f"{LIVES}{HOLDER}", f"{HOLDER}{LIVES}"),
}

Key = tuple[str, str, str | None]


def changed(*edits: tuple[str, str]) -> Texts:
    """The permits with the edits."""
    law = LAW
    for old, new in edits:
        assert old in law
        law = law.replace(old, new)
    return law, CLAIMS


def loaded(texts: Texts) -> Regime:
    """The law of the texts."""
    return load_texts({"permits.md": texts[0], "claims.md": texts[1]})


def asked(regime: Regime) -> dict[Key, Job]:
    """What the law is asked, by what tells it apart."""
    return {(each.claim.name, str(each.column), each.by): each for each in jobs_for(regime.claims)}


def kept_under(texts: Texts) -> dict[Key, str]:
    """The texts that stories and evidence turn on."""
    reach, regime = Reach(), loaded(texts)
    return {key: reach.with_story(regime, job) for key, job in asked(regime).items()}


def turned_by(texts: Texts) -> dict[Key, str]:
    """The texts that verdicts turn on."""
    reach, regime = Reach(), loaded(texts)
    return {key: reach.of(regime, job) for key, job in asked(regime).items()}


def said(part: object) -> object:
    """All that a part of a result says, but for times."""
    if is_dataclass(part) and not isinstance(part, type):
        own = [(each.name, said(getattr(part, each.name))) for each in fields(part) if each.name != "seconds"]
        return type(part).__name__, tuple(own)
    if isinstance(part, Mapping):
        return tuple((said(name), said(each)) for name, each in part.items())
    return tuple(map(said, part)) if isinstance(part, tuple) else repr(part)


@cache
def decided(texts: Texts) -> Mapping[Key, object]:
    """What a fresh run finds: verdicts, stories and evidence."""
    jobs = asked(loaded(texts))
    found = run_jobs.run(loaded(texts), tuple(jobs.values()), Effort(budget=20.0, processes=1))
    keys = list(jobs)
    return {keys[number]: said(tuple(getattr(each, part) for part in PARTS)) for number, each in found}


def test_words_and_what_nobody_reads_are_in_no_story() -> None:
    """Whatever is said otherwise, in quotes, labels, names, notes and prose, and a definition that only its
    author reads: everything is kept, and it is what a fresh run finds.
    """
    after = changed(*WORDS)
    assert kept_under(after) == kept_under(BEFORE)
    assert decided(after) == decided(BEFORE)


@pytest.mark.parametrize("edit", ONLY_STORIES.values(), ids=ONLY_STORIES)
def test_what_only_stories_turn_on_reaches_them(edit: tuple[str, str]) -> None:
    """Though it turns no verdict."""
    after = changed(edit)
    assert turned_by(after) == turned_by(BEFORE)
    now, before = kept_under(after), kept_under(BEFORE)
    assert not [each for each in before if now[each] == before[each]]


def test_a_story_turns_on_what_is_typical() -> None:
    """So it must not be kept: the first story is by a resident, and by a trader if that is typical."""
    kinds = []
    for texts in (BEFORE, changed(ONLY_STORIES["what is typical"])):
        regime = loaded(texts)
        trace = Prover(regime).decide(asked(regime)["permits-happen", "old", None]).evidence.trace
        assert trace is not None
        kinds.append([step.request.values["kind"] for step in trace.steps if step.request is not None])
    assert kinds == [["Resident"], ["Trader"]]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_a_law_means_reaches_every_story(edit: tuple[str, str]) -> None:
    """Any change of what is in force, and of what it reads."""
    now, before = kept_under(changed(edit)), kept_under(BEFORE)
    assert not [each for each in before if now[each] == before[each]]


RANDOM = [(PERMITS, 3, 12), *((place, seed, 150) for place in (PERMITS, LIBRARY) for seed in range(11, 17))]


@pytest.mark.parametrize("each", with_long(RANDOM, lambda each: each[2] > 12))
def test_random_edits_change_nothing_that_is_kept(each: tuple[Path, int, int]) -> None:
    """Words of the law and the claims are exchanged at random: all that is kept is what a fresh run finds."""
    place, seed, edits = each
    before = texts_of(place)
    chance, kept = random.Random(seed), 0
    for _ in range(edits):
        after = edited(chance, before)
        try:
            now, old = kept_under(after), kept_under(before)
        except SpecError:
            continue
        same = [each for each in now if old.get(each) == now[each]]
        kept += bool(same)
        for key in same:
            assert decided(after)[key] == decided(before)[key], (key, after)
    assert kept > 0
