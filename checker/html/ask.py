"""Making pages of answers that a law has given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from checker.html.contents import Contents
from checker.html.folder import write_page
from checker.html.stories import Quoted, diagram_of_request, quoted_once
from checker.interface.loaded_law import LoadedLaw
from checker.report.rendering import render
from checker.results.answer import Answer
from checker.results.proofs import Proofs
from checker.results.redlined import RedlinedLaw
from checker.results.register import OpenPoints
from checker.rooms.cover.answer import Edits
from checker.rooms.diff.answer import DifferenceCase, Differences
from checker.rooms.rollout.answer import Mixtures
from checker.story.outcomes import outcome_words
from checker.story.wording import clause_and_name

_HERE: Final = "checker.html"


@dataclass(frozen=True, slots=True)
class Report:
    """A report: one page of HTML, and the code that the command exits with."""

    html: str = field(repr=False)
    exit: int
    law: LoadedLaw = field(repr=False)

    def write(self, folder: str | Path) -> Path:
        """Write the page into a folder of its own, whole or not at all; return where it is. SpecError if that
        is not possible.
        """
        return write_page(self.law, Path(folder), self.html)


def page_of(contents: Contents) -> str:
    """Return a self-contained page of HTML, without script; nothing is loaded."""
    return filled("page.html.jinja", contents)


def filled(template: str, contents: Contents, **more: object) -> str:
    """Return a template with answers filled in, and what else it names."""
    return render(
        _HERE,
        template,
        page=contents,
        clause_and_name=clause_and_name,
        drawn=diagram_of_request,
        turning=_turning,
        outcome=lambda step: "".join(outcome_words(step)),
        **more,
    )


def _turning(case: DifferenceCase) -> dict[str, tuple[Quoted, ...]]:
    """Return the checks that turn a case, by the column that they are told in."""
    told: set[str] = set()
    columns = dict.fromkeys(each.column for each in case.turns_on)
    checks = {name: [each.check for each in case.turns_on if each.column == name] for name in columns}
    return {name: tuple(quoted_once(found, told)) for name, found in checks.items()}


def page(law: LoadedLaw, answers: Sequence[Answer], title: str, command: str) -> str:
    """Return a page of answers of a law. TypeError for one of which there is no page: of `who`, `lint`,
    `explain`, `certify` and `export`.
    """
    made = Contents(law, command, title or " and ".join(map(_titled, answers)), "")
    for each in answers:
        match each:
            case Proofs():
                made = replace(made, proofs=each)
            case RedlinedLaw():
                made = replace(made, redlined=each)
            case Differences():
                made = replace(made, differences=each)
            case Mixtures():
                made = replace(made, mixtures=each)
            case OpenPoints():
                made = replace(made, register=each)
            case Edits():
                made = replace(made, edits=each)
            case _:
                raise TypeError(f"there is no page of {type(each).__name__}")
    return page_of(made)


def _titled(answer: Answer) -> str:
    """What a page of one answer is called."""
    match answer:
        case Proofs():
            return "Claims and what was found"
        case RedlinedLaw(against=None):
            return f"The law in {answer.column.text}"
        case RedlinedLaw(against=against):
            return f"The law in {answer.column.text}, as changes of {against}"
        case Differences():
            return f"What {answer.new.text} decides differently from {answer.old.text}"
        case Mixtures():
            return f"Bringing {answer.new.text} into use in place of {answer.old.text}"
        case OpenPoints():
            return "Register of open points"
        case Edits():
            return f"Edits of {answer.column.text}"
        case _:
            return type(answer).__name__
