"""Claims and deployments that an analysis adds: what may be added, and evidence about them."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from checker.evidence.collect import collect
from checker.evidence.write import manifest
from checker.language import document, lexer
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime import files_as_written
from checker.regime.additions import ADDED, READINGS, free_numbers, with_claims, with_readings
from checker.regime.load import load_texts
from tests.support.evidence_made import BOTH, Files, bound, certified, loaded, manifest_of, reasons

LAW = """# A door

```redline
sort User
enum Act: Knock, Enter
state inside(User) "{1} is inside"
request "{sender} does {act}"
    sender: User
    act: Act
component Door "the door"
component Porter "the porter"
route Door, then Porter
start inference "x": for every u: User: not inside(u)
check politeness for "C 1" at Door, reject with E1
    applies when true inference "x"
    requires act is Knock inference "x"
effect entering when act is Knock
    inside(sender) becomes true inference "x"
modification Welcome "everybody may enter"
by Welcome replace politeness: check politeness for "C 1" at Door, reject with E1
    applies when false inference "x"
version old "v"
version new "w" is old with Welcome
claim 7 knocked "Who is inside is inside." from "C 1"
    always, if true, then possibly true
    expect proved in old
```
"""

ASKED = """# Asked

```redline
deployment half "The door only.": Door at new, Porter at old
claim 101 enters "Some request to enter is accepted." from "test"
    in some situation, for some request r: r accepted and r.act is Enter
    expect refuted in old
    expect proved in new, half
```
"""


def asked() -> tuple[Files, Files]:
    """The sources, and the evidence of the claims that are added."""
    sources = {"spec/law.md": LAW}
    regime = with_claims(loaded(sources), ASKED)
    prover = Prover(regime)
    jobs = jobs_for(regime.claims)
    results = tuple(prover.decide(each) for each in jobs if each.claim.number == "101")
    assert [each.verdict for each in results] == ["refuted", "proved", "proved"]
    bundles = {number: bundle for _, number, bundle in collect(regime, results, 1)}
    return sources, manifest("test", sources, [bundles[n] for n in sorted(bundles)], ASKED)


def test_claims_and_deployments_are_added() -> None:
    """They can be asked as those of the law are, and the law's own stay as they were."""
    regime = loaded({"spec/law.md": LAW})
    more = with_claims(regime, ASKED)
    assert [each.name for each in more.claims] == ["knocked", "enters"]
    assert [each.name for each in regime.claims] == ["knocked"]
    assert more.deployed(Column("half")) == {("Door", None): "new", ("Porter", None): "old"}
    assert more.parse_column("half") == Column("half")
    with pytest.raises(SpecError):
        regime.parse_column("half")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sort Other", "only claims and deployments can be added"),
        ("by Welcome strike politeness", "only claims and deployments can be added"),
        ('deployment old "x": Door at new, Porter at old', "`old` is the name of another"),
        ('deployment part "x": Door at new', "does not say which version `Porter` enforces"),
        ('claim 7 other "x" from "y" always true expect proved in old', "`7` is the name of another"),
        ('claim 8 knocked "x" from "y" always true expect proved in old', "`knocked` is the name of another"),
        ('claim 8 other "x" from "y" always true expect proved in odd', "there is no version"),
    ],
)
def test_what_cannot_be_added(text: str, message: str) -> None:
    """One diagnostic, with its place in the text that was to be added."""
    with pytest.raises(SpecError) as wrong:
        with_claims(loaded({"spec/law.md": LAW}), f"# Asked\n\n```redline\n{text}\n```\n")
    first = wrong.value.diagnostics[0]
    assert message in first.message
    assert first.span is not None
    assert (first.span.file, first.span.line) == (ADDED, 4)


