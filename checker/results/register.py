"""Open points, and the claims that turn on them: what `register` tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from checker.exits import exit_code
from checker.question.verdict import Result, VerdictName
from checker.regime.regime import Regime, SuppositionKind
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph, row
from checker.report.register_page import (
    Turn,
    inferences,
    placed,
    register_text,
    turns_on_reading,
    turns_on_supposition,
)
from checker.report.summary import result_code
from checker.results.answer import Answer, Frame, frame_of
from checker.results.files import check_place, write_files
from checker.story.steps_told import place_of


class ClaimTurning(Struct, frozen=True, kw_only=True):
    """A claim asked in a column with a point, and in the same one without: it turns on it if these differ."""

    claim: str
    name: str
    column: ToldColumn
    with_point: VerdictName
    without_point: VerdictName


class OpenPoint(Struct, frozen=True, kw_only=True):
    """A reading, or something that the spec takes for granted, adds or leaves out. `because`: why; `asked`:
    every claim that was asked both ways, whether it turns on the point or not.
    """

    kind: Literal["reading"] | SuppositionKind
    name: str
    sentence: str
    because: str
    place: str
    asked: tuple[ClaimTurning, ...]

    @property
    def turning(self) -> tuple[ClaimTurning, ...]:
        """The claims that turn on it."""
        return tuple(each for each in self.asked if each.with_point != each.without_point)


class Noted(Struct, frozen=True, kw_only=True):
    """Something else that the register lists. `name`: the rule of an `inference`, the deployment, or the
    clause or section that `words` are quoted from; `says`: what was inferred, what the deployment is, or why
    the words have no meaning, empty where nobody said.
    """

    kind: Literal["deployment", "inference", "not modelled", "not formalised", "uncited"]
    name: str
    words: tuple[str, ...]
    says: str
    place: str


class OpenPoints(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.register/1"):
    """Every open point of a law, what else the register lists (`noted`), and all of it as a page of
    Markdown.
    """

    command: str
    exit: int
    points: tuple[OpenPoint, ...]
    markdown: str
    shipped: bool
    noted: tuple[Noted, ...] = ()

    def paragraphs(self) -> Iterable[Paragraph]:
        """The page, line by line."""
        return tuple(map(row, self.markdown.splitlines()))

    def write(self, file: str | Path) -> None:
        """Write the page to a file, whole or not at all. SpecError if that is not possible."""
        place = Path(file)
        check_place(place)
        write_files(place.parent, {place.name: self.markdown})

    def frame(self) -> Frame:
        """A row for each point; `turning`: the numbers of the claims that turn on it."""
        return frame_of(
            (
                {
                    "kind": each.kind,
                    "name": each.name,
                    "sentence": each.sentence,
                    "because": each.because,
                    "asked": len(each.asked),
                    "turning": tuple(dict.fromkeys(one.claim for one in each.turning)),
                    "place": each.place,
                }
                for each in self.points
            ),
            ("kind", "name", "sentence", "because", "asked", "turning", "place"),
        )


def open_points_of(
    regime: Regime,
    results: Sequence[Result],
    expected: int,
    command: str,
    *,
    heading: str = "",
    shipped: bool,
) -> OpenPoints:
    """Return the register, from whatever results are given. `expected`: so many of them, the first ones,
    are what claims expect, and count for the exit code.
    """
    readings = (
        OpenPoint(
            kind="reading",
            name=each.name,
            sentence=each.sentence,
            because=each.because,
            place=place_of(each.span),
            asked=_turning(turns_on_reading(each.name, results)),
        )
        for each in regime.readings.values()
    )
    suppositions = (
        OpenPoint(
            kind=each.kind,
            name=each.name,
            sentence=each.sentence,
            because=each.because,
            place=place_of(each.span),
            asked=_turning(turns_on_supposition(each.name, results)),
        )
        for each in regime.suppositions.values()
    )
    return OpenPoints(
        command=command,
        exit=exit_code(map(result_code, results[:expected])),
        points=(*readings, *suppositions),
        markdown=f"{heading}{register_text(regime, results)}",
        shipped=shipped,
        noted=tuple(_noted(regime)),
    )


def _noted(regime: Regime) -> Iterator[Noted]:
    """Yield what the page lists besides open points, in its order."""
    for each in regime.deployments.values():
        where, deployed = place_of(each.span), tuple(placed(each))
        yield Noted(kind="deployment", name=each.name, words=deployed, says=each.sentence, place=where)
    for told in inferences(regime):
        yield Noted(kind="inference", name=told.rule, words=(), says=told.says, place=told.place)
    for left in regime.not_modelled:
        words, where = tuple(phrase.text for phrase in left.phrases), place_of(left.span)
        clause = left.phrases[0].clause if left.phrases else ""
        yield Noted(kind="not modelled", name=clause, words=words, says=left.why, place=where)
    for quote in regime.unformalised:
        where = place_of(quote.span)
        yield Noted(kind="not formalised", name=quote.clause, words=(quote.text,), says="", place=where)
    for source in regime.sources:
        for section in source.sections:
            for passage in section.passages:
                if passage.uncited:
                    name, where = f"{source.name} {section.name}", place_of(passage.span)
                    yield Noted(kind="uncited", name=name, words=passage.uncited, says="", place=where)


def _turning(found: Iterable[Turn]) -> tuple[ClaimTurning, ...]:
    return tuple(
        ClaimTurning(
            claim=each.number,
            name=each.name,
            column=told_column(each.column),
            with_point=each.with_point,
            without_point=each.without_point,
        )
        for each in found
    )
