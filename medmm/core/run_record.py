"""How a result came about, in enough detail to bring it about again: versions, device, steps and what they gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from medmm.core.quality import InputKind
from medmm.core.words import Words

Parameter = str | int | float | bool | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step of the preparation of an input. code: for scripts; words: for readers, with the numbers in them."""

    code: str
    words: Words
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True)
class TensorFacts:
    """What reached the network of one input. sha256: of the values in C order; low, high, mean: of all of them."""

    shape: tuple[int, ...]
    dtype: str
    low: float
    high: float
    mean: float
    sha256: str


@dataclass(frozen=True)
class RunRecord:
    """How one result was made; the files and the bundle, each with its SHA-256, stand in the result itself.

    scored_at: UTC, ISO 8601; software: versions by name, MedMM and Python among them; machine: system, processor,
    device, precision and threads; settings: what the user chose that matters for the numbers; steps: of each input
    that was used, in their order; tensors: what came out of them.
    random: which step is random and its seed; scoring has none.
    """

    scored_at: str
    software: Mapping[str, str]
    machine: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[InputKind, tuple[Step, ...]] = field(default_factory=dict)
    tensors: Mapping[InputKind, TensorFacts] = field(default_factory=dict)
    random: str = "none"
