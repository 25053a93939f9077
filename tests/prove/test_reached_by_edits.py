"""What an edit can reach: a verdict that it turns is never left out, and what it cannot reach is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from checker.interface.changed import reached
from checker.interface.claims_to_ask import chosen_jobs
from checker.language.diagnostics import SpecError
from checker.prove import run_jobs
from checker.question.jobs import Effort, Job
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.params import with_long
from tests.support.permit_edits import EDITS
from tests.support.places import LIBRARY, PERMITS, ROOT
from tests.support.random_edits import Texts, edited, edited_in_numbers, texts_of

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
CLAIMS = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")
UNREAD = 'define empty(s: Street) "{s} is [not] empty" means for every p: Person: not lives(p, s)\n'
EFFORT = Effort(budget=20.0, processes=1, witnesses="any")


def _loaded(law: str, claims: str) -> Regime:
    return load_texts({"permits.md": law, "claims.md": claims})


def _jobs(regime: Regime) -> tuple[Job, ...]:
    return chosen_jobs(regime, regime.claims, (), quick=False)


def _left_out(law: str, claims: str = CLAIMS) -> frozenset[tuple[str, str]]:
    """The claims and columns that an edit to these texts leaves out."""
    regime = _loaded(law, claims)
    found = reached(regime, _loaded(LAW, CLAIMS), _jobs(regime), (), quick=False, staged=False)
    assert len(found.jobs) + len(found.left_out) == len(_jobs(regime))
    return frozenset((each.claim.name, str(each.column)) for each in found.left_out)


@cache
def _verdicts(texts: Texts) -> Mapping[tuple[str, str, str | None], str]:
    """What is found of a law as it is, with everything asked."""
    return dict(_found(_loaded(*texts), _jobs(_loaded(*texts))))


def _found(regime: Regime, jobs: tuple[Job, ...]) -> Iterator[tuple[tuple[str, str, str | None], str]]:
    for _, each in run_jobs.run(regime, jobs, EFFORT):
        yield (each.claim.name, str(each.column), each.by), each.word


def _check(before: Texts, after: Texts) -> bool | None:
    """Ask what the edit leaves out: its verdict must be that of before. Whether anything is; None for texts
    that are no law.
    """
    try:
        regime = _loaded(*after)
    except SpecError:
        return None
    found = reached(regime, _loaded(*before), _jobs(regime), (), quick=False, staged=False)
    for key, word in _found(regime, found.left_out):
        assert _verdicts(before)[key] == word, (key, after)
    return bool(found.left_out)


ALL = frozenset(
    {
        *(("holders-live-there", column) for column in ("old", "new", "new under strict")),
        *(
            (name, column)
            for name in ("permits-happen", "the-holder-can-give-it-away")
            for column in ("old", "new")
        ),
    }
)


def test_an_edit_of_words_reaches_nothing() -> None:
    """Prose, comments in the margin, lines that move and words of a version change no verdict."""
    assert _left_out(f"Words.\n\n{LAW}", f"# Others\n\n{CLAIMS}") == ALL
    assert _left_out(LAW.replace("the by-law after it", "the next by-law")) == ALL


def test_what_nobody_reads_reaches_nothing() -> None:
    """A definition that no rule and no claim reads may come and go."""
    assert _left_out(LAW.replace("define held", f"{UNREAD}define held")) == ALL


def test_a_definition_reaches_those_who_read_it() -> None:
    """Once a claim reads the definition, an edit of it reaches that claim and no other."""
    claim = CLAIMS.replace("possibly holder(s) is present", "possibly not empty(s) and holder(s) is present")
    law = LAW.replace("define held", f"{UNREAD}define held")
    edited = law.replace("means for every p: Person:", "means for every p: Person where p is not Office:")
    assert edited != law
    regime = _loaded(edited, claim)
    found = reached(regime, _loaded(law, claim), _jobs(regime), (), quick=False, staged=False)
    assert {each.claim.name for each in found.jobs} == {"permits-happen"}


def test_an_edit_of_a_modification_reaches_its_versions() -> None:
    """What only the new version has leaves the old one as it was."""
    left_out = _left_out(LAW.replace('"(a) a trader" kind is Trader', '"(a) a trader" kind is Resident'))
    assert {column for _, column in left_out} == {"old"}
    assert len(left_out) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("claim 2 permits-happen", "claim 2 permits-do-happen"),
        ('"A permit can be given."', '"A permit can be given to somebody."'),
        ("possibly holder(s) is present by requests", "possibly holder(s) is absent by requests"),
        (
            "present by requests\n    expect proved in old, new",
            "present by requests\n    expect refuted in old, new",
        ),
    ],
    ids=["its name", "its sentence", "its statement", "its expectations"],
)
def test_a_claim_that_is_edited_is_asked(old: str, new: str) -> None:
    """Whatever its author changes in a claim, and no other claim."""
    assert old in CLAIMS
    left_out = _left_out(LAW, CLAIMS.replace(old, new))
    assert left_out == {each for each in ALL if each[0] != "permits-happen"}


def test_a_lemma_of_the_law_reaches_the_claims_that_use_it() -> None:
    """A lemma helps to prove whoever names it: an edit of it asks those claims, and no other."""
    lemma = 'lemma empty "The office lives nowhere.": for every s: Street: not lives(Office, s)\n'
    law = LAW.replace("version old", f"{lemma}version old", 1)
    other = lemma.replace("s: Street: not lives(Office, s)", "q: Street: not lives(Office, q)")
    edited = law.replace(lemma, other)
    claims = CLAIMS.replace("    possibly holder(s)", "    using empty\n    possibly holder(s)")
    assert edited != law
    regime = _loaded(edited, claims)
    found = reached(regime, _loaded(law, claims), _jobs(regime), (), quick=False, staged=False)
    assert {each.claim.name for each in found.jobs} == {"permits-happen"}


@pytest.mark.parametrize("edit", EDITS)
def test_what_the_law_means_reaches_every_claim_about_it(edit: str) -> None:
    """Any change of what is in force reaches all claims of the versions that have it."""
    old, new = EDITS[edit]
    assert old in LAW
    others = {"old"} if edit == "a function" else set()  # which only the new by-law reads
    assert {column for _, column in _left_out(LAW.replace(old, new))} == others


CLAUSES = tuple(ROOT / "tests" / "cases" / "clauses" / each for each in ("09", "12", "13", "15"))
"""Laws of what has been, of amounts, of orders, and of exceptions to exceptions."""

RANDOM = [
    (PERMITS, 0, 12),
    *((place, seed, 150) for place in (PERMITS, LIBRARY) for seed in range(1, 9)),
    *((place, seed, 40) for place in CLAUSES for seed in range(1, 3)),
]


@pytest.mark.parametrize("each", with_long(RANDOM, lambda each: each[1] > 0))
def test_random_edits_turn_nothing_that_is_left_out(each: tuple[Path, int, int]) -> None:
    """Words of the law and the claims are exchanged at random: all that is left out has its verdict still."""
    place, seed, edits = each
    texts = texts_of(place)
    chance = random.Random(seed)
    kept = sum(_check(texts, edited(chance, texts)) is True for _ in range(edits))
    assert kept > 0


DAYS = tuple(sorted((ROOT / "tests" / "cases" / "clauses").iterdir()))
"""Laws of numbers, days, calendars, duties and lapses, with readings and lemmas."""


@pytest.mark.parametrize("place", with_long(DAYS, lambda each: each.name != "17"), ids=lambda each: each.name)
def test_other_numbers_and_tables_turn_nothing_that_is_left_out(place: Path) -> None:
    """Numbers, days, cells of tables such as holidays, and words are exchanged: so it is of these, too."""
    few = place.name == "17"
    texts, chance = texts_of(place), random.Random(7)
    edits = (chance.choice((edited, edited_in_numbers)) for _ in range(8 if few else 30))
    found = [_check(texts, edit(chance, texts)) for edit in edits]
    assert any(found)
