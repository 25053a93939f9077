"""A bank that turns away whoever has left, with versions that understand leaving otherwise."""

LAW = """
sort User
state left(User) "{1} has left"
state free(User) "{1} is free"
define gone(u: User) means left(u)
define out(u: User) means left(u)
request "{sender} asks"
    sender: User
component Bank
route Bank
check never for "R 1" at Bank, reject with E1
    requires not ever gone(sender) inference "x"
effect leaving
    left(sender) becomes true inference "x"
event returning by the environment with u: User
    left(u) becomes false inference "x"
version old "old"
version wider "gone means more" is old with WIDER
version freer "only who is gone now" is old with FREER
modification WIDER "gone means more"
by WIDER replace gone: define gone(u: User) means left(u) or free(u)
modification FREER "only who is gone now"
by FREER replace never: check never for "R 1" at Bank, reject with E1
    requires not out(sender) inference "x"
"""
CLAIMS = """
claim 1 leaves "Whoever has left does not ask." from "R 1"
    for u: User
    always, for every request r where ever out(r.sender): r rejected
    expect refuted in freer
"""
