"""What the comments in modules say."""

from __future__ import annotations

from typing import Final

ABSENCE: Final = (
    "Things are model values, values of enumerated sorts are strings, and Absent is what an optional "
    "value is that is not there. A statement about something absent is false, and its negation true: Is "
    "and In say so where a comparison does not by itself."
)

CLAIMS: Final = (
    "Spec, at the end, is the whole behaviour. It may have more situations than TLC can go through, so each "
    "claim has a module of its own over this one, which follows only what can make a difference to it, and "
    "a configuration. Run TLC on one of them, in this folder:"
)

FINITE: Final = (
    "An instance is finite. A claim speaks of every number of things, so a story that TLC finds in one "
    "settles it; that TLC finds none says nothing of larger instances, and is no proof."
)

REFUTES: Final = (
    "If TLC finds that Claim is violated, the claim is refuted, and the trace is a story that shows it. "
    "If it finds no error, there is no such story among the things of this instance. There may be one "
    "among more: that is no proof."
)

SHOWS: Final = (
    "The claim says that something is possible, and Claim below says that it is not: if TLC finds that "
    "Claim is violated, the claim is shown, and the trace is the witness. If it finds no error, there is "
    "no witness among the things of this instance. There may be one among more."
)

PARTS: Final = (
    "The claim is asked of one part of the requests (or values) at a time, because each depends on less "
    "than all of them together: which part is chosen at the start, and kept."
)

FOLLOWED: Final = (
    "What can make a difference to the claim, directly or through steps. The rest of a situation is left "
    "out: nothing that is asked here depends on it."
)

LENGTH: Final = "A trace has one state more than the story has steps."

ASKED: Final = "The requests that the claim is asked of: of those that it cannot tell apart, one."
