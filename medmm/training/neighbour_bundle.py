"""Write a copy of a bundle that holds training cases of its model; the weights stay."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medmm.core.errors import InvalidRecord
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.words import Words
from medmm.models.bundle import load_bundle
from medmm.models.bundle_facts import Bundle, load_bundle_tokenizer
from medmm.models.neighbours import write_neighbours
from medmm.training.bundle_copy import copied_bundle, name_version, refuse_existing, write_metadata, write_section
from medmm.training.config import SplitConfig, TrainingConfig
from medmm.training.examples import make_examples
from medmm.training.gather import gather
from medmm.training.neighbour_words import neighbours_block, neighbours_section
from medmm.training.neighbours import Near, draw_cases, make_near
from medmm.training.patients import SIMULATED, PatientRow, find_patients
from medmm.training.publish import data_hash

_ANY_SPLIT = SplitConfig(train=0.25, validation=0.25, calibration=0.25, test=0.25)


@dataclass(frozen=True)
class Request:
    """What is asked for.

    cohort: a folder with truth.csv; out: must not exist; n: how many training cases; version: of the copy, empty for
    the same one; config: the training configuration of the bundle, where the cohort is the one that it was trained on:
    then only its training part is taken, its test part measured on. Without it every case of the cohort is taken.
    """

    cohort: Path
    out: Path
    n: int
    are_simulated: bool
    config: TrainingConfig | None = None
    version: str = ""
    seed: int = 0
    samples: int = 2000


def add_neighbours(
    folder: Path,
    request: Request,
    *,
    workers: int = 1,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Near:
    """Encode, measure and write; the caller sees to it that the model was trained on these cases.

    Raises StorageError where `out` exists, InvalidRecord where there is no case to take.
    """
    refuse_existing(request.out)
    bundle, net = load_bundle(folder)
    rows = _rows(bundle, request)
    spec = bundle.spec
    with tempfile.TemporaryDirectory(prefix="medmm-neighbours-", ignore_cleanup_errors=True) as cache:
        readings = gather(
            rows,
            spec.image,
            Path(cache),
            audio=spec.audio,
            workers=workers,
            progress=progress,
            cancel=cancel or CancelToken(),
        )
        examples = make_examples(rows, readings, spec, load_bundle_tokenizer(bundle), folder=Path(cache))
        taken, held_out = ([e for e in examples if e.row.part == part] for part in ("train", "test"))
        kind, lot = request.are_simulated, request.seed
        near = make_near(net, taken, held_out, are_simulated=kind, samples=request.samples, seed=lot)
        data = data_hash(taken)
    if near is None:
        raise InvalidRecord(Words("no case has an input that the model takes"), source=request.cohort)
    _write(bundle, request, near, data)
    return near


def _rows(bundle: Bundle, request: Request) -> list[PatientRow]:
    """List the training cases that are taken, in their order, and those that are measured on."""
    split = request.config.split if request.config else _ANY_SPLIT
    found = find_patients(request.cohort, bundle.spec.findings, split, domain=SIMULATED)
    if request.config is None:
        found = [replace(row, part="train") for row in found]
    else:
        _require_own(bundle, found)
    trained = [row for row in found if row.part == "train"]
    chosen = draw_cases(trained, n=request.n, seed=request.seed)
    return [*chosen, *(row for row in found if row.part == "test")]


def _require_own(bundle: Bundle, rows: Sequence[PatientRow]) -> None:
    """Refuse a cohort or configuration that is not the bundle's own: a case that was never learnt from is no one's
    training case."""
    block = bundle.metadata.get("medmm")
    training = block.get("training", {}) if isinstance(block, dict) else {}
    n_known = training.get("cases", {}).get(f"{SIMULATED} train")
    n_found = sum(row.part == "train" for row in rows)
    if n_known != n_found:
        raise InvalidRecord(
            Words(
                "the training part of this cohort has {n_found} cases, that of the bundle had {n_known}",
                n_found=n_found,
                n_known=n_known,
            ),
            Words("Name the cohort and the configuration that the bundle was trained with."),
        )


def _write(bundle: Bundle, request: Request, near: Near, data: Mapping[str, str]) -> None:
    version = request.version or bundle.spec.version
    document: dict[str, Any] = json.loads(json.dumps(bundle.metadata))
    change = f"The weights of {bundle.spec.version} with {len(near.neighbours):,} of its training cases as vectors."
    name_version(document, bundle, version, change=change)
    document["medmm"]["neighbours"] = {
        "from": {"version": bundle.spec.version, "sha256": bundle.sha256},
        **neighbours_block(near),
        "data": dict(data),
        "seed": request.seed,
    }
    with copied_bundle(bundle, request.out) as copy:
        write_neighbours(copy, near.neighbours)
        write_metadata(copy, document)
        write_section(copy, bundle, version, section=neighbours_section(near))
