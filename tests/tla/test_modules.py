"""Exported modules, without TLC: what they define and use, what they say of the law, and what is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker import cli
from checker.model.claim import Leads
from checker.model.model import Check, Effect, Event, Limb
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.tla import followed
from checker.tla.all_modules import Bundle, bundle_of
from checker.tla.claim_shape import ClaimShape, question_of
from checker.tla.spelling import WIDTH
from checker.tla.symbol_names import is_open
from tests.support.places import LIBRARY, PERMITS, ROOT
from tests.tla.read_modules import check_names, declared, definitions, modules

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))

CHECKED = re.compile(r"^(?:SPECIFICATION|INVARIANTS|PROPERTY|VIEW|SYMMETRY) (.*)$", re.MULTILINE)


LAW = """# Lamps

```redline
sort User
sort Lamp
enum Colour: Red, Green, Blue
fixed mood: Colour "the mood"
fixed rank(User): Colour "the rank of {1}"
state broken "something is broken"
state shines(Lamp): optional Colour "the colour of {1}"
request "{sender} sets {lamp} to {colour}"
    sender: User
    lamp: Lamp
    colour: Colour
component Desk "the desk"
route Desk
start inference "dark": for every l: Lamp: shines(l) is absent
check moody for "1" at Desk, reject with N1 "not in the mood"
    applies when colour is Red inference "red is for moods"
    requires mood is Red inference "red is for moods"
check ability for "2" at Desk, reject with N2 "is not able"
    applies when colour is Green inference "one at a time"
    requires rank(sender) is Blue inference "one at a time"
effect switch
    shines(lamp) becomes colour inference "that is what it does"
event fuse by the environment with l: Lamp, m: Lamp "{l} or {m} breaks"
    broken becomes l is m or shines(l) is absent inference "fuses blow"
version old "as it was"
```
"""

CLAIMS = """# Claims

```redline
claim 1 some-are-refused "Some request is refused."
    from "1"
    possibly, for some request r: r rejected
    expect proved in old
claim 2 two-may "Two can do it."
    from "1"
    for l: Lamp, u: User, v: User
    possibly shines(l) is Green by requests of u, v
    expect proved in old
```
"""


def loaded(folder: Path) -> Regime:
    """A law, whose files are called as from its own folder."""
    spec, properties = (
        {str(e.relative_to(folder)): e.read_text(encoding="utf-8") for e in (folder / name).rglob("*.md")}
        for name in ("spec", "properties")
    )
    return load_texts(spec, properties)


def exported(regime: Regime, version: str, *numbers: str) -> Bundle:
    """What is written of a column and of the claims with these numbers, or of all."""
    column = regime.parse_column(version)
    claims = [each for each in regime.claims if not numbers or each.number in numbers]
    return bundle_of(regime, column, claims, {})


@pytest.fixture(scope="module", name="lamps")
def _lamps() -> Bundle:
    return exported(load_texts({"spec/lamps.md": LAW}, {"properties/claims.md": CLAIMS}), "old")


@pytest.fixture(scope="module", name="shipped")
def _shipped() -> Regime:
    return loaded(ROOT)


@pytest.fixture(scope="module", name="law")
def _law(shipped: Regime) -> Bundle:
    """The shipped law, with an enabled step, an invariant over steps, and what is not exported."""
    return exported(shipped, "mp107", "1", "3", "5a", "12")


@pytest.fixture(scope="module", name="bundles")
def _bundles(law: Bundle) -> list[Bundle]:
    """That, and two small laws with all their claims."""
    return [law, *(exported(loaded(each), "new") for each in (PERMITS, LIBRARY))]


# ------------------------------------------------------------------- modules


def test_every_name_is_defined_once_and_before_it_is_used(bundles: list[Bundle]) -> None:
    """TLC reads a module from top to bottom."""
    for bundle in bundles:
        check_names(bundle)


def test_brackets_close_and_lines_are_short(bundles: list[Bundle]) -> None:
    """In each definition, brackets of every kind; in each file, no line is much wider than the page."""
    for bundle in bundles:
        for module, text in modules(bundle):
            for name, _, body in definitions(text):
                for opening, closing in ("()", "[]", "{}", ("<<", ">>")):
                    assert body.count(opening) == body.count(closing), (module, name)
        for module, whole in bundle.files.items():
            long = [each for each in whole.split("\n") if len(each) > WIDTH + 10]
            assert not long, module


def test_a_configuration_has_a_value_for_every_constant(bundles: list[Bundle]) -> None:
    """What a configuration checks is defined, and no constant is left without a value."""
    for bundle in bundles:
        texts = dict(modules(bundle))
        for each in bundle.modules:
            both = (texts[bundle.law], texts[each.name])
            given = re.findall(r"^    (\w+) = ", each.configuration, re.MULTILINE)
            assert sorted(given) == sorted(name for text in both for name in declared(text, "CONSTANTS"))
            defined = {name for text in both for name, _, _ in definitions(text)}
            assert {name for line in CHECKED.findall(each.configuration) for name in line.split()} <= defined


def test_every_part_of_a_claim_starts_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only some parts of a claim follow has some value in the others, too."""
    monkeypatch.setattr(followed, "LARGE", 0)
    bundle = exported(load_texts({"spec/lamps.md": LAW}, {"properties/claims.md": CLAIMS}), "old")
    values = {name: body for name, _, body in definitions(dict(modules(bundle))["Old_1"])}
    assert values["Asked"].count("->") == values["moodValues"].count("->") == 2
    assert "{}" in values["rankAt"]
    assert "{}" not in values["moodValues"]


