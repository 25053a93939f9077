"""What the engines return: a verdict with the evidence behind it, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model.claim import Claim, Column, Lemma
from checker.model.expressions import Formula, Term
from checker.model.situation import Request, Situation, Step, Trace

VerdictName: TypeAlias = Literal["proved", "refuted", "bounded", "unknown"]


UNDECIDED: Final = "whether it is vacuous is unknown"
"""The beginning of a proof's reason if no witness was found and none was shown not to exist."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A step to take in a situation of this rank. Parameters are terms of the situation, `None` for "any
    thing that will do", or missing if the request does not carry them.
    """

    rank: int
    schema: str
    parameters: Mapping[str, Term | None]


@dataclass(frozen=True, slots=True)
class Story:
    """A story that was found: where it starts, its steps, and values for the claim's variables and the
    requests that it names.
    """

    start: Situation
    steps: tuple[Step, ...]
    binding: Mapping[str, str]
    requests: Mapping[str, Request] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A statement that must be unsatisfiable. `meaning` reads "unsatisfiable iff …". `months`: those of the
    calendar that had to be looked at one by one (`checker.model.months`).
    """

    name: str
    meaning: str
    seconds: float = 0.0
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a verdict may be believed; every part has been re-checked when a Result carries it.

    `trace`: a story, replayed through `evaluate`. `binding`: the claim's variables -> things of the trace.
    `requests`: the requests that the claim names (`r`) -> parameters. `attempt`: for a refuted "possibly",
    the request that one would make, but that is refused.

    `ways`: how the goal of a claim about what can still happen can be reached, by rank. `excluded`: the same
    for a goal that no story reaches: no story enters a situation from which these strategies lead to the
    goal; None if no situation at all has the goal. `invariant`: instead of `excluded`, closed formulas that
    hold in all situations that stories reach, and rule out the goal. `alone`: the last situation of the story
    has no way to the goal if there is nobody else. `cases`: the stories of an exact difference's cases;
    `missing`: the case that never occurs. `one_by_one`: the evidence is about any one of the things in the
    goal; `binding` and strategies name it. `obligations`: what the solver has shown to be unsatisfiable.
    `anywhere`: the story's situation may be one that no story reaches. `way`: a story from a start to that
    situation, replayed like the other; None if none was found.
    """

    trace: Trace | None = None
    binding: Mapping[str, str] = field(default_factory=dict)
    requests: Mapping[str, Request] = field(default_factory=dict)
    attempt: Request | None = None
    ways: tuple[Strategy, ...] = ()
    excluded: tuple[Strategy, ...] | None = None
    invariant: tuple[Formula, ...] = ()
    alone: bool = False
    cases: tuple[Evidence, ...] = ()
    missing: str = ""
    one_by_one: bool = False
    obligations: tuple[Obligation, ...] = ()
    anywhere: bool = False
    way: Trace | None = None

    @property
    def arises(self) -> bool:
        """Whether the situation in which the story begins is known to be reachable."""
        return not self.anywhere or self.way is not None

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the calendar that its obligations rest on."""
        return months_of(self.obligations)


def months_of(obligations: Iterable[Obligation]) -> tuple[int, ...]:
    """The months of the calendar that obligations rest on, in order."""
    return tuple(sorted({month for each in obligations for month in each.months}))


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its evidence, before it becomes a Result."""

    verdict: VerdictName
    evidence: Evidence
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Every step keeps the axioms, and `start` is a situation within them in which stories start. `checked`:
    this was shown only for requests that the checks let through.
    """

    checked: bool
    start: Evidence
    obligations: tuple[Obligation, ...]


GroundKind: TypeAlias = Literal["phrase", "limb", "update", "condition", "axiom", "premise", "start"]


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that a verdict may rest on. `rule`: the check, limb, effect, event or supposition; `clause`:
    its clause, if it has one; `phrases`: its words; `meaning`: what they were taken to mean. A `limb` is one
    with binders, taken as a whole.
    """

    kind: GroundKind
    rule: str
    clause: str
    phrases: tuple[Phrase, ...]
    meaning: str
    inference: str | None
    span: Span

    @property
    def key(self) -> tuple[str, str, Span]:
        """Identifies the ground."""
        return self.kind, self.rule, self.span


@dataclass(frozen=True, slots=True)
class Blame:
    """`needed`: if these are kept, all that the verdict needs holds whatever everything else means; without
    any one of them it does not. `others`: how many grounds could mean anything. `unknown`: why this could not
    be found out, or empty.
    """

    needed: tuple[Ground, ...] = ()
    others: int = 0
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """What would help if there is no verdict: a story that would decide the claim, from a situation that may
    not be reachable; or a story from a start to where its `lemma` is false, although a proof may not need
    that lemma.
    """

    story: Evidence
    lemma: Lemma | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """Further stories behind a verdict, each of another kind than all before it, the shortest first. `end`:
    why there are no more, as a sentence without its end; empty if there may be.
    """

    stories: tuple[Evidence, ...] = ()
    end: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one claim in one column.

    `by` repeats the expectation's demand (a refutation by that clause); `expected` is None if no author
    expects a verdict; `witness` shows for a proved `always` that its condition occurs (None: not asked,
    or the claim is vacuous; then `vacuous` is True, and `empty` shows that the condition never occurs).
    `reason` explains unknown and bounded, and says in one sentence why a refuted claim fails. `explored`
    says what the explorer found (`agrees`, or why it does not apply). `left_open`: what would help if
    there is no verdict. `others`: further stories, if they were asked for and a story is behind the
    verdict. `blame`: what the verdict rests on, if that was asked. Times are in seconds. `kept`: the
    verdict was reached in an earlier run.
    """

    claim: Claim
    column: Column
    verdict: VerdictName
    reason: str
    evidence: Evidence
    by: str | None = None
    expected: Literal["proved", "refuted"] | None = None
    witness: Evidence | None = None
    vacuous: bool = False
    empty: Evidence | None = None
    explored: str = ""
    left_open: Open | None = None
    others: Others | None = None
    blame: Blame | None = None
    seconds: float = 0.0
    kept: bool = False

    @property
    def unwitnessed(self) -> bool:
        """It is proved, but it is unknown whether it is vacuous."""
        return self.verdict == "proved" and self.reason.startswith(UNDECIDED)

    @property
    def word(self) -> str:
        """The verdict in a word: `vacuous` if the claim holds only vacuously."""
        return "vacuous" if self.vacuous else self.verdict

    @property
    def decided(self) -> bool:
        """Whether there is a verdict, with evidence."""
        return self.verdict in ("proved", "refuted")

    @property
    def as_expected(self) -> bool:
        return self.expected is None or self.expected == self.verdict
