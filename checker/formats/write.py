"""An answer in a format that CI reads."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias, assert_never

from checker.formats.outcome import Outcome
from checker.formats.places import Root
from checker.interface.choices import Form
from checker.language.invisible_characters import visible, visible_json
from checker.report.json_documents import dumped
from checker.results.certification import Certification
from checker.results.mistakes import Mistakes
from checker.results.proofs import Proofs
from checker.rooms.cover.answer import Edits
from checker.rooms.diff.answer import Differences
from checker.rooms.lint.answer import Findings

Reported: TypeAlias = Proofs | Differences | Findings | Edits | Certification | Mistakes
"""What can be written in every format."""


def outcome_of(answer: Reported) -> Outcome:
    """Return what an answer comes to. Untold if it was read from a document, and not asked of a law."""
    match answer:
        case Proofs():
            from checker.formats.of_prove import outcome_of_proofs

            return outcome_of_proofs(answer)
        case Differences():
            from checker.formats.of_diff import outcome_of_differences

            return outcome_of_differences(answer)
        case Findings():
            from checker.formats.of_lint import outcome_of_findings

            return outcome_of_findings(answer)
        case Edits():
            from checker.formats.of_cover import outcome_of_edits

            return outcome_of_edits(answer)
        case Certification():
            from checker.formats.of_certify import outcome_of_certification

            return outcome_of_certification(answer)
        case Mistakes():
            from checker.formats.of_mistakes import outcome_of_mistakes

            return outcome_of_mistakes(answer)
        case _:
            assert_never(answer)


def formatted(answer: Reported, form: Form, *, root: str | Path | None = None) -> str:
    """Return an answer of `prove`, `diff`, `lint`, `cover` or `certify` in a format, as its command does.

    `root`: the folder that the names of files begin at; by default the repository around this folder.
    Untold if the answer was read from a document.
    """
    base = Root(Path(root).resolve()) if root is not None else Root.around(Path.cwd())
    match form:
        case "json":
            return visible_json(dumped(answer))
        case "text":
            return _text(answer)
        case "markdown":
            return answer.markdown() if isinstance(answer, Edits) else step_summary(answer, root=root)
        case "sarif":
            from checker.formats.sarif import sarif_of

            return visible_json(sarif_of(outcome_of(answer), base))
        case "junit":
            from checker.formats.junit import junit_of

            return junit_of(outcome_of(answer), base)
        case "github":
            from checker.formats.github import github_of

            return github_of(outcome_of(answer), base)
        case "gitlab":
            from checker.formats.gitlab import gitlab_of

            return visible_json(gitlab_of(outcome_of(answer), base))
        case _:
            assert_never(form)


def step_summary(answer: Reported, *, root: str | Path | None = None) -> str:
    """Return an answer as a page of Markdown that a CI shows with its run. `root`: as for `formatted`."""
    from checker.formats.markdown import markdown_of

    base = Root(Path(root).resolve()) if root is not None else Root.around(Path.cwd())
    return markdown_of(outcome_of(answer), base)


def _text(answer: Reported) -> str:
    if isinstance(answer, Mistakes):
        return "".join(f"{each.message}\n" for each in outcome_of(answer).alerts)
    return visible(answer.text())
