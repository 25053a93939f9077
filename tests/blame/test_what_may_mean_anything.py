"""What a verdict on a random law does not rest on may mean something else, and the verdict stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from checker.blame.needed_words import blame_of
from checker.language.diagnostics import SpecError
from checker.model.deadline import Deadline
from checker.model.expressions import FACT
from checker.model.item import Item
from checker.model.model import Effect, Event, Model
from checker.prove.decide import Prover
from checker.question.verdict import Blame, Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.regimes_agree.trials import Trial, job_of, make_trial
from tests.support.params import with_thorough

SEED, CLAIMS = 31, 5
LAWS = range(6)
SECONDS = 1.0
ITEM = re.compile(r"^ +(requires|applies when|applies unless|) ?(.*?) inference \"[^\"]*\"$")


def _verdicts(law: Regime, trial: Trial) -> Iterator[tuple[Result, Blame]]:
    """The decided claims, in columns that say what is written and no more, with what they rest on."""
    prover = Prover(law, budget=SECONDS, witnesses="none")
    for question in trial.questions:
        job = job_of(law, replace(question, column="old"))
        result = prover.decide(job)
        if result.decided:
            yield result, blame_of(law, result, Deadline.after(SECONDS))


def _others(law: Regime, blame: Blame) -> Iterator[Item]:
    """The updates and the conditions of checks that are not needed."""
    model = law.model(law.parse_column("old"))
    needed = {each.span for each in blame.needed}
    deeds: list[Effect | Event] = [*model.effects, *model.events.values()]
    items = [item for check in model.checks for item in check.items]
    items += [item for each in deeds for item in each.items if item.kind == "update"]  # of items, that alone
    for item in items:
        if item.span not in needed and item.meaning is not None and not item.phrases:
            yield item


def _instead(line: str, model: Model) -> Iterator[str]:
    """The line with other meanings: an update of every place, or of none; what is always so, or never."""
    found = ITEM.match(line)
    if found is None:
        return
    word, said = found[1], found[2]
    updated = re.match(r"(?:.*: )?([\w-]+)(?:\(.*\))? becomes ", said)
    if updated is None:
        yield from (line.replace(said, each, 1) for each in ("true", "false") if word)
        return
    function = model.functions[updated[1]]
    names = [f"any{number}" for number in range(len(function.parameters))]
    bound = ", ".join(f"{n}: {s.name}" for n, s in zip(names, function.parameters, strict=True))
    target = f"{function.name}({', '.join(names)})" if names else function.name
    values = ["true", "false"] if function.result == FACT else ["absent"] if function.optional else []
    values += list(function.result.values)
    every = f"for every {bound}: " if names else ""
    yield from (line.replace(said, f"{every}{target} becomes {value}", 1) for value in values)


@pytest.mark.parametrize("number", with_thorough(LAWS, lambda number: number > 1))
def test_what_is_not_needed_may_mean_something_else(number: int) -> None:
    """Each line that a verdict does not rest on is given other meanings, and the verdict stays."""
    trial = make_trial(SEED, number, CLAIMS)
    law = load_texts(trial.texts)
    for result, blame in _verdicts(law, trial):
        for item in _others(law, blame) if not blame.unknown else ():
            lines = trial.texts[item.span.file].split("\n")
            for line in _instead(lines[item.span.line - 1], law.model(law.parse_column("old"))):
                changed = [*lines[: item.span.line - 1], line, *lines[item.span.line :]]
                told = f"{result.claim.name}: `{line.strip()}` for `{lines[item.span.line - 1].strip()}`"
                again = _again(trial, "\n".join(changed), item.span.file, result)
                assert again in (None, "unknown", "bounded", result.verdict), told


def _again(trial: Trial, text: str, file: str, result: Result) -> str | None:
    """The verdict in the changed law; None where that is refused."""
    try:
        law = load_texts({**trial.texts, file: text})
    except SpecError:
        return None
    asked = next(each for each in trial.questions if each.claim == result.claim.name)
    job = job_of(law, replace(asked, column="old"))
    return Prover(law, budget=SECONDS, witnesses="none").decide(job).verdict
