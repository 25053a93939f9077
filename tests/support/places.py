"""Where things are that tests read: the repository, and the laws that only tests know."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
TESTS: Final = ROOT / "tests"
PERMITS: Final = TESTS / "laws" / "permits"
LIBRARY: Final = TESTS / "laws" / "library"
