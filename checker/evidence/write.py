"""Writes the evidence behind a run: obligations, stories, and the manifest that binds them to the law."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final, TypeAlias

from checker.blame.needed_words import described
from checker.evidence.file_names import readable
from checker.evidence.itf import Json, Object, to_itf
from checker.evidence.obligation_scripts import Script, empty_scripts, ground_scripts, verdict_scripts
from checker.evidence.record import Clauses, Strategies
from checker.model.claim import Claim, Eventually
from checker.model.expressions import Formula
from checker.model.mixture import common_model
from checker.prove.find_grounds import find_grounds
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Blame, Evidence, Result, Strategy, months_of
from checker.question.workbench import Place, Workshop
from checker.regime.additions import ADDED, READINGS
from checker.regime.regime import Regime
from checker.report.json_documents import dumped
from checker.story.trace_told import Story

SCHEMA: Final = "redline.evidence/1"
MANIFEST: Final = "manifest.json"
SCRIPT: Final = ".smt2"
FORMER_FOLDER: Final = "former"
"""The folder of the second law, which the claims compare with the first."""

Asked: TypeAlias = tuple[str, str, str, str | None]
"""What an entry is about: the claim's number and name, the column, and the clause that must cause a
refutation.
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The evidence written for one verdict, or for the grounds of one law: an entry of the manifest, and
    files.
    """

    entry: Object
    files: Mapping[str, str]

    @property
    def scripts(self) -> Mapping[str, str]:
        """The files that are obligations."""
        return {name: text for name, text in self.files.items() if name.endswith(SCRIPT)}


def hash_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(
    redline: str,
    sources: Mapping[str, str],
    bundles: Iterable[Bundle],
    added: str = "",
    former: Mapping[str, str] | None = None,
    readings: str = "",
    origin: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Every file of the folder, including the manifest. `redline`: the version that wrote it; `sources`: name
    -> text of the law and the claims; `added`: the text of further claims that were asked; `former`: name ->
    text of a second law that they compare it with; `readings`: the text of further readings that they were
    asked under; `origin`: where the second law was found, a `folder`, or a `revision` of git and its
    `commit`.
    """
    kept = tuple(bundles)
    files = {name: text for each in kept for name, text in each.files.items()}
    files |= {ADDED: added} if added else {}
    files |= {READINGS: readings} if readings else {}
    files |= {f"{FORMER_FOLDER}/{name}": text for name, text in (former or {}).items()}
    document: Object = {
        "schema": SCHEMA,
        "redline": redline,
        "claims": ADDED if added else None,
        "readings": READINGS if readings else None,
        "former": FORMER_FOLDER if former else None,
        "origin": dict(origin) if former and origin else None,
        "sources": {name: hash_of(text) for name, text in sorted(sources.items())},
        "grounds": [each.entry for each in kept if "claim" not in each.entry],
        "verdicts": [each.entry for each in kept if "claim" in each.entry],
        "files": {name: hash_of(text) for name, text in sorted(files.items())},
    }
    return {MANIFEST: dumped(document), **files}


# ------------------------------------------------------------------- verdicts


def verdict_bundle(regime: Regime, result: Result, place: Place, folder: str) -> Bundle:
    """The evidence of one result, in the named folder; `place`: the law whose grounds it rests on."""
    job = Job(result.claim, result.column, result.expected, result.by)
    question = Question(regime, job)
    entry: dict[str, Json] = {
        "claim": {
            "number": result.claim.number,
            "name": result.claim.name,
            "sentence": result.claim.sentence,
            "statement": result.claim.statement_text,
            **pinned_json(result.claim),
        },
        "column": {"text": str(result.column), **asdict(result.column)},
        "by": result.by,
        "expected": result.expected,
        "verdict": result.verdict,
        "reason": result.reason,
        "vacuous": result.vacuous,
        "grounds": place_json(place),
    }
    if result.verdict not in ("proved", "refuted"):
        return Bundle(entry, {})
    evidence = result.evidence
    about = question.shown_by(evidence)
    writer = _Writer(regime, about, folder)
    scripts = writer.scripts(verdict_scripts(about, result.verdict, evidence))
    entry |= {
        "ways": writer.strategies(evidence.ways),
        "excluded": None if evidence.excluded is None else writer.strategies(evidence.excluded),
        "invariant": writer.clauses(evidence.invariant),
        "alone": evidence.alone,
        "missing": evidence.missing,
        "one by one": evidence.one_by_one,
        "story": writer.story("story", evidence, stays=stays(question, result.verdict)),
        "way there": writer.way(evidence),
        "cases": [writer.story(f"case-{n}", each) for n, each in enumerate(evidence.cases, 1)],
        "witness": None if result.witness is None else writer.story("witness", result.witness),
        "obligations": scripts,
        **months_json("months", evidence.months),
    }
    if result.empty is not None:
        never = result.empty.excluded
        entry["never"] = None if never is None else writer.strategies(never)
        entry["never invariant"] = writer.clauses(result.empty.invariant)
        entry |= months_json("never months", result.empty.months)
        entry["obligations"] = [*scripts, *writer.scripts(empty_scripts(question, result.empty))]
    if result.blame is not None and not result.blame.unknown:
        entry["rests on"] = blame_written(result.blame)
    return Bundle(entry, writer.files)


def pinned_json(claim: Claim) -> dict[str, Json]:
    """The facts under which a claim was asked, if there are any."""
    return {"where": list(claim.pinned)} if claim.pinned else {}


