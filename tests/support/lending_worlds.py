"""Worlds of the lending library, and requests in them: what tests of the meaning speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from checker.model.evaluate import (
    Environment,
)
from checker.model.expressions import (
    Truth,
    Variable,
)
from checker.model.situation import Request, Situation
from tests.support.lending_library import (
    BOOK,
    READER,
    RULES,
    asks,
    situation,
)

ANN, BO = Variable("ann", READER), Variable("bo", READER)
NOVEL_BOOK, ATLAS_BOOK = Variable("novel", BOOK), Variable("atlas", BOOK)
NOBODY, NOTHING = Variable("nobody", READER), Variable("nothing", BOOK)
Values: TypeAlias = Mapping[tuple[str, tuple[str, ...]], str | bool]
THINGS = {"ann": "ann", "bo": "bo", "novel": "novel", "atlas": "atlas", "nobody": None, "nothing": None}
ANN_HAS_NOVEL: Values = {("lent", ("novel",)): "ann"}
TRUE, FALSE = Truth(value=True), Truth(value=False)


def world(
    values: Values | None = None,
    request: Request | None = None,
    before: Situation | None = None,
    step_event: str | None = None,
    **deployed: str,
) -> Environment:
    return Environment(
        RULES["old"],
        situation(values, **deployed),
        before=before,
        variables=THINGS,
        requests={} if request is None else {"r": request, "": request},
        rules=RULES,
        columns=lambda text: (RULES, dict.fromkeys(situation().versions, text)),
        step_event=step_event,
    )


def borrow(book: str = "novel", sender: str = "ann") -> Request:
    return asks(sender=sender, action="Borrow", book=book)


def give(book: str = "novel", sender: str = "ann", heir: str = "bo") -> Request:
    return asks(sender=sender, action="Give", book=book, heir=heir)


MEMBER_ANN: Values = {("member", ("ann",)): True}
