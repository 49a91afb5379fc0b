"""The same work on many cores or machines gives the same results, and a worker that dies is noticed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.errors import UsageError
from sitegen.forked import Forked, WorkerLost
from sitegen.workers import Crew
from tests.conftest import NOW, SETTINGS, article, tree_of, write_tree

PATIENCE = 120
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")


def square(number: int) -> int:
    return number * number


def fails(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


HERE = os.getpid()


def dies(number: int) -> int:
    """In any process but this one."""
    if os.getpid() != HERE:
        os._exit(3)
    time.sleep(0.01)  # the others shall have their turn
    return number


@linux
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_jobs(workers: int) -> None:
    assert list(Forked(workers).map(square, range(100))) == [n * n for n in range(100)]


@linux
def test_a_fault_in_a_worker_is_the_fault_here() -> None:
    with pytest.raises(ValueError, match="seven"):
        list(Forked(3).map(fails, range(20)))


@linux
def test_a_worker_that_dies_is_an_error() -> None:
    with pytest.raises(WorkerLost):
        list(Forked(3).map(dies, range(20)))


@linux
def test_results_that_nobody_takes_end_the_workers() -> None:
    before = children()
    results = Forked(2).map(square, range(10_000))
    assert next(iter(results)) == 0
    del results
    assert children() == before


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_an_executor_that_nobody_knows() -> None:
    with pytest.raises(UsageError, match="no place to work"):
        Crew("slurm://here")


def test_other_processes_are_sent_what_they_need(tmp_path: Path) -> None:
    assert list(Crew("", 2).ship(square, iter(range(30)))) == [n * n for n in range(30)]


# ---------------------------------------------------------------- a cluster of two workers

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a scheduler on loopback, and the process ids of its workers."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    script = folder / "cluster.py"
    script.write_text(CLUSTER)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address, *pids = process.stdout.readline().split()
        try:
            yield address.removeprefix("tcp://"), [int(pid) for pid in pids]
        finally:
            process.stdin.close()
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()


@contextmanager
def build(root: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A build that is under way. It does not outlive the test."""
    command = [sys.executable, "-m", "sitegen", "build", "-C", str(root), "--now", NOW, "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def write_newsroom(root: Path, count: int) -> Path:
    articles: dict[str, str | bytes] = {
        f"content/articles/a{n}.md": article(f"a{n}", topics="[ports, trade]", people=f"[Person {n % 40}]")
        for n in range(count)
    }
    write_tree(root, {"sitegen.yaml": f"{SETTINGS}cards: false\nsearch: false\n", **articles})
    return root


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(tmp_path: Path) -> None:
    here, there = write_newsroom(tmp_path / "here", 500), write_newsroom(tmp_path / "there", 500)
    with cluster(tmp_path) as (address, workers):
        assert len(workers) == 2
        with build(there, "--executor", f"dask://{address}") as away:
            stage = there / ".public.stage"
            end = time.monotonic() + PATIENCE
            while not any(stage.rglob("*.html")) and away.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            assert away.poll() is None, "the build was over before a worker could be killed"
            os.kill(workers[0], signal.SIGKILL)
            out, err = away.communicate(timeout=PATIENCE)
    assert away.returncode == 0, err
    assert json.loads(out)["ok"]
    with build(here) as local:
        local.communicate(timeout=PATIENCE)
    assert tree_of(here / "public") == tree_of(there / "public")


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    root = write_newsroom(tmp_path / "digest", 2)
    with build(root, "--executor", "dask://127.0.0.1:9") as process:
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert json.loads(out)["problems"][0]["code"] == "cluster-unreachable"
