"""Documents come with the patient they belong to, in a survey and in an opening."""

from __future__ import annotations

from pathlib import Path

from medmm.core.case import Case, CaseSources
from medmm.core.document import DocumentKind
from medmm.workflow.import_table import import_rows
from medmm.workflow.open_case import open_case
from medmm.workflow.survey import survey
from tests.imaging.document_builders import make_reference, write_key_objects, write_report
from tests.workflow.patients_on_disk import write_film


def look(folder: Path) -> tuple[Case, ...]:
    return survey(CaseSources(folder), folder)


def test_reports_come_with_the_images_of_their_patient(tmp_path: Path) -> None:
    write_film(tmp_path, 1)
    write_report(tmp_path / "sr")
    write_key_objects(tmp_path / "ko", make_reference("1.2.9"))

    (case,) = look(tmp_path)

    assert [document.kind for document in case.documents] == [DocumentKind.KEY_OBJECTS, DocumentKind.REPORT]
    assert [row.cells for row in import_rows(case) if row.file in ("sr", "ko")] == [
        ("ko", "read as document", "For Teaching"),
        ("sr", "read as document", "Chest report"),
    ]
    assert case.documents == open_case(CaseSources(tmp_path)).documents


def test_a_report_of_another_patient_is_a_case_of_its_own(tmp_path: Path) -> None:
    write_film(tmp_path, 1)
    write_report(tmp_path / "sr", PatientID="P2", PatientName="OTHER^BEN", PatientBirthDate="19500505")

    first, second = look(tmp_path)

    assert (len(first.series), first.documents) == (1, ())
    assert (second.series, [document.title for document in second.documents]) == ((), ["Chest report"])
    assert (second.patient.patient_id, second.files) == ("P2", ("sr",))


def test_a_folder_of_reports_alone_is_a_case(tmp_path: Path) -> None:
    write_report(tmp_path / "sr")

    (case,) = look(tmp_path)

    assert (len(case.documents), case.patient.patient_id, case.skipped) == (1, "P1", ())
