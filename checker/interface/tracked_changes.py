"""The law of one version as tracked changes of another, for Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.interface.loaded_law import atomic_column
from checker.office.law_as_blocks import law_as_blocks
from checker.office.write_docx import docx_bytes, signature

if TYPE_CHECKING:
    from checker.api import Law


def tracked_changes(law: Law, version: str, against: str | None, author: str, date: str) -> bytes:
    """Return the Word file. Without `against`, it is the version that is made from no other."""
    signed = signature(author, date)
    base = atomic_column(law.regime, version).base
    if against is None:
        while (
            parent := law.regime.versions[base].parent if base in law.regime.versions else None
        ) is not None:
            base = parent
    return docx_bytes(law_as_blocks(law.regime, law.show(version), law.show(against or base)), signed)
