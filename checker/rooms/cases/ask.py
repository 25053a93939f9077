"""Making a test pack for a column: what `cases` does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from checker.exits import AS_EXPECTED, NO_ANSWER
from checker.interface.claims_to_ask import chosen_jobs
from checker.interface.evidence import Behind
from checker.interface.loaded_law import LoadedLaw, atomic_column, compared_columns
from checker.interface.watching import decide
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column, Leads, is_existential
from checker.model.evaluate import Rules
from checker.model.made_of import alike
from checker.model.model import Check, Model
from checker.model.reads import reads_alike
from checker.model.situation import Step
from checker.model.speaks_of_the_past import law_with_a_past_refused
from checker.question.jobs import Disagreement, Effort, Job, jobs_for
from checker.question.verdict import Result
from checker.regime.additions import with_claims
from checker.regime.regime import Regime
from checker.report.summary import repeat
from checker.results.answer import Watch, keeping
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.choose import Chosen, cover
from checker.rooms.cases.claims import claims_text, impossible
from checker.rooms.cases.goals import Goal, Goals, changes
from checker.rooms.cases.mixtures import harmful, side_by_side
from checker.rooms.cases.pack import Entry, Pack, entry_of, once, stories
from checker.rooms.cases.passing import days_that_pass
from checker.rooms.cases.played import Case, NotPlayed, play
from checker.rooms.cases.previous import Again, again, dropped_of, marked, read_pack
from checker.rooms.cases.scenarios import Scenario, after_requests, arising, each_way, scenarios
from checker.rooms.cases.smaller import smaller
from checker.rooms.cases.told_pack import pack_of
from checker.rooms.cases.witnesses import Witnesses, sent_by
from checker.story.given_names import sender_sort

_NAMES: Final = ("component", "end-to-end", "user")


def cases(
    law: LoadedLaw,
    version: str,
    effort: Effort,
    *,
    against: str | None,
    previous: Path | CasePack | None,
    with_stories: bool,
    levels: Sequence[str],
    command: str,
    watch: Watch,
) -> CasePack:
    """Make the tests of a column or, `against` another, of what differs."""
    started = time.monotonic()
    columns = (
        (atomic_column(law.regime, version),)
        if against is None
        else compared_columns(law.regime, version, against)
    )
    column, other = columns[0], None if against is None else columns[-1]
    named = _levels_named(levels)
    if sender_sort(law.regime.model(column)) is None:
        message = f"`{column}` has no requests, so there is nothing to test"
        raise SpecError((Diagnostic("nothing-asked", message, None),))
    for each in (column, *(() if other is None else (other,))):
        refused = law_with_a_past_refused(law.regime.model(each), "a test says")
        if refused is not None:
            raise SpecError((refused,))
    earlier = read_pack(previous) if isinstance(previous, Path) else previous
    making = _Making(law.regime, column, other, replace(effort, witnesses="none"), watch)
    pack = making.pack(earlier, with_stories=with_stories)
    told = command or law.command(
        ("cases", version, *(() if with_stories else ("--no-stories",))),
        ("--against", () if against is None else (against,)),
        ("--previous", (str(previous),) if isinstance(previous, Path) else ()),
        ("--levels", (",".join(levels),) if levels else ()),
    )
    marks = None if earlier is None else marked(pack, earlier)
    dropped = None if earlier is None else dropped_of(making.runs)
    code = NO_ANSWER if pack.open or pack.undecided else AS_EXPECTED
    run = (told, time.monotonic() - started, code)
    answer = pack_of(pack, marks, dropped, named, run, shipped=law.shipped)
    behind = Behind(law, pack.regime, tuple(pack.never.values()), effort.processes, making.text)
    return keeping(answer, behind=behind)


def _levels_named(levels: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the levels. SpecError unless there are three different ones."""
    named = tuple(each.strip() for each in levels) or _NAMES
    if len(set(named)) != len(_NAMES) or len(named) != len(_NAMES) or not all(named):
        message = "tests have three levels: one component alone, end to end, and as users"
        raise SpecError((Diagnostic("bad-option", message, None, ("three names, such as `PIT,SIT,UIT`",)),))
    return named


