"""The report of `rollout`: a picture of the mixtures, safe orders, and stories of the unsafe ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import factorial
from typing import Final, Literal, TypeAlias

from msgspec.structs import replace

from checker.model.claim import Claim
from checker.report.case_paragraphs import reason_paragraphs, story_paragraphs
from checker.report.one_page import Part, listed_part, one_page
from checker.report.paper import BLANK, WIDTH, Paragraph, Style, Words, joined, paragraph, row
from checker.report.summary import claim_key
from checker.rooms.rollout.first_harm import FirstHarm, first_harms
from checker.rooms.rollout.harm import HARMS, Harm, HarmKind, Status, Test
from checker.rooms.rollout.lattice import Lattice, Mixture, on
from checker.rooms.rollout.switch_names import LETTERS, MARKS, Told
from checker.story.given_names import Names
from checker.story.in_one_sentence import decided_by
from checker.story.narrate import narrate

Stories: TypeAlias = Literal["first", "all", "none"]
"""Which harms are told in full: the first of each class of unsafe orders, all that begin there, or none. Of
those that are not, a sentence says what decides.
"""

_OF_PICTURE: Final = 2  # paragraphs over a picture
_MIXED: Final = 2  # switches, of which one can be on and another off
COUNTED: Final = 9  # claims; more are counted on one page
LISTED: Final = 24  # orders, or mixtures, that are listed one by one
_FEW: Final = 3  # orders that are listed on one page
_RULES: Final = 60  # letters of the names of a switch's rules; more are counted on one page
_ALL: Final = "`--all` tells them"


def rollout_paragraphs(told: Told, *, stories: Stories, full: bool = False) -> tuple[Paragraph, ...]:
    """Return the report: on one page, unless it is to be `full` or to tell stories."""
    found = told.rollout
    full = full or stories != "none"
    if len(found.plan.switches) < _MIXED:
        count = "One component changes" if found.plan.switches else "No component changes"
        said = paragraph(f"{count}: there is nothing between the two versions that could do harm.")
        return joined(
            ((_title(told), *_switches(told, full=full)), (said,), (*_undecided(told), *_ending(told)))
        )
    head, ending = (_title(told), *_switches(told, full=full)), _ending(told)
    harms, picture = tuple(_harms(told)), _picture(told)
    escape = tuple(_escape(told))
    halfway = (*escape, *_halfway(told))
    claims = tuple(_claims(told, named=full))
    undecided = tuple((each,) for each in _undecided(told))
    parts = (
        listed_part(head, _ALL),
        listed_part(harms, _ALL),
        listed_part(picture, _ALL, head=_OF_PICTURE),
        _forward(told, stories, full=full),
        _backward(told, full=full),
        listed_part(halfway, _ALL, head=1 + len(escape)),
        listed_part(claims, _ALL),
        Part((), undecided, _ALL),
        Part(ending),
    )
    return joined(each.told(len(each.entries)) for each in parts) if full else one_page(parts)


def _title(told: Told) -> Paragraph:
    plan = told.rollout.plan
    return paragraph(Words(f"Rolling out {plan.new} in place of {plan.old}", "heading"))


def _switches(told: Told, *, full: bool) -> Iterator[Paragraph]:
    plan = told.rollout.plan
    for number, each in enumerate(plan.switches):
        named = ", ".join(each.rules)
        rules = Words(f": {named if full or len(named) <= _RULES else f'{len(each.rules)} rules'}", "quiet")
        yield paragraph(told.name(number), rules, indent=2, bullet=f"{MARKS[number]}  ")
    if plan.same:
        names = Names(plan.regime.model(plan.old), {})
        same = ", ".join(map(names.component, plan.same))
        yield paragraph(Words(f"no switch, for both versions say the same there: {same}", "quiet"), indent=2)


def _harms(told: Told) -> Iterator[Paragraph]:
    """Yield what each kind of harm is, and how many mixtures do it."""
    found = told.rollout
    yield paragraph(Words("Harms", "heading"), f", in {len(found.lattice.mixtures)} mixtures")
    for kind in HARMS:
        harmed = [each for each in found.lattice.mixtures if kind in {h.kind for h in found.harms(each)}]
        open_ = any(test.kind == kind for test in found.open)
        count = f"in {len(harmed)}" if harmed else "not known" if open_ else "in none"
        style: Style = "bad" if harmed else "warning" if open_ else "good"
        yield paragraph(
            f"{told.described(kind)}: ", Words(count, style), indent=2, bullet=f"{LETTERS[kind]}  "
        )
        if kind == "claim lost":
            yield from (_lost(told, each) for each in found.claims if each.status == "lost")


def _lost(told: Told, test: Test) -> Paragraph:
    assert test.claim is not None
    count = sum(test.state(each) == "harmful" for each in told.rollout.lattice.mixtures)
    title = f"{test.claim.number} {test.claim.name}, in {count}: "
    return paragraph(title, Words(test.claim.sentence, "quiet"), indent=5, hang=2)


# ------------------------------------------------------------------- picture


def _picture(told: Told) -> tuple[Paragraph, ...]:
    """Return the mixtures, level by level: one step down turns one more switch on."""
    lattice, plan = told.rollout.lattice, told.rollout.plan
    ends = f"{told.sign(0)} is {plan.old} everywhere, {told.sign(lattice.all_on)} is {plan.new} everywhere"
    rows = [row(Words("Mixtures", "heading"), "; one more switch is on in each line")]
    rows.append(paragraph(Words(ends, "quiet"), indent=2))
    for count in range(lattice.size + 1):
        cells = [_cell(told, each) for each in lattice.level(count)]
        rows += _centred(cells)
    return tuple(rows)


def _cell(told: Told, mixture: Mixture) -> Words:
    letters = told.letters(mixture)
    style: Style = "good" if not letters else "warning" if letters == "?" else "bad"
    return Words(f"{told.sign(mixture)} {letters}".strip(), style)


def _centred(cells: Sequence[Words]) -> Iterator[Paragraph]:
    """Yield the cells of a level, as many in a row as go into one."""
    width = max(len(each.text) for each in cells)
    fit = max(1, (WIDTH + 1) // (width + 3))
    for start in range(0, len(cells), fit):
        part = cells[start : start + fit]
        margin = " " * ((WIDTH - len(part) * (width + 3) + 3) // 2)
        runs = [run for each in part for run in (Words(each.text.ljust(width), each.style), "   ")]
        yield row(margin, *runs)


# -------------------------------------------------------------------- orders


def _forward(told: Told, stories: Stories, *, full: bool) -> Part:
    lattice = told.rollout.lattice
    found = first_harms(lattice, lambda mixture: _kinds(told, mixture))
    unsafe = ((*_unsafe(told, each, "on"), *_stories(told, each, stories)) for each in found)
    return Part(tuple(_orders(told, lattice, "Orders", "on", full=full)), tuple(unsafe), _ALL)


def _backward(told: Told, *, full: bool) -> Part:
    lattice = told.rollout.lattice.backwards
    found = first_harms(lattice, lambda mixture: _kinds(told, lattice.all_on ^ mixture))
    unsafe = (tuple(_unsafe(told, each, "off")) for each in found)
    return Part(tuple(_orders(told, lattice, "Rolling back", "off", full=full)), tuple(unsafe), _ALL)


def _kinds(told: Told, mixture: Mixture) -> tuple[tuple[HarmKind, str], ...]:
    return tuple(each.key for each in told.rollout.harms(mixture))


def _orders(told: Told, lattice: Lattice, title: str, turned: str, *, full: bool) -> Iterator[Paragraph]:
    """Yield how many orders are safe, and which: `full`, or but a few of them."""
    listed = LISTED if full else _FEW
    safe, unsafe, total = lattice.safe, lattice.unsafe, lattice.orders
    open_ = total - safe - unsafe
    style: Style = "good" if safe == total else "bad" if unsafe == total else "warning"
    known = f", {open_} not known" if open_ else ""
    yield paragraph(Words(f"{title}: ", "heading"), Words(f"{safe} of {total} safe{known}", style))
    if safe and lattice.layers:
        yield paragraph(Words("safe: ", "strong"), f"{_in_layers(told, lattice)}", indent=2, hang=2)
    elif lattice.exact:
        pairs = "; ".join(f"{told.name(a)} before {told.name(b)}" for a, b in lattice.direct)
        yield paragraph(Words("safe: ", "strong"), f"any order with {pairs}", indent=2, hang=2)
    elif safe:
        yield paragraph(Words("safe:", "strong"), f" these, which no “{turned} before” describes", indent=2)
        for count, order in enumerate(lattice.safe_orders()):
            if count == listed:
                where = "`--format json` has them" if full or safe > LISTED else _ALL
                yield paragraph(f"and {safe - count} more ({where})", indent=4)
                break
            yield paragraph(", ".join(map(told.name, order)), indent=4, bullet="- ")


def _in_layers(told: Told, lattice: Lattice) -> str:
    parts = [
        f"{told.called(layer)} in any order" if len(layer) > 1 else told.called(layer)
        for layer in lattice.layers
    ]
    return ", then ".join(parts)


def _unsafe(told: Told, harm: FirstHarm, turned: str) -> Iterator[Paragraph]:
    """Yield with which steps orders begin to do harm."""
    flip = told.rollout.lattice.all_on if turned == "off" else 0
    entered = [each.entered ^ flip for each in harm.entries]
    done = told.rollout.harms(entered[0])
    letters = "".join(dict.fromkeys(LETTERS[each.kind] for each in done))
    still, already = ("off", "on") if turned == "on" else ("on", "off")
    match harm.when:
        case "always":
            when = ""
        case "off":
            when = f" while {told.called(harm.which, 'or')} is {still}"
        case "on":
            when = f" while {told.called(harm.which, 'or')} is {already}"
        case "listed":
            when = f" in {', '.join(told.sign(each.before ^ flip) for each in harm.entries)}"
    orders = f"{harm.orders} orders" if harm.orders != 1 else "1 order"
    step = f"turning {told.called(harm.switches, 'or')} {turned}{when}"
    yield paragraph(
        Words("harm: ", "strong"), f"{step}: ", Words(letters, "bad"), f" ({orders})", indent=2, hang=2
    )


# ------------------------------------------------------------------- stories


def _stories(told: Told, harm: FirstHarm, stories: Stories) -> Iterator[Paragraph]:
    """Yield the story of the first mixture in which it happens."""
    mixture = harm.entries[0].entered
    done = told.rollout.harms(mixture)
    if stories == "none":
        said = decided_by(narrate(told.rollout.regime, done[0].result))
        yield paragraph(Words(f"{told.sign(mixture)}: ", "strong"), said, indent=4, hang=2)
        return
    for each in done if stories == "all" else done[:1]:
        yield BLANK
        yield from _story(told, mixture, each)
    rest = len(harm.entries) - 1
    if rest:
        also = ", ".join(told.sign(each.entered) for each in harm.entries[1 : LISTED + 1])
        more = " …" if rest > LISTED else ""
        yield paragraph(Words(f"likewise in {also}{more}", "quiet"), indent=2, hang=2)


def _story(told: Told, mixture: Mixture, harm: Harm) -> Iterator[Paragraph]:
    """Yield what happens in a mixture, as for a refuted claim."""
    claim = harm.claim
    what = f"claim {claim.number}, {claim.name}, is lost" if claim else told.described(harm.kind)
    plan, off = told.rollout.plan, told.rollout.lattice.off(mixture)
    placed = f"{told.called(on(mixture))} at {plan.new}, {told.called(off)} at {plan.old}"
    yield paragraph(
        Words(f"{told.sign(mixture)} ", "strong"), f"({placed}): ", Words(what, "bad"), indent=2, hang=2
    )
    note = narrate(told.rollout.regime, harm.result)
    yield from story_paragraphs(note)
    if claim is not None:
        yield from (
            each for each in reason_paragraphs(harm.result.verdict, replace(note, proof=())) if each != BLANK
        )


# -------------------------------------------------------------------- halfway


def _halfway(told: Told) -> Iterator[Paragraph]:
    """Yield what can be done in the midst of a roll-out: go on, go back, or get out of harm."""
    lattice = told.rollout.lattice
    inner = [each for each in lattice.mixtures if each in lattice.harmless and 0 < each < lattice.all_on]
    if inner:
        yield paragraph(Words("Halfway: ", "heading"), "safe orders to go on, and to go back")
        alike: dict[str, list[str]] = {}
        for each in sorted(inner, key=lambda mixture: (mixture.bit_count(), on(mixture)))[:LISTED]:
            count = each.bit_count()
            ahead = f"on {lattice.ways_on(each)} of {factorial(lattice.size - count)}"
            back = f"back {lattice.ways_back(each)} of {factorial(count)}"
            alike.setdefault(f"{ahead}, {back}", []).append(told.sign(each))
        for ways, signs in alike.items():
            yield paragraph(f"{', '.join(signs)}: {ways}", indent=2, hang=2)
        if len(inner) > LISTED:
            yield paragraph(f"and {len(inner) - LISTED} more (`--format json` has them)", indent=2)


def _escape(told: Told) -> Iterator[Paragraph]:
    """Yield what leads out of every harmful mixture, if it is one switch."""
    lattice = told.rollout.lattice
    ways = {each: set(lattice.escapes(each)) for each in lattice.harmful}
    common = set.intersection(*ways.values()) if ways else set()
    turned = []
    for (switch,) in (each for each in sorted(common) if len(each) == 1):
        states = {"off" if mixture >> switch & 1 else "on" for mixture in ways}
        turned += [f"{told.name(switch)} {each}" for each in states if len(states) == 1]
    if turned:
        yield paragraph(f"Out of every harmful mixture: turn {' or '.join(turned)}.")


# --------------------------------------------------------------------- claims

_STATUS: Final[dict[Status, str]] = {
    "kept": "hold in both versions and in every mixture",
    "lost": "hold in both versions and not in every mixture",
    "gained": "hold in {new} and not in {old}, so are not yet gained",
    "not in both": "fail in one version or in both, so are nothing to lose",
    "open": "are not decided everywhere",
}
_GIVEN_UP: Final = "hold in {old} and not in {new}, so are given up with the change"


def _claims(told: Told, *, named: bool) -> Iterator[Paragraph]:
    """Yield what becomes of the law's claims. `named`: name all of them; else many are counted."""
    found = told.rollout
    yield paragraph(Words("Claims", "heading"))
    for words, tests in _by_words(found.claims).items():
        said = words.format(old=found.plan.old, new=found.plan.new)
        yield paragraph(f"{said}: {_numbers(_claims_of(tests), named=named)}", indent=2, hang=2)
    if found.unasked:
        numbers = _numbers(found.unasked, named=named)
        yield paragraph(f"say themselves what is deployed, so are not asked: {numbers}", indent=2, hang=2)
    if found.plan.speechless:
        numbers = _numbers(found.plan.speechless, named=named)
        yield paragraph(f"speak of what neither has, so are not asked: {numbers}", indent=2, hang=2)


