"""A gate that a modification changes: laws whose difference anybody can see."""

from __future__ import annotations

from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.rooms.diff.find import Difference, differ
from tests.support.effort import ALONE


def difference(regime: Regime, old: str, new: str) -> Difference:
    return differ(regime, regime.parse_column(old), regime.parse_column(new), ALONE, "the tests")


LAW = """# A gate

```redline
sort User
enum Act: Open, Shut
state member(User) "{1} is a member"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
route Gate
check membership for "Rule 1" at Gate, reject with G1
    requires MEMBER inference "x"
effect opening when act is Open
    member(sender) becomes EFFECT inference "x"
CHANGES
modification Change "a change"
by Change replace membership: check membership for "Rule 1" at Gate, reject with G1
    requires CHANGED inference "x"
version old "v"
version new "w" is old with Change
```
"""


def gate(changed: str, changes: str = "", member: str = "member(sender)") -> Regime:
    text = LAW.replace("MEMBER", member).replace("CHANGED", changed).replace("CHANGES", changes)
    return load_texts({"law.md": text.replace("EFFECT", "true")})


def gate_text(member: str) -> str:
    text = LAW.replace("MEMBER", member).replace("CHANGED", "true").replace("CHANGES", "")
    return text.replace("EFFECT", "true")
