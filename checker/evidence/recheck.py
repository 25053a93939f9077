"""One entry of an evidence folder against the law and the claim that it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from checker.engines import demands
from checker.engines.confirm import NotReplayed, Replayer
from checker.engines.grounds import replay_grounds
from checker.engines.job import Job, jobs_for
from checker.engines.problem import GaveUp
from checker.engines.question import Question
from checker.engines.verdict import Evidence, Strategy
from checker.engines.witness import witness_of
from checker.engines.workbench import Place, Workshop
from checker.evidence.itf import Json, NoTrace, Object, from_itf
from checker.evidence.record import Strategies, Unreadable
from checker.evidence.scripts import Script, ground_scripts, verdict_scripts
from checker.evidence.write import place_json, stays, story_text
from checker.language.diagnostics import SpecError
from checker.model.claim import Claim, Column
from checker.regime.regime import Regime
from checker.reports.machine import column_json


class Wrong(Exception):
    """Why an entry is rejected, as a sentence without a final period."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What an entry came to, its obligations not yet put to a solver. `place`: the law that it is about."""

    subject: str
    wrong: tuple[str, ...] = ()
    scripts: tuple[Script, ...] = ()
    place: Place | None = None
    open: bool = False
    vacuous: bool = False
    stories: int = 0


def place_of(entry: Json) -> Object:
    """The law that grounds, or a verdict's reference to them, name; nothing if they name none."""
    match entry:
        case {"law": str(law), "versions": list(versions), "moving": bool(moving)}:
            return {"law": law, "versions": versions, "moving": moving}
        case _:
            return {}


