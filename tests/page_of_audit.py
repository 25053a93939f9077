"""A command: the page about tables, with a section made by running redline on the numbers of the FIA.

    python -m tests.page_of_audit            # prints the page
    python -m tests.page_of_audit --write    # writes it to spec/audit.md

The sentences are in tests/cases/page-of-audit.md; `pages/test_page_of_audit.py` holds the page against it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from string import Template

import checker
from benchmarks import inventory
from checker.question.jobs import Effort
from checker.rooms.audit.answer import Audit
from tests.support.places import ROOT, TESTS

TEMPLATE = TESTS / "cases" / "page-of-audit.md"
FIGURES = TESTS / "cases" / "page-of-audit-figures.md"
PAGE = ROOT / "spec" / "audit.md"
DEVICES = 50_000
EVENT = "corrective-update"


def page() -> str:
    """The page."""
    law = checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))
    with tempfile.TemporaryDirectory() as folder:
        inventory.write(Path(folder), DEVICES)
        mapping = Path(folder) / "mapping.toml"
        groups = ["cohort(d), type(d)"]
        count = law.audit(mapping, where="wrong(d)", groups=groups)
        who = law.audit(mapping, where="wrong(d)", groups=groups, claim=1)
        script = law.audit(mapping, event=EVENT, groups=groups)
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        mapping=inventory.MAPPING.read_text(encoding="utf-8").rstrip(),
        devices=DEVICES,
        count=told(count),
        count_command=command(count),
        who=told(who),
        who_command=command(who),
        script=told(script),
        script_command=command(script),
        fast=FIGURES.read_text(encoding="utf-8").rstrip(),
    )


def command(found: Audit) -> str:
    """The command that gives the answer, wherever the mapping was."""
    return found.command.replace(found.mapping, "mapping.toml").partition(" --spec")[0]


def told(found: Audit) -> str:
    """The report without the time that it took, and without the command."""
    lines = found.text().rstrip().split("\n")
    return "\n".join(("```text", *lines[:-3], "```"))


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description="The page about tables, with redline's answers in it.")
    parser.add_argument("--write", action="store_true", help="write the page instead of printing it")
    text = page()
    if parser.parse_args().write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
