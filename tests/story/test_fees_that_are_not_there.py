"""What is not at least a number that a table says is not there, is not said to be less."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.expressions import Not
from checker.regime.load import load_texts
from checker.story.phrases import Phrases

LAW = """# Fees

```redline
table services
```

| srv | fee |
|---|---|
| A1 | 5 |
| A2 | CELL |

```redline
enum Srv from table services: value "srv"
sort User
quantity money "£"
fixed fee(Srv): money "the fee of {1}" from table services: "fee"
request "{sender} asks for {srv} with {paid}"
    sender: User
    srv: Srv "service"
    paid: money "amount"
component Gate "the gate"
route Gate
version now "it is so"
```
"""


@pytest.mark.parametrize(("cell", "said"), [("none", "is not at least"), ("9", "is less than")])
def test_less_is_said_where_there_is_a_number(cell: str, said: str) -> None:
    """A cell `none` is no number, so the amount paid is not less than the fee there."""
    law = load_texts({"law.md": LAW.replace("CELL", cell)}, {})
    formula = Not(law.parse_formula("r.paid at least fee(r.srv)", requests=("r",)))
    words = Phrases(law.model(Column("now"))).said(formula)
    assert words is not None
    assert f"the amount {said} the fee" in words
