"""Edits of the permits that change what the law means: what is written there, and what instead."""

from __future__ import annotations

EDITS = {
    "a condition": ("requires lives(sender, street)", "requires lives(sender, street) or kind is Trader"),
    "a code": ("reject with P3", "reject with P4"),
    "an effect": ("holder(street) becomes heir", "holder(street) becomes sender"),
    "an event": ("when p is not Office", "when p is Office"),
    "an axiom": ("for every s: Street: not lives(Office, s)", "for every s: Street: lives(Office, s)"),
    "a start": ("every s: Street: holder(s) is absent", "every s: Street: holder(s) is Office"),
    "a definition": ("means holder(s) is present", "means holder(s) is Office"),
    "a function": ("fixed inner(Street)", "state inner(Street)"),
    "an enum": ('Trader "Trader"', 'Trader "Trader", Other "Other"'),
    "a request": ("heir: Person when act is Transfer", "heir: optional Person when act is Transfer"),
    "an exception": ("sender is Office", "sender is Office and kind is Trader"),
}
