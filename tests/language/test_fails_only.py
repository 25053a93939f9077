"""`fails only`: where `only` is a word of the language, and where it is a name."""

from __future__ import annotations

import pytest

from checker.model.claim import SomeRequest
from checker.model.expressions import And, Outcome
from checker.regime.load import load_texts

LAW = """# A door

```redline
sort User
state known(User)
request "{{sender}} knocks"
    sender: User
component Door
route Door
start inference "x": for every u: User: not known(u)
check only for "1" at Door, reject with E1
    requires known(sender) inference "x"
check other for "2" at Door, reject with E2
    requires not known(sender) inference "x"
version now "v"
claim 1 asked "Asked."
    from "x"
    in some situation, for some request r: {formula}
    expect proved in now
```
"""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("r fails only", Outcome("fails", "r", "only")),
        ("r fails only only", Outcome("fails only", "r", "only")),
        ("r fails only other", Outcome("fails only", "r", "other")),
        ("r fails only in now", Outcome("fails", "r", "only", "now")),
        ("r fails only Door in now", Outcome("fails only", "r", "Door", "now")),
        (
            "r fails only and r passes other",
            And((Outcome("fails", "r", "only"), Outcome("passes", "r", "other"))),
        ),
        (
            "r fails only other and r fails only",
            And((Outcome("fails only", "r", "other"), Outcome("fails", "r", "only"))),
        ),
    ],
)
def test_a_check_may_be_called_only(text: str, meant: object) -> None:
    """What follows tells the word of the language from the name."""
    (claim,) = load_texts({"spec/law.md": LAW.format(formula=text)}).claims
    assert isinstance(claim.statement, SomeRequest)
    assert claim.statement.formula == meant
