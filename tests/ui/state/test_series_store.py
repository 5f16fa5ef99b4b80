"""What is in memory of each series, and how far it is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from medmm.core.image import MedicalImage, SeriesSummary
from tests.ui.builders import make_image
from ui.messages import Problem
from ui.state.series_choice import summary_of
from ui.state.series_store import Progress, SeriesStore


@pytest.fixture
def store() -> SeriesStore:
    return SeriesStore()


def image_at(name: str, n_bytes: int = 1000) -> MedicalImage:
    image = make_image()
    place = replace(image.instances[0], path=Path(name))
    return replace(image, instances=(place,), stored=np.zeros((1, 1, n_bytes), np.uint8))


def test_a_film_seen_during_the_survey_is_the_whole_and_is_not_read_again(store: SeriesStore) -> None:
    film = image_at("film.dcm")
    series = summary_of(film)
    store.begin(series.key)
    store.arrive(series.key, 0, film)

    store.settle(series)

    assert store.image(series.key) is film
    assert store.status(series.key).progress is Progress.READ


def test_one_slice_of_a_series_that_grew_is_kept_to_be_looked_at_while_the_whole_is_read(store: SeriesStore) -> None:
    first = image_at("slice1.dcm")
    grown: SeriesSummary = replace(summary_of(first), paths=(Path("slice1.dcm"), Path("slice2.dcm")), n_frames=2)
    store.begin(grown.key)
    store.arrive(grown.key, 0, first)

    store.settle(grown)

    assert store.image(grown.key) is None
    assert store.status(grown.key).progress is Progress.NOT_READ
    assert store.status(grown.key).preview is first


def test_what_is_asked_for_again_is_read_again_only_after_trouble(store: SeriesStore) -> None:
    heard: list[str] = []
    store.series_changed.connect(heard.append)
    store.put("whole", image_at("a"))
    store.fail("bad", Problem("It is cut off."))
    store.cancel("stopped")
    heard.clear()

    for key in ("whole", "bad", "stopped"):
        store.try_again(key)

    assert heard == ["bad", "stopped"]
    assert store.status("whole").progress is Progress.READ
    assert store.status("bad").progress is Progress.NOT_READ


def test_who_leaves_for_another_is_told_and_can_be_read_again(store: SeriesStore) -> None:
    store.set_budget(2500)
    store.put("a", image_at("a"))
    store.put("b", image_at("b"))
    heard: list[str] = []
    store.series_changed.connect(heard.append)

    store.put("c", image_at("c"))

    assert heard == ["c", "a"]
    assert store.status("a").progress is Progress.NOT_READ
    assert (store.image("a"), store.image("b") is not None) == (None, True)


def test_memory_given_back_is_counted(store: SeriesStore) -> None:
    for name in "abc":
        store.put(name, image_at(name))
    store.pin({"c"})

    assert store.release(10_000) == (2, 2000)
    assert store.image("c") is not None
