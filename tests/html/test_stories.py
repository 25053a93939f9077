"""A story as lanes and arrows: a request goes from its sender through components to the thing it is for."""

from __future__ import annotations

from checker.html.stories import Arrow, Lane, diagram_of, diagram_of_request, quoted_once
from checker.story.case_note import CaseNote, CheckNote, CheckOutcome, StageNote, StepNote, StepOutcome


def _check(name: str, outcome: CheckOutcome, by: tuple[str, ...] = ()) -> CheckNote:
    return CheckNote(name, "1", outcome, "E1", "no", by, (), (), (), None, "law.md:1")


def _stage(component: str, *checks: CheckNote, reached: bool = True, behind: bool = False) -> StageNote:
    return StageNote(component, "new", tell_version=False, reached=reached, checks=checks, behind=behind)


def _request(*stages: StageNote, accepted: bool = True) -> StepNote:
    outcome: StepOutcome = "accepted" if accepted else "refused"
    return StepNote("A asks", outcome, stages, sender="A", parties=("B",), things=("the meter",))


def test_lanes_are_parties_then_components_then_things() -> None:
    """Each once, in the order in which the story comes to them, whoever only tries included; a thing to which
    nothing is sent has none.
    """
    note = CaseNote(
        steps=(
            StepNote("B comes", "happens", things=("the door", "the meter")),
            _request(_stage("gate"), _stage("vault")),
        ),
        attempt=_request(_stage("vault")),
    )
    assert diagram_of(note).lanes == (
        Lane("A", "party"),
        Lane("B", "party"),
        Lane("gate", "component"),
        Lane("vault", "component"),
        Lane("the meter", "thing"),
    )
    assert [each.label for each in diagram_of(note).scenes] == ["1.", "2.", "One would try:"]


def test_an_accepted_request_arrives() -> None:
    """One arrow to each component, from where it was before, and one to the thing."""
    (scene,) = diagram_of_request(_request(_stage("gate"), _stage("vault")), "Asked:").scenes
    assert [each.arrow for each in scene.stops] == [
        Arrow(1, 3, "right", "A to gate"),
        Arrow(3, 2, "right", "gate to vault"),
    ]
    assert scene.arrival == Arrow(4, 2, "right", "vault to the meter")
    assert (scene.tone, scene.outcome) == ("accepted", "Accepted.")


def test_a_refused_request_goes_no_further() -> None:
    """No arrow leads to a component that is not reached; what would refuse it there is said."""
    refusing = _check("a", "refuses")
    step = _request(
        _stage("gate", refusing, _check("b", "passes")),
        _stage("vault", _check("c", "refuses"), reached=False),
        accepted=False,
    )
    (scene,) = diagram_of_request(step, "Asked:").scenes
    gate, vault = scene.stops
    assert gate.deciding == ((refusing, True),)
    assert [(each.outcome, each.checks) for each in gate.passed] == [("passes", ("1 (b)",))]
    assert vault.arrow is None
    assert vault.also == ("1 (c)",)
    assert scene.arrival is None
    assert scene.outcome == "Refused at gate, E1."


def test_a_request_under_way_goes_on_from_where_it_was() -> None:
    """A component that has let it pass already gets no arrow, and the next one comes from there."""
    (scene,) = diagram_of_request(_request(_stage("gate", behind=True), _stage("vault")), "1.").scenes
    assert [each.arrow and each.arrow.said for each in scene.stops] == [None, "gate to vault"]


def test_notes_stay_on_the_page() -> None:
    """What a component makes of a request takes three lanes or more, its own among them."""
    for count in range(1, 9):
        stages = tuple(_stage(f"c{number}") for number in range(count))
        diagram = diagram_of_request(_request(*stages), "1.")
        for number, stop in enumerate(diagram.scenes[0].stops, 3):
            assert stop.span >= min(3, len(diagram.lanes))
            assert 1 <= stop.start <= number < stop.start + stop.span <= len(diagram.lanes) + 1


def test_the_words_of_an_exemption_are_quoted_once() -> None:
    """Of several checks that the same limb exempts from, only the first has its words."""
    first, second, other = (
        _check(name, "exempted", by) for name, by in (("a", ("x",)), ("b", ("x",)), ("c", ("y",)))
    )
    assert [quoted for _, quoted in quoted_once((first, second, other), set())] == [True, False, True]
