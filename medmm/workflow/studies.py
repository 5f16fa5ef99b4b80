"""Order what is opened as a reader thinks of it: studies with their series, newest first, and which one is a prior."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary
from medmm.imaging.body_part import may_be_chest
from medmm.workflow.patient_groups import is_surely_same_patient

PROJECTIONS = frozenset({"CR", "DX", "RG"})


@dataclass(frozen=True)
class Study:
    """The series of one examination, in the order of their numbers."""

    uid: str
    series: tuple[SeriesSummary, ...]

    @property
    def identity(self) -> PatientIdentity:
        """Whose study it is."""
        return self.series[0].identity

    @cached_property
    def date(self) -> str:
        """Study date as YYYYMMDD, empty where it is not stated."""
        return next((one.header.study_date for one in self.series if one.header.study_date), "").replace(".", "")

    @cached_property
    def time(self) -> str:
        """Study time as HHMMSS, empty where it is not stated."""
        return next((one.header.study_time for one in self.series if one.header.study_time), "")

    @property
    def description(self) -> str:
        """Study description, or what the body part says."""
        stated = next((one.header.study_description for one in self.series if one.header.study_description), "")
        return stated or next((one.header.body_part for one in self.series if one.header.body_part), "")

    @property
    def accession_number(self) -> str:
        """Accession number of the first series that states one."""
        return next((one.header.accession_number for one in self.series if one.header.accession_number), "")

    @property
    def modalities(self) -> tuple[str, ...]:
        """The modalities in it, in the order of its series."""
        return tuple(dict.fromkeys(one.header.modality for one in self.series if one.header.modality))


def studies_of(series: Iterable[SeriesSummary]) -> tuple[Study, ...]:
    """Gather series into studies, the newest first; what states no date comes last."""
    by_uid: dict[str, list[SeriesSummary]] = {}
    for one in series:
        by_uid.setdefault(one.header.study_uid, []).append(one)
    studies = [Study(uid, tuple(sorted(group, key=_series_order))) for uid, group in by_uid.items()]
    # Two stable sorts: by UID for a fixed order, then by time, newest first.
    return tuple(sorted(sorted(studies, key=lambda one: one.uid), key=_moment, reverse=True))


def priors_of(current: Study, others: Sequence[Study]) -> tuple[Study, ...]:
    """Give the earlier studies of the same patient and body region among all that are open, newest first."""
    found = [other for other in others if is_prior(other, current)]
    return tuple(sorted(found, key=_moment, reverse=True))


def is_prior(study: Study, current: Study) -> bool:
    """Tell whether a study is an earlier one to compare the current one with.

    Same patient (the ID must be stated), an earlier day or hour, and the same body part; where one of the two names
    no body part, the same kind of modality.
    """
    if study.uid == current.uid:
        return False
    is_earlier = bool(study.date) and _moment(study) < _moment(current)
    return is_earlier and is_surely_same_patient(study.identity, current.identity) and _is_comparable(study, current)


def _is_comparable(one: Study, other: Study) -> bool:
    first, second = _body_parts(one), _body_parts(other)
    if first and second:
        return bool(first & second)
    return bool(_kinds(one) & _kinds(other))


def _body_parts(study: Study) -> set[str]:
    stated = {series.header.body_part.strip().upper() for series in study.series} - {""}
    return {"CHEST" if may_be_chest(part) else part for part in stated}


def _kinds(study: Study) -> set[str]:
    return {"projection" if modality in PROJECTIONS else modality for modality in study.modalities}


def _moment(study: Study) -> tuple[str, str]:
    return study.date, study.time


def _series_order(series: SeriesSummary) -> tuple[bool, int, str]:
    number = series.header.series_number.strip()
    is_number = number.lstrip("-").isdigit()
    return not is_number, int(number) if is_number else 0, number
