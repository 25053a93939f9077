"""The second opinion sees mistakes of the encoder, which the solver and the explorer have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from checker import cli
from checker.explore.hold_against_meaning import Meaning
from checker.logic.encode import Encoder
from checker.logic.encode_steps import Changes
from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.model.claim import Column
from checker.model.expressions import Formula, Matches
from checker.model.model import Event, Limb, Stage
from checker.prove.decide import Prover
from checker.question.jobs import Disagreement, Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts

LAW = """# Law

```redline
sort User
sort Badge
constant Guard: User "the guard"
enum Act: Enter "enters", Leave "leaves", Ring "rings"
state inside(User) "{1} is [not] inside"
state last: optional Act "what was done last"
state previous: optional Act "what was done before that"
fixed badge(User): optional Badge "the badge of {1}"
request "{sender} {act}"
    sender: User
    act: Act "act"
component Door "the door"
component Hall "the hall"
route Door when act is Enter, then Hall, then Door when act is Leave
axiom own "The guard has no badge." because "so it is":
    badge(Guard) is absent
start inference "s": last is absent and previous is absent and (for every u: User: not inside(u))
check shut for "1" at Door, reject with N1 "shut"
    requires false inference "x"
    subject to "2" inference "x"
exceptions "2"
    any of inference "x"
limb "2(a)" of "2"
    sender is Guard inference "x"
    act is Enter inference "x"
limb "2(b)" of "2"
    last is Ring inference "x"
    act is Leave inference "x"
    badge(sender) is present inference "x"
effect entering when act is Enter
    inside(sender) becomes true inference "x"
effect note
    last becomes act inference "x"
    previous becomes last inference "x"
event clear by the environment when last is Leave "it is forgotten"
    last becomes absent inference "x"
version v "v"
```
"""

Change: TypeAlias = Callable[[pytest.MonkeyPatch], None]


def claims(statement: str) -> str:
    """A page with one claim."""
    return f'```redline\nclaim 1 a "A." from "1"\n    {statement}\n    expect proved in v\n```\n'


def decided(statement: str, explore: int = 1 << 16) -> Result:
    """Decide a claim about the law, with a second opinion."""
    regime = load_texts({"law.md": LAW, "claims.md": claims(statement)})
    return Prover(regime, explore=explore).decide(Job(regime.claims[0], Column("v")))


def one_stop_for_all(patch: pytest.MonkeyPatch) -> None:
    """What a component does at its first stop, it does at all of them."""
    fails = Encoder.stage_fails

    def first(self: Encoder, stage: Stage, scope: Scope) -> Node:
        return fails(
            self, next(each for each in self.model.route if each.component == stage.component), scope
        )

    patch.setattr(Encoder, "stage_fails", first)


def no_exemption(patch: pytest.MonkeyPatch) -> None:
    """No limb exempts anything."""
    patch.setattr(Encoder, "limb_holds", lambda self, _limb, _scope: self.terms.false)


def one_limb_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A limb of several is overlooked."""
    holds = Encoder.limb_holds

    def forgetful(self: Encoder, limb: Limb, scope: Scope) -> Node:
        return self.terms.false if limb.clause == "2(b)" else holds(self, limb, scope)

    patch.setattr(Encoder, "limb_holds", forgetful)


def nothing_is_noted(patch: pytest.MonkeyPatch) -> None:
    """Requests change only what their first effect changes."""
    writes = Changes.request_writes
    patch.setattr(Changes, "request_writes", lambda self, scope, when: writes(self, scope, when)[:1])


def no_event(patch: pytest.MonkeyPatch) -> None:
    """Events do not happen."""

    def never(self: Changes, _event: Event, _scope: Scope) -> Node:
        return self.encoder.terms.false

    patch.setattr(Changes, "event_guard", never)


def absent_matches_nothing(patch: pytest.MonkeyPatch) -> None:
    """Two absent values do not match."""
    read = Encoder.formula

    def strict(self: Encoder, formula: Formula, scope: Scope) -> Node:
        match formula:
            case Matches(left=left, right=right):
                return self.same(self.term(left, scope), self.term(right, scope))
            case _:
                return read(self, formula, scope)

    patch.setattr(Encoder, "formula", strict)


RINGING = "always, if last is Ring, then possibly next last is Leave by requests of u"
MISTAKES: tuple[tuple[Change, str], ...] = (
    (
        one_stop_for_all,
        f"for u: User where not (u is Guard) {RINGING}",
    ),
    (no_exemption, "always for every u: User: not inside(u)"),
    (one_limb_forgotten, "always last is not Leave"),
    (nothing_is_noted, "always last is absent"),
    (no_event, "always, after any step r: last is present"),
    (absent_matches_nothing, "always, after any step r: r.act is present or not (last matches r.act)"),
)
CASES = pytest.mark.parametrize(("mistake", "statement"), MISTAKES, ids=[m.__name__ for m, _ in MISTAKES])


