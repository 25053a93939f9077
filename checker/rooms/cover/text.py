"""The report of `cover`: which edits of a law are noticed, by which claims, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checker.exits import AS_EXPECTED, GATE_FAILED, NO_ANSWER, exit_code
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.expressions import Counted, Formula, Not, Quantified
from checker.prove.left_out import LeftOut, left_out_of
from checker.regime.regime import Regime
from checker.report.not_asked import left_out_paragraphs
from checker.report.one_page import Part, listed_part, one_page
from checker.report.paper import Paragraph, Style, Words, joined, paragraph, row
from checker.rooms.cover.edits import Edit
from checker.rooms.cover.find import Coverage, Plan, Unseen, Weight
from checker.rooms.diff.unproved_cases import R
from checker.story.case_conditions import Conditions
from checker.story.steps_told import place_of

_WEIGHTS: Final[dict[Weight, tuple[str, str, Style]]] = {
    "noticed": ("noticed by a claim", "noticed by a claim", "good"),
    "nothing changes": (
        "changes nothing at all, which is proved: the words carry no weight",
        "change nothing at all, which is proved: the words carry no weight",
        "quiet",
    ),
    "not compared": (
        "is of what happens or is supposed, and no claim here turns on it",
        "are of what happens or is supposed, and no claim here turns on them",
        "quiet",
    ),
    "unnoticed": (
        "changes decisions and no claim notices: a claim is missing",
        "change decisions and no claim notices: a claim is missing",
        "bad",
    ),
    "unknown": ("unknown", "unknown", "warning"),
}
"""What is said of one edit, and of several."""

_TITLES: Final[dict[Weight, str]] = {
    "unnoticed": "Decisions change, and no claim notices",
    "unknown": "Unknown",
    "nothing changes": "Nothing changes",
    "not compared": "What happens or is supposed, and no claim here turns on it",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """One run of `cover`: every edit with what became of it. `repeat`: the command. Time in seconds.
    `shown`: the edited laws that there is evidence of, if it was written.
    """

    plan: Plan
    edits: tuple[tuple[Edit, Coverage], ...]
    repeat: str
    seconds: float
    shown: frozenset[Column] | None = None

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The claims that cannot be asked of the version, and those that have no verdict in it."""
        undecided = (
            LeftOut(each.claim, each.column, f"is {each.verdict} as the law stands: {each.reason}")
            for each in self.plan.undecided
        )
        return (*left_out_of(self.regime, self.regime.claims, (self.column,)), *undecided)

    @property
    def regime(self) -> Regime:
        """The law, with every edit as a reading."""
        return self.plan.law

    @property
    def column(self) -> Column:
        """The version that is edited."""
        return self.plan.column

    def of(self, weight: Weight) -> tuple[tuple[Edit, Coverage], ...]:
        """The edits of a weight."""
        return tuple(pair for pair in self.edits if pair[1].weight == weight)

    def is_shown(self, edit: Edit) -> bool | None:
        """Whether there is evidence for the edit's weight; None if no evidence was written."""
        return None if self.shown is None else self.plan.column_of(edit) in self.shown

    @property
    def code(self) -> int:
        codes = {"unnoticed": GATE_FAILED, "unknown": NO_ANSWER}
        unsure = (NO_ANSWER,) if self.plan.undecided else ()
        return exit_code((*unsure, *(codes.get(found.weight, AS_EXPECTED) for _, found in self.edits)))


# --------------------------------------------------------------------- text


def cover_paragraphs(covered: Covered, *, full: bool) -> tuple[Paragraph, ...]:
    """Return the number of edits of each weight, and every edit that no claim notices. `full`: each of those
    of what happens or is supposed, too; else they are counted by rule.
    """
    counts = Counter(found.weight for _, found in covered.edits)
    edits = f"{len(covered.edits)} edit{'' if len(covered.edits) == 1 else 's'}"
    head = [paragraph(Words(f"{edits} of {covered.column}", "heading"))]
    for weight, (one, several, style) in _WEIGHTS.items():
        if counts[weight]:
            said = one if counts[weight] == 1 else several
            head.append(paragraph(Words(said, style), indent=7, bullet=f"{counts[weight]:>5}  "))
    lists = [
        tuple(_counted(covered) if weight == "not compared" and not full else _listed(covered, weight))
        for weight in _TITLES
    ]
    bare = (*_without_evidence(covered), *left_out_paragraphs(covered.left_out))
    ending = (paragraph(f"{covered.seconds:.1f} s"), row(f"Repeat with: {covered.repeat}"))
    if full:
        return joined((tuple(head), *lists, bare, ending))
    cut = (listed_part(each, "`--all` tells them") for each in (*lists, bare))
    return one_page((Part(tuple(head)), *cut, Part(ending)))


