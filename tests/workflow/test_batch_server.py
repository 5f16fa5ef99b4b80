"""A batch whose rows are kept on a PostgreSQL server ends like one that keeps them in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.core.errors import Cancelled, StorageError
from medmm.core.progress import CancelToken
from medmm.storage.results import ResultStore
from medmm.workflow.batch import BatchJob, score_batch
from tests.storage.postgres_server import can_serve, running_server
from tests.workflow.test_batch import CountingEngine

pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(not can_serve(), reason="PostgreSQL is not installed here")


def make_root(folder: Path) -> Path:
    for name in ("ä", "Z", "a"):
        (folder / name).mkdir(parents=True)
        (folder / name / "note.txt").write_text(f"MRN: {ord(name)}\ncough", encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "note.txt").write_bytes(b"\xff\xfe\x00")
    return folder


def test_an_interrupted_batch_on_a_server_ends_like_an_unbroken_one_in_a_file(tmp_path: Path) -> None:
    root, here, there = make_root(tmp_path / "root"), tmp_path / "here", tmp_path / "there"
    score_batch(BatchJob(root, here), CountingEngine())

    with running_server() as url:
        token = CancelToken()
        with pytest.raises(Cancelled):
            score_batch(BatchJob(root, there, store=url), CountingEngine(cancel_after=1, token=token), cancel=token)
        with pytest.raises(StorageError, match="'localhost/postgres' already holds a batch"):
            score_batch(BatchJob(root, there, store=url), CountingEngine())
        store = ResultStore(url)
        with store.held(), pytest.raises(StorageError, match="another process is writing to 'localhost/postgres'"):
            score_batch(BatchJob(root, tmp_path / "elsewhere", resume=True, store=url), CountingEngine())
        store.close()
        score_batch(BatchJob(root, there, resume=True, store=url), CountingEngine())

    assert (there / "results.csv").read_bytes() == (here / "results.csv").read_bytes()
    assert (there / "results.parquet").read_bytes() == (here / "results.parquet").read_bytes()
    assert sorted(path.name for path in there.iterdir()) == ["cases", "results.csv", "results.parquet", "summary.json"]
