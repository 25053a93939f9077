"""Keeps verdicts between runs: under which key, and in which form. The key contains everything that could
change a verdict: the meaning of its laws, the claim, the program and the solver. So a kept verdict has the
same evidence as a new one, and is as good.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Final

from checker.model.claim import Column, Side
from checker.model.expressions import Outcome
from checker.model.fingerprint import Fingerprints
from checker.model.made_of import within
from checker.question.jobs import Effort, Job, Kept
from checker.question.transition_system import Columns, column_named
from checker.question.verdict import UNDECIDED, Result

_PARTS: Final = (
    "verdict",
    "reason",
    "evidence",
    "witness",
    "vacuous",
    "empty",
    "left_open",
    "others",
    "seconds",
)
_READABLE: Final = ("checker.question.verdict", "checker.model.")  # modules whose classes are read back
_BROKEN: Final = (TypeError, ValueError, AttributeError, EOFError, ImportError, IndexError, KeyError)


@dataclass(frozen=True, slots=True)
class KeptVerdicts:
    """The verdicts on claims about one law."""

    kept: Kept
    regime: Columns
    fingerprints: Fingerprints = field(default_factory=Fingerprints)

    def name(self, job: Job, effort: Effort) -> str | None:
        """The key of the verdict on the job; None if it is not to be kept."""
        if effort.explore or effort.blame or job.story is not None:
            return None
        columns = [*columns_read(self.regime, job)]
        like: tuple[object, ...] = ()
        if job.like is not None:  # the evidence may depend on that, too
            like = (job.like.claim, job.like.column, job.like.by, job.like.verdict)
            columns += columns_read(self.regime, Job(job.like.claim, job.like.column))
        asked = (job.claim, job.column, job.by, job.dropped, job.one_by_one, job.told, job.another, *like)
        read = job.expected if effort.witnesses == "any" else None  # if it is not as expected, people read it
        laws = [(self.regime.rules(each), dict(self.regime.deployed(each))) for each in columns]
        said = self.fingerprints.of(asked, laws, effort.seed, effort.witnesses, read)
        return f"{self.kept.program} {said}"

    def get(self, name: str, job: Job) -> Result | None:
        """The verdict that is kept under the key, if there is one."""
        data = self.kept.shelf.get(name)
        if data is None:
            return None
        try:
            parts = _Reader(io.BytesIO(data)).load()
            return Result(job.claim, job.column, by=job.by, expected=job.expected, kept=True, **parts)
        except (pickle.UnpicklingError, *_BROKEN):
            return None

    def put(self, name: str, result: Result) -> None:
        """Keep a verdict, if it is one that more time would not change."""
        if result.decided and not result.reason.startswith(UNDECIDED):
            parts = {each: getattr(result, each) for each in _PARTS}
            self.kept.shelf.put(name, pickle.dumps(parts, protocol=5))


def columns_read(regime: Columns, job: Job) -> Iterator[Column]:
    """Every column whose law could matter: the job's own, and those that the claim, its witness or its
    deployments name; each also with its dropped suppositions.
    """
    claim = job.claim
    said = tuple(within(claim.statement, claim.where, claim.premises, claim.witness, claim.lemmas))
    named = {each.column for each in said if isinstance(each, Outcome) and each.column is not None}
    named |= {str(each) for each in said if isinstance(each, Column)}
    ranged = {base for each in said if isinstance(each, Side) for base in each.versions}
    bases = (replace(job.column, base=each) for each in sorted({*claim.over, *ranged}))
    others = (column_named(regime, job.column, each) for each in sorted(named))
    for each in (job.column, *bases, *others):
        yield each
        yield replace(each, without=())


class _Reader(pickle.Unpickler):
    """Reads only data classes of this program, and nothing that could run code."""

    def find_class(self, module: str, name: str) -> object:
        """The class, if it is a data class that evidence consists of."""
        found = super().find_class(module, name) if module.startswith(_READABLE) and "." not in name else None
        if not isinstance(found, type) or not is_dataclass(found):
            raise pickle.UnpicklingError(f"{module}.{name} is not part of a verdict")
        return found
