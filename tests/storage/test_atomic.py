"""A file is the old one or the whole new one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage.atomic import replacing, sweep, write_bytes, write_text


def test_write_text_creates_missing_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"

    write_text(path, "one\ntwo")

    assert path.read_bytes() == b"one\ntwo"


def test_a_full_disk_leaves_the_old_file_and_no_temporary_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"3 bytes needed.*No space left"):
        write_bytes(path, b"new")

    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.pdf"]


def test_sweep_takes_only_what_a_killed_writer_left(tmp_path: Path) -> None:
    for name in (".writing-abc", "result.json"):
        (tmp_path / name).write_text("x")

    sweep(tmp_path)
    sweep(tmp_path / "not there")

    assert os.listdir(tmp_path) == ["result.json"]


def test_half_of_a_surrogate_pair_is_written_as_its_code(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "note\udcff 王")

    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "note\\udcff 王"


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_the_users_umask_decides_who_may_read_a_result(tmp_path: Path) -> None:
    former = os.umask(0o077)
    try:
        write_text(tmp_path / "result.json", "{}")
    finally:
        os.umask(former)

    assert (tmp_path / "result.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="folders are not synced there")
def test_a_file_system_that_syncs_no_folders_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    write_text(tmp_path / "a.txt", "new")

    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "new"


def test_streams_replace_their_files_only_when_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def break_off() -> None:
        with replacing(tmp_path / "a", tmp_path / "b") as (a, b):
            a.write(b"new")
            b.write(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    kept = {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()}
    with replacing(tmp_path / "a", tmp_path / "b") as (a, b):
        a.write(b"new a")
        b.write(b"new b")

    assert kept == {"a": "old"}
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()} == {
        "a": "new a",
        "b": "new b",
    }
