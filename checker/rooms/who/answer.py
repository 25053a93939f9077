"""Who can bring something about, and who cannot: what `who` finds."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from checker.model.mixture import common_model
from checker.model.unparse import unparse
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Evidenced, Frame, frame_of, keeping, kept
from checker.results.parts import Verdict, verdict_of
from checker.rooms.who.claims import Coalition as Found
from checker.rooms.who.coalitions import Able, Barred, Who
from checker.rooms.who.text import Inquiry, who_paragraphs
from checker.story.asked_at_the_end import Law
from checker.story.phrases import Phrases


class Member(Struct, frozen=True, kw_only=True):
    """A user whom a `term` of the law names; `always`: in every situation that the question is about."""

    term: str
    label: str
    always: bool


class NamedUsers(Struct, frozen=True, kw_only=True):
    """The users whom the terms name, and so many `others` whom nothing names."""

    members: tuple[str, ...]
    others: int


class Coalition(NamedUsers, frozen=True, kw_only=True):
    """A minimal coalition that can; `also`: other names for the same users, and perhaps more; `result` has
    the strategy.
    """

    also: tuple[NamedUsers, ...]
    result: Verdict


class Excluded(Struct, frozen=True, kw_only=True):
    """A maximal coalition that cannot: everybody but those whom `without` names. `others`: how many of
    those whom nothing names are left, `null` for all; `result` has the story; `never`: whether they can
    from no such situation in which all of these terms name somebody, `null` if not asked.
    """

    without: tuple[str, ...]
    others: int | None
    result: Verdict
    never: Verdict | None


class InColumn(Struct, frozen=True, kw_only=True):
    """The answer in one column. `variables`: name -> sort; `where`, `given`, `condition`, `goal`: the
    question, in the language; `source`: the command that asks it; `occurs`: there is such a situation;
    `already`: the goal is there in all of them; `complete`: these are all the minimal coalitions;
    `undecided`: results that leave open whether there are others: without a verdict, or refuted only where
    few users have no name.
    """

    column: ToldColumn
    variables: dict[str, str]
    where: str | None
    given: tuple[str, ...]
    condition: str
    goal: str
    source: str
    occurs: bool
    already: bool
    complete: bool
    members: tuple[Member, ...]
    coalitions: tuple[Coalition, ...]
    barred: tuple[Excluded, ...]
    undecided: tuple[Verdict, ...]


class Coalitions(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.who/1"):
    """The minimal coalitions of users that can bring something about, and the maximal ones that cannot, by
    column.
    """

    command: str
    seconds: float
    exit: int
    columns: tuple[InColumn, ...]
    shipped: bool

    def paragraphs(self, *, full: bool = False) -> Iterable[Paragraph]:
        """The report, in a sentence or two for each coalition. `full`: with every way, and stories."""
        return who_paragraphs(kept(self, "inquiry", Inquiry), full=full)

    def frame(self) -> Frame:
        """A row for each coalition; of those that cannot, `members` are the users that it goes without."""
        able = (
            {"column": each.column.text, "can": True, "members": one.members, "others": one.others}
            for each in self.columns
            for one in each.coalitions
        )
        barred = (
            {"column": each.column.text, "can": False, "members": one.without, "others": one.others}
            for each in self.columns
            for one in each.barred
        )
        return frame_of((*able, *barred), ("column", "can", "members", "others"))


def coalitions_of(inquiry: Inquiry, *, shipped: bool) -> Coalitions:
    """Return a run of `who`: every column with its coalitions, and the evidence of each."""
    answer = Coalitions(
        command=inquiry.repeat,
        seconds=round(inquiry.seconds, 3),
        exit=inquiry.code,
        columns=tuple(_column(inquiry.answers.regime, each) for each in inquiry.answers.found),
        shipped=shipped,
    )
    return keeping(answer, inquiry=inquiry)


def _column(law: Law, found: Who) -> InColumn:
    phrases = Phrases(common_model(law.rules(found.column)))
    asked = found.asked
    return InColumn(
        column=told_column(found.column),
        variables={each.name: each.sort.name for each in asked.variables if each.sort is not None},
        where=None if asked.where is None else unparse(asked.where),
        given=tuple(map(unparse, asked.premises)),
        condition=unparse(asked.condition),
        goal=unparse(asked.goal),
        source=asked.source,
        occurs=not found.already.vacuous,
        already=found.already.verdict == "proved" and not found.already.vacuous,
        complete=found.complete,
        members=tuple(
            Member(term=unparse(each), label=phrases.of(each), always=each in found.always)
            for each in found.members
        ),
        coalitions=tuple(_able(law, each) for each in found.able),
        barred=tuple(_barred(law, each) for each in found.barred),
        undecided=tuple(verdict_of(law, each) for each in found.undecided),
    )


def _able(law: Law, found: Able) -> Coalition:
    return Coalition(
        members=_members(found.coalition),
        others=found.coalition.others,
        also=tuple(NamedUsers(members=_members(each), others=each.others) for each in found.also),
        result=verdict_of(law, found.result),
    )


def _members(coalition: Found) -> tuple[str, ...]:
    return tuple(map(unparse, coalition.named))


def _barred(law: Law, found: Barred) -> Excluded:
    return Excluded(
        without=tuple(map(unparse, found.without)),
        others=found.others,
        result=verdict_of(law, found.result),
        never=None if found.never is None else verdict_of(law, found.never),
    )
