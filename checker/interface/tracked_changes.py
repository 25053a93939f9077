"""The law of one version as tracked changes of another, for Word."""

from __future__ import annotations

from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.showing import show
from checker.office.law_as_blocks import law_as_blocks
from checker.office.write_docx import docx_bytes, signature


def tracked_changes(law: LoadedLaw, version: str, *, against: str | None, author: str, date: str) -> bytes:
    """Return the law of a version as a Word file: as tracked changes of `against`, which is by default the
    version that is made from no other. The meaning of each phrase is a comment. Needs `redline[office]`.

    `author`, `date` (as in `"2024-05-31"`): who makes the changes, and when; nothing else is in the file but
    the law. Raises SpecError for what is no version or no date.
    """
    signed = signature(author, date)
    old = against or _first(law, version)
    return docx_bytes(law_as_blocks(law.regime, show(law, version), show(law, old)), signed)


def _first(law: LoadedLaw, version: str) -> str:
    """Return the version from which, by modifications, the one of a column is made."""
    known = law.regime.versions
    base = atomic_column(law.regime, version).base
    while base in known and (parent := known[base].parent) is not None:
        base = parent
    return base
