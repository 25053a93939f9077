"""Asking which users can bring something about: what `who` does."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from checker.interface.evidence import Behind
from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.question.jobs import Effort
from checker.regime.regime import Regime
from checker.report.summary import Option, claim_key, is_main, repeat
from checker.results.answer import Watch, keeping
from checker.rooms.who.answer import Coalitions, coalitions_of
from checker.rooms.who.claims import WhoCan
from checker.rooms.who.find import Typed, answers, can_be_asked, members_of, question_of
from checker.rooms.who.text import Inquiry


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks: a claim by number or name, or a question of its own, and the members."""

    claim: str | None
    typed: Typed
    members: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The command with what stands before its options."""
        return ("who", self.claim) if self.claim is not None else ("who",)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that make up the question."""
        typed = self.typed
        single = (("--for", typed.bound), ("--if", typed.condition), ("--goal", typed.goal))
        given = ((name, (value,)) for name, value in single if value)
        return (*given, ("--given", typed.given), ("--member", self.members))

    def asked(self, regime: Regime) -> WhoCan:
        """The question, in the terms of the law. SpecError if it is none."""
        source = repeat(self.words, self.options)
        own = (self.typed.bound, *self.typed.given, self.typed.condition, self.typed.goal)
        if self.claim is None and not self.typed.goal:
            raise SpecError((_unsaid(regime),))
        if self.claim is not None and any(own):
            raise _unclear("a claim says itself what is to be brought about", "a claim or `--goal`")
        asked = (
            self.typed.asked(regime, source) if self.claim is None else question_of(self._of(regime), source)
        )
        return members_of(regime, asked, self.members) if self.members else asked

    def _of(self, regime: Regime) -> Claim:
        assert self.claim is not None
        found = chosen_claims(regime, (self.claim,))
        if len(found) > 1:
            raise _unclear(f"`{self.claim}` names several claims", *(f"`{each.number}`" for each in found))
        return found[0]

    def columns(self, regime: Regime) -> tuple[Column, ...]:
        """The versions and deployments that the claim expects something of, else all versions."""
        found: tuple[Column, ...] = ()
        if self.claim is not None:
            expected = (each.column for each in self._of(regime).expectations)
            found = tuple(each for each in expected if is_main(each) and not each.staged)
        return tuple(dict.fromkeys(found or map(Column, regime.versions)))


def _unsaid(regime: Regime) -> Diagnostic:
    """Return which claims can be asked, where neither a claim nor a goal is given."""
    asked = [each for each in sorted(regime.claims, key=claim_key) if can_be_asked(each)]
    told = tuple(f"claim {each.number}: {each.sentence}" for each in asked)
    expected = ("a claim of these", "`--goal`") if asked else ("`--goal`: no claim can be asked",)
    return Diagnostic("bad-option", "what is to be brought about is not said", None, expected, notes=told)


def _unclear(message: str, *expected: str) -> SpecError:
    return SpecError((Diagnostic("bad-option", message, None, expected),))


def who(
    law: LoadedLaw,
    question: Question,
    versions: Sequence[str],
    effort: Effort,
    *,
    command: str,
    watch: Watch,
) -> Coalitions:
    """Say who can bring about what the question asks, in these columns or those that it is about."""
    started, regime = time.monotonic(), law.regime
    asked = question.asked(regime)
    chosen = tuple(atomic_column(regime, each) for each in versions) or question.columns(regime)
    steps = 0

    def told(what: str) -> None:
        nonlocal steps
        steps += 1
        watch(steps, len(chosen), what)

    found = answers(regime, asked, chosen, effort, told)
    again = command or law.command(question.words, *question.options, ("--version", versions))
    inquiry = Inquiry(found, again, time.monotonic() - started)
    behind = Behind(law, found.regime, found.results, effort.processes, found.text)
    return keeping(coalitions_of(inquiry, shipped=law.shipped), behind=behind)