@CASES
def test_rightly_read_the_claim_is_refuted(mistake: Change, statement: str) -> None:
    """No claim here is true of the law, and without a mistake nobody says so."""
    del mistake
    result = decided(statement)
    assert result.verdict == "refuted"
    assert re.search("agrees .* trials with what the rules mean", result.explored)


@CASES
def test_a_mistake_that_both_engines_share_is_seen(
    mistake: Change, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The solver proves what is false, the explorer agrees with it, and the meaning contradicts both."""
    mistake(monkeypatch)
    with pytest.raises(Disagreement, match="the meaning of the rules"):
        decided(statement)
    monkeypatch.setattr(Meaning, "hold", lambda *_: None)
    result = decided(statement)
    assert result.verdict == "proved"
    assert result.explored.startswith("agrees")


def test_all_that_a_step_writes_is_read_before_it() -> None:
    """What happened last becomes what happened before, and something else becomes what happened last."""
    result = decided("always not (last is Enter and previous is Ring)")
    assert result.verdict == "refuted"
    assert result.explored.startswith("agrees")


def test_a_mistake_is_seen_in_an_instance_of_which_only_some_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many situations for all of them, enough are held against the meaning."""
    monkeypatch.setattr("checker.explore.hold_against_meaning.ALL", 0)
    for mistake, statement in MISTAKES:
        assert decided(statement).explored.startswith("agrees")
        with monkeypatch.context() as patch:
            mistake(patch)
            with pytest.raises(Disagreement, match="the meaning of the rules"):
                decided(statement)


def test_the_command_says_that_the_engines_disagree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 5, and no verdict."""
    for folder, text in (("spec", LAW), ("properties", claims("always last is not Leave"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text(text, encoding="utf-8")
    one_limb_forgotten(monkeypatch)
    folders = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    assert cli.run(("prove", "--explore", "--jobs", "1", *folders)) == 5
    assert "what was explored differs from the meaning of the rules" in capsys.readouterr().err


def test_a_value_that_nothing_has_is_written_nowhere() -> None:
    """What an update would write, if an optional value were there that never is, has no place of its own."""
    rules = """
sort User
sort Box
state held(User): optional Box
state done(User) "{1} is done"
fixed spare(User): optional Box
request "{sender} asks"
    sender: User
component Desk "the desk"
route Desk
start inference "s": for every u: User: not done(u)
event swap by the environment with u: User, v: optional User
    held(u) becomes spare(v) inference "x"
    done(u) becomes true inference "x"
version v "v"
"""
    text = """
claim 1 a "A claim." from "1"
    for u: User, b: Box
    always, if done(u), then never (not done(u) and held(u) is b)
    expect proved in v
"""
    regime = load_texts({"law.md": f"# Law\n\n```redline{rules}{text}```\n"})
    (job,) = jobs_for(regime.claims)
    assert Prover(regime, explore=1 << 16).decide(job).explored.startswith("agrees on all")


@pytest.mark.parametrize(
    "claim",
    [
        "for u: User\n    always, if ever up(u), then never not ever up(u)",
        "for u: User\n    always, if up(u) since lit, then never (not (up(u) since lit) and up(u))",
        "for u: User\n    always, if lit and (up(u) as of lit), then never not (up(u) as of lit)",
    ],
)
def test_what_is_so_is_kept_by_the_next_step(claim: str) -> None:
    """A situation may keep less of the past than what is so in it: somebody is up, and nothing says yet that
    they ever were. The next step keeps it, whatever it does. By hand: what has ever been stays so; who has
    been up since the light came on stays so until they are down, for the light never goes off, and comes on
    only once.
    """
    rules = """
sort User
state up(User) "{1} is [not] up"
state lit "the light is [not] on"
request "{sender} asks"
    sender: User
component Desk "the desk"
route Desk
start inference "s": not lit and (for every u: User: not up(u))
event light by the environment when not lit "the light comes on"
    lit becomes true inference "x"
event rise by the environment with u: User when not up(u) "{u} rises"
    up(u) becomes true inference "x"
event fall by the environment with u: User when up(u) "{u} falls"
    up(u) becomes false inference "x"
version v "v"
"""
    text = f'\nclaim 1 a "A claim." from "1"\n    {claim}\n    expect proved in v\n'
    regime = load_texts({"law.md": f"# Law\n\n```redline{rules}{text}```\n"})
    (job,) = jobs_for(regime.claims)
    result = Prover(regime, explore=1 << 16).decide(job)
    assert (result.verdict, result.explored.split(" on ")[0]) == ("proved", "agrees")
