"""A model that hears: trained on simulated patients, then asked about one, with and without his recording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from medmm.core.case import CaseSources
from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from tests.training.test_fit import SHIPPED, STAGE

pytestmark = pytest.mark.slow
KINDS = frozenset({InputKind.VITALS, InputKind.AUDIO})


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "patients"
    simulate_cohort(folder, n_patients=24, seed=3, inputs=KINDS, progress=no_progress, cancel=CancelToken())
    return folder


@pytest.fixture(scope="module")
def bundle(cohort: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.training.config import load_config
    from medmm.training.fit import fit

    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content |= {
        "name": "hears",
        "base": [],
        "folds": 0,
        "inputs": ["vitals", "audio"],
        "split": {"train": 0.4, "validation": 0.2, "calibration": 0.2, "test": 0.2},
        "audio": {"window_seconds": 4.0},
        "stages": [{**STAGE, "inputs": "all", "epochs": 1}],
        "domains": [],
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
    }
    out = tmp_path_factory.mktemp("run")
    (out / "hears.yaml").write_text(yaml.safe_dump(content))
    return fit(load_config(out / "hears.yaml"), cohort=cohort, out=out)


def test_the_bundle_says_what_it_hears(bundle: Path) -> None:
    from medmm.models.bundle_facts import verify_bundle

    spec = verify_bundle(bundle).spec

    assert spec.input_kinds == (InputKind.VITALS, InputKind.AUDIO)
    assert (spec.audio.encoder, spec.audio.window_seconds, spec.audio.rate_hz) == ("audio.mfcc", 4.0, 4000)


def test_windows_from_the_cache_are_those_of_scoring(bundle: Path, cohort: Path, tmp_path: Path) -> None:
    from medmm.models.bundle_facts import verify_bundle
    from medmm.training.gather import gather
    from medmm.training.patients import PatientRow
    from medmm.workflow.open_case import open_case

    spec = verify_bundle(bundle).spec
    rows = [PatientRow("simulated", cohort / f"case_0000{k}", str(k), (), "test") for k in (1, 2)]
    options: dict[str, Any] = {"workers": 1, "progress": no_progress, "cancel": CancelToken()}
    for _ in range(2):  # read, then from the cache
        readings = gather(rows, None, tmp_path / "cache", audio=spec.audio, **options)

    from medmm.inference.prepare_audio import prepare_audio

    for row, reading in zip(rows, readings, strict=True):
        expected = prepare_audio(open_case(CaseSources(row.path)).audio, spec.audio)
        assert np.array_equal(reading.audio.windows, expected.windows)
        assert reading.audio.start_seconds.tolist() == expected.start_seconds.tolist() == [0, 2, 4, 6, 8]
        assert reading.audio.seconds == expected.seconds == (12.0,)


def test_a_patient_is_scored_with_and_without_his_recording(bundle: Path, cohort: Path) -> None:
    from medmm.inference.predictor import load_predictor
    from medmm.workflow.engine import LocalEngine
    from medmm.workflow.open_case import open_case
    from medmm.workflow.result_json import result_to_json
    from medmm.workflow.score import score_case

    engine = LocalEngine(bundle, device="cpu")
    assert load_predictor(bundle, device="cpu").spec.audio
    case = open_case(CaseSources(cohort / "case_00001"))
    silent = open_case(CaseSources(cohort / "case_00001", without=frozenset({InputKind.AUDIO})))

    heard, left_out = (result_to_json(one, score_case(one, engine)) for one in (case, silent))

    assert heard["inputs_used"]["audio"]["used"] is True
    assert left_out["inputs_used"]["audio"]["gate"][0]["code"] == "left_out_by_choice"
    for shares in heard["shares"]["finding"].values():
        assert set(shares) == {"vitals", "audio", "baseline", "total"}
        assert shares["vitals"] + shares["audio"] == pytest.approx(shares["total"] - shares["baseline"], abs=1e-6)
    assert [file["path"] for file in heard["case"]["inputs"] if file["kind"] == "audio"] == ["lungs.wav"]
    assert all("audio" not in shares for shares in left_out["shares"]["finding"].values())


def test_a_warm_up_without_images_takes_who_was_only_recorded() -> None:
    from medmm.inference.prepare import PreparedVitals
    from medmm.training.draw import has_record
    from medmm.training.examples import Example
    from medmm.training.patients import PatientRow
    from medmm.training.prepared import HeldPrepared
    from medmm.training.reading import Reading
    from tests.inference.sounds import make_recording
    from tests.inference.test_prepare_audio import prepare

    row = PatientRow("simulated", Path("a"), "a", (1.0,), "train")
    nothing = Reading(None, (0, 0, 0, 0))
    heard = Reading(None, (0, 0, 0, 0), audio=prepare(make_recording()))
    measured = PreparedVitals(np.zeros(1, np.float32), (False,), (1.0,))

    assert not has_record(Example(row, nothing))
    assert has_record(Example(row, heard))
    assert has_record(Example(row, nothing, HeldPrepared(vitals=measured)))


def test_another_recording_or_value_is_other_data() -> None:
    from dataclasses import replace

    from medmm.inference.model_input import PreparedVitals
    from medmm.training.examples import Example
    from medmm.training.patients import PatientRow
    from medmm.training.prepared import HeldPrepared
    from medmm.training.publish import data_hash
    from medmm.training.reading import Reading
    from tests.inference.sounds import make_recording
    from tests.inference.test_prepare_audio import prepare

    vitals = PreparedVitals(np.zeros(1, np.float32), (False,), (1.0,))
    reading = Reading(None, (0, 0, 0, 0), audio=prepare(make_recording()))
    example = Example(PatientRow("simulated", Path("a"), "a", (1.0,), "train"), reading, HeldPrepared(vitals=vitals))
    other_sound = replace(example, reading=replace(reading, audio=prepare(make_recording(seed=5))))
    other_value = replace(example, prepared=HeldPrepared(vitals=replace(vitals, features=np.ones(1, np.float32))))

    found = [data_hash([each])["content_sha256"] for each in (example, example, other_sound, other_value)]

    assert len(set(found)) == 3
