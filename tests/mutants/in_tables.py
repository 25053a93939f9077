"""Mistakes in what is read of tables and logs."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "changes-of-several-things-forgotten",
        "tables",
        "A request is decided without what those before it changed of several things.",
        "rooms/replay/find.py",
        "tree.find_all(exp.Column, exp.Table)",
        "tree.find_all(exp.Column)",
        "rooms/replay/test_in_order.py::test_a_change_of_several_things_is_followed",
    ),
    Mutant(
        "changes-under-earlier-laws-forgotten",
        "tables",
        "What the requests of an earlier law changed does not stand in a later one.",
        "rooms/replay/replaying.py",
        "changing(each.model for each in times)",
        "changing([times[-1].model])",
        "rooms/replay/test_in_order.py::test_what_an_earlier_law_changed_stands_in_the_later_one",
    ),
    Mutant(
        "changes-that-no-table-has-forgotten",
        "tables",
        "A request is decided without what those before it changed if no table has that.",
        "rooms/replay/find.py",
        "_looked_up(self._answer(self._reading, scope))",
        "_looked_up(tree)",
        "rooms/replay/test_in_order.py::test_what_an_earlier_law_changed_stands_in_the_later_one",
    ),
    Mutant(
        "requests-in-order-read-the-first-law",
        "tables",
        "Requests that are followed in order are decided without what only a later law reads.",
        "rooms/replay/in_order.py",
        "    read = frozenset[str]().union(*(each.functions for each in laws))",
        "    read = laws[0].functions",
        "rooms/replay/test_in_order.py::test_rows_in_order_read_all_that_their_own_law_reads",
    ),
    Mutant(
        "keys-taken-for-names",
        "tables",
        "A thing whose key is the name of a named thing is taken for that.",
        "data/mapping.py",
        '    return f"{_NO_NAME}{key}" if key in names else key',
        "    return key",
        "rooms/audit/test_audit.py::test_a_key_that_is_the_name_of_a_named_thing_is_another_thing",
    ),
)
