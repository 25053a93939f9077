"""A box office whose desk and till check a seat before it is sold: its rules, and claims about it."""

from __future__ import annotations

RULES = """
sort Person
sort Seat
enum Act: Book "books", Look "looks at"
fixed adult(Person) "{1} is of age"
state listed(Person) "{1} is on the list"
state holder(Seat): optional Person "the holder of {1}"
names for Person p: "Guest" otherwise
request "{sender} {act} {seat}"
    sender: Person
    act: Act
    seat: Seat
component Desk "the desk"
component Till "the till"
route Desk, then Till when act is Book
start inference "nothing is sold": for every s: Seat: holder(s) is absent
check list for "Rule 1" at Desk, reject with D1 "not on the list"
    requires listed(sender) inference "guests"
check age for "Rule 2" at Desk, reject with D2 "too young"
    requires adult(sender) inference "the law"
check free for "Rule 3" at Till, reject with T1 "sold"
    applies when act is Book inference "looking is free"
    requires holder(seat) is absent inference "one guest a seat"
effect selling when act is Book
    holder(seat) becomes sender inference "that is a ticket"
event struck-off by the environment with p: Person when listed(p) "{p} is struck off"
    listed(p) becomes false inference "guests may be uninvited"
version old "as it was"
modification AGAIN "the till asks for the list, too"
version new "as it will be" is old with AGAIN
by AGAIN insert after "Rule 3":
check list-again for "Rule 4" at Till, reject with T2 "not on the list any more"
    requires listed(sender) inference "guests"
deployment desk-old "The till is new.": Desk at old, Till at new
"""

CLAIMS = """
claim 1 sold-once "A seat that is sold is not sold again." from "1"
    for s: Seat
    always, after an accepted request r where r.act is Book and r.seat is s: before holder(s) is absent
    expect proved in old, new
    expect refuted in old staged, new staged
claim 2 of-age "Nobody under age gets a seat." from "1"
    always, after an accepted request r: adult(r.sender)
    expect proved in old, old staged, new staged, desk-old staged
claim 3 listed-when-sold "Whoever gets a seat is on the list." from "1"
    always, after an accepted request r where r.act is Book: listed(r.sender)
    expect proved in old
    expect refuted in old staged
claim 4 let-pass-is-sold "What the desk lets pass is not refused for the list by the till." from "1"
    always, for every request r: not r rejected by list-again
    expect proved in new, desk-old
    expect refuted in new staged, desk-old staged
claim 5 a-holder-stays "A seat that has a holder keeps that one." from "1"
    for s: Seat, p: Person
    always, if holder(s) is p, then never holder(s) is not p by requests
    expect proved in old
    expect refuted in old staged
claim 6 anyone-can "A free seat can be had." from "1"
    for s: Seat, p: Person
    always, if holder(s) is absent and listed(p) and adult(p), then possibly holder(s) is p by requests
    expect proved in old, old staged, new staged
claim 7 two-by-two "Two people can have had a seat by requests." from "1"
    for s: Seat, p: Person, q: Person where p is not q
    possibly, after an accepted request r where holder(s) is q: holder(s) is p
    expect refuted in old
    expect proved in old staged
claim 8 not-so "A seat that is sold stays as it is." from "1"
    for s: Seat
    always, if holder(s) is present, then possibly holder(s) is absent by requests
    expect refuted in old
claim 9 till-later "What the desk lets pass is not refused for the list by the till." from "1"
    always, for every request r: not r rejected by list-again
    with deployment steps over old, new
    expect proved in old
    expect refuted in old staged
claim 10 by-its-own "A holder does not lose its seat by requests of its own." from "1"
    for s: Seat, p: Person
    always, if holder(s) is p, then never holder(s) is not p by requests of p
    expect proved in old
"""
