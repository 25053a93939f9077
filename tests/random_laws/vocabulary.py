"""The vocabulary of a random regime: sorts, constants, enums, tables, functions of every kind."""

from __future__ import annotations

from tests.random_laws.expressions import FACT, VERSION, Applicable
from tests.random_laws.lawmaker import Lawmaker, Place

OPEN = 1.3  # bits for each cell of a table that is open


def vocabulary(law: Lawmaker) -> None:
    """Sorts in an order in which functions may lead down, a few values, a few functions."""
    law.sorts = ["User", *(("Thing",) if law.maybe(0.6) else ("Thing", "Box"))]
    law.chance.shuffle(law.sorts)
    law.lines += [f"sort {each}" for each in law.sorts]
    if law.maybe(0.55) or "constant" in law.favourites:
        law.constants.append(("Bank", "User"))
        law.lines.append("constant Bank: User" + law.one(("", ' "the bank"')))
    law.acts = tuple(f"A{n}" for n in range(law.chance.choice((1, 2, 2, 3))))
    law.enums["Act"] = law.acts
    law.enums["Mode"] = tuple(f"M{n}" for n in range(law.chance.choice((2, 2, 3))))
    tabled = law.maybe(0.3) or any("table" in each for each in law.favourites)
    from_table = tabled and law.maybe(0.4)
    with law.aside("orders"):
        law.in_order |= {"Mode"} if law.maybe(0.3) else set()
    for name, values in law.enums.items():
        if not (from_table and name == "Act"):
            order = " in order" if name in law.in_order else ""
            law.lines.append(f"enum {name}: {', '.join(_value(law, each) for each in values)}{order}")
    if any(each.startswith("version") for each in law.favourites):
        law.enums[VERSION] = ("old", "new")  # then much is said of versions
    if tabled:
        _sheet(law, from_table=from_table)
    with law.aside("trees"):
        if law.maybe(0.12):
            _leading_back(law)
    for _ in range(law.chance.choice((2, 3, 3, 4))):
        place(law, state=True)
    for _ in range(law.chance.choice((0, 1, 1))):
        place(law, state=False)
    for each in law.favourites:
        _liked(law, each)
    if not law.places:
        declare(law, Place("lit", (), FACT, optional=False), state=True)


def _value(law: Lawmaker, value: str) -> str:
    label = f' "mode {value}"' if law.maybe(0.2) else ""
    return f"{value}{label}{f' (S{value})' if law.maybe(0.2) else ''}"


def _leading_back(law: Lawmaker) -> None:
    """A tree or a self-map of a sort, and an event that changes it, so that no circle comes about."""
    sort, tree = law.one(law.sorts), law.maybe(0.6)
    bits = law.count(sort) ** 2
    if bits > law.room or law.count(sort) < len("ab"):
        return
    law.room -= bits
    law.maps.append(("up" if tree else "mate", sort, tree))
    if tree:
        law.lines.append(f'tree up({sort}): optional {sort} "what {{1}} is in"')
        when, value = " when not b is or inside a", law.one(("b", "b", "absent", "up(up(a))"))
    else:
        law.lines.append(f'state mate({sort}): optional {sort} "the mate of {{1}}"')
        when, value = "", law.one(("b", "b", "absent", "mate(b)"))
    head = f"event shift by the environment with a: {sort}, b: optional {sort}{when}"
    law.lines.append(f'{head}\n    {law.maps[-1][0]}(a) becomes {value} inference "by chance shift"')
    law.events_made.append("shift")


def _liked(law: Lawmaker, construct: str) -> None:
    """A function of the kind, if the law likes to show such, and has none."""
    if construct.split(" ", maxsplit=1)[0] not in ("fixed", "state") or "table" in construct:
        return
    if not any(each.kind == construct for each in law.callables):
        result = FACT if construct.endswith("fact") else None
        place(law, state=construct.startswith("state"), result=result, optional="optional" in construct)


# -------------------------------------------------------------------- tables


