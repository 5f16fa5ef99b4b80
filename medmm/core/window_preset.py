"""Window presets by modality: what a user may offer for which kind of image."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from medmm.core.words import NOTHING, Words

# A window fits one detector and one exposure only; HU on a radiograph shows nothing.
WITHOUT_PRESETS = frozenset({"CR", "DX", "MG", "IO", "PX", "RG"})
# What the editor offers first; a file may name others.
USUAL_MODALITIES = ("CT", "MR", "PT", "NM", "US", "XA")
MOST_OF_NAME = 40
LEAST_WIDTH = 1e-6


@dataclass(frozen=True)
class WindowPreset:
    """A window with a name; its unit is that of the modality: HU for CT, SUV by body weight for PT."""

    name: str
    width: float
    level: float


# By modality, in the order of their digits.
Presets = Mapping[str, tuple[WindowPreset, ...]]


def why_not(name: str, width: float, level: float) -> Words:
    """Say what is wrong with a preset in one sentence; empty where nothing is."""
    if not name.strip():
        return Words("A preset needs a name.")
    if len(name) > MOST_OF_NAME:
        return Words("The name has {length} characters; at most {limit} fit.", length=len(name), limit=MOST_OF_NAME)
    if not (math.isfinite(width) and math.isfinite(level)):
        return Words("Width and level are finite numbers.")
    return NOTHING if width >= LEAST_WIDTH else Words("The width is {width:g}; it must be above 0.", width=width)


def to_presets(table: Mapping[str, object]) -> tuple[dict[str, tuple[WindowPreset, ...]], tuple[Words, ...]]:
    """Turn a table as TOML gives it into presets; second, what was left out and why, in sentences."""
    presets: dict[str, tuple[WindowPreset, ...]] = {}
    wrong: list[Words] = []
    for modality, entries in table.items():
        if modality.upper() in WITHOUT_PRESETS:
            wrong.append(
                Words(
                    "{modality} never has window presets; {n} were left out.",
                    modality=modality,
                    n=len(_listed(entries)),
                )
            )
            continue
        found = [_to_preset(modality, number, entry) for number, entry in enumerate(_listed(entries), start=1)]
        presets[modality.upper()] = tuple(one for one in found if isinstance(one, WindowPreset))
        wrong += [one for one in found if isinstance(one, Words)]
    return presets, tuple(wrong)


def _listed(entries: object) -> list[object]:
    return entries if isinstance(entries, list) else [entries]


def _to_preset(modality: str, number: int, entry: object) -> WindowPreset | Words:
    if not isinstance(entry, Mapping):
        return Words(
            "{modality}, entry {number}: name, width and level are needed; {entry!r} was found.",
            modality=modality,
            number=number,
            entry=entry,
        )
    name, width, level = entry.get("name"), entry.get("width"), entry.get("level")
    if not isinstance(name, str) or not _is_number(width) or not _is_number(level):
        return Words(
            "{modality}, entry {number}: a name, a width and a level are needed.", modality=modality, number=number
        )
    reason = why_not(name, float(width), float(level))  # type: ignore[arg-type]
    if reason:
        return Words("{modality}, entry {number}: {reason}", modality=modality, number=number, reason=reason)
    return WindowPreset(name, float(width), float(level))  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def to_table(presets: Presets) -> dict[str, object]:
    """Turn presets into a table for TOML."""
    return {modality: [*_entries(windows)] for modality, windows in presets.items()}


def _entries(windows: tuple[WindowPreset, ...]) -> Iterator[dict[str, object]]:
    for window in windows:
        yield {"name": window.name, "width": _short(window.width), "level": _short(window.level)}


def _short(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number
