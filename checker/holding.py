"""A law that is held while its texts are edited: what language servers and watchers ask.

`hold` loads it, `Held.change` edits it, and `Held.verdicts` says what every edit does to the claims: verdicts
first, by what was known before, while their stories are looked for by `Held.prove`. Described by task in
spec/python.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from checker.api import Law, Texts
from checker.interface.choices import BUDGET
from checker.interface.claims_to_ask import chosen_jobs
from checker.interface.held_texts import HeldTexts
from checker.interface.in_memory import InMemory
from checker.interface.loaded_law import find_folders
from checker.interface.named_claims import chosen_claims
from checker.interface.saved_files import saves
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.model.deadline import Stop, Stopped
from checker.prove import pool, run_jobs
from checker.prove.former_verdicts import FormerVerdicts
from checker.prove.kept_verdicts import KeptVerdicts
from checker.prove.reached_by_edits import Reach
from checker.prove.still_holds import Shown, checking
from checker.question.jobs import Effort, Job, Kept
from checker.question.same_law import by_law
from checker.question.verdict import Result
from checker.question.workbench import Common, Known, Workshop
from checker.regime.earlier import Earlier
from checker.report.summary import Run
from checker.results.answer import Watch, kept, nobody
from checker.trusted.load_law import load_texts

if TYPE_CHECKING:
    from checker.results.proofs import Proofs
    from checker.rooms.lint.answer import Findings

__all__ = ["Edit", "Held", "Standing", "Stopped", "hold"]

How: TypeAlias = Literal["kept", "same meaning", "checked again", "found", "decided"]
"""How a verdict is known. Kept: it was decided, and all that its story turns on means what it meant. Same
meaning: so does all that the verdict turns on. Checked again: evidence of before the edit shows it. Found:
now, by the first evidence there is. Decided: now, as a fresh run does.
"""

_RENEWED: Final = 100  # edits after which what was worked out is dropped, so that it does not grow for ever
_LARGE: Final = 200_000  # terms that laws have in common, after which they begin anew
_MANY: Final = 8  # verdicts that are checked again faster by several processes
_HURRY: Final = 2.0  # seconds in which old evidence is checked; then it is quicker to decide anew

_Key: TypeAlias = tuple[str, Column, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """What came of an edit. `law`: the last one without a mistake, which is the edited one unless there are
    `diagnostics`. `files`: those whose text is another now.
    """

    law: Law
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on a claim in a column. `verdict`: `proved`, `vacuous`, `refuted`, `unknown` or `bounded`;
    `before`: the last one that was known before the last edit, if one was.
    """

    claim: Claim
    column: Column
    by: str | None
    verdict: str
    expected: Literal["proved", "refuted"] | None
    before: str | None
    how: How

    @property
    def turned(self) -> bool:
        """Whether the edit has turned the verdict."""
        return self.before is not None and self.before != self.verdict

    @property
    def told(self) -> bool:
        """Whether its story and evidence are there, too, for `Held.prove`; else they are yet to be found."""
        return self.how in ("kept", "decided")


def hold(
    spec: str | Path | Texts | None = None,
    properties: str | Path | Texts | None = None,
    *,
    effort: Effort | None = None,
) -> Held:
    """Return a law that can be edited. The parameters are those of `checker.load`. Raises SpecError with
    every mistake found.
    """
    trying = effort or Effort(BUDGET, processes=pool.default_processes())
    if isinstance(spec, Mapping) and (properties is None or isinstance(properties, Mapping)):
        return Held(HeldTexts(spec, properties or {}), trying)
    if isinstance(spec, Mapping) or isinstance(properties, Mapping):
        message = "give the law and its claims both as texts, or both as folders"
        raise SpecError((Diagnostic("no-spec", message, None),))
    told = (None if each is None else Path(each) for each in (spec, properties))
    return Held(HeldTexts.of_folders(find_folders(*told)), trying)


def saved(spec: Path | None = None, properties: Path | None = None) -> Iterator[None]:
    """Yield at once, and whenever a page of the folders that `hold` would read was saved; never ends. Raises
    SpecError if there are no such folders.
    """
    places = find_folders(spec, properties)
    return saves((places.spec, places.properties))


