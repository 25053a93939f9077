"""Edits of a law, one at a time: words struck, negated, widened, narrowed; rules, suppositions dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, cast

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model.claim import Column
from checker.model.clock import BUILT_IN, TIME
from checker.model.duties import made_of_a_duty
from checker.model.duty import Duty
from checker.model.expressions import FACT, Cases, Formula, Not, Term
from checker.model.item import Item
from checker.model.model import Axiom, Check, Definition, Effect, Event, Lapse, Limb, Model
from checker.model.reads import reads
from checker.model.self_maps import axioms_of
from checker.model.unparse import unparse
from checker.question.verdict import Ground
from checker.regime.regime import Regime
from checker.rooms.cover.edits_in_words import MEANING, Wording, defined
from checker.rooms.cover.formula_variants import How, variants
from checker.rooms.cover.number_variants import of_term
from checker.rooms.cover.on_days import own_condition, said_on_its_days

Part: TypeAlias = Literal[
    "phrase",
    "check",
    "exemption",
    "exceptions",
    "definition",
    "effect",
    "event",
    "lapse",
    "duty",
    "update",
    "axiom",
    "premise",
    "start",
]

ANYTHING: Final = ""
"""Touched by an edit that no verdict can be sure to do without."""

_DECIDING: Final = ("phrase", "check", "exemption", "exceptions", "definition")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one rule. `said`: what the words meant; `instead`: what they mean now, empty if nothing.

    `phrases`: the words of the law that are concerned. `reading`: the lines of a reading that makes the edit;
    none where it is a column without the supposition `rule`. `touches`: the rules that are another whole, of
    which no phrase need be. `happens`: what happens or is supposed speaks of it, too.
    """

    part: Part
    rule: str
    clause: str
    how: How
    said: str
    instead: str
    phrases: tuple[Phrase, ...]
    span: Span
    reading: tuple[str, ...]
    touches: frozenset[str] = frozenset()
    happens: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others, in words."""
        place = f"{self.span.file}:{self.span.line}:{self.span.column}"
        return f"{self.part} | {self.rule} | {self.how} | {self.said} | {self.instead} | {place}"

    @property
    def decides(self) -> bool:
        """Whether it is of the rules that decide on requests, and of nothing that happens or is supposed."""
        return self.part in _DECIDING and not self.happens

    @property
    def called(self) -> str:
        """What the rule is called that is edited."""
        called = self.clause or self.rule
        named = f" ({self.rule})" if self.rule not in (called, "start") else ""
        return f"{called}{named}" if self.part != "start" else "where stories start"

    @property
    def told(self) -> str:
        """What is edited and how."""
        quoted = " … ".join(each.text for each in self.phrases)
        words = f"\N{LEFT DOUBLE QUOTATION MARK}{quoted}\N{RIGHT DOUBLE QUOTATION MARK} " if quoted else ""
        if not self.instead:
            return f"{words}{self.how}: {self.said}" if self.said else f"{words}{self.how}"
        return f"{words}{self.how}: {self.said} becomes {self.instead}"

    def concerns(self, ground: Ground) -> bool:
        """Whether the edit changes something that a verdict may rest on by this ground."""
        if ground.rule in self.touches or (ground.kind == "limb" and ground.rule == self.rule):
            return True  # a limb with binders is one ground, whatever its phrases
        match self.part:
            case "axiom" | "premise" | "start":
                return ground.kind == self.part and ground.rule in (self.rule, self.part)
            case "duty":
                return True  # claims speak of duties themselves, which no rule may need
            case "definition":
                return ANYTHING in self.touches
            case _:
                return ground.span == self.span


def edits_of(regime: Regime, column: Column) -> Iterator[Edit]:
    """Yield every edit of a version's rules, in the order in which they are written."""
    seen: set[str] = set()
    model = regime.model(column)
    for edit in _all(model, Wording(model, regime.owners(column))):
        if edit.key not in seen:
            seen.add(edit.key)
            yield edit


def own_axioms(model: Model) -> tuple[Axiom, ...]:
    """The axioms that the law states itself: not those that say what a tree or a self-map is."""
    declared = axioms_of(model.maps)
    return tuple(each for each in model.axioms if each.name not in declared)


