"""Who a piece of data says it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PatientIdentity:
    """Identity block of one source; an empty string means that the source is silent.

    name: DICOM PN form, e.g. "WANG^XIAOHONG=王^小红" (PS3.5 6.2); birth_date: YYYYMMDD; sex: M, F, O or "".
    source: where it was read, e.g. "images", "note note.txt", "vitals vitals.csv".
    """

    patient_id: str = ""
    name: str = ""
    birth_date: str = ""
    sex: str = ""
    source: str = ""


def display_name(name: str) -> str:
    """Write a DICOM person name for the screen: "WANG Xiaohong" style is not guessed, only ^ and = are spaced."""
    groups = [" ".join(part for part in group.split("^") if part) for group in name.split("=")]
    return " · ".join(group for group in groups if group)
