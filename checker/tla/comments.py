"""What the comments in modules say."""

from __future__ import annotations

from typing import Final

ABSENCE: Final = (
    "Things are model values, values of enumerated sorts are strings, and Absent stands for an optional "
    "value that is missing. A statement about something absent is false, and its negation true: Is "
    "and In say so where a plain comparison would not."
)

CLAIMS: Final = (
    "Spec, at the end, is the whole behaviour. It may have more situations than TLC can go through, so each "
    "claim has a configuration and a module that extends this one, and follows only what can make a "
    "difference to the claim. Run TLC on one of them, in this folder:"
)

FINITE: Final = (
    "An instance is finite, and a claim is about any number of things. So a story that TLC finds in one "
    "instance decides the claim. If TLC finds none, larger instances may still have one: that is no proof."
)

REFUTES: Final = (
    "If TLC finds that Claim is violated, the claim is refuted, and the trace is a story that shows it. "
    "If it finds no error, there is no such story with the things of this instance. There may be one "
    "with more things: that is no proof."
)

SHOWS: Final = (
    "The claim says that something is possible, and Claim below says that it is not: if TLC finds that "
    "Claim is violated, the claim is proved, and the trace is the witness. If it finds no error, there is "
    "no witness with the things of this instance. There may be one with more things."
)

PARTS: Final = (
    "The claim is checked for one part of the requests (or values) at a time, because each part depends on "
    "fewer places than all of them together. The part is chosen at the start and stays the same."
)

FOLLOWED: Final = (
    "The places that can make a difference to the claim, directly or through steps. The rest of a "
    "situation is left out: nothing that is checked here depends on it."
)

LENGTH: Final = "A trace has one state more than the story has steps."

ASKED: Final = "The requests for which the claim is checked: one of each group that it cannot distinguish."