def _all(model: Model, wording: Wording) -> Iterator[Edit]:
    for check in model.checks:
        yield from _of_items(wording, check.name, check.clause, check.items)
        yield from _of_check(wording, check)
        for limb in check.limbs:
            yield from _of_items(wording, limb.clause, limb.clause, limb.items)
            yield _exemption_struck(wording, limb)
    yield from _of_definitions(model)
    for effect in model.effects:
        yield from _of_happening(wording, effect)
    for event in model.events.values():
        for lapse in event.lapses:
            yield from _of_happening(wording, lapse)
            yield from _of_day(wording, lapse)
        if event.span.file != BUILT_IN:
            yield from _of_happening(wording, event)
    for duty in model.duties.values():
        yield from _of_duty(wording, duty)
    for axiom in own_axioms(model):
        yield _dropped("axiom", axiom.name, axiom.formula.text, axiom.span)
    for premise in model.premises.values():
        yield _dropped("premise", premise.name, premise.formula.text, premise.span)
    for number, located in enumerate(model.start):
        yield _dropped("start", "start", located.text, located.span, wording.start_dropped(number))


def _dropped(part: Part, rule: str, said: str, span: Span, reading: tuple[str, ...] = ()) -> Edit:
    return Edit(part, rule, "", "struck", said, "", (), span, reading, frozenset((rule,)))


# ------------------------------------------------------------ checks and limbs


def _of_check(wording: Wording, check: Check) -> Iterator[Edit]:
    whole = frozenset((check.name, *(limb.clause for limb in check.limbs)))
    said = f"check {check.name}"
    gone = wording.check_struck(check) if check.adopted_because is None else ()
    yield Edit("check", check.name, check.clause, "struck", said, "", (), check.span, gone, whole)
    if check.limbs:
        told = f"subject to {' and '.join(check.groups)}" if check.groups else "with its exceptions"
        alone = wording.exceptions_struck(check)
        yield Edit("exceptions", check.name, check.clause, "struck", told, "", (), check.span, alone, whole)


def _exemption_struck(wording: Wording, limb: Limb) -> Edit:
    said = f"limb {limb.clause}"
    return Edit(
        *("exemption", limb.clause, limb.clause, "struck", said, "", (), limb.span),
        wording.limb_struck(limb),
        frozenset((limb.clause,)),
    )


def _of_items(wording: Wording, rule: str, clause: str, items: tuple[Item, ...]) -> Iterator[Edit]:
    for item in items:
        formula = said_on_its_days(item)
        if item.meaning is None or formula is None or item.kind not in MEANING or item.only_days:
            continue
        changes: tuple[tuple[How, Formula | None], ...] = (
            ("struck", None),
            ("negated", Not(formula)),
            *variants(formula),
        )
        for how, instead in changes:
            now = "" if instead is None else unparse(instead)
            yield Edit(
                *("phrase", rule, clause, how, item.meaning.text, now, item.phrases, item.span),
                wording.meaning(item, instead),
            )


# ----------------------------------------------------------------- definitions


def _of_definitions(model: Model) -> Iterator[Edit]:
    """Yield the edits of definitions that the rules use, rather than claims alone."""
    happens = (model.effects, tuple(model.events.values()), model.axioms, model.start)
    happening = reads(model, *happens).called
    used = happening | reads(model, model.checks, model.route, model.request).called
    speaking = {rule: reads(model, *parts).called for rule, parts in _rules(model).items()}
    given = {each.name for each in model.maps}  # what a tree means is none of the law's words
    for name, definition in model.definitions.items():
        if name not in used or name in given or made_of_a_duty(name):
            continue
        touches = frozenset(rule for rule, called in speaking.items() if name in called)
        about = _About(definition, touches, happens=name in happening)
        if definition.result == FACT:
            formula = cast("Formula", definition.body)
            for how, other in (("negated", Not(formula)), *variants(formula)):
                yield about.edit(other, how)
        elif isinstance(definition.body, Cases):
            for how, cases in _of_cases(definition.body):
                yield about.edit(cases, how)
        else:
            yield from (about.edit(each, "changed") for each in of_term(cast("Term", definition.body)))


def _rules(model: Model) -> Mapping[str, tuple[object, ...]]:
    """The rules by name; ANYTHING is what every request's way depends on."""
    rules: dict[str, tuple[object, ...]] = {ANYTHING: (model.route, model.request), "start": model.start}
    for check in model.checks:
        rules[check.name] = check.items
        rules |= {limb.clause: limb.items for limb in check.limbs}
    rules |= {effect.name: (effect,) for effect in model.effects}
    rules |= {name: (event,) for name, event in model.events.items()}
    rules |= {each.name: (each,) for event in model.events.values() for each in event.lapses}
    rules |= {axiom.name: (axiom,) for axiom in model.axioms}
    return rules | {name: (premise,) for name, premise in model.premises.items()}


