"""redline: proves what a change to legal text does.

`checker.load` reads a law, and the law it returns answers questions: see `checker.api`, and spec/python.md.
`checker.hold` holds one that is edited: see `checker.holding`.
What stands here is loaded when it is first used, so that `import checker` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.api import Diagnostic, Effort, Law, Shelf, Span, SpecError, effort, load
    from checker.editor.format_pages import FormattedPage, format_files, format_page
    from checker.formats.write import formatted, step_summary
    from checker.holding import Edit, Held, Standing, Stopped, hold
    from checker.interface.cluster import on_cluster
    from checker.interface.examining import examine
    from checker.interface.importing import import_document
    from checker.interface.law_names import law_names
    from checker.interface.starting import start_law
    from checker.interface.tracked_changes import tracked_changes

__all__ = [
    "Diagnostic",
    "Edit",
    "Effort",
    "FormattedPage",
    "Held",
    "Law",
    "Shelf",
    "Span",
    "SpecError",
    "Standing",
    "Stopped",
    "effort",
    "examine",
    "format_files",
    "format_page",
    "formatted",
    "hold",
    "import_document",
    "law_names",
    "load",
    "on_cluster",
    "start_law",
    "step_summary",
    "tracked_changes",
]
_ELSEWHERE = {
    **dict.fromkeys(("Edit", "Held", "Standing", "Stopped", "hold"), "checker.holding"),
    **dict.fromkeys(("FormattedPage", "format_files", "format_page"), "checker.editor.format_pages"),
    **dict.fromkeys(("formatted", "step_summary"), "checker.formats.write"),
    "import_document": "checker.interface.importing",
    "on_cluster": "checker.interface.cluster",
    "examine": "checker.interface.examining",
    "law_names": "checker.interface.law_names",
    "start_law": "checker.interface.starting",
    "tracked_changes": "checker.interface.tracked_changes",
}


def __getattr__(name: str) -> object:
    """Load what is asked for."""
    if name not in __all__:
        raise AttributeError(f"module `checker` has no attribute `{name}`")
    import importlib

    found: object = getattr(importlib.import_module(_ELSEWHERE.get(name, "checker.api")), name)
    return found


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
