"""The TLA+ names of everything in a model. No two have the same name, whatever their kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checker.model.decision import limb_path
from checker.model.expressions import FACT, Sort
from checker.model.model import Check, Function, Limb, Model, Stage
from checker.tla.spelling import Names, joined, lower, upper

FIXED_NAMES: Final = (
    *(
        "Absent",
        "Is",
        "In",
        "Put",
        "PutPresent",
        "NoRequest",
        "Requests",
        "Request",
        "WellFormed",
        "Accepted",
    ),
    *(
        "NoEffect",
        "situation",
        "step",
        "vars",
        "TypeOK",
        "Start",
        "Axioms",
        "Init",
        "Next",
        "Spec",
        "Nothing",
    ),
    *("Made", "Happened", "Claim", "ClaimInit", "ClaimNext", "ClaimSpec", "Asked", "Steps"),
    *("Makes", "Subjects", "Again", "Condition", "about", "since", "claimVars", "Symmetry", "View"),
)

_OF_CHECKS: Final = ("Applies", "Requires", "WouldFail", "Breaks", "Fails", "RejectedBy")
_OF_COMPONENTS: Final = ("Fails", "RejectedBy")
_OF_STAGES: Final = ("Visits", "Refuses")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of everything in one model. `names`: all names in use. `variables`: function -> its variable,
    for functions that are not wholly given by a table. `accessors`: function -> the operator that reads it.
    `tables`: function -> the constant with its table. `checks`, `components`, `stages`: what follows
    `Fails_`, `RejectedBy_`, `Refuses_` and the like.
    """

    names: Names
    sorts: dict[str, str]
    constants: dict[str, str]
    variables: dict[str, str]
    accessors: dict[str, str]
    tables: dict[str, str]
    definitions: dict[str, str]
    premises: dict[str, str]
    parameters: dict[str, str]
    checks: dict[str, str]
    components: dict[str, str]
    limbs: tuple[tuple[Limb, str], ...]
    clauses: dict[str, str]
    stages: tuple[tuple[Stage, str], ...]
    effects: dict[str, str]
    events: dict[str, str]
    axioms: dict[str, str]

    def limb(self, limb: Limb) -> str:
        """Return the operator of a limb."""
        return next(name for each, name in self.limbs if each == limb)


def lexicon_of(model: Model, module: str) -> Lexicon:
    """Return names for everything in the model, for a module of this name."""
    names = Names()
    for each in (module, *FIXED_NAMES):
        names.used.add(each)
    sorts = {each.name: names.take(upper(each.name)) for each in spoken_sorts(model)}
    constants = {each: names.take(each if _plain(each) else upper(each)) for each in model.constants}
    open_functions = [each for each in model.functions.values() if is_open(each)]
    variables = {each.name: names.take(lower(each.name)) for each in open_functions}
    definitions = {each: names.take(upper(each), f"{upper(each)}Of") for each in model.definitions}
    accessors: dict[str, str] = {}
    for function in model.functions.values():
        name = upper(function.name)
        plain = not function.parameters and function.table is None
        read = variables[function.name] if plain else names.take(name, f"{name}Of", f"{name}At")
        accessors[function.name] = read
    tables = {
        each.name: names.take(f"{upper(each.name)}Table") for each in model.functions.values() if each.table
    }
    limbs = [(each, names.take(f"Limb_{joined(each.clause)}")) for each in limbs_of(model)]
    checks = _suffixes(names, [each.name for each in model.checks], _OF_CHECKS)
    return Lexicon(
        names=names,
        sorts=sorts,
        constants=constants,
        variables=variables,
        accessors=accessors,
        tables=tables,
        definitions=definitions,
        premises={each: names.take(f"Premise_{upper(each)}") for each in model.premises},
        parameters=_parameters(model),
        checks=checks,
        components=_suffixes(names, list(model.components), _OF_COMPONENTS),
        limbs=tuple(limbs),
        clauses={clause: names.take(f"Exempted_{joined(clause)}") for clause in clauses_of(model)},
        stages=_stages(names, model),
        effects={
            each.name: names.take(upper(each.name), f"Effect_{upper(each.name)}") for each in model.effects
        },
        events={each: names.take(upper(each), f"Event_{upper(each)}") for each in model.events},
        axioms={each.name: names.take(f"Axiom_{upper(each.name)}") for each in model.axioms},
    )


def _plain(name: str) -> bool:
    return name.isascii() and name.isalnum() and name[0].isalpha()


def _parameters(model: Model) -> dict[str, str]:
    """The fields of a request, which need only differ from each other."""
    names = Names()
    return {each.name: names.take(lower(each.name)) for each in model.request}


def _suffixes(names: Names, wanted: list[str], prefixes: tuple[str, ...]) -> dict[str, str]:
    """A suffix for each name that makes a free name with every one of the prefixes."""
    found: dict[str, str] = {}
    for each in wanted:
        suffix, number = upper(each), 1
        while any(f"{prefix}_{suffix}" in names.used for prefix in prefixes):
            number += 1
            suffix = f"{upper(each)}_{number}"
        names.used.update(f"{prefix}_{suffix}" for prefix in prefixes)
        found[each] = suffix
    return found


def _stages(names: Names, model: Model) -> tuple[tuple[Stage, str], ...]:
    wanted = [f"{stage.component} {number}" for number, stage in enumerate(model.route)]
    plain = [stage.component for stage in model.route]
    if len(set(plain)) == len(plain):
        wanted = plain
    suffixes = _suffixes(names, wanted, _OF_STAGES)
    return tuple((stage, suffixes[name]) for stage, name in zip(model.route, wanted, strict=True))


# ------------------------------------------------------------ what there is


def spoken_sorts(model: Model) -> list[Sort]:
    """Return the sorts that have a set in the module: all but facts."""
    return [each for each in model.sorts.values() if each != FACT]


def things_sorts(model: Model) -> list[Sort]:
    """Return the sorts whose things have to be listed."""
    return [each for each in spoken_sorts(model) if not each.is_enum]


def is_open(function: Function) -> bool:
    """Whether the function has a place that is not in its table."""
    if function.table is None:
        return True
    places = 1
    for sort in function.parameters:
        if sort.has_things:
            return True
        places *= len(sort.values)
    return len(function.table.entries) < places


def limbs_of(model: Model) -> list[Limb]:
    """Return the limbs that checks are subject to, each once."""
    found: list[Limb] = []
    for check in model.checks:
        found += [each for each in check.limbs if each not in found]
    return found


def clauses_of(model: Model) -> Iterator[str]:
    """Yield the clauses that may exempt a request: those of limbs, of the limbs above them, and of groups."""
    found = [clause for check in model.checks for limb in check.limbs for clause in limb_path(limb)]
    yield from dict.fromkeys(found)


def checks_at(model: Model, component: str) -> list[Check]:
    """Return the checks made at a component, in written order."""
    return [each for each in model.checks if component in each.components]
