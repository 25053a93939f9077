"""A regime of lamps: what axioms rest on, what comes about in the end, and what deployment needs."""

from __future__ import annotations

LAW = """# Lamps

```redline
sort User
sort Lamp
enum Colour: Red, Green
fixed able(User) "{1} can switch"
state shines(Lamp): optional Colour "the colour of {1}"
request "{sender} sets {lamp} to {colour}"
    sender: User
    lamp: Lamp
    colour: Colour
component Desk "the desk"
route Desk
start inference "dark": for every l: Lamp: shines(l) is absent
axiom never-red "No lamp shines red." because "red means danger": for every l: Lamp: not (shines(l) is Red)
premise somebody-able "Somebody can switch." because "else nobody would ever" means for some u: User: able(u)
check ability for "1" at Desk, reject with N1 "cannot switch"
    requires able(sender) inference "a skill"
check colours for "2" at Desk, reject with N2 "not that colour"
    requires colour is Green inference "the axiom rests on it"
effect switch
    shines(lamp) becomes colour inference "that is what it does"
event fuse by the environment with l: Lamp "{l} goes dark"
    shines(l) becomes absent inference "fuses blow"
version old "as it was"
modification OPEN "no skill needed"
version new "as it will be" is old with OPEN
by OPEN strike "1"
```
"""
CLAIMS = """# Claims

```redline
claim 1 lit "A lamp can shine."
    from "1"
    for l: Lamp
    possibly shines(l) is Green
    expect proved in old
claim 2 in-the-end "A dark lamp shines in the end, if somebody who can goes on asking."
    from "1"
    for l: Lamp
    given somebody-able
    always, if shines(l) is absent, then eventually shines(l) is Green,
        given that a request r where r.lamp is l and r.colour is Green is made, while requests
    expect proved in old
    needs somebody-able in old
claim 3 anybody "Nobody who cannot switch ever gets a lamp to shine."
    from "1"
    always, after an accepted request r: able(r.sender)
    with deployment steps over old, new
    expect refuted in old
```
"""
