"""Re-checks one entry of an evidence folder against its law and its claim."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from checker.blame.needed_words import Described, recheck_blame
from checker.evidence.compare_entry import differences
from checker.evidence.itf import Json, NoTrace, Object, from_itf
from checker.evidence.record import Clauses, Strategies, Unreadable
from checker.evidence.write import Asked, ground_entry, pinned_json, verdict_bundle
from checker.language.diagnostics import SpecError
from checker.model.claim import Claim, Column
from checker.model.expressions import Formula
from checker.model.mixture import common_model
from checker.question.jobs import Job, jobs_for, names_columns
from checker.question.problem import GaveUp
from checker.question.question import Question
from checker.question.transition_system import REQUEST
from checker.question.verdict import UNDECIDED, Evidence, Obligation, Result, Strategy, VerdictName
from checker.question.witness import witness_of
from checker.question.workbench import Place, Workshop
from checker.regime.pinned_facts import pinned
from checker.regime.regime import Regime
from checker.trusted import requirements
from checker.trusted.grounds import replay_grounds
from checker.trusted.region import LIMIT
from checker.trusted.replay import NotReplayed, Replayer

MOST = 1_000  # most grounds in an entry's blame, most clauses in an invariant, and most months
FARTHEST = 1_000_000  # of the months of the calendar


class Wrong(Exception):
    """Why an entry is rejected, as a sentence without a final period."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A rechecked entry, with its obligations (file -> script), which no solver has been asked about yet."""

    subject: str
    wrong: tuple[str, ...] = ()
    scripts: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    vacuous: bool = False
    stories: int = 0


def place_of(entry: Json) -> Object:
    """The law named by grounds, or by a verdict's reference to them; empty if they name none."""
    match entry:
        case {"law": str(law), "versions": list(versions), "moving": bool(moving)}:
            return {"law": law, "versions": versions, "moving": moving}
        case _:
            return {}


