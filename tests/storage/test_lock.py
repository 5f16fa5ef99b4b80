"""A folder has one writer at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage.lock import hold_folder

HOLD = """
import sys
from pathlib import Path
from medmm.storage.lock import hold_folder
with hold_folder(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    yield child
    child.kill()
    child.communicate()


def test_a_second_process_is_told_at_once(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="another process is writing to"), hold_folder(tmp_path):
        pass


def test_the_lock_of_a_killed_process_is_free(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    holder.kill()
    holder.wait()

    with hold_folder(tmp_path):
        assert len(os.listdir(tmp_path)) == 1

    assert os.listdir(tmp_path) == []


def test_a_folder_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_folder(tmp_path):
        raise ZeroDivisionError

    assert os.listdir(tmp_path) == []
    with hold_folder(tmp_path):
        pass