def test_the_law_says_where_everything_comes_from(shipped: Regime, law: Bundle) -> None:
    """Every rule is in the module with file and line, and every phrase that it was read from."""
    model = shipped.model(shipped.parse_column("mp107"))
    text = law.files[f"{law.law}.tla"]
    plain = " ".join(text.replace("\\*", " ").split())
    limbs = [limb for check in model.checks for limb in check.limbs]
    functions = [each for each in model.functions.values() if is_open(each)]
    rules: list[Check | Limb | Effect | Event] = [
        *model.checks,
        *limbs,
        *model.effects,
        *model.events.values(),
    ]
    spans = [each.span for each in rules] + [each.span for each in model.definitions.values()]
    for span in [*spans, *(each.span for each in model.axioms), *(each.span for each in functions)]:
        assert f"{span.file}:{span.line}" in plain
    tiled: list[Check | Limb] = [*model.checks, *limbs]
    items = [item for each in tiled for item in each.items if item.meaning is not None]
    phrases = [phrase.text for item in items for phrase in item.phrases]
    assert len(phrases) > len(limbs)
    for phrase in phrases:
        assert " ".join(phrase.split()) in plain


# -------------------------------------------------------------- what is said


def test_what_tla_cannot_say_is_left_out_with_the_reason(shipped: Regime, law: Bundle) -> None:
    """The law's module names each claim that has no module, and says why."""
    assert {each.claim.number for each in law.left_out} == {"5a", "12"}
    said = " ".join(law.files[f"{law.law}.tla"].split())
    for each in law.left_out:
        assert f"claim {each.claim.number}, {each.claim.name}: {each.reason}." in said
    found = set()
    for claim in shipped.claims:
        if isinstance(claim.statement, Leads) and not claim.over:
            question, modality = question_of(claim), claim.statement.modality
            assert isinstance(question, ClaimShape) is (modality != "possibly")
            assert isinstance(question, ClaimShape) or "AG EF" in question
            found.add(modality)
    assert found == {"next", "possibly", "never"}


def test_each_form_is_the_formula_that_a_tla_user_expects(bundles: list[Bundle]) -> None:
    """Invariants, actions and witnesses are written as TLA+ has them."""
    law, permits, library = ({each.claim.number: each for each in bundle.modules} for bundle in bundles)
    bodies = {
        module: body
        for module, text in modules(bundles[0])
        for name, _, body in definitions(text)
        if name == "Claim"
    }
    assert "ENABLED (\\E r \\in Makes :" in bodies["Mp107_1"]
    assert bodies["Mp107_3"].startswith(" since => ~Right(d)\n")
    assert "[][ step'.kind" in permits["1"].text
    assert "\nClaim == Holder(s) = Absent\n" in permits["2"].text  # a witness is looked for by denying it
    assert (permits["1"].universal, permits["2"].universal) == (True, False)
    for each in (*law.values(), *permits.values(), *library.values()):
        action = "]_claimVars\n\n" in each.text.partition("\nClaim ==")[2]
        assert ("PROPERTY Claim" in each.configuration) is action
        assert ("INVARIANTS TypeOK Axioms Claim" in each.configuration) is not action


