"""Claims in every or some deployment: each mixture by itself, as its own column has it."""

from __future__ import annotations

import itertools
import re

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from tests.support.places import TESTS
from tests.worlds.consistency import Worlds, compare

PAGE = TESTS / "cases" / "regimes" / "what-goes-together.md"
MIXED = {
    f"m{n}": pair
    for n, pair in enumerate(itertools.product("vw", repeat=2))  # versions at Desk and Hall
}
ASKED = {
    "twice, every": ("always, after event ring twice: lit", "every", "refuted"),
    "twice, every, there": ("always, after event ring twice: version(Desk) is w", "every", "proved"),
    "always, every": ("always (not rung or not lit)", "every", "proved"),
    "any step, every": ("always, after any step q: version(Desk) is before version(Desk)", "every", "proved"),
    "any step, some event": ("always, after any step q: not (step is ring)", "every", "refuted"),
    "never, every": ("always, if done is absent, then never done is B", "every", "refuted"),
    "next, every": ("always, if done is absent, then possibly next done is A", "every", "proved"),
    "any situation, every": (
        "in any situation, for every request q: q accepted implies q.act is A",
        "every",
        "refuted",
    ),
    "possibly, some": ("possibly done is B", "some", "proved"),
    "possibly, none": ("possibly (rung and lit)", "some", "refuted"),
}


def claims_text(name: str) -> str:
    """A claim of all deployments, and the same as it is asked of one column."""
    statement, which, _ = ASKED[name]
    number = list(ASKED).index(name) + 100
    return (
        f'claim {number} all-of-{number} "x" from "1"\n    {statement}\n    in {which} deployment over v, w\n'
        f'    expect proved in v\nclaim {number}a one-of-{number} "x" from "1"\n    {statement}\n'
        "    expect proved in v\n"
    )


@pytest.mark.parametrize("name", ASKED)
def test_every_and_some_deployment(name: str) -> None:
    """A claim of every deployment is proved if it is in each; one of some deployment, if it is in one."""
    law = re.sub(r"```redline\nclaim .*?```\n", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    mixtures = "\n".join(f'deployment {m} "x": Desk at {a}, Hall at {b}' for m, (a, b) in MIXED.items())
    regime = load_texts({"law.md": law, "more.md": f"```redline\n{mixtures}\n{claims_text(name)}```\n"})
    prover, worlds = Prover(regime), Worlds(regime, 5_000)
    every, one = regime.claims
    _, which, expected = ASKED[name]
    found = []
    for mixture in MIXED:
        job = Job(one, regime.parse_column(mixture))
        result = prover.decide(job)
        against = compare(job, result, worlds, 4)
        assert against.worlds > 0
        assert not against.complaints
        found.append(result.verdict)
    whole = all if which == "every" else any
    assert ("proved" if whole(each == "proved" for each in found) else "refuted") == expected
    assert prover.decide(Job(every, regime.parse_column("v"))).verdict == expected