@dataclass(slots=True)
class _Worked:
    """What holds on after an edit, and is dropped after many."""

    earlier: Earlier = field(default_factory=Earlier)
    reach: Reach = field(default_factory=Reach)
    known: Known = field(default_factory=Known)
    common: Common = field(default_factory=Common)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The law that a question is about, and by which its answer is stopped."""

    law: Law
    effort: Effort
    workshop: Workshop
    worked: _Worked
    stop: Stop
    _meant: dict[tuple[_Key, str | None], str] = field(default_factory=dict)

    def meaning(self, job: Job) -> str:
        """A text of all that the verdict on the job turns on."""
        key = _key(job), job.expected
        if key not in self._meant:
            self._meant[key] = self.worked.reach.of(self.law.regime, job)
        return self._meant[key]


class Held:
    """A law whose texts are edited: what `hold` returns. What was asked before decides how long an answer
    takes, and about `Standing.how` and `Standing.before`; about nothing else.

    Any thread may call any method at any time. An edit, or `cancel`, ends what other threads are asking: they
    get Stopped, from `checker`. Verdicts on one law are checked again by one thread at a time.
    """

    def __init__(self, texts: HeldTexts, effort: Effort) -> None:
        """Raises SpecError with every mistake in the texts."""
        behind = effort.kept
        memory = InMemory(None if behind is None else behind.shelf)
        program = "this" if behind is None else behind.program
        self._effort = replace(
            effort, kept=Kept(memory, program, recheck=behind is not None and behind.recheck)
        )
        self._alone = RLock()  # around all that is below
        self._working = Lock()  # around the terms of a law, which no two threads may build
        self._texts = texts
        self._unread = False  # whether the folders could not be read last
        self._edits = 0
        self._worked = _Worked()
        self._former = FormerVerdicts()
        self._before: dict[_Key, str] = {}
        self._now: dict[_Key, str] = {}
        self._asked = self._loaded(texts)

    @property
    def law(self) -> Law:
        """The law as it was when it last had no mistake."""
        return self._asked.law

    @property
    def texts(self) -> HeldTexts:
        """The texts as edited last, with or without a mistake, by the names that diagnostics give them."""
        return self._texts

    @property
    def asking(self) -> Stop:
        """What an edit or `cancel` stops: for what is asked of this law in other ways than here."""
        return self._asked.stop

    # ---------------------------------------------------------------- edits

    def change(self, files: Mapping[str, str | None]) -> Edit:
        """Edit files, by the names that diagnostics give them: new text, or None for a file that is gone.

        Raises SpecError for a name that can be of no page. What is wrong with the texts is in the answer, and
        the law before stays until an edit mends that.
        """
        with self._alone:
            return self._turn_to(self._texts.edited(files))

    def reload(self) -> Edit:
        """Read the folders again. A law that was given as texts stays as it is."""
        with self._alone:
            if self._texts.places is None:
                return self._turn_to(self._texts)
            try:
                texts = HeldTexts.of_folders(self._texts.places)
            except SpecError as wrong:
                self._unread = True
                return Edit(self.law, wrong.diagnostics)
            self._unread = False
            return self._turn_to(texts)

    def edits(self) -> Iterator[Edit]:
        """Yield what came of each edit of the folders, once it is saved; never ends. Of what was saved since
        they were read, at once. A law that was given as texts is not edited so.
        """
        places = self._texts.places
        for _ in saves(() if places is None else (places.spec, places.properties)):
            with self._alone:
                edit = None if self._as_read() else self.reload()
            if edit is not None:
                yield edit

    def cancel(self) -> None:
        """End what other threads are asking: they get Stopped."""
        with self._alone:
            asked = self._asked
            self._asked = replace(asked, stop=Stop())
        asked.stop.ask()

    def _as_read(self) -> bool:
        """Whether the folders have what was read last."""
        places = self._texts.places
        try:
            return places is None or (HeldTexts.of_folders(places) == self._texts and not self._unread)
        except SpecError:
            return False

    def _turn_to(self, texts: HeldTexts) -> Edit:
        was, self._texts = self._texts, texts
        old, new = ({**each.spec, **each.properties} for each in (was, texts))
        files = tuple(name for name in {**old, **new} if old.get(name) != new.get(name))
        self._edits += 1
        if self._edits % _RENEWED == 0 or self._worked.common.size > _LARGE:
            self._worked = _Worked()
        try:
            loaded = self._loaded(texts)
        except SpecError as wrong:
            return Edit(self.law, wrong.diagnostics, files)
        asked, self._asked = self._asked, loaded
        asked.stop.ask()
        self._before |= self._now
        self._now.clear()
        return Edit(self.law, (), files)

    def _loaded(self, texts: HeldTexts) -> _Asked:
        worked, stop = self._worked, Stop()
        regime = load_texts(texts.spec, texts.properties, worked.earlier)
        law = Law(regime, replace(self._effort, stop=None), texts.places, texts.named)
        return _Asked(
            law, self._effort, Workshop(regime, self._effort.seed, worked.known, worked.common), worked, stop
        )

    # ------------------------------------------------------------ questions

    def verdicts(
        self, *claims: str | int, versions: Sequence[str] = (), quick: bool = False
    ) -> Iterator[Standing]:
        """Yield the verdicts on the claims (all without any), in the columns that `Law.prove` would ask
        about: first those that still stand, then those whose evidence of before the edit is checked again and
        holds, then all others as they are decided.

        Raises SpecError for what cannot be asked; while it yields, Stopped after an edit or `cancel`, and
        Disagreement if two ways of deciding contradict each other.
        """
        asked = self._asked
        regime = asked.law.regime
        chosen = chosen_claims(regime, tuple(map(str, claims)))
        return self._verdicts(asked, chosen_jobs(regime, chosen, versions, quick=quick))

    def unreached(self, before: Law, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """Return those of the jobs whose verdict is the same as for another law, however it may be: all that
        it can turn on is the same there.
        """
        reach, regime = self._asked.worked.reach, self.law.regime
        claims = {each.name: each for each in before.regime.claims}

        def same(job: Job) -> bool:
            claim = claims.get(job.claim.name)
            try:
                there = None if claim is None else reach.of(before.regime, replace(job, claim=claim))
            except SpecError:  # a column that it does not have
                return False
            return there == reach.of(regime, job)

        return tuple(each for each in jobs if same(each))

    def prove(
        self,
        *claims: str | int,
        versions: Sequence[str] = (),
        quick: bool = False,
        staged: bool = False,
        examples: bool = True,
        progress: Watch = nobody,
    ) -> Proofs:
        """The answer of `Law.prove`, with the same story and evidence for every verdict as that would find.
        Only what was decided on the same words is not decided anew.

        Raises SpecError and Disagreement as that does, and Stopped after an edit or `cancel`.
        """
        asked = self._asked
        found = asked.law.prove(
            *claims,
            versions=versions,
            quick=quick,
            staged=staged,
            examples=examples,
            effort=replace(asked.effort, stop=asked.stop),
            progress=progress,
        )
        for each in kept(found, "run", Run).results:
            self._note(asked, Job(each.claim, each.column, each.expected, each.by), each)
        return found

    def lint(self, *versions: str, progress: Watch = nobody) -> Findings:
        """The answer of `Law.lint`. Raises what that does, and Stopped after an edit or `cancel`."""
        asked = self._asked
        return asked.law.lint(*versions, effort=replace(asked.effort, stop=asked.stop), progress=progress)

    def _verdicts(self, asked: _Asked, jobs: tuple[Job, ...]) -> Iterator[Standing]:
        left: list[Job] = []
        for job in jobs:
            asked.stop.keep()
            standing = self._standing(asked, job)
            if standing is None:
                left.append(job)
            else:
                yield standing
        open_: list[Job] = []  # what is not decided in a hurry
        for job, shown in self._in_a_hurry(asked, left):
            asked.stop.keep()
            if shown is None:
                open_.append(job)
            else:
                yield self._note(asked, job, shown.result, "found" if shown.sought else "checked again")
        effort, known = replace(asked.effort, stop=asked.stop), asked.worked.known.without_months()
        for number, result in run_jobs.run(asked.law.regime, tuple(open_), effort, known):
            asked.stop.keep()
            yield self._note(asked, open_[number], result, "kept" if result.kept else "decided")

    def _standing(self, asked: _Asked, job: Job) -> Standing | None:
        """What is known without asking anything."""
        kept_at = asked.effort.kept
        assert kept_at is not None
        shelf = KeptVerdicts(kept_at, asked.law.regime, asked.worked.reach)
        name = None if kept_at.recheck else shelf.name(job, asked.effort)
        found = None if name is None else shelf.get(name, job)
        if found is not None:
            return self._note(asked, job, found, "kept")
        last = self._former.meaning(job, asked.meaning(job))
        return None if last is None else self._note(asked, job, last, "same meaning")

    def _in_a_hurry(self, asked: _Asked, jobs: list[Job]) -> Iterator[tuple[Job, Shown | None]]:
        """Yield each job with the verdict that evidence of before the edit shows, or that is found as soon,
        if any is.
        """
        regime = asked.law.regime
        liked = [(job, self._former.like(regime, job)) for job in jobs]
        yield from ((job, None) for job, like in liked if not like)
        tried = tuple(job for job, like in liked if like)
        if not tried:
            return
        likes = tuple(like for _, like in liked if like)
        effort = replace(asked.effort, budget=min(asked.effort.budget, _HURRY), kept=None, stop=asked.stop)
        check = checking(regime, tried, likes, effort, asked.workshop)

        def here(number: int) -> Shown | None:
            with self._working:
                return check(number)

        starting = partial(checking, regime, tried, likes, effort, asked.workshop)
        processes = effort.processes if len(tried) >= _MANY else 1
        groups = by_law(regime, tried)
        found = pool.spread(starting, groups, processes, apart=True, here=here, stop=asked.stop)
        yield from ((tried[number], shown) for number, shown in found)

    def _note(self, asked: _Asked, job: Job, result: Result, how: How = "decided") -> Standing:
        """Remember the verdict, unless it is about a law that is no more."""
        key = _key(job)
        with self._alone:
            if not asked.stop.asked:
                self._now[key] = result.word
                if result.decided and not result.unwitnessed:
                    self._former.keep(job, result, asked.meaning(job))
            before = self._before.get(key)
        return Standing(job.claim, job.column, job.by, result.word, job.expected, before, how)


def _key(job: Job) -> _Key:
    return job.claim.name, job.column, job.by, job.dropped
