"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker import api
from checker.interface import loaded_law
from tests.support.permit_edits import edited
from tests.support.places import PERMITS
from tests.support.running import PROGRAM, Run

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))
LAW = ("--spec", str(PERMITS / "spec"))


# --------------------------------------------------------------------- prove


def test_without_a_command_the_commands_are_listed(run: Run) -> None:
    """`redline` alone is bad usage, and says what there is."""
    code, out, err = run()
    assert code == 2
    assert "Traceback" not in out + err
    assert "prove     Decide claims" in out + err


def test_prove_prints_the_sum_the_matrix_the_reason_and_how_to_repeat_it(run: Run) -> None:
    """One run: a count, verdicts by claim and version, what refutes in a sentence, the command as typed."""
    code, out, err = run("prove", *FOLDERS, "--jobs", "2")
    assert code == 0
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "3 claims in 3 columns, 7 verdicts: 6 proved, 1 refuted; all as expected."
    rows = [line.split()[2:] for line in lines[3:6]]
    assert rows == [["proved", "refuted", "≠"], ["proved", "proved"], ["proved", "proved"]]
    assert "1   proved: new under strict\n" in out
    assert "1 by By-law 2(a) in new: The request of " in out
    assert "“(a) a trader”" not in out
    repeated = out.splitlines()[-1]
    assert repeated == f"Repeat with: redline prove {' '.join(FOLDERS)}"


def test_a_claim_is_chosen_by_number_or_name(run: Run) -> None:
    """`2` and the claim's name ask the same claim, alone, and tell the situation in which it occurs."""
    for name in ("2", "permits-happen"):
        code, out, _ = run("prove", name, *FOLDERS, "--jobs", "1")
        assert code == 0
        assert "2 verdicts: 2 proved" in out
        assert "It does occur: " in out


def test_stories_are_told_on_request(run: Run) -> None:
    """Of a claim by number or name, or by a word; a claim that there is not is refused before any work."""
    for words in (("--story", "1"), ("--stories", "holders-live-there"), ("--stories", "all")):
        code, out, _ = run("prove", *words, *FOLDERS, "--quick", "--jobs", "1")
        assert code == 0
        assert "refuted by By-law 2(a), as expected" in out
        assert "“(a) a trader”" in out
        assert "Why claims are refuted" not in out
        assert f"--story {words[1]}" in out.splitlines()[-1]
    for words in (("--story", "2"), ("--stories", "none"), ("--stories", "unexpected")):
        assert "“(a) a trader”" not in run("prove", *words, *FOLDERS, "--quick", "--jobs", "1")[1]
    code, out, err = run("prove", "--story", "holders-live", *FOLDERS)
    assert (code, out, "did you mean `holders-live-there`?" in err) == (2, "", True)
    code, out, err = run("prove", "--stories", "all", "--stories", "none", *FOLDERS)
    assert (code, out, "`--stories all` and `--stories none` do not go together" in err) == (2, "", True)


def test_a_version_restricts_the_columns_and_quick_the_readings(run: Run) -> None:
    """One version has two columns with its reading, one with `--quick`, and one if the reading is named."""
    _, out, _ = run("prove", "1", "--version", "new", *FOLDERS)
    assert "2 verdicts: 1 proved, 1 refuted" in out
    _, out, _ = run("prove", "1", "--version", "new", "--quick", *FOLDERS)
    assert "1 verdict: 1 refuted" in out
    _, out, _ = run("prove", "1", "--version", "new under strict", *FOLDERS)
    assert "1 verdict: 1 proved" in out


def test_a_named_claim_is_asked_in_a_named_column_that_nobody_expects_anything_of(run: Run) -> None:
    """No expectation is needed to ask; such a verdict does not spoil the exit code."""
    code, out, _ = run("prove", "2", "--version", "new under strict", *FOLDERS)
    assert code == 0
    assert out.splitlines()[2].split() == ["claim", "new", "under", "strict"]
    assert out.splitlines()[3].split() == ["2", "permits-happen", "proved"]


THIRD = """
version third "a by-law of one's own" is new with OWN
modification OWN "One's own"
claim 4 nothing-lost "Nothing is lost."
    from "Gazette 7"
    old allows no more than new
    expect proved in new
claim 5 held-while-switching "A permit can be given while versions change."
    from "Gazette 7"
    for s: Street
    possibly holder(s) is present by requests
    with deployment steps over old, new
    expect proved in old, new
claim 6 held-somewhere "A permit can be given in some deployment."
    from "Gazette 7"
    for s: Street
    possibly holder(s) is present by requests
    in some deployment over old, new
    expect proved in old, new
"""


