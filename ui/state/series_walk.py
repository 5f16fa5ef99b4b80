"""Which series or study comes next: in the order of the list of studies, staying at its ends."""

from __future__ import annotations

from collections.abc import Iterable

from medmm.core.image import SeriesSummary
from medmm.workflow.studies import studies_of


def next_series(series: Iterable[SeriesSummary], key: str, by: int) -> str:
    """Give the key of the series `by` places on, over the borders of studies; empty where there is none."""
    keys = [one.key for study in studies_of(series) for one in study.series]
    return _step(keys, keys.index(key) if key in keys else -1, by)


def next_study(series: Iterable[SeriesSummary], key: str, by: int) -> str:
    """Give the key of the first series of the study `by` places on, older studies coming later."""
    studies = studies_of(series)
    keys = [study.series[0].key for study in studies]
    current = next((n for n, study in enumerate(studies) if key in {one.key for one in study.series}), -1)
    return _step(keys, current, by)


def _step(keys: list[str], current: int, by: int) -> str:
    goal = current + by
    return keys[goal] if 0 <= goal < len(keys) else ""
