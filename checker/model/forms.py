"""Further forms of a label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Forms:
    """Further forms of a label, each "" if the spec has none. `denied`: the label denied; `general` and
    `general_denied`: both for an enum argument in general, instead of one value.
    """

    denied: str = ""
    general: str = ""
    general_denied: str = ""


NO_FORMS: Final = Forms()