class Rechecker:
    """Rebuilds what entries need from the law, and compares. `files`: those of the folder, by name."""

    def __init__(self, regime: Regime, files: Mapping[str, str]) -> None:
        self.regime = regime
        self.files = files

    # ------------------------------------------------------------- grounds

    def grounds(self, entry: Json) -> Rechecked:
        """What all verdicts about one law rest on."""
        subject = f"the grounds of {place_of(entry).get('law', 'an unnamed law')}"
        try:
            return self._grounds(subject, entry)
        except (Wrong, NoTrace, NotReplayed, Unreadable, GaveUp) as wrong:
            return Rechecked(subject, (str(wrong),))

    def _grounds(self, subject: str, entry: Json) -> Rechecked:
        match entry:
            case {"checked": bool(checked), "story": str(story), "obligations": list(listed)}:
                pass
            case _:
                raise Wrong("the entry of the manifest is not one for grounds")
        place = self._place(entry)
        question = Question.about(self.regime, place)
        start = self._story(question, story)
        replay_grounds(question, start)
        scripts = ground_scripts(question, checked=checked)
        self._same_story(question, story, start)
        wrong = tuple(self._same_scripts(scripts, listed))
        return Rechecked(subject, wrong, scripts, place, stories=1)

    def _place(self, entry: Json) -> Place:
        match place_of(entry):
            case {"law": str(law), "versions": [*versions], "moving": bool(moving)}:
                names = tuple(each for each in versions if isinstance(each, str))
                if any(each not in self.regime.versions for each in names) or len(names) < len(versions):
                    raise Wrong("there is no such version")
                return self._column(law), names, moving
            case _:
                raise Wrong("the entry of the manifest names no law")

    def _column(self, text: str) -> Column:
        try:
            return self.regime.parse_column(text)
        except SpecError as wrong:
            raise Wrong(f"`{text}` is no column: {wrong.diagnostics[0].message}") from wrong

    # ------------------------------------------------------------ verdicts

    def verdict(self, entry: Json) -> Rechecked:
        """One verdict on one claim in one column."""
        match entry:
            case {"claim": {"number": str(number), "name": str(name)}, "column": {"text": str(column)}}:
                subject = f"claim {number}, {name}, in {column}"
            case _:
                return Rechecked("a verdict", ("the entry of the manifest is not one for a verdict",))
        known = cast("Object", entry)
        try:
            return self._verdict(subject, known, self._claim(name, known), self._column(column))
        except (Wrong, NoTrace, NotReplayed, Unreadable, GaveUp) as wrong:
            return Rechecked(subject, (str(wrong),))
        except RecursionError:
            return Rechecked(subject, ("it nests too deep to be checked",))

    def _claim(self, name: str, entry: Object) -> Claim:
        claim = next((each for each in self.regime.claims if each.name == name), None)
        if claim is None:
            raise Wrong(f"there is no claim `{name}`")
        said = {
            "number": claim.number,
            "name": claim.name,
            "sentence": claim.sentence,
            "statement": claim.statement_text,
        }
        if entry["claim"] != said:
            raise Wrong("the claim says something else now")
        return claim

    def _verdict(self, subject: str, entry: Object, claim: Claim, column: Column) -> Rechecked:
        by, expected = entry.get("by"), entry.get("expected")
        if by is not None and not isinstance(by, str):
            raise Wrong("`by` is no clause")
        question = Question(self.regime, Job(claim, column, by=by))
        place = question.place(Workshop(self.regime, 0))
        self._same("column", entry.get("column"), column_json(column))
        self._same("expected", expected, _expected(claim, column, by))
        self._same("grounds", entry.get("grounds"), place_json(place))
        match entry.get("verdict"):
            case "proved" | "refuted" as verdict:
                return self._decided(Rechecked(subject, place=place), question, verdict, entry)
            case "unknown" | "bounded":
                return Rechecked(subject, place=place, open=True)
            case _:
                raise Wrong("it has no verdict")

    def _decided(
        self, so_far: Rechecked, question: Question, verdict: demands.Decided, entry: Object
    ) -> Rechecked:
        evidence = self._evidence(question, entry)
        demands.replay(question, verdict, evidence)
        vacuous, undecided = self._occurs(question, verdict, entry)
        if not undecided:
            self._same("reason", entry.get("reason"), demands.reason(question, verdict, evidence))
        scripts = verdict_scripts(question, verdict, evidence)
        listed = entry.get("obligations")
        wrong = tuple(self._same_scripts(scripts, listed if isinstance(listed, list) else []))
        stories = sum(1 for _ in _stories_of(entry))
        return replace(so_far, wrong=wrong, scripts=scripts, open=undecided, vacuous=vacuous, stories=stories)

    def _evidence(self, question: Question, entry: Object) -> Evidence:
        match entry:
            case {
                "ways": list(ways),
                "excluded": None | list() as excluded,
                "alone": bool(alone),
                "missing": str(missing),
                "story": None | str() as story,
                "cases": list(cases),
            }:
                pass
            case _:
                raise Wrong("the entry of the manifest lacks a part of the evidence")
        if missing and missing not in {each.label for each in question.cases}:
            raise Wrong(f"there is no case `{missing}`")
        told = Evidence() if story is None else self._told(question, story, entry)
        return replace(
            told,
            ways=self._strategies(question, ways),
            excluded=None if excluded is None else self._strategies(question, excluded),
            alone=alone,
            missing=missing,
            cases=tuple(self._told(question, each, entry) for each in cases),
        )

    def _strategies(self, question: Question, written: list[Json]) -> tuple[Strategy, ...]:
        model = next(iter(question.rules.values()))
        claim = question.job.claim
        variables = {each.name: each.sort for each in claim.variables if each.sort is not None}
        strategies = Strategies(self.regime, model, variables)
        found = tuple(map(strategies.read, written))
        for each, data in zip(found, written, strict=True):
            self._same("a strategy", data, strategies.written(each))
        return found

    def _occurs(self, question: Question, verdict: demands.Decided, entry: Object) -> tuple[bool, bool]:
        """Replay the witness of a claim that holds; answer whether the folder says that there is none, and
        whether it says that nobody knows.
        """
        witness, vacuous = entry.get("witness"), entry.get("vacuous")
        asked = witness_of(question.job.claim, question.statement) if question.universal else None
        if verdict != "proved" or asked is None:
            if witness is not None or vacuous is not False:
                raise Wrong("a witness is given for what needs none")
            return False, False
        if witness is not None:
            Replayer(question).shows(asked, self._told(question, witness, entry))
            return False, False
        undecided = str(entry.get("reason")).startswith(demands.UNDECIDED)
        if vacuous is not True and not undecided:
            raise Wrong("there is no witness that it speaks of anything")
        return vacuous is True, undecided

    # ------------------------------------------------------------- stories

    def _story(self, question: Question, name: Json) -> Evidence:
        if not isinstance(name, str) or name not in self.files:
            raise Wrong(f"the story `{name}` is missing")
        try:
            document = json.loads(self.files[name])
        except (ValueError, RecursionError) as wrong:
            raise Wrong(f"`{name}` is no JSON: {wrong}") from wrong
        try:
            return from_itf(document, next(iter(question.rules.values())))
        except NoTrace as wrong:
            raise Wrong(f"`{name}`: {wrong}") from wrong

    def _told(self, question: Question, name: Json, entry: Object) -> Evidence:
        """The story of a file that says nothing but what happens."""
        evidence = self._story(question, name)
        lasting = name == entry.get("story") and stays(question, entry.get("verdict"))
        self._same_story(question, name, evidence, stays=lasting)
        return evidence

    def _same_story(self, question: Question, name: Json, evidence: Evidence, *, stays: bool = False) -> None:
        trace = evidence.trace
        reason = None if trace is None else Replayer(question).problem(trace)
        if reason is not None:
            raise Wrong(f"`{name}`: {reason}")
        if self.files[str(name)] != story_text(self.regime, question, evidence, stays=stays):
            raise Wrong(f"`{name}` says something else than what happens in it")

    # --------------------------------------------------------- obligations

    def _same_scripts(self, scripts: Iterable[Script], listed: list[Json]) -> Iterator[str]:
        """Yield where the folder's obligations are not those that are needed."""
        needed = {each.obligation: each for each in scripts}
        said: dict[str, Object] = {}
        for each in listed:
            if not isinstance(each, Mapping) or not isinstance(each.get("name"), str):
                yield "an obligation of the manifest has no name"
                continue
            said[str(each["name"])] = each
        for name in needed.keys() - said.keys():
            yield f"the obligation `{name}` is missing"
        for name in said.keys() - needed.keys():
            yield f"the obligation `{name}` is none that the verdict needs"
        for name in sorted(needed.keys() & said.keys()):
            yield from self._same_script(needed[name], said[name])

    def _same_script(self, needed: Script, said: Object) -> Iterator[str]:
        file = said.get("file")
        if said.get("meaning") != needed.meaning or said.get("expected") != "unsat":
            yield f"the manifest says something else of the obligation `{needed.obligation}`"
        if not isinstance(file, str) or file not in self.files:
            yield f"the obligation `{needed.obligation}` has no file"
        elif self.files[file] != needed.text:
            yield f"`{file}` is not the obligation `{needed.obligation}` that law and claim ask for"

    def _same(self, what: str, said: Json, found: Json) -> None:
        if json.dumps(said, sort_keys=True) != json.dumps(found, sort_keys=True):
            raise Wrong(f"the manifest says something else of the {what} than law and claim do")


def _expected(claim: Claim, column: Column, by: str | None) -> str | None:
    """What the claim's author expects in the column."""
    jobs = (each for each in jobs_for((claim,)) if each.column == column and each.by == by)
    return next((each.expected for each in jobs), None)


def _stories_of(entry: Object) -> Iterator[str]:
    cases = entry.get("cases")
    for each in (entry.get("story"), entry.get("witness"), *(cases if isinstance(cases, list) else ())):
        if isinstance(each, str):
            yield each
