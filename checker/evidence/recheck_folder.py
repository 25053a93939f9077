"""Re-checks an evidence folder without the search: against the law, the claims, and other solvers.

Nothing in the folder is believed. From spec and claim, and from the folder's strategies and stories, the
obligations are built anew and compared with its files; solvers are asked about every one of them; stories are
replayed through `evaluate`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import dropwhile
from typing import Final, TypeAlias

from checker.evidence.itf import Json, Object
from checker.evidence.recheck_entry import Rechecked, Rechecker, files_of, named, place_of, rests_on
from checker.evidence.write import FORMER_FOLDER, MANIFEST, SCHEMA, folder_names, hash_of
from checker.language.diagnostics import SpecError
from checker.logic.script_solvers import SOLVERS
from checker.prove.pool import spread
from checker.regime.additions import ADDED, READINGS, with_claims, with_readings
from checker.regime.regime import Regime
from checker.regime.side_by_side import beside
from checker.report.json_documents import dumped
from checker.trusted.load_law import load_texts

LONGEST: Final = 300  # at most so many letters of a sentence are shown
PARTS: Final = frozenset(
    {"schema", "redline", "claims", "readings", "former", "origin", "sources", "grounds", "verdicts", "files"}
)

Asked: TypeAlias = tuple[str, ...]
"""The names of the solvers that are asked about every obligation."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The result of re-checking one entry. `subject`: the claim and its column, or the grounds of a law.
    `wrong`: why it is rejected; empty if it is not. `open`: there is no verdict to certify, or it is unknown
    whether it is vacuous. `vacuous`: the claim is vacuous. `seconds`: of each solver, for its obligations.
    """

    subject: str
    wrong: tuple[str, ...] = ()
    open: bool = False
    vacuous: bool = False
    obligations: int = 0
    stories: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


def shown(text: str) -> str:
    """A sentence that may contain words from the folder, on one line and without control characters."""
    line = "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


class NoManifest(Exception):
    """The manifest is not valid; the message says why."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of an evidence folder, and its parsed manifest."""

    files: Mapping[str, str]
    manifest: Object

    @classmethod
    def of(cls, files: Mapping[str, str]) -> Folder:
        """Raises NoManifest."""
        try:
            found = json.loads(files.get(MANIFEST, ""))
        except (ValueError, RecursionError) as wrong:
            raise NoManifest(f"`{MANIFEST}` is not JSON: {wrong}") from wrong
        if not isinstance(found, dict) or found.get("schema") != SCHEMA:
            raise NoManifest(f"`{MANIFEST}` does not have the schema `{SCHEMA}`")
        return cls(files, found)

    @property
    def former(self) -> Mapping[str, str]:
        """The files of the second law, which claims compare with the first, by their names in that law."""
        folder = f"{FORMER_FOLDER}/"
        if self.manifest.get("former") != FORMER_FOLDER:
            return {}
        return {
            name.removeprefix(folder): text for name, text in self.files.items() if name.startswith(folder)
        }

    @property
    def origin(self) -> Mapping[str, str]:
        """The source of the second law, according to the folder."""
        found = self.manifest.get("origin")
        said = found if isinstance(found, Mapping) else {}
        return {name: each for name, each in said.items() if isinstance(each, str)}

    @property
    def claims(self) -> Json:
        """The file with claims that were asked in addition to those of the law; None if there is none."""
        return self.manifest.get("claims")

    def asked_of(self, regime: Regime) -> Regime:
        """The regime that the entries are about: with the folder's own readings and claims, and beside its
        second law. Raises NoManifest if these are not valid.
        """
        if self.manifest.get("former") is not None:
            try:
                regime = beside(regime, load_texts(self.former))
            except SpecError as wrong:
                raise NoManifest(f"`{FORMER_FOLDER}`: {wrong.diagnostics[0].message}") from wrong
        regime = self._with(regime, READINGS, self.manifest.get("readings"), with_readings)
        return self._with(regime, ADDED, self.claims, with_claims)

    def _with(self, regime: Regime, file: str, said: Json, add: Callable[[Regime, str], Regime]) -> Regime:
        """The regime with what a file of the folder adds, if the manifest lists one."""
        if said is None:
            return regime
        if said != file or file not in self.files:
            what = "claims that were asked" if file == ADDED else "readings that it was asked under"
            raise NoManifest(f"the {what} are missing: there is no `{file}`")
        try:
            return add(regime, self.files[file])
        except SpecError as wrong:
            raise NoManifest(f"`{file}`: {wrong.diagnostics[0].message}") from wrong

    def entries(self, name: str) -> tuple[Json, ...]:
        """The entries of a list in the manifest."""
        found = self.manifest.get(name)
        return tuple(found) if isinstance(found, list) else ()


def binding_problems(folder: Folder, sources: Mapping[str, str]) -> Iterator[str]:
    """Yield why the folder is not about this law and these claims, or has been changed afterwards."""
    yield from map(shown, _problems(folder, sources))


