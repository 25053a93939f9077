"""Writes the declarations of a random specification, each kind by itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.random_laws.expressions import FACT, MONTH_END, RULES, Applicable, Expressions, Scope

WHY = 'inference "by chance"'


@dataclass(slots=True)
class Writer(Expressions):
    """Writes one specification. `lines` are declarations."""

    changing: list[tuple[str, tuple[str, ...], str, bool]] = field(default_factory=list)
    parameters: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    # ---------------------------------------------------------- vocabulary

    def vocabulary(self) -> None:
        self.sorts = [f"S{n}" for n in range(self.chance.randint(1, 3))]
        self.lines += [f"sort {each}" for each in self.sorts]
        for sort in self.sorts:
            if self.maybe(0.3):
                name = self.fresh("Con")
                self.constants.append((name, sort))
                self.lines.append(f"constant {name}: {sort}")
        for number in range(self.chance.randint(1, 3)):
            values = tuple(f"V{number}{letter}" for letter in "abcd"[: self.chance.randint(2, 4)])
            self.enums[f"E{number}"] = values
            if len(values) == 3:
                self.in_order.add(f"E{number}")
            order = " in order" if f"E{number}" in self.in_order else ""
            self.lines.append(f"enum E{number}: {', '.join(values)}{order}")
        if self.maybe(0.5):
            self.quantities = {"number": 0, "money": 2, "size": 1}
            self.lines += [
                'quantity money "$" with 2 decimals',
                'quantity size "m" with 1 decimal, never negative',
            ]
            if self.maybe():
                self.quantities |= {"date": 0, "days": 0}
                self.callables.append(Applicable("today", (), "date"))
                if self.maybe(0.3):
                    self.lines[-1] += f"\ndefine {MONTH_END} means {self.one(RULES)} {WHY}"
        if self.maybe(0.6):
            self._table()
        for number in range(self.chance.randint(3, 7)):
            self._function(state=number % 2 == 0 or number < 2)

    def any_sort_or_number(self) -> str:
        """A sort, an enum or, where there are any, a quantity."""
        return self.one(list(self.quantities)) if self.quantities and self.maybe(0.3) else self.any_sort()

    def _function(self, *, state: bool) -> None:
        name = self.fresh("f")
        arguments = tuple(self.any_sort() for _ in range(self.chance.choice((0, 1, 1, 1, 2))))
        ranks = [self.sorts.index(each) for each in arguments if each in self.sorts]
        below = self.sorts[: min(ranks)] if ranks else self.sorts
        result = self.one([FACT, FACT, *self.enums, *below, *below, *self.quantities, *self.quantities])
        optional = result != FACT and self.maybe(0.7)
        told = f"({', '.join(arguments)})" if arguments else ""
        kind = "" if result == FACT else f": {'optional ' if optional else ''}{result}"
        self.lines.append(f'{"state" if state else "fixed"} {name}{told}{kind} "{name}"')
        self.callables.append(Applicable(name, arguments, result, fixed=not state))
        if state:
            self.changing.append((name, arguments, result, optional))

    def _table(self) -> None:
        """A table about the values of the first enum: a fact, a value, a list."""
        values, other = self.enums["E0"], self.one(list(self.enums))
        optional = self.maybe()
        self.lines.append("table sheet")
        self.lines.append('fixed t1(E0) "t1" from table sheet: "yes"')
        self.lines.append(
            f'fixed t2(E0): {"optional " if optional else ""}{other} "t2" from table sheet: "value"'
        )
        self.lines.append(f'fixed t3(E0, {other}) "t3" from table sheet: "list" lists {other}')
        rows = ["| key | yes | value | list |", "|---|---|---|---|"]
        for each in values:
            listed = self.chance.sample(self.enums[other], self.chance.randint(0, len(self.enums[other])))
            cells = [self.one(("yes", "no", "unknown"))]
            cells.append(self.one((*self.enums[other], "unknown", *(("none",) if optional else ()))))
            cells.append(self.one((" ".join(listed) or "none", "unknown")))
            rows.append(f"| {each} | {' | '.join(cells)} |")
        self.lines.append("\n".join(rows))
        self.callables += [
            Applicable("t1", ("E0",), FACT, fixed=True),
            Applicable("t2", ("E0",), other, fixed=True),
            Applicable("t3", ("E0", other), FACT, fixed=True),
        ]

    def request(self) -> None:
        sender = self.one(self.sorts)
        told = [f"    who: {sender}"]
        self.parameters = [("who", sender)]
        for _ in range(self.chance.randint(1, 4)):
            name, sort = self.fresh("p"), self.any_sort_or_number()
            scope = Scope(parameters=tuple(self.parameters), request="", fixed_only=True)
            way = self.chance.random()
            when = f" when {self.formula(scope, 2)}" if way < 0.35 else ""
            optional = "optional " if 0.3 < way < 0.7 else ""
            told.append(f"    {name}: {optional}{sort}{when}")
            self.parameters.append((name, sort))
        self.lines.append('request "{who} asks"\n' + "\n".join(told))

    @property
    def rule(self) -> Scope:
        return Scope(parameters=tuple(self.parameters), request="")

    def definitions(self) -> None:
        for _ in range(self.chance.randint(2, 5)):
            self.lines.append(self._definition(self.fresh("g")))

    def _definition(self, name: str) -> str:
        reads = self.maybe(0.3)
        variables = tuple((self.fresh("x"), self.any_sort()) for _ in range(self.chance.choice((0, 1, 1, 2))))
        scope = (self.rule if reads else Scope()).binding(*variables)
        result = self.one([FACT, *self.enums, *self.sorts, *self.quantities])
        body = self.formula(scope) if result == FACT else self._cases(result, scope)
        told = f"({', '.join(f'{n}: {s}' for n, s in variables)})" if variables else ""
        self.callables.append(
            Applicable(name, tuple(s for _, s in variables), result, reads_request=reads, defined=True)
        )
        if reads and body is not None:
            body = self._reading(result, body)
        if body is None:
            self.callables.pop()
            return f"-- nothing for {name}"
        return f"define {name}{told}{'' if result == FACT else f': {result}'} means {body}"

    def _reading(self, result: str, body: str) -> str:
        """The body, made to speak of the request at hand: it is read as such wherever it is used."""
        if result == FACT:
            return f"((who is present) and {body})"
        return body if "when" in body else f"{body} when (who is present)"

    def _cases(self, result: str, scope: Scope) -> str | None:
        if self.maybe(0.3):
            return self.term(result, scope)
        cases: list[str] = []
        conditions: set[str] = set()
        for _ in range(self.chance.randint(1, 3)):
            value, condition = self.term(result, scope, 2), self.formula(scope, 2)
            if value is not None and condition not in conditions:
                cases.append(f"{value} when {condition}")
                conditions.add(condition)
        last = self.term(result, scope, 2)
        if cases and last is not None and self.maybe():
            cases.append(f"{last} otherwise")
        return ", ".join(cases) or None

    # --------------------------------------------------------------- rules

    def route(self) -> None:
        for number in range(self.chance.randint(1, 3)):
            index = self.one(list(self.enums)) if self.maybe(0.4) else None
            self.components.append((f"K{number}", index))
            self.lines.append(f'component K{number}{f"[{index}]" if index else ""} "k"')
        stages = []
        for name, index in self.components:
            at = self.term(index, self.rule) if index else None
            when = f" when {self.formula(self.rule, 2)}" if self.maybe() else ""
            stages.append(f"{name}{f'[{at}]' if at else ''}{when}")
        self.lines.append("route " + ", then ".join(stages))

    def checks(self) -> None:
        groups = [f"G {n}" for n in range(self.chance.randint(1, 2))]
        known: list[str] = []
        for number in range(self.chance.randint(2, 4)):
            known.append(self._check(f"c{number}", known, groups[number % len(groups)]))
        for number, group in enumerate(groups):
            if not any(f'subject to "{group}"' in line for line in self.lines):
                self.lines.append(
                    f'check d{number} for "D {number}" at {self.components[0][0]}, reject with X{number}\n'
                    f'    subject to "{group}" {WHY}\n    requires {self.formula(self.rule)} {WHY}'
                )
            self._group(group)

    def _check(self, name: str, known: list[str], group: str) -> str:
        at = ", ".join(each for each, _ in self.components if self.maybe(0.4)) or self.components[0][0]
        items = []
        if known and self.maybe(0.35):
            way = self.one(("", ", with its exceptions", ", without its exceptions"))
            items.append(f"as {self.one(known)}{way}")
        for kind, share in (
            ("applies when", 0.5),
            ("applies unless", 0.4),
            ("requires", 0.8),
            ("requires", 0.3),
        ):
            if self.maybe(share):
                items.append(f"{kind} {self.formula(self.rule)}")
        if self.maybe(0.6):
            items.append(f'subject to "{group}"')
        told = "\n".join(f"    {each} {WHY}" for each in items or [f"requires {self.formula(self.rule)}"])
        adopted = self.maybe(0.2)
        code = "without a published code" if adopted else f"with Q{name}"
        because = ', because "by chance"' if adopted else ""
        word = "adopted check" if adopted else "check"
        self.lines.append(f'{word} {name} for "C {name}" at {at}, reject {code}{because}\n{told}')
        return name

    def _group(self, group: str) -> None:
        chapeau = f"    {self.formula(self.rule, 2)} {WHY}" if self.maybe(0.4) else f"    any of {WHY}"
        self.lines.append(f'exceptions "{group}"\n{chapeau}')
        for number in range(self.chance.randint(1, 3)):
            self._limb(f"{group}({'abc'[number]})", group, (), 0)

    def _limb(self, clause: str, parent: str, above: tuple[tuple[str, str], ...], depth: int) -> None:
        self.lines.append(self.limb_text(clause, parent, above, own := self._binders()))
        if depth < 2 and self.maybe(0.3):
            for number in range(self.chance.randint(1, 2)):
                self._limb(f"{clause}({number})", clause, (*above, *own), depth + 1)

    def _binders(self) -> tuple[tuple[str, str], ...]:
        count = self.chance.choice((0, 0, 1, 1, 2))
        return tuple((self.fresh("x"), self.any_sort()) for _ in range(count))

    def limb_text(
        self,
        clause: str,
        parent: str,
        above: tuple[tuple[str, str], ...],
        own: tuple[tuple[str, str], ...],
    ) -> str:
        """A limb with one to three conditions."""
        scope = self.rule.binding(*above, *own)
        some = f" for some {', '.join(f'{n}: {s}' for n, s in own)}" if own else ""
        items = [f"    {self.formula(scope, 2)} {WHY}" for _ in range(self.chance.randint(1, 3))]
        return f'limb "{clause}" of "{parent}"{some}\n' + "\n".join(items)

    def changes(self) -> None:
        for number in range(self.chance.randint(1, 2)):
            when = f" when {self.formula(self.rule, 2)}" if self.maybe(0.6) else ""
            self.lines.append(f"effect e{number}{when}\n{self._updates(self.rule)}")
        for number in range(self.chance.randint(1, 3)):
            kinds = (self.any_sort_or_number() for _ in range(self.chance.randint(0, 3)))
            own = tuple((self.fresh("a"), kind) for kind in kinds)
            told = ", ".join(f"{n}: {'optional ' if self.maybe(0.4) else ''}{s}" for n, s in own)
            scope = Scope(variables=own)
            when = f" when {self.formula(scope, 2)}" if self.maybe(0.6) else ""
            heading = f"event v{number} by the environment{f' with {told}' if told else ''}{when}"
            self.lines.append(f"{heading}\n{self._updates(scope)}")

    def _updates(self, scope: Scope) -> str:
        found: list[str] = []
        for _ in range(self.chance.randint(1, 3)):
            update = self._update(scope)
            if update is not None:
                found.append(f"    {update} {WHY}")
        return "\n".join(found) or f"    applies when true {WHY}"

    def _update(self, scope: Scope) -> str | None:
        function, sorts, result, optional = self.chance.choice(self.changing)
        bulk: list[tuple[str, str]] = []
        arguments = []
        for sort in sorts:
            if self.maybe(0.4):
                name = bulk[0][0] if bulk and bulk[0][1] == sort and self.maybe(0.3) else self.fresh("x")
                if (name, sort) not in bulk:
                    bulk.append((name, sort))
                arguments.append(name)
                continue
            argument = self.term(sort, scope, 2)
            if argument is None:
                return None
            arguments.append(argument)
        inner = scope.binding(*bulk)
        value = "absent" if optional and self.maybe(0.2) else self._value(result, inner)
        if value is None:
            return None
        told = f"{function}({', '.join(arguments)})" if arguments else function
        where = f" where {self.formula(inner, 2)}" if self.maybe(0.6) else ""
        every = f"for every {', '.join(f'{n}: {s}' for n, s in bulk)}{where}: " if bulk else ""
        return f"{every}{told} becomes {value}"

    def _value(self, result: str, scope: Scope) -> str | None:
        if result != FACT:
            return self.term(result, scope, 2)
        return self.one(("true", "false", self.formula(scope, 2)))

    def suppositions(self) -> None:
        for word in ('start inference "by chance"', 'axiom ax1 "ax" because "by chance"'):
            name, sort = self.fresh("x"), self.any_sort()
            scope = Scope(variables=((name, sort),), quantifiers=False)
            self.lines.append(f"{word}: for every {name}: {sort}: {self.formula(scope, 2)}")
        name, sort = self.fresh("x"), self.any_sort()
        scope = Scope(variables=((name, sort),))
        self.lines.append(f'premise pr1({name}: {sort}) "pr" because "so" means {self.formula(scope)}')

    # ------------------------------------------------- versions and claims

    def versions(self) -> None:
        self.lines.append('version old "old"\nversion new "new" is old with MOD\nmodification MOD "mod"')
        limbs = [line.split('"') for line in self.lines if line.startswith("limb")]
        top = [(parts[1], parts[3]) for parts in limbs if parts[3].count("(") == 0]
        after, group = self.chance.choice(top)
        text = self.limb_text(f"{group}(z)", group, (), self._binders())
        self.lines.append(f'by MOD insert after "{after}":\n{text}')
        defined = [line for line in self.lines if line.startswith("define ")]
        if defined and self.maybe(0.7):
            name = self.chance.choice(defined)
            self.lines.append(f"by MOD replace {_name_of(name)}:\n{self._another(name)}")
        if self.maybe(0.4) and "table sheet" in self.lines:
            row = self.one(self.enums["E0"])
            cell = self.one(("yes", "no", "unknown"))
            self.lines.append(f'by MOD amend table sheet: row "{row}", "yes" becomes "{cell}"')
        changes = [f'    in "{after}", also {self.formula(self.rule, 2)} {WHY}']
        if defined:
            changes.append(f"    {self._another(self.chance.choice(defined))} {WHY}")
        self.lines.append('reading red "red" because "by chance"\n' + "\n".join(changes))

    def _another(self, definition: str) -> str:
        """The definition's head with a simpler body, which reads the request if the old one did."""
        head, body = definition.split(" means ", 1)
        colon = head.split("(", 1)[1].split(")", 1)[1] if "(" in head else head
        result = colon.split(": ")[1] if ": " in colon else FACT
        inside = head.split("(", 1)[1].split(")", 1)[0] if "(" in head else ""
        pairs = [each.split(": ") for each in inside.split(", ") if each]
        variables = tuple((name, sort) for name, sort in pairs)
        reads = "who" in body
        scope = Scope(variables, tuple(self.parameters) if reads else (), None)
        known, self.callables = self.callables, [c for c in self.callables if not c.defined]
        new = self.formula(scope, 2) if result == FACT else self.term(result, scope, 1)
        self.callables = known
        if new is None:
            return definition
        if reads:
            new = self._reading(result, new)
        return f"{head} means {new}"

    def claims(self) -> str:
        limbs = [line.split('"')[1] for line in self.lines if line.startswith("limb")]
        checks = [
            line.split("check ")[1].split()[0] for line in self.lines if "check " in line.split(" for ")[0]
        ]
        found = []
        for number in range(1, 5):
            variables = tuple((self.fresh("x"), self.any_sort()) for _ in range(self.chance.randint(0, 2)))
            scope = Scope(variables, tuple(self.parameters), "r")
            after = replace(scope, past=True)
            outcome = self._outcome_text(scope, limbs, checks)
            statement = self.one(
                (
                    f"always, for every request r: ({self.formula(scope)} or {outcome})",
                    f"always, after an accepted request r where {self.formula(scope)}: {self.formula(after)}",
                    f"always, after an accepted request r: ({self.formula(after)} and {outcome})",
                )
            )
            told = ", ".join(f"{n}: {s}" for n, s in variables)
            head = f"    for {told} where {self.formula(Scope(variables), 2)}\n" if told else ""
            title = f'claim {number} cl{number} "Claim."\n    from "F"'
            found.append(f"{title}\n{head}    {statement}\n    expect proved in old")
        return "\n\n".join(found)

    def _outcome_text(self, scope: Scope, limbs: list[str], checks: list[str]) -> str:
        kind = self.chance.randrange(6)
        asked = (
            "r accepted",
            f"r rejected by {self.one(checks)}",
            f"r fails {self.one(checks)}",
            f"r passes {self.components[0][0]}",
            f"r fails only {self.one([*checks, self.components[0][0]])}",
            f'r exempted by "{self.one(limbs)}"',
        )[kind]
        column = self.one(("", " in old", " in new", " in (new under red)"))
        name, sort = self.chance.choice(self.parameters)
        term = self.term(sort, scope, 1)
        return f"({asked}{column}{f' with {name} {term}' if term and self.maybe(0.4) else ''})"


def _name_of(definition: str) -> str:
    return definition.removeprefix("define ").split("(")[0].split(":")[0].split(" ")[0]
