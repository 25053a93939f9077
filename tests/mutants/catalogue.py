"""All mutants, by where they are: proofs, search, logic, the meaning of stories, the reading of the law."""

from __future__ import annotations

from mutants import in_logic, in_proofs, in_reading, in_search, in_staging, in_stories

MUTANTS = (
    *in_proofs.MUTANTS,
    *in_search.MUTANTS,
    *in_logic.MUTANTS,
    *in_stories.MUTANTS,
    *in_reading.MUTANTS,
    *in_staging.MUTANTS,
)
