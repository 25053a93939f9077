"""What `prove` found, for CI: verdicts that are not as they should be, each with its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.exits import AS_EXPECTED, NO_ANSWER, NOT_AS_EXPECTED
from checker.formats.outcome import (
    Alert,
    Check,
    Judged,
    Level,
    Outcome,
    Place,
    Rule,
    Table,
    Telling,
    counted,
    level_of,
    one_line,
    rules_used,
    sentence,
)
from checker.formats.story_points import points_of
from checker.language.invisible_characters import visible
from checker.model.claim import Claim
from checker.question.verdict import Result
from checker.report.summary import Run, claim_key, in_order, is_main, is_need, result_code
from checker.results.answer import kept
from checker.results.parts import Verdict
from checker.results.proofs import Proofs
from checker.story.wording import clause_and_name

_NEVER: Final = "rule/never-decides"
_SUPPOSED: Final = "supposed/undecided"
_OTHERS: Final = (
    Rule(_NEVER, "A check or exemption decides no request in any situation."),
    Rule(_SUPPOSED, "It is not known what the proof of a claim supposes."),
)
_JUDGED: Final[dict[Level, Judged]] = {"error": "failed", "warning": "no answer", "note": "passed"}


def outcome_of_proofs(proofs: Proofs) -> Outcome:
    """Return what became of each claim in each column. Untold if the answer was read from a document."""
    run = kept(proofs, "run", Run)
    pairs = tuple(zip(in_order(run.results), proofs.results, strict=True))
    pinned = tuple(zip(run.pinned, proofs.pinned, strict=True))
    more = (*_idle(run), *_undecided(proofs))
    alerts = (*(alert for pair in (*pairs, *pinned) for alert in alert_of_verdict(*pair)), *more)
    wrong = sum(result_code(result) != AS_EXPECTED for result, _ in pairs)
    unanswered = sum(result_code(result) != AS_EXPECTED for result, _ in pinned)
    total = counted(len(pairs), "verdict")
    facts = f", {unanswered} without an answer where the facts hold" if unanswered else ""
    return Outcome(
        command="prove",
        repeat=proofs.command,
        exit=proofs.exit,
        seconds=proofs.seconds,
        sum=f"{total}, {f'{wrong} not as expected' if wrong else 'all as expected'}{facts}",
        rules=(*rules_of(each.claim for each, _ in (*pairs, *pinned)), *rules_used(_OTHERS, alerts)),
        alerts=alerts,
        checks=(
            *(check_of_verdict(*pair) for pair in (*pairs, *pinned)),
            *map(_check_of_alert, more),
            *_left_out(proofs),
        ),
        told=tuple(
            Telling(f"Claim {x.claim.number}, {x.claim.name}, in {x.column}: {_found(x)}", _lines(verdict))
            for x, verdict in (*pairs, *pinned)
            if x.others is not None and level_of(result_code(x)) is None
        ),
        tables=(*_matrix([each for each, _ in pairs]), *_under_facts(run.pinned)),
        shipped=proofs.shipped,
    )


# ------------------------------------------------------------------ verdicts


def rules_of(claims: Iterator[Claim]) -> tuple[Rule, ...]:
    """Return claims as rules, each once."""
    return tuple({each.name: _rule(each) for each in claims}.values())


def _rule(claim: Claim) -> Rule:
    sources = f"\n\nSources: {'; '.join(claim.sources)}." if claim.sources else ""
    text = f"Claim {claim.number}, {claim.name}: {claim.sentence}\n\n{claim.statement_text}{sources}"
    return Rule(rule_name(claim), one_line(claim.sentence), visible(text))


def rule_name(claim: Claim) -> str:
    """Return the name of a claim as a rule."""
    return f"claim/{claim.name}"


def alert_of_verdict(result: Result, verdict: Verdict, level: Level | None = None) -> Iterator[Alert]:
    """Yield the alert for a result that is not as it should be; with a `level`, for any."""
    level = level or level_of(result_code(result))
    if level is None:
        return
    claim, place = result.claim, Place.of(result.claim.span)
    title = f"Claim {claim.number}, {claim.name}, in {result.column}{_where(claim)}"
    found = _found(result)
    why = " ".join(verdict.note.because) if verdict.note.because else _reason(result)
    yield Alert(
        rule=rule_name(claim),
        level=level,
        title=one_line(f"{title}: {found}"),
        message=" ".join(sentence(each) for each in (f"{title}: {found}", claim.sentence, why) if each),
        place=place,
        identity=(str(result.column), result.by or "", result.word, *claim.pinned),
        details=visible(verdict.story().strip("\n")),
        story=tuple(points_of(verdict.note, place)),
    )


def _where(claim: Claim) -> str:
    """Return the facts that somebody pinned, in words that go on."""
    return f", where {' and '.join(claim.pinned)}" if claim.pinned else ""


def _found(result: Result) -> str:
    """Return what was found and what was expected, in words."""
    by = f" by {result.by}" if result.by else ""
    if result.vacuous:
        return "vacuous: what it speaks of never occurs"
    if result_code(result) == NO_ANSWER and result.unwitnessed:
        return f"{result.verdict}, but perhaps vacuous"
    if result.verdict in ("unknown", "bounded"):
        return result.verdict
    if not result.as_expected:
        return f"{result.verdict}, but {result.expected}{by} was expected"
    return f"{result.verdict}{by}{', as expected' if result.expected else ''}"


def _reason(result: Result) -> str:
    return result.reason if result_code(result) not in (AS_EXPECTED, NOT_AS_EXPECTED) else ""


def check_of_verdict(result: Result, verdict: Verdict) -> Check:
    """Return one verdict as a check."""
    claim, level = result.claim, level_of(result_code(result))
    by = f", by {result.by}" if result.by else ""
    found = _found(result)
    return Check(
        group=str(result.column),
        name=one_line(f"{claim.number} {claim.name} in {result.column}{by}{_where(claim)}"),
        judged="passed" if level is None else _JUDGED[level],
        message="" if level is None else one_line(f"{found}: {claim.sentence}"),
        details="" if level is None else visible(verdict.story().strip("\n")) or one_line(_reason(result)),
        seconds=verdict.seconds,
        place=Place.of(claim.span),
        about=(
            ("sentence", one_line(claim.sentence)),
            ("expected", result.expected or "nothing"),
            ("found", result.word),
        ),
    )


def _lines(verdict: Verdict) -> str:
    return visible(verdict.story().strip("\n"))


def _check_of_alert(alert: Alert) -> Check:
    """Return what is no verdict, but not as it should be, as a check: by itself it makes the command fail."""
    return Check(alert.identity[-1], alert.title, _JUDGED[alert.level], alert.message, place=alert.place)


def _left_out(proofs: Proofs) -> Iterator[Check]:
    unchanged = () if proofs.since is None else proofs.since.left_out
    for each in (*proofs.left_out, *unchanged):
        claim = f"{each.claim} {each.name}" if each.claim is not None else "every claim"
        column = "any column" if each.column is None else each.column.text
        yield Check(column, one_line(claim), "left out", one_line(each.reason))


# ------------------------------------------------------------------ the rest


def _idle(run: Run) -> Iterator[Alert]:
    for each in run.idle:
        if each.never:
            rule = each.rule
            called = f"{rule.kind} {clause_and_name(rule.clause, rule.name)}"
            yield Alert(
                rule=_NEVER,
                level="error",
                title=one_line(f"The {called} never decides in {rule.column}"),
                message=sentence(f"The {called} decides no request in any situation, in {rule.column}"),
                place=Place.of(rule.span),
                identity=(rule.kind, rule.clause, rule.name, str(rule.column)),
            )


def _undecided(proofs: Proofs) -> Iterator[Alert]:
    for each in proofs.assumptions or ():
        if each.undecided:
            verdict = proofs.verdict(each.claim, each.column.text)
            said = (
                f"What the proof of claim {each.claim}, {each.name}, in {each.column} supposes is not known"
            )
            yield Alert(
                rule=_SUPPOSED,
                level="warning",
                title=one_line(said),
                message=sentence(f"{said}: there is no verdict in {'; '.join(each.undecided)}"),
                place=Place(verdict.claim.file, verdict.claim.line),
                identity=(each.name, each.column.text),
            )


def _matrix(results: list[Result]) -> Iterator[Table]:
    """Yield what was found of every claim in every version and deployment as it stands."""
    main = [each for each in results if is_main(each.column) and not is_need(each)]
    columns = tuple(dict.fromkeys(each.column for each in main))
    claims = {each.claim.name: each.claim for each in main}
    if not columns:
        return
    rows = []
    for claim in sorted(claims.values(), key=claim_key):
        cells = []
        for column in columns:
            found = [each for each in main if each.claim.name == claim.name and each.column == column]
            worst = max(found, key=result_code, default=None)
            cells.append("" if worst is None else f"{worst.word}{' !' if result_code(worst) else ''}")
        rows.append((claim.number, claim.name, *cells))
    yield Table("Verdicts", ("", "claim", *map(str, columns)), tuple(rows))


def _under_facts(pinned: Sequence[Result]) -> Iterator[Table]:
    """Yield what claims come to where the facts hold that somebody pinned."""
    rows = [
        (each.claim.number, each.claim.name, str(each.column), " and ".join(each.claim.pinned), each.word)
        for each in pinned
    ]
    if rows:
        yield Table("Where facts hold", ("", "claim", "column", "facts", "found"), tuple(rows))
