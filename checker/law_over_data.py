"""A law held against tables of data: the part of the public interface that does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.law_on_pages import PagedLaw
from checker.question.jobs import Effort
from checker.results.answer import Watch, nobody

if TYPE_CHECKING:
    from checker.rooms.audit.answer import Audit
    from checker.rooms.audit.asked import Dialect
    from checker.rooms.replay.answer import Replay


class DataLaw(PagedLaw):
    """A law that is asked about the rows of tables."""

    __slots__ = ()

    def audit(
        self,
        mapping: str | Path,
        *,
        where: str | None = None,
        bound: str = "",
        groups: Sequence[str] = (),
        claim: str | int | None = None,
        check: bool = False,
        rows: str | Path | None = None,
        version: str | None = None,
        event: str | None = None,
        dialect: Dialect = "duckdb",
        script: str | Path | None = None,
        keep: str | Path | None = None,
        today: str | None = None,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Audit:
        """Count the rows of tables of which `where` is so (`"wrong(d)"`), by `groups` (`"type(d)"`).

        `mapping`: a TOML file that says what the tables have. `bound`: of which things it is asked
        (`"d: Device"`). `claim`: prove it, and say of each row which request of its strategy can be sent.
        `check`: look up which axioms and premises the tables break. `rows`: write the rows to that CSV or
        Parquet file. `version`: by default the mapping's, else the last. `event`: write it as a script in
        a `dialect` of SQL (to the file `script`), count what it changes, run it on copies of its tables, and
        look up the claims about it there; without an event, `script` gets the query that counts the rows.
        `keep`: a folder for what is found until all is, so that a run that is killed goes on where it was.
        `today`: the present day (`"2026-04-01"`), where the law speaks of it and the mapping does not say it.
        """
        from checker.rooms.audit.ask import audit
        from checker.rooms.audit.asked import Asked

        asked = Asked(
            Path(mapping),
            where,
            bound,
            tuple(groups),
            None if claim is None else str(claim),
            check,
            None if rows is None else Path(rows),
            version,
            event,
            dialect,
            None if script is None else Path(script),
            None if keep is None else Path(keep),
            today,
        )
        return audit(self, asked, effort or self.effort, command=command, watch=progress)

    def replay(
        self,
        mapping: str | Path,
        *,
        keep: str | Path | None = None,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Replay:
        """Hold a log of requests against the law in order of time: every kind of answer that the law in force
        at the time does not give, with clause and reason. The `mapping` says what the log has. `keep`: a
        folder for what is found until all is, so that a run that is killed goes on where it was.
        """
        from checker.rooms.replay.ask import replay

        folder = None if keep is None else Path(keep)
        return replay(
            self, Path(mapping), effort or self.effort, keep=folder, command=command, watch=progress
        )
