"""Units of vital signs: their spellings (UCUM and usual) and exact conversion to the canonical unit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "°C": ("cel", "c", "°c", "degc", "deg c", "celsius", "degrees c", "摄氏度"),
    "°F": ("[degf]", "degf", "f", "°f", "deg f", "fahrenheit", "degrees f", "华氏度"),
    "K": ("k", "kelvin"),
    "mmHg": ("mm[hg]", "mmhg", "mm hg", "mm_hg", "毫米汞柱"),
    "kPa": ("kpa", "千帕"),
    "%": ("%", "percent", "pct", "%o2", "%{o2}"),
    "fraction": ("1", "fraction", "ratio", "frac"),
    "/min": (
        "/min", "1/min", "min-1", "bpm", "beats/min", "breaths/min", "{beats}/min", "{breaths}/min", "per min",
        "per_min", "per minute", "brpm", "次/分", "次/分钟", "/分",
    ),
}  # fmt: skip
UNIT_BY_SPELLING = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}

# canonical value = factor * value + offset. 1 kPa = 7.500617 mmHg (conventional millimetre of mercury, 133.322 Pa).
CONVERSIONS: dict[str, dict[str, tuple[float, float]]] = {
    "temperature_c": {"°C": (1.0, 0.0), "°F": (5 / 9, -160 / 9), "K": (1.0, -273.15)},
    "heart_rate": {"/min": (1.0, 0.0)},
    "respiratory_rate": {"/min": (1.0, 0.0)},
    "spo2": {"%": (1.0, 0.0), "fraction": (100.0, 0.0)},
    "systolic_bp": {"mmHg": (1.0, 0.0), "kPa": (1000 / 133.322, 0.0)},
    "diastolic_bp": {"mmHg": (1.0, 0.0), "kPa": (1000 / 133.322, 0.0)},
}


@lru_cache(maxsize=256)
def find_unit(text: str) -> str:
    """Give our spelling of a unit ("[degF]" -> "°F"), empty for one that is not known."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return UNIT_BY_SPELLING.get(plain, "")


def is_unit_of(unit: str, sign: str) -> bool:
    """Tell whether a vital sign can be measured in a unit."""
    return unit in CONVERSIONS[sign]


def to_canonical(value: float, unit: str, sign: str) -> float:
    """Convert a value to the canonical unit of its vital sign, rounded to 1e-6."""
    factor, offset = CONVERSIONS[sign][unit]
    return round(factor * value + offset, 6)
