"""How `redline diff` words what edits of SRPD 6.2(d) change; `test_claims.py` holds what that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import PATHS, golden, wording
from tests.support.params import with_thorough

# One of each kind at length; `python -m tests.golden` goes through all.
WORDED = ("any-generation", "own-fuel", "import-supplier-added", "everybody-else", "misplaced-or")
SOON = ("any-generation",)


@pytest.mark.parametrize(
    "path",
    with_thorough((path for path in PATHS if path.stem in WORDED), lambda path: path.stem not in SOON),
    ids=lambda path: path.stem,
)
def test_the_difference_is_worded_as_it_was(path: Path) -> None:
    """What `redline diff` says of an edit. When it is to be said otherwise: `python -m tests.golden`."""
    assert wording(path) == golden(path).read_text(encoding="utf-8")
