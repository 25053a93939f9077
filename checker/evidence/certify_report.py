"""The result of re-checking, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.evidence.missing_entries import Missing
from checker.evidence.recheck_folder import Certificate
from checker.exits import GATE_FAILED, INTERNAL, NO_ANSWER, exit_code
from checker.logic.script_solvers import version_of
from checker.report.paper import BLANK, Paragraph, Words, paragraph


@dataclass(frozen=True, slots=True)
class Certified:
    """`problems`: what is wrong with the folder as a whole. `solvers`: those that were asked. `seconds`:
    wall-clock time. `missing`: claims and columns without an entry. `former`: where the second law in the
    folder is from, if there is one.
    """

    problems: tuple[str, ...]
    entries: tuple[Certificate, ...]
    solvers: tuple[str, ...]
    seconds: float
    missing: tuple[Missing, ...] = ()
    former: str = ""

    @property
    def rejected(self) -> tuple[Certificate, ...]:
        return tuple(each for each in self.entries if each.wrong)

    @property
    def code(self) -> int:
        """5 if anything is rejected, 4 if a claim is vacuous, 3 if a verdict is unknown or bounded."""
        codes = [INTERNAL for _ in (*self.problems, *self.rejected)]
        codes += [GATE_FAILED for each in self.entries if each.vacuous]
        codes += [NO_ANSWER for each in self.entries if each.open]
        return exit_code(codes)

    @property
    def obligations(self) -> int:
        return sum(each.obligations for each in self.entries)

    @property
    def stories(self) -> int:
        return sum(each.stories for each in self.entries)

    def solver_seconds(self, solver: str) -> float:
        """The time in seconds that a solver took for all obligations."""
        return sum(each.seconds.get(solver, 0.0) for each in self.entries)


def certified_paragraphs(found: Certified) -> Iterator[Paragraph]:
    """Yield what is rejected and why, what is vacuous, what is unknown or bounded, and the summary."""
    for problem in found.problems:
        yield paragraph(Words("Rejected: ", "bad"), f"{problem}.", hang=2)
    for each in found.rejected:
        yield paragraph(Words("Rejected: ", "bad"), f"{each.subject}.", hang=2)
        for reason in each.wrong:
            yield paragraph(f"{reason}.", indent=2, bullet="- ")
    for each in found.entries:
        if each.vacuous and not each.wrong:
            yield paragraph(Words("Vacuous: ", "warning"), f"{each.subject}.", hang=2)
        if each.open and not each.wrong:
            yield paragraph(Words("No verdict: ", "warning"), f"{each.subject}.", hang=2)
    for one in found.missing:
        said = f"claim{'s' * (len(one.claims) != 1)} {', '.join(one.claims)}" if one.claims else "any claim"
        yield paragraph(Words("Not in the folder: ", "warning"), f"{said} in {one.column}.", hang=2)
    if found.former:
        yield paragraph(f"The law is compared with {found.former}.", hang=2)
    if found.problems or found.rejected or found.missing or found.former:
        yield BLANK
    yield _sum(found)


def _sum(found: Certified) -> Paragraph:
    good = [each for each in found.entries if not (each.wrong or each.open)]
    if found.problems or found.rejected:
        judged = Words("The evidence is rejected", "bad")
    else:
        judged = Words("The evidence is certified", "good")
    solvers = " and ".join(
        f"{name} {version_of(name)} ({found.solver_seconds(name):.1f} s)" for name in found.solvers
    )
    return paragraph(
        judged,
        f": {len(good)} of {len(found.entries)} entries hold. {found.obligations} obligations were put to "
        f"{solvers}; {found.stories} stories were replayed. {found.seconds:.1f} s",
    )
