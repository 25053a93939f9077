"""Re-checking of written evidence: what `certify` does."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.evidence.certify_report import Certified
from checker.evidence.folder import read_folder
from checker.evidence.missing_entries import former_problems, missing_in
from checker.evidence.recheck_folder import Certificate, Folder, NoManifest, binding_problems, shown
from checker.evidence.recheck_folder import certify as recheck
from checker.interface.choices import SOLVERS, Solver
from checker.interface.git import texts_at
from checker.interface.loaded_law import LoadedLaw
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.load import markdown_in
from checker.results.answer import Watch, keeping
from checker.results.certification import Certification, certification_of


def certify(
    law: LoadedLaw,
    folder: Path,
    solvers: Sequence[Solver],
    budget: float,
    processes: int,
    *,
    before: Path | None,
    git: str | None,
    watch: Watch,
) -> Certification:
    """Build every obligation of the folder anew, ask the solvers about it, and replay every story. `budget`:
    seconds for one obligation and solver.
    """
    started = time.monotonic()
    check_installed(solvers)
    files = read_folder(folder)
    asked = tuple(dict.fromkeys(solvers))
    try:
        written = Folder.of(files)
        regime = written.asked_of(law.regime)
    except NoManifest as wrong:
        certified = Certified((str(wrong),), (), asked, time.monotonic() - started)
        return keeping(certification_of(certified, shipped=law.shipped), regime=law.regime)
    former = former_law(written, law, before, git)
    problems = (
        *binding_problems(written, law.sources()),
        *(former_problems(written.former, former.texts, former.whose) if written.former else ()),
    )
    found: dict[int, Certificate] = {}
    total = len(written.entries("grounds")) + len(written.entries("verdicts"))
    watch(0, total, "")
    for number, each in recheck(regime, written, asked, budget, processes):
        found[number] = each
        watch(len(found), total, each.subject)
    entries = tuple(found[number] for number in sorted(found))
    missing = tuple(missing_in(written, law.regime))
    seconds = time.monotonic() - started
    certified = Certified(problems, entries, asked, seconds, missing, former.whose)
    return keeping(certification_of(certified, shipped=law.shipped), regime=law.regime)


@dataclass(frozen=True, slots=True)
class Former:
    """The law that evidence compares with: name -> text, None if nobody says where; `whose`, in words."""

    texts: Mapping[str, str] | None = None
    whose: str = ""


def former_law(written: Folder, law: LoadedLaw, before: Path | None, revision: str | None) -> Former:
    """Return the law that the folder's other one is held against: as told, else where the folder says that it
    was found. Raises SpecError.
    """
    if before is not None and revision is not None:
        raise _refused("--before and --git name different laws: give one of them")
    if not written.former:
        if before is not None or revision is not None:
            raise _refused("the evidence compares with no other law: leave out --before and --git")
        return Former()
    if before is not None:
        return Former(markdown_in(before), f"the one in `{before}`")
    if revision is not None:
        return Former(texts_at(revision, _spec(law)), f"the one at `{revision}`")
    match written.origin:
        case {"folder": place} if Path(place).is_dir():
            return Former(markdown_in(Path(place)), f"the one in `{shown(place)}`, as the folder says")
        case {"commit": commit} if re.fullmatch(r"[0-9a-f]{40,64}", commit):
            return Former(texts_at(commit, _spec(law)), f"the one at commit {commit}, as the folder says")
        case _:
            return Former()


def _spec(law: LoadedLaw) -> Path:
    if law.places is None:
        raise _refused("a law that was given as texts lies in no repository")
    return law.places.spec


def check_installed(solvers: Sequence[Solver]) -> None:
    """Raise SpecError unless all these solvers are there."""
    scripts = importlib.import_module("checker.logic.script_solvers")
    for each in solvers:
        if not scripts.is_installed(each):
            others = [other for other in SOLVERS if scripts.is_installed(other)]
            hint = f"install `redline[certify]`, or ask `--solver {others[0]}` alone"
            raise _refused(f"{each} is not installed: {hint}")


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic("bad-option", message, None),))
