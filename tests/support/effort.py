"""How hard tests try: in their own process, of which there is one for each core."""

from __future__ import annotations

from typing import Final

from checker.question.jobs import Effort

ALONE: Final = Effort(processes=1)
