"""The report of `diff`: what is decided differently, case by case, with the words that turn it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.exits import AS_EXPECTED, NO_ANSWER, NOT_AS_EXPECTED, exit_code
from checker.model.claim import Column
from checker.model.evaluate import Decision
from checker.model.expressions import Formula
from checker.model.situation import Instance
from checker.prove.left_out import LeftOut
from checker.question.verdict import Result
from checker.report.case_paragraphs import case_paragraphs, check_paragraphs, step_paragraphs
from checker.report.not_asked import left_out_paragraphs
from checker.report.one_page import Part, listed_part, one_page
from checker.report.paper import BLANK, Paragraph, Words, joined, paragraph, row
from checker.report.summary import claim_key
from checker.rooms.diff.codes import checks_with_codes
from checker.rooms.diff.conditions import limbs_of, plain_limbs_of
from checker.rooms.diff.find import OF_REQUESTS, Change, Difference, Strange
from checker.rooms.diff.unproved_cases import FEW, Kind, R
from checker.story.case_conditions import Conditions
from checker.story.case_note import CheckNote, StepNote
from checker.story.given_names import Names
from checker.story.in_one_sentence import decided_by
from checker.story.narrate import narrate
from checker.story.steps_told import Teller, no_request
from checker.story.trace_told import DOUBT, Story
from checker.story.wording import capital, listed

ACCEPTING: Final[tuple[Kind, ...]] = ("newly accepted", "newly rejected")
"""The kinds of cases in which it changes whether a request is accepted."""
_KINDS: Final[dict[Kind, str]] = {
    "newly accepted": "newly accepted requests",
    "newly rejected": "newly rejected requests",
    "differently rejected": "requests that both reject, but by other checks",
    "newly a request": "rejected requests that were no requests before",
    "no longer a request": "rejected requests that are no requests any more",
}


_ALL: Final = "`--all` tells them"


@dataclass(frozen=True, slots=True)
class Flip:
    """A claim whose verdict is not the same in both columns."""

    old: Result
    new: Result


@dataclass(frozen=True, slots=True)
class Compared:
    """One run of `diff`. `flips`: None if claims were not asked; `asked`: how many were; `left_out`: which
    were not. `failing`: it is a difference that is not allowed. `repeat`: the command. Time in seconds.
    """

    difference: Difference
    flips: tuple[Flip, ...] | None
    asked: int
    failing: bool
    repeat: str
    seconds: float
    left_out: tuple[LeftOut, ...] = ()

    @property
    def code(self) -> int:
        codes = [NO_ANSWER if self.difference.undecided else AS_EXPECTED]
        codes += [NOT_AS_EXPECTED] if self.failing else []
        undecided = (not each.decided for flip in self.flips or () for each in (flip.old, flip.new))
        codes += [NO_ANSWER] if any(undecided) else []
        return exit_code(codes)


# --------------------------------------------------------------------- text


def diff_paragraphs(compared: Compared, *, stories: bool, full: bool = False) -> tuple[Paragraph, ...]:
    """Return the whole report. `stories`: tell every check of every example, in both columns, and of claims
    whose verdict changes. `full`: tell in full also the cases in which nothing but codes changes, and quote
    the words that turn a case.
    """
    found = compared.difference
    told: set[str] = set()
    whole = [each for each in found.changes if full or stories or each.kind in ACCEPTING]
    changes = [(each.kind, tuple(_change(found, each, told, stories=stories, full=full))) for each in whole]
    flips = tuple(_flips(compared, stories=stories))
    codes = tuple(_only_codes(found, [each for each in found.changes if each not in whole]))
    left_out = tuple(left_out_paragraphs(compared.left_out))
    summary, ending = tuple(_summary(found)), tuple(_ending(compared))
    if full or stories:
        return joined((summary, flips, *(each for _, each in changes), codes, left_out, ending))
    kinds = (tuple(each for kind, each in changes if kind == asked) for asked in ACCEPTING)
    cases = (Part((), (each[0], *((BLANK, *more) for more in each[1:])), _ALL) for each in kinds if each)
    turned = tuple(each.new.claim.number for each in _in_order(compared.flips or ()))
    lists = (
        replace(listed_part(flips, _ALL), names=turned),
        *cases,
        *(listed_part(each, _ALL) for each in (codes, left_out)),
    )
    return one_page((Part(summary), *lists, Part(ending)))


def _summary(found: Difference) -> Iterator[Paragraph]:
    """Yield in two or three sentences what the edit does."""
    yield paragraph(Words(f"What {found.new} decides differently from {found.old}", "heading"))
    if found.undecided:
        yield paragraph(Words("Unknown: ", "warning"), f"{found.undecided}.", indent=2)
        return
    if found.same:
        yield paragraph(
            Words("Nothing. ", "good"),
            "In every situation, for any number of parties, both accept the same requests and reject the "
            "others by the same checks. This is proved.",
            indent=2,
        )
        return
    said = found.relation if found.relation != "equivalent" else f"equivalent, but for {_but_for(found)}"
    yield paragraph(Words(f"{capital(said)}. ", "strong"), " ".join(_what_it_does(found)), indent=2)
    if any(1 < len(found.of(kind)) <= FEW for kind in _KINDS):
        told = (
            "A request may fall under several cases of a kind. Which checks refuse it is said of those that "
            "fall under that case alone."
        )
        yield paragraph(told, indent=2)


def _what_it_does(found: Difference) -> Iterator[str]:
    """Yield a sentence for what is accepted now or no more, for what else changes, and for how sure it is."""
    accepted, rejected = len(found.of("newly accepted")), len(found.of("newly rejected"))
    more = f"{found.new} accepts requests that {found.old} does not, in {_cases(accepted)}"
    less = f"does not accept some that {found.old} accepts, in {_cases(rejected)}"
    match bool(accepted), bool(rejected):
        case True, True:
            yield f"{more}, and {less}."
        case True, False:
            yield f"{more}; it accepts all that {found.old} accepts."
        case False, True:
            yield f"{found.new} {less}; it accepts nothing new."
        case _:
            yield "Both accept the same requests."
    for kind in (each for each in _KINDS if each not in ACCEPTING and found.of(each)):
        yield f"In {_cases(len(found.of(kind)))} there are {_KINDS[kind]}."
    yield _exactness(found)


def _cases(count: int) -> str:
    return f"{count} case{'' if count == 1 else 's'}"


def _but_for(found: Difference) -> str:
    """What is not the same although both accept the same requests."""
    codes = bool(found.of("differently rejected"))
    requests = any(found.of(kind) for kind in OF_REQUESTS)
    return " and ".join((*(("codes",) if codes else ()), *(("what is a request",) if requests else ())))


def _exactness(found: Difference) -> str:
    few = "case is" if len(found.changes) == 1 else "cases are"
    return (
        f"The {few} exactly the difference, in every situation and for any number of parties; this is proved."
    )


def _change(
    found: Difference, change: Change, told: set[str], *, stories: bool, full: bool
) -> Iterator[Paragraph]:
    """Yield one case; `told`: the exemptions whose words were quoted before."""
    telling = Telling.of(found, change)
    yield paragraph(Words(f"{capital(change.label)}: ", "heading"), "a request where", hang=2)
    for each in telling.in_words():
        yield paragraph(each, indent=2, bullet="- ")
    yield from _outcomes(telling)
    if full:
        yield from _turning(telling, told)
    else:
        yield from _turning_in_short(telling)
    yield from telling.example()
    if stories:
        for column, step in zip((found.old, found.new), telling.steps(), strict=True):
            yield from step_paragraphs(step, f"Asked, in {column}: ")


def _outcomes(telling: Telling) -> Iterator[Paragraph]:
    found, change = telling.found, telling.change
    sides = zip((found.old, found.new), change.decisions, change.always, telling.steps(), strict=True)
    for column, decision, always, step in sides:
        told_of = telling.outcome(decision, always, step)
        yield paragraph(Words(f"in {column}: ", "strong"), told_of, indent=2, hang=2)


def _turning(telling: Telling, told: set[str]) -> Iterator[Paragraph]:
    """Yield the checks that decide differently, with the words that do it."""
    turning = telling.turning()
    for column in dict.fromkeys(column for column, _ in turning):
        yield paragraph(Words(f"What turns it, in {column}", "strong"), indent=2)
        for check in (check for at, check in turning if at == column):
            yield from check_paragraphs(
                check, quoted=check.outcome == "refuses" or not told.issuperset(check.by)
            )
            told.update(check.by)


def _turning_in_short(telling: Telling) -> Iterator[Paragraph]:
    """Yield the exemptions that turn the case; of a check that refuses, the outcome says so."""
    exempt: dict[tuple[Column, str], list[str]] = {}
    for column, check in telling.turning():
        for limb in check.by if check.outcome == "exempted" else ():
            exempt.setdefault((column, limb), []).append(check.clause or check.name)
    for (column, limb), of in exempt.items():
        said = f"in {column}, {limb} exempts it from {listed(dict.fromkeys(of), 'and')}."
        yield paragraph(Words("What turns it: ", "strong"), said, indent=2, hang=2)


def _only_codes(found: Difference, changes: Sequence[Change]) -> Iterator[Paragraph]:
    """Yield a line for each case in which a request stays rejected, or is none on one side."""
    if changes:
        yield paragraph(Words("Rejected before and after", "heading"), " (`--all` tells these in full)")
    labels: dict[str, list[str]] = {}
    for change in changes:
        telling = Telling.of(found, change)
        sides = zip(change.decisions, change.always, telling.steps(), strict=True)
        first, second = (telling.outcome(*each).rstrip(".") for each in sides)
        said = f"in {found.old} {first}; in {found.new} {second}."
        labels.setdefault(said, []).append(change.label)
    for said, alike in labels.items():
        yield paragraph(f"{capital(listed(alike, 'and'))}: {said}", indent=2, bullet="- ")


@dataclass(frozen=True, slots=True)
class Telling:
    """One change, in the names of its example."""

    found: Difference
    change: Change
    story: Story

    @classmethod
    def of(cls, found: Difference, change: Change) -> Telling:
        """The change, ready for the report."""
        example = change.example
        return cls(found, change, Story.of(found.regime, example.claim, example.column, example.evidence))

    @property
    def names(self) -> Names:
        """What things are called."""
        return self.story.names

    def conditions(self) -> Iterator[str]:
        """Yield a sentence for each condition of the case."""
        yield from self._sentences(self.change.case.conditions)

    def in_words(self) -> Iterator[str]:
        """Yield the same in the words of the law, where a limb of it says just that."""
        said, others = self._in_words_of_the_law()
        yield from said
        yield from self._sentences(others)

    def _sentences(self, conditions: tuple[Formula, ...]) -> Iterator[str]:
        yield from Conditions(self.names.model, conditions, dict(self._limbs())).sentences()

    def _in_words_of_the_law(self) -> tuple[list[str], tuple[Formula, ...]]:
        """Return what the conditions say in the words of limbs, and the conditions that are left. Words that
        a reading takes otherwise, and limbs of which a part is inferred, are not what the conditions say.
        """
        left, told = list(self.change.case.conditions), []
        plain = [(column, rules) for column, (rules, _) in self.found.laws.items() if not column.readings]
        limbs = [(c, *each) for c, rules in plain for m in rules.values() for each in plain_limbs_of(m, R)]
        for column, parts, limb in reversed(limbs):
            inferred = any(not each.phrases for each in limb.items)
            phrases = [phrase for item in limb.items for phrase in item.phrases]
            words = " ".join(each.text for each in phrases if each.clause == limb.clause)
            if words and not inferred and len(parts) > 1 and all(each in left for each in parts):
                left = [each for each in left if each not in parts]
                told.append(f"it is, as {limb.clause} has it in {column}, {quoted(words)}")
        return told, tuple(left)

    def _limbs(self) -> Iterator[tuple[Formula, str]]:
        """Yield the limbs of both columns, as conditions; one that only a column has is said to be of it."""
        found: dict[Formula, dict[Column, str]] = {}
        for column, (rules, _) in self.found.laws.items():
            for formula, clause in (pair for model in rules.values() for pair in limbs_of(model, R)):
                found.setdefault(formula, {})[column] = clause
        for formula, clauses in found.items():
            (clause, *others) = dict.fromkeys(clauses.values())
            shared = not others and len(clauses) == len(self.found.laws)
            yield formula, clause if shared else f"{clause} in {next(iter(clauses))}"

    def outcome(self, decision: Decision, always: tuple[str, ...], step: StepNote) -> str:
        """Say what becomes of the requests of the case, or at least of the example."""
        if step.outcome == "no request":
            return f"not a request: {' and '.join(step.lacks)}."
        if decision.accepted:
            return "accepted."
        at = self._stage(decision.refused_at) if decision.refused_at else "?"
        known = [each.check for each in decision.refusing if each.check.name in always]
        others = [each.check for each in decision.refusing if each.check.name not in always]
        told = checks_with_codes(known or others)
        more = "" if known else ", for instance"
        return f"refused at {at} by {told}{more}."

    def _stage(self, instance: Instance) -> str:
        """Say where the requests of the case are refused: at which of several instances is the example's."""
        name, _ = instance
        indexed = self.names.model.components[name].index is not None
        return f"the {name}" if indexed else self.names.component(instance)

    def steps(self) -> tuple[StepNote, StepNote]:
        """The example, decided in the old and in the new column."""
        (old, new), (first, second) = self.change.decisions, self.change.strange
        return self._step(self.found.old, old, first), self._step(self.found.new, new, second)

    def _step(self, column: Column, decision: Decision, strange: Strange) -> StepNote:
        teller = Teller(self.names, self.found.laws[column][0])
        told = teller.request(self.change.situation, decision)
        return no_request(self.names.model, told, strange) if strange else told

    def turning(self) -> list[tuple[Column, CheckNote]]:
        """The checks that decide the example differently, in the column in which more can be said of them."""
        old, new = (_checks(each) for each in self.steps())
        found = []
        for key in dict.fromkeys((*old, *new)):
            before, after = old.get(key), new.get(key)
            if before is None or after is None or before.outcome != after.outcome:
                told = after if after is not None and after.outcome != "passes" else before
                side = self.found.new if told is after else self.found.old
                if told is not None and told.outcome in ("refuses", "exempted"):
                    found.append((side, told))
        return found

    def example(self) -> Iterator[Paragraph]:
        """Yield the example: the facts it rests on, and the request."""
        yield paragraph(Words("For example", "strong"), indent=2)
        opening = self.story.opening()
        yield from (paragraph(f"{each}.", indent=4, bullet="- ") for each in opening)
        yield paragraph(f"{self.steps()[0].sentence}.", indent=4, bullet="> ")
        if not self.change.example.evidence.arises:
            yield paragraph(DOUBT, indent=4)


