"""A Dask cluster that decides claims, in place of processes of this machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError

_PATIENCE: Final = 10.0  # seconds for a cluster to answer


@contextlib.contextmanager
def on_cluster(address: str) -> Iterator[None]:
    """Whatever this thread asks in the block is decided by the cluster whose scheduler is at the address,
    such as `tcp://127.0.0.1:8786`. It must have this redline. Raises SpecError if it does not answer.
    """
    import joblib

    try:
        from distributed import Client
    except ImportError as missing:
        expected = ("`pip install redline[dask]`",)
        message = "for a Dask cluster, `distributed` has to be installed"
        raise SpecError((Diagnostic("no-cluster", message, None, expected),)) from missing
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as wrong:
        message = f"no Dask cluster answers at `{address}`"
        raise SpecError((Diagnostic("no-cluster", message, None, notes=(str(wrong),)),)) from wrong
    with client, joblib.parallel_config("dask", client=client):
        yield
