"""The factor from Bq/ml to SUV by body weight (PS3.3 C.8.9.1; QIBA, "SUV Calculation", vendor-neutral pseudo-code)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from medmm.core.quality import InputKind, QualityNote
from medmm.core.words import NOTHING, Words
from medmm.imaging.tags import Tags

GRAMS_PER_KG = 1000.0
# A dose that has decayed this often is a wrong date, not a scan.
MOST_HALF_LIVES = 10
DAY = timedelta(days=1)
_MOMENT = re.compile(r"(\d{8})(\d{2})(\d{2})?(\d{2})?(?:\.(\d{1,6}))?([+-]\d{4})?")


@dataclass(frozen=True)
class SuvScale:
    """factor: SUVbw of one modality unit, None where it cannot be computed; missing: why not, in words."""

    factor: float | None = None
    missing: Words = NOTHING


@dataclass(frozen=True)
class _Injection:
    weight_kg: float
    dose_bq: float
    half_life_s: float


def read_suv(tags: Tags) -> SuvScale:
    """Find the factor for a PET image; every attribute that the formula needs must be stated and not 0."""
    units = tags.text("Units").upper()
    if units == "GML":
        # Already divided by the body: by its weight unless another type is named (PS3.3 C.8.9.1.1.5).
        kind = tags.text("SUVType").upper()
        return (
            SuvScale(1.0)
            if kind in ("", "BW")
            else SuvScale(missing=Words("the values are SUV of type {kind}", kind=kind))
        )
    if units != "BQML":
        return SuvScale(missing=Words("Units is {units}", units=units or Words("not stated")))
    corrected = tags.text("CorrectedImage").upper().split("\\")
    correction = tags.text("DecayCorrection").upper()
    if not {"DECY", "ATTN"} <= set(corrected) or correction not in ("START", "ADMIN"):
        return SuvScale(missing=Words("decay or attenuation is not corrected"))
    injected = _injection(tags)
    if isinstance(injected, SuvScale):
        return injected
    if correction == "ADMIN":
        return SuvScale(injected.weight_kg * GRAMS_PER_KG / injected.dose_bq)
    return _decayed(tags, injected)


def suv_notes(suv: SuvScale) -> tuple[QualityNote, ...]:
    """Say why a PET image has no SUV."""
    if not suv.missing:
        return ()
    return (
        QualityNote(
            "suv_missing", Words("SUV cannot be computed: {missing}.", missing=suv.missing), kind=InputKind.IMAGE
        ),
    )


def _injection(tags: Tags) -> _Injection | SuvScale:
    drug = tags.first_item("RadiopharmaceuticalInformationSequence") or Tags({})
    needed = {
        "PatientWeight": tags.number("PatientWeight"),
        "RadionuclideTotalDose": drug.number("RadionuclideTotalDose"),
        "RadionuclideHalfLife": drug.number("RadionuclideHalfLife"),
    }
    for keyword, value in needed.items():
        if value is None or value <= 0:
            return SuvScale(missing=Words("{keyword} is not stated", keyword=keyword))
    weight, dose, half_life = (value or 0.0 for value in needed.values())
    return _Injection(weight, dose, half_life)


def _decayed(tags: Tags, injected: _Injection) -> SuvScale:
    scan = _scan_start(tags, injected.half_life_s)
    if scan is None:
        return SuvScale(missing=Words("the time of the scan is not stated"))
    start = _injection_time(tags, scan)
    if start is None:
        return SuvScale(missing=Words("the time of the injection is not stated"))
    seconds = _seconds_between(start, scan)
    if not 0 <= seconds <= MOST_HALF_LIVES * injected.half_life_s:
        return SuvScale(missing=Words("the injection lies {hours:.1f} hours before the scan", hours=seconds / 3600))
    dose = injected.dose_bq * 2 ** (-seconds / injected.half_life_s)
    return SuvScale(injected.weight_kg * GRAMS_PER_KG / dose)


def _scan_start(tags: Tags, half_life_s: float) -> datetime | None:
    """Give the time that decay was corrected to: the series' start, unless a later step has changed that time."""
    series, acquired = _time_of(tags, "Series"), _time_of(tags, "Acquisition")
    if series is not None and (acquired is None or _seconds_between(series, acquired) >= 0):
        return series
    offset_ms, frame_ms = tags.number("FrameReferenceTime"), tags.number("ActualFrameDuration")
    if acquired is None or not offset_ms or not frame_ms or offset_ms <= 0 or frame_ms <= 0:
        return None
    # Back from the moment of the frame's average count rate, which FrameReferenceTime states.
    decay = math.log(2) / half_life_s
    in_frame = decay * frame_ms / 1000
    average_s = math.log(in_frame / (1 - math.exp(-in_frame))) / decay
    return acquired + timedelta(seconds=average_s - offset_ms / 1000)


def _injection_time(tags: Tags, scan: datetime) -> datetime | None:
    drug = tags.first_item("RadiopharmaceuticalInformationSequence") or Tags({})
    whole = _moment(drug.text("RadiopharmaceuticalStartDateTime"), tags.text("TimezoneOffsetFromUTC"))
    if whole is not None:
        return whole
    # A time alone is of the day of the scan, or of the day before when the scan ran past midnight.
    start = _moment(f"{scan:%Y%m%d}{drug.text('RadiopharmaceuticalStartTime')}", tags.text("TimezoneOffsetFromUTC"))
    if start is None:
        return None
    return start - DAY if _seconds_between(start, scan) < 0 else start


def _time_of(tags: Tags, what: str) -> datetime | None:
    return _moment(tags.text(f"{what}Date") + tags.text(f"{what}Time"), tags.text("TimezoneOffsetFromUTC"))


def _moment(text: str, offset: str) -> datetime | None:
    """Read a DT, or a DA and a TM joined; a zone in the text outranks the data set's (PS3.3 C.12.1.1.8)."""
    found = _MOMENT.fullmatch(text.replace(":", ""))
    if found is None:
        return None
    date, hour, minute, second, fraction, own = found.groups()
    try:
        moment = datetime.strptime(f"{date}{hour}{minute or '00'}{second or '00'}", "%Y%m%d%H%M%S")
    except ValueError:
        return None
    moment += timedelta(microseconds=int((fraction or "0").ljust(6, "0")))
    return moment.replace(tzinfo=_zone(own or offset))


def _zone(offset: str) -> timezone | None:
    # "-0330" is three and a half hours behind: the sign counts for the minutes as well.
    if not re.fullmatch(r"[+-](0\d|1[0-4])[0-5]\d", offset):
        return None
    minutes = int(offset[1:3]) * 60 + int(offset[3:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _seconds_between(start: datetime, end: datetime) -> float:
    if start.tzinfo is None or end.tzinfo is None:
        # Only one names its zone: both clocks hung in the same department.
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    return (end - start).total_seconds()
