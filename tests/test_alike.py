"""The same questions have the same answers, however they are asked; `tests.alike` has more ways and laws."""

from __future__ import annotations

from tests.alike import LAWS, differing


def test_order_processes_and_hashes_leave_the_evidence_as_it_is() -> None:
    """Byte for byte, all files of it."""
    permits = LAWS[0]
    assert list(differing(permits / "spec", permits / "properties")) == []