def quoted(words: str) -> str:
    """Return words of the law, put together of phrases, in quotation marks."""
    together = re.sub(r" (?=[.,;:])", "", words)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{together}\N{RIGHT DOUBLE QUOTATION MARK}"


def _checks(step: StepNote) -> dict[tuple[str, str], CheckNote]:
    """The checks on the way, reached or not, by component and name."""
    return {(stage.component, each.name): each for stage in step.stages for each in stage.checks}


# -------------------------------------------------------------------- claims


def _flips(compared: Compared, *, stories: bool) -> Iterator[Paragraph]:
    """Yield the claims that turn, each with what decides it where it is refuted, or with their stories."""
    found, flips = compared.difference, compared.flips
    if flips is None:
        return
    yield paragraph(Words("Claims whose verdict changes", "heading"))
    if not flips:
        yield paragraph(f"None of the {compared.asked} claims that were asked.", indent=2)
        return
    ordered = _in_order(flips)
    for flip in ordered:
        claim = flip.new.claim
        yield paragraph(
            Words(f"{claim.number} {claim.name}: ", "strong"),
            f"{_verdict(flip.old)} in {found.old}, {_verdict(flip.new)} in {found.new}",
            indent=2,
            hang=2,
        )
        for result in (each for each in (flip.old, flip.new) if each.verdict == "refuted" and not stories):
            yield paragraph(decided_by(narrate(found.regime, result)), indent=6)
    if stories:
        yield BLANK
    for result in (result for flip in ordered for result in (flip.old, flip.new) if stories):
        yield from case_paragraphs(result, narrate(found.regime, result))


def _in_order(flips: Iterable[Flip]) -> list[Flip]:
    return sorted(flips, key=lambda each: claim_key(each.new.claim))


def _verdict(result: Result) -> str:
    return f"{result.verdict}, of nothing," if result.vacuous else result.verdict


def _ending(compared: Compared) -> Iterator[Paragraph]:
    found = compared.difference
    if found.beside:
        listed = ", ".join(found.beside)
        yield paragraph(
            Words("Different, too: ", "warning"),
            f"{listed}. The cases say what that does to decisions and no more; claims may turn on it "
            "(`--claims` asks them).",
        )
    number = len(found.results)
    told = f"{number} claim{'s' * (number != 1)} proved" if number and not found.undecided else "Not decided"
    yield paragraph(f"{told}. {compared.seconds:.1f} s")
    yield row(f"Repeat with: {compared.repeat}")
