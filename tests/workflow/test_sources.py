"""Archives of a patient folder are unpacked safely and removed afterwards."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from medmm.core.errors import InputError, UnreadableFile
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


@pytest.mark.parametrize("name", ["../evil.txt", "/evil.txt", "a/../../evil.txt", "C:/evil.txt"])
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

    with pytest.raises(UnreadableFile, match=r"patient\.zip is not a sound archive"), opened_folder(path):
        pass


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="'nobody' does not exist"), opened_folder(tmp_path / "nobody"):
        pass