def _counted(covered: Covered) -> Iterator[Paragraph]:
    """Yield a line for each rule: how many of its edits are not compared, and of which kinds."""
    rules: dict[tuple[str, str], Counter[str]] = {}
    for edit, _ in covered.of("not compared"):
        key = edit.called, place_of(edit.span)
        rules.setdefault(key, Counter())[edit.how] += 1
    if rules:
        yield paragraph(Words(_TITLES["not compared"], "heading"), " (`--all` tells each edit)")
    for (called, place), kinds in rules.items():
        told = ", ".join(f"{kind} {count}" if count > 1 else kind for kind, count in kinds.items())
        yield paragraph(
            Words(called, "strong"), f": {told}", Words(f" [{place}]", "quiet"), bullet="- ", hang=2
        )


def _listed(covered: Covered, weight: Weight) -> Iterator[Paragraph]:
    pairs = covered.of(weight)
    if pairs:
        yield paragraph(Words(_TITLES[weight], "heading"))
    for edit, found in pairs:
        yield paragraph(
            Words(f"{edit.called}, ", "strong"),
            edit.told,
            Words(f" [{place_of(edit.span)}]", "quiet"),
            bullet="- ",
            hang=2,
        )
        if found.reason:
            yield paragraph(found.reason, indent=4)
        for unseen in found.unseen[:1]:
            yield paragraph(said_of(covered, unseen), indent=4, hang=2)


def _without_evidence(covered: Covered) -> Iterator[Paragraph]:
    """Yield which edits the evidence says nothing about: of what is not compared, nothing is claimed."""
    bare = tuple(pair for pair in covered.edits if covered.is_shown(pair[0]) is False)
    if covered.shown is None:
        return
    counts = Counter(found.weight for _, found in bare)
    told = f"Evidence of {len(covered.edits) - len(bare)} edits is written."
    others = len(bare) - counts["not compared"]
    left = f"{counts['not compared']} are not compared, and {others} others have none"
    yield paragraph(f"{told} {left}{':' if others else '.'}")
    for edit, found in bare:
        if found.weight != "not compared":
            yield paragraph(Words(f"{edit.called}, ", "strong"), edit.told, bullet="- ", hang=2)


def said_of(covered: Covered, unseen: Unseen) -> str:
    """Return which requests are decided differently, as a sentence in the words of the law."""
    told = "; ".join(_sentences(covered, unseen))
    before, after = (", ".join(each) for each in (unseen.before, unseen.after))
    outcomes = {
        "newly accepted": f"accepted, no longer rejected by {before}" if before else "newly accepted",
        "newly rejected": f"rejected by {after}, no longer accepted" if after else "no longer accepted",
        "differently rejected": f"rejected by {after}, before by {before}",
        "newly a request": "rejected, and no request before",
        "no longer a request": "no request any more, rejected before",
    }
    return f"For instance {outcomes[unseen.kind]}{f', where {told}' if told else ''}."


def _sentences(covered: Covered, unseen: Unseen) -> Iterator[str]:
    model = covered.regime.model(covered.column)
    try:
        formulas = tuple(covered.regime.parse_formula(each, requests=(R,)) for each in unseen.conditions)
    except SpecError:
        yield from unseen.conditions
        return
    plain = tuple(each for each in formulas if not _quantified(each))
    yield from Conditions(model, plain).sentences()
    if len(plain) < len(formulas):
        yield "and more"


def _quantified(formula: Formula) -> bool:
    """Whether it is a quantifier, or the negation of one: too long for a list."""
    return isinstance(formula.body if isinstance(formula, Not) else formula, Quantified | Counted)


# ------------------------------------------------------------------ Markdown


def cover_markdown(covered: Covered) -> str:
    """Return the whole as a page: counts, what is not noticed and why, and who notices the rest."""
    counts = Counter(found.weight for _, found in covered.edits)
    lines = [
        f"# Which words of {covered.column} carry weight",
        "",
        f"Written by `{covered.repeat} --format markdown`, not by hand. Every phrase is struck, negated,",
        "widened and narrowed, every rule and supposition dropped, one at a time.",
        "",
        "| edits | |",
        "|---|---|",
        *(
            f"| {counts[weight]} | {one if counts[weight] == 1 else several} |"
            for weight, (one, several, _) in _WEIGHTS.items()
            if counts[weight]
        ),
    ]
    for weight, title in _TITLES.items():
        pairs = covered.of(weight)
        if pairs:
            lines += ["", f"## {title}", ""]
        for edit, found in pairs:
            lines.append(f"- **{edit.called}**, {escaped(edit.told)} ({place_of(edit.span)})")
            lines += [f"  {escaped(found.reason)}"] if found.reason else []
            lines += [f"  {escaped(said_of(covered, each))}" for each in found.unseen[:1]]
    lines += ["", "## Noticed", "", "| rule | edit | noticed by |", "|---|---|---|"]
    for edit, found in covered.of("noticed"):
        by = "; ".join(f"{each.number} ({each.before} → {each.after})" for each in found.notices)
        lines.append(f"| {edit.called} | {escaped(edit.told)} | {by} |")
    return "\n".join((*lines, ""))


def escaped(text: str) -> str:
    """Return a text as it stands in a Markdown table."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "\\<")
