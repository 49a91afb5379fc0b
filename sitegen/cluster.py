"""A Dask cluster as an executor: `dask://HOST:PORT`, with the extra `[cluster]`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from sitegen import extras
from sitegen.errors import UsageError


@contextmanager
def connect(address: str, timeout: float = 10.0) -> Iterator[Executor]:
    """The cluster whose scheduler is at HOST:PORT. Work that a lost worker had is done by another.

    `timeout` is in seconds. Raises UsageError where Dask is not installed or nothing answers there.
    """
    try:
        from distributed import Client

        cluster: Any = Client  # it has no annotations
    except ImportError:
        raise UsageError(
            "a cluster needs Dask, which is not installed",
            code="cluster-missing",
            hint=extras.install("cluster"),
        ) from None
    try:
        client: Any = cluster(f"tcp://{address}", timeout=timeout, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address}: {error}",
            code="cluster-unreachable",
            hint="`dask scheduler` prints its address when it starts",
        ) from None
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()
