"""Cells of amounts and dates, good and bad, and what the language says that they mean."""

from __future__ import annotations

from typing import Final

from checker.model.expressions import Measure, Sort
from checker.model.quantities import in_cell

MONEY: Final = Sort("money", measure=Measure("£", "£", 2))
DAYS: Final = Sort("days", measure=Measure("day", "days"))
VOLUME: Final = Sort("volume", measure=Measure("m3", "m3", 3))
DATE: Final = Sort("date", measure=Measure(calendar=True))
CELLS: Final = {
    MONEY: (
        *(
            "0",
            "100",
            "-0",
            "99.99",
            "£30,000",
            "30,000 £",
            " £ 5 ",
            "-1.5",
            "\u22121.50",
            "- 5",
            "£-5",
            "-£5",
        ),
        *("1.2300000", "1.234", "1.", ".5", "1,2", "12,34,567", "1,234,567.89", "1234,567", "0,100", "1 000"),
        *(
            "\u00a3\u00a35",
            "1,00",
            "\u00a31,0000",
            "(5)",
            " 5 ",
            "5.",
            "1e3",
            "\uff15",
            "5\u00a0\u00a3",
            "\u00a35\u00a3",
        ),
        *(
            "1\u00a32",
            "five",
            "+5",
            "1e5",
            "--5",
            "5-",
            "999999999999999.99",
            "1" * 16,
            "0" * 16,
        ),
        *(
            "100000000000000000",
            "1,000,000,000,000,000",
            "",
            "5|",
            "1.0" + "0" * 14,
            "$5",
            "1.5.",
            "1,000.5,0",
        ),
    ),
    DAYS: (
        "7",
        "7 days",
        "1 day",
        "days 7",
        "7 weeks",
        "7.0",
        "7.5",
        "-3 days",
        "7days",
        "7 d",
        "day 1 days",
    ),
    VOLUME: ("5 m3", "5.125m3", "m3 5", "5.1255", "1,000 m3", "3", "m3"),
    DATE: (
        *("2026-04-01", " 2026-04-01 ", "1 April 2026", "01  April  2026", "31 April 2026", "2026-02-29"),
        *("2024-02-29", "29 February 2000", "29 February 1900", "2000-02-29", "1900-02-29", "0001-01-01"),
        *(
            "0000-01-01",
            "9999-12-31",
            "31 December 9999",
            "2026-13-01",
            "2026-4-1",
            "1 april 2026",
            "soon",
            "",
        ),
        *(
            "1 April 26",
            "2026-04-01 00:00:00",
            "1 Apr 2026",
            "00 May 2026",
            "31 May 0999",
            "2026-04-00",
            "4/1/2026",
        ),
        *("2026-2-3", "03/02/2026", "2026-02-03Z", "2026-02-03+01:00", "3\u00a0February\u00a02026"),
        *("2400-02-29", "2100-02-29", "30 February 2024", "31 September 2026", "2026-11-31", "April 1 2026"),
    ),
}


def meant(sort: Sort, cell: str) -> int | None:
    """The value of a cell, by the language."""
    found = in_cell(cell, sort)
    return None if found is None else int(found)