def _problems(folder: Folder, sources: Mapping[str, str]) -> Iterator[str]:
    yield from _differences("the evidence is stale", folder.manifest.get("sources"), sources)
    files = {name: text for name, text in folder.files.items() if name != MANIFEST}
    yield from _differences(
        "the folder has been changed since it was written", folder.manifest.get("files"), files
    )
    entries = (*folder.entries("grounds"), *folder.entries("verdicts"))
    named = {name for each in entries for name in files_of(each)}
    named |= {ADDED} if folder.claims == ADDED else set()
    named |= {READINGS} if folder.manifest.get("readings") == READINGS else set()
    named |= {f"{FORMER_FOLDER}/{name}" for name in folder.former}
    yield from (f"`{name}` belongs to no entry of the manifest" for name in sorted(files.keys() - named))
    for name in ("grounds", "verdicts"):
        if not isinstance(folder.manifest.get(name), list):
            yield f"`{MANIFEST}` has no list of {name}"
    if not folder.entries("verdicts"):
        yield "there is no verdict in the folder"
    if folder.manifest.keys() != PARTS or not isinstance(folder.manifest.get("redline"), str):
        yield f"`{MANIFEST}` has parts that no manifest has"
    elif folder.files[MANIFEST] != dumped(folder.manifest):
        yield f"`{MANIFEST}` does not have the format of a manifest"


def _differences(what: str, said: Json, texts: Mapping[str, str]) -> Iterator[str]:
    hashes = dict(said) if isinstance(said, Mapping) else {}
    for name in sorted({*hashes, *texts}):
        if name not in texts:
            yield f"{what}: `{name}` is missing"
        elif name not in hashes:
            yield f"{what}: `{name}` has been added"
        elif hashes[name] != hash_of(texts[name]):
            yield f"{what}: `{name}` has changed"


def certify(
    regime: Regime, folder: Folder, asked: Asked, budget: float, processes: int
) -> Iterator[tuple[int, Certificate]]:
    """Yield (place, certificate) for every entry, grounds first, in order of completion. `budget`: seconds
    for each obligation and solver.
    """
    entries = (*folder.entries("grounds"), *folder.entries("verdicts"))
    starting = partial(_certifying, regime, folder, asked, budget)
    yield from spread(starting, [[number] for number in range(len(entries))], processes)


def _certifying(regime: Regime, folder: Folder, asked: Asked, budget: float) -> Callable[[int], Certificate]:
    grounds, verdicts = folder.entries("grounds"), folder.entries("verdicts")
    rechecker = Rechecker(regime, folder.files)
    solvers = Solvers(asked, budget)
    folders = tuple(folder_names(map(named, verdicts)))
    places = [place_of(each) for each in grounds]
    wanted = [rests_on(each) for each in verdicts]

    def work(number: int) -> Certificate:
        if number < len(grounds):
            rechecked = rechecker.grounds(grounds[number])
            twice = places[number] in places[:number]
            problem = "these grounds are listed twice" if twice else "no verdict rests on them"
            fits = not twice and places[number] in wanted
        else:
            at = number - len(grounds)
            rechecked = rechecker.verdict(verdicts[at], folders[at])
            problem = "the grounds of its law are not in the folder"
            fits = wanted[at] is None or wanted[at] in places
        return _certificate(rechecked, solvers, () if fits else (problem,))

    return work


def _certificate(found: Rechecked, solvers: Solvers, misfits: tuple[str, ...]) -> Certificate:
    seconds: dict[str, float] = dict.fromkeys(solvers.asked, 0.0)
    refused = solvers.refuse(found.scripts, seconds)
    return Certificate(
        subject=shown(found.subject),
        wrong=tuple(map(shown, (*found.wrong, *misfits, *refused))),
        open=found.open,
        vacuous=found.vacuous,
        obligations=len(found.scripts),
        stories=found.stories,
        seconds=seconds,
    )


class Solvers:
    """Asks solvers about scripts, about equal scripts only once."""

    def __init__(self, asked: Asked, budget: float) -> None:
        self.asked = asked
        self.budget = budget
        self._known: dict[tuple[str, str], str] = {}

    def refuse(self, scripts: Mapping[str, str], seconds: dict[str, float]) -> Iterator[str]:
        """Yield where a solver's answer is not `unsat`; add the time that solvers took to `seconds`.
        `scripts`: file -> text.
        """
        for file, text in scripts.items():
            for name in self.asked:
                started = time.perf_counter()
                answer = self._answer(name, text)
                seconds[name] += time.perf_counter() - started
                if answer != "unsat":
                    yield f"`{file}`: {name} says {answer}"

    def _answer(self, solver: str, text: str) -> str:
        question = "\n".join(dropwhile(lambda line: line.startswith(";"), text.splitlines()))
        key = (solver, hash_of(question))
        if key not in self._known:
            self._known[key] = SOLVERS[solver](text, self.budget)
        return self._known[key]
