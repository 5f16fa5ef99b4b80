"""Shared fixtures: optional real data, offline environment, nothing left alive."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real public data beside the project; tests that want it are left out where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the optional data folder ../shared/data is not here")
    return folder


@pytest.fixture(autouse=True)
def medmm_home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test's state out of the user's home; encoders are compiled once for all tests."""
    home = tmp_path / "medmm_home"
    monkeypatch.setenv("MEDMM_HOME", str(home))
    monkeypatch.setenv("MEDMM_CACHE", str(tmp_path_factory.getbasetemp() / "medmm_cache"))
    return home


@pytest.fixture(autouse=True)
def nothing_left_alive() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process running."""
    before = set(threading.enumerate())
    yield
    # Not join(): another thread may have reaped the child and not noted its exit code yet.
    deadline = time.monotonic() + 3
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not multiprocessing.active_children(), "a child process was left alive"
    late = [t for t in threading.enumerate() if t not in before and not t.daemon]
    for thread in late:
        thread.join(timeout=3)
    alive = [t.name for t in late if t.is_alive()]
    assert not alive, f"threads left alive: {alive}"
