"""A finding that no single input can tell: the film and the note disagree about a pacemaker.

Film and note have a device each with DEVICE_SHARE, independently; the finding is "exactly one of the two has it", told
wrongly with WRONG_SHARE. So the best possible classifier of every subset of inputs is known in closed form, and a
fusion that only adds up what each input says alone cannot reach it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import product

import numpy as np

from medmm.core.quality import InputKind
from medmm.simulate.device import draw_device
from medmm.simulate.patient import SimulatedPatient
from medmm.simulate.streams import open_stream

FINDING = "device_mismatch"
DEVICE_SHARE, WRONG_SHARE = 0.3, 0.03
SENTENCES = {
    "en": ("Devices: permanent pacemaker in place.", "Devices: none."),
    "zh": ("植入物：永久起搏器。", "植入物：无。"),
}


def plant_device(patient: SimulatedPatient, *, seed: int, index: int) -> tuple[SimulatedPatient, bool]:
    """Give the patient a device on film, in the note, in both or in none; and whether the finding is present."""
    rng = open_stream(seed, index, "planted device")
    on_film, in_note = bool(rng.random() < DEVICE_SHARE), bool(rng.random() < DEVICE_SHARE)
    is_present = (on_film != in_note) != bool(rng.random() < WRONG_SHARE)
    device = draw_device(rng) if on_film else None
    said, denied = SENTENCES[patient.person.language]
    note = f"{patient.note.rstrip()}\n\n{said if in_note else denied}\n"
    return replace(patient, device=device, note=note), is_present


def bayes_auroc(inputs: Collection[InputKind]) -> float:
    """Give the AUROC of the best possible classifier that is given these inputs."""
    seen = (InputKind.IMAGE in inputs, InputKind.NOTE in inputs)
    cells: dict[tuple[bool, ...], list[float]] = {}
    for devices in product((False, True), repeat=2):
        weight = float(np.prod([DEVICE_SHARE if device else 1 - DEVICE_SHARE for device in devices]))
        chance = 1 - WRONG_SHARE if devices[0] != devices[1] else WRONG_SHARE
        cell = cells.setdefault(tuple(d for d, is_seen in zip(devices, seen, strict=True) if is_seen), [0.0, 0.0])
        cell[0] += weight * (1 - chance)
        cell[1] += weight * chance
    ordered = sorted(cells.values(), key=lambda cell: cell[1] / (cell[0] + cell[1]))
    negative, positive = np.array(ordered).T
    below = np.cumsum(negative) - negative
    return float((positive * (below + negative / 2)).sum() / (negative.sum() * positive.sum()))
