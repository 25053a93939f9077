"""Who looks for the tests of a module finds them."""

from __future__ import annotations

import pytest

from tests.tests_of import seen, told


@pytest.mark.thorough
def test_a_module_without_a_file_of_its_name_is_seen_by_those_that_import_it() -> None:
    """Also the mistake that is made in it on purpose is told."""
    found = seen("prove/grow_region.py")
    assert found.named is None
    assert "tests/trusted/test_invariants.py" in found.importing
    assert "  python -m tests.mutants rank-off-by-one" in told(found)