def test_what_binds_loosely_stands_in_parentheses(lamps: Bundle) -> None:
    r"""`x' = a \/ b` would be `(x' = a) \/ b`, and `a \/ b /\ c` is nothing at all."""
    law, _, two = (text for _, text in modules(lamps))
    assert "/\\ broken' = (l = m \\/ Shines(l) = Absent)\n" in law
    assert ": (u = r.sender \\/ v = r.sender) /\\ Request(r)\n" in two


def test_the_page_shows_what_is_written(law: Bundle) -> None:
    """Excerpts, the command and the operators of spec/tla.md are those of the export."""
    page = (ROOT / "spec" / "tla.md").read_text(encoding="utf-8")
    texts = "\n".join(law.files.values())
    excerpts = re.findall(r"^```tla\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(excerpts) > 1
    for each in excerpts:
        assert each in texts
    (command,) = re.findall(r"java -jar .*", page)
    assert f"{command}\n" in texts
    operators = {name for _, text in modules(law) for name, _, _ in definitions(text)}
    for name in re.findall(r"`([A-Z]\w+)\(\w+(?:, \w+)*\)`", page):
        assert name in operators


# ------------------------------------------------------------------- command


def test_the_command_writes_a_module_and_a_configuration_a_claim(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It does so twice over the same folder, and makes the folder."""
    folder = tmp_path / "a" / "b"
    for _ in range(2):
        assert cli.run(("export", "--tla", str(folder), "1", "3", "--things", "Street=3", *FOLDERS)) == 0
        assert {each.suffix for each in folder.iterdir()} == {".tla", ".cfg"}
        assert {each.stem for each in folder.iterdir()} == {"New", "New_1", "New_3"}
    assert "claim 1, holders-live-there" in " ".join(capsys.readouterr().out.split())
    assert "Street = {street1, street2, street3}" in (folder / "New_3.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--things", "Peron=2"), "there is no sort `Peron` of things"),
        (("--things", "Person=0"), "`Person=0` is not a sort and a number"),
        (("--things", "Person"), "`Person` is not a sort and a number"),
        (("--version", "newer"), "`newer`"),
        (("9",), "`9`"),
    ],
)
def test_bad_usage_is_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    """Each mistake is told, and no folder is left behind."""
    assert cli.run(("export", "--tla", str(tmp_path / "out"), *options, *FOLDERS)) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_bad_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path that leads through a file is refused with a message, not a traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli.run(("export", "--tla", str(tmp_path / "file" / "in"), *FOLDERS)) == 2
    assert "cannot be written to" in " ".join(capsys.readouterr().err.split())


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The law's own folder is easily named by mistake, and a hundred modules are not easily picked out."""
    (tmp_path / "law.md").write_text("x", encoding="utf-8")
    assert cli.run(("export", "--tla", str(tmp_path), *FOLDERS)) == 2
    assert "holds something else than an export" in " ".join(capsys.readouterr().err.split())
    assert [each.name for each in tmp_path.iterdir()] == ["law.md"]


def test_lemmas_of_the_law_are_not_exported() -> None:
    """The modules are the same with a lemma, whether or not a claim uses it."""
    pages = {"law.md": LAW, "claims.md": CLAIMS}
    lemma = '\n```redline\nlemma whole "Nothing is broken.": not broken\n```\n'
    assert _texts_of({**pages, "lemma.md": lemma}) == _texts_of(pages)


def _texts_of(pages: dict[str, str]) -> dict[str, str]:
    regime = load_texts(pages)
    column = regime.claims[0].expectations[0].column
    return dict(bundle_of(regime, column, regime.claims, {}).files)
