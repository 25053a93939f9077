"""The choices that questions offer, and their defaults. Imports nothing."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

BUDGET: Final = 60.0  # seconds for each verdict
EXPLORED: Final = 1 << 20  # situations in the largest instance that is gone through where that is asked:
# a set of them is a long integer of 128 kB then, and going through takes seconds
STATES: Final = 1 << 12  # situations of one configuration in a graph of states
MOST_STORIES: Final = 20  # further stories of one verdict
CERTIFYING: Final = 20.0  # seconds for one obligation and solver

PATIENCE: Final = 10.0  # seconds that a program under test may take for one answer

DASK: Final = "dask:"  # before the address of a cluster, where a number of processes could be given

Solver: TypeAlias = Literal["z3", "cvc5"]
SOLVERS: Final[tuple[Solver, ...]] = ("z3", "cvc5")

DiffFailing: TypeAlias = Literal["any", "accepting", "more-permissive", "less-permissive", "incomparable"]
DIFF_FAILING: Final[tuple[DiffFailing, ...]] = (
    "any",
    "accepting",
    "more-permissive",
    "less-permissive",
    "incomparable",
)
RolloutFailing: TypeAlias = Literal["unsafe-order", "no-safe-order", "claim-lost", "inconsistent"]
ROLLOUT_FAILING: Final[tuple[RolloutFailing, ...]] = (
    "unsafe-order",
    "no-safe-order",
    "claim-lost",
    "inconsistent",
)

Form: TypeAlias = Literal["text", "json", "markdown", "sarif", "junit", "github", "gitlab"]
FORMS: Final[tuple[Form, ...]] = ("text", "json", "markdown", "sarif", "junit", "github", "gitlab")

PackForm: TypeAlias = Literal["text", "json", "gherkin", "csv", "pytest", "xlsx"]
PACK_FORMS: Final[tuple[PackForm, ...]] = ("text", "json", "gherkin", "csv", "pytest", "xlsx")
