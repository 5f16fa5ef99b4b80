"""Studies of real films: what is planted is found, what is not is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch")

from medmm.models.spec import ImageSpec
from medmm.training.domain_config import OutcomeConfig, StudyConfig
from medmm.training.examples import Example
from medmm.training.patients import PatientRow, TableRecord
from medmm.training.reading import CaseFacts, HeldRecords, Reading
from medmm.training.studies.baselines import measure_baselines
from medmm.training.studies.features import raw_numbers
from medmm.training.studies.masks import cell_shares, measure_masks
from medmm.training.studies.outcome import measure_outcome
from medmm.training.studies.severity import measure_severity

pytestmark = pytest.mark.slow
N = 120
LOTS = {"samples": 200, "seed": 3}


def make_example(
    number: int, label: float, *, view: str = "", raw: dict[str, str] | None = None, path: Path = Path("film.png")
) -> Example:
    record = TableRecord(view=view, raw=raw or {})
    row = PatientRow("films", path, str(number), (label,), "held_out", record=record)
    return Example(row, Reading(None, (0, 0, 0, 0), HeldRecords(facts=CaseFacts(view=view))))


def test_a_finding_that_the_view_tells_is_told_by_the_view() -> None:
    labels = np.random.default_rng(1).integers(0, 2, N)
    telling = [make_example(n, float(y), view="AP" if y else "PA") for n, y in enumerate(labels)]
    silent = [make_example(n, float(y), view="AP" if n % 2 else "PA") for n, y in enumerate(labels)]

    told = measure_baselines("films", telling, ("pneumonia",), **LOTS)
    untold = measure_baselines("films", silent, ("pneumonia",), **LOTS)

    assert told is not None
    assert untold is not None
    assert told.rows[0].name == "pneumonia: view alone"
    assert told.rows[0].estimate.low > 0.99
    assert untold.rows[0].estimate.value < 0.65


def test_severity_is_correlated_with_the_logit() -> None:
    rng = np.random.default_rng(2)
    severity = rng.normal(size=N)
    examples = [make_example(n, 1.0, raw={"seen": f"{value:.3f}"}) for n, value in enumerate(severity)]
    logits = {"pneumonia": severity + rng.normal(0, 0.5, N), "nodule": rng.normal(size=N)}
    config = StudyConfig(severity=("seen",), findings=("pneumonia", "nodule"))

    found = measure_severity("films", examples, logits, config, **LOTS)

    assert found is not None
    rising, flat = found.rows
    assert rising.estimate.low > 0.5
    assert flat.estimate.low < 0 < flat.estimate.high


def test_an_outcome_is_told_from_the_source_that_carries_it() -> None:
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 2, N)
    raw = [{"icu": "NY"[y], "crp": f"{y + rng.normal(0, 0.3):.2f}" if n % 5 else ""} for n, y in enumerate(truth)]
    examples = [make_example(n, 1.0, raw=one) for n, one in enumerate([*raw, {"icu": "", "crp": "1"}])]
    config = OutcomeConfig(column="icu", values=("crp",))

    found = measure_outcome("films", examples, rng.normal(size=(N + 1, 8)), config, **LOTS)

    assert found is not None
    rows = {row.name: row for row in found.rows}
    assert rows["laboratory values"].n == N
    assert rows["laboratory values"].estimate.low > 0.8
    assert rows["image"].estimate.value < 0.65
    assert rows["image and laboratory values less image"].estimate.low > 0.2


def test_beyond_what_can_be_measured_is_the_greatest_value() -> None:
    words = ("1.5", "inf", "-inf", "", "4", "?")
    examples = [make_example(n, 1.0, raw={"crp": word}) for n, word in enumerate(words)]

    found = raw_numbers(examples, ("crp",))[:, 0]

    assert np.allclose(found, [1.5, 4.0, 1.5, np.nan, 4.0, np.nan], equal_nan=True)


def test_a_map_inside_the_mask_lies_there_and_one_beside_it_does_not(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    mask = np.zeros((32, 64), dtype=bool)
    mask[:, 16:32] = True  # a quarter of the film
    examples = []
    for number in range(4):
        film = (rng.random((320, 640)) * 255).astype(np.uint8)
        Image.fromarray(film).save(tmp_path / f"film{number}.png")
        Image.fromarray(mask).save(tmp_path / f"mask{number}.png")
        path = tmp_path / f"film{number}.png"
        examples.append(make_example(number, 1.0, raw={"mask": f"mask{number}.png"}, path=path))
    spec = ImageSpec(rows=64, cols=64)
    shares = cell_shares(examples[0], spec, tmp_path, "mask", (8, 8))
    inside = np.repeat(shares[:1].astype(np.float32), 4, axis=0)

    found = measure_masks(
        "films",
        examples,
        inside,
        spec,
        column="mask",
        finding="pneumonia",
        folder=tmp_path,
        **LOTS,
    )

    # The film is twice as wide as high: half of the input is padding, and a quarter of the rest is mask.
    assert shares[1].mean() == pytest.approx(0.5, abs=0.02)
    assert found is not None
    rows = {row.name: row.estimate.value for row in found.rows}
    assert rows["area of the lungs (chance)"] == pytest.approx(0.25, abs=0.02)
    assert rows["pneumonia: inside the lungs"] > 0.95
    assert rows["own lungs over chance"] > 3.5
