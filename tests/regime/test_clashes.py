"""Two updates of one step that may give one cell two values: refused, unless they are shown apart."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from checker import cli
from checker.language.diagnostics import SpecError
from checker.logic import terms
from checker.logic.node import Node
from checker.logic.solver import Answer, Solver, Unknown, Unsatisfiable
from checker.logic.terms import Terms
from checker.model.claim import Column
from checker.model.clashing_writes import Clash
from checker.model.deadline import OutOfTime
from checker.model.evaluate import apply_event, apply_request, event_enabled, routing_model, situation_problem
from checker.model.expressions import Sort
from checker.model.model import Model
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts
from checker.trusted import load_law, write_once
from tests.random_laws import rules as random_rules
from tests.random_laws.unclashed import unclashed
from tests.support.laws_read_once import forget

LAWS, SAMPLES = 10, 20
VOCABULARY = """
sort User
constant Boss: User "the boss"
sort Lamp
enum Act: A, B, C
state lit: Act
state hue(Lamp): Act
state own(Lamp): optional User
state on(Lamp)
state pair(Lamp, Act): optional User
state tie(Lamp, Lamp): Act
sort Room
fixed room(Lamp): optional Room
state paint(Room): Act
state tenant(Room): optional User
request "{sender} does {act} to {lamp} and {other}"
    sender: User
    act: Act
    lamp: Lamp
    other: Lamp
    note: optional Act
    gift: User when act is A
component Desk "the desk"
route Desk
start inference "s": lit is A
check k for "1" at Desk, reject with N1 "m"
    requires CHECKED inference "x"
