"""Keeps verdicts between runs: under which key, and in which form. The key contains everything that could
change a verdict, its story or its evidence: what the claim can turn on in its laws, the claim, the program
and the solver. So a kept verdict has the same evidence as a new one, and is as good.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Final

from checker.prove.reached_by_edits import Reach
from checker.question.columns import Columns
from checker.question.jobs import Effort, Job, Kept
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
    reach: Reach = field(default_factory=Reach)

    def name(self, job: Job, effort: Effort) -> str | None:
        """The key of the verdict on the job; None if it is not to be kept."""
        if effort.explore or effort.blame:
            return None
        asked: tuple[object, ...] = (job.told, job.surprises, job.another, effort.seed, effort.witnesses)
        if effort.witnesses == "any" or job.surprises:  # if it is not as expected, people read it
            asked += (job.expected,)
        said = [self.reach.with_story(self.regime, job)]
        if job.story is not None:  # what was shown of it elsewhere is shown again
            asked += (replace(job.story, obligations=()),)
        if job.like is not None:  # the evidence may depend on that, too
            asked += (job.like.verdict,)
            said.append(
                self.reach.with_story(self.regime, Job(job.like.claim, job.like.column, by=job.like.by))
            )
        said.append(self.reach.fingerprints.of(asked))
        return f"{self.kept.program} {' '.join(said)}"

    def found(self, name: str, job: Job, effort: Effort) -> Result | None:
        """The verdict that is kept under the key of the job or, where people read of surprises alone, one
        that they may read.
        """
        kept = self.get(name, job)
        if kept is not None or not job.surprises:
            return kept
        told = self.name(replace(job, surprises=False), effort)
        return None if told is None else self.get(told, job)

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


class _Reader(pickle.Unpickler):
    """Reads only data classes of this program, and nothing that could run code."""

    def find_class(self, module: str, name: str) -> object:
        """The class, if it is a data class that evidence consists of."""
        found = super().find_class(module, name) if module.startswith(_READABLE) and "." not in name else None
        if not isinstance(found, type) or not is_dataclass(found):
            raise pickle.UnpicklingError(f"{module}.{name} is not part of a verdict")
        return found
