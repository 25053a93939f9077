"""`redline fmt`: the fences of pages, laid out."""

from __future__ import annotations

from pathlib import Path

import click

import checker
from checker.commands.output import write_diagnostics, write_text
from checker.exits import AS_EXPECTED, BAD_USAGE, NOT_AS_EXPECTED, exit_code


@click.command("fmt")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; name the pages that would change, exit code 1.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, exit code 1.")
def command(paths: tuple[Path, ...], *, check: bool, diff: bool) -> int:
    """Lay out the `redline` fences of pages: indentation and spaces; words, comments and order stay.

    PATH is a page or a folder. Without any, the pages of spec/ and properties/, here or above. A page with a
    mistake is left as it is; the mistake is told, and the exit code is 2.
    """
    pages = checker.format_files(paths)
    wrong = [each for page in pages for each in page.diagnostics]
    changed = [page for page in pages if page.changed]
    if wrong:
        write_diagnostics(wrong)
    if diff:
        write_text("".join(page.diff() for page in changed))
    elif check:
        write_text("".join(f"{page.file}\n" for page in changed))
    else:
        for page in changed:
            page.write()
        names = "".join(f"{page.file}\n" for page in changed)
        left = len(pages) - len(changed)
        write_text(f"{names}{len(changed)} laid out, {left} left as they are\n")
    looked = (check or diff) and bool(changed)
    return exit_code((BAD_USAGE if wrong else AS_EXPECTED, NOT_AS_EXPECTED if looked else AS_EXPECTED))