define quick means act in {A, B}
define same means lamp is other
version v "v"
"""


@pytest.fixture(autouse=True)
def _anew() -> None:
    """Each test loads its laws itself, since some change how that is done."""
    forget()


def law(*lines: str, more: str = "", checked: str = "true") -> dict[str, str]:
    """A law of a house with lamps, and effects and events besides."""
    said = "\n".join(lines)
    return {"law.md": f"# Law\n\n```redline{VOCABULARY.replace('CHECKED', checked)}{more}\n{said}\n```\n"}


def effects(*pairs: tuple[str, str]) -> tuple[str, ...]:
    """An effect for each condition and update."""
    found = []
    for number, (when, update) in enumerate(pairs):
        said = f" when {when}" if when else ""
        found.append(f'effect e{number}{said}\n    {update} inference "x"')
    return tuple(found)


MEET = {
    "always and sometimes": effects(("", "lit becomes A"), ("act is B", "lit becomes B")),
    "conditions that overlap": effects(
        ("act in {A, B}", "lit becomes A"), ("act in {B, C}", "lit becomes B")
    ),
    "one effect, two updates": (
        'effect e\n    lit becomes A inference "x"\n    lit becomes B inference "x"',
    ),
    "two parameters that may be equal": (
        'effect e\n    hue(lamp) becomes A inference "x"\n    hue(other) becomes B inference "x"',
    ),
    "an effect and a bulk effect": effects(
        ("", "hue(lamp) becomes A"), ("", "for every l: Lamp where on(l): hue(l) becomes B")
    ),
    "two bulk effects": effects(
        ("", "for every l: Lamp where on(l): hue(l) becomes B"),
        ("", "for every m: Lamp where own(m) is sender: hue(m) becomes act"),
    ),
    "bulk at two arguments": effects(
        ("", "for every l: Lamp: pair(l, act) becomes sender"),
        ("", "for every a: Act: pair(lamp, a) becomes absent"),
    ),
    "a fact both ways": effects(
        ("act is A", "on(lamp) becomes true"), ("note is A", "on(lamp) becomes false")
    ),
    "a statement": effects(("", "on(lamp) becomes act is A"), ("", "on(lamp) becomes true")),
    "something and nothing": effects(
        ("", "own(lamp) becomes sender"), ("act is A", "own(lamp) becomes absent")
    ),
    "something that may be absent": effects(
        ("", "own(lamp) becomes own(other)"), ("", "own(lamp) becomes sender")
    ),
    "through a function": effects(("", "paint(room(lamp)) becomes A"), ("", "paint(room(other)) becomes B")),
    "two updates of one event": (
        (
            'event t by the environment with l: Lamp, m: Lamp "t"\n'
            '    hue(l) becomes A inference "x"\n    hue(m) becomes B inference "x"'
        ),
    ),
    "an event and its bulk update": (
        (
            'event t by the environment with l: Lamp "t"\n'
            '    own(l) becomes Boss inference "x"\n'
            '    for every k: Lamp: own(k) becomes absent inference "x"'
        ),
    ),
    "conditions on different things": effects(
        ("hue(lamp) is A", "hue(lamp) becomes B"), ("hue(other) is C", "hue(lamp) becomes C")
    ),
    "a value that a parameter may have": effects(
        ("", "pair(lamp, A) becomes sender"), ("", "pair(lamp, act) becomes absent")
    ),
    "one variable at different arguments": effects(
        ("", "for every l: Lamp where on(l): tie(l, other) becomes A"),
        ("", "for every l: Lamp where not on(l): tie(lamp, l) becomes B"),
    ),
    "two things that are not so together": effects(
        ("not (act is A and on(lamp))", "lit becomes A"), ("on(lamp)", "lit becomes B")
    ),
    "one of two things": effects(
        ("act is A or on(lamp)", "lit becomes A"), ("not on(lamp)", "lit becomes B")
    ),
    "values excluded": effects(("act is not A", "lit becomes A"), ("act is not B", "lit becomes B")),
    "a carried parameter": effects(("", "own(lamp) becomes gift"), ("act is A", "own(lamp) becomes sender")),
}
APART = {
    "different acts": effects(("act is A", "lit becomes A"), ("act is B", "lit becomes B")),
    "lists without a common value": effects(
        ("act in {A, B}", "lit becomes A"), ("act is C", "lit becomes B")
    ),
    "one and every other": effects(("act is A", "lit becomes A"), ("act is not A", "lit becomes B")),
    "every value excluded": effects(
        ("act not in {A, B} and act is present", "lit becomes A"), ("act is not C", "lit becomes B")
    ),
    "a condition and its negation": effects(("same", "lit becomes A"), ("not same", "lit becomes B")),
    "the same value": effects(("", "own(lamp) becomes sender"), ("act is A", "own(lamp) becomes sender")),
    "different places": effects(("", "pair(lamp, A) becomes sender"), ("", "pair(lamp, B) becomes absent")),
    "no value to write": effects(
        ("act is B", "own(lamp) becomes gift"), ("act is C", "own(lamp) becomes sender")
    ),
    "bulk with conditions": effects(
        ("", "for every l: Lamp where on(l): hue(l) becomes B"),
        ("", "for every m: Lamp where not on(m): hue(m) becomes A"),
    ),
    "all lamps but this": effects(
        ("", "hue(lamp) becomes A"), ("", "for every l: Lamp where l is not lamp: hue(l) becomes B")
    ),
    "an event": (
        (
            'event t by the environment with l: Lamp, m: Lamp when l is not m "t"\n'
            '    hue(l) becomes A inference "x"\n    hue(m) becomes B inference "x"'
        ),
    ),
    "bulk with the same values": effects(
        ("", "for every l: Lamp where on(l): own(l) becomes tenant(room(l))"),
        ("", "for every m: Lamp: own(m) becomes tenant(room(m))"),
    ),
}
SOLVED = {
    "definitions": effects(("quick", "lit becomes A"), ("act is C", "lit becomes B")),
    "different parameters": effects(
        ("not same", "hue(lamp) becomes A"), ("not same", "hue(other) becomes B")
    ),
    "equal by their conditions": effects(
        ("", "own(lamp) becomes sender"), ("sender is Boss", "own(lamp) becomes Boss")
    ),
    "what is carried": effects(("gift is present", "lit becomes A"), ("act is B", "lit becomes B")),
    "an absent value writes nothing": effects(
        ("act is not A", "lit becomes A"), ("gift is present", "lit becomes B")
    ),
}


@pytest.mark.parametrize("name", MEET)
def test_what_may_meet_is_refused(name: str) -> None:
    """At the second update, with the place of the first, whether or not a solver is at hand."""
    for load in (load_texts, load_law.load_texts):
        with pytest.raises(SpecError) as caught:
            load(law(*MEET[name]))
        (found,) = caught.value.diagnostics
        assert found.code == "two-values"
        assert found.span is not None
        lines = law(*MEET[name])["law.md"].split("\n")
        updates = [at for at, line in enumerate(lines, 1) if " becomes " in line]
        assert found.span.line == updates[1]
        assert any(f"line {updates[0]} of" in note for note in found.notes)


@pytest.mark.parametrize("name", MEET)
def test_the_order_does_not_matter(name: str) -> None:
    """Updates that may meet are refused whichever is written first."""
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*reversed(MEET[name])))


def test_updates_that_are_written_far_apart_meet() -> None:
    """The first and the third do, and not the second with either."""
    pairs = (("act in {A, B}", "lit becomes A"), ("act is C", "lit becomes C"), ("act is B", "lit becomes B"))
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*effects(*pairs)))
    assert load_law.load_texts(law(*effects(*pairs[:2]))).versions


MANY = 12


@pytest.mark.parametrize(
    ("when", "update"),
    [
        ("many in {N1, N2}", "lit becomes A"),
        ("many is not N1", "lit becomes A"),
        ("act is A", "lit becomes C"),
        ("many is N1 or many is N2", "lit becomes A"),
    ],
)
def test_an_update_among_many(when: str, update: str) -> None:
    """Each value of many has its own update, A and B in turn; one more meets some of them, not the first."""
    values = ", ".join(f"N{number}" for number in range(1, MANY + 1))
    more = f"\nenum Many: {values}"
    pairs = [(f"many is N{n}", f"lit becomes {'AB'[(n + 1) % 2]}") for n in range(1, MANY + 1)]

    def many(*given: tuple[str, str]) -> dict[str, str]:
        texts = law(*effects(*given), more=more)
        carried = "    many: Many\n    note: optional Act"
        return {name: text.replace("    note: optional Act", carried) for name, text in texts.items()}

    assert load_texts(many(*pairs)).versions
    for given in ([*pairs, (when, update)], [(when, update), *pairs]):
        with pytest.raises(SpecError, match="two values"):
            load_law.load_texts(many(*given))


@pytest.mark.parametrize("name", APART)
def test_what_is_plainly_apart_loads_without_a_solver(name: str) -> None:
    """Where the words alone keep updates apart, no solver is asked."""
    assert load_texts(law(*APART[name])).versions


@pytest.mark.parametrize("name", SOLVED)
def test_the_solver_shows_the_rest(name: str) -> None:
    """What reading alone does not keep apart is refused where nobody can be asked."""
    assert load_law.load_texts(law(*SOLVED[name])).versions
    with pytest.raises(SpecError, match="two values"):
        load_texts(law(*SOLVED[name]))


def _unknown(*_given: object) -> Unknown:
    return Unknown("the time budget is spent")


def _out_of_time(*_given: object) -> Unknown:
    raise OutOfTime


def test_what_would_cost_too_much_is_refused_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is the same on a slow machine: cost is counted, and time that has passed is no reason."""
    costs: list[int] = []

    class Watched(Solver):
        def ask(self, formulas: Iterable[Node]) -> Answer:
            costs.append(self.most)
            return super().ask(formulas)

    monkeypatch.setattr(write_once, "Solver", Watched)
    monkeypatch.setattr(time, "monotonic", itertools.count(0, 1_000.0).__next__)
    assert load_law.load_texts(law(*SOLVED["definitions"])).versions
    assert set(costs) == {write_once.COST}
    monkeypatch.setattr(terms, "OFTEN", 1)
    monkeypatch.setattr(write_once, "TERMS", 1)
    forget()
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*SOLVED["definitions"]))


