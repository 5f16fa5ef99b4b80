"""A file is the old one or the whole new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage.atomic import write_bytes, write_text


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
