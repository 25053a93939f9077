"""The data of a case note: what `narrate` makes of a result, and the text and machine reports tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

CheckOutcome: TypeAlias = Literal["passes", "does not apply", "exempted", "refuses"]
Begins: TypeAlias = Literal[
    "at the start",
    "in a situation that can arise",
    "in some situation",
    "in a situation that is not excluded",
]
"""Where a story begins. Whether “some situation” can arise is not known."""
StepOutcome: TypeAlias = Literal["accepted", "refused", "happens", "under way", "no request"]


class QuoteNote(Struct, frozen=True):
    """One item that a check's outcome rests on.

    The words of the law (none for an inference) and their meaning as written in the spec; `holds` is
    None if the words have no meaning of their own.
    """

    words: tuple[str, ...]
    clause: str
    kind: str
    meaning: str
    inference: str | None
    holds: bool | None
    place: str

    @property
    def forbids(self) -> bool:
        """Whether it forbids whatever its rule applies to, which its words say by themselves."""
        return self.kind == "requires" and self.meaning == "false"


class CheckNote(Struct, frozen=True):
    """One check at one component. `facts` say why it refuses.

    `by` are the limbs that exempt; `things` says what the first of them calls what: (binder, name).
    """

    name: str
    clause: str
    outcome: CheckOutcome
    code: str | None
    code_label: str
    by: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    quotes: tuple[QuoteNote, ...]
    facts: tuple[str, ...]
    adopted_because: str | None
    place: str

    @property
    def forbids(self) -> bool:
        """Whether its facts say why it applies, and not which requirement they miss."""
        required = [each for each in self.quotes if each.kind == "requires"]
        return bool(required) and all(each.forbids for each in required)


class StageNote(Struct, frozen=True):
    """One component on the route; `version` is told only where components differ. `behind`: it has let the
    request pass before.
    """

    component: str
    version: str
    tell_version: bool
    reached: bool
    checks: tuple[CheckNote, ...]
    behind: bool = False

    @property
    def refuses(self) -> bool:
        return any(each.outcome == "refuses" for each in self.checks)


class StepNote(Struct, frozen=True):
    """One step, or a request that is only tried. `setting` says under which rules, if not the story's;
    `lacks`, in sentences, why it is no request under them, if it is none.

    `sender`: who sends it, or brings it about, empty for an event of nobody's; `parties` and `things`: what
    takes part besides, of the sender's sort and of others, in the order in which it is carried.
    """

    sentence: str
    outcome: StepOutcome
    stages: tuple[StageNote, ...] = ()
    changes: tuple[str, ...] = ()
    setting: str = ""
    lacks: tuple[str, ...] = ()
    sender: str = ""
    parties: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


class CaseNote(Struct, frozen=True):
    """What stands behind one verdict, in the regime's own terms.

    `opening`: the facts of the situation where it `begins` that matter. `trials`: requests that the claim
    speaks of and that the story does not take. `attempt`: what one would try, and why it is refused.
    `because`: why the claim fails, in sentences; `facts` those it rests on at the end of the story.
    `proof`: how it is proved; `witness`: in one line, a story in which what it speaks of occurs. `rests`:
    what the verdict rests on, if that was asked.
    """

    opening: tuple[str, ...] = ()
    begins: Begins = "at the start"
    steps: tuple[StepNote, ...] = ()
    trials: tuple[StepNote, ...] = ()
    attempt: StepNote | None = None
    because: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    witness: str = ""
    rests: tuple[str, ...] = ()


def mentions(note: CaseNote) -> Iterator[str]:
    """Yield what the note says of things, in the order in which it is read."""
    yield from note.opening
    for step in (*note.steps, *note.trials, *((note.attempt,) if note.attempt else ())):
        yield step.sentence
        for stage in step.stages:
            for check in stage.checks if stage.reached and not stage.behind else ():
                yield from (name for _, name in check.things)
                yield from check.facts
        yield from step.changes
    yield from (*note.facts, *note.because)
    for step in (*note.steps, *note.trials, *((note.attempt,) if note.attempt else ())):
        yield from (step.sender, *step.parties, *step.things)