class Rechecker:
    """Rebuilds from the law what entries need, and compares. `files`: those of the folder, by name."""

    def __init__(self, regime: Regime, files: Mapping[str, str]) -> None:
        self.regime = regime
        self.files = files

    # ------------------------------------------------------------- grounds

    def grounds(self, entry: Json) -> Rechecked:
        """What all verdicts about one law rest on."""
        subject = f"the grounds of {place_of(entry).get('law', 'an unnamed law')}"
        return _judged(subject, lambda: self._grounds(subject, entry))

    def _grounds(self, subject: str, entry: Json) -> Rechecked:
        match entry:
            case {"checked": bool(checked), "story": str(story)}:
                known = cast("Object", entry)
            case _:
                raise Wrong("the entry of the manifest is not one for grounds")
        place = self._place(entry)
        question = Question.of_grounds(self.regime, place)
        start = self._story(question, story)
        with _telling(story):
            replay_grounds(question, start)
        needed = ground_entry(self.regime, place, start, _months(known, "months"), checked=checked)
        wrong = tuple(differences(known, self.files, needed))
        return Rechecked(subject, wrong, needed.scripts, stories=1)

    def _place(self, entry: Json) -> Place:
        match place_of(entry):
            case {"law": str(law), "versions": [*versions], "moving": bool(moving)}:
                names = tuple(each for each in versions if isinstance(each, str))
                known = all(each in self.regime.versions for each in names) and len(names) == len(versions)
                if not known or len(set(names)) < len(names) or (moving and not names):
                    raise Wrong("there are no such versions")
                return self._column(law), names, moving
            case _:
                raise Wrong("the entry of the manifest names no law")

    def _column(self, text: str) -> Column:
        try:
            return self.regime.parse_column(text)
        except SpecError as wrong:
            raise Wrong(f"`{text}` is not a column: {wrong.diagnostics[0].message}") from wrong

    # ------------------------------------------------------------ verdicts

    def verdict(self, entry: Json, folder: str) -> Rechecked:
        """One verdict on one claim in one column, whose files are in the folder."""
        match entry:
            case {"claim": {"number": str(number), "name": str(name)}, "column": {"text": str(column)}}:
                subject = f"claim {number}, {name}, in {column}"
            case _:
                return Rechecked("a verdict", ("the entry of the manifest is not one for a verdict",))
        known = cast("Object", entry)
        return _judged(
            subject,
            lambda: self._verdict(subject, known, self._claim(name, known), self._column(column), folder),
        )

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
        match entry["claim"]:
            case {"where": [*facts]} if facts and all(isinstance(each, str) for each in facts):
                claim = pinned(self.regime, claim, tuple(map(str, facts)))
        if entry["claim"] != {**said, **pinned_json(claim)}:
            raise Wrong("the claim has changed")
        return claim

    def _verdict(self, subject: str, entry: Object, claim: Claim, column: Column, folder: str) -> Rechecked:
        job = self._asked(claim, column, entry.get("by"))
        question = Question(self.regime, job)
        verdict, reason = entry.get("verdict"), entry.get("reason")
        match verdict:
            case "proved" | "refuted":
                result = self._blamed(self._decided(question, verdict, entry), entry)
            case "unknown" | "bounded" if isinstance(reason, str):
                result = _result(job, verdict, reason, Evidence())
            case _:
                raise Wrong("it has no verdict")
        needed = verdict_bundle(self.regime, result, question.place(Workshop(self.regime, 0)), folder)
        return Rechecked(
            subject,
            tuple(differences(entry, self.files, needed)),
            needed.scripts,
            open=not result.decided or result.reason.startswith(UNDECIDED),
            vacuous=result.vacuous,
            stories=len(needed.files) - len(needed.scripts),
        )

    def _asked(self, claim: Claim, column: Column, by: Json) -> Job:
        """The job of the entry. Under facts that somebody pinned, the author of the claim expects nothing,
        and any story will do.
        """
        if not claim.pinned:
            return _asked(claim, column, by)
        own = next(each for each in self.regime.claims if each.name == claim.name)
        if by is not None:
            raise Wrong(f"under facts, no clause is asked about, and so not `{by}`")
        jobs = (each for each in jobs_for((own,)) if each.column == column)
        found = next(jobs, None) or _asked(own, column, None)
        return replace(found, claim=claim, expected=None, by=None)

    def _decided(self, question: Question, verdict: requirements.Decided, entry: Object) -> Result:
        """The result that the entry describes, after replaying all its stories."""
        about = question.about_one if entry.get("one by one") is True else question
        about.check_askable()
        evidence = self._evidence(about, entry)
        for each in requirements.unneeded(about, verdict, evidence):
            raise Wrong(f"a verdict of this kind does not rest on `{each}`")
        with _telling(entry["story"]):
            requirements.replay(about, verdict, evidence)
        reason = requirements.reason(about, verdict, evidence)
        result = _result(question.job, verdict, reason, evidence)
        asked = witness_of(question.job.claim, question.statement) if question.universal else None
        if verdict == "refuted" or asked is None:
            return result
        witness, said = entry.get("witness"), entry.get("reason")
        if witness is not None:
            shown = self._story(question, witness)
            with _telling(witness):
                Replayer(question).shows(asked, shown)
            return replace(result, witness=shown)
        if entry.get("vacuous") is True:
            return replace(result, vacuous=True, empty=self._empty(question, entry))
        if isinstance(said, str) and said.startswith(UNDECIDED):
            return replace(result, reason=said)
        raise Wrong("there is no witness that it is not vacuous")

    def _empty(self, question: Question, entry: Object) -> Evidence:
        """The evidence that the claim is vacuous, not yet checked."""
        match entry:
            case {"never": None | list() as never, "never invariant": list(clauses)}:
                listed = None if never is None else self._strategies(question, never, LIMIT)
                if listed is not None and clauses:
                    raise Wrong("there are two kinds of evidence that the claim is vacuous")
                rests = _resting_on(_months(entry, "never months"))
                found = Evidence(excluded=listed, obligations=rests)
                return replace(found, invariant=self._clauses(question, clauses))
            case _:
                raise Wrong("there is no evidence that the claim is vacuous")

    def _blamed(self, result: Result, entry: Object) -> Result:
        """The result with the entry's blame, if it has one and that suffices."""
        match entry.get("rests on"):
            case None:
                return result
            case {"needed": list(listed)} if len(listed) <= MOST:
                needed = [_described(each) for each in listed]
                return replace(result, blame=recheck_blame(self.regime, result, needed))
            case _:
                raise Wrong("what the verdict rests on has the wrong format")

    def _evidence(self, question: Question, entry: Object) -> Evidence:
        match entry:
            case {
                "ways": list(ways),
                "excluded": None | list() as excluded,
                "invariant": list(clauses),
                "alone": bool(alone),
                "missing": str(missing),
                "one by one": bool(one_by_one),
                "story": None | str() as story,
                "way there": None | str() as way,
                "cases": list(cases),
            }:
                pass
            case _:
                raise Wrong("the entry of the manifest lacks a part of the evidence")
        if missing and missing not in {each.label for each in question.cases}:
            raise Wrong(f"there is no case `{missing}`")
        told = Evidence() if story is None else self._story(question, story)
        return replace(
            told,
            way=None if way is None else self._story(question, way).trace,
            ways=self._strategies(question, ways, requirements.deepest(question)),
            excluded=None if excluded is None else self._strategies(question, excluded, LIMIT),
            invariant=self._clauses(question, clauses),
            alone=alone,
            missing=missing,
            one_by_one=one_by_one,
            cases=tuple(self._story(question, each) for each in cases),
            obligations=_resting_on(_months(entry, "months")),
        )

    def _strategies(self, question: Question, written: list[Json], deepest: int) -> tuple[Strategy, ...]:
        if len(written) > LIMIT:
            raise Wrong(f"there are more than {LIMIT} strategies")
        model = common_model(question.rules)
        claim = question.job.claim
        variables = {each.name: each.sort for each in claim.variables if each.sort is not None}
        found = tuple(map(Strategies(self.regime, model, variables).read, written))
        system = question.problem(Workshop(self.regime, 0)).system
        steps = {REQUEST, *(each.name for each in (*system.request_schemas, *system.event_schemas))}
        for each in found:
            if each.schema not in steps:
                raise Wrong(f"there is no step `{each.schema}`")
        ranks = {each.rank for each in found}
        if max(ranks, default=0) > deepest or ranks != set(range(1, len(ranks) + 1)):
            raise Wrong(f"the ranks of strategies are counted from 1, and there are no more than {deepest}")
        return found

    def _clauses(self, question: Question, written: list[Json]) -> tuple[Formula, ...]:
        if len(written) > MOST:
            raise Wrong(f"there are more than {MOST} clauses")
        model = common_model(question.rules)
        return tuple(map(Clauses(self.regime, model).read, written))

    def _story(self, question: Question, name: Json) -> Evidence:
        if not isinstance(name, str) or name not in self.files:
            raise Wrong(f"the story `{name}` is missing")
        try:
            document = json.loads(self.files[name])
        except (ValueError, RecursionError) as wrong:
            raise Wrong(f"`{name}` is not JSON: {wrong}") from wrong
        try:
            return from_itf(document, question.model)
        except NoTrace as wrong:
            raise Wrong(f"`{name}`: {wrong}") from wrong


