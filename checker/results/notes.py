"""Tells what was found, in several processes where it is much: a story takes longer to tell than to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Final

from checker.prove import pool
from checker.question.verdict import Result
from checker.report.summary import result_code
from checker.story.asked_at_the_end import Law
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate

_AT_ONCE: Final = 16  # results that a process tells before it sends them


def notes_of(
    law: Law, results: Sequence[Result], processes: int = 1, *, examples: bool = True
) -> tuple[CaseNote, ...]:
    """Return the case note of every result, in their order. `examples`: that of a proof that is as expected
    has a sentence for its witness, too. `processes`: how many there may be; there are more than one only
    where they begin with the law in memory.
    """
    pieces = tuple(results[at : at + _AT_ONCE] for at in range(0, len(results), _AT_ONCE))
    starting = partial(_telling, law, pieces, examples=examples)
    if processes == 1 or not pool.can_fork():
        return tuple(chain.from_iterable(map(starting(), range(len(pieces)))))
    groups = [[each] for each in range(len(pieces))]
    found = dict(pool.spread(starting, groups, processes, here=starting()))
    return tuple(chain.from_iterable(found[each] for each in range(len(pieces))))


def _telling(
    law: Law, pieces: Sequence[Sequence[Result]], *, examples: bool
) -> Callable[[int], tuple[CaseNote, ...]]:
    def tell(number: int) -> tuple[CaseNote, ...]:
        return tuple(narrate(law, e, examples=examples or bool(result_code(e))) for e in pieces[number])

    return tell
