"""Exact Shapley shares: the axioms, and a case done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medmm.core.quality import InputKind
from medmm.inference.shares import Head, all_coalitions, shapley_shares, with_own_heads, without_each

KINDS = tuple(InputKind)
games = st.integers(1, 4).flatmap(
    lambda m: st.lists(st.floats(-30, 30), min_size=2**m, max_size=2**m).map(lambda v: (m, np.array(v)))
)


pairs = st.integers(1, 4).flatmap(
    lambda m: st.tuples(
        st.just(m),
        *(st.lists(st.floats(-30, 30), min_size=2**m, max_size=2**m).map(np.array) for _ in range(2)),
    )
)


def index_of(row: np.ndarray, *, without: int | None = None) -> int:
    """The number of a coalition, column 0 being the highest bit."""
    kept = [bool(bit) and place != without for place, bit in enumerate(row)]
    return int("".join("1" if bit else "0" for bit in kept), 2)


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


@given(pairs, st.integers(0, 3), st.floats(-30, 30))
def test_input_that_always_adds_the_same_gets_just_that(
    game: tuple[int, np.ndarray, np.ndarray], place: int, added: float
) -> None:
    m, values, _ = game
    place = min(place, m - 1)
    rows = all_coalitions(m)
    # The value of a coalition without the input, plus what it adds; a dummy where that is 0.
    game_of_dummy = np.array([values[index_of(row, without=place)] + added * row[place] for row in rows])

    found = list(shares_of(game_of_dummy, m).values())

    assert found[place] == pytest.approx(added, abs=1e-9)


@given(pairs, st.integers(0, 3), st.integers(0, 3))
def test_inputs_that_may_change_places_share_alike(
    game: tuple[int, np.ndarray, np.ndarray], first: int, second: int
) -> None:
    m, values, _ = game
    first, second = min(first, m - 1), min(second, m - 1)
    rows = all_coalitions(m)
    swapped = rows.copy()
    swapped[:, [first, second]] = rows[:, [second, first]]
    # A game is symmetric in two inputs once it is averaged with itself after they changed places.
    symmetric = (values + values[[index_of(row) for row in swapped]]) / 2

    found = list(shares_of(symmetric, m).values())

    assert found[first] == pytest.approx(found[second], abs=1e-9)


@given(pairs, st.floats(-3, 3))
def test_shares_of_a_sum_of_games_are_the_sum_of_their_shares(
    game: tuple[int, np.ndarray, np.ndarray], factor: float
) -> None:
    m, one, other = game
    together = np.array(list(shares_of(one + factor * other, m).values()))
    apart = np.array([list(shares_of(values, m).values()) for values in (one, other)])
    assert together == pytest.approx(apart[0] + factor * apart[1], abs=1e-8)


@given(pairs, st.permutations(range(4)))
def test_the_order_of_the_inputs_changes_no_share(game: tuple[int, np.ndarray, np.ndarray], order: list[int]) -> None:
    m, values, _ = game
    order = [place for place in order if place < m]
    # Input j of the new game is input order[j] of the old one.
    renamed = np.array([values[index_of(row[np.argsort(order)])] for row in all_coalitions(m)])

    found, moved = list(shares_of(values, m).values()), list(shares_of(renamed, m).values())

    assert moved == pytest.approx([found[place] for place in order], abs=1e-9)


def test_sole_input_gets_everything() -> None:
    assert shares_of(np.array([0.5, -1.5]), 1) == {KINDS[0]: pytest.approx(-2.0)}


def test_without_each_takes_one_input_away() -> None:
    # Rows of the table: () a b ab -> coded 00, 01 (second), 10 (first), 11.
    found = without_each(head_of(np.array([1.0, 2.0, 4.0, 9.0]), 2), KINDS[:2], findings=["f"])
    assert found == {KINDS[0]: {"f": 2.0}, KINDS[1]: {"f": 4.0}}


def test_what_each_input_says_alone_stands_beside_its_share() -> None:
    shares = shapley_shares(head_of(np.array([1.0, 2.0, 4.0, 9.0]), 2), KINDS[:2], findings=["f"])

    found = with_own_heads(shares, {KINDS[0]: {"f": 2.5, "g": 0.0}, KINDS[1]: {"f": -1.5, "g": 9.0}})["f"]

    assert found.alone == {KINDS[0]: 2.5, KINDS[1]: -1.5}
    assert found.opposed == ((KINDS[0],), (KINDS[1],))
    assert found.by_kind == shares["f"].by_kind
