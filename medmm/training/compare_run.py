"""A comparison from its training config: encoders one by one, then the table, kept line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.training.comparison import Cohort, ComparisonRow, Sizes, compare_fusions
from medmm.training.config import TrainingConfig
from medmm.training.embed import Embedded, embed_alone
from medmm.training.fit import check_names, list_patients
from medmm.training.patients import PatientRow

TABLE = "comparison.csv"
PART_OF_CONFIG = {
    InputKind.IMAGE: "image",
    InputKind.NOTE: "text",
    InputKind.VITALS: "vitals",
    InputKind.AUDIO: "audio",
}


@dataclass(frozen=True)
class Choices:
    """What to compare: encoders by input, and fusions."""

    encoders: Mapping[InputKind, Sequence[str]]
    fusions: Sequence[str]


def compare(
    config: TrainingConfig,
    choices: Choices,
    *,
    cohort: Path,
    out: Path,
    progress: Progress,
    cancel: CancelToken,
) -> tuple[ComparisonRow, ...]:
    """Compare on a folder of patients with truth.csv; writes comparison.csv below `out` and gives its lines.

    Encoders that were trained before are read from `out`. Raises as `fit`.
    """
    torch.set_num_threads(config.threads)
    configs = {kind: [_alone(config, kind, encoder) for encoder in choices.encoders[kind]] for kind in config.inputs}
    for each in (config, *(alone for chosen in configs.values() for alone in chosen)):
        check_names(each)
    rows = [row for row in list_patients(config, cohort, Path()) if row.part in ("train", "validation", "test")]
    found = {
        kind: [embed_alone(alone, rows, out, progress=progress, cancel=cancel) for alone in chosen]
        for kind, chosen in configs.items()
    }
    spec = _sizes(config)
    lines: list[ComparisonRow] = []
    n_lines = len(choices.fusions) * int(np.prod([len(each) for each in found.values()]))
    for line in compare_fusions(
        spec, found, _cohort(rows), choices.fusions, samples=config.bootstrap, seed=config.seed
    ):
        cancel.raise_if_set()
        lines.append(line)
        progress(len(lines), n_lines, f"comparing: {line.fusion} {line.auroc.value:.3f}")
    (out / TABLE).write_text(comparison_csv(lines, found), encoding="utf-8")
    return tuple(lines)


def comparison_csv(lines: Sequence[ComparisonRow], found: Mapping[InputKind, Sequence[Embedded]]) -> str:
    """Write the lines, best first; seconds_encoders: to train and embed the encoders of the line."""
    kinds = list(found)
    spent = {(each.kind, each.encoder): each.seconds for chosen in found.values() for each in chosen}
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow([*(kind.value for kind in kinds), "fusion", "auroc", "low", "high", "seconds", "seconds_encoders"])
    for line in sorted(lines, key=lambda line: -line.auroc.value):
        encoders = [line.encoders[kind] for kind in kinds]
        numbers = (line.auroc.value, line.auroc.low, line.auroc.high)
        time_taken = sum(spent[kind, line.encoders[kind]] for kind in kinds)
        table.writerow(
            [*encoders, line.fusion, *(f"{n:.4f}" for n in numbers), f"{line.seconds:.1f}", f"{time_taken:.0f}"]
        )
    return stream.getvalue()


def _alone(config: TrainingConfig, kind: InputKind, encoder: str) -> TrainingConfig:
    name = PART_OF_CONFIG[kind]
    part = getattr(config, name).model_copy(update={"encoder": encoder})
    stages = tuple(stage.model_copy(update={"inputs": "all", "frozen": ()}) for stage in config.stages)
    return config.model_copy(update={"inputs": (kind,), name: part, "stages": stages, "modality_dropout": 0.0})


def _sizes(config: TrainingConfig) -> Sizes:
    return Sizes(
        config.findings, config.inputs, config.embedding, config.hidden, config.fusion, config.dropout,
        config.modality_dropout, config.head,
    )  # fmt: skip


def _cohort(rows: Sequence[PatientRow]) -> Cohort:
    labels = np.array([row.labels for row in rows], dtype=np.float64)
    return Cohort(labels, np.array([row.part for row in rows]), tuple(row.patient for row in rows))
