"""Times of a log that are moments: Parquet's timestamps with a time zone, and texts that name one."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import checker
from checker.api import Law
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from checker.rooms.replay.answer import Replay
from tests.support.inventories import LOG_MAPPING, logged
from tests.support.places import ROOT

SUMMER = LOG_MAPPING.replace('"2022-11-03" = "mp107"', '"2022-07-01" = "mp107"')
"""The law changes at midnight in London, which is 23:00 in UTC the day before."""
LONDON = SUMMER.replace("[log]\n", '[log]\nzone = "Europe/London"\n')
ROW = "bob,ED,6.15.1,wrong,NetworkOperator,ann,E4\n"


@pytest.fixture(scope="module")
def law() -> Law:
    return checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))


def _parquet(folder: Path, mapping: str, *times: str) -> Path:
    """A log as Parquet, whose times are moments."""
    path = logged(
        folder, "".join(f"{each},{ROW}" for each in times), mapping.replace("log.csv", "log.parquet")
    )
    read = f"FROM read_csv('{folder}/log.csv', all_varchar=true) "
    with duckdb.connect() as connection:
        moments = f"{read} SELECT * REPLACE (sent::TIMESTAMPTZ AS sent)"
        connection.execute(f"COPY ({moments}) TO '{folder}/log.parquet'")
    return path


def _told(found: Replay) -> tuple[dict[str, int], bool, str]:
    return found.columns, found.utc, found.groups[0].when


def test_moments_are_compared_with_the_clock_of_the_zone(law: Law, tmp_path: Path) -> None:
    """23:30 in UTC is half past midnight in London: the new law counts. The answer is told in UTC."""
    for make in (_parquet, lambda folder, mapping, *times: logged(folder, _rows(times), mapping)):
        path = make(tmp_path, LONDON, "2022-06-30 23:30:00+00", "2022-06-30 22:30:00+00")
        found = law.replay(path)
        assert _told(found) == ({"baseline": 1, "mp107": 1}, True, "2022-06-30 23:30:00")
        assert "told as UTC has them" in found.text()


def _rows(times: tuple[str, ...]) -> str:
    return "".join(f"{each},{ROW}" for each in times)


def test_a_clock_is_a_clock(law: Law, tmp_path: Path) -> None:
    """Times without a zone are compared as they are, whether it is named or not; a date is no offset."""
    log = _rows(("2022-06-30 23:30:00", "2022-07-01"))
    for mapping in (SUMMER, LONDON):
        found = law.replay(logged(tmp_path, log, mapping))
        assert _told(found) == ({"baseline": 1, "mp107": 1}, False, "2022-07-01 00:00:00")


@pytest.mark.parametrize(
    ("times", "mapping", "said"),
    [
        (("2022-06-30T23:30:00Z",), SUMMER, "nobody says in which time zone"),
        (
            ("2022-06-30T23:30:00Z", "2022-06-30T23:30:00"),
            LONDON,
            "1 times of the log name a time zone, and 1",
        ),
        (("2022-06-30",), LONDON.replace("London", "Atlantis"), "no time zone `Europe/Atlantis`"),
    ],
)
def test_what_nobody_says_is_not_supposed(
    law: Law, tmp_path: Path, times: tuple[str, ...], mapping: str, said: str
) -> None:
    """Moments need a zone, all times of a log are of one kind, and a zone must be one."""
    with pytest.raises(SpecError, match=said):
        law.replay(logged(tmp_path, _rows(times), mapping))


def test_parquet_needs_a_zone_too(law: Law, tmp_path: Path) -> None:
    """A Parquet timestamp with a time zone is a moment."""
    with pytest.raises(SpecError, match="`sent` has moments"):
        law.replay(_parquet(tmp_path, SUMMER, "2022-06-30 23:30:00+00"))