def _months(entry: Object, name: str) -> tuple[int, ...]:
    """The months of the calendar that an entry names; what is true of them is worked out again."""
    match entry.get(name, []):
        case [*months] if len(months) <= MOST:
            found = tuple(each for each in months if type(each) is int and abs(each) <= FARTHEST)
            if len(found) == len(months):
                return found
    raise Wrong(f"`{name}` has the wrong format")


def _resting_on(months: tuple[int, ...]) -> tuple[Obligation, ...]:
    """What stands for obligations that rest on these months."""
    return (Obligation("", "", months=months),)


def _described(data: Json) -> Described:
    match data:
        case {"kind": str(kind), "rule": str(rule), "words": list(words), "meaning": str(meaning)}:
            return kind, rule, tuple(str(each) for each in words), meaning
        case _:
            raise Wrong("what the verdict rests on has the wrong format")


@contextmanager
def _telling(name: Json) -> Iterator[None]:
    """Name the story's file, if there is one, in errors of its replay."""
    try:
        yield
    except NotReplayed as wrong:
        raise Wrong(f"`{name}`: {wrong}" if isinstance(name, str) else str(wrong)) from wrong


def _judged(subject: str, work: Callable[[], Rechecked]) -> Rechecked:
    """The result of the work. The first mistake is the reason why the entry is rejected."""
    try:
        return work()
    except (Wrong, NotReplayed, Unreadable, GaveUp) as wrong:
        return Rechecked(subject, (str(wrong),))
    except SpecError as wrong:
        return Rechecked(subject, (wrong.diagnostics[0].message,))
    except RecursionError:
        return Rechecked(subject, ("it nests too deep to be checked",))


