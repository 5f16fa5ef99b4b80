"""Archives of a patient folder are unpacked safely and removed afterwards."""

from __future__ import annotations

import io
import os
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from medmm.core.errors import InputError, UnreadableFile
from medmm.storage.lock import hold_folder
from medmm.workflow.sources import opened_folder


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_folder_is_given_as_it_is(tmp_path: Path) -> None:
    with opened_folder(tmp_path) as folder:
        assert folder == tmp_path


def test_a_zip_is_unpacked_for_the_block_only(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "patient.zip", {"p/note.txt": b"cough"})

    with opened_folder(path) as folder:
        assert (folder / "p" / "note.txt").read_bytes() == b"cough"

    assert not folder.exists()


@pytest.mark.parametrize("name", ["../evil.txt", "/evil.txt", "a/../../evil.txt", "C:/evil.txt", "a/C:evil.txt"])
def test_a_member_outside_the_folder_refuses_the_archive(tmp_path: Path, name: str) -> None:
    path = make_zip(tmp_path / "patient.zip", {name: b"x"})

    with pytest.raises(InputError, match="outside its folder"), opened_folder(path):
        pass

    assert not list(tmp_path.rglob("evil.txt"))


def test_links_in_a_tar_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "patient.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
        note = tarfile.TarInfo("note.txt")
        note.size = 5
        archive.addfile(note, io.BytesIO(b"cough"))

    with opened_folder(path) as folder:
        assert [p.name for p in folder.iterdir()] == ["note.txt"]


def test_a_damaged_zip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "patient.zip"
    path.write_bytes(b"PK\x03\x04 cut off")

    with pytest.raises(UnreadableFile, match=r"patient\.zip is damaged"), opened_folder(path):
        pass


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="'nobody' does not exist"), opened_folder(tmp_path / "nobody"):
        pass


def with_bytes(path: Path, offset: int, value: int) -> Path:
    """Change one byte of the member's header and of its entry in the directory at the end."""
    raw = bytearray(path.read_bytes())
    raw[offset] = raw[raw.find(b"PK\x01\x02") + offset + 2] = value
    path.write_bytes(raw)
    return path


def test_an_archive_with_a_password_is_named(tmp_path: Path) -> None:
    path = with_bytes(make_zip(tmp_path / "patient.zip", {"note.txt": b"cough"}), 6, 1)

    with pytest.raises(InputError, match=r"patient\.zip is protected by a password"), opened_folder(path):
        pass


def test_an_unknown_packing_is_named(tmp_path: Path) -> None:
    path = with_bytes(make_zip(tmp_path / "patient.zip", {"note.txt": b"cough"}), 8, 99)

    with pytest.raises(InputError, match="packed by method 99"), opened_folder(path):
        pass


def test_a_zip_whose_bytes_are_damaged_is_named(tmp_path: Path) -> None:
    path = tmp_path / "patient.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note.txt", os.urandom(400) + b"cough" * 90)
    raw = bytearray(path.read_bytes())
    raw[60:100] = bytes(40)
    path.write_bytes(raw)

    with pytest.raises(UnreadableFile, match=r"patient\.zip is damaged"), opened_folder(path):
        pass


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_refuse_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "patient.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("note.txt", "MRN: 1")
        archive.writestr("note.txt", "MRN: 2")

    with pytest.raises(InputError, match=r"two members named 'note\.txt'"), opened_folder(path):
        pass


def test_what_a_killed_process_unpacked_is_removed_and_what_is_in_use_stays(tmp_path: Path, medmm_home: Path) -> None:
    path = make_zip(tmp_path / "patient.zip", {"note.txt": b"cough"})
    dead, alive = medmm_home / "work" / "unpacked-dead", medmm_home / "work" / "unpacked-alive"
    for folder in (dead, alive):
        (folder / "files").mkdir(parents=True)
        os.utime(folder, (time.time() - 3600,) * 2)

    with hold_folder(alive):
        os.utime(alive, (time.time() - 3600,) * 2)
        with opened_folder(path):
            pass

        assert [left.name for left in (medmm_home / "work").iterdir()] == ["unpacked-alive"]
