"""What was found in a patient folder, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medmm.core.case import Case
from medmm.core.document import Document
from medmm.core.identity import display_name
from medmm.core.image import MedicalImage
from medmm.core.record import VITAL_SIGNS, ClinicalNote, Vitals
from medmm.core.recording import Recording


def describe_case(case: Case) -> dict[str, Any]:
    """Give the `medmm.info/1` document of a case."""
    return {
        "schema": "medmm.info/1",
        "patient": {
            "patient_id": case.patient.patient_id,
            "name": case.patient.name,
            "birth_date": case.patient.birth_date,
            "sex": case.patient.sex,
        },
        "index_time": case.index_time.isoformat() if case.index_time else "",
        "series": [_describe_image(image) for image in case.images],
        "notes": [_describe_note(note) for note in case.notes],
        "vitals": [_describe_vitals(table) for table in case.vitals],
        "audio": [_describe_recording(sound) for sound in case.audio],
        "documents": [_describe_document(document) for document in case.documents],
        "inputs": [
            {
                "kind": file.kind.value,
                "path": file.path,
                "sha256": file.sha256,
                "sop_instance_uid": file.sop_instance_uid,
            }
            for file in case.inputs
        ],
        "checks": [{"code": c.code, "severity": c.severity.value, "message": c.message} for c in case.checks],
        "skipped": [{"path": s.path.name, "code": s.code, "reason": s.reason} for s in case.skipped],
        "research_use_only": True,
    }


def _describe_image(image: MedicalImage) -> dict[str, Any]:
    rows, cols = image.size
    header = image.header
    return {
        "series_uid": header.series_uid,
        "modality": header.modality,
        "view_position": header.view_position,
        "body_part": header.body_part,
        "study_date": header.study_date,
        "description": header.series_description,
        "slices": image.n_slices,
        "rows": rows,
        "cols": cols,
        "notes": [note.message for note in image.notes],
    }


def _describe_note(note: ClinicalNote) -> dict[str, Any]:
    return {
        "path": note.path.name,
        "characters": len(note.text),
        "encoding": note.encoding,
        "language": note.language,
        "sections": [section.name for section in note.sections],
    }


def _describe_vitals(table: Vitals) -> dict[str, Any]:
    return {
        "path": table.path.name,
        "measurements": {sign.name: len(table.of(sign.name)) for sign in VITAL_SIGNS},
        "not_plausible": sum(not m.is_plausible for m in table.measurements),
    }


def _describe_recording(sound: Recording) -> dict[str, Any]:
    return {
        "path": sound.path.name,
        "seconds": round(sound.seconds, 3),
        "rate_hz": sound.rate_hz,
        "channels": sound.n_channels,
        "notes": [note.message for note in sound.notes],
    }


def _describe_document(document: Document) -> dict[str, Any]:
    return {
        "path": document.path.name,
        "kind": document.kind.value,
        "title": document.title,
        "modality": document.header.modality,
        "written": document.written,
    }


def inventory_lines(case: Case) -> Iterator[str]:
    """Say in a line each what was found."""
    patient = case.patient
    yield f"{display_name(patient.name) or 'name not stated'}   ID {patient.patient_id or 'not stated'}"
    for image in case.images:
        rows, cols = image.size
        header = image.header
        what = " ".join(word for word in (header.modality or "image", header.body_part, header.view_position) if word)
        size = f"{image.n_slices} x {rows} x {cols}"
        yield f"image  {what}  {size}  {header.study_date}  {header.series_description}".rstrip()
    for note in case.notes:
        sections = ", ".join(section.name for section in note.sections) or "no sections found"
        facts = f"{len(note.text)} characters, {note.encoding}, {note.language or 'language not found'}"
        yield f"note   {note.path.name}  {facts}: {sections}"
    for table in case.vitals:
        counts = ", ".join(f"{sign.title} {len(table.of(sign.name))}" for sign in VITAL_SIGNS if table.of(sign.name))
        yield f"vitals {table.path.name}  {counts}"
    for sound in case.audio:
        channels = "" if sound.n_channels == 1 else f", {sound.n_channels} channels"
        yield f"audio  {sound.path.name}  {sound.seconds:.1f} s, {sound.rate_hz} Hz{channels}"
    for document in case.documents:
        kind = document.kind.value.replace("_", " ")
        yield f"document {document.path.name}  {kind}  {document.written}  {document.title}".rstrip()
