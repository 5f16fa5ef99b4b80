"""A logistic regression that is only asked about patients it has not seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FOLDS = 5


def out_of_fold(
    features: NDArray[np.float64], target: NDArray[np.intp], patients: Sequence[str], seed: int
) -> NDArray[np.float64]:
    """Give class probabilities [N, classes] by cross-validation over patients; NaN for a class absent from a fold.

    features: [N, D], standardised here; target: [N] class numbers from 0.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    n_classes = int(target.max()) + 1
    scores = np.full((len(target), n_classes), np.nan)
    counts = np.bincount(target)
    n_folds = max(2, min(FOLDS, int(counts[counts > 0].min())))
    folds = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    for train, test in folds.split(features, target, patients):
        if np.unique(target[train]).size < 2:
            continue
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=2000))
        model.fit(features[train], target[train])
        scores[np.ix_(test, model[-1].classes_)] = model.predict_proba(features[test])
    return scores