def _sheet(law: Lawmaker, *, from_table: bool) -> None:
    """A table of the acts, with some cells open, some empty, and what it says of them."""
    lists = law.maybe(0.4)
    law.lines.append("table sheet")
    if from_table:
        columns = [each for each in ('value "act"', 'label "said"', 'short "short"') if law.maybe(0.6)]
        columns = columns or ['value "act"']
        law.lines.append(f"enum Act from table sheet: {', '.join(columns)}")
    words = law.one((' "t1"', "", ' "{1} is [not] so"'))
    law.lines.append(f'fixed t1(Act){words} from table sheet: "yes"')
    words = law.one((' "t2"', ""))
    law.lines.append(f'fixed t2(Act): optional Mode{words} from table sheet: "mode"')
    law.lines.append(f'fixed t4(Act): Mode{words} from table sheet: "sure"')
    if lists:
        words = law.one(("", ' "t3"'))
        law.lines.append(f'fixed t3(Act, Mode){words} from table sheet: "modes" lists Mode')
    rows = ["| act | said | short | yes | mode | sure | modes |", "|---|---|---|---|---|---|---|"]
    for each in law.acts:
        some = law.chance.sample(law.enums["Mode"], law.chance.randint(0, len(law.enums["Mode"])))
        cells = [law.one(("yes", "no", "yes", "unknown"))]
        cells.append(law.one((*law.enums["Mode"], "unknown", "none")))
        cells.append(law.one((*law.enums["Mode"], *law.enums["Mode"], "unknown")))
        cells.append(
            law.one((" ".join(some) or "none", " ".join(some) or "none", "unknown")) if lists else "none"
        )
        rows.append(f"| {each} | act {each} | S{each} | {' | '.join(cells)} |")
        law.room -= sum(cell == "unknown" for cell in cells) * OPEN
    law.lines.append("\n".join(rows))
    for name, result, what in (
        ("t1", FACT, "fact"),
        ("t2", "Mode", "optional function"),
        ("t4", "Mode", "function"),
    ):
        law.callables.append(
            Applicable(name, ("Act",), result, fixed=True, kind=f"fixed {what} from a table")
        )
    if lists:
        law.callables.append(
            Applicable("t3", ("Act", "Mode"), FACT, fixed=True, kind="fixed fact from a table")
        )


# ----------------------------------------------------------------- functions


def place(law: Lawmaker, *, state: bool, result: str | None = None, optional: bool | None = None) -> None:
    """A function for which there is still room; none after some tries."""
    for _ in range(8):
        arguments = tuple(_argument(law) for _ in range(law.chance.choice((0, 1, 1, 1, 2))))
        ranks = [law.sorts.index(each) for each in arguments if each in law.sorts]
        below = law.sorts[: min(ranks)] if ranks else law.sorts
        kinds = ["Mode", *below, *below] if optional is not None else [FACT, FACT, "Mode", *below, *below]
        own = result or law.one(kinds)
        absent = own != FACT and (law.maybe(0.7) if optional is None else optional)
        made = Place(law.fresh("f" if state else "k"), arguments, own, absent)
        if law.bits(made) <= law.room:
            declare(law, made, state=state)
            return


def _argument(law: Lawmaker) -> str:
    if VERSION in law.enums and law.maybe(0.4):
        return VERSION
    return law.one([*law.sorts, *law.sorts, *law.sorts, "Mode"])


def declare(law: Lawmaker, made: Place, *, state: bool) -> None:
    """Declare a function."""
    law.room -= law.bits(made)
    told = f"({', '.join(made.arguments)})" if made.arguments else law.one(("", "", "", "()"))
    kind = "" if made.result == FACT else f": {'optional ' if made.optional else ''}{made.result}"
    law.lines.append(f"{'state' if state else 'fixed'} {made.name}{told}{kind}{_words(law, made)}")
    what = "fact" if made.result == FACT else "optional function" if made.optional else "function"
    shape = f"{'state' if state else 'fixed'} {what}"
    law.callables.append(Applicable(made.name, made.arguments, made.result, fixed=not state, kind=shape))
    if state:
        law.places.append(made)
        law.changing.append((made.name, made.arguments, made.result, made.optional))


def _words(law: Lawmaker, made: Place) -> str:
    """What it is called: mostly by its name."""
    way = law.chance.random()
    if way < 0.15:
        return ""
    places = "".join(f" of {{{n}}}" for n in range(1, len(made.arguments) + 1))
    said = f'"the {made.name}{places}"' if made.result != FACT else f'"the {made.name}{places} is [not] so"'
    if way < 0.3 and any(each in law.enums for each in made.arguments):
        return f' {said} or "that of {{1}}"'
    return f" {said}" if way < 0.5 else f' "{made.name}"'
