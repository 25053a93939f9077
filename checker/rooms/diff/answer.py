"""What two columns decide differently: what `diff` finds."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from checker.model.unparse import unparse
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Evidenced, Frame, frame_of, keeping, kept
from checker.results.parts import ToldClaim, ToldLeftOut, Verdict, told_claim, told_left_out, verdict_of
from checker.rooms.diff.find import Change, Class, Difference
from checker.rooms.diff.text import Compared, Telling, diff_paragraphs
from checker.rooms.diff.unproved_cases import Kind
from checker.story.case_note import CheckNote, StepNote


class Condition(Struct, frozen=True, kw_only=True):
    """A condition of a case, in the language over the request `r`, and as a `sentence`."""

    text: str
    sentence: str


class OldAndNew(Struct, frozen=True, kw_only=True):
    """The names of checks, in the `old` and in the `new` column."""

    old: tuple[str, ...]
    new: tuple[str, ...]


class Example(Struct, frozen=True, kw_only=True):
    """A request of a case, replayed in both columns. `facts`: what it rests on, as sentences; `arises`:
    false if no few steps are known to lead to its situation.
    """

    facts: tuple[str, ...]
    arises: bool
    old: StepNote
    new: StepNote


class Turning(Struct, frozen=True, kw_only=True):
    """A `check` that decides the example differently, with the `column` in which it is told."""

    column: str
    check: CheckNote


class DifferenceCase(Struct, frozen=True, kw_only=True):
    """One case of a difference: requests for which all `conditions` hold.

    `rejected_always`: the checks that reject every request of this case alone.
    """

    kind: Kind
    label: str
    conditions: tuple[Condition, ...]
    rejected_always: OldAndNew = field(name="rejected always")
    example: Example
    turns_on: tuple[Turning, ...] = field(name="turns on")


class Flipped(Struct, frozen=True, kw_only=True):
    """A claim whose verdict is not the same in both columns."""

    old: Verdict
    new: Verdict


class Differences(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.diff/1"):
    """Exactly which requests `new` decides differently from `old`, as cases; “no difference” is a proof,
    and so is that the cases are all there are.

    `relation`: `null` if it is not known, then `undecided` says why; `same`: nothing differs, codes
    included; `not_compared`: what else differs, as phrases; `proved`: the claims that were proved for it,
    `claims` the same in the language; `flips`: the claims whose verdict changes, `null` if none was asked.
    """

    command: str
    seconds: float
    exit: int
    old: ToldColumn
    new: ToldColumn
    relation: Class | None
    same: bool
    undecided: str
    not_compared: tuple[str, ...] = field(name="not compared")
    cases: tuple[DifferenceCase, ...]
    proved: tuple[ToldClaim, ...]
    claims: str
    flips: tuple[Flipped, ...] | None
    left_out: tuple[ToldLeftOut, ...]
    shipped: bool

    def paragraphs(self, *, stories: bool = False, full: bool = False) -> Iterable[Paragraph]:
        """The report. `stories`: tell every check of every example, in both columns, and the stories of
        claims that change. `full`: tell in full the cases in which only codes change, too.
        """
        return diff_paragraphs(kept(self, "compared", Compared), stories=stories, full=full)

    def frame(self) -> Frame:
        """A row for each case."""
        return frame_of(
            (
                {
                    "kind": each.kind,
                    "label": each.label,
                    "conditions": " and ".join(one.text for one in each.conditions),
                    "sentences": tuple(one.sentence for one in each.conditions),
                    "rejected_old": each.rejected_always.old,
                    "rejected_new": each.rejected_always.new,
                }
                for each in self.cases
            ),
            ("kind", "label", "conditions", "sentences", "rejected_old", "rejected_new"),
        )


def differences_of(compared: Compared, *, shipped: bool) -> Differences:
    """Return a run of `diff`."""
    found, flips = compared.difference, compared.flips
    answer = Differences(
        command=compared.repeat,
        seconds=round(compared.seconds, 3),
        exit=compared.code,
        old=told_column(found.old),
        new=told_column(found.new),
        relation=None if found.undecided else found.relation,
        same=found.same,
        undecided=found.undecided,
        not_compared=tuple(found.beside),
        cases=tuple(_case(found, each) for each in found.changes),
        proved=tuple(told_claim(each.claim) for each in found.results if each.verdict == "proved"),
        claims=found.text,
        flips=None
        if flips is None
        else tuple(
            Flipped(old=verdict_of(found.regime, each.old), new=verdict_of(found.regime, each.new))
            for each in flips
        ),
        left_out=told_left_out(compared.left_out),
        shipped=shipped,
    )
    return keeping(answer, compared=compared)


def _case(found: Difference, change: Change) -> DifferenceCase:
    telling = Telling.of(found, change)
    before, after = telling.steps()
    old, new = change.always
    return DifferenceCase(
        kind=change.kind,
        label=change.label,
        conditions=tuple(
            Condition(text=unparse(formula), sentence=sentence)
            for formula, sentence in zip(change.case.conditions, telling.conditions(), strict=True)
        ),
        rejected_always=OldAndNew(old=tuple(old), new=tuple(new)),
        example=Example(
            facts=tuple(telling.story.opening()),
            arises=change.example.evidence.arises,
            old=before,
            new=after,
        ),
        turns_on=tuple(Turning(column=str(column), check=check) for column, check in telling.turning()),
    )