def _of_cases(cases: Cases) -> Iterator[tuple[How, Cases]]:
    for number, (value, condition) in enumerate(cases.branches):
        before, after = cases.branches[:number], cases.branches[number + 1 :]
        if len(cases.branches) > 1:
            yield "narrowed", replace(cases, branches=(*before, *after))
        for other_value in of_term(value):
            yield "changed", replace(cases, branches=(*before, (other_value, condition), *after))
        for how, other in (*variants(condition), ("negated", Not(condition))):
            yield how, replace(cases, branches=(*before, (value, other), *after))
    if cases.otherwise is not None:
        yield "narrowed", replace(cases, otherwise=None)
        yield from (("changed", replace(cases, otherwise=each)) for each in of_term(cases.otherwise))


@dataclass(frozen=True, slots=True)
class _About:
    """A definition, with the rules that speak of it."""

    definition: Definition
    touches: frozenset[str]
    happens: bool

    def edit(self, body: Formula | Term, how: How) -> Edit:
        """The definition with another body."""
        known = self.definition
        return Edit(
            *("definition", known.name, "", how, unparse(known.body), unparse(body), (), known.span),
            defined(known, body),
            self.touches,
            happens=self.happens,
        )


# ----------------------------------------------------------- effects and events


def _of_happening(wording: Wording, rule: Effect | Event | Lapse) -> Iterator[Edit]:
    kind: Part = "effect"
    if not isinstance(rule, Effect):
        kind = "lapse" if isinstance(rule, Lapse) else "event"
    name, whole = rule.name, _touched(rule)
    never = wording.never(rule)
    yield Edit(kind, name, "", "struck", f"{kind} {name}", "", (), rule.span, never, whole)
    own = own_condition(rule)
    for how, when in _guards(own):
        said, now = unparse(own) if own else "", "" if when is None else unparse(when)
        yield Edit(kind, name, "", how, said, now, (), rule.span, wording.guard(rule, when), whole)
    for number, update in enumerate(rule.updates if len(rule.updates) > 1 else ()):
        gone = wording.update_struck(rule, number)
        told = f"what becomes of {update.function}"
        yield Edit("update", name, "", "struck", told, "", (), update.span, gone)


def _touched(rule: Effect | Event | Lapse | Duty) -> frozenset[str]:
    """The rules that an edit of this one touches: a lapse is a part of the passing of time."""
    return frozenset((rule.name, TIME) if isinstance(rule, Lapse) else (rule.name,))


def _of_day(wording: Wording, rule: Lapse | Duty) -> Iterator[Edit]:
    """Yield the edits of the day on which a lapse falls, or of the last day for a duty."""
    kind: Part = "lapse" if isinstance(rule, Lapse) else "duty"
    for other in of_term(rule.day):
        said, now = unparse(rule.day), unparse(other)
        reading = wording.moved(rule, other)
        yield Edit(
            *(kind, rule.name, rule.clause, "changed", said, now, (), rule.span),
            reading,
            _touched(rule),
        )


def _of_duty(wording: Wording, duty: Duty) -> Iterator[Edit]:
    """Yield the edits of a duty: no duty, another condition, another last day, something else to do."""
    whole = _touched(duty)
    never = wording.never(duty)
    yield Edit("duty", duty.name, duty.clause, "struck", f"duty {duty.name}", "", (), duty.span, never, whole)
    own = own_condition(duty)
    for how, when in _guards(own):
        said, now = unparse(own) if own else "", "" if when is None else unparse(when)
        reading = wording.guard(duty, when)
        yield Edit("duty", duty.name, duty.clause, how, said, now, (), duty.span, reading, whole)
    yield from _of_day(wording, duty)
    required = [each for each in duty.items if each.kind == "requires"]
    for edit in _of_items(wording, duty.name, duty.clause, tuple(required)):
        if edit.instead or len(required) > 1:  # what requires nothing is no duty
            yield replace(edit, part="duty", touches=whole)


def _guards(when: Formula | None) -> Iterator[tuple[How, Formula | None]]:
    if when is not None:
        yield "widened", None
        yield from variants(when)
