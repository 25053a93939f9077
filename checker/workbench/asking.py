"""Asks the law while it is edited: in threads that an edit stops, and of the newest text only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

import msgspec

from checker.holding import Held, Stopped
from checker.html.verdicts import word_of
from checker.interface.claims_to_ask import chosen_jobs
from checker.language.diagnostics import SpecError
from checker.model.deadline import Stop
from checker.prove import run_jobs
from checker.workbench import fragments
from checker.workbench.effect import Edited, effects
from checker.workbench.messages import EffectFound, Note, Story, ToWindow, Verdicts
from checker.workbench.standings import Key, Standings, key_of
from checker.workbench.wording import FIRST_MEND, notes_of

if TYPE_CHECKING:
    from checker.api import Law

_FIRST: Final = 6  # claims that are decided of both laws before the others are of any
_SHOWN: Final = 0.12  # seconds between two pictures of the verdicts
EFFECT: Final = 900.0  # seconds that “What does this edit do?” may take
_KINDS: Final = ("verdicts", "story", "effect")

Kind: TypeAlias = Literal["verdicts", "story", "effect"]
Say: TypeAlias = Callable[[ToWindow], None]


class Asking:
    """What is known and being asked. Any thread may call any method. `decided`: called with each text once
    all that is wanted of it is decided.
    """

    def __init__(self, held: Held, saved: Law, say: Say, decided: Callable[[Edited], None]) -> None:
        self._held, self._say, self._decided = held, say, decided
        self._saved = saved
        self.lock = threading.RLock()
        self._turns = dict.fromkeys(_KINDS, 0)
        self._effect_stop = Stop()
        self._effect_wanted = False  # an effect was asked for that is not known in full
        self._unread = False  # there is another text, which is not read yet
        self.standings = Standings()
        self.everything = False
        self.edited: Edited | None = None
        self.stale = False
        self._alone: frozenset[Key] = frozenset()  # what the edit cannot reach
        self._told: Verdicts | None = None
        self._story: Story | None = None
        self._effect: EffectFound | None = None
        self._running = False
        self._closed = False

    # ------------------------------------------------------------- what is said

    @property
    def said(self) -> tuple[ToWindow | None, ...]:
        """What a window that comes later has missed."""
        return self._told, self._story, self._effect

    def _current(self, kind: Kind, turn: int) -> bool:
        return self._turns[kind] == turn and not self._closed

    def _show(self, kind: Kind, turn: int, message: ToWindow) -> bool:
        """Say something, unless somebody wants something else by now."""
        with self.lock:
            if not self._current(kind, turn):
                return False
            match message:
                case Verdicts():
                    self._told = message
                case Story():
                    self._story = message
                case EffectFound():
                    self._effect = message
                case _:
                    pass
            self._say(message)
            return True

    # ------------------------------------------------------------- what is asked

    def unread(self) -> None:
        """There is another text: until it is read, what this edit does is not what anybody wants to know."""
        with self.lock:
            self._unread = True
            wanted = self._effect_wanted
            self.no_effect()
            self._effect_wanted = wanted
            if self._effect is not None:
                turn = self._turns["effect"]
                self._show("effect", turn, EffectFound("", done=True, stage="", progress=""))
                self._effect = None

    def has_read(self) -> None:
        """What has come of the newest text is known: what the edit does is asked now, if it is wanted."""
        with self.lock:
            self._unread = False
            if self._effect_wanted:
                self.ask_effect()

    def turn_to(self, edited: Edited, saved: Law | None = None) -> None:
        """Ask about another text. `saved`: what it is compared with, where that is another, too."""
        with self.lock:
            self.unread()
            if saved is not None:
                self._saved = saved
                self.standings.before.clear()
            self.edited, self.stale = edited, False
            self._start_verdicts(anew=True)
            self._start_story()
            self.has_read()

    def mistaken(self) -> None:
        """The text has a mistake: what is known is of the text before."""
        with self.lock:
            self.stale = True
            self._picture(self._turns["verdicts"])
            self.has_read()

    def ask(self, *, everything: bool) -> None:
        """Ask in all columns, or in versions only."""
        with self.lock:
            self.everything = everything
            self._held.cancel()
            self._start_verdicts()
            self._start_story()

    def leave(self, claim: str) -> None:
        """Decide a claim no more for now, or none."""
        with self.lock:
            every = {each.claim.name for each in self.standings.wanted}
            self.standings.left |= {claim} if claim else every
            self._held.cancel()
            self._start_verdicts()
            if claim and (self.standings.chosen is None or self.standings.chosen[0] != claim):
                self._start_story()
            else:
                self._turns["story"] += 1
                self._no_story(self._turns["story"])

    def resume(self, claim: str) -> None:
        """Decide it after all, or all."""
        with self.lock:
            self.standings.left -= {claim} if claim else set(self.standings.left)
            self._held.cancel()
            self._start_verdicts()
            self._start_story()

    def choose(self, key: Key) -> None:
        """Tell this story."""
        with self.lock:
            self.standings.chosen = key
            self.standings.left.discard(key[0])
            self._picture(self._turns["verdicts"])
            self._start_story()

    def ask_effect(self) -> None:
        """Say what the edit does, once the text is read."""
        with self.lock:
            self.no_effect()
            if self._unread:
                self._effect_wanted = True
            elif self.stale:
                turn = self._turns["effect"]
                self._show("effect", turn, Note(FIRST_MEND, bad=True))
                self._no_effect_found(turn)
            elif self.edited is not None:
                self._effect_wanted = True
                self._effect_stop = Stop()
                stop = self._effect_stop
                timer = threading.Timer(EFFECT, stop.ask)
                timer.daemon = True
                timer.start()
                edited = self.edited
                self._run("effect", lambda turn: self._find_effect(turn, edited, stop))

    def no_effect(self) -> None:
        """Nobody wants to know any more."""
        with self.lock:
            self._turns["effect"] += 1
            self._effect_wanted = False
            self._effect_stop.ask()

    def close(self) -> None:
        """End everything."""
        with self.lock:
            self._closed = True
            self._effect_stop.ask()
            self._held.cancel()

    def _run(self, kind: Kind, work: Callable[[int], None]) -> None:
        with self.lock:
            if self._closed:
                return
            self._turns[kind] += 1
            turn = self._turns[kind]

        def working() -> None:
            with self._telling(kind, turn):
                work(turn)

        threading.Thread(target=working, daemon=True, name=f"redline {kind}").start()

    @contextmanager
    def _telling(self, kind: Kind, turn: int) -> Iterator[None]:
        """Say what went wrong, if anybody still wants to know; and that no more comes."""
        try:
            yield
        except Stopped:
            pass
        except Exception as wrong:
            for each in notes_of(wrong):
                self._show(kind, turn, each)
        finally:
            self._end(kind, turn)

    def _end(self, kind: Kind, turn: int) -> None:
        """Nothing more is told of this. What an edit has stopped goes on once that is read."""
        with self.lock:
            same = self.edited is not None and self._held.law is self.edited.law
            if not self._current(kind, turn) or not same:
                return
            match kind:
                case "verdicts":
                    if self._running:
                        self._running = False
                        self._picture(turn)
                case "story":
                    self._no_story(turn)
                case "effect":
                    self._effect_wanted = False
                    self._no_effect_found(turn)
                case _:
                    assert_never(kind)

    def _no_story(self, turn: int) -> None:
        """Say that the story that is being looked for will not be told."""
        if self._story is not None and not self._story.done:
            self._show("story", turn, msgspec.structs.replace(self._story, html="", done=True))

    def _no_effect_found(self, turn: int) -> None:
        """Say that what is being found out of the edit will not be."""
        if self._effect is not None and not self._effect.done:
            self._show("effect", turn, EffectFound("<p>Not known.</p>", done=True, stage="", progress=""))

    # ----------------------------------------------------------------- verdicts

    def _start_verdicts(self, *, anew: bool = False) -> None:
        edited = self.edited
        if edited is None:
            return
        regime = edited.law.regime
        versions = () if self.everything else edited.law.versions
        jobs = chosen_jobs(regime, regime.claims, versions, quick=not self.everything)
        if self.everything and edited.new:
            jobs = (*jobs, *chosen_jobs(regime, regime.claims, (edited.new,), quick=True))
        self.standings.begin(jobs, {edited.new: edited.old} if edited.new else {}, anew=anew)
        self._running = True
        self._run("verdicts", lambda turn: self._decide(turn, edited, versions))

    def _decide(self, turn: int, edited: Edited, versions: tuple[str, ...]) -> None:
        self._picture(turn)
        for claims in self._in_order(turn, edited):
            if not self._decide_now(turn, edited, versions, claims):
                return
            self._picture(turn)
            self._decide_before(turn)
        with self.lock:
            self._running = not self._current("verdicts", turn) and self._running
            self._picture(turn)
            decided = self._current("verdicts", turn) and not self.standings.left
        if decided:
            self._decided(edited)

    def _keep(self, edited: Edited) -> None:
        """Raise Stopped once another text is held: what is asked from then on is asked of that."""
        if self._held.law is not edited.law:
            raise Stopped

    def _in_order(self, turn: int, edited: Edited) -> list[tuple[str, ...]]:
        """The claims in the order in which they are decided: the chosen one, those that the edit can reach,
        the others. As long as it is not known how the saved law stands, the first few by themselves: what has
        turned is seen once both are known.
        """
        with self.lock:
            known, saved = self.standings, self._saved
            wanted, unknown = known.wanted, known.unknown_before
        alone = frozenset(map(key_of, self._held.unreached(saved, wanted)))
        self._keep(edited)
        reached = {each.claim.name for each in wanted if key_of(each) not in alone}
        with self.lock:
            if not self._current("verdicts", turn):
                raise Stopped
            claims = known.in_turn(wanted, reached)
            self._alone = alone
        many = len(claims) if not unknown or not reached else _FIRST
        parts = (tuple(claims[:many]), tuple(claims[many:]))
        return [each for each in parts if each] or [()]

    def _decide_now(
        self, turn: int, edited: Edited, versions: tuple[str, ...], claims: tuple[str, ...]
    ) -> bool:
        """Decide claims about the edited law; whether anybody still wants to know."""
        quick = not self.everything
        asked = [versions] if not (self.everything and edited.new) else [(), (edited.new,)]
        shown = time.monotonic()
        for some in asked if claims else ():
            found = self._held.verdicts(*claims, versions=some, quick=quick)
            self._keep(edited)
            for each in found:
                key = each.claim.name, str(each.column), each.by
                with self.lock:
                    if not self._current("verdicts", turn):
                        return False
                    self.standings.now[key] = each.verdict
                    if edited.clean or key in self._alone:
                        self.standings.before[key] = each.verdict
                if time.monotonic() - shown > _SHOWN:
                    self._picture(turn)
                    shown = time.monotonic()
        return True

    def _decide_before(self, turn: int) -> None:
        """Decide what was not decided of the saved law before it was edited."""
        with self.lock:
            regime = self._saved.regime
            jobs = self.standings.jobs_before(regime)
            stop = self._held.asking
        for number, result in run_jobs.run(regime, jobs, replace(self._saved.effort, stop=stop)):
            with self.lock:
                if not self._current("verdicts", turn):
                    return
                self.standings.before[key_of(jobs[number])] = result.word
            self._picture(turn)

    def _picture(self, turn: int) -> None:
        """Show the verdicts as they are known."""
        with self.lock:
            if self.edited is None or not self._current("verdicts", turn):
                return
            known = self.standings
            html = fragments.verdicts_html(self.edited.law, known, "Claims")
            done = sum(key_of(each) in known.now for each in known.jobs)
            told = Verdicts(
                html, done, len(known.jobs), self._running and not self.stale, known.turned, self.stale
            )
            self._show("verdicts", turn, told)

    # ------------------------------------------------------------------- story

    def _start_story(self) -> None:
        chosen, edited = self.standings.chosen, self.edited
        if chosen is not None and edited is not None:
            self._run("story", lambda turn: self._tell(turn, edited, chosen))

    def _tell(self, turn: int, edited: Edited, chosen: Key) -> None:
        claim, column, by = chosen
        self._show("story", turn, Story(claim, column, by, "", done=False))
        try:
            found = self._held.prove(claim, versions=(column,), quick=not self.everything)
            self._keep(edited)
        except SpecError as wrong:
            self._show("story", turn, Story(claim, column, by, "", done=True))
            raise SpecError(wrong.diagnostics) from None
        with self.lock:
            if self.edited is not edited:
                return
            word = next(
                (word_of(each) for each in found.results if (each.column.text, each.by) == (column, by)), ""
            )
            if word and chosen in map(key_of, self.standings.jobs):
                self.standings.now[chosen] = word
                self._picture(self._turns["verdicts"])
            before = self.standings.before.get(self.standings.key_before(chosen), "")
            html = fragments.story_html(edited.law, found, column, by, before)
            self._show("story", turn, Story(claim, column, by, html, done=True))

    # ------------------------------------------------------------------ effect

    def _find_effect(self, turn: int, edited: Edited, stop: Stop) -> None:
        last = 0.0

        def watch(done: int, of: int, what: str) -> None:
            nonlocal last
            if time.monotonic() - last > _SHOWN:
                last = time.monotonic()
                with self.lock:
                    told = self._effect
                if told is not None and not told.done:
                    said = f"{done} of {of}, {told.stage}{f': {what}' if what else ''}"
                    self._show("effect", turn, msgspec.structs.replace(told, progress=said))

        law = edited.law.trying(replace(edited.law.effort, stop=stop))
        try:
            for each in effects(replace(edited, law=law), self._saved, watch):
                self._show("effect", turn, each)
        except Stopped:
            late = f"<p>Not known after {EFFECT / 60:.0f} minutes.</p>"
            self._show("effect", turn, EffectFound(late, done=True, stage="", progress=""))