def _by_words(tests: Iterable[Test]) -> dict[str, list[Test]]:
    """Group tests by what is said of them. What the change itself loses is no mixture's doing, and may be
    what nobody wanted; what was not asked is told apart.
    """
    told: dict[str, list[Test]] = {}
    for status, words in _STATUS.items():
        for each in tests:
            if each.status == status:
                before = each.pure("old") or (each.expected[0] if each.trusted else None)
                given_up = status == "not in both" and before == "proved"
                said = _GIVEN_UP if given_up else words
                said += "" if each.found else ", as is expected (`--all-claims` asks)"
                told.setdefault(said, []).append(each)
    return told


def _claims_of(tests: Iterable[Test]) -> list[Claim]:
    return [each.claim for each in tests if each.claim is not None]


def _numbers(claims: Sequence[Claim], *, named: bool) -> str:
    if len(claims) > COUNTED and not named:
        return f"{len(claims)} claims"
    return ", ".join(each.number for each in sorted(claims, key=claim_key))


def _undecided(told: Told) -> Iterator[Paragraph]:
    """Yield what was asked without an answer, and why."""
    found = told.rollout
    reasons = dict.fromkeys(
        f"{test.wording.name}: {result.reason}"
        for test in found.open
        for result in test.found.values()
        if not result.decided
    )
    yield from (paragraph(Words("not decided: ", "warning"), each, hang=2) for each in reasons)


def _ending(told: Told) -> tuple[Paragraph, ...]:
    found = told.rollout
    mixtures = len(found.lattice.mixtures)
    verdicts = f"{len(found.results)} verdicts on {mixtures} mixture{'s' * (mixtures != 1)}. "
    return (paragraph(f"{verdicts}{told.seconds:.1f} s"), row(f"Repeat with: {told.repeat}"))
