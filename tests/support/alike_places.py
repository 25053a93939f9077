"""Places that are linked only if they are alike, and a claim about which of them are visited."""

from __future__ import annotations

ALIKE = """
sort Place
enum Act: Walk
fixed link(Place, Place) "{1} is [not] linked to {2}"
fixed high(Place) "{1} is [not] high"
fixed cold(Place) "{1} is [not] cold"
fixed dark(Place) "{1} is [not] dark"
state visited(Place) "{1} has [not] been visited"
request "{sender} does {act} to {to}"
    sender: Place
    act: Act
    to: Place
component Way "the way"
route Way
order at Way unpublished because "no rule says"
axiom joined "Links join what is alike." because "it is so": for every a: Place, b: Place where link(a, b):
    (high(a) iff (cold(a) iff dark(a))) iff (high(b) iff (cold(b) iff dark(b)))
start inference "one begins at such places": for every a: Place where visited(a):
    high(a) iff (cold(a) iff dark(a))
check from-there for "Way 1" at Way, reject with E1
    applies when act is Walk inference "x"
    requires visited(sender) and link(sender, to) inference "x"
effect walking when act is Walk
    visited(to) becomes true inference "x"
version law "as it stands"
"""
NEVER = """
claim 1 never "No place that is high, cold and not dark is visited." from "Way"
    for a: Place
    always not (visited(a) and high(a) and cold(a) and not dark(a))
    expect proved in law
"""
