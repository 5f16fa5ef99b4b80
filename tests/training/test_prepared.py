"""Prepared notes and vital signs in files: they come back as they were, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch")

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.inference.model_input import PreparedNote, PreparedVitals
from medmm.models.spec import VITAL_STATISTICS, VitalsSpec
from medmm.training.array_file import Scratch
from medmm.training.prepared import HeldPrepared, PreparedWriter, StoredPrepared
from medmm.training.reading import HeldRecords, Reading

if TYPE_CHECKING:
    from medmm.training.config import TrainingConfig
    from medmm.training.fit import Material
    from medmm.training.patients import PatientRow

NAMES = ("heart_rate", "spo2")
WIDTH = len(NAMES) * len(VITAL_STATISTICS)
SPEC = VitalsSpec(NAMES, (0.0,) * WIDTH, (1.0,) * WIDTH)


def make_note(seed: int, chunks: int, width: int) -> PreparedNote:
    rng = np.random.default_rng(seed)
    return PreparedNote(*(rng.integers(-1, 50_000, (chunks, width)) for _ in range(5)), coverage=1 / (1 + seed))


def make_vitals(seed: int, n_steps: int) -> PreparedVitals:
    rng = np.random.default_rng(seed)
    features, last = rng.normal(size=SPEC.n_features).astype(np.float32), (0.1 + seed, None)
    if not n_steps:
        return PreparedVitals(features, (False, True), last)
    began = datetime(2026, 3, 1, 8, 30, 0, 7)
    times = tuple(began + timedelta(minutes=7 * step) for step in range(n_steps))
    return PreparedVitals(features, (False, True), last, rng.normal(size=(n_steps, 2, 3)).astype(np.float32), times)


def assert_same(found: object, given: object) -> None:
    if given is None:
        assert found is None
        return
    for field in fields(given):
        one, other = getattr(found, field.name), getattr(given, field.name)
        np.testing.assert_array_equal(one, other, err_msg=field.name)
        assert getattr(one, "dtype", None) == getattr(other, "dtype", None), field.name
        assert not isinstance(one, np.ndarray) or one.flags.writeable


def test_what_is_prepared_comes_back_as_it_was(tmp_path: Path) -> None:
    given = [
        (make_note(1, 2, 5), make_vitals(1, 3)),
        (None, make_vitals(2, 1)),
        (make_note(3, 1, 9), None),
        (None, None),
        (make_note(4, 3, 2), make_vitals(4, 0)),
    ]
    writer = PreparedWriter(SPEC, tmp_path)
    for note, vitals in given:
        writer.append(note, vitals)

    tables = writer.finish()

    for place, (note, vitals) in enumerate(given):
        found = StoredPrepared(*tables, place)
        assert_same(found.note, note)
        assert_same(found.vitals, vitals)
    assert not list(tmp_path.iterdir())


def test_a_model_without_vital_signs_and_notes_keeps_nothing(tmp_path: Path) -> None:
    writer = PreparedWriter(None, tmp_path)
    writer.append(None, None)

    found = StoredPrepared(*writer.finish(), 0)

    assert (found.note, found.vitals) == (None, None)


def test_rows_of_a_file_without_a_name_are_mapped(tmp_path: Path) -> None:
    rows = Scratch(np.dtype(np.int32), tmp_path)

    places = [rows.append(np.arange(3)), rows.append(np.arange(2))]
    found = rows.finish()

    assert places == [0, 3]
    assert found.tolist() == [0, 1, 2, 0, 1]
    assert isinstance(found.base, np.memmap)
    assert Scratch(np.dtype(np.int32), tmp_path).finish().size == 0


@pytest.mark.slow
def test_a_training_out_of_files_is_the_one_out_of_memory(tmp_path: Path) -> None:
    from medmm.simulate.cohort import simulate_cohort
    from medmm.training.fit import list_patients
    from medmm.training.gather import gather
    from medmm.training.read_patient import read_patient

    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(tmp_path / "c", n_patients=40, seed=4, inputs=kinds, progress=no_progress, cancel=CancelToken())
    rows = list_patients(make_config(), tmp_path / "c", tmp_path)
    held = [read_patient(row, None) for row in rows]
    stored = gather(rows, None, tmp_path / "cache", workers=1, progress=no_progress, cancel=CancelToken())

    assert all(isinstance(reading.records, HeldRecords) for reading in held)
    assert not any(isinstance(reading.records, HeldRecords) for reading in stored)
    of_memory = train(rows, held, tmp_path / "memory", in_memory=True)
    of_files = train(rows, stored, tmp_path / "files", in_memory=False)

    assert of_files == of_memory


def make_config() -> TrainingConfig:
    from medmm.training.config import TrainingConfig

    stage = {"inputs": "all", "batch": 8, "rate": 0.003, "end_rate": 0.0001}
    return TrainingConfig.model_validate(
        {
            "name": "tiny",
            "version": "0",
            "seed": 3,
            "description": "A test.",
            "intended_use": "A test.",
            "limits": ["A test."],
            "findings": ["pneumonia", "pulmonary_edema"],
            "inputs": ["note", "vitals"],
            "split": {"train": 0.6, "validation": 0.3, "calibration": 0.05, "test": 0.05},
            "text": {"encoder": "text.words", "vocabulary": 300},
            "vitals": {"encoder": "tab.gru"},
            "stages": [{**stage, "epochs": 3}, {**stage, "epochs": 1, "frozen": ["note"]}],
            "threads": 1,
            "readers": 1,
        }
    )


def prepare(reading: Reading, material: Material) -> HeldPrepared:
    from medmm.inference.prepare_note import prepare_notes
    from medmm.inference.prepare_vitals import prepare_vitals

    text, vitals = material.spec.text, material.spec.vitals
    assert text is not None
    assert vitals is not None
    assert material.tokenizer is not None
    return HeldPrepared(
        prepare_notes(reading.notes, text, material.tokenizer),
        prepare_vitals(reading.vitals, vitals, index_time=reading.facts.index_time),
    )


def train(
    rows: Sequence[PatientRow], readings: Sequence[Reading], out: Path, *, in_memory: bool
) -> tuple[dict[str, bytes], list[object], object]:
    """Give the bytes of all weights, the figures of every epoch and the hash of what was trained on."""
    import json

    from medmm.training.examples import make_examples
    from medmm.training.fit import make_material
    from medmm.training.member import Member, train_member
    from medmm.training.publish import data_hash
    from medmm.training.session import open_session

    config = make_config()
    out.mkdir()
    material = make_material(config, rows, readings, out)
    examples = make_examples(rows, readings, material.spec, material.tokenizer, folder=out)
    if in_memory:
        examples = [replace(one, prepared=prepare(one.reading, material)) for one in examples]
    session = open_session(config, out, examples, no_progress, CancelToken())
    net = train_member(session, Member(0, config.seed, config.fusion), material.spec, material.bert, examples)
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    epochs = [{k: v for k, v in line.items() if k != "seconds"} for line in lines if line["event"] == "epoch"]
    assert len(epochs) == 4
    return {k: v.numpy().tobytes() for k, v in net.state_dict().items()}, epochs, data_hash(examples)
