"""What stays in memory and what leaves it."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.image import MedicalImage
from medmm.workflow.machine_memory import available_bytes, default_budget_bytes, is_low, total_bytes
from medmm.workflow.pixel_cache import PixelCache
from tests.imaging.builders import make_image

KIB = 1024


def image_of(n_bytes: int) -> MedicalImage:
    return make_image(np.zeros((1, n_bytes), dtype=np.uint8))


def test_the_series_used_longest_ago_leaves_first() -> None:
    cache = PixelCache(3 * KIB)
    for key in "abc":
        cache.put(key, image_of(KIB))
    cache.use("a")

    left = cache.put("d", image_of(KIB))

    assert left == ("b",)
    assert cache.keys == ("c", "a", "d")


def test_what_is_on_the_screen_stays_whatever_the_budget_says() -> None:
    cache = PixelCache(KIB)
    cache.put("shown", image_of(KIB))
    cache.pin({"shown"})

    left = cache.put("larger than the budget", image_of(5 * KIB))

    assert left == ()
    assert set(cache.keys) == {"shown", "larger than the budget"}


def test_memory_that_is_asked_for_is_given_back_from_what_is_not_seen() -> None:
    cache = PixelCache(10 * KIB)
    for key in "abc":
        cache.put(key, image_of(KIB))
    cache.pin({"a"})

    assert cache.release(1) == ("b",)
    assert cache.release(10 * KIB) == ("c",)
    assert cache.n_bytes == KIB


def test_a_smaller_budget_acts_at_once() -> None:
    cache = PixelCache(10 * KIB)
    for key in "ab":
        cache.put(key, image_of(KIB))

    assert cache.set_budget(KIB) == ("a",)


# Weasis, Memory-Management.md (FIELD.md section 15): GB of the machine, GB of budget.
@pytest.mark.parametrize(("machine", "budget"), [(2, 0.25), (4, 0.5), (8, 1.5), (16, 3.5), (32, 7.5)])
def test_the_budget_follows_the_size_of_the_machine(machine: int, budget: float) -> None:
    assert default_budget_bytes(machine << 30) == int(budget * (1 << 30))


def test_memory_is_low_at_the_end_of_a_small_machine_and_of_a_large_one() -> None:
    assert is_low(300 << 20, 64 << 30)
    assert not is_low(300 << 20, 2 << 30)
    assert is_low(100 << 20, 2 << 30)


def test_this_machine_has_at_least_as_much_as_it_has_left() -> None:
    left, total = available_bytes(), total_bytes()
    if left is None or total is None:
        pytest.skip("this system does not say")

    assert 0 < left <= total
