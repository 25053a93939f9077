"""Mistakes in trees and self-maps: what moves along, what is cut off, what is false where there is nobody."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MOVES = "regime/test_trees.py::test_random_moves_are_followed"
TREES = "regime/test_trees.py::test_all_small_trees_are_read_as_their_pointers_say"
MAPS = "regime/test_trees.py::test_all_small_maps_are_read_as_their_pointers_say"

MUTANTS = (
    Mutant(
        "a-cut-is-kept",
        "trees",
        "What moves stays inside what it was in, too.",
        "regime/moves.py",
        'kept = s.Junction("and", (within(one, other), s.Negation(within(mover, other), at)), at)',
        "kept = within(one, other)",
        MOVES,
    ),
    Mutant(
        "nothing-moves-along",
        "trees",
        "What is inside what moves stays where that was.",
        "regime/moves.py",
        'where = s.Junction("or", (s.Comparison("is", one, mover, at), within(one, mover)), at)',
        'where: s.Expr = s.Comparison("is", one, mover, at)',
        MOVES,
    ),
    Mutant(
        "only-the-goal",
        "trees",
        "What moves is then inside the goal, and not inside what that is in.",
        "regime/moves.py",
        'put = (s.Comparison("is", other, place, at), within(place, other))',
        'put = (s.Comparison("is", other, place, at),)',
        MOVES,
    ),
    Mutant(
        "is-not-of-somebody",
        "trees",
        "`spouse(p) is not q` is about somebody who is the spouse of p, and false where there is none.",
        "regime/written_out.py",
        'return s.Negation(replace(expr, op="is"), expr.span)',
        "return self._some_thing(expr, found)",
        MAPS,
    ),
    Mutant(
        "anything-above-is-nearest",
        "trees",
        "`parent(f) is g` wherever f is inside g.",
        "regime/self_maps.py",
        "case = s.Case(write.both(write(inside, one, other), above_all), None,",
        "case = s.Case(write(inside, one, other), None,",
        TREES,
    ),
)
