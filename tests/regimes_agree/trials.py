"""One trial: a random regime with claims, each decided by the engines and held against concrete worlds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.random_laws.checks import checks
from tests.random_laws.claims import BY_CLAUSE, FORMS, OF_EVENTS, claim
from tests.random_laws.deeds import deeds
from tests.random_laws.lawmaker import Lawmaker
from tests.random_laws.meanings import meanings
from tests.random_laws.requests import carried, components, request, route
from tests.random_laws.showing import favourites
from tests.random_laws.sources import source_page
from tests.random_laws.suppositions import suppose
from tests.random_laws.unclashed import unclashed
from tests.random_laws.versions import redline
from tests.random_laws.vocabulary import vocabulary
from tests.worlds.consistency import Worlds, compare

TRIES, EXCEPTIONS = 6, 0.04  # laws written until one has starts, and the share of those that need not
KEEN = (0.3, 0.3, 0.9)  # how often laws show their favourites: some are lively, some are full
SOURCES = 0.3  # so many laws come with the text of a source
EMPTY = 0.02  # of regimes: with a fence without declarations
SMALL = 400  # situations of the world in which that is tried
AGAIN = 5  # one trial in so many decides every claim by itself, too


@dataclass(frozen=True, slots=True)
class Question:
    """A claim, by its name, in a column, perhaps by a clause."""

    form: str
    claim: str
    column: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A regime as texts by file, and what is asked of it."""

    name: str
    texts: Mapping[str, str]
    questions: tuple[Question, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class Effort:
    """`budget`: seconds for each claim; `explore`: situations that the engines' explorer goes through;
    `most`: situations of a concrete world; `worlds`: concrete worlds for each claim.
    """

    budget: float = 3.0
    explore: int = 1 << 11
    most: int = 300
    worlds: int = 2


DEFAULT = Effort()


@dataclass
class Tally:
    """What became of how many claims: (form, outcome) -> count; `complaints`: what contradicts what."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    complaints: list[tuple[Question, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.reasons += other.reasons
        self.complaints += other.complaints


def make_trial(seed: int, number: int, claims: int, liked: Sequence[str] = ()) -> Trial:
    """Write regime number `number` of a seed with so many claims, of different forms. `liked`: the constructs
    that it shows, if not those of its number.
    """
    name = f"{seed}-{number}"
    chance = random.Random(f"regime {name}")
    law = _law(chance, tuple(liked) or favourites(number), KEEN[-1:] if liked else KEEN)
    possible = [form for form in FORMS if law.events_made or form not in OF_EVENTS]
    first = number * claims % len(possible)  # every form in its turn
    forms = (possible * 2)[first : first + min(claims, len(possible))]
    title = f"Regime {name}"
    told = _claims(title, law, forms)
    questions = [
        Question(form, f"{form}-{place}", chance.choice(law.columns), _by(law, form))
        for place, form in enumerate(forms, 1)
    ]
    empty = [""] if chance.random() < EMPTY else []
    texts = {"regime.md": _text(title, [*law.lines, *empty, *told])}
    if chance.random() < SOURCES:
        texts["source.md"] = source_page(chance)
    return Trial(name, texts, tuple(questions), again=number % AGAIN == 0)


def _claims(title: str, law: Lawmaker, forms: Sequence[str]) -> list[str]:
    """A claim of each form; those that the loader does not take are written again, a few times."""
    told = [claim(law, place, form) for place, form in enumerate(forms, 1)]
    for _ in range(TRIES):
        wrong = _refused(title, law.lines, told)
        for place in wrong:
            told[place] = claim(law, place + 1, forms[place])
        if not wrong:
            break
    return told


def _refused(title: str, lines: list[str], claims: list[str]) -> set[int]:
    """Which of the claims the loader does not take, in what is usually the whole text."""
    try:
        load_texts({"regime.md": _text(title, [*lines, *claims])})
    except SpecError as error:
        at = [each.span.line for each in error.diagnostics if each.span is not None]
    else:
        return set()
    starts = [_text(title, [*lines, *claims[:place], ""]).count("\n") - 2 for place in range(len(claims))]
    return {max(n for n, start in enumerate(starts) if start <= line) for line in at if line >= starts[0]}


def _law(chance: random.Random, liked: tuple[str, ...], keen: Sequence[float]) -> Lawmaker:
    """A law that the loader takes and that has starts, and whose steps keep its axioms in a small world, with
    few exceptions.
    """
    parts = (vocabulary, carried, components, meanings, request, route, checks, deeds, suppose, redline)
    loaded, tries = None, 0
    while loaded is None or tries < TRIES:
        tries += 1
        law = Lawmaker(chance, favourites=liked, keen=chance.choice(keen))
        for part in parts:
            part(law)
        law.lines[:] = _unclashed(law.lines)
        regime = _loads(law.lines)
        if regime is None:
            continue
        loaded = law
        if chance.random() < EXCEPTIONS or _is_sound(regime):
            break
    return loaded


def _unclashed(lines: list[str]) -> list[str]:
    """The declarations, without updates that may give a cell a second value."""
    text = unclashed({"regime.md": _text("", lines)})["regime.md"].split("\n")
    at, found = 2, []
    for each in lines:
        fence = 0 if each.startswith(("| ", "> ")) else 1
        count = each.count("\n") + 1
        found.append("\n".join(text[at + fence : at + fence + count]))
        at += count + 2 * fence + 1
    return found


def _loads(lines: list[str]) -> Regime | None:
    """The regime of these declarations; None if they make none."""
    try:
        return load_texts({"regime.md": _text("", lines)})
    except SpecError:
        return None


def _is_sound(regime: Regime) -> bool:
    """Whether there are starts in a small world, and no step leads out of the axioms."""
    try:
        world = next(Worlds(regime, SMALL).of(Column("new"), (), 1))
    except StopIteration:
        return False
    found = {each: None for each in world.situations if world.starting(each)}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for taken in world.taken:
            after = taken.unchecked(here)
            if after is None or after in found or not taken.passed(here):
                continue
            if not world.within(after):
                return False
            found[after] = None
            waiting.append(after)
    return bool(found)


def _text(title: str, declarations: list[str]) -> str:
    fences = [each if each.startswith(("| ", "> ")) else f"```redline\n{each}\n```" for each in declarations]
    return f"# {title}\n\n" + "\n\n".join(fences) + "\n"


def _by(law: Lawmaker, form: str) -> str | None:
    if form not in BY_CLAUSE or not law.maybe(0.12):
        return None
    return law.one([*law.limbs_made, *(f"C {name}" for name in law.checks_made)])


# ------------------------------------------------------------------- running


def run_trial(trial: Trial, effort: Effort) -> Tally:
    """Decide every question of the trial, and hold the verdicts against worlds and against each other."""
    tally = Tally()
    regime = load_texts(trial.texts)
    prover = Prover(regime, budget=effort.budget, explore=effort.explore)
    worlds = Worlds(regime, effort.most)
    for question in trial.questions:
        for complaint in _asked(regime, prover, worlds, question, trial, effort, tally):
            tally.complaints.append((question, complaint))
            tally.counts[question.form, "disagreements"] += 1
    return tally


def _asked(
    regime: Regime,
    prover: Prover,
    worlds: Worlds,
    question: Question,
    trial: Trial,
    effort: Effort,
    tally: Tally,
) -> Iterator[str]:
    job = job_of(regime, question)
    try:
        result = prover.decide(job)
        _count(question, result, tally)
        against = compare(job, result, worlds, effort.worlds)
    except Exception as error:  # whatever goes wrong is kept like a disagreement
        yield f"{type(error).__name__}: {error}"
        return
    tally.counts[question.form, "compared"] += against.worlds > 0
    yield from against.complaints
    if trial.again:
        alone = Prover(regime, budget=effort.budget).decide(job)
        yield from _differs(result, alone)


def job_of(regime: Regime, question: Question) -> Job:
    """The job that a question comes to. KeyError if there is no such claim."""
    asked = {each.name: each for each in regime.claims}[question.claim]
    return Job(asked, regime.parse_column(question.column), by=question.by)


def _count(question: Question, result: Result, tally: Tally) -> None:
    form = question.form
    tally.counts[form, result.verdict] += 1
    tally.counts[form, "vacuous"] += result.vacuous
    tally.counts[form, "explored"] += result.explored.startswith("agrees")
    if result.verdict in ("unknown", "bounded"):
        tally.reasons[result.reason.split(":")[0].split(";")[0]] += 1


def _differs(result: Result, alone: Result) -> Iterator[str]:
    """Whether the verdict turns on what was asked before; one that ran out of time says nothing."""
    if "unknown" in (result.verdict, alone.verdict):
        return
    stories = [each.evidence.trace for each in (result, alone)]
    shapes = [None if each is None else len(each.steps) for each in stories]
    if (result.verdict, shapes[0]) != (alone.verdict, shapes[1]):
        yield f"{result.verdict} in {shapes[0]} steps; asked alone, {alone.verdict} in {shapes[1]}"