def test_a_version_of_ones_own_is_asked_about_but_not_by_claims_that_name_others(
    run: Run, tmp_path: Path
) -> None:
    """Other claims are. Where those that compare or deploy others are asked for by name, it says why not."""
    folders = edited(
        tmp_path, "# Claims\n\n```redline", f"# Claims\n\n```redline{THIRD}", "properties/claims.md"
    )
    code, out, _ = run("prove", "--version", "third", *folders)
    assert (code, "3 verdicts: 2 proved, 1 refuted" in out) == (0, True)
    code, out, _ = run("diff", "new", "third", "--claims", *folders)
    assert (code, "None of the 3 claims that were asked." in out) == (0, True)
    for number in "456":
        code, out, err = run("prove", number, "--version", "third", *folders)
        assert (code, out, f"no claim of {number} can be asked of `third`" in err) == (2, "", True)
        assert ("names the columns" in err) == (number == "4")


def test_json_goes_to_standard_output_alone(run: Run) -> None:
    """The document can be piped: standard error is empty, and nothing stands around it."""
    code, out, err = run("prove", "1", *FOLDERS, "--format", "json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["schema"] == "redline.prove/2"
    assert [each["verdict"] for each in document["results"]] == ["proved", "refuted", "proved"]
    assert document["results"][1]["by"] == "By-law 2(a)"


# ---------------------------------------------------------------- exit codes


def test_1_when_a_verdict_is_not_as_expected(run: Run, tmp_path: Path) -> None:
    """The law is edited so that a refuted claim becomes true; the report says what was expected."""
    folders = edited(
        tmp_path,
        '    "in the outer zone." not inner(street)',
        '    "in the outer zone." inner(street) and not inner(street)',
    )
    code, out, _ = run("prove", *folders)
    assert code == 1
    assert "holders-live-there in new: proved, refuted by By-law 2(a) was expected" in out


def test_2_for_a_bad_spec_with_its_place_and_the_nearest_name(run: Run, tmp_path: Path) -> None:
    """A mistyped name is shown with its file and a suggestion, and standard output stays empty."""
    folders = edited(tmp_path, "requires lives(sender, street)", "requires live(sender, street)")
    code, out, err = run("prove", *folders)
    assert (code, out) == (2, "")
    assert f"{tmp_path}/spec/permits.md:" in err
    assert "`live`" in err
    assert "did you mean `lives`?" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("prove", "9", *FOLDERS), "there is no claim `9`"),
        (("prove", "permits-hapen", *FOLDERS), "did you mean `permits-happen`?"),
        (("prove", "--version", "newer", *FOLDERS), "`newer`"),
        (("prove", "--budget", "0", *FOLDERS), "--budget"),
        (("prove", "--format", "yaml", *FOLDERS), "yaml"),
        (("prove", "--spec", "/nowhere"), "/nowhere"),
        (("register", *FOLDERS, "--output", "/nowhere/at/all"), "there is no folder `/nowhere/at`"),
        (("show", "newer", *LAW), "did you mean `new`?"),
        (("show",), "VERSION"),
        (("bake",), "bake"),
        (("explain", *LAW, "--set", "holder(elm, oak)=ann"), "takes 1 argument, not 2"),
        (("explain", *LAW, "--set", "holders(elm)=ann"), "did you mean `holder`?"),
        (("explain", *LAW, "--set", "inner(elm)=maybe"), "`maybe` is not a truth value"),
        (("explain", *LAW, "--request", "kind=Tradr"), "did you mean `Trader`?"),
        (("explain", *LAW, "--request", "sender"), "is not `name=value`"),
        (("explain", *LAW, "--request", "sender=ann"), "the request must carry `kind`"),
    ],
)
def test_2_for_bad_usage_with_one_clear_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Each way to get an option or a name wrong says which it was, without a traceback."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
    assert "Traceback" not in err


def test_3_when_time_runs_out(run: Run) -> None:
    """A budget that nobody can keep gives `unknown`, never a verdict."""
    code, out, _ = run("prove", "3", *FOLDERS, "--budget", "0.000001", "--jobs", "1")
    assert code == 3
    assert "unknown, proved was expected: " in out


