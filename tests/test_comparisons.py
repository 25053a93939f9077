"""What a comparison means where its sides differ in axioms, in what is a request, or in functions."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from compare_worlds import COLUMNS, STATEMENTS, holds_in_worlds, random_law

from checker import cli
from checker.analyses.difference.run import KINDS, OF_REQUESTS, Difference, differ
from checker.engines.job import Effort, Job, jobs_for
from checker.engines.prove import Prover
from checker.regime.added import with_claims
from checker.regime.regime import Regime
from checker.regime.versions import load_regime, load_texts

CASES = Path(__file__).parent / "cases" / "comparisons"
OTHER = (
    "--spec",
    str(CASES / "other-requests/spec"),
    "--properties",
    str(CASES / "other-requests/properties"),
)


def case(name: str) -> Regime:
    return load_regime(CASES / name / "spec", CASES / name / "properties")


def verdicts(regime: Regime, statements: tuple[str, ...], asked: str) -> list[str]:
    """The verdicts on claims in a column."""
    written = "\n".join(
        f'claim {900 + number} c{number} "x" from "1"\n    {each}\n    expect proved in {asked}'
        for number, each in enumerate(statements)
    )
    law = with_claims(regime, f"```redline\n{written}\n```\n")
    prover = Prover(law, witnesses=False)
    claims = law.claims[len(regime.claims) :]
    return [prover.decide(Job(each, law.parse_column(asked))).verdict for each in claims]


def difference(regime: Regime, old: str, new: str) -> Difference:
    """What a column decides differently."""
    return differ(regime, regime.parse_column(old), regime.parse_column(new), Effort(), "the tests")


def counts(found: Difference) -> dict[str, int]:
    """How many cases there are of each kind that there is."""
    assert not found.undecided
    return {kind: len(found.of(kind)) for kind in (*KINDS, *OF_REQUESTS) if found.of(kind)}


@pytest.mark.parametrize("seed", range(6))
def test_comparisons_are_those_of_concrete_worlds(seed: int) -> None:
    """Every form of comparison, of random columns, asked of random columns: as in worlds of one or two users,
    and the same for swapped sides.
    """
    chance = random.Random(seed)
    regime = random_law(chance)
    one, other, asked = (chance.choice(COLUMNS) for _ in range(3))
    for sides in ((one, other), (other, one)):
        statements = tuple(each.format(*sides) for each in STATEMENTS)
        for statement, verdict in zip(STATEMENTS, verdicts(regime, statements, asked), strict=True):
            so = holds_in_worlds(regime, statement, sides, asked, 2)
            assert verdict == ("proved" if so else "refuted"), (statement, sides, asked)


@pytest.mark.parametrize("name", ["dropped", "other-requests", "new-function"])
def test_hand_made_cases(name: str) -> None:
    """The pages say what each verdict is, and why."""
    prover = Prover(case(name))
    for job in jobs_for(prover.regime.claims):
        found = prover.decide(job)
        assert found.verdict == found.expected, (job.claim.number, str(job.column), found.reason)


def test_diff_leaves_dropped_what_was_dropped() -> None:
    """By the axiom nobody is bad, so that the new check refuses nobody; without it, whoever is bad."""
    regime = case("dropped")
    assert counts(difference(regime, "v", "w")) == {}
    assert counts(difference(regime, "v", "w without nobad")) == {}
    without = difference(regime, "v without nobad", "w without nobad")
    assert counts(without) == {"newly rejected": 1, "differently rejected": 1}
    back = difference(regime, "w without nobad", "v without nobad")
    assert counts(back) == {"newly accepted": 1, "differently rejected": 1}


def test_diff_tells_a_function_of_one_side_from_both_sides() -> None:
    """Whoever is late is newly rejected, and the other way round newly accepted."""
    regime = case("new-function")
    assert counts(difference(regime, "v", "w")) == {"newly rejected": 1, "differently rejected": 1}
    assert counts(difference(regime, "w", "v")) == {"newly accepted": 1, "differently rejected": 1}


def test_diff_tells_what_is_no_request() -> None:
    """B1 carries a cert by w alone. Without one it is accepted by v; with a good one by w; with a bad one it
    is rejected by w, and no request by v.
    """
    regime = case("other-requests")
    found = difference(regime, "v", "w")
    assert counts(found) == {"newly accepted": 1, "newly rejected": 1, "newly a request": 1}
    back = difference(regime, "w", "v")
    assert counts(back) == {"newly accepted": 1, "newly rejected": 1, "no longer a request": 1}
    (gone,) = found.of("newly rejected")
    assert gone.strange == ((), (("cert", False),))
    (made,) = found.of("newly a request")
    assert made.strange == ((("cert", True),), ())


def test_what_is_no_request_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """In diff's text and JSON, and in the story of a claim."""
    assert cli.run(("diff", "v", "w", *OTHER)) == 0
    assert "in w: not a request: it carries no cert." in capsys.readouterr().out
    assert cli.run(("diff", "v", "w", *OTHER, "--format", "json")) == 0
    cases = json.loads(capsys.readouterr().out)["cases"]
    told = [(each["example"]["old"]["outcome"], each["example"]["new"]["outcome"]) for each in cases]
    assert told == [("no request", "accepted"), ("accepted", "no request"), ("no request", "refused")]
    assert cli.run(("prove", "2", *OTHER)) == 0
    assert "Not a request there: it carries no cert." in capsys.readouterr().out


def test_certify_checks_cases_of_what_is_no_request(tmp_path: Path) -> None:
    """The evidence of such a difference holds, and the claim without its last case is refuted."""
    folder = tmp_path / "evidence"
    assert cli.run(("diff", "v", "w", *OTHER, "--evidence", str(folder))) == 0
    assert "newly a request" in (folder / "claims.md").read_text()
    assert cli.run(("certify", str(folder), *OTHER)) == 0
    regime = case("other-requests")
    said = difference(regime, "v", "w").text.partition("from v to w, ")[2].partition("    expect")[0]
    less = f"{said[: said.index('newly a request')]}newly a request never, no longer a request never"
    exact = tuple(f"from v to w, {each}" for each in (said, less))
    assert verdicts(regime, exact, "w") == ["proved", "refuted"]


def test_a_function_that_may_be_absent_on_one_side_is_not_compared() -> None:
    """By v nothing need be done, by w something is: no situation can be both. The same from both sides."""
    law = (CASES / "new-function" / "spec" / "law.md").read_text()
    law = law.replace("by M insert after bad: state late(User)", "by M replace done: state done: Srv")
    law = law.replace("not late(sender)", "done is present")
    claims = 'claim 1 a "x" from "1"\n    v allows no more than v\n    expect proved in v'
    regime = load_texts({"law.md": law, "claims.md": f"```redline\n{claims}\n```\n"})
    for sides in ("v and w", "w and v"):
        for asked in ("v", "w"):
            assert verdicts(regime, (f"{sides} decide alike",), asked) == ["unknown"]
    assert "may be absent" in difference(regime, "v", "w").undecided
    assert "may be absent" in difference(regime, "w", "v").undecided
