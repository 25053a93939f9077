"""How many processors there are for us: those of the machine, of our affinity, of our container."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.prove.processors import usable_processors


@pytest.fixture(autouse=True)
def _eight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with eight processors, all of them ours."""
    monkeypatch.delenv("LOKY_MAX_CPU_COUNT", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


@pytest.mark.parametrize(
    ("files", "usable"),
    [
        ({}, 8),
        ({"cpu.max": "max 100000\n"}, 8),
        ({"cpu.max": "200000 100000\n"}, 2),
        ({"cpu.max": "150000 100000\n"}, 2),  # one and a half
        ({"cpu.max": "20000 100000\n"}, 1),
        ({"cpu.max": "1600000 100000\n"}, 8),  # more than there are
        ({"cpu.max": "\n"}, 8),
        ({"cpu.max": "much 100000\n"}, 8),
        ({"cpu/cpu.cfs_quota_us": "300000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 3),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 8),
        ({"cpu/cpu.cfs_quota_us": "300000\n"}, 8),
    ],
)
def test_the_quota_of_a_container_is_kept(tmp_path: Path, files: dict[str, str], usable: int) -> None:
    """Quota divided by period, rounded up; what says nothing limits nothing."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    assert usable_processors(tmp_path) == usable


def test_the_smallest_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The affinity of the process, and what joblib was told, limit it further."""
    (tmp_path / "cpu.max").write_text("600000 100000\n", encoding="ascii")
    assert usable_processors(tmp_path) == 6
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 3, 4, 7}, raising=False)
    assert usable_processors(tmp_path) == 4
    monkeypatch.setenv("LOKY_MAX_CPU_COUNT", "3")
    assert usable_processors(tmp_path) == 3


def test_a_command_does_not_load_joblib() -> None:
    """Six megabytes that nobody uses, unless somebody hands the work to joblib."""
    asked = "import sys, checker.api; from checker.prove.processors import usable_processors as u; u()"
    program = f"{asked}; sys.exit('joblib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
