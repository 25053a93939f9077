"""Messages in any order, from two windows: nothing goes on for ever, and nothing told is of an older text."""

from __future__ import annotations

import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import checker
from checker.holding import Held, Stopped
from checker.language.diagnostics import Diagnostic, SpecError
from checker.workbench import bench as benches
from checker.workbench import messages as m
from checker.workbench.wording import FIRST_MEND
from tests.support.places import PERMITS
from tests.support.screen import PATIENCE, Screen, opened

PAGE = "spec/permits.md"
STORY = m.Choose("holders-live-there", "new", "By-law 2(a)")
EDITS = (
    ("kind is Trader", "kind is Resident"),
    ("not inner(street)", "inner(street) and not inner(street)"),
    ("requires lives(sender, street)", "requires lives(sender, stree)"),  # a mistake
    ("# ", "## "),  # words alone
)
CLAIMS = ("holders-live-there", "permits-happen", "the-holder-can-give-it-away")


@pytest.mark.parametrize("claim", ["holders-live-there", ""])
def test_a_story_of_a_claim_that_is_left_is_looked_for_no_more(
    screen: Screen, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever leaves the chosen claim, or all, is not told for ever that its story is being looked for."""
    screen.settles()

    def looks(held: Held, *_: object, **__: object) -> None:
        stop = held.asking
        while not stop.asked:
            time.sleep(0.01)
        raise Stopped

    with monkeypatch.context() as slow:
        slow.setattr(Held, "prove", looks)
        screen.says(STORY)
        screen.hears(m.Story, lambda each: not each.done)
        screen.says(m.Leave(claim))
        assert screen.hears(m.Story, lambda each: each.done).html == ""
    screen.says(m.Resume(claim))
    assert screen.hears(m.Story, lambda each: each.done and bool(each.html)).claim == STORY.claim


@pytest.mark.parametrize("wrong", [ValueError("x"), SpecError((Diagnostic("x", "x", None),))])
def test_what_goes_wrong_is_not_going_on(
    screen: Screen, wrong: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where deciding, a story or an effect fails, windows are told so, and that no more comes."""
    screen.settles()

    def fails(*_: object, **__: object) -> None:
        raise wrong

    monkeypatch.setattr(Held, "verdicts", fails)
    monkeypatch.setattr(Held, "prove", fails)
    monkeypatch.setattr("checker.workbench.asking.effects", fails)
    for message in (m.Ask(everything=True), STORY, m.Effect()):
        screen.told.clear()
        screen.says(message)
        assert screen.hears(m.Note).bad
        if message is STORY:
            assert screen.hears(m.Story, lambda each: each.done).html == ""
    screen.told.clear()
    screen.says(m.Ask(everything=False))
    screen.hears(m.Note)
    assert not screen.hears(m.Verdicts, lambda each: not each.running).running


def test_a_save_that_fails_stops_nothing_for_ever(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was being decided when nothing could be written is decided all the same."""

    def fails(*_: object) -> None:
        raise SpecError((Diagnostic("full", "the disk is full", None),))

    monkeypatch.setattr(benches, "write_pages", fails)
    screen.edits(PAGE, *EDITS[0])
    screen.hears(m.State, lambda each: bool(each.changed))
    screen.says(STORY)
    screen.says(m.Save())
    assert "the disk is full" in screen.hears(m.Note).text
    assert not screen.settles().running
    assert screen.hears(m.Story, lambda each: each.done).html


@pytest.mark.thorough
def test_an_effect_is_told_of_the_text_that_it_was_asked_of(screen: Screen) -> None:
    """Asked before an edit is read, it is of that edit alone; of a mistake there is none, and a window is
    told why; once it is mended, it may be asked again.
    """
    screen.settles()
    screen.says(m.Effect())
    screen.hears(m.EffectFound, lambda each: each.done)
    screen.told.clear()
    screen.edits(PAGE, *EDITS[0])
    screen.says(m.Effect())
    assert {each.html for each in screen.told if isinstance(each, m.EffectFound)} == {""}
    edited = _bare(screen)
    assert edited == _effect(screen.text(PAGE))
    screen.edits(PAGE, *EDITS[2])
    screen.says(m.Effect())
    screen.hears(m.State, lambda each: bool(each.mistakes))
    assert screen.hears(m.Note).text == FIRST_MEND
    screen.edits(PAGE, *reversed(EDITS[2]))
    screen.says(m.Effect())
    screen.told.clear()
    assert _bare(screen) == edited


@cache
def _words(text: str) -> dict[tuple[str, str, str | None], str]:
    """What is found of a law with that page of rules; none if it has a mistake."""
    claims = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")
    law = checker.load({"permits.md": text}, {"claims.md": claims}, effort=checker.effort(jobs=1))
    found = law.prove(quick=True).results
    return {(each.claim.name, each.column.text, each.by): each.verdict for each in found}


def _bare(screen: Screen) -> str:
    """The effect as it was told, without the folder that the law is in: that is another in every test."""
    found = screen.hears(m.EffectFound, lambda each: each.done and bool(each.html))
    return found.html.replace(str(screen.bench.desk.places.spec.parent), "")


@cache
def _effect(text: str) -> str:
    """What a workbench says of the effect of that edit, if it is asked once, when all else is known."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "law"
        shutil.copytree(PERMITS, folder)
        for screen in opened(folder):
            screen.edits(PAGE, screen.text(PAGE), text)
            screen.settles()
            screen.says(m.Effect())
            return _bare(screen)
    raise AssertionError("no window")


class Orders(RuleBasedStateMachine):
    """Two windows that say anything at any time."""

    @initialize()
    def open(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        folder = Path(self.place.name) / "law"
        shutil.copytree(PERMITS, folder)
        self.opened = opened(folder)
        one = next(self.opened)
        self.screens = (one, Screen(one.bench, "windowtwo"))
        self.effect = False  # whether one was asked for after the last edit, and wanted still

    @rule(window=st.integers(0, 1), edit=st.sampled_from(EDITS))
    def edits(self, window: int, edit: tuple[str, str]) -> None:
        """Type something, or take it back."""
        screen = self.screens[window]
        old, new = edit if edit[1] not in screen.text(PAGE) else (edit[1], edit[0])
        if old in screen.text(PAGE):
            screen.edits(PAGE, old, new)

    @rule(
        window=st.integers(0, 1),
        message=st.one_of(
            st.just(STORY),
            st.just(m.Choose("permits-happen", "old", None)),
            st.builds(m.Leave, st.sampled_from(("", *CLAIMS))),
            st.builds(m.Resume, st.sampled_from(("", *CLAIMS))),
            st.builds(m.Ask, everything=st.booleans()),
            st.just(m.Undo()),
            st.just(m.Save()),
        ),
    )
    def says(self, window: int, message: m.FromWindow) -> None:
        """Say something else."""
        self.screens[window].says(message)
        self.effect = self.effect and not isinstance(message, m.Save | m.Undo)

    @rule(window=st.integers(0, 1), wanted=st.booleans())
    def asks_for_the_effect(self, window: int, *, wanted: bool) -> None:
        """Ask what the edit does, or no more."""
        self.screens[window].says(m.Effect() if wanted else m.NoEffect())
        self.effect = wanted

    @rule(seconds=st.sampled_from((0.0, 0.02, 0.06, 0.15, 0.4)))
    def waits(self, seconds: float) -> None:
        """Do nothing for a moment."""
        time.sleep(seconds)

    def teardown(self) -> None:
        """Wait until nothing goes on: all windows know all there is of the newest text, and nothing else."""
        if not hasattr(self, "opened"):
            return
        try:
            self._settle()
        finally:
            next(self.opened, None)  # which closes it
            self.place.cleanup()

    def _settle(self) -> None:
        one, other = self.screens
        text = one.text(PAGE)
        until = time.monotonic() + PATIENCE
        while (wrong := self._going_on()) and time.monotonic() < until:
            time.sleep(0.05)
        assert not wrong, wrong
        assert one.last(m.Verdicts) == other.last(m.Verdicts)
        assert one.last(m.Story) == other.last(m.Story)
        assert one.last(m.State) == other.last(m.State)
        state, shown = one.last(m.State), one.last(m.Verdicts)
        assert state is not None
        assert shown is not None
        assert bool(state.mistakes) is shown.stale is ("stree)" in text)
        known = one.bench.asking.standings
        if state.mistakes or state.law:
            return
        assert {**known.now, **{k: v for k, v in _words(text).items() if k in known.now}} == known.now
        told = one.last(m.Story)
        if told is not None and told.html and known.chosen is not None:
            assert known.now.get(known.chosen, "") in told.html
        found = one.last(m.EffectFound)
        if state.changed and found is not None and found.done and found.html:
            assert _bare(one) == _effect(text)

    def _going_on(self) -> str:
        """What is still going on, if anything is."""
        bench = self.screens[0].bench
        changed = tuple(each.name for each in bench.desk.changed())
        for screen in self.screens:
            state, shown = screen.last(m.State), screen.last(m.Verdicts)
            if state is None or state.changed != changed or bench.asking._unread:
                return f"the text is being read: {state}"
            if shown is None or (shown.running and not shown.stale):
                return f"verdicts are being decided: {shown and (shown.done, shown.of)}"
            story, effect = screen.last(m.Story), screen.last(m.EffectFound)
            if story is not None and not story.done:
                return f"a story is being looked for: {story}"
            if self.effect and effect is not None and not effect.done:
                return f"the effect is being found out: {effect}"
        return ""


@pytest.mark.long
def test_any_order_ends_with_the_newest_text() -> None:
    """Two windows type, choose, leave, resume, ask, save and undo, with and without pauses."""
    once = (Phase.generate,)  # what turns on time is not made smaller by trying again
    quiet = settings(max_examples=60, stateful_step_count=14, deadline=None, database=None, phases=once)
    run_state_machine_as_test(Orders, settings=settings(quiet, suppress_health_check=list(HealthCheck)))