def test_a_question_that_costs_more_than_it_may_has_no_answer() -> None:
    """Eight that differ are seven: hard for the solver, however long it may take."""
    made, sort = Terms(), Sort("Bird")
    holes = [made.symbol(f"hole {number}", sort) for number in range(7)]
    birds = [made.symbol(f"bird {number}", sort) for number in range(8)]
    housed = [made.or_(*(made.equal(bird, hole) for hole in holes)) for bird in birds]
    differ = [made.not_(made.equal(*pair)) for pair in itertools.combinations(birds, 2)]
    assert isinstance(Solver(made, most=10_000).ask((*housed, *differ)), Unknown)
    assert isinstance(Solver(made, most=100_000_000).ask((*housed, *differ)), Unsatisfiable)


@pytest.mark.parametrize("answer", [_unknown, _out_of_time])
def test_no_answer_in_time_is_a_refusal(
    answer: Callable[..., Unknown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not shown apart is refused, also if the solver does not know."""
    monkeypatch.setattr(Solver, "ask", answer)
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*SOLVED["definitions"]))


# ------------------------------------------------- what the answer depends on


AXIOM = """
axiom one "The boss has every lamp that is on." because "x": for every l: Lamp where on(l): own(l) is Boss"""
OWNED = effects(
    ("on(lamp)", "hue(lamp) becomes A"), ("own(lamp) is sender and sender is not Boss", "hue(lamp) becomes B")
)


def test_an_axiom_keeps_apart_and_whoever_drops_it_is_refused() -> None:
    """A column without the axiom that keeps updates apart is refused, and so is a law without it."""
    regime = load_law.load_texts(law(*OWNED, more=AXIOM))
    assert regime.model(Column("v")).effects
    with pytest.raises(SpecError, match="two values"):
        regime.model(Column("v", without=("one",)))
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*OWNED))


def test_a_check_does_not_keep_apart() -> None:
    """Components may enforce other versions, so what a check refuses is no reason."""
    with pytest.raises(SpecError, match="two values"):
        load_law.load_texts(law(*MEET["always and sometimes"], checked="act is not B"))


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ('reading r "r" because "x"\n    in e1, when act in {A, B}', None),
        (
            (
                'modification M "m"\nby M insert after "1": effect e2 when act is A\n'
                '    lit becomes C inference "x"\nversion w "w" is v with M'
            ),
            "in version `w`",
        ),
    ],
)
def test_what_meets_only_under_a_reading_or_in_a_version(more: str, note: str | None) -> None:
    """The refusal says under which reading, or in which version, the updates meet."""
    plain = APART["different acts"]
    assert load_texts(law(*plain)).versions
    with pytest.raises(SpecError) as caught:
        load_law.load_texts(law(*plain, more))
    (found,) = caught.value.diagnostics
    assert found.code == "two-values"
    assert note is None or note in found.notes


def test_what_keeps_apart_in_one_version_need_not_in_another() -> None:
    """By w, too, C is quick, so that lamps would be lit twice; the updates are those of v, word for word."""
    plain = SOLVED["definitions"]
    more = 'modification M "m"\nby M replace quick: define quick means {}\nversion w "w" is v with M'
    assert load_law.load_texts(law(*plain, more.format("act is A"))).versions
    with pytest.raises(SpecError) as caught:
        load_law.load_texts(law(*plain, more.format("act in {B, C}")))
    (found,) = caught.value.diagnostics
    assert found.code == "two-values"
    assert "in version `w`" in found.notes


@pytest.mark.parametrize(
    ("update", "place"),
    [("hue(lamp) becomes note", "hue(r.lamp)"), ("paint(room(lamp)) becomes note", "paint(room(r.lamp))")],
)
def test_an_absent_value_changes_nothing(update: str, place: str) -> None:
    """Where there must be a value it stays; a note that is carried is written."""
    claims = "".join(
        f'claim {number} c{number} "x" from "1"\n    always, after an accepted request r where {said}\n'
        f"    expect proved in v\n"
        for number, said in enumerate(
            (f"r.note is absent: {place} matches before {place}", f"{place} is r.note: {place} is present"), 1
        )
    )
    regime = load_texts(law(f'effect e\n    {update} inference "x"', claims))
    prover = Prover(regime)
    assert [prover.decide(job).verdict for job in jobs_for(regime.claims)] == ["proved", "proved"]


def test_every_command_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With 2, and the same words."""
    claim = 'claim 1 a "x" from "1"\n    always lit is A\n    expect proved in v'
    pages = {
        "spec": law(*MEET["always and sometimes"])["law.md"],
        "properties": f"```redline\n{claim}\n```\n",
    }
    for folder, text in pages.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text(text, encoding="utf-8")
    both = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    asked = (
        ("prove",),
        ("explain", "--request", "sender=X"),
        ("show", "v"),
        ("register",),
        ("lint",),
        ("who", "--for", "u: User", "--member", "u", "--goal", "lit is B"),
        ("diff", "v", "v"),
        ("cover", "v"),
        ("export", "--tla", str(tmp_path / "tla")),
        ("diff", "v", "--before", str(tmp_path / "spec")),
    )
    for command in asked:
        code = cli.run((*command, *both))
        assert code == 2, command
        assert "may give `lit` two values" in capsys.readouterr().err, command


def test_explain_outside_the_axioms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an axiom keeps apart may meet in a situation that breaks it."""
    (tmp_path / "law.md").write_text(law(*OWNED, more=AXIOM)["law.md"], encoding="utf-8")
    given = ("on(l)", "own(l)=x", "lit=A", "hue(l)=C")
    request = ("sender=x", "act=B", "lamp=l", "other=l")
    words = [part for each in given for part in ("--set", each)]
    words += [part for each in request for part in ("--request", each)]
    assert cli.run(("explain", "--spec", str(tmp_path), *words)) == 2
    assert "`hue(l)` would have two values" in capsys.readouterr().err


# ----------------------------------------------------------------- random laws


@pytest.mark.parametrize(
    "laws",
    [range(2), pytest.param(range(2, LAWS), marks=pytest.mark.thorough)],
    ids=["some", "more"],
)
def test_what_is_shown_apart_never_meets(laws: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the solver lets pass of random laws, the meaning meets no two values within the axioms."""
    shown: list[Clash] = []

    def judge(model: Model, clash: Clash) -> bool:
        found = write_once.shown_apart(model, clash)
        shown.extend([clash] if found else [])
        return found

    monkeypatch.setattr(load_law, "judge", judge)
    monkeypatch.setattr(write_once, "COST", 1_000_000)
    monkeypatch.setattr(random_rules, "unclashed", lambda texts: unclashed(texts, load_law.load_texts))
    taken = 0
    for number in laws:
        regime = load_law.load_texts(random_rules.write(random.Random(f"apart {number}")))
        for each, turn in itertools.product(random_rules.laws_of(regime), range(SAMPLES)):
            given = each.sample(random.Random(f"{number} {turn}"))
            if situation_problem(each.rules, given.situation) is None:
                apply_request(each.rules, given.situation, given.request)  # raises TwoValues
                taken += 1
                model = routing_model(each.rules, given.situation)
                if given.event and event_enabled(model, given.situation, given.event, given.arguments):
                    apply_event(model, given.situation, given.event, given.arguments)
                    taken += 1
    assert shown
    assert taken > len(laws)
