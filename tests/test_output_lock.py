"""One command at a time in a digest's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.errors import Locked, OutputError
from sitegen.output import lock

SINCE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sitegen.output import lock

with lock(Path(sys.argv[1]), "sitegen build --watchful", since=datetime(2026, 11, 22, 9, 30, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the lock, until its standard input ends or it is killed."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_command_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(Locked) as caught, lock(tmp_path, "sitegen build", since=SINCE):
            pytest.fail("the lock was given twice")
        process.communicate()
    message = str(caught.value)
    for word in ("sitegen build --watchful", f"process {process.pid} on ", "since 2026-11-22 09:30"):
        assert word in message
    assert caught.value.exit_code == 75
    with lock(tmp_path, "sitegen build", since=SINCE):
        pass


def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
    assert str(process.pid) in (tmp_path / ".sitegen/lock").read_text()
    with lock(tmp_path, "sitegen build", since=SINCE):
        assert f'"pid": {os.getpid()}' in (tmp_path / ".sitegen/lock").read_text()


def test_the_same_process_cannot_take_it_twice_at_once(tmp_path: Path) -> None:
    with lock(tmp_path, "sitegen serve", since=SINCE):
        with pytest.raises(Locked, match="sitegen serve"), lock(tmp_path, "sitegen build", since=SINCE):
            pytest.fail("the lock was given twice")
        with pytest.raises(Locked), lock(tmp_path, "sitegen build", since=SINCE):
            pytest.fail("being refused gave it back")
    with lock(tmp_path, "sitegen build", since=SINCE):
        pass


def test_two_digests_do_not_wait_for_each_other(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with lock(tmp_path / "one", "a", since=SINCE), lock(tmp_path / "two", "b", since=SINCE):
        pass


def test_it_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock(tmp_path, "sitegen build", since=SINCE):
        raise ZeroDivisionError
    with lock(tmp_path, "sitegen build", since=SINCE):
        pass


def test_a_holder_that_has_not_said_who_it_is_still_holds(tmp_path: Path) -> None:
    with lock(tmp_path, "sitegen build", since=SINCE):
        (tmp_path / ".sitegen/lock").write_text("{")
        with pytest.raises(Locked, match="not said"), lock(tmp_path, "sitegen build", since=SINCE):
            pytest.fail("the lock was given twice")


def test_a_lock_file_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / ".sitegen").write_text("a file")
    with pytest.raises(OutputError, match="lock"), lock(tmp_path, "sitegen build", since=SINCE):
        pytest.fail("there is no lock")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_lock_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    (tmp_path / ".sitegen").mkdir()
    (tmp_path / ".sitegen/lock").symlink_to(tmp_path / "precious.txt")
    with pytest.raises(OutputError), lock(tmp_path, "sitegen build", since=SINCE):
        pytest.fail("there is no lock")
    assert (tmp_path / "precious.txt").read_text() == "precious"
