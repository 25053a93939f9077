"""Random regimes: small whole laws with starts, axioms, effects and events, written in the language itself.

What `random_rules` writes is large, so that single situations can be asked everything. What is written here
is small, so that every situation of an instance with a few things can be gone through, and lively: requests
are accepted, things change hands, events undo it. A law of this kind is followed by claims (`random_claims`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from random_rules import FACT, WHY, Applicable, Scope, Writer

SENDERS, OTHERS = 2, 1  # things of each sort in the instance by which the size of a law is judged
ROOM = 7.0  # bits that the functions may have between them in that instance
TWO_SIDES = 3  # words in the shortest comparison
SHALLOW = 1  # of most formulas: a law says simple things


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a step brings about: a place, and what it becomes when the condition holds.

    Texts have the request's parameters written `Q.name`. `step`: the event, or "" for a request.
    """

    step: str
    condition: str
    place: str
    result: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """A state function: its name, argument sorts, result sort, and whether it may be absent."""

    name: str
    arguments: tuple[str, ...]
    result: str
    optional: bool


def plain(text: str) -> str:
    """A text of rules: the parameters of the request at hand have no prefix."""
    return text.replace("Q.", "")


@dataclass(slots=True)
class Lawmaker(Writer):
    """Writes one small law. What claims can speak of is kept: deeds, checks, limbs, what starts have."""

    places: list[Place] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    started: list[tuple[Place, str]] = field(default_factory=list)  # what each place is at the start
    checks_made: list[str] = field(default_factory=list)
    checks_at: dict[str, list[str]] = field(default_factory=dict)
    first_checks: list[str] = field(default_factory=list)  # those that both versions have
    required: list[str] = field(default_factory=list)
    limbs_made: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    events_made: list[str] = field(default_factory=list)
    effects_made: list[str] = field(default_factory=list)
    axioms_made: list[str] = field(default_factory=list)
    premises_made: list[tuple[str, str]] = field(default_factory=list)  # name, sort
    columns: list[str] = field(default_factory=list)
    turns: set[str] = field(default_factory=set)  # "accepted", "rejected": which way the modification turns
    acts: tuple[str, ...] = ()
    room: float = ROOM

    # ---------------------------------------------------------- vocabulary

    @property
    def sender(self) -> str:
        return self.parameters[0][1]

    def vocabulary(self) -> None:
        """Sorts in an order in which functions may lead down, a few values, a few functions."""
        self.sorts = ["User", *(("Thing",) if self.maybe(0.6) else ("Thing", "Box"))]
        self.chance.shuffle(self.sorts)
        self.lines += [f"sort {each}" for each in self.sorts]
        if self.maybe(0.45):
            self.constants.append(("Bank", "User"))
            self.lines.append('constant Bank: User "the bank"')
        self.acts = tuple(f"A{n}" for n in range(self.chance.choice((1, 2, 2, 3))))
        self.enums["Act"] = self.acts
        self.enums["Mode"] = tuple(f"M{n}" for n in range(self.chance.choice((2, 2, 3))))
        self.lines += [f"enum {name}: {', '.join(values)}" for name, values in self.enums.items()]
        if self.maybe(0.2):
            self._sheet()
        for _ in range(self.chance.choice((2, 3, 3, 4))):
            self._place(state=True)
        for _ in range(self.chance.choice((0, 1, 1))):
            self._place(state=False)
        if not self.places:
            self._declare(Place("lit", (), FACT, optional=False), state=True)

    def _sheet(self) -> None:
        """A table of the acts, with some cells open."""
        self.lines += ["table sheet", 'fixed t1(Act) "t1" from table sheet: "yes"']
        self.lines.append('fixed t2(Act): optional Mode "t2" from table sheet: "mode"')
        rows = ["| act | yes | mode |", "|---|---|---|"]
        for each in self.acts:
            cells = (self.one(("yes", "no", "unknown")), self.one((*self.enums["Mode"], "none", "unknown")))
            rows.append(f"| {each} | {' | '.join(cells)} |")
            self.room -= sum(cell == "unknown" for cell in cells) * 1.3
        self.lines.append("\n".join(rows))
        self.callables += [Applicable("t1", ("Act",), FACT, fixed=True)]
        self.callables += [Applicable("t2", ("Act",), "Mode", fixed=True)]

    def _count(self, sort: str) -> int:
        if sort in self.enums:
            return len(self.enums[sort])
        constants = sum(own == sort for _, own in self.constants)
        return constants + (SENDERS - bool(constants) if sort == "User" else OTHERS)

    def bits(self, place: Place) -> float:
        """How many bits the function has in the instance by which sizes are judged."""
        values = 2 if place.result == FACT else self._count(place.result) + place.optional
        return math.prod(map(self._count, place.arguments)) * math.log2(values)

    def _place(self, *, state: bool) -> None:
        """A function for which there is still room; none after some tries."""
        for _ in range(8):
            arguments = tuple(self._argument() for _ in range(self.chance.choice((0, 1, 1, 1, 2))))
            ranks = [self.sorts.index(each) for each in arguments if each in self.sorts]
            below = self.sorts[: min(ranks)] if ranks else self.sorts
            result = self.one([FACT, FACT, "Mode", *below, *below])
            optional = result != FACT and self.maybe(0.7)
            place = Place(self.fresh("f" if state else "k"), arguments, result, optional)
            if self.bits(place) <= self.room:
                self._declare(place, state=state)
                return

    def _argument(self) -> str:
        return self.one([*self.sorts, *self.sorts, *self.sorts, "Mode"])

    def _declare(self, place: Place, *, state: bool) -> None:
        self.room -= self.bits(place)
        told = f"({', '.join(place.arguments)})" if place.arguments else ""
        kind = "" if place.result == FACT else f": {'optional ' if place.optional else ''}{place.result}"
        self.lines.append(f'{"state" if state else "fixed"} {place.name}{told}{kind} "{place.name}"')
        self.callables.append(Applicable(place.name, place.arguments, place.result, fixed=not state))
        if state:
            self.places.append(place)
            self.changing.append((place.name, place.arguments, place.result, place.optional))

    # ------------------------------------------------------------- requests

    def request(self) -> None:
        """A sender, an act, and one or two more, carried always, perhaps, or under a condition."""
        self.parameters = [("sender", "User"), ("act", "Act")]
        told = ["    sender: User", "    act: Act"]
        if self.maybe(0.15):
            self.parameters.reverse()
            told.reverse()
        for name in ("item", "other")[: self.chance.choice((1, 1, 2))]:
            sort = self.one([*self.sorts, *self.sorts, "Mode"])
            scope = Scope(parameters=tuple(self.parameters), request="Q", fixed_only=True)
            way = self.chance.random()
            when = f" when {plain(self._when(scope))}" if way < 0.4 else ""
            optional = "optional " if 0.3 < way < 0.55 else ""
            told.append(f"    {name}: {optional}{sort}{when}")
            self.parameters.append((name, sort))
        if self.parameters[0][0] == "act":
            self.parameters.sort(key=lambda each: each[0] != "sender")
        self.lines.append('request "{sender} does {act}"\n' + "\n".join(told))

    def _when(self, scope: Scope) -> str:
        if len(self.acts) > 1 and self.maybe(0.7):
            return self.about_act()
        return self.formula(scope, SHALLOW)

    def about_act(self) -> str:
        some = self.chance.sample(self.acts, self.chance.randint(1, max(1, len(self.acts) - 1)))
        return f"Q.act is {some[0]}" if len(some) == 1 else f"Q.act in {{{', '.join(some)}}}"

    @property
    def rule(self) -> Scope:
        return Scope(parameters=tuple(self.parameters), request="Q")

    # ---------------------------------------------------------- expressions

    def at(self, scope: Scope, *, among: frozenset[str] | None = None) -> tuple[Place, str] | None:
        """A place with arguments from the scope; one `among` these, if that is said."""
        places = [each for each in self.places if among is None or each.name in among]
        for _ in range(4):
            if not places:
                return None
            place = self.chance.choice(places)
            text = self.applied(Applicable(place.name, place.arguments, place.result), scope, 1)
            if text is not None:
                return place, text
        return None

    def literal(self, scope: Scope) -> str:
        """A short statement about one place that may change; a formula if there is none."""
        found = self.at(scope)
        if found is None:
            return self.formula(scope, 0)
        place, text = found
        if place.result == FACT:
            return self.one((text, text, f"(not {text})"))
        value = self.term(place.result, scope, 0)
        ways = [f"({text} is {value})", f"({text} is not {value})"] if value else []
        ways += [f"({text} is absent)", f"({text} is present)"] if place.optional else []
        return self.one(ways) if ways else self.formula(scope, 0)

    def saying(self, scope: Scope) -> str:
        """A literal or two, or any formula."""
        way = self.chance.random()
        if way < 0.45:
            return self.literal(scope)
        if way < 0.65:
            return f"({self.literal(scope)} {self.one(('and', 'or', 'implies'))} {self.literal(scope)})"
        return self.formula(scope, SHALLOW if way < 0.9 else SHALLOW + 1)

    def _atom(self, scope: Scope, depth: int) -> str | None:
        """One of `Writer`'s, but seldom one that compares a term with itself."""
        found = Writer._atom(self, scope, depth)
        words = (found or "").strip("()").split(" ")
        same = len(words) >= TWO_SIDES and words[0] == words[-1]
        return None if same and self.maybe(0.9) else found

    # -------------------------------------------------------- definitions

    def definitions(self) -> None:
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            self.lines.append(plain(self._definition(self.fresh("g"))))

    def _reading(self, result: str, body: str) -> str:
        if result == FACT:
            return f"((Q.sender is present) and {body})"
        return body if "when" in body else f"{body} when (Q.sender is present)"

    # --------------------------------------------------------------- rules

    def route(self) -> None:
        """One component or two; the second may be one for each mode, and may be passed by."""
        self.components.append(("K0", None))
        self.lines.append('component K0 "k"')
        stages = ["K0"]
        if self.maybe(0.5):
            index = "Mode" if self.maybe(0.4) else None
            at = self.term("Mode", self.rule, 1) if index else None
            self.components.append(("K1", index if at else None))
            self.lines.append(f'component K1{"[Mode]" if at else ""} "k"')
            when = f" when {plain(self.saying(self.rule))}" if self.maybe(0.4) else ""
            stages.append(f"K1{f'[{plain(at)}]' if at else ''}{when}")
        self.lines.append("route " + ", then ".join(stages))

    def checks(self) -> None:
        for number in range(self.chance.choice((1, 2, 2, 3))):
            self.lines.append(self.check_text(f"c{number}", 'subject to "G"' if self.maybe(0.6) else ""))
            self.first_checks.append(f"c{number}")
        for component, _ in self.components:
            here = [name for name, at in self.checks_at.items() if component in at]
            if here and self.maybe(0.25):
                some = self.chance.sample(here, self.chance.randint(1, len(here)))
                told = f": {', '.join(some)}" if self.maybe(0.6) else " unpublished"
                self.lines.append(f'order at {component}{told} because "by chance"')
        if any('subject to "G"' in line for line in self.lines):
            self._group("G")

    def check_text(self, name: str, subject: str, word: str = "check") -> str:
        """A check with what it asks; it may be as an earlier one."""
        at = [each for each, _ in self.components if self.maybe(0.5)] or [self.components[0][0]]
        self.checks_at[name] = at
        items = []
        if self.first_checks and self.maybe(0.25):
            way = self.one(("", ", with its exceptions", ", without its exceptions"))
            items.append(f"as {self.one(self.first_checks)}{way}")
        if self.maybe(0.6):
            items.append(f"applies when {self.about_act() if self.maybe(0.7) else self.saying(self.rule)}")
        if self.maybe(0.2):
            items.append(f"applies unless {self.saying(self.rule)}")
        if not items or self.maybe(0.8):
            self.required.append(self._requirement())
            items.append(f"requires {self.required[-1]}")
        items += [subject] if subject else []
        told = "\n".join(f"    {plain(each)} {WHY}" for each in items)
        code = self.one((f"X{name}", "XX")) if word == "check" else ""
        self.checks_made.append(name)
        because = "" if code else ', because "by chance"'
        refusal = f"with {code}" if code else "without a published code"
        return f'{word} {name} for "C {name}" at {", ".join(at)}, reject {refusal}{because}\n{told}'

    def _requirement(self) -> str:
        """Something that another act may have to bring about first; or anything."""
        asked = self.literal(self.rule)
        if len(self.acts) > 1 and self.maybe(0.5):
            return f"(Q.act is {self.acts[0]} or {asked})"
        return asked if self.maybe(0.4) else self.saying(self.rule)

    def _group(self, group: str) -> None:
        chapeau = f"    {plain(self.saying(self.rule))} {WHY}" if self.maybe(0.3) else f"    any of {WHY}"
        self.lines.append(f'exceptions "{group}"\n{chapeau}')
        for number in range(self.chance.choice((1, 1, 2))):
            self._limb(f"{group}({'abc'[number]})", group, (), 1)

    def limb_text(
        self,
        clause: str,
        parent: str,
        above: tuple[tuple[str, str], ...],
        own: tuple[tuple[str, str], ...],
    ) -> str:
        scope = self.rule.binding(*above, *own)
        some = f" for some {', '.join(f'{n}: {s}' for n, s in own)}" if own else ""
        items = [f"    {plain(self.saying(scope))} {WHY}" for _ in range(self.chance.randint(1, 2))]
        self.limbs_made.append(clause)
        return f'limb "{clause}" of "{parent}"{some}\n' + "\n".join(items)

    # -------------------------------------------------------------- changes

    def changes(self) -> None:
        """Effects of acts, and events; what they bring about is kept for claims."""
        acts = list(self.acts)
        for number in range(self.chance.choice((1, 2, 2))):
            self.lines.append(self.effect_text(f"e{number}", acts))
        for number in range(self.chance.choice((0, 1, 1, 2))):
            name = f"v{number}"
            own = tuple((self.fresh("a"), self.any_sort()) for _ in range(self.chance.choice((0, 1, 1, 2))))
            told = ", ".join(f"{n}: {'optional ' if self.maybe(0.3) else ''}{s}" for n, s in own)
            scope = Scope(variables=own)
            when = f" when {self.saying(scope)}" if self.maybe(0.5) else ""
            heading = f"event {name} by the environment{f' with {told}' if told else ''}{when}"
            self.events_made.append(name)
            self.lines.append(f"{heading}\n{self._deeds(name, '', scope)}")

    def effect_text(self, name: str, acts: list[str]) -> str:
        """An effect of one act, of some requests, or of all."""
        way = self.chance.random()
        when = self.saying(self.rule) if way < 0.8 else ""
        if acts and way < 0.6:
            when = f"Q.act is {acts.pop(0)}"
        told = plain(f" when {when}" if when else "")
        self.effects_made.append(name)
        return f"effect {name}{told}\n{self._deeds('', when, self.rule)}"

    def _deeds(self, step: str, condition: str, scope: Scope) -> str:
        found: list[str] = []
        for _ in range(self.chance.choice((1, 1, 2))):
            update = self._update(scope) if self.maybe(0.35) else self._simple(step, condition, scope)
            if update is not None:
                found.append(f"    {plain(update)} {WHY}")
        return "\n".join(found) or f"    applies when true {WHY}"

    def _simple(self, step: str, condition: str, scope: Scope) -> str | None:
        """One place, named by what the step carries, becomes something that it carries, or nothing."""
        everywhere = not step and not condition and self.maybe(0.7)
        found = self.at(Scope() if everywhere else scope)
        if found is None:
            return None
        place, text = found
        if place.result == FACT:
            value: str | None = self.one(("true", "true", "false"))
        elif place.optional and self.maybe(0.25):
            value = "absent"
        else:
            value = self.term(place.result, scope, 1)
        if value is None:
            return None
        self.deeds.append(Deed(step, condition, text, place.result, value))
        return f"{text} becomes {value}"