def test_4_when_a_claim_speaks_of_nothing(run: Run, tmp_path: Path) -> None:
    """A condition that contradicts itself makes the claim vacuous, and the report says so."""
    said = "r.act is Apply and r.street is s and r.sender is not Office"
    file = "properties/claims.md"
    folders = edited(tmp_path, said, f"r.kind is Trader and r.kind is Resident and {said}", file)
    code, out, _ = run("prove", "1", "--version", "old", *folders)
    assert code == 4
    assert "but vacuous" in out


def test_5_and_one_line_for_an_internal_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is one line; with REDLINE_DEBUG the traceback is there."""

    def broken(*_: object) -> None:
        raise RuntimeError("the wheel came off\nand rolled away")

    monkeypatch.setattr(api, "load_regime", broken)
    code, out, err = run("prove", *FOLDERS)
    assert (code, out) == (5, "")
    assert err == "redline: internal error: RuntimeError: the wheel came off\n"
    monkeypatch.setenv("REDLINE_DEBUG", "1")
    assert "Traceback" in run("prove", *FOLDERS)[2]


def test_130_when_somebody_interrupts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with the shell's code for it, one line, and nothing on standard output."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "load_regime", interrupted)
    code, out, err = run("prove", *FOLDERS)
    assert (code, out, err.strip()) == (130, "", "redline: interrupted")


# ----------------------------------------------------------- show, register, rest


def test_show_prints_the_redlined_law(run: Run) -> None:
    """Inserted words are marked, and no line is wider than a terminal."""
    code, out, _ = run("show", "new", *LAW)
    assert code == 0
    assert "{+(a) a trader in the outer zone.+}" in out
    assert max(map(len, out.splitlines())) <= 80


def test_register_writes_markdown_to_a_file_or_to_standard_output(run: Run, tmp_path: Path) -> None:
    """Both have the same text, with the claim that turns on the axiom."""
    code, out, _ = run("register", *FOLDERS)
    assert code == 0
    assert "- 1 holders-live-there, in new: proved with it, refuted without" in out
    target = tmp_path / "register.md"
    assert run("register", *FOLDERS, "--output", str(target))[:2] == (0, "")
    assert target.read_text(encoding="utf-8") == out


def test_the_folders_of_the_project_around_are_the_default(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two folders below the project, `prove` finds its spec and properties without options."""
    edited(tmp_path, "the by-law after it", "the by-law afterwards")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "er")
    code, out, _ = run("prove", "2")
    assert code == 0
    assert "permits-happen" in out


def test_away_from_any_project_the_shipped_folders_are_used(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a package has none, the message says which options name them; where it has, they are read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(loaded_law, "files", lambda _: tmp_path / "package")
    code, out, err = run("prove", "2")
    assert (code, out) == (2, "")
    assert "name them with --spec and --properties" in err
    assert "`redline init DIRECTORY`" in err
    edited(tmp_path / "package" / "shipped", "the by-law after it", "the by-law as shipped")
    code, out, _ = run("prove", "2")
    assert code == 0
    assert "permits-happen" in out


def test_the_version_is_told_or_that_there_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--version` prints what is installed, and does not fail where redline runs from a checkout."""
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "1.2.3")
    assert run("--version") == (0, "redline 1.2.3\n", "")

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert run("--version") == (0, "redline, not installed\n", "")


def test_help_and_version_load_neither_solver_nor_parser() -> None:
    """Help answers at once: no heavy library is imported for it."""
    script = (
        "import sys; from checker import cli; code = cli.run(['--help']);"
        "heavy = ('z3', 'rich', 'networkx', 'lark', 'checker.question', 'checker.prove');"
        "print([each for each in heavy if each in sys.modules], code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] 0"
    assert "prove" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    """Output into a pipe that nobody reads ends with 0 and without a message."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        (*PROGRAM, "show", "new", *LAW),
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_colour_is_for_terminals_only() -> None:
    """A terminal gets colour instead of marks, and marks again if NO_COLOR is set."""
    script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    command = [sys.executable, "-c", script, *PROGRAM, "show", "new", *LAW]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    shown = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert b"\x1b[" in shown.stdout
    assert b"{+" not in shown.stdout
    plain = subprocess.run(command, capture_output=True, check=True, env={**environment, "NO_COLOR": "1"})
    assert b"\x1b[" not in plain.stdout
    assert b"{+" in plain.stdout
