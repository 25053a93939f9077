"""A law about guests, in which words and rules fit each other, and edits of it."""

from __future__ import annotations

from checker.regime.regime import Regime
from tests.rooms.lint.lint_laws import found_in_words, law

GUESTS = """
## By-laws

> A guest who enters is a friend of the house, subject to section 2.
>
> — By-law 1, verbatim in Gazette 1

```redline
check guests for "By-law 1" at Door, reject with E4 "no friend"
    "A guest who enters" applies when act is Enter
    "is a friend of the house," requires friend(sender)
    "subject to section 2." subject to "By-law 2"
```

> Section 1 does not apply to
>
> — By-law 2, verbatim in Gazette 1

```redline
exceptions "By-law 2"
    "Section 1 does not apply to" any of
```

> (a) whoever lives in it.
>
> — By-law 2(a), verbatim in Gazette 1

```redline
limb "By-law 2(a)" of "By-law 2"
    "(a)" connective
    "whoever lives in it." host(sender)
```
"""

TEXTUAL = (
    *("value-not-in-words", "value-not-in-meaning", "undefined-term", "clause-absent"),
    *("reference-not-followed", "subject-to-unsaid", "exceptions-unsaid"),
)


def guests(*edits: tuple[str, str], more: str = "") -> Regime:
    """The house with by-laws for guests, edited."""
    text = GUESTS
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return law(page=text + more)


def textual(regime: Regime) -> dict[str, list[str]]:
    """Subjects of what is found by reading, by kind."""
    found: dict[str, list[str]] = {}
    for each in found_in_words(regime):
        if each.kind in TEXTUAL:
            found.setdefault(each.kind, []).append(each.subject)
    return found
