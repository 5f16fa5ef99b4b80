"""Files of a batch that changed after they were recorded are found."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

from medmm.storage.results import CaseRow, ResultStore
from medmm.workflow.batch_check import changed_results

CONTENT = b'{"schema": "medmm.result/1"}'


def test_missing_changed_and_unreadable_results_are_listed(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    names = ("changed", "gone", "no_file", "of_an_older_batch", "sound")
    store = ResultStore(tmp_path / "results.sqlite")
    store.open({})
    for name in names:
        kept = "" if name == "of_an_older_batch" else sha256
        store.record(CaseRow(name, name, "P1", "done", result_sha256=kept))
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "result.json").write_bytes(CONTENT)
    store.record(CaseRow("failed", "failed", "P1", "failed", "input"))
    (tmp_path / "cases" / "changed" / "result.json").write_bytes(CONTENT.replace(b"1", b"2"))
    (tmp_path / "cases" / "gone" / "result.json").unlink()
    (tmp_path / "cases" / "no_file" / "result.json").unlink()
    (tmp_path / "cases" / "no_file" / "result.json").mkdir()

    with closing(store):
        found = [(changed.case.case, changed.what) for changed in changed_results(store, tmp_path)]

    assert found == [("changed", "differs"), ("gone", "missing"), ("no_file", "unreadable")]