READ = """# Read

```redline
reading nobody "Nobody enters." because "x"
    in politeness, inference "x" means connective
    in politeness, also requires false inference "x"
reading knocks-only "Only those who knock enter." because "x"
    in entering, when act is Enter
reading full "Everybody is inside." because "x"
    start inference "x": for every u: User: inside(u)
```
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sort Other", "only readings can be added"),
        ("by Welcome strike politeness", "only readings can be added"),
        ('reading odd "x" because "y" in politeness, inference "z" means connective', "no such inference"),
        (
            'reading odd "x" because "y" in politeness, when true',
            "`politeness` is no effect, event, lapse or duty",
        ),
        ('reading odd "x" because "y" in nowhere, also requires true', "there is no rule `nowhere`"),
        ('reading odd "x" because "y" define away means true', "there is no definition `away`"),
    ],
)
def test_readings_that_cannot_be_added(text: str, message: str) -> None:
    """One diagnostic, with its place in the text that was to be added."""
    with pytest.raises(SpecError) as wrong:
        with_readings(loaded({"spec/law.md": LAW}), f"# Read\n\n```redline\n{text}\n```\n")
    first = wrong.value.diagnostics[0]
    assert message in first.message
    assert first.span is not None
    assert (first.span.file, first.span.line) == (READINGS, 4)


def test_readings_are_added() -> None:
    """Claims can be asked under them; two laws with other readings of one name know nothing of each other."""
    regime = loaded({"spec/law.md": LAW})
    more = with_readings(regime, READ)
    other = with_readings(regime, READ.replace("requires false", "requires true"))
    column = more.parse_column("old under nobody")
    unread = regime.model(Column("old"))
    texts = [
        [each.meaning.text for each in law.model(column).checks[0].items if each.meaning]
        for law in (more, other)
    ]
    assert texts == [["false"], ["true"]]
    assert regime.model(Column("old")) == unread
    assert more.model(more.parse_column("old under full")).start != unread.start
    assert more.model(more.parse_column("old under knocks-only")).effects != unread.effects
    with pytest.raises(SpecError):
        regime.parse_column("old under nobody")
    with pytest.raises(SpecError):
        with_readings(more, READ)


def read() -> tuple[Files, Files]:
    """The sources, and evidence about a column under a reading that is added, claims about it included."""
    sources = {"spec/law.md": LAW}
    text = ASKED.replace("expect refuted in old", "expect refuted in old under nobody")
    regime = with_claims(with_readings(loaded(sources), READ), text)
    results = tuple(
        Prover(regime).decide(each) for each in jobs_for(regime.claims) if each.claim.number == "101"
    )
    bundles = {number: bundle for _, number, bundle in collect(regime, results, 1)}
    return sources, manifest("test", sources, [bundles[n] for n in sorted(bundles)], text, readings=READ)


def test_evidence_about_readings_is_certified_from_the_folder() -> None:
    """The readings are read from the folder, before the claims that speak of them."""
    sources, files = read()
    assert files[READINGS] == READ
    assert not certified_added(sources, files)


def refused_for(
    reason: str, sources: dict[str, str], files: dict[str, str], name: str, change: Callable[[str], str]
) -> bool:
    """Whether the evidence is refused for that reason once a file of it is changed, or gone if nothing is
    left of it.
    """
    changed = {**files, name: change(files[name])}
    if not changed[name]:
        del changed[name]
    return any(reason in each for each in certified_added(sources, bound(changed)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("requires false", "requires act is Enter"), ""),
        (lambda text: text.replace("nobody", "somebody"), "`claims.md`: there is no reading `nobody`"),
        (lambda text: text.replace('inference "x" means', 'inference "y" means'), "no such inference"),
        (lambda _text: "", "the readings that it was asked under are missing"),
    ],
)
def test_other_readings_are_not_those_that_were_asked_under(
    change: Callable[[str], str], reason: str
) -> None:
    """Even if an adversary has made the manifest fit."""
    sources, files = read()
    assert refused_for(reason, sources, files, READINGS, change)


def test_numbers_that_are_free() -> None:
    """They begin above those of the law."""
    numbers = free_numbers(loaded({"spec/law.md": LAW.replace("claim 7 ", "claim 100b ")}))
    assert [next(numbers), next(numbers)] == ["201", "202"]


def test_their_evidence_is_certified_from_the_folder() -> None:
    """The claims are read from the folder, and bound as every other file."""
    sources, files = asked()
    assert files[ADDED] == ASKED
    found = certified(loaded(sources), sources, files, BOTH)
    assert not reasons(found)
    assert len(found.entries) > 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("r.act is Enter", "r.act is Knock"), "the claim has changed"),
        (lambda text: text.replace("claim 101", "claim 7"), "is the name of another"),
        (lambda text: text.replace("Door at new", "Door at old"), ""),
        (lambda _text: "", "the claims that were asked are missing"),
    ],
)
def test_other_claims_are_not_those_that_were_asked(change: Callable[[str], str], reason: str) -> None:
    """Even if an adversary has made the manifest fit."""
    sources, files = asked()
    assert refused_for(reason, sources, files, ADDED, change)


def test_a_folder_that_hides_its_claims_is_rejected() -> None:
    """A manifest that does not say that there are claims."""
    sources, files = asked()
    document = {**manifest_of(files), "claims": None}
    assert f"`{ADDED}` belongs to no entry of the manifest" in certified_added(
        sources, bound(files, document)
    )


def certified_added(sources: Files, files: Files) -> list[str]:
    """Why the folder is rejected."""
    return reasons(certified(loaded(sources), sources, files))


LIMITS = (
    (files_as_written, "MAX_LINES", 3),
    (files_as_written, "MAX_CHARACTERS", 20),
    (files_as_written, "MAX_WORDS", 5),
    (files_as_written, "MAX_FENCE", 5),
    (document, "MAX_BYTES", 20),
    (document, "MAX_LINES", 3),
    (document, "MAX_LINE", 10),
    (lexer, "MAX_STRING", 5),
)


@pytest.mark.parametrize(("module", "limit", "most"), LIMITS, ids=[each[1] for each in LIMITS])
def test_limits_are_on_what_users_write(
    module: ModuleType, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is added may be larger than any law; a law may not."""
    regime = loaded({"spec/law.md": LAW})
    monkeypatch.setattr(module, limit, most)
    assert len(with_claims(regime, ASKED).claims) == 2
    assert with_readings(regime, READ).readings
    never_read = LAW.replace("```redline\n", f"```redline\n-- {limit} {module.__name__}\n")
    with pytest.raises(SpecError) as wrong:
        load_texts({"spec/law.md": never_read})
    assert wrong.value.diagnostics[0].code in ("too-large", "line-too-long")