@dataclass
class _Making:
    """The work on one pack."""

    law: Regime
    column: Column
    against: Column | None
    effort: Effort
    watch: Watch
    text: str = ""
    runs: tuple[Again, ...] = ()

    @cached_property
    def model(self) -> Model:
        return self.law.model(self.column)

    @cached_property
    def rules(self) -> Rules:
        return self.law.rules(self.column)

    def pack(self, earlier: CasePack | None, *, with_stories: bool) -> Pack:
        """Make the pack. `earlier`: the tests of this one come first."""
        if earlier is not None:
            deployed = self.law.deployed(self.column)
            self.runs = tuple(again(earlier, self.rules, deployed, self._sides()))
        goals = self._goals()
        looking = Witnesses(self.law, self.column, goals, self.effort, self.against)
        known = [each for each in self.runs if _of_one_request(each)]
        sent = [sent_by(each.case) for each in known]
        covering = cover(looking, goals, sent, lambda done, what: self.watch(done, len(goals), what))
        never = [each for each in covering.never if each.kind != "change"]
        unseen = {each.key for each in covering.never if each.kind == "change"}
        tests = [self._of_goals(number, each, known) for number, each in enumerate(covering.chosen)]
        tests += list(days_that_pass(self.model, self.rules, tests))
        regime, results, left = self._impossible(never)
        undecided: tuple[Result, ...] = ()
        notes: list[str] = []
        if with_stories:
            told, undecided = self._stories()
            tests += (*told, *self._mixtures(notes))
        tests += self._left(tests)
        return Pack(
            regime,
            self.column,
            self.against,
            self.model,
            tuple(each for each in goals if each.key not in unseen),
            tuple(map(self._compared, once(tests))),
            results,
            {**{each.goal.key: each.open for each in covering.open}, **left},
            undecided,
            tuple(notes),
        )

    def _goals(self) -> tuple[Goal, ...]:
        """What is to be shown: all goals of the column or, if it is compared, those of what differs."""
        found = Goals(self.model)
        if self.against is None:
            return found.all()
        models = (*self.law.rules(self.against).values(), self.model)
        other = [check for check in self.model.checks if not _same_everywhere(check, models)]
        own = tuple(goal for check in other for goal in found.of_check(check))
        return (*own, *changes(models, str(self.against), str(self.column)))

    def _of_goals(self, number: int, chosen: Chosen, known: Sequence[Again]) -> Entry:
        if number < len(known):
            told, case = known[number].told, known[number].case
            test = entry_of(self.model, chosen, case, self.rules)
            return replace(test, number=told.id, also=told.levels, title=told.title)
        situation, request = chosen.sent
        case = Case(situation, (Step("request", request=request),))
        return entry_of(self.model, chosen, case, self.rules)

    def _impossible(self, goals: Sequence[Goal]) -> tuple[Regime, dict[str, Result], dict[str, str]]:
        """Have it proved that nothing shows these goals. Returns the law with the claims, the verdicts by the
        goals' keys, and of those that are not proved, why.
        """
        if not goals:
            return self.law, {}, {}
        self.text = claims_text(self.law, self.column, goals, repeat(("cases", str(self.column)), ()))
        regime = with_claims(self.law, self.text)
        claims = {each.name: each for each in regime.claims}
        jobs = [job for name in impossible(self.law, self.column, goals) for job in jobs_for((claims[name],))]
        results = decide(regime, jobs, replace(self.effort, witnesses="any"), self.watch)
        found = dict(zip((each.key for each in goals), results, strict=True))
        for goal, result in zip(goals, results, strict=True):
            if result.verdict == "refuted":
                raise Disagreement(
                    f"claim {result.claim.number}: {goal.condition or goal.key!r} can be shown"
                )
        left = {key: result.reason for key, result in found.items() if result.verdict != "proved"}
        return regime, {key: each for key, each in found.items() if key not in left}, left

    # -------------------------------------------------------------- stories

    def _stories(self) -> tuple[list[Entry], tuple[Result, ...]]:
        """The stories of claims: of those that their authors expect to be refuted, or expect nothing of, and
        of what can be brought about. Returns also the verdicts that are none.
        """
        jobs = [
            each
            for each in chosen_jobs(self.law, self.law.claims, (str(self.column),), quick=True)
            if each.column == self.column and _may_have_story(each)
        ]
        results = decide(self.law, jobs, replace(self.effort, witnesses="ordinary"), self.watch)
        asked = arising(self.law, results)
        answers = decide(self.law, [job for _, job in asked], self.effort, self.watch)
        found = (*scenarios(self.law, results), *after_requests(self.law, asked, answers))
        told = ((each, smaller(self.rules, each.case, each.keeps)) for each in self._every_way(found))
        tests = list(stories(self.model, told, self.rules))
        return tests, tuple(each for each in results if not each.decided)

    def _every_way(self, found: Iterable[Scenario]) -> Iterator[Scenario]:
        for each in found:
            if each.strategy:
                yield from each_way(self.rules, each)
            else:
                yield each

    def _sides(self) -> Rules:
        """The rules of all versions that a mixture may have."""
        old = self._old
        return self.rules if old is None else side_by_side(self.law, old, self.column)

    @cached_property
    def _old(self) -> Column | None:
        """The column that is rolled out from: that which this one is compared with, or the version that it
        modifies.
        """
        if self.against is not None:
            return self.against
        version = self.law.versions.get(self.column.base)
        return (
            None if version is None or version.parent is None else replace(self.column, base=version.parent)
        )

    def _mixtures(self, notes: list[str]) -> list[Entry]:
        old = self._old
        if old is None:
            return []
        try:
            found = tuple(harmful(self.law, old, self.column, self.effort, self.watch))
        except SpecError as wrong:
            notes.append(f"There are no tests for a roll-out from {old}: {wrong.diagnostics[0].message}.")
            return []
        rules = self._sides()
        told = ((each, smaller(rules, each.case, each.keeps)) for each in found)
        return list(stories(self.model, told, rules, "mixture"))

    # ------------------------------------------------------------- previous

    def _left(self, tests: Sequence[Entry]) -> Iterator[Entry]:
        """Yield the other tests of the earlier pack that can be run."""
        known = {each.number for each in tests}
        for each in self.runs:
            if each.played and each.told.id not in known:
                yield Entry(
                    each.told.id,
                    each.case,
                    each.told.origin,
                    each.rules,
                    each.played,
                    also=each.told.levels,
                    title=each.told.title,
                    variant=each.told.variant,
                    mixture=each.told.mixture,
                )

    def _compared(self, test: Entry) -> Entry:
        """The test with what the law that is compared makes of it."""
        if self.against is None or test.origin == "mixture":
            return test
        rules = self.law.rules(self.against)
        start = replace(test.case.start, versions=dict(self.law.deployed(self.against)))
        try:
            return replace(test, before=play(rules, replace(test.case, start=start)), before_rules=rules)
        except NotPlayed:
            return test


def _same_everywhere(check: Check, models: Sequence[Model]) -> bool:
    """Whether all models have the same check, with the same meaning."""
    for model in models:
        other = next((each for each in model.checks if each.name == check.name), None)
        if other is None or not alike(other, check) or not reads_alike(models[-1], model, check, other):
            return False
    return True


def _of_one_request(run: Again) -> bool:
    return (
        bool(run.played)
        and len(run.played) == 1
        and run.played[0].decision is not None
        and (len(set(run.case.start.versions.values())) == 1)
    )


def _may_have_story(job: Job) -> bool:
    """Whether a verdict on the claim may come with a story: a proof that something always holds has none."""
    possible = isinstance(job.claim.statement, Leads) or is_existential(job.claim.statement)
    return possible or job.expected != "proved"
