"""A law that is loaded after an edit, with what was worked out before, is the law that is loaded without."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from checker.language.declarations import Declaration
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.document import Document, read_document
from checker.language.lexer import Fragment
from checker.language.parse_again import Declarations
from checker.model.claim import Column
from checker.model.objects import Objects
from checker.regime.earlier import Earlier
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.regimes_agree.trials import make_trial
from tests.support.places import PERMITS, ROOT

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
CLAIMS = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")
MORE = '# More\n\n```redline\naxiom more "More." because "so":\n    for every s: Street: true\n```\n'

Texts = Mapping[str, str]


def _texts(law: str = LAW, claims: str = CLAIMS, **more: str) -> dict[str, str]:
    return {"permits.md": law, **{f"{name}.md": text for name, text in more.items()}, "claims.md": claims}


def _edited(old: str, new: str) -> dict[str, str]:
    assert old in LAW
    return _texts(LAW.replace(old, new))


EDITS = {
    "as it is": _texts(),
    "a condition": _edited("lives(sender, street)", "lives(sender, street) or kind is Trader"),
    "a line more above all": _texts("\n" + LAW),
    "a line more in the middle": _edited("## 2\n", "## 2\n\nProse.\n"),
    "words and their phrase": _edited("the office.", "the bureau."),
    "a quote that no phrase covers": _edited("> (z) the office.", "> (z) the office itself."),
    "a broken fence": _edited("requires lives(sender, street)", "requires lives(sender"),
    "an unknown name": _edited("requires holder(street) is sender", "requires owner(street) is sender"),
    "the request": _edited("heir: Person when act is Transfer", "heir: Person"),
    "the request in as many letters": _edited("    act: Act\n", "    art: Act\n"),
    "the route": _edited("route Desk\n", "route Desk when act is Apply\n"),
    "names": _edited('"Stranger" otherwise', '"Visitor" otherwise'),
    "names in as many letters": _edited('"Resident" when', '"Habitant" when'),
    "a label": _edited('"the office"', '"the bureau"'),
    "an enum": _edited('Trader "Trader"', 'Trader "Trader", Other "Other"'),
    "a reading": _edited("also kind is Resident", "also kind is Trader"),
    "a reading of nothing": _edited('in "By-law 2(a)", also', 'in "By-law 2(b)", also'),
    "a name twice": _edited("component Desk", "component held"),
    "a definition": _edited("means holder(s) is present", "means holder(s) is Office"),
    "a modification": _edited("not inner(street)", "inner(street)"),
    "a clause that a claim names": _edited("By-law 2(a)", "By-law 2(b)"),
    "the name of a version": _edited('"the by-law after it"', '"the by-law in force"'),
    "a claim": _texts(claims=CLAIMS.replace("expect proved in old, new", "expect proved in new")),
    "a page more": _texts(more=MORE),
    "an updated page more": _texts(more=MORE.replace("true", "held(s) or not held(s)")),
    "two writings that meet": _edited("holder(street) becomes sender", "holder(street) becomes Office"),
}


def loaded(texts: Texts, earlier: Earlier | None) -> Regime | tuple[Diagnostic, ...]:
    """Return the law, or what is wrong with it."""
    try:
        return load_texts(texts, earlier=earlier)
    except SpecError as wrong:
        return wrong.diagnostics


def _the_same(one: Regime | tuple[Diagnostic, ...], other: Regime | tuple[Diagnostic, ...]) -> None:
    assert one == other
    if isinstance(one, Regime) and isinstance(other, Regime):
        for base in one.versions:
            for readings in ((), *((each,) for each in one.readings)):
                column = Column(base, readings)
                assert one.model(column) == other.model(column)
                assert one.owners(column) == other.owners(column)


@pytest.mark.parametrize("order", ["as written", "backwards", "to and fro"])
def test_every_edit_is_loaded_as_if_it_were_the_first(order: str) -> None:
    """Good laws and broken ones, one after the other: the same models, and the same mistakes."""
    edits = list(EDITS.values())
    chain = {
        "as written": edits,
        "backwards": edits[::-1],
        "to and fro": [each for edit in edits for each in (edit, edits[0])],
    }[order]
    earlier = Earlier()
    for texts in chain:
        _the_same(loaded(texts, earlier), loaded(texts, None))


def test_edits_are_good_and_bad_laws() -> None:
    """The chain has both, and no two are alike."""
    found = [loaded(each, None) for each in EDITS.values()]
    good = [each for each in found if isinstance(each, Regime)]
    assert 8 < len(good) < len(found) - 4
    assert len({repr(each) for each in EDITS.values()}) == len(EDITS)


def test_random_laws_are_loaded_alike_one_after_the_other() -> None:
    """They have the same files, and much in common in them."""
    earlier = Earlier()
    for number in range(12):
        texts = make_trial(7, number, 4).texts
        _the_same(loaded(texts, earlier), loaded(texts, None))


def test_pages_that_are_as_they_were_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither their Markdown nor their fences; of an edited page, no fence above the edit."""
    pages = sorted((ROOT / "spec").rglob("*.md")) + sorted((ROOT / "properties").rglob("*.md"))
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in pages}
    earlier = Earlier()
    load_texts(texts, earlier=earlier)
    read: list[str] = []
    fences: list[str] = []

    def reading(file: str, text: str, *, generated: bool) -> Document:
        read.append(file)
        return read_document(file, text, generated=generated)

    fresh = Declarations.of_fence

    def parsing(known: Declarations, part: Fragment) -> tuple[Declaration, ...]:
        fences.append(part.file)
        return fresh(known, part)

    monkeypatch.setattr("checker.regime.files_as_written.read_document", reading)
    monkeypatch.setattr(Declarations, "of_fence", parsing)
    page = "spec/modifications/secmp0107.md"
    edited = {**texts, page: texts[page].replace("        srv is 6.15.1\n", "        srv in {6.15.1}\n")}
    assert edited != texts
    load_texts(edited, earlier=earlier)
    assert (read, fences) == ([page], [page])


def test_threads_never_give_two_objects_one_number() -> None:
    """They share what was typed, which goes by these numbers."""
    objects, things = Objects(), [object() for _ in range(3_000)]
    found: list[dict[int, int]] = []
    start = threading.Barrier(4)

    def number(step: int) -> None:
        start.wait()
        found.append({id(each): objects.number(each) for each in things[::step]})

    threads = [threading.Thread(target=number, args=(step,)) for step in (1, -1, 1, -1)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 4
    assert all(each == found[0] for each in found)
    assert len(set(found[0].values())) == len(things)
