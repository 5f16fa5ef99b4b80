"""The DX file: valid, and the same patient as the note and the vitals."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest

from medmm.core.case import InputKind
from medmm.simulate.dicom import write_film
from medmm.simulate.patient import SimulatedPatient, develop_film, simulate_patient, write_patient
from medmm.simulate.storing import StoredFilm, store_film

ALL = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})


@pytest.fixture(scope="module")
def patient() -> SimulatedPatient:
    return simulate_patient(3, 4, rows=288, language="zh")


def test_film_reads_back_as_written(tmp_path: Path, patient: SimulatedPatient) -> None:
    write_patient(tmp_path / "plain", patient, ALL)
    write_patient(tmp_path / "packed", patient, ALL, is_compressed=True)

    plain, packed = (pydicom.dcmread(tmp_path / name / "chest.dcm") for name in ("plain", "packed"))
    assert np.array_equal(plain.pixel_array, develop_film(patient).pixels)
    assert np.array_equal(packed.pixel_array, develop_film(patient).pixels)
    assert plain.SOPInstanceUID == packed.SOPInstanceUID
    assert plain.pixel_array.max() < 4096
    assert list(plain.PatientOrientation) == ["L", "F"]


def test_identity_is_the_same_in_all_three(tmp_path: Path, patient: SimulatedPatient) -> None:
    write_patient(tmp_path / "p", patient, ALL)

    film = pydicom.dcmread(tmp_path / "p" / "chest.dcm", stop_before_pixels=True)
    header = dict(line.split(": ", 1) for line in patient.note.splitlines()[:5])
    assert header["Patient"] == str(film.PatientName)
    assert header["MRN"] == film.PatientID
    assert header["DOB"].replace("-", "") == film.PatientBirthDate
    assert header["Sex"] == film.PatientSex
    assert {row.patient_id for row in patient.vitals} == {film.PatientID}
    assert max(row.time for row in patient.vitals) < patient.person.study_time.isoformat()


def test_chinese_name_has_an_ideographic_group(patient: SimulatedPatient) -> None:
    latin, ideographic = patient.person.name.split("=")

    assert latin.isascii()
    assert "^" in latin
    assert "一" <= ideographic[0] <= "鿿"
    assert "现病史" in patient.note


def test_monochrome1_stores_the_same_film_upside_down() -> None:
    film = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    stored: dict[str, StoredFilm] = {}
    for seed in range(60):
        one = store_film(np.random.default_rng(seed), film, spacing_mm=0.7, view_position="PA")
        stored.setdefault(one.photometric_interpretation, one)

    assert set(stored) == {"MONOCHROME1", "MONOCHROME2"}
    assert np.all(np.diff(stored["MONOCHROME2"].pixels.astype(int).ravel()) > 0)
    assert np.all(np.diff(stored["MONOCHROME1"].pixels.astype(int).ravel()) < 0)


@pytest.mark.parametrize("index", [0, 1])
def test_dciodvfy_reports_nothing(tmp_path: Path, index: int) -> None:
    program = shutil.which("dciodvfy")
    if program is None:
        pytest.skip("dciodvfy is not installed")
    write_patient(tmp_path / "p", simulate_patient(8, index, rows=144), ALL, is_compressed=bool(index))

    done = subprocess.run([program, str(tmp_path / "p" / "chest.dcm")], capture_output=True, text=True, check=False)

    assert "Error" not in done.stderr + done.stdout
    assert "DXImageForPresentation" in done.stderr + done.stdout


def test_an_exposure_just_after_midnight_carries_the_new_day(tmp_path: Path) -> None:
    # Patient 4 of this seed was examined at 23:59.
    patient = simulate_patient(20262, 3)
    assert patient.person.study_time.hour == 23
    write_film(tmp_path / "a.dcm", develop_film(patient), patient.person)

    ds = pydicom.dcmread(tmp_path / "a.dcm", stop_before_pixels=True)

    begun = datetime.strptime(ds.StudyDate + ds.StudyTime, "%Y%m%d%H%M%S")
    exposed = datetime.strptime(ds.AcquisitionDate + ds.AcquisitionTime, "%Y%m%d%H%M%S")
    assert (exposed - begun).total_seconds() == 95
