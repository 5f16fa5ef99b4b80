"""Which series of a patient is shown first, and how a case with pixels becomes one with series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from medmm.core.case import Case
from medmm.core.image import MedicalImage, SeriesSummary
from medmm.workflow.order import reading_order
from ui.state.patient import Patient
from ui.state.series_store import SeriesStore


def first_series(series: Sequence[SeriesSummary]) -> SeriesSummary | None:
    """Give what a reader looks at first: the newest film of the chest before anything else."""
    return min(series, key=reading_order, default=None)


def is_better(one: SeriesSummary, shown: SeriesSummary) -> bool:
    """Tell whether a series is so much more what a reader wants that one shown by itself should make room.

    A survey that goes on finds more of the same all the time: that alone is no reason to change the picture.
    """
    if one.header.study_uid == shown.header.study_uid:
        return reading_order(one)[:2] < reading_order(shown)[:2]
    return reading_order(one)[:4] < reading_order(shown)[:4]


def has_grown(patient: Patient | None, found: Case) -> bool:
    """Tell whether a survey that goes on has news about a patient."""
    if patient is None:
        return False
    known, now = ([(one.key, len(one.paths)) for one in series] for series in (patient.series, found.series))
    return known != now or patient.identity != found.patient


def listed(case: Case, pixels: SeriesStore) -> Case:
    """Give a case with its series; pixels that it brings along are kept as if they had been read one by one."""
    if case.series or not case.images:
        return case
    series = tuple(summary_of(image) for image in case.images)
    for summary, image in zip(series, case.images, strict=True):
        pixels.put(summary.key, image)
    return replace(case, series=series)


def summary_of(image: MedicalImage) -> SeriesSummary:
    """Describe an image that was read as the survey would have."""
    rows, cols = image.size
    first_of_path = {instance.path: instance for instance in reversed(image.instances)}
    files = [first_of_path[path] for path in dict.fromkeys(instance.path for instance in image.instances)]
    return SeriesSummary(
        header=image.header,
        identity=image.identity,
        paths=tuple(file.path for file in files),
        n_frames=image.n_slices,
        rows=rows,
        cols=cols,
        notes=image.notes,
        n_bytes=image.stored.nbytes,
        uids=tuple(file.sop_instance_uid for file in files),
        numbers=tuple(file.instance_number for file in files),
    )
