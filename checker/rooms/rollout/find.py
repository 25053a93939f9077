"""Finds which mixtures and orders are harmful when one version replaces another, component by component.

Harm belongs to a mixture, so an order is safe if every mixture that it passes is harmless. Both versions
everywhere are: they are what is left behind, and what is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from checker.interface.watching import decide
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.model.reads import reads_alike, words_of
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.verdict import Evidence, Result
from checker.regime.additions import with_claims
from checker.regime.regime import Regime
from checker.results.answer import Watch
from checker.rooms.rollout import claims as rollout_claims
from checker.rooms.rollout.claims import Claims, Plan, Wording, is_asked
from checker.rooms.rollout.first_harm import first_harms
from checker.rooms.rollout.harm import HarmKind, Rollout, Test, Where, inner
from checker.rooms.rollout.switches import find_switches

Readable: TypeAlias = Literal["all", "first", "none"]
"""Which stories people may read: all; those that say where unsafe orders become harmful, one for each kind of
order; or none. Of the others, any story will do.
"""

LARGEST: Final = 10  # switches: 1024 mixtures


def plan_of(regime: Regime, old: Column, new: Column) -> Plan:
    """What is to be switched. Raises SpecError where that is no roll-out, or one too large to go through."""
    for each in (old, new):
        if each.base not in regime.versions:
            raise _refused(f"`{each}` deploys several versions; a roll-out is from one version to another")
    if (old.readings, old.without) != (new.readings, new.without):
        raise _refused(f"`{old}` and `{new}` differ in more than the version")
    stops = [stage.component for stage in regime.model(old).route]
    twice = next((each for at, each in enumerate(stops) if each in stops[:at]), None)
    if twice is not None:
        why = "no claim can say at which of its stops it refuses a request"
        raise _refused(f"`{twice}` is on the route more than once, and {why}")
    asked = tuple(each for each in regime.claims if is_asked(each))
    switches, same = find_switches(regime.model(old), regime.model(new), asked)
    if len(switches) > LARGEST:
        raise _refused(f"{len(switches)} components change, more than the {LARGEST} that are gone through")
    return Plan(regime, old, new, switches, same)


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic("rollout", message, None),))


def roll_out(
    plan: Plan,
    effort: Effort,
    source: str,
    watch: Watch,
    *,
    trusting: bool = True,
    known: Sequence[Result] = (),
    readable: Readable = "all",
) -> Rollout:
    """Ask of every mixture what harm it does. `source`: the command that asks, to be named in the claims;
    `watch`: hears what has been answered, of the questions that there are so far. `trusting`: a claim that
    its author expects to be refuted in one of the versions is not asked, for then it is nothing to lose.
    `known`: what was found of this law anyway, which is not looked for again.
    """
    return _Asking(plan, effort, source, watch, trusting=trusting, known=known, readable=readable).rollout()


class _Asking:
    """The work on one roll-out, in rounds: each round asks what the one before left open."""

    def __init__(
        self,
        plan: Plan,
        effort: Effort,
        source: str,
        watch: Watch,
        *,
        trusting: bool,
        known: Sequence[Result],
        readable: Readable,
    ) -> None:
        self.plan, self.effort, self.watch, self.trusting = plan, effort, watch, trusting
        self.known, self.readable = known, readable
        self.texts = Claims(plan, source)
        self.regime = plan.regime
        self.total = 0
        self.size = len(plan.switches)

    def rollout(self) -> Rollout:
        if not inner(self.size):
            return Rollout(self.plan, (self.regime, ""), (), (None, None))
        tests = tuple(self._tests())
        related: list[Result] = []
        while questions := [(test, where) for test in tests for where in self._wanted(test)]:
            related += self._ask(questions, () if related else self._relations())
        if self.readable == "first":
            self._ask_to_read(tests)
        return self._found(tests, related)

    def _ask_to_read(self, tests: tuple[Test, ...]) -> None:
        """Find stories to be read of where unsafe orders begin to do harm, as if all were."""
        found = Rollout(self.plan, (self.regime, ""), tests, (None, None))
        kinds = first_harms(found.lattice, lambda each: tuple(harm.key for harm in found.harms(each)))
        entered = (each.entries[0].entered for each in kinds)
        harms = [(mixture, found.harms(mixture)[0].result) for mixture in dict.fromkeys(entered)]
        read: list[tuple[Test, Where]] = [
            (test, mixture) for mixture, of in harms for test in tests if test.found.get(mixture) is of
        ]
        whole: list[tuple[Test, Where]] = [
            (each, "everywhere") for each in tests if any(each is test for test, _ in read)
        ]
        for questions in (whole, read):
            jobs = tuple(self._again(*each) for each in questions)
            for (test, where), result in zip(questions, decide(self.regime, jobs, self.effort), strict=True):
                test.found[where] = result

    def _again(self, test: Test, where: Where) -> Job:
        """The job that was asked of a test there, with a story that is worth reading."""
        known = test.found[where]
        return replace(authors_job(known.claim, known.column), story=self._story(test, where))

    def _found(self, tests: tuple[Test, ...], related: list[Result]) -> Rollout:
        """What was found, of claims that expect it, so that the evidence is that of claims as they stand."""
        results = [*related, *(each for test in tests for each in test.found.values())]
        text = self.texts.text({each.claim.name: each.verdict for each in results})
        regime = with_claims(self.plan.regime, text)
        claims = {each.name: each for each in regime.claims}

        def settled(result: Result) -> Result:
            job = authors_job(claims[result.claim.name], result.column)
            return replace(result, claim=job.claim, expected=job.expected)

        for test in tests:
            test.found.update({where: settled(each) for where, each in test.found.items()})
        return Rollout(self.plan, (regime, text), tests, (settled(related[0]), settled(related[1])))

    def _relations(self) -> tuple[Wording, ...]:
        old, new = self.plan.old.base, self.plan.new.base
        return rollout_claims.within(old, new), rollout_claims.within(new, old)

    def _tests(self) -> Iterator[Test]:
        plan = self.plan
        wordings: tuple[tuple[HarmKind, Wording | None], ...] = (
            ("inconsistent", rollout_claims.inconsistent(plan)),
            ("more permissive", rollout_claims.more_permissive(plan)),
            ("less permissive", rollout_claims.less_permissive(plan)),
        )
        for kind, wording in wordings:
            if wording is not None:
                yield Test(kind, wording, None, plan.new, alike=True)
        models = plan.regime.model(plan.old), plan.regime.model(plan.new)
        columns = plan.old, plan.new
        for number, claim in enumerate(plan.asked):
            alike = reads_alike(*models, *words_of(claim), outcomes=False)
            column = columns[number % 2]  # they share the work: where it matters nothing is decided
            wording = rollout_claims.of_claim(claim)
            expected = _expected(claim, plan.old), _expected(claim, plan.new)
            yield Test("claim lost", wording, claim, column, alike, expected, self.trusting)

    # ---------------------------------------------------------- what to ask

    def _wanted(self, test: Test) -> Iterator[Where]:
        """Yield what is to be asked next."""
        yield from dict.fromkeys(each for each in self._useful(test) if each not in test.found)

    def _useful(self, test: Test) -> Iterator[Where]:
        """Yield what must be known, in the light of what is known.

        What authors expect says what is asked first, not what is found.
        """
        once = test.verdict("everywhere")
        if test.claim is not None:
            if "refuted" in (test.pure("old"), test.pure("new")):
                return
            if "refuted" not in test.expected:
                yield "everywhere"
                if once is None and not test.wording.existential:
                    return
            if not test.at_stake:
                yield from ("old", "new")
                if test.settled or test.expected != ("proved", "proved"):
                    return
        yield "everywhere"
        if once is not None and not test.settled:
            yield from inner(self.size)

    def _ask(self, questions: list[tuple[Test, Where]], relations: tuple[Wording, ...]) -> list[Result]:
        """Ask in one go; answers what was found of the relations."""
        old = self.plan.old
        named = [(self.texts.plain(each, old), old) for each in relations]
        named += [self._named(test, where) for test, where in questions]
        self.regime = with_claims(self.plan.regime, self.texts.text({}))
        claims = {each.name: each for each in self.regime.claims}
        stories = (*(None for _ in relations), *(self._story(test, where) for test, where in questions))
        jobs = tuple(
            replace(authors_job(claims[name], column), story=story, told=self.readable == "all")
            for (name, column), story in zip(named, stories, strict=True)
        )
        before, self.total = self.total, self.total + len(jobs)

        def heard(done: int, _: int, what: str) -> None:
            self.watch(before + done, self.total, what)

        found = decide(self.regime, jobs, self.effort, heard, self.known)
        for (test, where), result in zip(questions, found[len(relations) :], strict=True):
            test.found[where] = result
        return list(found[: len(relations)])

    def _story(self, test: Test, where: Where) -> Evidence | None:
        """The story found among all mixtures, in this one: none of its own can be shorter."""
        if not isinstance(where, int):
            return None
        evidence = test.found["everywhere"].evidence
        if evidence.trace is None:
            return None
        versions = self.plan.versions(where)
        situations = tuple(replace(each, versions=versions) for each in evidence.trace.situations)
        return replace(evidence, trace=replace(evidence.trace, situations=situations))

    def _named(self, test: Test, where: Where) -> tuple[str, Column]:
        """The claim that asks it, and of which column."""
        match where:
            case "old" | "new":
                assert test.claim is not None
                column = self.plan.old if where == "old" else self.plan.new
                plain = authors_job(test.claim, column).by is None
                return test.claim.name if plain else self.texts.plain(test.wording, column), column
            case "everywhere":
                return self.texts.of_all(test.wording, test.column), test.column
            case _:
                # The two columns share the work, as in `_tests`.
                other = self.plan.old if where.bit_count() % 2 else self.plan.new
                column = other if test.alike else test.column
                return self.texts.of_one(test.wording, column, where), column


def authors_job(claim: Claim, column: Column) -> Job:
    """The job that the author of a claim gives in a column, or that of asking it there."""
    return next((each for each in jobs_for((claim,)) if each.column == column), Job(claim, column))


def _expected(claim: Claim, column: Column) -> str | None:
    """What its author expects of a claim in a column, if that is one thing."""
    said = {each.verdict for each in claim.expectations if each.column == column}
    return said.pop() if len(said) == 1 else None