def _asked(claim: Claim, column: Column, by: Json) -> Job:
    """The job that the claim's author expects in the column or, if the column adds readings to one of the
    author's columns or restores suppositions there, in that one. Raises Wrong if no expectation has this
    `by`, or if the claim is not asked of the column.
    """
    given = jobs_for((claim,))
    jobs = [each for each in given if each.column == column]
    if not jobs:
        jobs = [Job(claim, column, by=each.by) for each in given if _narrowed(each.column, column)]
        if not jobs and names_columns(claim):
            raise Wrong("the claim names the columns that it is about, and this is not one of them")
        jobs.append(Job(claim, column))
    found = next((each for each in jobs if each.by == by), None)
    if found is None:
        raise Wrong(f"no expectation of the claim asks for a refutation by `{by}`")
    return found


def _narrowed(column: Column, other: Column) -> bool:
    """Whether the other column is this one under more readings, or without more suppositions."""
    readings, without = other.readings[: len(column.readings)], other.without[: len(column.without)]
    return replace(other, readings=readings, without=without) == column


def _result(job: Job, verdict: VerdictName, reason: str, evidence: Evidence) -> Result:
    return Result(job.claim, job.column, verdict, reason, evidence, by=job.by, expected=job.expected)


def named(entry: Json) -> Asked:
    """The claim and column of an entry; empty if it names none."""
    match entry:
        case {
            "claim": {"number": str(number), "name": str(name)},
            "column": {"text": str(column)},
            "by": None | str() as by,
        }:
            return number, name, column, by
        case _:
            return "", "", "", None


def under_facts(entry: Json) -> bool:
    """Whether an entry is about a claim under facts that somebody pinned."""
    match entry:
        case {"claim": {"where": _}}:
            return True
        case _:
            return False


def rests_on(entry: Json) -> Object | None:
    """The law whose grounds a verdict rests on; None if the entry is not a verdict."""
    match entry:
        case {"verdict": "proved" | "refuted", "grounds": grounds}:
            return place_of(grounds)
        case _:
            return None


def files_of(entry: Json) -> Iterator[str]:
    """Yield every file that an entry names."""
    if not isinstance(entry, Mapping):
        return
    cases, listed = entry.get("cases"), entry.get("obligations")
    told = (entry.get(name) for name in ("story", "way there", "witness"))
    for each in (*told, *(cases if isinstance(cases, list) else ())):
        if isinstance(each, str):
            yield each
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("file"), str):
            yield str(each["file"])
