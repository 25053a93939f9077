"""A law for test packs: two components, an exception with a binder, idle conditions."""

from __future__ import annotations

from functools import cache
from typing import Final

import checker
from checker.api import Law
from checker.rooms.cases.answer import CasePack
from tests.support.effort import ALONE

WORDS: Final = """# A reading room

```redline
sort Person
sort Book
constant House: Person "the house"
enum Act: Borrow "a loan", Return "a return"
enum Kind: Novel "a novel", Atlas "an atlas"
enum Shelf: East "the east shelf", West "the west shelf"
fixed kind(Book): Kind "the kind of {1}"
fixed shelf(Book): Shelf "the shelf of {1}"
state member(Person) "{1} is [not] a member"
state keeper(Book): optional Person "the keeper of {1}"

request "{sender} asks for {act} of {book}"
    sender: Person
    act: Act
    book: Book

component Gate "the gate"
component Stack[Shelf] "the attendant of {1}"
route Gate, then Stack[shelf(book)] when kind(book) is Atlas
start inference "all books are in the room": for every b: Book: keeper(b) is absent
order at Gate unpublished because "nobody wrote it down"
order at Stack unpublished because "nobody wrote it down"
```

> The gate lets in a member, unless Rule 2 says otherwise.
>
> — Rule 1, verbatim in the House Book

> Rule 1 does not apply to
>
> — Rule 2, verbatim in the House Book

> (a) whoever keeps a novel.
>
> — Rule 2(a), verbatim in the House Book

```redline
check membership for "Rule 1" at Gate, reject with G1 "no member"
    "The gate lets in" connective
    "a member," requires member(sender)
    "unless Rule 2 says otherwise." subject to "Rule 2"

exceptions "Rule 2"
    "Rule 1 does not apply to" any of
limb "Rule 2(a)" of "Rule 2" for some b: Book
    "(a) whoever keeps" keeper(b) is sender
    "a novel." kind(b) is Novel
```

> An atlas is lent if nobody keeps it. This is not asked of whoever returns a novel.
>
> — Rule 3, verbatim in the House Book

```redline
check lending for "Rule 3" at Stack, reject with S1 "it is kept"
    "An atlas is lent" applies when act is Borrow
    "if nobody keeps it." requires keeper(book) is absent
    "This is not asked of whoever returns a novel." applies unless act is Return and kind(book) is Novel

effect loan when act is Borrow
    keeper(book) becomes sender inference "that is what a loan is"
effect giving-back when act is Return and keeper(book) is sender
    keeper(book) becomes absent inference "that is what a return is"

event joins by House with p: Person when p is not House "{p} becomes a member"
    member(p) becomes true inference "everybody may"

modification OPENING "The gate is open to whoever returns a book"
version shut "as it was"
version open "with the opening" is shut with OPENING
```

> (b) whoever returns a book.
>
> — Rule 2(b), verbatim in the Minutes

```redline
by OPENING insert after "Rule 2(a)":
limb "Rule 2(b)" of "Rule 2"
    "(b) whoever" connective
    "returns a book." act is Return
```
"""

CLAIMS: Final = """# Claims

```redline
claim 1 can-get-rid "Whoever keeps a book can bring it about that nobody does." from "House Book"
for b: Book
always, if keeper(b) is present, then possibly keeper(b) is absent
expect refuted in shut
expect proved in open

claim 2 nobody-else "A book that is kept is lent to nobody else." from "House Book"
for b: Book
always, after an accepted request r where r.act is Borrow and r.book is b: before (keeper(b) is absent)
expect refuted in shut, open

claim 3 never-both "A member can join again." from "House Book"
always, for every request r: r accepted implies not r fails membership
expect proved in shut, open
```
"""


def reading_room(words: str = WORDS, claims: str = CLAIMS) -> Law:
    """Return the law, which is asked in one process."""
    return checker.load({"room.md": words}, {"claims.md": claims}, effort=ALONE)


@cache
def room() -> Law:
    """Return the law as it is, which all tests share."""
    return reading_room()


@cache
def pack_of(version: str, against: str | None = None, *, stories: bool = True) -> CasePack:
    """Return a pack of the law as it is, which all tests share."""
    return room().cases(version, against=against, stories=stories, levels=("PIT", "SIT", "UIT"))
