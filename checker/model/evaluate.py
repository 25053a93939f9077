"""The reference meaning: what rules, requests, events and stories come to, in plain Python.

The one door to four small modules: `environment` (what expressions are read in), `meaning` (terms,
formulas, decisions on requests), `decision` (what the checks report), `steps` (effects, events, replay).
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
    decide_outcome,
    holds,
    route,
    routing_model,
    term_value,
)
from checker.model.steps import (
    DEPLOY,
    apply_event,
    apply_request,
    deploy,
    event_enabled,
    is_deployment,
    replay,
    same_situation,
    situation_problem,
    successor,
    value_at,
    well_formed,
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
    "apply_event",
    "apply_request",
    "bindings",
    "decide",
    "decide_outcome",
    "definition",
    "deploy",
    "event_enabled",
    "exempted",
    "fails",
    "holds",
    "is_deployment",
    "limb_path",
    "members",
    "rejected_by",
    "replay",
    "request_environment",
    "route",
    "routing_model",
    "same_situation",
    "situation_problem",
    "successor",
    "term_value",
    "value_at",
    "well_formed",
    "well_made",
]
