"""Comparing two columns, perhaps of two laws: what `diff` does."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.interface.choices import DiffFailing
from checker.interface.claims_to_ask import check_claims
from checker.interface.evidence import Behind
from checker.interface.loaded_law import LoadedLaw, compared_columns
from checker.interface.watching import decide
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.prove.left_out import LeftOut, why_not, why_not_in
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.load import markdown_in
from checker.regime.regime import Regime
from checker.regime.side_by_side import FORMER, beside
from checker.report.summary import repeat
from checker.results.answer import Watch, keeping
from checker.rooms.diff.answer import Differences, differences_of
from checker.rooms.diff.find import Difference, differ
from checker.rooms.diff.text import Compared, Flip
from checker.trusted.load_law import load_texts


def diff(
    law: LoadedLaw,
    old: str,
    new: str | None,
    effort: Effort,
    *,
    before: Path | Mapping[str, str] | None,
    git: str | None,
    claims: bool,
    evidence: bool,
    fail_on: Sequence[DiffFailing],
    command: str,
    watch: Watch,
) -> Differences:
    """Say what NEW decides differently from OLD, which may be a column of another law."""
    started = time.monotonic()
    laws = laws_compared(law, before, git, claims=claims or evidence)
    if new is None and laws.former is None:
        message = f"NEW is missing: with which column is `{old}` to be compared?"
        expected = ("a second column", "`--before`", "`--git`")
        raise SpecError((Diagnostic("bad-option", message, None, expected),))
    if evidence and laws.elsewhere:
        message = "evidence is about the law as it lies here: give --git one revision"
        raise SpecError((Diagnostic("bad-option", message, None),))
    effort, regime = replace(effort, witnesses="ordinary" if claims or evidence else "none"), laws.regime
    if claims:
        check_claims(law)
    first = old if laws.former is None else f"{FORMER}{old}"
    columns = compared_columns(regime, first, new or old)
    names = (old, *(() if new is None else (new,)))
    found = differ(regime, *columns, effort, repeat(("diff", *names), ()))
    flips, asked, left_out = claims_changed(regime, *columns, effort, watch) if claims else (None, 0, ())
    told = command or law.command(
        ("diff", *names, *(("--claims",) if claims else ())),
        ("--before", (str(before),) if isinstance(before, Path) else ()),
        ("--git", () if git is None else (git,)),
    )
    seconds = time.monotonic() - started
    compared = Compared(found, flips, asked, _fails(found, fail_on), told, seconds, left_out)
    about = (found.regime, found.results, effort.processes, found.text, laws.former)
    answer = differences_of(compared, shipped=law.shipped)
    return keeping(answer, behind=Behind(law, *about, origin=laws.origin), fail_on=tuple(fail_on))


@dataclass(frozen=True, slots=True)
class Laws:
    """The law as it is and, if there is another one to compare it with, beside it the law as it was.

    `former`: the files of that other one; `origin`: where they were found. `elsewhere`: the first is not
    the one that was loaded.
    """

    regime: Regime
    former: Mapping[str, str] | None = None
    origin: Mapping[str, str] | None = None
    elsewhere: bool = False


def laws_compared(
    law: LoadedLaw, before: Path | Mapping[str, str] | None, revisions: str | None, *, claims: bool
) -> Laws:
    """Return the law beside what it is compared with. `claims`: they are asked as well. Raises SpecError."""
    if before is not None and revisions is not None:
        message = "--before and --git name different laws: give one of them"
        raise SpecError((Diagnostic("bad-option", message, None),))
    if isinstance(before, Mapping):
        former = {f"before/{file}": text for file, text in before.items()}
        return Laws(beside(law.regime, load_texts(former)), former)
    if before is not None:
        name = before.resolve().name
        former = {f"{name}/{file}": text for file, text in markdown_in(before).items()}
        return Laws(beside(law.regime, load_texts(former)), former, {"folder": str(before)})
    if revisions is None:
        return Laws(law.regime)
    return _laws_in_git(law, revisions, claims=claims)


def _laws_in_git(law: LoadedLaw, revisions: str, *, claims: bool) -> Laws:
    from checker.interface.git import check_tracked, commit_of, named, texts_at

    if law.places is None:
        message = "a law that was given as texts lies in no repository"
        raise SpecError((Diagnostic("git", message, None),))
    spec, properties = law.places.spec, law.places.properties
    first, dots, second = revisions.partition("..")
    was = {f"{named(first)}/{name}": text for name, text in texts_at(first, spec).items()}
    if not dots or not second:
        for each in (spec, *((properties,) if claims else ())):
            check_tracked(each)
        origin = {"revision": first, "commit": commit_of(first, spec)}
        return Laws(beside(law.regime, load_texts(was)), was, origin)
    now = {f"{named(second)}/{name}": text for name, text in texts_at(second, spec).items()}
    asked = texts_at(second, properties) if claims else {}
    told = {f"{named(second)}/claims/{name}": text for name, text in asked.items()}
    return Laws(beside(load_texts({**now, **told}), load_texts(was)), was, elsewhere=True)


def claims_changed(
    regime: Regime, old: Column, new: Column, effort: Effort, watch: Watch
) -> tuple[tuple[Flip, ...], int, tuple[LeftOut, ...]]:
    """Return the claims whose verdict is not the same in both columns, how many were asked, and which not.

    These name what they are about, and so say nothing of one of the columns.
    """
    deployed = {name for column in (old, new) for name in regime.deployed(column).values()}
    words = [[why_not_in(regime, each, column) for column in (old, new)] for each in regime.claims]
    reasons = [
        (claim, next((each for each in (why_not(claim, deployed), *found) if each is not None), None))
        for claim, found in zip(regime.claims, words, strict=True)
    ]
    claims = [each for each, reason in reasons if reason is None]
    jobs = tuple(Job(claim, column) for claim in claims for column in (old, new))
    results = decide(regime, jobs, effort, watch)
    pairs = zip(results[::2], results[1::2], strict=True)
    flips = (Flip(old, new) for old, new in pairs if _found(old) != _found(new))
    left_out = (LeftOut(each, None, reason) for each, reason in reasons if reason is not None)
    return tuple(flips), len(claims), tuple(left_out)


def _found(result: Result) -> tuple[str, bool]:
    return result.verdict, result.vacuous


def _fails(found: Difference, failing: Sequence[DiffFailing]) -> bool:
    if found.undecided:
        return False
    so: dict[DiffFailing, bool] = {
        "any": not found.same,
        "accepting": found.relation != "equivalent",
        "more-permissive": found.relation in ("more permissive", "incomparable"),
        "less-permissive": found.relation in ("less permissive", "incomparable"),
        "incomparable": found.relation == "incomparable",
    }
    return any(so[each] for each in failing)
