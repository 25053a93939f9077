"""One question about open tables, from what was typed to what is told."""

from __future__ import annotations

from dataclasses import dataclass

from checker.data.dialects import WIDEST
from checker.data.read_mapping import wrong
from checker.data.update_script import updates_of, what_changes
from checker.data.warehouse import Warehouse
from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column, Leads
from checker.model.model import Model
from checker.model.unparse import unparse
from checker.question.jobs import Effort
from checker.regime.names import nearest_name
from checker.regime.regime import Regime
from checker.results.files import write_file
from checker.rooms.audit.asked import Asked
from checker.rooms.audit.counted import Counted, Expected
from checker.rooms.audit.document import AuditClaim, AuditCount, AuditEvent, AuditGroup, AuditWay
from checker.rooms.audit.event import ClaimOnData, Rehearsal
from checker.rooms.audit.find import Counting
from checker.rooms.audit.query import query_of
from checker.rooms.audit.question import Question, question_about, question_of
from checker.rooms.audit.senders import Senders, senders_of
from checker.rooms.audit.side_by_side import law_of, refuse_strategy


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of the tables of a warehouse, in a column of the law."""

    regime: Regime
    column: Column
    asked: Asked
    warehouse: Warehouse
    effort: Effort

    @property
    def model(self) -> Model:
        """The law of the column."""
        return law_of(self.regime, self.column)

    def count(self) -> AuditCount | None:
        """Count the rows of a condition, if one is asked about."""
        asked = self.asked
        if asked.where is None and asked.claim is None:
            return None
        claim = None if asked.claim is None else self._claim(asked.claim)
        where, bound = asked.where or "", asked.bound
        if claim is not None and asked.where is None:
            where, bound = _of_claim(claim)
        question = question_of(self.regime, bound, where, asked.groups)
        law_of(self.regime, self.column, question.where, *(each.term for each in question.groups))
        senders = None
        if claim is not None:
            refuse_strategy(self.regime, self.column)
            senders = senders_of(self.regime, self.column, self.model, claim, question, self.effort)
        counting = self._counting(question, senders)
        found = counting.counted(asked.rows)
        if asked.script is not None:
            write_file(asked.script, query_of(counting, asked.dialect))
        return self._told(question, f"where {where or 'true'}", found, senders, claim)

    def event(self) -> tuple[AuditCount, AuditEvent]:
        """Write the script of the event, count what it changes, and run it on a copy."""
        asked, model = self.asked, self.model
        name = asked.event or ""
        if name not in model.events:
            near = nearest_name(name, model.events)
            listed = () if near else tuple(f"`{each}`" for each in model.events)
            raise wrong("unknown-name", f"there is no event `{name}`", None, listed, nearest=near)
        if asked.where is not None or asked.claim is not None:
            message = "`--event` says itself which rows it changes"
            raise SpecError((Diagnostic("bad-option", message, None, ("no `--where`, and no `--claim`",)),))
        updates = updates_of(self.warehouse, model, model.events[name])
        about = {each.thing.sort: each.thing for each in updates}
        told: AuditCount | None = None
        expected = Expected()
        for sort, thing in about.items():
            mine = tuple(each for each in updates if each.thing.sort == sort)
            groups = asked.groups if told is None else ()
            question = question_about(self.regime, thing, what_changes(model, mine, thing), groups)
            counting = self._counting(question, None)
            counted = counting.counted(asked.rows if told is None else None)
            told = told or self._told(question, f"that {name} changes", counted, None, None)
            expected.values.update(counting.after_event(name, [each.slot for each in mine]).values)
        assert told is not None
        deployed = self.regime.deployed(self.column)
        rehearsal = Rehearsal(self.warehouse, model, deployed, name, updates)
        found = rehearsal.run(self.regime, self.column, asked.dialect, expected)
        if asked.script is not None:
            write_file(asked.script, found.script)
        event = AuditEvent(
            name=name,
            dialect=asked.dialect,
            script=found.script,
            script_file=None if asked.script is None else str(asked.script),
            tables=found.tables,
            again=found.again,
            held=found.held,
            claims=tuple(map(_claim_told, found.claims)),
        )
        return told, event

    def _counting(self, question: Question, senders: Senders | None) -> Counting:
        deployed = self.regime.deployed(self.column)
        found = Counting(self.warehouse, self.model, deployed, question, senders, self.effort.seed)
        widest = WIDEST.get(self.asked.dialect)
        if widest is not None and found.meaning.widest > widest:
            message = f"this comes to numbers of more than {len(str(widest))} digits"
            note = f"{self.asked.dialect} divides none that have more"
            raise wrong("not-in-sql", message, None, ("`--dialect duckdb`",), notes=(note,))
        return found

    def _told(
        self, question: Question, where: str, found: Counted, senders: Senders | None, claim: Claim | None
    ) -> AuditCount:
        names = tuple(each.text for each in question.groups)
        ways = () if senders is None else senders.ways
        return AuditCount(
            where=where,
            variables={each.name: each.sort.name for each in question.variables},
            total=found.total,
            matching=found.matching,
            groups=tuple(
                AuditGroup(values=dict(zip(names, each.values, strict=True)), way=each.way, rows=each.rows)
                for each in found.groups
            ),
            more_groups=found.more_groups,
            claim=None if claim is None else claim.number,
            ways=tuple(
                AuditWay(
                    number=number,
                    rank=each.rank,
                    parameters={n: unparse(t) for n, t in each.parameters.items() if t is not None},
                )
                for number, each in enumerate(ways, 1)
            ),
            columns=found.columns,
            first=found.first,
            again=found.again,
            boundaries=found.boundaries,
            not_again=found.not_again,
            rows_file=None if self.asked.rows is None else str(self.asked.rows),
            query_file=None if self.asked.script is None or self.asked.event else str(self.asked.script),
        )

    def _claim(self, name: str) -> Claim:
        found = chosen_claims(self.regime, (name,))
        if len(found) > 1:
            expected = tuple(f"`{each.number}`" for each in found)
            raise wrong("bad-option", f"`{name}` names several claims", None, expected)
        return found[0]


def _of_claim(claim: Claim) -> tuple[str, str]:
    """The condition of a claim, and what it is about, as typed."""
    statement = claim.statement
    parts = [*(() if claim.where is None else (claim.where,))]
    parts += [statement.condition] if isinstance(statement, Leads) else []
    bound = ", ".join(f"{each.name}: {each.sort.name}" for each in claim.variables if each.sort)
    return " and ".join(f"({unparse(each)})" for each in parts), bound


def _claim_told(found: ClaimOnData) -> AuditClaim:
    return AuditClaim(
        number=found.claim.number,
        name=found.claim.name,
        sentence=found.claim.sentence,
        rows=found.rows,
        broken=found.broken,
        rows_without_premises=found.rows_without,
        broken_without_premises=found.broken_without,
        first=found.first,
        unsaid=found.unsaid,
    )
