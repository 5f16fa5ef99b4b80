"""In which order a reader looks at the images of a case, and when they were taken."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile

from medmm.core.image import MedicalImage, SeriesSummary, StudyHeader
from medmm.imaging.body_part import may_be_chest

PROJECTION = ("DX", "CR", "RG", "MG")
FRONTAL = {"PA": 0, "AP": 1}
STAMPS = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 10: "%Y%m%d%H", 8: "%Y%m%d"}


@dataclass(frozen=True)
class Moment:
    """A point in time; without a clock it is the end of that day."""

    time: datetime
    has_clock: bool


def image_time(image: MedicalImage) -> datetime | None:
    """Parse the time at which an image was taken; see `header_time`."""
    return header_time(image.header)


def header_time(header: StudyHeader) -> datetime | None:
    """Give the time of `header_moment` alone."""
    found = header_moment(header)
    return found.time if found else None


def header_moment(header: StudyHeader) -> Moment | None:
    """Parse acquisition or study time (DICOM DA, TM, DT: PS3.5 6.2); None where absent or malformed.

    A date without a clock time means the end of that day: what was measured on it still counts as before.
    """
    day_and_clock = header.study_date.replace(".", "") + header.study_time.replace(":", "")
    for text in (header.acquisition_datetime, day_and_clock, header.study_date.replace(".", "")):
        moment = _parse_stamp(text)
        if moment is not None:
            return moment
    return None


def _parse_stamp(text: str) -> Moment | None:
    # The form follows from the length: strptime alone reads 20241231 as the 2nd of January, 03:01.
    digits = "".join(takewhile("0123456789".__contains__, text.strip()))
    form = STAMPS.get(len(digits))
    if form is None:
        return None
    try:
        stamp = datetime.strptime(digits, form)
    except ValueError:
        return None
    if len(digits) == 8:
        return Moment(stamp.replace(hour=23, minute=59, second=59), has_clock=False)
    return Moment(stamp, has_clock=True)


def reading_order(image: MedicalImage | SeriesSummary) -> tuple[bool, bool, float, float, int, float, float, str]:
    """Sort key: projections first, those of the chest before others; of these the newest film, PA before AP.

    Of everything else the newest study comes first, and within it the lowest series number: a study is begun at its
    first series. Films of the chest taken at one time follow their study, and within it their number too.
    """
    header = image.header
    is_other = bool(header.modality) and header.modality not in PROJECTION
    is_chest = may_be_chest(header.body_part)
    taken, number = _age(header_time(header)), _number(header.series_number)
    study = _age(_study_time(header) or header_time(header))
    if is_other or not is_chest:
        return is_other, not is_chest, study, study, 0, number, taken, header.series_uid
    view = FRONTAL.get(header.view_position, 2)
    return is_other, not is_chest, taken, study, view, number, taken, header.series_uid


def _study_time(header: StudyHeader) -> datetime | None:
    return header_time(replace(header, acquisition_datetime=""))


def _age(moment: datetime | None) -> float:
    # No time zone, and dates from the year 1 on: `timestamp` of a naive time knows neither on every system.
    return -moment.replace(tzinfo=UTC).timestamp() if moment else math.inf


def _number(series_number: str) -> float:
    try:
        return int(series_number)
    except ValueError:
        return math.inf
