"""Pieces of work that are handed to a backend of joblib: a Dask cluster decides what our own processes do."""

from __future__ import annotations

import json
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import joblib
import pytest

from checker.prove import joblib_backend, pool, run_jobs
from checker.question.jobs import Effort, jobs_for
from checker.regime.load import load_regime
from tests.support.places import PERMITS, ROOT
from tests.support.running import program

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))


def test_by_default_and_with_its_own_processes_joblib_has_no_part() -> None:
    """Our own workers end with the command; those of joblib's default need not."""
    assert not joblib_backend.is_chosen()
    with joblib.parallel_config("loky"):
        assert not joblib_backend.is_chosen()
    with joblib.parallel_config("threading"):
        assert joblib_backend.is_chosen()
    assert not joblib_backend.is_chosen()


def test_any_backend_does_the_work() -> None:
    """Every piece once, begun once for all of them, however few processes there may be."""
    begun: list[int] = []
    with joblib.parallel_config("threading", n_jobs=3):
        starting = _Local(begun)
        done = list(pool.spread(starting, [[0, 1], [2], [], [3, 4, 5]], 1))
    assert sorted(done) == [(number, 2 * number) for number in range(6)]
    assert 1 <= len(begun) <= 3


def test_what_a_piece_of_work_raises_is_raised() -> None:
    """As it is by our own processes."""
    with joblib.parallel_config("threading", n_jobs=2), pytest.raises(ZeroDivisionError):
        list(pool.spread(_failing, [[1, 0]], 1))


def test_a_law_is_sent_once_and_is_small() -> None:
    """What is sent with every piece is its number; what is sent once is no more than a page of pictures."""
    law = load_regime(ROOT / "spec", ROOT / "properties")
    jobs = jobs_for(law.claims)
    sent = pickle.dumps(partial(run_jobs._deciding, law, jobs, Effort()))
    assert len(sent) < 3_000_000
    beginning = joblib_backend.Beginning("name", len(sent), partial(run_jobs._deciding, law, jobs, Effort()))
    assert sys.getsizeof(beginning) >= len(sent)


class _Local:
    """Begins, and counts it. It is equal to itself in all threads."""

    def __init__(self, begun: list[int]) -> None:
        self.begun = begun

    def __reduce__(self) -> tuple[type[_Local], tuple[list[int]]]:
        return _Local, ([],)

    def __call__(self) -> Callable[[int], int]:
        self.begun.append(threading.get_ident())
        return lambda number: 2 * number


def _failing() -> Callable[[int], float]:
    return lambda number: 1 / number


# --------------------------------------------------------------------- Dask


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two processes on this machine."""
    distributed = pytest.importorskip("distributed", reason="`pip install redline[dask]`")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=2, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield str(found.scheduler_address)


def _timeless(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _timeless(each) for name, each in part.items() if name not in ("seconds", "command")}
    return [_timeless(each) for each in part] if isinstance(part, list) else part


def _asked(*options: str) -> Any:
    done = program(*options)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def test_a_cluster_finds_the_same_verdicts_and_stories(cluster: str, tmp_path: Path) -> None:
    """The command with `--jobs dask:ADDRESS` writes the document and the evidence of a run by itself."""
    asking = ("prove", *FOLDERS, "--format", "json", "--no-cache", "--evidence")
    alone = _asked(*asking, str(tmp_path / "alone"), "--jobs", "1")
    far = _asked(*asking, str(tmp_path / "far"), "--jobs", f"dask:{cluster}")
    assert len(alone["results"]) > 5
    assert _timeless(far) == _timeless(alone)
    folders = [tmp_path / each for each in ("alone", "far")]
    files = [{str(x.relative_to(f)): x.read_bytes() for x in f.rglob("*") if x.is_file()} for f in folders]
    assert len(files[0]) > 10
    assert set(files[0]) == set(files[1])
    differing = {name for name in files[0] if files[0][name] != files[1][name]}
    assert differing <= {each for each in files[0] if each.endswith("manifest.json")}


def test_pieces_are_shared_by_the_processes_of_a_cluster(cluster: str) -> None:
    """Also those of one group, which is one column of a law."""
    from checker.interface.cluster import on_cluster

    with on_cluster(cluster):
        assert joblib_backend.is_chosen()
        done = dict(pool.spread(_where, [list(range(24))], 1, apart=True))
    assert sorted(done) == list(range(24))
    assert len(set(done.values())) == 2
    assert not joblib_backend.is_chosen()


def _where() -> Callable[[int], int]:
    import os
    import time

    def where(_number: int) -> int:
        time.sleep(0.05)
        return os.getpid()

    return where


def test_a_cluster_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, with the address."""
    pytest.importorskip("distributed", reason="`pip install redline[dask]`")
    from checker.interface import cluster as module
    from checker.language.diagnostics import SpecError

    monkeypatch.setattr(module, "_PATIENCE", 0.5)
    with pytest.raises(SpecError) as said, module.on_cluster("tcp://127.0.0.1:1"):
        pytest.fail("nobody is there")
    assert "no Dask cluster answers at `tcp://127.0.0.1:1`" in str(said.value)


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra has a name."""
    from checker.interface.cluster import on_cluster
    from checker.language.diagnostics import SpecError

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SpecError) as said, on_cluster("tcp://127.0.0.1:1"):
        pytest.fail("nothing is there")
    assert "redline[dask]" in str(said.value.diagnostics[0].expected)
