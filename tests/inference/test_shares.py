"""Exact Shapley shares: the axioms, and a case done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medmm.core.quality import InputKind
from medmm.inference.shares import Head, all_coalitions, shapley_shares, without_each

KINDS = tuple(InputKind)
games = st.integers(1, 4).flatmap(
    lambda m: st.lists(st.floats(-30, 30), min_size=2**m, max_size=2**m).map(lambda v: (m, np.array(v)))
)


def head_of(values: np.ndarray, m: int) -> Head:
    """A game as a head: the value of each coalition from its bits."""
    weights = 2 ** np.arange(m - 1, -1, -1)
    return lambda rows: values[(rows * weights).sum(axis=1)][:, None]


def shares_of(values: np.ndarray, m: int) -> dict[InputKind, float]:
    return shapley_shares(head_of(values, m), KINDS[:m], findings=["f"])["f"].by_kind


def test_two_inputs_by_hand() -> None:
    # v() = 1, v(b) = 2, v(a) = 4, v(ab) = 9: a gets ((4 - 1) + (9 - 2)) / 2 = 5, b gets ((2 - 1) + (9 - 4)) / 2 = 3.
    found = shapley_shares(head_of(np.array([1.0, 2.0, 4.0, 9.0]), 2), KINDS[:2], findings=["f"])["f"]
    assert list(found.by_kind.values()) == pytest.approx([5.0, 3.0])
    assert (found.baseline, found.total) == (1.0, 9.0)


@given(games)
def test_shares_sum_to_total_minus_baseline(game: tuple[int, np.ndarray]) -> None:
    m, values = game
    found = shapley_shares(head_of(values, m), KINDS[:m], findings=["f"])["f"]
    assert sum(found.by_kind.values()) == pytest.approx(found.total - found.baseline, abs=1e-9)


@given(games)
def test_input_that_changes_nothing_has_no_share(game: tuple[int, np.ndarray]) -> None:
    m, values = game
    # A new last input whose presence leaves every value as it is.
    assert list(shares_of(np.repeat(values, 2)[: 2**4], min(m + 1, 4)).values())[-1] == pytest.approx(0, abs=1e-9)


@given(st.lists(st.floats(-30, 30), min_size=4, max_size=4))
def test_interchangeable_inputs_share_alike(by_size: list[float]) -> None:
    values = np.array([by_size[int(n)] for n in all_coalitions(3).sum(axis=1)])
    found = list(shares_of(values, 3).values())
    assert found == pytest.approx([found[0]] * 3, abs=1e-9)


def test_sole_input_gets_everything() -> None:
    assert shares_of(np.array([0.5, -1.5]), 1) == {KINDS[0]: pytest.approx(-2.0)}


def test_without_each_takes_one_input_away() -> None:
    # Rows of the table: () a b ab -> coded 00, 01 (second), 10 (first), 11.
    found = without_each(head_of(np.array([1.0, 2.0, 4.0, 9.0]), 2), KINDS[:2], findings=["f"])
    assert found == {KINDS[0]: {"f": 2.0}, KINDS[1]: {"f": 4.0}}
