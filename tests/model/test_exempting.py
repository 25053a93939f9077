"""Which limb exempts a request: with several groups, limbs within limbs, and checks defined `as` another.

The sets below are worked out by hand from the rules of the law, act by act, and from the reference alone.
"""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.evaluate import decide, exempted
from checker.model.situation import Request, Situation
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts

ACTS = "ABCDEFGH"
LAW = """
```redline
sort User
enum Act: A, B, C, D, E, F, G, H
request "{sender} does {act}"
    sender: User
    act: Act
component Desk "the desk"
component Attic "the attic"
component Hall "the hall"
component Yard "the yard"
route Desk, then Hall, then Yard

check k for "1" at Desk, reject with N1 "k"
    requires act is H inference "x"
    subject to "G1" inference "x"
    subject to "G2" inference "x"
check unasked for "2" at Attic, reject with N2 "unasked"
    requires act is H inference "x"
    subject to "G4" inference "x"
    subject to "G5" inference "x"
check l for "3" at Hall, reject with N3 "l"
    as unasked, with its exceptions inference "x"
    subject to "G3" inference "x"
check n for "G2" at Yard, reject with N4 "n"
    as unasked, without its exceptions inference "x"
    subject to "G3" inference "x"

exceptions "G1"
    act in {A, B, C, D, H} inference "the chapeau says so"
    any of inference "x"
limb "G1(a)" of "G1"
    act in {A, B, E} inference "x"
limb "G1(a)(i)" of "G1(a)"
    act is A inference "x"
limb "G1(a)(ii)" of "G1(a)"
    act in {B, E, C} inference "x"
limb "G1(b)" of "G1" for some u: User
    act in {A, C, H} and sender is u inference "x"
exceptions "G2"
    any of inference "x"
limb "G2(a)" of "G2"
    act in {A, F} inference "x"
exceptions "G3"
    any of inference "x"
limb "G3(a)" of "G3"
    act in {A, G} inference "x"
exceptions "G4"
    any of inference "x"
limb "G4(a)" of "G4"
    act in {B, D} inference "x"
exceptions "G5"
    any of inference "x"
limb "G5(a)" of "G5"
    act is D inference "x"

version v "v"
version w "w" is v with M
modification M "m"
by M strike l
```
"""
CLAIMS = "\n".join(
    f"""claim {number} is-{act} "x" from "1"
    in any situation, for every request r where r.act is {act}: false
    expect refuted in v, w"""
    for number, act in enumerate(ACTS, 1)
)
EXEMPTED = {
    "G1": "ABC",
    "G1(a)": "AB",
    "G1(a)(i)": "A",
    "G1(a)(ii)": "B",
    "G1(b)": "AC",
    "G2": "AF",
    "G2(a)": "AF",
    "G3": "AG",
    "G3(a)": "AG",
    "G4": "BD",
    "G4(a)": "BD",
    "G5": "D",
    "G5(a)": "D",
}
"""Clause -> the acts that it exempts in v: none is exempted that every check lets pass all the same (H)."""
OF_L = ("G4", "G4(a)", "G5", "G5(a)")
"""What only `l` and the check in the attic, which nobody is asked at, are subject to."""
REFUSES = {
    "v": {"k": "DEG", "1": "DEG", "l": "CF", "3": "CF", "n": "B", "unasked": "", "2": ""},
    "w": {"k": "DEG", "1": "DEG", "n": "BCF", "unasked": "", "2": ""},
}
"""Check or clause -> the acts that it refuses."""


@pytest.mark.parametrize("version", ["v", "w"])
@pytest.mark.parametrize("clause", EXEMPTED)
def test_what_exempts_a_request(version: str, clause: str) -> None:
    """A limb, one above it, or the group that it is of: of no other group."""
    model = load_texts({"law.md": LAW}).model(Column(version))
    wanted = "" if version == "w" and clause in OF_L else EXEMPTED[clause]
    here = Situation({"User": ("u",)}, {}, {(each, None): version for each in model.components})
    decided = {act: decide({version: model}, here, Request({"sender": "u", "act": act})) for act in ACTS}
    assert "".join(act for act in ACTS if exempted(decided[act], clause)) == wanted


@pytest.mark.parametrize("version", ["v", "w"])
def test_what_a_refutation_is_by(version: str) -> None:
    """A clause by which requests are exempted and refused counts both ways; a name is that of the check."""
    regime = load_texts({"law.md": f"{LAW}\n```redline\n{CLAIMS}\n```\n"})
    prover = Prover(regime)
    wanted = {each: "" if version == "w" and each in OF_L else acts for each, acts in EXEMPTED.items()}
    wanted |= REFUSES[version]
    wanted["G2"] = {"v": "ABF", "w": "ABCF"}[version]  # a group's clause, and that of the check n
    gone = ("l", "3") if version == "w" else ()  # a check that w strikes, and its clause
    for by, acts in {**wanted, **dict.fromkeys(gone, "")}.items():
        jobs = {claim.name[-1]: Job(claim, Column(version), by=by) for claim in regime.claims}
        results = {act: prover.decide(jobs[act]) for act in ACTS}
        found = {act: each.verdict for act, each in results.items()}
        assert found == {act: "refuted" if act in acts else "proved" for act in ACTS}, by
        said = f"no check or exemption is called `{by}` in {version}"
        proved = (each for each in results.values() if each.verdict == "proved")
        assert all((each.reason == said) is (by in gone) for each in proved), by


@pytest.mark.parametrize("version", ["v", "w"])
def test_claims_can_ask_it(version: str) -> None:
    """`exempted by` may name a limb, a limb above others, and a group."""
    asked = "\n".join(
        f"""claim {number} c{number} "x" from "1"
    in any situation, for every request r: r exempted by "{clause}" iff r.act in {{{", ".join(acts)}}}
    expect proved in v"""
        for number, (clause, acts) in enumerate(EXEMPTED.items(), 1)
    )
    regime = load_texts({"law.md": f"{LAW}\n```redline\n{asked}\n```\n"})
    prover = Prover(regime)
    for claim, clause in zip(regime.claims, EXEMPTED, strict=True):
        gone = version == "w" and clause in OF_L
        assert (prover.decide(Job(claim, Column(version))).verdict == "refuted") is gone


def test_a_group_exempts_nobody_under_way() -> None:
    """With requests under way it is not known what exempted them, by a group as by a limb."""
    for clause in ("G1", "G1(a)", "G1(a)(i)"):
        text = f"""claim 1 c "x" from "1"
    always, for every request r: false
    expect refuted by "{clause}" in v staged"""
        with pytest.raises(SpecError, match="cannot be asked"):
            load_texts({"law.md": f"{LAW}\n```redline\n{text}\n```\n"})
