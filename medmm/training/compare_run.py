"""A comparison from its training config: encoders one by one, then the table, kept line by line.

Every encoder is trained alone, once; fusions and classifiers are trained on the embeddings, which takes seconds. So the
table says how choices compare under one small budget, not how good a model trained as a whole would be.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import torch

from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.training.bootstrap import Draws, make_draws
from medmm.training.classifiers import ON_ALL_INPUTS
from medmm.training.comparison import Cohort, Sizes
from medmm.training.comparison_lines import ComparisonRow, Group, KeptLines, line_key
from medmm.training.comparison_methods import Method, methods
from medmm.training.config import TrainingConfig
from medmm.training.embed import Embedded, embed_alone, rows_digest
from medmm.training.fit import check_names, list_patients
from medmm.training.mean_area import estimate_mean_auroc
from medmm.training.metrics import auroc_per_finding
from medmm.training.pace import time_words
from medmm.training.pages.comparison import ComparisonFacts, write_comparison
from medmm.training.patients import PatientRow

PART_OF_CONFIG = {
    InputKind.IMAGE: "image",
    InputKind.NOTE: "text",
    InputKind.VITALS: "vitals",
    InputKind.AUDIO: "audio",
}
# Counts up when lines of an older version must not be read on: 1.
FORMAT = 1


@dataclass(frozen=True)
class Choices:
    """What to compare: encoders by input, fusions, and classifiers by their names in CLASSIFIERS.

    command: what the reader of the table can type to make it again.
    """

    encoders: Mapping[InputKind, Sequence[str]]
    fusions: Sequence[str]
    classifiers: Sequence[str] = ON_ALL_INPUTS
    command: str = ""


@dataclass(frozen=True)
class Task:
    """One line to compute: how, from which encoders."""

    group: Group
    method: str
    chosen: tuple[Embedded, ...]

    @property
    def encoders(self) -> dict[InputKind, str]:
        """Name the encoder of every input."""
        return {each.kind: each.encoder for each in self.chosen}

    @property
    def key(self) -> str:
        """Name the line that comes of it."""
        return line_key(self.encoders, self.method)


def compare(
    config: TrainingConfig,
    choices: Choices,
    *,
    cohort: Path,
    out: Path,
    progress: Progress,
    cancel: CancelToken,
) -> tuple[ComparisonRow, ...]:
    """Compare on a folder of patients with truth.csv; writes table and report below `out` and gives the lines, the
    best first. The same call goes on where an earlier one stopped. Raises as `fit`.
    """
    torch.set_num_threads(config.threads)
    configs = [_alone(config, kind, encoder) for kind in config.inputs for encoder in choices.encoders[kind]]
    for each in (config, *configs):
        check_names(each)
    rows = [row for row in list_patients(config, cohort, Path()) if row.part in ("train", "validation", "test")]
    found: dict[InputKind, list[Embedded]] = {kind: [] for kind in config.inputs}
    for number, alone in enumerate(configs, start=1):
        tell = partial(_tell_encoder, progress, f"encoder {number} of {len(configs)}")
        found[alone.inputs[0]].append(embed_alone(alone, rows, out, progress=tell, cancel=cancel))
    kept = KeptLines(out / f"lines-{config.run_id[:12]}-{rows_digest(rows)[:12]}-{FORMAT}.jsonl")
    tasks = list(list_tasks(found, choices))
    _compute(tasks, kept, _bench(config, rows, choices), progress, cancel)
    lines = kept.ranked(task.key for task in tasks)
    spent = {each.encoder: each.seconds for chosen in found.values() for each in chosen}
    write_comparison(lines, _facts(config, rows, choices, spent), out)
    return lines


def list_tasks(found: Mapping[InputKind, Sequence[Embedded]], choices: Choices) -> Iterator[Task]:
    """List every encoder alone, then every fusion and classifier on every choice of one encoder per input."""
    for chosen in found.values():
        yield from (Task("encoder alone", "own head", (each,)) for each in chosen)
    for combined in product(*found.values()):
        yield from (Task("fusion", name, combined) for name in choices.fusions)
        yield from (Task("classifier", name, combined) for name in choices.classifiers)


@dataclass(frozen=True)
class _Bench:
    """What all lines share; draws: of the test cases."""

    sizes: Sizes
    cohort: Cohort
    draws: Draws
    methods: Mapping[str, Method]
    seed: int


def _bench(config: TrainingConfig, rows: Sequence[PatientRow], choices: Choices) -> _Bench:
    labels = np.array([row.labels for row in rows], dtype=np.float64)
    cohort = Cohort(labels, np.array([row.part for row in rows]), tuple(row.patient for row in rows))
    tested = [cohort.patients[row] for row in cohort.rows("test")]
    draws = make_draws(tested, samples=config.bootstrap, seed=config.seed)
    return _Bench(_sizes(config), cohort, draws, methods(choices.fusions, classifiers=choices.classifiers), config.seed)


def _compute(tasks: Sequence[Task], kept: KeptLines, bench: _Bench, progress: Progress, cancel: CancelToken) -> None:
    missing = [task for task in tasks if task.key not in kept]
    began = time.monotonic()
    for done, task in enumerate(missing, start=1):
        cancel.raise_if_set()
        line = _line(task, bench)
        kept.add(line)
        left = (time.monotonic() - began) / done * (len(missing) - done)
        words = f"{task.method} {line.auroc.value:.3f}{time_words(left)}"
        progress(len(tasks) - len(missing) + done, len(tasks), words)


def _line(task: Task, bench: _Bench) -> ComparisonRow:
    began = time.process_time()
    test = bench.cohort.rows("test")
    if task.group == "encoder alone":
        scores = task.chosen[0].logits[test]
    else:
        scores = bench.methods[task.method](bench.sizes, task.chosen, bench.cohort, bench.seed)
    seconds = time.process_time() - began
    labels = bench.cohort.labels[test]
    by_finding = tuple(auroc_per_finding(labels, scores).tolist())
    auroc = estimate_mean_auroc(labels, scores, bench.draws)
    return ComparisonRow(task.encoders, task.group, task.method, auroc, by_finding, seconds)


def _tell_encoder(progress: Progress, which: str, done: int, total: int, text: str) -> None:
    progress(done, total, f"{which}: {text}")


def _facts(
    config: TrainingConfig, rows: Sequence[PatientRow], choices: Choices, spent: Mapping[str, float]
) -> ComparisonFacts:
    parts = [row.part for row in rows]
    return ComparisonFacts(
        kinds=config.inputs,
        findings=config.findings,
        n_of_part={part: parts.count(part) for part in ("train", "validation", "test")},
        seconds_of_encoder=spent,
        settings=_settings(config),
        samples=config.bootstrap,
        command=choices.command,
    )


def _settings(config: TrainingConfig) -> str:
    stages = ", ".join(
        f"{stage.epochs} epochs of batches of {stage.batch} at {stage.rate:g}" for stage in config.stages
    )
    image = f"films of {config.image.rows} x {config.image.cols}; " if config.image else ""
    return f"{image}{stages}; {config.threads} thread(s); seed {config.seed}; run {config.run_id[:12]}"


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
