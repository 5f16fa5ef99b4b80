"""The planted finding: known to the best classifier, hidden from every single input."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.simulate.cohort import simulate_cohort
from medmm.simulate.patient import develop_film, simulate_patient
from medmm.simulate.planted import DEVICE_SHARE, FINDING, WRONG_SHARE, bayes_auroc, plant_device

ALL = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})


def draw_devices(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    film, note = rng.random(n) < DEVICE_SHARE, rng.random(n) < DEVICE_SHARE
    return film, note, (film != note) ^ (rng.random(n) < WRONG_SHARE)


def test_the_closed_form_agrees_with_many_draws() -> None:
    film, note, present = draw_devices(200_000)

    assert bayes_auroc({InputKind.IMAGE}) == pytest.approx(roc_auc_score(present, film), abs=0.005)
    assert bayes_auroc({InputKind.NOTE}) == pytest.approx(roc_auc_score(present, note), abs=0.005)
    assert bayes_auroc(ALL) == pytest.approx(roc_auc_score(present, film != note), abs=0.005)
    assert bayes_auroc({InputKind.VITALS}) == 0.5


def test_no_single_input_can_tell_and_both_together_can() -> None:
    assert bayes_auroc({InputKind.IMAGE}) < 0.75
    assert bayes_auroc({InputKind.NOTE}) < 0.75
    assert bayes_auroc({InputKind.IMAGE, InputKind.NOTE}) > 0.93


def test_film_and_note_say_what_was_drawn() -> None:
    plain = simulate_patient(7, 0, rows=192, language="en")
    planted = [plant_device(plain, seed=7, index=index) for index in range(60)]
    on_film = np.array([patient.device is not None for patient, _ in planted])
    in_note = np.array(["permanent pacemaker" in patient.note for patient, _ in planted])
    present = np.array([is_present for _, is_present in planted])

    assert 8 <= on_film.sum() <= 30
    assert 8 <= in_note.sum() <= 30
    assert np.mean(present == (on_film != in_note)) > 0.85
    assert all(patient.note.startswith(plain.note.rstrip()) for patient, _ in planted)
    assert all(patient.vitals == plain.vitals for patient, _ in planted)


def test_metal_is_bright_in_either_polarity() -> None:
    for seed in range(40):
        plain = simulate_patient(seed, 0, rows=128, language="en")
        devices = (plant_device(plain, seed=0, index=index)[0] for index in range(99))
        before, after = develop_film(plain), develop_film(next(one for one in devices if one.device))
        inner = np.unique(after.pixels[after.pixels != before.pixels])
        is_inverse = before.photometric_interpretation == "MONOCHROME1"
        assert inner.tolist() == [before.pixels.min() if is_inverse else before.pixels.max()]
        if is_inverse:
            return
    pytest.fail("no film of the other polarity was drawn")


def test_a_planted_cohort_names_the_finding_and_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    def rows(folder: Path, *, is_planted: bool) -> list[str]:
        truth = simulate_cohort(
            folder, n_patients=2, seed=5, inputs=frozenset({InputKind.NOTE, InputKind.VITALS}), progress=no_progress,
            cancel=CancelToken(), is_planted=is_planted,
        )  # fmt: skip
        return truth.read_text().splitlines()

    plain, planted = rows(tmp_path / "plain", is_planted=False), rows(tmp_path / "planted", is_planted=True)

    assert [row for row in planted if FINDING not in row] == plain
    assert sum(FINDING in row for row in planted) == 2
    assert {len(row.split(",")) for row in planted} == {9}
    same = tmp_path / "plain" / "case_00001" / "vitals.csv", tmp_path / "planted" / "case_00001" / "vitals.csv"
    assert same[0].read_bytes() == same[1].read_bytes()
