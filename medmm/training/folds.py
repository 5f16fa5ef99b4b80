"""Cross-validation: the training patients in folds, by patient, each finding spread evenly."""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from medmm.core.errors import InvalidRecord
from medmm.core.words import Words
from medmm.training.patients import PatientRow

log = logging.getLogger(__name__)
OUT_OF_FOLD_FILE = "out_of_fold.npz"
NO_FOLD = -1


@dataclass(frozen=True)
class OutOfFold:
    """What members said of cases that they had not seen. logits, labels: [N, F]; fold: [N]; case: [N] digests."""

    logits: NDArray[np.float64]
    labels: NDArray[np.float64]
    fold: NDArray[np.int64]
    case: NDArray[np.str_]


def assign_folds(rows: Sequence[PatientRow], n_folds: int, *, seed: int, only_real: bool = False) -> NDArray[np.int64]:
    """Give the fold of every row of the training part, NO_FOLD for all others.

    only_real: of the rows of the training part that are real films with labels.
    Raises InvalidRecord where there are fewer patients than folds.
    """
    folds = np.full(len(rows), NO_FOLD, dtype=np.int64)
    chosen = [place for place, row in enumerate(rows) if row.part == "train" and (row.is_real or not only_real)]
    places = np.array(chosen, dtype=np.int64)
    if n_folds == 0:
        return folds
    groups = np.array([f"{rows[place].domain} {rows[place].patient}" for place in places])
    if len(set(groups)) < n_folds:
        raise InvalidRecord(
            Words("{n} patients to train on cannot make {n_folds} folds", n=len(set(groups)), n_folds=n_folds),
            Words("Use fewer folds or more patients."),
        )
    keys = strata(np.array([rows[place].labels for place in places], dtype=np.float64))
    if np.unique(keys, return_counts=True)[1].max() < n_folds:
        # Too few of every kind to be spread: by patient alone.
        keys = np.zeros_like(keys)
    splitter = StratifiedGroupKFold(n_splits=n_folds, shuffle=True, random_state=seed)
    rarest = int(np.unique(keys, return_counts=True)[1].min())
    if rarest < n_folds:
        log.info("the rarest kind of case is there %d times: not each of the %d folds has one", rarest, n_folds)
    with warnings.catch_warnings():
        # Said above, in words for the user.
        warnings.filterwarnings("ignore", message="The least populated class")
        for number, (_, held_out) in enumerate(splitter.split(places, keys, groups)):
            folds[places[held_out]] = number
    return folds


def strata(labels: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give each case one key: its rarest finding + 1, or 0 where it has none. labels: [N, F], NaN unknown."""
    positive = np.nan_to_num(labels) > 0.5
    counts = positive.sum(axis=0)
    rarity = np.where(positive, counts, np.iinfo(np.int64).max)
    keys: NDArray[np.int64] = np.where(positive.any(axis=1), rarity.argmin(axis=1) + 1, 0)
    return keys


def case_digest(row: PatientRow) -> str:
    """Name a case without naming the patient."""
    return hashlib.sha256(f"{row.domain} {row.path.name}".encode()).hexdigest()


def write_out_of_fold(path: Path, found: OutOfFold) -> None:
    """Write an npz that opens without pickle."""
    np.savez_compressed(path, logits=found.logits, labels=found.labels, fold=found.fold, case=found.case)


def read_out_of_fold(path: Path) -> OutOfFold:
    """Read what `write_out_of_fold` wrote."""
    with np.load(path, allow_pickle=False) as found:
        return OutOfFold(found["logits"], found["labels"], found["fold"], found["case"])
