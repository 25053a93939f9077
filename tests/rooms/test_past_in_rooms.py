"""What has been, in the analyses: told by diff, dropped by cover, refused where only what is can be said."""

from __future__ import annotations

import pytest

from checker import api
from checker.data.lookups import refuse_the_past
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.unparse import unparse
from checker.rooms.cover.formula_variants import variants
from tests.support.load import load
from tests.support.who_has_left import CLAIMS, LAW


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> api.Law:
    folder = tmp_path_factory.mktemp("past")
    for name, text in (("spec", LAW), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(f"# Page\n\n```redline\n{text}```\n", encoding="utf-8")
    return api.load(folder / "spec", folder / "properties")


def test_what_knows_only_what_is_says_so(law: api.Law) -> None:
    """Modules of TLA+, test packs and data are refused of a version that asks what has been."""
    regime = load(LAW, CLAIMS)
    said = []
    for who, asked in (
        ("a module of TLA+ says", law.export),
        ("a test says", lambda: law.cases("old")),
        ("tables say", lambda: refuse_the_past(regime.model(Column("old")))),
    ):
        with pytest.raises(SpecError) as refused:
            asked()
        (found,) = refused.value.diagnostics
        assert found.message.startswith(f"{who} what is, and not what has been: `ever gone")
        said.append((found.code, found.message.removeprefix(who).strip(), found.notes))
    assert len(set(said)) == 1
    assert said[0][0] == "no-past"
    refuse_the_past(regime.model(Column("freer")))


@pytest.mark.parametrize(
    ("text", "how", "dropped"),
    [
        ("ever gone(u)", "narrowed", "gone(u)"),
        ("not ever gone(u)", "widened", "not gone(u)"),
        ("left(u) since free(u)", "widened", "left(u)"),
        ("left(u) as of free(u)", "changed", "left(u)"),
    ],
)
def test_cover_drops_what_asks_of_the_past(text: str, how: str, dropped: str) -> None:
    """An edit reads now what the law reads of the past."""
    regime = load(LAW, CLAIMS)
    users = {"u": regime.vocabulary.sorts["User"]}
    found = [(way, unparse(each)) for way, each in variants(regime.parse_formula(text, users))]
    assert found == [(how, dropped)]
