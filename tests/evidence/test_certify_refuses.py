"""Evidence that somebody has tampered with, and told so in the manifest as well, is not certified.

The folder is about two claims on the parking permits, one proved and one shown by a story. What is changed in
it is changed everywhere that it is said, so that only re-checking can tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from checker.evidence import recheck_folder as certifying
from checker.evidence.collect import collect
from checker.evidence.folder import sources
from checker.evidence.itf import from_itf
from checker.evidence.recheck_folder import Folder, binding_problems, certify
from checker.evidence.write import MANIFEST, hash_of, manifest, story_text
from checker.model.situation import Trace
from checker.prove.run_jobs import run
from checker.question.jobs import Effort, jobs_for
from checker.question.question import Question
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from checker.report.json_documents import dumped
from tests.support.places import PERMITS

SPEC, PROPERTIES = PERMITS / "spec", PERMITS / "properties"
PROVED, SHOWN = "holders-live-there", "permits-happen"
NOTHING = "(set-logic UFDT)\n(assert false)\n(check-sat)\n"

Change = Callable[["Evidence"], None]


@cache
def regime() -> Regime:
    return load_regime(SPEC, PROPERTIES)


@cache
def written() -> Mapping[str, str]:
    """The evidence as it was written."""
    jobs = tuple(
        job
        for job in jobs_for(regime().claims)
        if str(job.column) == "old" and job.claim.name in (PROVED, SHOWN)
    )
    results = tuple(result for _, result in run(regime(), jobs, Effort(processes=1)))
    bundles = (bundle for *_, bundle in collect(regime(), results, 1))
    return manifest("0", sources(SPEC, PROPERTIES), bundles)


@dataclass
class Evidence:
    """A folder that is being changed."""

    files: dict[str, str]
    said: dict[str, Any]

    def entry(self, name: str) -> dict[str, Any]:
        """What the manifest says of a claim."""
        found: dict[str, Any] = next(e for e in self.said["verdicts"] if e["claim"]["name"] == name)
        return found

    def sealed(self) -> Folder:
        """The folder, as if it had been written like that."""
        self.said["files"] = {name: hash_of(text) for name, text in self.files.items()}
        return Folder.of({**self.files, MANIFEST: dumped(self.said)})


def evidence() -> Evidence:
    files = dict(written())
    return Evidence(files, json.loads(files.pop(MANIFEST)))


def rejections(folder: Folder) -> tuple[str, ...]:
    """Why the folder is not certified."""
    entries = tuple(each for _, each in certify(regime(), folder, ("z3",), 20.0, 1))
    problems = binding_problems(folder, sources(SPEC, PROPERTIES))
    return (*problems, *(reason for each in entries for reason in each.wrong))


def test_what_was_written_is_certified() -> None:
    """Without tampering nothing is rejected: what the other tests find is found for their change."""
    assert rejections(evidence().sealed()) == ()


def another_script(found: Evidence) -> None:
    """Put a script that says nothing in place of an obligation."""
    found.files[found.entry(PROVED)["obligations"][0]["file"]] = NOTHING


def no_script(found: Evidence) -> None:
    """Leave out the obligations of a proof."""
    for each in found.entry(PROVED)["obligations"]:
        del found.files[each["file"]]
    found.entry(PROVED)["obligations"] = []


def another_story(found: Evidence) -> None:
    """Tell a story that happens, but in which nobody gets a permit."""
    claim = next(each for each in regime().claims if each.name == SHOWN)
    question = Question(regime(), next(job for job in jobs_for((claim,)) if str(job.column) == "old"))
    name = found.entry(SHOWN)["story"]
    told = from_itf(json.loads(found.files[name]), next(iter(question.rules.values())))
    assert told.trace is not None
    assert told.trace.steps
    nothing = replace(told, trace=Trace(told.trace.situations[:1], ()))
    found.files[name] = story_text(regime(), question, nothing)


def another_verdict(found: Evidence) -> None:
    """Say of what was proved that it was refuted."""
    found.entry(PROVED)["verdict"] = "refuted"


def no_witness(found: Evidence) -> None:
    """Leave out the story that shows that the claim speaks of something."""
    del found.files[found.entry(PROVED)["witness"]]
    found.entry(PROVED)["witness"] = None


def no_grounds(found: Evidence) -> None:
    """Leave out what all verdicts rest on."""
    found.said["grounds"] = []
    found.files = {name: text for name, text in found.files.items() if not name.startswith("grounds/")}


def another_sentence(found: Evidence) -> None:
    """Say that another claim was proved."""
    found.entry(PROVED)["claim"]["sentence"] = "All is well."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (another_script, ""),
        (no_script, ""),
        (another_story, "does not show what it should"),
        (another_verdict, ""),
        (no_witness, "there is no witness"),
        (no_grounds, "the grounds of its law are not in the folder"),
        (another_sentence, "the claim has changed"),
    ],
)
def test_what_was_changed_is_rejected(change: Change, said: str) -> None:
    """For what is wrong with it, not for being changed: the manifest agrees with the files."""
    found = evidence()
    change(found)
    folder = found.sealed()
    assert not list(binding_problems(folder, sources(SPEC, PROPERTIES)))
    assert any(said in each for each in rejections(folder))


def test_a_changed_file_is_rejected() -> None:
    """A file that is not as the manifest says, one that is missing, and one too many."""
    files = dict(written())
    name, *_, last = (each for each in files if each != MANIFEST)
    files |= {name: "{}", "more.txt": ""}
    del files[last]
    problems = set(binding_problems(Folder.of(files), sources(SPEC, PROPERTIES)))
    told = ((name, "has changed"), (last, "is missing"), ("more.txt", "has been added"))
    assert problems >= {
        f"the folder has been changed since it was written: `{file}` {what}" for file, what in told
    }


def test_evidence_about_another_law_is_rejected() -> None:
    """One word of the law was another one when the evidence was written."""
    law = {name: text.replace("street", "road", 1) for name, text in sources(SPEC, PROPERTIES).items()}
    problems = list(binding_problems(evidence().sealed(), law))
    assert problems
    assert all(each.startswith("the evidence is stale") for each in problems)


@pytest.mark.parametrize("answer", ["sat", "unknown: no time", "unsat"])
def test_only_unsat_will_do(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that does not know has shown nothing."""
    monkeypatch.setattr(certifying, "SOLVERS", {"z3": lambda _text, _seconds: answer})
    said = {each.partition(": ")[2] for each in rejections(evidence().sealed())}
    assert said == (set() if answer == "unsat" else {f"z3 says {answer}"})