def months_json(name: str, months: tuple[int, ...]) -> dict[str, Json]:
    """The months of the calendar that obligations rest on, if there are any."""
    return {name: list(months)} if months else {}


def blame_written(blame: Blame) -> Json:
    """What a verdict rests on, in words."""
    needed = [described(each) for each in blame.needed]
    return {
        "needed": [
            {"kind": kind, "rule": rule, "words": list(words), "meaning": meaning}
            for kind, rule, words, meaning in needed
        ],
        "others": blame.others,
    }


def stays(question: Question, verdict: Json) -> bool:
    """Whether nothing need ever happen after the verdict's story."""
    return verdict == "refuted" and isinstance(question.statement, Eventually)


class _Writer:
    """Collects the files of one folder."""

    def __init__(self, regime: Regime, question: Question, folder: str) -> None:
        self.regime = regime
        self.question = question
        self.folder = folder
        self.model = common_model(question.rules)
        self.files: dict[str, str] = {}

    def _add(self, name: str, text: str) -> str:
        path = f"{self.folder}/{name}"
        self.files[path] = text
        return path

    def strategies(self, found: Iterable[Strategy]) -> list[Json]:
        """The strategies over the claim's variables."""
        claim = self.question.job.claim
        variables = {each.name: each.sort for each in claim.variables if each.sort is not None}
        strategies = Strategies(self.regime, self.model, variables)
        return [strategies.written(each) for each in found]

    def clauses(self, found: Iterable[Formula]) -> list[Json]:
        """The clauses of an invariant."""
        clauses = Clauses(self.regime, self.model)
        return [clauses.written(each) for each in found]

    def story(self, name: str, evidence: Evidence, *, stays: bool = False) -> str | None:
        """The file of a story, if there is one."""
        if evidence.trace is None:
            return None
        return self._add(f"{name}.itf.json", story_text(self.regime, self.question, evidence, stays=stays))

    def way(self, evidence: Evidence) -> str | None:
        """The file of the way from a start to the situation of the story, if there is one."""
        if evidence.way is None:
            return None
        return self.story("way-there", replace(evidence, trace=evidence.way, way=None))

    def scripts(self, scripts: Iterable[Script]) -> list[Json]:
        """The files of obligations, with their descriptions."""
        return [
            {
                "name": each.obligation,
                "meaning": each.meaning,
                "expected": "unsat",
                "file": self._add(each.name, each.text),
            }
            for each in scripts
        ]


def story_text(regime: Regime, question: Question, evidence: Evidence, *, stays: bool = False) -> str:
    """The text of a story's file. It depends on the story alone, and uses the names that reports give its
    things.
    """
    job = question.job
    names = Story.of(regime, job.claim, job.column, evidence).names
    description = f"Claim {job.claim.number}, {job.claim.name}, in {job.column}: {job.claim.sentence}"
    return dumped(to_itf(description, names, question.rules, evidence, stays=stays))


# -------------------------------------------------------------------- grounds


def ground_bundle(regime: Regime, place: Place) -> Bundle:
    """What all verdicts about one law rest on."""
    question = Question.of_grounds(regime, place)
    for checked in (False, True):
        found = find_grounds(question, question.problem(Workshop(regime, 0)), checked=checked)
        if not isinstance(found, str):
            return ground_entry(regime, place, found.start, months_of(found.obligations), checked=checked)
    raise AssertionError("a verdict has no grounds")


def ground_entry(
    regime: Regime, place: Place, start: Evidence, months: tuple[int, ...], *, checked: bool
) -> Bundle:
    """The grounds of a law as written. `start`, `checked`: as in Grounds; `months`: those of the calendar
    that the grounds rest on.
    """
    question = Question.of_grounds(regime, place)
    writer = _Writer(regime, question, ground_folder(place))
    entry: dict[str, Json] = {
        **place_json(place),
        "checked": checked,
        "story": writer.story("start", start),
        "obligations": writer.scripts(ground_scripts(question, months, checked=checked)),
        **months_json("months", months),
    }
    return Bundle(entry, writer.files)


def place_json(place: Place) -> dict[str, Json]:
    """The law, the versions that its deployment ranges over, and whether they move between steps."""
    law, free, moving = place
    return {"law": str(law), "versions": list(free), "moving": moving}


# -------------------------------------------------------------------- folders


def asked_of(result: Result) -> Asked:
    """What a result is about."""
    return result.claim.number, result.claim.name, str(result.column), result.by


def folder_names(asked: Iterable[Asked]) -> Iterator[str]:
    """A readable and unique folder name for every entry."""
    taken: dict[Asked, int] = {}
    for each in asked:
        number, claim, column, who = each
        by = f" by {who}" if who else ""
        name = f"{readable(f'{_number(number)}-{claim}')}/{readable(f'{column}{by}')}"
        taken[each] = taken.get(each, 0) + 1
        yield name if taken[each] == 1 else f"{name}.{taken[each]}"


def ground_folder(place: Place) -> str:
    """The folder of the grounds of a law."""
    law, free, moving = place
    versions = f" over {' and '.join(free)}" if free else ""
    moves = " moving" if moving else ""
    return f"grounds/{readable(f'{law}{versions}{moves}')}"


def _number(number: str) -> str:
    """The number with two digits at least, so that folders stand in order."""
    return re.sub(r"^\d(?!\d)", lambda digit: f"0{digit[0]}", number)
