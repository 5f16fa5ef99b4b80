"""Folds by patient and greedy soups."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medmm.core.errors import InvalidRecord
from medmm.training.folds import NO_FOLD, OutOfFold, assign_folds, read_out_of_fold, strata, write_out_of_fold
from medmm.training.patients import PatientRow


def make_rows(n: int = 60) -> list[PatientRow]:
    # Two images a patient; every third patient has the first finding, every tenth the second.
    return [
        PatientRow("d", Path(f"{i}"), str(i // 2), (float(i // 2 % 3 == 0), float(i // 2 % 10 == 0)), "train")
        for i in range(n)
    ] + [PatientRow("d", Path("t"), "t", (0.0, 0.0), "test")]


def test_no_patient_is_in_two_folds_and_findings_are_spread() -> None:
    rows = make_rows()

    folds = assign_folds(rows, 3, seed=1)

    assert folds[-1] == -1
    assert set(folds[:-1]) == {0, 1, 2}
    assert all(folds[2 * i] == folds[2 * i + 1] for i in range(30))
    positives = [sum(rows[i].labels[1] > 0.5 for i in np.flatnonzero(folds == k)) for k in range(3)]
    assert positives == [2, 2, 2]


def test_the_same_seed_gives_the_same_folds() -> None:
    assert (assign_folds(make_rows(), 3, seed=1) == assign_folds(make_rows(), 3, seed=1)).all()
    assert (assign_folds(make_rows(), 3, seed=1) != assign_folds(make_rows(), 3, seed=2)).any()


def test_more_folds_than_patients_are_refused() -> None:
    with pytest.raises(InvalidRecord, match="2 patients"):
        assign_folds(make_rows(4), 5, seed=1)


def test_a_case_is_counted_under_its_rarest_finding() -> None:
    labels = np.array([[1, 1], [1, 0], [1, np.nan], [0, 0]], dtype=np.float64)

    assert strata(labels).tolist() == [2, 1, 1, 0]


def test_out_of_fold_logits_come_back_without_pickle(tmp_path: Path) -> None:
    found = OutOfFold(np.array([[0.5]]), np.array([[1.0]]), np.array([2]), np.array(["ab"]))

    write_out_of_fold(tmp_path / "x.npz", found)
    back = read_out_of_fold(tmp_path / "x.npz")

    assert back.logits.tolist() == [[0.5]]
    assert back.case.tolist() == ["ab"]


@pytest.mark.slow
def test_a_soup_keeps_only_members_that_do_not_lower_it() -> None:
    import torch

    from medmm.training.soup import State, greedy_soup

    # The figure is best at weight 2: 1 and 3 average to it, 9 spoils it.
    states = [{"w": torch.tensor([value]), "n": torch.tensor([7])} for value in (1.0, 9.0, 3.0)]

    def figure(state: State) -> float:
        return -abs(float(state["w"][0]) - 2.0)

    weights, kept, found = greedy_soup(states, [figure(state) for state in states], figure)

    assert kept == [0, 2]
    assert found == 0.0
    assert float(weights["w"][0]) == 2.0
    assert int(weights["n"][0]) == 7


def test_where_there_is_a_base_only_labelled_films_are_held_out() -> None:
    simulated = [PatientRow("simulated", Path(f"s{n}"), f"s{n}", (1.0,), "train") for n in range(20)]
    films = [PatientRow("films", Path(f"f{n}"), f"f{n}", (float(n % 2),), "train") for n in range(20)]
    soft = [PatientRow("films", Path(f"t{n}"), f"t{n}", (0.3,), "train", is_soft=True) for n in range(5)]

    folds = assign_folds([*simulated, *films, *soft], 5, seed=1, only_real=True)

    assert (folds[:20] == NO_FOLD).all()
    assert (folds[40:] == NO_FOLD).all()
    assert set(folds[20:40].tolist()) == {0, 1, 2, 3, 4}


def test_so_few_cases_that_no_finding_can_be_spread_are_divided_by_patient_alone() -> None:
    labels = [(1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]
    rows = [PatientRow("d", Path(f"{n}"), str(n), label, "train") for n, label in enumerate(labels)]

    assert sorted(assign_folds(rows, 3, seed=1).tolist()) == [0, 0, 1, 1, 2, 2]


def test_a_kind_rarer_than_the_folds_is_said_in_our_words(
    caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    rows = [PatientRow("d", Path(f"{n}"), str(n), (float(n < 2),), "train") for n in range(30)]

    with caplog.at_level("INFO"):
        assign_folds(rows, 5, seed=1)

    assert "the rarest kind of case is there 2 times" in caplog.text
    assert not list(recwarn)
