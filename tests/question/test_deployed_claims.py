"""Claims asked of every deployment at once, none of which moves."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from checker.model.claim import Claim, Column
from checker.model.expressions import And
from checker.model.situation import Instance
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.verdict import Evidence
from checker.regime.additions import with_claims
from checker.regime.load import load_texts
from checker.regime.regime import Regime, instances
from checker.rooms.rollout.claims import is_asked
from tests.regimes_agree.trials import make_trial
from tests.support.keys_to_safes import KEYS
from tests.support.load import load
from tests.support.params import with_long, with_thorough

REGIMES, FEW, SOON, CLAIMS = 20, 10, 2, 6

VERSIONS = ("loose", "tight")
STATEMENTS = {
    "bank": "for s: Safe always key(s) is not Bank",
    "marked": "always, after an accepted request r: not before marked(r.sender)",
    "passing": "always, for every request r where r.act is Pass and r.heir is Bank: r rejected",
    "stuck": "for s: Safe, p: Person where p is not Bank"
    " always, if key(s) is p, then possibly next key(s) is Bank by requests",
    "given": "for s: Safe always, if key(s) is Bank, then never key(s) is not Bank by requests",
    "orders": "any two orders of checks decide alike, with codes",
    "branded": "possibly, after an accepted request r: marked(r.sender)",
    "taken": "for s: Safe possibly key(s) is Bank",
}
SOME = {"branded", "taken"}

DEPLOYED = "".join(
    f'deployment {gate}-{vault} "x": Gate at {gate}, Vault at {vault}\n'
    for gate, vault in product(VERSIONS, VERSIONS)
)


def _text(name: str, number: int, clause: str) -> str:
    return f'claim {number} {name} "A claim." from "K" {STATEMENTS[name]} {clause} expect proved in loose\n'


def _asked(clauses: dict[str, str]) -> Regime:
    """The law with every statement under every clause; `WHICH` stands for `every` or `some`."""
    claims = ""
    for number, (name, (key, clause)) in enumerate(product(STATEMENTS, clauses.items()), 1):
        which = clause.replace("WHICH", "some" if name in SOME else "every")
        claims += _text(name, number, which).replace(f" {name} ", f" {name}-{key} ", 1)
    return load(KEYS, f"{DEPLOYED}{claims}")


def _claim(regime: Regime, name: str) -> Claim:
    return next(each for each in regime.claims if each.name == name)


def test_one_deployment_among_all_is_as_the_column_that_deploys_it() -> None:
    """With `where` there is one deployment left, so the verdict is that of its own column."""
    clauses = {"plain": ""}
    for gate, vault in product(VERSIONS, VERSIONS):
        which = f"version(Gate) is {gate} and version(Vault) is {vault}"
        clauses[f"{gate}-{vault}"] = f"in WHICH deployment over loose, tight where {which}"
    regime = _asked(clauses)
    prover = Prover(regime)
    found = {}
    for name, mixture in product(STATEMENTS, (key for key in clauses if key != "plain")):
        one = prover.decide(Job(_claim(regime, f"{name}-{mixture}"), Column("loose")))
        own = prover.decide(Job(_claim(regime, f"{name}-plain"), Column(mixture)))
        assert (name, mixture, one.verdict) == (name, mixture, own.verdict)
        if one.evidence.trace is not None:
            gate, vault = mixture.split("-")
            assert dict(one.evidence.trace.situations[0].versions) == {
                ("Gate", None): gate,
                ("Vault", None): vault,
            }
        found[name, mixture] = one.verdict
    # by hand: the bank as heir is refused at a tight vault only, a marked sender at a tight gate only
    assert [found["bank", each] for each in ("loose-loose", "loose-tight")] == ["refuted", "proved"]
    assert [found["marked", each] for each in ("loose-tight", "tight-loose")] == ["refuted", "proved"]
    assert [found["taken", each] for each in ("tight-loose", "tight-tight")] == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("name", "clause", "verdict", "because"),
    [
        ("bank", "in every deployment over loose, tight", "refuted", "a loose vault"),
        (
            "bank",
            "in every deployment over loose, tight where version(Vault) is tight",
            "proved",
            "whatever the gate has",
        ),
        ("bank", "in every deployment over tight", "proved", "only one is left"),
        ("taken", "in some deployment over loose, tight", "proved", "a loose vault"),
        ("taken", "in some deployment over loose, tight where version(Vault) is tight", "refuted", "no heir"),
        (
            "marked",
            "in every deployment over loose, tight where version(Gate) is tight",
            "proved",
            "it never becomes loose",
        ),
    ],
)
def test_every_and_some_deployment(name: str, clause: str, verdict: str, because: str) -> None:
    """All deployments that `where` leaves are asked about, and none of them moves."""
    del because
    regime = load(KEYS, _text(name, 1, clause))
    assert Prover(regime).decide(Job(regime.claims[0], Column("loose"))).verdict == verdict


def test_where_another_version_is_deployed_there_is_no_verdict() -> None:
    """The version that the claim names obeys it, and the column's does not: what holds of one says nothing of
    the other.
    """
    text = _text("bank", 1, "with deployment steps over tight")
    regime = load(KEYS, text.replace("expect proved in loose", "expect proved in tight"))
    prover = Prover(regime)
    own, other = (prover.decide(Job(regime.claims[0], Column(name))) for name in ("tight", "loose"))
    assert own.verdict == "proved"
    assert (other.verdict, other.evidence) == ("unknown", Evidence())
    assert "`loose` is none of them" in other.reason


def test_a_story_that_does_not_happen_is_not_believed() -> None:
    """A story to try first is replayed like any other. If it shows nothing here, another is looked for; if it
    does, it is the evidence.
    """
    regime = _asked({"loose": "in WHICH deployment over loose", "tight": "in WHICH deployment over tight"})
    found = Prover(regime).decide(Job(_claim(regime, "bank-loose"), Column("loose")))
    assert found.verdict == "refuted"
    trace = found.evidence.trace
    assert trace is not None
    versions = dict.fromkeys(trace.situations[0].versions, "tight")
    elsewhere = tuple(replace(each, versions=versions) for each in trace.situations)
    story = replace(found.evidence, trace=replace(trace, situations=elsewhere))
    for each in (found.evidence, story):
        tried = Job(_claim(regime, "bank-tight"), Column("tight"), story=each)
        assert Prover(regime).decide(tried).verdict == "proved"
    again = Job(_claim(regime, "bank-loose"), Column("loose"), story=found.evidence)
    assert Prover(regime).decide(again).evidence.trace == trace


@pytest.mark.parametrize(
    "number", [*range(SOON), *with_thorough(range(SOON, FEW), bool), *with_long(range(FEW, REGIMES), bool)]
)
def test_random_claims_of_one_deployment_among_all(number: int) -> None:
    """On random laws, too, a mixture asked about among all is as the column that deploys it."""
    regime = load_texts(make_trial(5, number, CLAIMS).texts)
    whole = [each for each in regime.claims if is_asked(each)]
    places = instances(regime.model(Column("old")))
    chance = random.Random(number)
    for name in ("one", "other"):
        versions = {at: chance.choice(("old", "new")) for at in places}
        placed = ", ".join(f"{_at(at)} at {version}" for at, version in versions.items())
        mixed = with_claims(
            regime, f'# A mixture\n\n```redline\ndeployment {name}-mixture "x": {placed}\n```\n'
        )
        which = mixed.parse_formula(" and ".join(f"version({_at(at)}) is {v}" for at, v in versions.items()))
        prover = Prover(mixed, budget=5.0)
        for claim in whole:
            where = which if claim.where is None else And((claim.where, which))
            among = replace(claim, where=where, deployed=("old", "new"))
            one = prover.decide(Job(among, Column("old")))
            own = prover.decide(Job(claim, Column(f"{name}-mixture")))
            if one.decided and own.decided and set(versions.values()) != {"new"}:
                assert (claim.statement_text, one.verdict) == (claim.statement_text, own.verdict)


def _at(at: Instance) -> str:
    return at[0] if at[1] is None else f"{at[0]}[{at[1]}]"


@pytest.mark.parametrize(
    ("column", "possibly", "always"), [("loose", "refuted", "refuted"), ("tight", "proved", "proved")]
)
def test_a_start_has_the_versions_that_the_column_deploys(column: str, possibly: str, always: str) -> None:
    """Versions may move before the first step that counts; what a start says of them is read before that.

    Everybody is marked at a start of `tight` and nobody at one of `loose`, and requests mark nobody.
    """
    start = "for every p: Person: (marked(p) iff version(Vault) is tight)"
    law = KEYS.replace("and light is Red\n", f"and light is Red and ({start})\n", 1)
    steps = "with deployment steps over loose, tight expect proved in loose\n"
    claims = f"""claim 1 possible "x" from "K" for p: Person possibly marked(p) by requests {steps}
        claim 2 from-the-start "x" from "K" for p: Person always marked(p) {steps}"""
    regime = load(law, claims)
    prover = Prover(regime)
    verdicts = [prover.decide(Job(each, Column(column))).verdict for each in regime.claims]
    assert verdicts == [possibly, always]
