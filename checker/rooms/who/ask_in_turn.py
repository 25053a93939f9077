"""Asks one claim after another in one column, and keeps those that matter as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from checker.model.claim import Claim, Column
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.verdict import Result
from checker.regime.additions import with_claims
from checker.regime.regime import Regime
from checker.rooms.claim_texts import ClaimText, document


@dataclass(slots=True)
class Asking:
    """`source`: the command that asks. `said` is called with every sentence, and what was found."""

    regime: Regime
    column: Column
    prover: Prover
    source: str
    said: Callable[[str], None]
    known: dict[tuple[str, ...], tuple[ClaimText, Result]] = field(default_factory=dict)

    def ask(self, text: ClaimText) -> Result:
        """The verdict on the claim in the column; that of before if it was asked under another number."""
        if text.statement not in self.known:
            found = self.prover.decide(Job(self._typed(text), self.column))
            verdict: Literal["proved", "refuted"] = "refuted" if found.verdict == "refuted" else "proved"
            found = replace(found, expected=verdict if found.decided else None)
            asked = replace(text, expected=((verdict, (self.column,)),))
            self.said(f"{text.sentence} {found.verdict}")
            self.known[text.statement] = asked, found
        return self.known[text.statement][1]

    def _typed(self, text: ClaimText) -> Claim:
        asked = replace(text, expected=(("proved", (self.column,)),))
        return with_claims(self.regime, document("Asked", "", (asked,), self.source)).claims[-1]

    def kept(self, results: Iterable[Result]) -> tuple[tuple[ClaimText, Result], ...]:
        """Those of the results that are decided, each once, with their claims, in the order of asking."""
        names = {each.claim.name for each in results if each.decided}
        return tuple(each for each in self.known.values() if each[0].name in names)
