"""Claims and columns without an entry in a folder, and whether the folder's second law is the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.evidence.recheck_entry import named, under_facts
from checker.evidence.recheck_folder import Folder, shown
from checker.prove.left_out import never_asked
from checker.question.jobs import jobs_for
from checker.regime.regime import Regime


@dataclass(frozen=True, slots=True)
class Missing:
    """A column without entries for these claims (by number), which have an expectation there. Without claims:
    a column without any entry, for which no claim has an expectation.
    """

    column: str
    claims: tuple[str, ...]


def missing_in(folder: Folder, regime: Regime) -> Iterator[Missing]:
    """Yield the columns of the law, and claims with expectations there, without an entry in the folder."""
    entries = {named(each)[1:] for each in folder.entries("verdicts") if not under_facts(each)}
    columns: dict[str, dict[str, None]] = {}
    for job in jobs_for(regime.claims):
        if (job.claim.name, str(job.column), job.by) not in entries:
            columns.setdefault(str(job.column), {})[job.claim.number] = None
    for column, numbers in columns.items():
        yield Missing(column, tuple(numbers))
    asked = {column for _, column, _ in entries}
    for each in never_asked(regime):
        if str(each.column) not in asked:
            yield Missing(str(each.column), ())


def former_problems(former: Mapping[str, str], held: Mapping[str, str] | None, whose: str) -> Iterator[str]:
    """Yield why the second law in the folder is not the given one. `former`, `held`: name -> text of the two,
    where names in `former` have a prefix; `whose`: the given one in words.
    """
    if held is None:
        yield "the folder contains another law, `former`: say which one it is with --before or --git"
        return
    brought = {name.partition("/")[2]: text for name, text in former.items()}
    for name in sorted({*brought, *held}):
        if name not in held:
            yield shown(f"`former` is not {whose}: `{name}` is missing there")
        elif name not in brought:
            yield shown(f"`former` is not {whose}: it lacks `{name}`")
        elif brought[name] != held[name]:
            yield shown(f"`former` is not {whose}: `{name}` differs")
