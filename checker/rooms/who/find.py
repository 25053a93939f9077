"""The question who can bring something about, asked in several columns at once, and its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column, Leads, Possibly
from checker.model.expressions import Formula, Sort, Term
from checker.prove.decide import Prover
from checker.prove.pool import spread
from checker.question.jobs import Effort
from checker.question.verdict import Result
from checker.regime.additions import free_numbers, with_claims
from checker.regime.regime import COMMAND_LINE, Regime
from checker.rooms.claim_texts import document
from checker.rooms.who.ask_in_turn import Asking
from checker.rooms.who.claims import WhoCan
from checker.rooms.who.coalitions import Who
from checker.rooms.who.minimal_coalitions import who

_EACH: Final = 1000  # numbers of claims for each column
_PREFACE: Final = "What was asked to find out who can bring it about."

# ------------------------------------------------------------------ the question


def question_of(claim: Claim, source: str) -> WhoCan:
    """The question who can bring about what the claim calls possible or impossible. SpecError if the claim
    has another form.
    """
    statement = claim.statement
    if not isinstance(statement, Leads) or not can_be_asked(claim):
        expected = (
            "a claim such as `always, if …, then possibly …`",
            "`… never …`, about things and not about a request, and not `within` a period",
        )
        message = f"claim `{claim.name}` does not ask what users can bring about"
        raise SpecError((Diagnostic("wrong-form", message, None, expected),))
    return WhoCan(claim.variables, claim.where, claim.premises, statement.condition, statement.goal, source)


def can_be_asked(claim: Claim) -> bool:
    """Whether the claim says what users can bring about, sooner or later, of things and not of a request."""
    things = all(each.sort is not None and not each.sort.is_quantity for each in claim.variables)
    return isinstance(claim.statement, Leads) and things and not claim.over


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as typed: binders (with `where`), premises, condition, goal."""

    bound: str
    given: tuple[str, ...]
    condition: str
    goal: str

    def asked(self, regime: Regime, source: str) -> WhoCan:
        """The question. SpecError with places in `<command line>` for what is wrong with it."""
        about = self.claim(regime, "always true")
        variables = {each.name: each.sort for each in about.variables if each.sort is not None}
        if len(variables) < len(about.variables):
            return question_of(about, source)
        condition = _typed(regime, "--if", self.condition or "true", variables)
        goal = _typed(regime, "--goal", self.goal, variables)
        return WhoCan(about.variables, about.where, about.premises, condition, goal, source)

    def claim(self, regime: Regime, statement: str) -> Claim:
        """A claim about what is bound and given."""
        lines = (
            f'claim {next(free_numbers(regime))} who-question "The question." from "{COMMAND_LINE}"',
            *((f"for {self.bound}",) if self.bound else ()),
            *((f"given {', '.join(self.given)}",) if self.given else ()),
            statement,
            f"expect proved in {regime.first_version}",
        )
        text = "```redline\n" + "\n".join(lines) + "\n```\n"
        first, *others = with_claims(regime, text, COMMAND_LINE).claims[len(regime.claims) :]
        if others:
            message = "`--for` and `--given` say more than what is bound and given"
            raise SpecError((Diagnostic("bad-option", message, None),))
        return first


def _typed(regime: Regime, option: str, text: str, variables: Mapping[str, Sort]) -> Formula:
    """The formula typed as an option; nothing may follow it."""
    try:
        return regime.parse_formula(text, variables)
    except SpecError as wrong:
        raise SpecError(tuple(_in_option(each, option) for each in wrong.diagnostics)) from wrong


def _in_option(found: Diagnostic, option: str) -> Diagnostic:
    at = f", character {found.span.column}" if found.span is not None else ""
    return replace(found, message=f"`{option}`{at}: {found.message}", span=None)


def members_of(regime: Regime, asked: WhoCan, terms: Sequence[str]) -> WhoCan:
    """The question with the members that the user named. SpecError for a term that names no user."""
    bound = ", ".join(f"{each.name}: {each.sort.name}" for each in asked.variables if each.sort)
    typed = Typed(bound, (), "", "")
    found: list[Term] = []
    for each in terms:
        statement = typed.claim(regime, f"possibly true by requests of {each}").statement
        assert isinstance(statement, Possibly)
        found += statement.steps.senders
    return replace(asked, members=tuple(dict.fromkeys(found)))


# ------------------------------------------------------------------- the answers


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found in every column. `regime`: the law, with the claims that were asked, which `text` has
    in the rule language. `results`: their verdicts.
    """

    found: tuple[Who, ...]
    regime: Regime = field(repr=False)
    text: str
    results: tuple[Result, ...]


def answers(
    regime: Regime,
    asked: WhoCan,
    columns: Sequence[Column],
    effort: Effort,
    said: Callable[[str], None] = lambda _: None,
) -> Answers:
    """Ask in every column. `said`: called with what is found on the way.

    Raises Disagreement if two engines contradict each other, SpecError if a column lacks what is asked about.
    """
    starting = partial(_asking, regime, asked, tuple(columns), effort, said)
    found: dict[int, Who] = {}
    for number, one in spread(starting, [[each] for each in range(len(columns))], effort.processes):
        said(f"{one.column}: {len(one.able)} minimal coalitions")
        found[number] = one
    return _gathered(regime, asked, tuple(found[number] for number in sorted(found)))


def _asking(
    regime: Regime, asked: WhoCan, columns: tuple[Column, ...], effort: Effort, said: Callable[[str], None]
) -> Callable[[int], Who]:
    prover = Prover(regime, budget=effort.budget, seed=effort.seed, explore=effort.explore)

    def one(number: int) -> Who:
        asking = Asking(
            regime, columns[number], prover, asked.source, said if len(columns) == 1 else _nothing
        )
        return who(asked, asking, _EACH * number)

    return one


def _nothing(_: str) -> None:
    """Other processes have no place to say anything."""


def _gathered(regime: Regime, asked: WhoCan, found: tuple[Who, ...]) -> Answers:
    """The answers, with all that was asked in one text."""
    asks = [each for one in found for each in one.asks]
    if not asks:
        return Answers(found, regime, "", ())
    text = document("Who can", _PREFACE, (each for each, _ in asks), asked.source)
    added = with_claims(regime, text)
    claims = {each.name: each for each in added.claims}
    results = tuple(replace(result, claim=claims[result.claim.name]) for _, result in asks)
    return Answers(found, added, text, results)
