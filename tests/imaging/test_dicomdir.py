"""Which files an index names, inside its own folder only."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, MediaStorageDirectoryStorage

from medmm.core.case import CaseSources
from medmm.core.errors import UnreadableFile
from medmm.imaging.dicomdir import read_dicomdir
from medmm.workflow.survey import survey
from tests.workflow.patients_on_disk import write_film


def write_index(folder: Path, *file_ids: list[str] | str) -> Path:
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    ds.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    records = []
    for file_id in file_ids:
        record = Dataset()
        record.DirectoryRecordType = "IMAGE"
        record.ReferencedFileID = file_id
        records.append(record)
    ds.DirectoryRecordSequence = Sequence(records)
    path = folder / "DICOMDIR"
    ds.save_as(path, enforce_file_format=True)
    return path


def test_an_index_names_files_in_its_folder_and_missing_ones_are_told(tmp_path: Path) -> None:
    film = write_film(tmp_path / "IMG", 1)
    film.rename(film.with_name("I0001"))

    found = read_dicomdir(write_index(tmp_path, ["IMG", "I0001"], ["IMG", "I0002"]))

    assert found.files == (tmp_path / "IMG" / "I0001",)
    assert [(file.path.name, file.code) for file in found.missing] == [("I0002", "dicomdir_missing")]


@pytest.mark.parametrize("file_id", [["..", "secret"], ["IMG/../../secret"], "/etc/hostname", ["LINK"]])
def test_an_index_never_leads_out_of_its_folder(tmp_path: Path, file_id: list[str] | str) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    medium = tmp_path / "medium"
    (medium / "IMG").mkdir(parents=True)
    (medium / "LINK").symlink_to(tmp_path / "secret")

    found = read_dicomdir(write_index(medium, file_id))

    assert found.files == ()
    assert len(found.missing) == 1


def test_a_lower_case_copy_of_a_medium_is_found(tmp_path: Path) -> None:
    film = write_film(tmp_path / "img", 1)
    film.rename(film.with_name("i0001"))

    assert len(read_dicomdir(write_index(tmp_path, ["IMG", "I0001"])).files) == 1


def test_opening_an_index_opens_what_it_names_and_reports_what_is_missing(tmp_path: Path) -> None:
    for number in (1, 2):
        film = write_film(tmp_path, number)
        film.rename(film.with_name(f"I{number}"))
    index = write_index(tmp_path, ["I1"], ["I9"])

    (case,) = survey(CaseSources(index), tmp_path)

    assert [series.paths[0].name for series in case.series] == ["I1"]
    assert [file.code for file in case.skipped] == ["dicomdir_missing"]


def test_a_damaged_index_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "DICOMDIR"
    path.write_bytes(b"\0" * 128 + b"DICM" + b"\xff" * 40)

    with pytest.raises(UnreadableFile, match="'DICOMDIR'"):
        read_dicomdir(path)


def test_real_indexes_are_read(shared_data: Path) -> None:
    found = [path for path in (shared_data / "dicom").rglob("DICOMDIR*") if path.is_file()]
    if not found:
        pytest.skip("no index among the data")

    for path in found:
        index = read_dicomdir(path)
        assert index.files or index.missing
