"""What is known of cases besides the network's answer, as columns of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.training.examples import Example

Array = NDArray[np.float64]


def one_hot(values: Sequence[str]) -> Array:
    """Give a column for every value; an unknown one is a value of its own."""
    names = np.array(values)
    return np.asarray(names[:, None] == np.unique(names)[None], dtype=np.float64)


def with_flags(columns: Array) -> Array:
    """Put the median where a number is missing (NaN), and a column that says so beside it."""
    missing = np.isnan(columns)
    known = ~missing.all(axis=0)
    columns, missing = columns[:, known], missing[:, known]
    filled = np.where(missing, np.nanmedian(columns, axis=0), columns) if known.any() else columns
    return np.concatenate([filled, missing.astype(np.float64)], axis=1)


def raw_numbers(examples: Sequence[Example], columns: Sequence[str]) -> Array:
    """Read columns of the domain's table [N, D]; "inf" (above what can be measured) is its greatest finite value."""
    table = np.array([[_number(one.row.record.raw.get(name, "")) for name in columns] for one in examples])
    for column in table.T:
        finite = column[np.isfinite(column)]
        if finite.size:
            np.clip(column, finite.min(), finite.max(), out=column)
    return np.where(np.isfinite(table), table, np.nan)


def word_counts(examples: Sequence[Example]) -> Array:
    """Weigh the words of the notes by their rarity (TF-IDF) [N, words]; a case without a note has none."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [" ".join(note.text for note in one.reading.notes) for one in examples]
    if not any(text.strip() for text in texts):
        return np.zeros((len(texts), 0))
    weights = TfidfVectorizer(min_df=3, max_features=500, sublinear_tf=True).fit_transform(texts)
    return np.asarray(weights.todense(), dtype=np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
