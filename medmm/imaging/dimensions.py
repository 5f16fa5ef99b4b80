"""What tells frames or objects at one place apart: time, echo, b-value, cardiac phase; read and named."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from medmm.core.words import Words
from medmm.imaging.tags import Tags

# (keyword, value as text) in the order in which they are tried.
Values = tuple[tuple[str, str], ...]
Item = Callable[[str], Tags | None]

# Functional group and attribute (PS3.3 C.7.6.16.2, C.8.13.5, C.8.15.3).
FRAME_ATTRIBUTES = (
    ("FrameContentSequence", "TemporalPositionIndex"),
    ("MRDiffusionSequence", "DiffusionBValue"),
    ("MREchoSequence", "EffectiveEchoTime"),
    ("MRModifierSequence", "InversionTimes"),
    ("CardiacSynchronizationSequence", "NominalCardiacTriggerDelayTime"),
    ("MRImageFrameTypeSequence", "ComplexImageComponent"),
    ("MRImageFrameTypeSequence", "FrameType"),
    ("CTImageFrameTypeSequence", "FrameType"),
    ("CTReconstructionSequence", "ConvolutionKernel"),
    ("CTXRayDetailsSequence", "KVP"),
)
GRADIENT = "DiffusionGradientOrientation"
# Dimensions that say where a frame lies, not what it is.
PLACES = frozenset({"InStackPositionNumber", "ImagePositionPatient", "ImageOrientationPatient", "StackID"})
WORDS: dict[str, Callable[[str], Words]] = {
    "TemporalPositionIndex": lambda value: Words("time {value}", value=value),
    "TemporalPositionIdentifier": lambda value: Words("time {value}", value=value),
    "DiffusionBValue": lambda value: Words("b {value}", value=value),
    "EffectiveEchoTime": lambda value: Words("TE {value} ms", value=value),
    "EchoTime": lambda value: Words("TE {value} ms", value=value),
    "EchoNumbers": lambda value: Words("echo {value}", value=value),
    "InversionTimes": lambda value: Words("TI {value} ms", value=value),
    "InversionTime": lambda value: Words("TI {value} ms", value=value),
    "NominalCardiacTriggerDelayTime": lambda value: Words("trigger {value} ms", value=value),
    "TriggerTime": lambda value: Words("trigger {value} ms", value=value),
    "AcquisitionNumber": lambda value: Words("acquisition {value}", value=value),
    "AcquisitionTime": lambda value: Words("at {value}", value=value),
    "SeriesTime": lambda value: Words("at {value}", value=value),
    "ConvolutionKernel": lambda value: Words("kernel {value}", value=value),
    "KVP": lambda value: Words("{value} kV", value=value),
    "StackID": lambda value: Words("stack {value}", value=value),
    GRADIENT: lambda value: Words("gradient {value}", value=value),
}
CLOCK_TIMES = frozenset({"AcquisitionTime", "SeriesTime"})


def read_frame_values(item: Item, names: tuple[str, ...]) -> Values:
    """Read what a frame is: item gives its functional groups, names are those of the object's dimensions."""
    found = [(attribute, _text(item(group), attribute)) for group, attribute in FRAME_ATTRIBUTES]
    diffusion = item("MRDiffusionSequence")
    direction = diffusion.first_item("DiffusionGradientDirectionSequence") if diffusion else None
    found.append((GRADIENT, _text(direction, GRADIENT)))
    content = item("FrameContentSequence")
    indices = content.numbers("DimensionIndexValues") if content else ()
    known = {name for name, _ in found} | PLACES
    found += [(name, f"{index:g}") for name, index in zip(names, indices, strict=False) if name not in known]
    return tuple(found)


def read_stack_id(item: Item) -> str:
    """Read which stack a frame belongs to."""
    return _text(item("FrameContentSequence"), "StackID")


def read_dimension_names(tags: Tags) -> tuple[str, ...]:
    """Name the dimensions of a multi-frame object in the order of its index values (PS3.3 C.7.6.17)."""
    return tuple(_name(item, place) for place, item in enumerate(tags.items("DimensionIndexSequence"), start=1))


def name_value(keyword: str, value: str) -> str:
    """Write a value so that a reader knows what it is: "b 1000", "TE 80 ms", "time 3"; Words but for the file's own."""
    if keyword in ("FrameType", "ImageType"):
        return " ".join(part for part in value.lower().split("\\")[2:] if part) or value.lower()
    if keyword == "ComplexImageComponent":
        return value.lower()
    if keyword in CLOCK_TIMES and len(value) >= 6:
        value = f"{value[:2]}:{value[2:4]}:{value[4:6]}"
    digits = 2 if keyword == GRADIENT else 6
    shown = "/".join(_short(part, digits) for part in value.split("\\")) or Words("not stated")
    if keyword in WORDS:
        return WORDS[keyword](shown)
    return Words("{keyword} {value}", keyword=keyword, value=shown)


def order_key(value: str) -> tuple[bool, float, str]:
    """Sort numbers as numbers, before words."""
    try:
        return False, float(value.split("\\")[0]), value
    except ValueError:
        return True, 0.0, value


def _short(value: str, digits: int) -> str:
    try:
        return f"{float(value):.{digits}g}"
    except ValueError:
        return value


def _text(item: Tags | None, keyword: str) -> str:
    return item.text(keyword) if item is not None else ""


def _name(item: Tags, place: int) -> str:
    pointer = item.value("DimensionIndexPointer")
    label = item.text("DimensionDescriptionLabel")
    return (_keyword(int(pointer)) if pointer is not None else "") or label or f"dimension {place}"


@lru_cache
def _keyword(tag: int) -> str:
    from pydicom.datadict import keyword_for_tag

    return str(keyword_for_tag(tag))
