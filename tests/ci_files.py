"""A command: the files for GitHub, GitLab and pre-commit are what those accept, and do what they say.

    pip install check-jsonschema pre-commit
    python -m tests.ci_files

Checks the action and the template against their schemas and the hooks against pre-commit, runs what the
action runs, and installs the hooks in a repository of their own (`--quick` leaves that out: it takes
minutes). Exits with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.support.places import ROOT
from tests.support.surprises import surprising

TOOLS = ("check-jsonschema", "pre-commit", "git", "bash")


def main() -> None:
    """Prints a line for each check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="do not install the hooks")
    quick = parser.parse_args().quick
    missing = [each for each in TOOLS if shutil.which(each) is None]
    if missing:
        sys.stderr.write(f"not installed: {', '.join(missing)}\n")
        sys.exit(2)
    checks: tuple[Callable[[Path], Iterator[str]], ...] = (schemas, action_runs)
    wrong = 0
    for check in (*checks, *(() if quick else (hooks_run,))):
        with tempfile.TemporaryDirectory() as place:
            problems = list(check(Path(place)))
        wrong += len(problems)
        sys.stdout.write(f"{check.__name__}: {'; '.join(problems) or 'good'}\n")
    sys.exit(1 if wrong else 0)


def _run(place: Path, *words: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "REDLINE_CACHE": "0", **(more or {})}
    return subprocess.run(words, cwd=place, env=env, capture_output=True, text=True, check=False)


def schemas(place: Path) -> Iterator[str]:
    """Each file is valid by the schema of who reads it."""
    template = (ROOT / "templates" / "redline.yml").read_text(encoding="utf-8")
    _, _, job = template.partition("\n---\n")
    filled = place / "gitlab-ci.yml"
    filled.write_text(re.sub(r"\$\[\[ inputs\.\w+ \]\]", "test", job), encoding="utf-8")
    for words in (
        ("check-jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")),
        ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(filled)),
        ("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")),
    ):
        found = _run(place, *words)
        if found.returncode:
            yield f"{' '.join(words)}: {found.stdout}{found.stderr}"


def action_runs(place: Path) -> Iterator[str]:
    """What the action runs ends with redline's code, and shows the alert where GitHub looks for it."""
    surprising(place / "law")
    said = {name: str(place / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    more = {"COMMAND": "prove 1 --quick", "DIRECTORY": str(place / "law"), "OUTPUT": "reports", **said}
    found = _run(place, "bash", str(ROOT / ".ci" / "github-action"), more=more)
    lines = found.stdout.splitlines()
    if found.returncode != 1:
        yield f"ends with {found.returncode}: {found.stderr}"
        return
    token = lines[0].removeprefix("::stop-commands::")
    after = lines[lines.index(f"::{token}::") + 1 :]
    if [each.split(" ")[0] for each in after] != ["::error"]:
        yield f"the annotations are {after}"
    if "exit-code=1" not in (place / "GITHUB_OUTPUT").read_text(encoding="utf-8"):
        yield "there is no exit code among the outputs"
    if "1 not as expected" not in (place / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8"):
        yield "there is no summary"


def hooks_run(place: Path) -> Iterator[str]:
    """The hooks install from this repository; they pass what is as expected, and stop an edit that is not."""
    law = place / "law"
    surprising(law, ("expect proved in new", 'expect refuted by "By-law 2(a)" in new'))
    author = ("-c", "user.name=x", "-c", "user.email=x@x")
    for words in (("init", "-q"), ("add", "-A"), (*author, "commit", "-qm", "x")):
        _run(law, "git", *words)
    trying, told = ("pre-commit", "try-repo", str(ROOT)), ("--all-files", "--verbose")
    home = {"PRE_COMMIT_HOME": str(place / "home")}
    for hook in ("redline-fmt", "redline-lint", "redline-prove"):
        found = _run(law, *trying, hook, *told, more=home)
        if found.returncode:
            yield f"{hook} fails: {(found.stdout + found.stderr)[-1500:]}"
    spec = law / "spec" / "permits.md"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace('"(a) a trader" kind is Trader', '"(a) a trader" kind is Resident'))
    _run(law, "git", "add", "-A")
    found = _run(law, *trying, "redline-prove", *told, more=home)
    if found.returncode == 0 or "can reach" not in found.stdout:
        yield f"the edit passes: {(found.stdout + found.stderr)[-1500:]}"
    spec.write_text(text.replace('"(a) a trader" kind', '"(a) a trader"   kind'), encoding="utf-8")
    _run(law, "git", "add", "-A")
    found = _run(law, *trying, "redline-fmt", *told, more=home)
    if found.returncode == 0 or spec.read_text(encoding="utf-8") != text:
        yield f"the layout passes: {(found.stdout + found.stderr)[-1500:]}"


if __name__ == "__main__":
    main()
