"""A small law of doors that have lamps, which two tables keep, and events that change both."""

from __future__ import annotations

SPEC = """# Doors

```redline
sort Person
sort Door
enum State: Open, Closed, Locked
enum Light: Green, Red
state state(Door): State
state lamp(Door): Light
request "{sender} asks"
    sender: Person
component Host "host"
route Host
version before "before"
event shut by the environment
    for every d: Door where state(d) is Open and lamp(d) is Green: state(d) becomes Locked inference "as said"
    for every d: Door where state(d) is Open and lamp(d) is Green: lamp(d) becomes Red inference "as said"
event chase by the environment
    for every d: Door where lamp(d) is Red: state(d) becomes Locked inference "as said"
    for every d: Door where state(d) is Open: lamp(d) becomes Red inference "as said"
```
"""
CLAIMS = """# Claims

```redline
claim 1 kept "What is shut is locked."
    from "Rule 1"
    for d: Door
    always, after event shut:
        before (state(d) is Open and lamp(d) is Green) implies (state(d) is Locked and lamp(d) is Red)
    expect proved in before
```
"""
MAPPING = """
tables.doors = { file = "doors.csv", things.Door = "id", values."state({id})" = "state" }
tables.lamps = { file = "lamps.csv", values."lamp({door})" = "lamp" }
"""
DOORS = "id,state\na,Open\nb,Open\nc,Closed\n"
LAMPS = "door,lamp\na,Green\nb,Red\nc,Green\n"
