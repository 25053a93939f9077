"""Mistakes about requests of several shapes."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "steps-of-any-shape",
        "shapes",
        "Requests of every shape count where a claim names one.",
        "question/transition_system.py",
        "return shaped if steps.shapes else self.terms.true",
        "return self.terms.true",
        "rooms/test_request_shapes.py",
    ),
    Mutant(
        "senders-of-any-shape",
        "shapes",
        "Where a claim names senders, their requests count whatever their shape.",
        "question/transition_system.py",
        "*((shaped,) if steps.shapes else ())",
        "*((shaped,) if not steps.senders else ())",
        "rooms/test_request_shapes.py",
    ),
    Mutant(
        "carried-by-every-shape",
        "shapes",
        "What one shape carries is carried by all.",
        "regime/request_shapes.py",
        "if len(always) == shapes:",
        "if always:",
        "rooms/test_request_shapes.py",
    ),
    Mutant(
        "heading-without-shapes",
        "shapes",
        "A rule on one shape is about all.",
        "regime/program.py",
        "laid = (Laid(on_shapes(decl.on), ()), *laid)",
        "laid = (*laid,)",
        "rooms/test_request_shapes.py",
    ),
    Mutant(
        "story-of-any-shape",
        "shapes",
        "A story may take requests of another shape than the claim names.",
        "trusted/replay.py",
        "if steps.shapes and request.values.get(SHAPE)",
        "if not steps.requests and request.values.get(SHAPE)",
        "rooms/test_request_shapes.py",
    ),
)
