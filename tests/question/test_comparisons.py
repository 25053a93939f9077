"""What a comparison means where its sides differ in axioms, in what is a request, or in functions."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from checker import cli
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.regime.additions import with_claims
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.rooms.diff.find import KINDS, OF_REQUESTS, Difference, differ
from tests.support.effort import ALONE
from tests.support.params import with_thorough
from tests.support.places import TESTS
from tests.worlds.compare_worlds import COLUMNS, STATEMENTS, holds_in_worlds, random_law

CASES = TESTS / "cases" / "comparisons"
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
    prover = Prover(law, witnesses="none")
    claims = law.claims[len(regime.claims) :]
    return [prover.decide(Job(each, law.parse_column(asked))).verdict for each in claims]


def difference(regime: Regime, old: str, new: str) -> Difference:
    """What a column decides differently."""
    return differ(regime, regime.parse_column(old), regime.parse_column(new), ALONE, "the tests")


def counts(found: Difference) -> dict[str, int]:
    """How many cases there are of each kind that there is."""
    assert not found.undecided
    return {kind: len(found.of(kind)) for kind in (*KINDS, *OF_REQUESTS) if found.of(kind)}


@pytest.mark.parametrize("seed", with_thorough(range(6), lambda seed: seed > 2))
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
    regime = case(name)
    prover = Prover(regime)
    for job in jobs_for(regime.claims):
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


def test_a_comparison_is_of_what_its_where_says() -> None:
    """A1 is decided alike, and B1 is not, whichever side has the `where`."""
    regime = case("other-requests")
    said = tuple(f"v and w decide alike where r.srv is {srv}" for srv in ("A1", "B1"))
    assert verdicts(regime, said, "v") == verdicts(regime, said, "w") == ["proved", "refuted"]


def test_an_axiom_of_one_side_reads_what_the_other_has_not() -> None:
    """By w alone there is something late, and w alone refuses the bad. A story says who is late, too."""
    law = (CASES / "dropped" / "spec" / "law.md").read_text()
    law = law.replace('axiom nobad "x" because "y": for every u: User: not bad(u)\n', "")
    late = "by M insert after bad: state late(User)\n"
    late += 'by M insert after k: axiom all-late "x" because "y": for every u: User: late(u)\n'
    law = law.replace("by M insert after k: check", f"{late}by M insert after k: check")
    claims = 'claim 1 a "x" from "1"\n    v allows no more than v\n    expect proved in v'
    regime = load_texts({"law.md": law, "claims.md": f"```redline\n{claims}\n```\n"})
    for sides in ("v and w", "w and v"):
        for asked in ("v", "w"):
            assert verdicts(regime, (f"{sides} decide alike",), asked) == ["refuted"]


def test_diff_reads_each_side_its_own_way() -> None:
    """By the reading the desk asks for good certs as well; what one side reads, the other does not."""
    reading = 'reading strict "x" because "y"\n    in k, also requires not bad(sender) inference "x"\n'
    law = (CASES / "dropped" / "spec" / "law.md").read_text().replace("version v", f"{reading}version v", 1)
    regime = load_texts({"law.md": law})
    old, new = "v without nobad", "v under strict without nobad"
    assert counts(difference(regime, old, new)) == {"newly rejected": 1}
    assert counts(difference(regime, new, old)) == {"newly accepted": 1}
    assert counts(difference(regime, new, new)) == {}


def test_a_situation_is_within_the_axioms_of_all_sides() -> None:
    """By the axiom of w nobody is bad, whom w alone would refuse: so it is, whichever column is asked."""
    law = (CASES / "dropped" / "spec" / "law.md").read_text()
    axiom = 'axiom nobad "x" because "y": for every u: User: not bad(u)\n'
    law = law.replace(axiom, "") + f"\n```redline\nby M insert after k: {axiom}```\n"
    regime = load_texts({"law.md": law})
    said = "in any situation, for every request r where r accepted in {}: r accepted in {}"
    asked = (said.format("v", "w"), said.format("w", "v"), "v and w decide alike")
    assert verdicts(regime, asked, "v") == verdicts(regime, asked, "w") == ["proved"] * 3


def test_what_may_be_carried_is_so_under_its_condition() -> None:
    """By v a cert may come with A1, by w with B1 alone: with the other it is no request there."""
    law = (CASES / "other-requests" / "spec" / "law.md").read_text()
    law = law.replace("cert: Q when", "cert: optional Q when")
    law = law.replace('M "m"\nby', 'M "m"\nby M amend table kinds: row "A1", "crit" becomes "no"\nby', 1)
    regime = load_texts({"law.md": law})
    carried = "in any situation, for every request r where r.srv is {} and r.cert is present"
    for column, other, act in (("v", "w", "B1"), ("w", "v", "A1")):
        there = f"{carried.format(act)} and (r accepted in {other} or r rejected in {other})"
        never = tuple(f"{there}: not (r {kind} in {column})" for kind in ("accepted", "rejected"))
        assert verdicts(regime, never, "v") == verdicts(regime, never, "w") == ["proved", "proved"]
    some = "in some situation, for some request r: r.cert is present and r accepted in {} and "
    some += "not r accepted in {}"
    asked = (some.format("v", "w"), some.format("w", "v"))
    assert verdicts(regime, asked, "v") == verdicts(regime, asked, "w") == ["proved", "proved"]


def test_what_one_side_rejects_is_a_request_on_the_other() -> None:
    """B1 with a bad cert is accepted by neither, rejected by w, and no request by v."""
    regime = case("other-requests")
    said = (
        "v and w decide alike where r.srv is B1 and r.cert is Bad",
        "v allows no more than w where r.cert is Bad",
    )
    assert verdicts(regime, said, "v") == verdicts(regime, said, "w") == ["refuted", "proved"]


def test_no_story_says_what_another_version_has() -> None:
    """Who is late is a matter of w alone, so that no story of v turns on it; a story of w may."""
    said = ("always, for every request r where r accepted in v: r accepted in w",)
    assert verdicts(case("new-function"), said, "v") == ["unknown"]
    assert verdicts(case("new-function"), said, "w") == ["refuted"]


def test_a_side_goes_without_what_its_own_rules_read() -> None:
    """No rule of v reads who is calm; w refuses whoever is not. Without the premise everybody is calm."""
    law = (CASES / "dropped" / "spec" / "law.md").read_text()
    law = law.replace("axiom nobad", 'premise calm(u: User) "x" because "y" means not bad(u)\naxiom nobad')
    law = law.replace("requires not bad(sender)", "requires calm(sender)")
    regime = load_texts({"law.md": law})
    said = ("v and w decide alike", "w allows no more than v", "v allows no more than w")
    assert verdicts(regime, said, "v without nobad") == ["refuted", "proved", "refuted"]
    assert verdicts(regime, said, "v without nobad and calm") == ["proved"] * 3
    assert verdicts(regime, said, "w without nobad and calm") == ["proved"] * 3


LIT = """# A light

```redline
sort User
fixed lit
request "{sender} asks"
    sender: User
component Desk
route Desk
axiom always-lit "x" because "y": lit
check c for "1" at Desk, reject with N1
    requires lit inference "x"
version v
```
"""


def test_what_is_said_to_be_deployed_is_compared_with_what_is_named() -> None:
    """Alone, the column that goes without the axiom may be dark; what is deployed has the axiom."""
    asked = "in any situation, for every request r: r accepted in (v without always-lit)"
    regime = load_texts({"law.md": LIT})
    assert verdicts(regime, (asked, f"{asked}\n    in every deployment over v"), "v") == ["refuted", "proved"]


def test_a_lemma_of_a_comparison_is_told_no_story_of() -> None:
    """A comparison is about any situation, and so about no story that comes to where a lemma is false."""
    regime = load_texts({"law.md": LIT})
    asked = "every deployment over v and v decide alike"
    assert verdicts(regime, (f'{asked}\n    lemma dark "It is dark.": not lit',), "v") == ["proved"]
