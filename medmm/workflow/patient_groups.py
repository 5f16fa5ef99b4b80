"""Whose is what, where one folder holds several patients: they are told apart, never merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from medmm.core.identity import PatientIdentity


class Owned(Protocol):
    """Anything that says whom it belongs to: a series, a note, a table."""

    @property
    def identity(self) -> PatientIdentity:
        """Who it belongs to."""
        ...


Thing = TypeVar("Thing", bound=Owned)


def is_same_patient(one: PatientIdentity, other: PatientIdentity) -> bool:
    """Tell whether PatientID, name and birth date are the same; a name may carry more component groups.

    What one is silent about must be confirmed by the ID; look-alikes (case, width, spaces) are never equal.
    """
    if one.patient_id != other.patient_id:
        return False
    is_confirmed = bool(one.patient_id)
    return (
        _agree(one.birth_date, other.birth_date, is_confirmed=is_confirmed)
        and _agree(one.sex, other.sex, is_confirmed=True)
        and (_agree(one.name, other.name, is_confirmed=is_confirmed) or _share_a_group(one.name, other.name))
    )


def is_surely_same_patient(one: PatientIdentity, other: PatientIdentity) -> bool:
    """Tell whether what lies in two places is one patient's: the ID must be stated ("Anonymized" is many people)."""
    return bool(one.patient_id) and is_same_patient(one, other)


def group_by_patient(series: Sequence[Thing]) -> list[list[Thing]]:
    """Part what belongs to different patients, each in the order found, the patient found first first.

    What names nobody belongs to the only patient there is; among several it stays alone.
    """
    named = [one for one in series if not is_nameless(one.identity)]
    nameless = [one for one in series if is_nameless(one.identity)]
    groups: list[list[Thing]] = []
    for one in named:
        fitting = [group for group in groups if all(is_same_patient(one.identity, each.identity) for each in group)]
        # Two that differ and both fit (an ID alone, for one): whose it is cannot be told.
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            groups.append([one])
    if len(groups) == 1 and nameless:
        return [list(series)]
    return [*groups, nameless] if nameless else groups


def owner_among(identity: PatientIdentity, patients: Sequence[PatientIdentity]) -> int | None:
    """Find whose a record is by its ID, or without one by name and birth date; None where that is not certain."""
    fitting = [
        place
        for place, patient in enumerate(patients)
        if (identity.patient_id and identity.patient_id == patient.patient_id)
        or (not identity.patient_id and is_same_person(identity, patient))
    ]
    return fitting[0] if len(fitting) == 1 else None


def is_same_person(one: PatientIdentity, other: PatientIdentity) -> bool:
    """Tell whether name and birth date are stated and the same, whatever the ID."""
    return bool(one.birth_date) and one.birth_date == other.birth_date and _share_a_group(one.name, other.name)


def is_nameless(identity: PatientIdentity) -> bool:
    """Tell whether something names no patient at all."""
    return not (identity.patient_id or identity.name or identity.birth_date)


def _agree(one: str, other: str, *, is_confirmed: bool) -> bool:
    # Silence agrees with anything, if the ID has already said who it is.
    return one == other or (is_confirmed and not (one and other))


def _share_a_group(one: str, other: str) -> bool:
    """Compare the alphabetic, ideographic and phonetic groups of two names (PS3.5 6.2.1): one in common is enough."""
    from medmm.records.person_name import name_words

    words = {name_words(group) for group in one.split("=") if group}
    return any(name_words(group) in words for group in other.split("=") if group)
