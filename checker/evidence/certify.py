"""Re-checks an evidence folder without the search: against the law, the claims, and other solvers.

Nothing in the folder is believed. From spec and claim, and from the folder's strategies and stories, the
obligations are built anew and compared with its files; solvers are asked about every one of them; stories are
replayed through `evaluate`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from checker.engines.pool import spread
from checker.evidence.itf import Json, Object
from checker.evidence.recheck import Rechecked, Rechecker, place_of
from checker.evidence.scripts import Script
from checker.evidence.write import MANIFEST, SCHEMA, hash_of, place_json
from checker.logic.scripts import SOLVERS
from checker.regime.regime import Regime

Asked: TypeAlias = tuple[str, ...]
"""The names of the solvers that are asked about every obligation."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What became of one entry of the folder. `subject`: the claim and its column, or the grounds of a law.

    `wrong`: why it is rejected, nothing if it is not. `open`: there is no verdict to be certified, or nobody
    knows whether it speaks of anything. `vacuous`: what the claim speaks of never occurs. `seconds`: of each
    solver, for its obligations.
    """

    subject: str
    wrong: tuple[str, ...] = ()
    open: bool = False
    vacuous: bool = False
    obligations: int = 0
    stories: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


class NoManifest(Exception):
    """The manifest is not one; the message says why."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of an evidence folder, and its manifest read."""

    files: Mapping[str, str]
    manifest: Object

    @classmethod
    def of(cls, files: Mapping[str, str]) -> Folder:
        """Raises NoManifest."""
        try:
            found = json.loads(files.get(MANIFEST, ""))
        except (ValueError, RecursionError) as wrong:
            raise NoManifest(f"`{MANIFEST}` is no JSON: {wrong}") from wrong
        if not isinstance(found, dict) or found.get("schema") != SCHEMA:
            raise NoManifest(f"`{MANIFEST}` is not of the schema `{SCHEMA}`")
        return cls(files, found)

    def entries(self, name: str) -> tuple[Json, ...]:
        """The entries of a list in the manifest."""
        found = self.manifest.get(name)
        return tuple(found) if isinstance(found, list) else ()


def binding_problems(folder: Folder, sources: Mapping[str, str]) -> Iterator[str]:
    """Yield why the folder is not about this law and these claims, or is not as it was written."""
    yield from _differences("the evidence is stale", folder.manifest.get("sources"), sources)
    files = {name: text for name, text in folder.files.items() if name != MANIFEST}
    yield from _differences("the folder is not as it was written", folder.manifest.get("files"), files)
    for name in ("grounds", "verdicts"):
        if not isinstance(folder.manifest.get(name), list):
            yield f"`{MANIFEST}` has no list of {name}"


def _differences(what: str, said: Json, texts: Mapping[str, str]) -> Iterator[str]:
    hashes = dict(said) if isinstance(said, Mapping) else {}
    for name in sorted({*hashes, *texts}):
        if name not in texts:
            yield f"{what}: `{name}` is missing"
        elif name not in hashes:
            yield f"{what}: `{name}` was not there"
        elif hashes[name] != hash_of(texts[name]):
            yield f"{what}: `{name}` has changed"


def certify(
    regime: Regime, folder: Folder, asked: Asked, budget: float, processes: int
) -> Iterator[tuple[int, Certificate]]:
    """Yield (its place, certificate) of every entry, grounds first, in order of completion. `budget`: seconds
    for each obligation and solver.
    """
    entries = (*folder.entries("grounds"), *folder.entries("verdicts"))
    starting = partial(_certifying, regime, folder, asked, budget)
    yield from spread(starting, [[number] for number in range(len(entries))], processes)


def _certifying(regime: Regime, folder: Folder, asked: Asked, budget: float) -> Callable[[int], Certificate]:
    grounds, verdicts = folder.entries("grounds"), folder.entries("verdicts")
    rechecker = Rechecker(regime, folder.files)
    solvers = Solvers(asked, budget)
    places = [place_of(each) for each in grounds]

    def work(number: int) -> Certificate:
        if number < len(grounds):
            return _certificate(rechecker.grounds(grounds[number]), solvers)
        rechecked = rechecker.verdict(verdicts[number - len(grounds)])
        wrong = list(rechecked.wrong)
        if rechecked.place is not None and place_json(rechecked.place) not in places:
            wrong.append("the grounds of its law are not in the folder")
        return _certificate(rechecked, solvers, wrong)

    return work


def _certificate(found: Rechecked, solvers: Solvers, wrong: Sequence[str] | None = None) -> Certificate:
    seconds: dict[str, float] = dict.fromkeys(solvers.asked, 0.0)
    refused = solvers.refuse(found.scripts, seconds)
    return Certificate(
        subject=found.subject,
        wrong=(*(found.wrong if wrong is None else wrong), *refused),
        open=found.open,
        vacuous=found.vacuous,
        obligations=len(found.scripts),
        stories=found.stories,
        seconds=seconds,
    )


class Solvers:
    """Asks solvers about scripts, about the same question once."""

    def __init__(self, asked: Asked, budget: float) -> None:
        self.asked = asked
        self.budget = budget
        self._known: dict[tuple[str, str], str] = {}

    def refuse(self, scripts: Iterable[Script], seconds: dict[str, float]) -> Iterator[str]:
        """Yield why solvers do not find what they should; add the time that they took to `seconds`."""
        for each in scripts:
            for name in self.asked:
                started = time.perf_counter()
                answer = self._answer(name, each.text)
                seconds[name] += time.perf_counter() - started
                if answer != "unsat":
                    yield f"`{each.name}`: {name} says {answer}"

    def _answer(self, solver: str, text: str) -> str:
        question = "\n".join(line for line in text.splitlines() if not line.startswith(";"))
        key = (solver, hash_of(question))
        if key not in self._known:
            self._known[key] = SOLVERS[solver](text, self.budget)
        return self._known[key]
