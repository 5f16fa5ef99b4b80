"""The patient and study line of the banner as plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.quality import InputKind, QualityNote
from ui.language import mark, tr

IdentityVerdict = Literal["ok", "unread", "silent", "conflict", "none"]
VERDICT_WORDS: dict[IdentityVerdict, str] = {
    "ok": mark("ok"),
    "unread": mark("unreadable"),
    "silent": mark("names nobody"),
    "conflict": mark("conflict"),
    "none": mark("none"),
}
VERDICT_REASONS: dict[IdentityVerdict, str] = {
    "ok": mark("What it says of the patient agrees with the rest of the case."),
    "unread": mark("Its header names this patient, but the pixels of the series shown cannot be read."),
    "silent": mark("It names no patient, so nothing tells whose it is."),
    "conflict": mark("It names another patient than the rest of the case."),
    "none": mark("There is none in this case."),
}
SEX_WORDS = {"M": mark("male"), "F": mark("female"), "O": mark("other sex")}
KINDS = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)


@dataclass(frozen=True)
class IdentityCheck:
    """Whether one kind of input is known to belong to this patient."""

    kind: InputKind
    verdict: IdentityVerdict


def patient_words(case: Case) -> str:
    """Say ID, birth date with age, and sex."""
    patient = case.patient
    parts = [f"ID {patient.patient_id}" if patient.patient_id else tr("no ID"), birth_words(case)]
    return "  ·  ".join(part for part in (*parts, tr(SEX_WORDS.get(patient.sex, patient.sex))) if part)


def birth_words(case: Case) -> str:
    """Write the birth date with the month in letters, and the age at the case's time."""
    born = dicom_date(case.patient.birth_date)
    if born is None:
        return ""
    words = date_words(born)
    if case.index_time is None:
        return words
    return tr("{date} ({age} y)").format(date=words, age=_age(born, case.index_time.date()))


def study_words(image: MedicalImage | SeriesSummary | None) -> str:
    """Say what was taken of what, when, under which accession number."""
    if image is None:
        return tr("no image")
    header = image.header
    taken = dicom_date(header.study_date)
    time = header.study_time
    clock = f"{time[:2]}:{time[2:4]}" if len(time) >= 4 and time[:4].isdigit() else ""
    when = " ".join(part for part in (date_words(taken) if taken else "", clock) if part)
    what = " ".join(part for part in (header.modality, header.body_part.lower(), header.view_position) if part)
    accession = tr("acc {number}").format(number=header.accession_number) if header.accession_number else ""
    return "  ·  ".join(part for part in (what, when, accession) if part)


def identity_checks(case: Case, *, is_image_unread: bool = False) -> tuple[IdentityCheck, ...]:
    """Judge each kind of input by the identity checks of the case; is_image_unread: its header is all that is known."""
    verdicts = {kind: _verdict(_identities(case, kind), kind, case.stop) for kind in KINDS}
    if is_image_unread and verdicts[InputKind.IMAGE] == "ok":
        verdicts[InputKind.IMAGE] = "unread"
    return tuple(IdentityCheck(kind, verdict) for kind, verdict in verdicts.items())


def dicom_date(text: str) -> date | None:
    """Read YYYYMMDD (PS3.5 6.2, VR DA); None for anything else."""
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()
    except ValueError:
        return None


def date_words(day: date) -> str:
    """Write a date that no reader can turn around: 3 Nov 2026."""
    return tr("{day} {month} {year}").format(day=day.day, month=tr(MONTHS[day.month - 1]), year=day.year)


# Not strftime("%b"): that follows the machine's language and would mix two in one line.
MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _identities(case: Case, kind: InputKind) -> list[PatientIdentity]:
    if kind is InputKind.IMAGE:
        return list(case.image_identities)
    if kind is InputKind.NOTE:
        return [note.identity for note in case.notes]
    return [table.identity for table in case.vitals]


def _verdict(identities: list[PatientIdentity], kind: InputKind, stop: QualityNote | None) -> IdentityVerdict:
    if not identities:
        return "none"
    if not all(identity.patient_id or identity.name for identity in identities):
        return "silent"
    return "conflict" if stop is not None and stop.kind in (None, kind) else "ok"
