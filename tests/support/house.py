"""A house: who comes in, by events and by requests, and what its two checks refuse."""

from __future__ import annotations

HOUSE = """
sort User
enum Act: Knock, Enter, Leave
state inside(User) "{1} is [not] inside"
state marked(User) "{1} is [not] marked"
request "{sender} does {act}"
    sender: User
    act: Act
    guide: optional User
component Door "the door"
component Hall "the hall"
route Door, then Hall
start inference "x": for every u: User: not inside(u) and not marked(u)
check no-knocking for "H 1" at Door, reject with T1
    applies when act is Knock inference "x"
    requires false inference "x"
check not-marked for "H 2" at Hall, reject with T2
    applies when act is Leave inference "x"
    requires not marked(sender) inference "x"
effect entering when act is Enter
    inside(sender) becomes true inference "x"
event let-in by the environment with u: User
    inside(u) becomes true inference "x"
event break-in by the environment with u: User
    inside(u) becomes true inference "x"
event brand by the environment with u: User
    marked(u) becomes true inference "x"
version v "as it is"
"""
CLAIMS = """
claim 1 nobody-inside "Nobody is ever inside." from "x"
    for u: User always not inside(u)
    expect refuted in v
claim 2 all-accepted "Every request is accepted." from "x"
    always, for every request r where r.guide is absent: r accepted
    expect refuted in v
claim 3 somebody-inside "Somebody can be inside." from "x"
    for u: User possibly inside(u) by event let-in and event break-in
    expect proved in v
claim 4 in-any-situation "Every request is accepted in any situation." from "x"
    in any situation, for every request r where r.guide is absent: r accepted
    expect refuted in v
claim 5 can-leave "Whoever is inside can still knock on the door." from "x"
    for u: User always, if inside(u), then possibly next not inside(u) by a request of u
    expect refuted in v
claim 6 outside-for-good "Whoever is marked is never inside after that." from "x"
    for u: User always, if marked(u), then never inside(u)
    expect refuted in v
claim 7 all-refused "Whoever is inside was let in." from "x"
    for u: User always inside(u) implies marked(u)
    expect refuted in v
claim 8 nobody-enters "Whoever enters is not inside afterwards." from "x"
    always, after an accepted request r where r.guide is absent: not inside(r.sender)
    expect refuted in v
claim 9 never-both "Nobody is inside, and nobody marked." from "x"
    for u: User always not inside(u) and not marked(u)
    expect refuted in v
"""
