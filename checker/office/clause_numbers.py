"""Names for clauses: limbs as a drafter numbers them, `(c)` and `(ii)`, joined to their clause's number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_CLAUSE: Final = re.compile(r"((?:[A-Z]{1,2}\.?)?\d{1,3}[A-Z]{0,2}(?:\.\d{1,3}[A-Z]{0,2})*)[.)]?(?=\s)")
_LIMB: Final = re.compile(r"(?:\(([a-z]{1,6}|[A-Z]{1,6}|\d{1,3})\)|([a-z]|[ivx]{2,5})[.)])(?=\s)")
_ROMAN: Final = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_TOP: Final = "clause"


@dataclass(slots=True)
class Numbers:
    """The clause that was read last, with the limbs that it is in: (kind of number, number)."""

    within: list[tuple[str, str]] = field(default_factory=list)

    def named(self, text: str) -> str:
        """Return the name of a paragraph that begins with a number; "" if it begins with none."""
        text = f"{text.lstrip()} "
        clause, limb = _CLAUSE.match(text), _LIMB.match(text)
        if limb is not None:
            self._limb(limb[1] or limb[2])
        elif clause is not None:
            self.within = [(_TOP, clause[1])]
        else:
            return ""
        return "".join(each if kind == _TOP else f"({each})" for kind, each in self.within)

    def _limb(self, label: str) -> None:
        kind = self._kind(label)
        kinds = [each for each, _ in self.within]
        if kind in kinds:
            del self.within[kinds.index(kind) :]
        self.within.append((kind, label))

    def _kind(self, label: str) -> str:
        if label.isdigit():
            return "number"
        case, lower = ("letter", label) if label.islower() else ("capital", label.lower())
        if not _ROMAN.fullmatch(lower):
            return case
        roman = f"roman {case}"
        known = dict(self.within)
        follows = len(lower) == 1 and known.get(case, "").lower() == chr(ord(lower) - 1)
        if follows and (roman not in known or lower != "i"):
            return case
        return roman if roman in known or lower == "i" or len(lower) > 1 else case
