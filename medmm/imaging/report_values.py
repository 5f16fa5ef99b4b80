"""The value of one content item of a structured report as text, by its value type (PS3.3 table C.17.3-1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from medmm.core.document import ObjectReference
from medmm.core.identity import display_name
from medmm.core.words import Words
from medmm.imaging.coded import NO_CODE, Code, read_code, read_references
from medmm.imaging.tags import Tags

# Coordinates beyond this say nothing to a reader.
MAX_POINTS = 60
# PS3.5 6.2, VR DT: the fraction of a second is of no use to a reader.
MOMENT = re.compile(r"(?P<date>[0-9]{8})(?P<time>(?:[0-9]{2}){1,3})?(?:\.[0-9]+)?(?P<zone>[+-][0-9]{4})?")


@dataclass(frozen=True)
class ItemValue:
    """What an item says; trouble: what is missing in it."""

    text: str = ""
    code: Code = NO_CODE
    references: tuple[ObjectReference, ...] = ()
    trouble: tuple[Words, ...] = ()


def read_value(tags: Tags) -> ItemValue:
    """Read an item's value; an unknown or missing value type is told as trouble and what can be read is read."""
    target = tags.numbers("ReferencedContentItemIdentifier")
    if target:
        # By reference: the item stands elsewhere in the tree (PS3.3 C.17.3.2.5).
        return ItemValue(Words("see item {position}", position=".".join(f"{int(number)}" for number in target)))
    value_type = tags.text("ValueType").upper()
    read = READERS.get(value_type)
    if read is not None:
        return read(tags)
    trouble = (
        Words("unknown value type {value_type!r}", value_type=value_type) if value_type else Words("no value type")
    )
    guess = next((value for guess in _GUESSES if (value := guess(tags)).text), ItemValue())
    return ItemValue(guess.text, guess.code, guess.references, (trouble,))


def to_clock(value: str) -> str:
    """Write a DICOM date, time or both with separators; anything else stays as it is."""
    found = MOMENT.fullmatch(value)
    if found is None:
        return value
    date, time, zone = found["date"], found["time"] or "", found["zone"] or ""
    clock = ":".join(time[at : at + 2] for at in range(0, len(time), 2))
    return " ".join(part for part in (f"{date[:4]}-{date[4:6]}-{date[6:]}", clock, zone) if part)


def _plain(keyword: str) -> Callable[[Tags], ItemValue]:
    return lambda tags: _stated(tags.text(keyword), keyword)


def _stated(text: str, keyword: str) -> ItemValue:
    return ItemValue(text, trouble=() if text else (Words("{keyword} is empty", keyword=keyword),))


def _date(tags: Tags) -> ItemValue:
    return _stated(to_clock(tags.text("Date")), "Date")


def _time(tags: Tags) -> ItemValue:
    value = tags.text("Time")
    digits, _, fraction = value.partition(".")
    if not (digits.isdigit() and len(digits) in (2, 4, 6)):
        return _stated(value, "Time")
    clock = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return ItemValue(f"{clock}.{fraction}" if fraction else clock)


def _date_time(tags: Tags) -> ItemValue:
    return _stated(to_clock(tags.text("DateTime")), "DateTime")


def _person(tags: Tags) -> ItemValue:
    return _stated(display_name(tags.text("PersonName")), "PersonName")


def _code(tags: Tags) -> ItemValue:
    code = read_code(tags, "ConceptCodeSequence")
    return replace(_stated(code.text, "ConceptCodeSequence"), code=code)


def _number(tags: Tags) -> ItemValue:
    measured = tags.first_item("MeasuredValueSequence")
    qualifier = read_code(tags, "NumericValueQualifierCodeSequence")
    if measured is None or not measured.text("NumericValue"):
        # Allowed: a number that could not be measured says why (PS3.3 C.18.1).
        return ItemValue(qualifier.text or Words("no value"), qualifier)
    unit = read_code(measured, "MeasurementUnitsCodeSequence")
    words = (measured.text("NumericValue"), unit_text(unit), f"({qualifier.text})" if qualifier.text else "")
    return ItemValue(" ".join(word for word in words if word), unit)


def unit_text(unit: Code) -> str:
    """Write a unit as it stands behind a number: the UCUM code, or its words where the code is the mere 1."""
    if unit.value != "1":
        return unit.value or unit.meaning
    return "" if unit.meaning.casefold() in ("", "1", "no units", "unity", "unit") else unit.meaning


def _objects(tags: Tags) -> ItemValue:
    items = tags.items("ReferencedSOPSequence")
    # An image may bring the presentation state that it is to be seen through (PS3.3 C.18.4).
    references = (*read_references(tags), *(state for item in items for state in read_references(item)))
    channels = tuple(number for item in items for number in item.numbers("ReferencedWaveformChannels"))
    text = f"channels {_pairs(channels)}" if channels else ""
    return ItemValue(text, references=references, trouble=() if references else (Words("no object is named"),))


def _shape(tags: Tags) -> ItemValue:
    """Write a graphic with its points: column, row in pixels; x, y, z in mm for a 3-D one (PS3.3 C.18.6, C.18.9)."""
    is_3d = tags.text("ValueType").upper() == "SCOORD3D"
    points = tags.numbers("GraphicData")
    step = 3 if is_3d else 2
    shown = [points[at : at + step] for at in range(0, min(len(points), step * MAX_POINTS), step)]
    text = " ".join(f"({', '.join(f'{number:g}' for number in point)})" for point in shown)
    more = f" … {len(points) // step} points" if len(points) > step * MAX_POINTS else ""
    return _stated(f"{tags.text('GraphicType')} {text}{more}".strip(), "GraphicData")


def _time_range(tags: Tags) -> ItemValue:
    samples, offsets = tags.numbers("ReferencedSamplePositions"), tags.numbers("ReferencedTimeOffsets")
    parts = [tags.text("TemporalRangeType")]
    parts += [f"samples {', '.join(f'{number:g}' for number in samples)}"] * bool(samples)
    parts += [", ".join(f"{number:g} s" for number in offsets)] * bool(offsets)
    parts += [to_clock(moment) for moment in tags.text("ReferencedDateTime").split("\\")]
    return _stated(" ".join(part for part in parts if part), "TemporalRangeType")


def _pairs(numbers: tuple[float, ...]) -> str:
    # Multiplex group and channel (PS3.3 C.18.5.1.1).
    pairs = zip(numbers[: 2 * MAX_POINTS : 2], numbers[1 : 2 * MAX_POINTS : 2], strict=False)
    return ", ".join(f"{group:g}/{channel:g}" for group, channel in pairs)


def _container(_tags: Tags) -> ItemValue:
    return ItemValue()


READERS: dict[str, Callable[[Tags], ItemValue]] = {
    "CONTAINER": _container,
    "TEXT": _plain("TextValue"),
    "DATE": _date,
    "TIME": _time,
    "DATETIME": _date_time,
    "PNAME": _person,
    "UIDREF": _plain("UID"),
    "CODE": _code,
    "NUM": _number,
    "IMAGE": _objects,
    "COMPOSITE": _objects,
    "WAVEFORM": _objects,
    "SCOORD": _shape,
    "SCOORD3D": _shape,
    "TCOORD": _time_range,
}
_GUESSES = (_plain("TextValue"), _code, _person, _plain("UID"), _shape)
