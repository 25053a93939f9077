"""A small law with dates, an order, what has been, and an exception to an exception."""

from __future__ import annotations

LAW = """# A waiting list

```redline
sort User
enum Grade: Low, Mid, High in order
state grade(User): Grade "the grade of {1}"
state asked-on: optional date "the day of the question"
state barred(User) "{1} is [not] barred"
define due: date means asked-on plus 5 days
define early: date means earliest of (due, 1 April 2026)
define needed(u: User): Grade means Mid when barred(u), Low otherwise
define clean(u: User) means not ever barred(u)
request "{sender} asks"
    sender: User
component Desk
route Desk
version only "the only one"
check high for "L 1" at Desk, reject with E1
    requires grade(sender) at least needed(sender) inference "x"
    subject to "L 2" inference "y"
exceptions "L 2"
limb "L 2(a)" of "L 2"
    today later than early or days from due to today at least 14 inference "x"
    subject to "L 3" inference "y"
exceptions "L 3"
limb "L 3(a)" of "L 3"
    (not clean(sender)) since grade(sender) less than High inference "x"
    asked-on is present inference "y"
effect ask
    asked-on becomes today inference "x"
event raised by the environment with u: User
    when grade(u) at most High minus 1
    grade(u) becomes High inference "x"
```
"""
