"""What `who` found in one column, in full: every way of every coalition, and every trap as a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.model.claim import Leads
from checker.model.evaluate import definition
from checker.model.expressions import Call, Formula, Present, Term
from checker.model.mixture import common_model
from checker.model.model import Premise
from checker.model.unparse import unparse
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Result
from checker.report.case_paragraphs import story_paragraphs
from checker.report.paper import Paragraph, Words, paragraph
from checker.rooms.who.claims import Coalition, together
from checker.rooms.who.coalitions import Able, Barred, Who
from checker.story.asked_at_the_end import Law
from checker.story.given_names import sender_sort
from checker.story.narrate import narrate, sentence
from checker.story.phrases import Phrases
from checker.story.strategies_told import ways
from checker.story.trace_told import Story
from checker.story.wording import capital, listed, noun
from checker.trusted.replay import Replayer

_ANOTHER: Final = ("another", "yet another")
"""What those members of a coalition are called whom no term names."""


class ColumnTold:
    """The report on one column."""

    def __init__(self, law: Law, found: Who) -> None:
        self.law = law
        self.found = found
        self.model = common_model(law.rules(found.column))
        self.phrases = Phrases(self.model)
        senders = sender_sort(self.model)
        self.user = "user" if senders is None else noun(senders.name)

    def parts(self) -> Iterator[Sequence[Paragraph]]:
        yield tuple(self.heading(f", in {self.found.column}"))
        if self.found.already.verdict != "refuted":
            yield (self.needless(),)
            return
        if self.found.able:
            yield tuple(self._able())
        for each in self.found.barred:
            yield tuple(self._barred(each))
        yield tuple(self.undecided())

    def heading(self, where: str = "") -> Iterator[Paragraph]:
        """Yield what is asked, `where`, and of which situations."""
        asked = self.found.asked
        goal, condition = self.phrases.clause(asked.goal), self.phrases.clause(asked.condition)
        title = f"Who can bring it about that {goal}{where}?"
        yield paragraph(Words(title, "heading"), hang=2)
        bound = [f"{each.sort.name} {each.name}" for each in asked.variables if each.sort]
        those = f" where {self.phrases.clause(asked.where)}" if asked.where is not None else ""
        told = (
            f"for any {listed(bound, 'and')}{those}" if bound else "",
            f"from any situation where {condition}",
        )
        yield paragraph(capital(", ".join(each for each in told if each)), ".", indent=2)
        for each in asked.premises:
            yield paragraph("Given ", self._premise(each), indent=2, hang=2)

    def _premise(self, formula: Formula) -> str:
        """Return a premise by its name, and its sentence."""
        found = definition(self.model, formula.definition) if isinstance(formula, Call) else None
        return f"{found.name}: {found.sentence}" if isinstance(found, Premise) else f"`{unparse(formula)}`"

    def needless(self) -> Paragraph:
        """Return that there is nothing to bring about, or that this is not known."""
        already = self.found.already
        if already.vacuous:
            return paragraph(Words("There is no such situation.", "warning"), indent=2)
        if already.verdict == "proved":
            return paragraph(Words("Nobody need do anything: it is so already.", "good"), indent=2)
        return paragraph(Words(f"Unknown: {already.reason}.", "warning"), indent=2)

    # ------------------------------------------------------------ coalitions

    def _able(self) -> Iterator[Paragraph]:
        yield self.can()
        for number, each in enumerate(self.found.able, 1):
            yield self.named(number, each)
            yield from (paragraph(sentence(way), indent=5, bullet="- ") for way in self.ways(each))
            for other in each.also:
                said = f"also named, perhaps with more: {self.members(other)}"
                yield paragraph(Words(said, "quiet"), indent=5, hang=2)

    def can(self) -> Paragraph:
        """Return what the coalitions can that follow."""
        which = "These minimal coalitions can" if len(self.found.able) > 1 else "One minimal coalition can"
        return paragraph(Words(f"{which}, while everybody else stands idle:", "strong"), indent=2)

    def named(self, number: int, able: Able) -> Paragraph:
        """Return the members of a coalition, with its number."""
        return paragraph(Words(self.members(able.coalition), "good"), indent=2, bullet=f"{number}. ")

    def members(self, coalition: Coalition) -> str:
        """Return the members in words; a term that does not always name somebody says so."""
        named = (self._member(each) for each in coalition.named)
        return " and ".join((*named, *self.others(coalition))) or "nobody"

    def others(self, coalition: Coalition) -> tuple[str, ...]:
        """Return what those members are called whom no term names."""
        return tuple(f"{another} {self.user}" for another in _ANOTHER[: coalition.others])

    def _member(self, term: Term) -> str:
        words = self.phrases.of(term)
        return words if term in self.found.always else f"{words} (where there is one)"

    def ways(self, able: Able) -> Iterator[str]:
        """Yield the strategy, a sentence a step, those nearest to the goal first."""
        return ways(Phrases(self.model, self.called(able)), able.result.evidence.ways)

    def called(self, able: Able) -> Mapping[str, str]:
        """Return what the members are called, by the variables of the claim that stand for them."""
        own = len(self.found.asked.variables)
        words = (*map(self.phrases.of, able.coalition.named), *self.others(able.coalition))
        users = able.result.claim.variables[own:]
        return {variable.name: said for variable, said in zip(users, words, strict=True)}

    # ---------------------------------------------------------------- traps

    def _barred(self, barred: Barred) -> Iterator[Paragraph]:
        result = barred.result
        if result.verdict != "refuted":
            yield self.unknown(barred)
            return
        yield paragraph(
            Words(f"{self.excluded(barred)} cannot", "strong"), self.from_where(barred), indent=2, hang=2
        )
        note = narrate(self.law, result)
        yield from story_paragraphs(note)
        yield from (paragraph(each, indent=2, hang=2) for each in note.because)
        if barred.never is not None and barred.never.verdict == "refuted":
            yield self._elsewhere(barred.never)

    def unknown(self, barred: Barred) -> Paragraph:
        """Return that these can, but no coalition of them is known, or that it is not known if they can."""
        can = " can, but no minimal coalition of them is known"
        told = f"{self.excluded(barred)}{can if barred.result.verdict == 'proved' else ': not known'}"
        return paragraph(Words(told, "warning"), indent=2, hang=2)

    def _elsewhere(self, never: Result) -> Paragraph:
        """From where they can, and how. Others may have led there: only what follows is done by them."""
        question = Question(self.law, Job(never.claim, self.found.column))
        assert isinstance(question.statement, Leads)
        begins = Replayer(question).escapes(question.statement, never.evidence)
        story = Story.of(self.law, never.claim, self.found.column, never.evidence)
        before, after = story.parted(begins)
        led = (Words("From elsewhere they can. First: ", "strong"), f"{before}. ", Words("Then: ", "strong"))
        start = led if before else (Words("From elsewhere they can: ", "strong"),)
        return paragraph(*start, f"{after}.", indent=2, hang=2)

    def excluded(self, barred: Barred) -> str:
        """Return who they are, in words."""
        without = " and ".join(map(self.phrases.of, barred.without))
        match barred.others:
            case None:
                return f"Everybody but {without}, together," if without else "All together"
            case 0:
                return f"All who have a name{f', but {without},' if without else ''}"
            case _:
                return f"All who have a name{f', but {without},' if without else ''} with another {self.user}"

    def from_where(self, barred: Barred) -> str:
        """Return from how many situations it cannot be done; a story follows, or what decides it."""
        if barred.never is None:
            return ", from some such situations:"
        match barred.never.verdict:
            case "proved":
                there = [Present(each) for each in barred.without if each not in self.found.always]
                where = f" where {self.phrases.clause(together(*there))}" if there else ""
                return f", from any such situation{where}; for one:"
            case "refuted":
                return ", from some such situations:"
            case _:
                return ", from some such situations at least:"

    def undecided(self) -> Iterator[Paragraph]:
        """Yield what was asked without an answer."""
        if self.found.undecided:
            yield paragraph(Words("Not decided, so there may be other coalitions", "warning"), indent=2)
        for each in self.found.undecided:
            yield paragraph(f"{each.claim.sentence} {_why(each)}", indent=4, bullet="- ")


def _why(result: Result) -> str:
    if result.verdict == "refuted":
        return f"refuted, but only where no more than {len(_ANOTHER)} have no name"
    return f"{result.verdict}{f': {result.reason}' if result.reason else ''}"
