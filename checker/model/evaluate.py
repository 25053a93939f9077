"""The reference meaning of rules, requests, events and stories, in plain Python.

The one door to small modules: `environment` (what expressions are read in), `meaning` (terms, formulas,
decisions on requests), `decision` (what the checks report), `steps` (effects, events, replay), and the model
that routes a request, of `mixture`.
The encoder and the explorer mirror these.
"""

from checker.model.decision import (
    CheckReport,
    Decision,
    ItemReport,
    LimbReport,
    StageReport,
    exempted,
    fails,
    limb_path,
    rejected_by,
)
from checker.model.environment import (
    Columns,
    Environment,
    Rules,
    bindings,
    definition,
    members,
    request_environment,
)
from checker.model.meaning import (
    decide,
    holds,
    is_request,
    misformed,
    request_of,
    route,
    term_value,
    well_formed,
)
from checker.model.mixture import routing_model
from checker.model.steps import (
    DEPLOY,
    TwoValues,
    apply_event,
    apply_request,
    axiom_broken,
    deploy,
    event_enabled,
    is_deployment,
    replay,
    same_situation,
    situation_problem,
    step_problem,
    successor,
    value_at,
    well_made,
)

__all__ = [
    "DEPLOY",
    "CheckReport",
    "Columns",
    "Decision",
    "Environment",
    "ItemReport",
    "LimbReport",
    "Rules",
    "StageReport",
    "TwoValues",
    "apply_event",
    "apply_request",
    "axiom_broken",
    "bindings",
    "decide",
    "definition",
    "deploy",
    "event_enabled",
    "exempted",
    "fails",
    "holds",
    "is_deployment",
    "is_request",
    "limb_path",
    "members",
    "misformed",
    "rejected_by",
    "replay",
    "request_environment",
    "request_of",
    "route",
    "routing_model",
    "same_situation",
    "situation_problem",
    "step_problem",
    "successor",
    "term_value",
    "value_at",
    "well_formed",
    "well_made",
]
