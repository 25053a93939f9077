"""Evidence made in memory: honestly, by the engines, or for an invented verdict; and what certifying says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from checker.evidence.certify_report import Certified
from checker.evidence.collect import collect
from checker.evidence.recheck_folder import Folder, NoManifest, binding_problems, certify
from checker.evidence.write import MANIFEST, hash_of, manifest
from checker.model.claim import Claim
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.report.json_documents import dumped

Files: TypeAlias = dict[str, str]
"""An evidence folder: name -> text."""

Z3 = ("z3",)
BOTH = ("z3", "cvc5")


def law(rules: str, claims: str) -> Files:
    """The sources of a law and its claims, by the names that the manifest gives them."""
    return {
        "properties/claims.md": f"```redline\n{claims}\n```\n",
        "spec/law.md": f"```redline\n{rules}\n```\n",
    }


def loaded(sources: Mapping[str, str]) -> Regime:
    """The law of `sources`."""
    return load_texts(sources)


def claim(regime: Regime, name: str) -> Claim:
    """The claim called `name`."""
    return next(each for each in regime.claims if each.name == name)


def decided(regime: Regime, jobs: Iterable[Job] | None = None) -> list[Result]:
    """The engines' verdicts on the jobs; by default, on all that the claims ask for."""
    prover = Prover(regime, budget=60)
    return [prover.decide(each) for each in (jobs_for(regime.claims) if jobs is None else jobs)]


def as_expected(results: Iterable[Result], regime: Regime) -> bool:
    """Whether these are the verdicts that the claims expect, of every claim and column, and no others."""
    found = {(each.claim.name, str(each.column)): each.verdict for each in results}
    return found == {
        (claim.name, str(each.column)): each.verdict for claim in regime.claims for each in claim.expectations
    }


def written(regime: Regime, sources: Mapping[str, str], results: Iterable[Result]) -> Files:
    """The folder that is written for the results, whether they are true or invented."""
    bundles = {number: bundle for _, number, bundle in collect(regime, tuple(results), 1)}
    return manifest("test", sources, [bundles[number] for number in sorted(bundles)])


def manifest_of(files: Mapping[str, str]) -> dict[str, Any]:
    """The manifest, to be changed."""
    found: dict[str, Any] = json.loads(files[MANIFEST])
    return found


def bound(files: Mapping[str, str], document: Mapping[str, Any] | None = None) -> Files:
    """The files with a manifest that an adversary has made fit: `document`, or the one that is there, with
    the hashes of all files as they are.
    """
    hashes = {name: hash_of(text) for name, text in sorted(files.items()) if name != MANIFEST}
    given = manifest_of(files) if document is None else document
    return {**files, MANIFEST: dumped({**given, "files": hashes})}


def certified(
    regime: Regime, sources: Mapping[str, str], files: Mapping[str, str], asked: tuple[str, ...] = Z3
) -> Certified:
    """What `certify` finds, in this process."""
    try:
        folder = Folder.of(files)
        regime = folder.asked_of(regime)
    except NoManifest as wrong:
        return Certified((str(wrong),), (), asked, 0.0)
    problems = tuple(binding_problems(folder, sources))
    found = dict(certify(regime, folder, asked, 60.0, 1))
    return Certified(problems, tuple(found[number] for number in sorted(found)), asked, 0.0)


def reasons(found: Certified) -> list[str]:
    """Every reason for which something is rejected, with the entry that it is about."""
    return [*found.problems, *(f"{each.subject}: {why}" for each in found.entries for why in each.wrong)]
