"""What the workbench says of mistakes, and of what it has saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.prove.pool import WorkerDied
from checker.question.jobs import Disagreement
from checker.workbench.desk import Desk, Page
from checker.workbench.messages import Mistake, Note

FIRST_MEND: Final = "mend the mistake first: what the edit does is asked of a law"


def _own_mistake(wrong: Exception) -> str:
    """Say that redline itself is wrong."""
    return f"redline made a mistake of its own: {type(wrong).__name__}: {wrong}"


def placed_mistake(found: Diagnostic) -> Mistake:
    """Return a diagnostic as a window shows it."""
    span = found.span
    said = found.message
    if found.nearest:
        said += f"; did you mean `{found.nearest}`?"
    if found.expected:
        said += f"; expected: {', '.join(found.expected)}"
    said += "".join(f"; {each}" for each in found.notes)
    if span is None:
        return Mistake("", 1, 1, 1, 1, said)
    return Mistake(span.file, span.line, span.column, span.end_line, span.end_column, said)


def saved_words(writes: Iterable[str], law: Sequence[Page], desk: Desk) -> str:
    """Say what was written, and what was not."""
    written = " and ".join(desk.pages[each].title for each in writes)
    kept = " and ".join(each.title for each in law)
    return f"Saved {written}." + (f" {kept} stays as it was: the edit is the modification." if law else "")


def notes_of(wrong: Exception) -> Iterator[Note]:
    """Yield what windows are told of what went wrong."""
    match wrong:
        case SpecError():
            for each in wrong.diagnostics:
                expected = f"; expected: {', '.join(each.expected)}" if each.expected else ""
                yield Note(f"{each.message}{expected}", bad=True)
        case Disagreement():
            yield Note(f"redline contradicts itself, so there is no verdict: {wrong}", bad=True)
        case WorkerDied():
            yield Note(f"a process that decides claims ended: {wrong}", bad=True)
        case _:
            yield Note(_own_mistake(wrong), bad=True)
