"""All mutants, by where they are: proofs, search, terms, solvers, the meaning of stories, the reading of the
law; and by what they are about: what answers depend on, comparisons, writes and names, deployments, tables.
"""

from __future__ import annotations

from tests.mutants import (
    in_comparing,
    in_dates,
    in_dependence,
    in_deploying,
    in_duties,
    in_encoding,
    in_eras,
    in_history,
    in_numbers,
    in_proofs,
    in_reading,
    in_search,
    in_shapes,
    in_solving,
    in_staging,
    in_stories,
    in_tables,
    in_trees,
    in_writing,
)

MUTANTS = (
    *in_proofs.MUTANTS,
    *in_search.MUTANTS,
    *in_shapes.MUTANTS,
    *in_history.MUTANTS,
    *in_encoding.MUTANTS,
    *in_solving.MUTANTS,
    *in_dates.MUTANTS,
    *in_duties.MUTANTS,
    *in_eras.MUTANTS,
    *in_numbers.MUTANTS,
    *in_stories.MUTANTS,
    *in_tables.MUTANTS,
    *in_trees.MUTANTS,
    *in_reading.MUTANTS,
    *in_staging.MUTANTS,
    *in_dependence.MUTANTS,
    *in_comparing.MUTANTS,
    *in_writing.MUTANTS,
    *in_deploying.MUTANTS,
)
