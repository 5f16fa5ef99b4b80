"""A patient folder becomes a case."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest

from medmm.core.case import Case, CaseSources
from medmm.core.errors import Cancelled, InvalidRecord, UnreadableFile
from medmm.core.progress import CancelToken
from medmm.core.quality import InputKind, Severity
from medmm.core.resources import resource
from medmm.workflow.inventory import describe_case, inventory_lines
from medmm.workflow.open_case import open_case
from tests.imaging.builders import write_image
from tests.imaging.document_builders import write_report
from tests.records.wave_builders import write_tone


@pytest.fixture
def patient(tmp_path: Path) -> Path:
    """A copy of the sample patient that a test may change."""
    return Path(shutil.copytree(resource("samples", "chest_pneumonia"), tmp_path / "patient"))


def test_the_sample_has_every_input_and_one_identity(patient: Path) -> None:
    case = open_case(CaseSources(patient))

    assert (len(case.images), len(case.notes), len(case.vitals)) == (1, 1, 1)
    assert case.stop is None
    assert case.patient.patient_id == case.notes[0].identity.patient_id == case.images[0].identity.patient_id
    assert case.images[0].header.modality == "DX"
    assert [(file.kind, len(file.sha256)) for file in case.inputs] == [
        (InputKind.IMAGE, 64),
        (InputKind.NOTE, 64),
        (InputKind.VITALS, 64),
    ]
    assert case.skipped == ()


def test_a_note_of_another_patient_stops_with_both_values(patient: Path) -> None:
    note = patient / "note.txt"
    own = open_case(CaseSources(patient)).patient.patient_id
    note.write_text(note.read_text(encoding="utf-8").replace(own, "OTHER999"), encoding="utf-8")

    stop = open_case(CaseSources(patient)).stop

    assert stop is not None
    assert own in stop.message
    assert "OTHER999" in stop.message


def test_the_identity_is_compared_even_with_an_input_left_out(patient: Path) -> None:
    note = patient / "note.txt"
    own = open_case(CaseSources(patient)).patient.patient_id
    note.write_text(note.read_text(encoding="utf-8").replace(own, "OTHER999"), encoding="utf-8")

    for kind in (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS):
        assert open_case(CaseSources(patient, without=frozenset({kind}))).stop is not None


def test_an_override_keeps_its_reason_among_the_checks(patient: Path) -> None:
    note = patient / "note.txt"
    own = open_case(CaseSources(patient)).patient.patient_id
    note.write_text(note.read_text(encoding="utf-8").replace(own, "OTHER999"), encoding="utf-8")

    case = open_case(CaseSources(patient, identity_override="merged record"))

    assert case.stop is None
    assert any("merged record" in check.message for check in case.checks if check.severity is Severity.WARNING)


def test_a_broken_file_is_skipped_with_its_reason_and_the_rest_is_read(patient: Path) -> None:
    (patient / "broken.dcm").write_bytes((patient / "chest.dcm").read_bytes()[:3000])
    (patient / "vitals.csv").write_text("patient_id,time,temperature\nX,2025-01-01T00:00,101.3\n", encoding="utf-8")

    case = open_case(CaseSources(patient))

    assert len(case.images) == 1
    assert sorted(skipped.path.name for skipped in case.skipped) == ["broken.dcm", "vitals.csv"]
    assert all(skipped.reason for skipped in case.skipped)


def test_a_zip_of_the_folder_is_the_same_case(patient: Path, tmp_path: Path) -> None:
    path = tmp_path / "patient.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in patient.iterdir():
            archive.write(file, f"inside/{file.name}")

    packed, plain = open_case(CaseSources(path)), open_case(CaseSources(patient))

    assert [file.sha256 for file in packed.inputs] == [file.sha256 for file in plain.inputs]
    assert packed.inputs[0].path == "inside/chest.dcm"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a POSIX thing")
def test_a_named_pipe_does_not_hang_the_scan(patient: Path) -> None:
    os.mkfifo(patient / "film.dcm")

    case = open_case(CaseSources(patient))

    assert len(case.images) == 1
    assert lost_files(case) == ["film.dcm was not read: No regular file (a pipe, socket or device); it was not opened."]


def test_an_empty_folder_is_refused_with_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no image, note, vital-sign table or recording"):
        open_case(CaseSources(tmp_path))


def test_cancelling_stops_before_anything_is_read(patient: Path) -> None:
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(Cancelled):
        open_case(CaseSources(patient), cancel=cancel)


def test_a_declared_patient_id_is_compared_too(patient: Path) -> None:
    (patient / "medmm.toml").write_text('patient_id = "ELSE1"\n', encoding="utf-8")

    case = open_case(CaseSources(patient))

    assert case.stop is not None
    assert "ELSE1" in case.stop.message


def test_a_note_that_names_two_patients_stops_the_case(patient: Path) -> None:
    (patient / "second.txt").write_text("MRN: 004211\nMRN: 004212\nCough.\n", encoding="utf-8")

    stop = open_case(CaseSources(patient)).stop

    assert stop is not None
    assert "004211" in stop.message
    assert "004212" in stop.message


def test_a_table_of_two_patients_stops_the_case_unless_overridden(patient: Path) -> None:
    rows = "patient_id,time,heart_rate\nA1,2025-01-01 00:00,80\nB2,2025-01-01 01:00,90\n"
    (patient / "second.csv").write_text(rows, encoding="utf-8")

    assert open_case(CaseSources(patient)).stop is not None
    assert open_case(CaseSources(patient, identity_override="looked at")).stop is None


def test_an_input_that_was_lost_is_among_the_checks_and_other_files_are_not(patient: Path) -> None:
    (patient / "newest.dcm").write_bytes((patient / "chest.dcm").read_bytes()[:3000])
    (patient / "program.xyz").write_bytes(bytes(range(256)))

    lost = [check for check in open_case(CaseSources(patient)).checks if check.code == "file_not_read"]

    assert [check.severity for check in lost] == [Severity.WARNING]
    assert lost[0].message.startswith("'newest.dcm' is cut off")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("second.dcm", b"<html>log in first</html>", "It is an HTML document"),
        ("letter.XML", b"<?xml version='1.0'?><ClinicalDocument/>", "It is an XML document"),
        ("labs.json", b'{"resourceType":"Observation"}', "It is a JSON document"),
        ("result.hl7", b"MSH|^~\\&|A|B", "It is an HL7 v2 message"),
        ("ward.xlsx", b"PK\x03\x04" + bytes(30), "It is a zip archive or an Office document"),
    ],
)
def test_what_stands_for_an_input_in_a_form_that_is_not_read_is_told(
    patient: Path, name: str, content: bytes, told: str
) -> None:
    (patient / name).write_bytes(content)

    (message,) = lost_files(open_case(CaseSources(patient)))

    assert name in message
    assert told in message


def test_an_object_that_is_no_image_is_told_where_there_is_no_image(patient: Path) -> None:
    raw_data = {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.66"}
    write_image(patient / "raw.dcm", np.zeros((2, 2), dtype=np.uint16), **raw_data)

    beside_a_film = lost_files(open_case(CaseSources(patient)))
    left_out = lost_files(open_case(CaseSources(patient, frozenset({InputKind.IMAGE}))))
    (patient / "chest.dcm").unlink()
    (alone,) = lost_files(open_case(CaseSources(patient)))

    assert beside_a_film == left_out == []
    assert "raw.dcm" in alone


def test_an_image_without_its_size_is_damaged(patient: Path) -> None:
    film = pydicom.dcmread(patient / "chest.dcm")
    del film.Rows, film.Columns
    film.save_as(patient / "second.dcm")

    (message,) = lost_files(open_case(CaseSources(patient)))

    assert message.startswith("'second.dcm' states neither Rows nor Columns")


@pytest.mark.parametrize(("changed", "code"), [(0, "image_twice"), (1, "uid_of_another")])
def test_two_files_of_one_uid_are_compared_by_their_pixels(patient: Path, changed: int, code: str) -> None:
    film = pydicom.dcmread(patient / "chest.dcm")
    film.decompress(generate_instance_uid=False)
    film.PixelData = bytes([film.PixelData[0] ^ changed]) + film.PixelData[1:]
    film.save_as(patient / "copy.dcm")

    found = [
        check for check in open_case(CaseSources(patient)).checks if check.code in ("image_twice", "uid_of_another")
    ]

    assert [check.code for check in found] == [code]
    assert "chest.dcm and copy.dcm" in found[0].message
    assert (found[0].severity is Severity.WARNING) == bool(changed)


def lost_files(case: Case) -> list[str]:
    return [check.message for check in case.checks if check.code == "file_not_read"]


def test_a_series_that_is_not_chosen_still_says_whose_it_is(patient: Path) -> None:
    film = pydicom.dcmread(patient / "chest.dcm")
    (patient / "medmm.toml").write_text(f'series_uid = "{film.SeriesInstanceUID}"\n', encoding="utf-8")
    film.PatientID, film.PatientName = "SOMEBODYELSE", "ELSE^SOMEBODY"
    film.SeriesInstanceUID, film.SOPInstanceUID = "1.2.3.4", "1.2.3.4.5"
    film.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4.5"
    film.save_as(patient / "other.dcm")

    case = open_case(CaseSources(patient))

    assert len(case.images) == 1
    assert case.stop is not None
    assert "SOMEBODYELSE" in case.stop.message


def test_a_declared_series_that_is_not_there_is_refused(patient: Path) -> None:
    (patient / "medmm.toml").write_text('series_uid = "1.2.3"\n', encoding="utf-8")

    with pytest.raises(InvalidRecord, match=r"names the series '1\.2\.3', which is not in the folder"):
        open_case(CaseSources(patient))


def test_a_folder_of_documents_alone_is_opened(tmp_path: Path) -> None:
    write_report(tmp_path / "sr")

    case = open_case(CaseSources(tmp_path))

    assert [document.title for document in case.documents] == ["Chest report"]
    assert case.patient.patient_id == "P1"


def test_a_report_of_another_patient_is_a_conflict(tmp_path: Path) -> None:
    write_image(tmp_path / "film", np.zeros((4, 4), np.int16))
    write_report(tmp_path / "sr", PatientID="P2")

    case = open_case(CaseSources(tmp_path))

    assert case.stop is not None
    assert "document sr" in case.stop.message.lower()


def test_documents_are_told_in_the_inventory(tmp_path: Path) -> None:
    write_report(tmp_path / "sr")

    case = open_case(CaseSources(tmp_path))

    told = {"path": "sr", "kind": "report", "title": "Chest report", "modality": "SR", "written": "2026-01-03 08:15"}
    assert describe_case(case)["documents"] == [told]
    assert [*inventory_lines(case)][-1] == "document sr  report  2026-01-03 08:15  Chest report"


def test_a_recording_is_an_input_of_the_case(patient: Path) -> None:
    write_tone(patient / "sounds" / "base.wav", seconds=2.0)

    case = open_case(CaseSources(patient))

    assert [(sound.path.name, sound.seconds) for sound in case.audio] == [("base.wav", 2.0)]
    heard = [file for file in case.inputs if file.kind is InputKind.AUDIO]
    assert [(file.path, file.sha256) for file in heard] == [("sounds/base.wav", case.audio[0].sha256)]
    assert describe_case(case)["audio"][0]["rate_hz"] == 8000
    assert any(line.startswith("audio  base.wav  2.0 s, 8000 Hz") for line in inventory_lines(case))


def test_a_recording_that_is_left_out_is_not_kept(patient: Path) -> None:
    write_tone(patient / "base.wav")

    case = open_case(CaseSources(patient, without=frozenset({InputKind.AUDIO})))

    assert case.audio == ()
    assert InputKind.AUDIO not in {file.kind for file in case.inputs}


def test_a_silent_recording_is_told_and_the_rest_is_read(patient: Path) -> None:
    write_tone(patient / "base.wav", peak=0.0)

    case = open_case(CaseSources(patient))

    assert case.audio == ()
    assert "base.wav is silent" in next(check.message for check in case.checks if check.code == "file_not_read")
    assert (len(case.images), len(case.notes), len(case.vitals)) == (1, 1, 1)
