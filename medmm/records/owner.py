"""Whose table it is: the identity columns, which must name one patient in every row."""

from __future__ import annotations

from collections import Counter

from medmm.core.errors import IdentityMismatch, InvalidRecord
from medmm.core.identity import PatientIdentity
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words, in_a_row
from medmm.records.cells import shown
from medmm.records.columns import Layout
from medmm.records.dates import dicom_date
from medmm.records.person_name import parse_sex, to_person_name
from medmm.records.rows import Table

MAX_LENGTH = 64  # the longest LO value (PS3.5 6.2)


ROLE_TITLES = {
    "patient_id": Words("patient id"),
    "patient_name": Words("patient name"),
    "birth_date": Words("birth date"),
    "sex": Words("sex"),
}


def read_owner(table: Table, layout: Layout) -> tuple[PatientIdentity, tuple[QualityNote, ...]]:
    """Read the identity columns; ids stay text, so leading zeros survive.

    Raises IdentityMismatch for rows of several ids or birth dates; InvalidRecord for several names or sexes, for rows
    without an id beside rows with one, and for an id longer than 64.
    """
    raw = {role: _one_value(table, layout, role) for role in ("patient_id", "patient_name", "birth_date", "sex")}
    patient_id = raw["patient_id"]
    if "patient_id" in layout.roles and not patient_id.strip():
        raise InvalidRecord(
            Words(
                "Vitals not used: the column {header!r} is empty in every row",
                header=table.header[layout.roles["patient_id"]],
            ),
            Words("Fill it in, or remove the column so that the table makes no claim."),
            table.path,
        )
    notes = [_spaces_note()] if patient_id != patient_id.strip() else []
    birth_date = dicom_date(raw["birth_date"])
    if raw["birth_date"].strip() and not birth_date:
        notes.append(_birth_date_note(raw["birth_date"]))
    identity = PatientIdentity(
        patient_id=patient_id.strip(),
        name=to_person_name(raw["patient_name"]),
        birth_date=birth_date,
        sex=parse_sex(raw["sex"]),
        source=f"vitals {table.path.name}",
    )
    return identity, tuple(notes)


def _one_value(table: Table, layout: Layout, role: str) -> str:
    if role not in layout.roles:
        return ""
    counts = Counter(row.cells[layout.roles[role]] for row in table.rows)
    what = ROLE_TITLES[role]
    longest = max(counts, key=len)
    if len(longest) > MAX_LENGTH:
        message = Words(
            "Vitals not used: a {what} has {n_longest:,} characters (at most {max_length})",
            what=what,
            n_longest=len(longest),
            max_length=MAX_LENGTH,
        )
        raise InvalidRecord(message, Words("Correct the column."), table.path)
    stated = {value.strip() for value in counts}
    if len(stated) > 1:
        shares = in_a_row(Words("{value} ({n} rows)", value=shown(value), n=n) for value, n in counts.most_common(3))
        message = Words(
            "Vitals not used: {name} holds rows of more than one {what}: {shares}",
            name=table.path.name,
            what=what,
            shares=shares,
        )
        # Two ids or two birth dates are two patients: that stops the case. A name may just be written in two ways.
        are_two = len(stated - {""}) > 1 and role in ("patient_id", "birth_date")
        trouble = IdentityMismatch if are_two else InvalidRecord
        raise trouble(message, Words("Keep the rows of this patient only."), table.path)
    return next(iter(counts))


def _spaces_note() -> QualityNote:
    text = Words("The patient id of the vitals table has spaces around it; they were left out of the comparison.")
    return QualityNote("id_spaces", text, Severity.WARNING, InputKind.VITALS)


def _birth_date_note(text: str) -> QualityNote:
    message = Words(
        "The birth date {text} of the vitals table has no single meaning and was not compared.", text=shown(text)
    )
    return QualityNote("birth_date_unreadable", message, Severity.WARNING, InputKind.VITALS)
