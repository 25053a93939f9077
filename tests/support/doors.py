"""A law about doors with one claim, as folders that redline reads."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import checker
from checker.api import Law
from checker.question.jobs import Effort

_CLAIMS: Final = """# Claims

```redline
claim 1 there "There is a door."
    from "Rule 1"
    always (for some d: Door: true)
    expect proved in before
```
"""


LOG = """[log]
table = "log"
when = "t"
answer = "a"
accepted = ["OK"]
request = { sender = "s", act = "act", door = "d" }
"""
"""What a mapping says of the log of a law about doors."""


def law_of_doors(folder: Path, spec: str) -> Law:
    """Write the law, whose first version is `before`, and the claim into a folder, and load them."""
    for name, text in (("spec", spec), ("properties", _CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return checker.load(folder / "spec", folder / "properties", effort=Effort(processes=1))
