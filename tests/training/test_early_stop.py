"""Early stopping."""

from __future__ import annotations

from medmm.training.early_stop import best_epoch, has_ended
from medmm.training.options import EarlyStop

NAN = float("nan")


def test_a_stage_ends_after_patience_epochs_without_a_gain() -> None:
    rule = EarlyStop(patience=2)

    assert not has_ended([0.6, 0.7, 0.65], rule)
    assert has_ended([0.6, 0.7, 0.65, 0.7], rule)
    assert best_epoch([0.6, 0.7, 0.65, 0.7], rule) == 1


def test_a_gain_below_the_smallest_one_does_not_count() -> None:
    assert best_epoch([0.70, 0.705, 0.72], EarlyStop(patience=1, min_gain=0.01)) == 2
    assert has_ended([0.70, 0.705], EarlyStop(patience=1, min_gain=0.01))


def test_without_a_rule_or_a_figure_the_last_epoch_goes_on() -> None:
    assert best_epoch([0.9, 0.1], None) == 1
    assert not has_ended([0.9, 0.1], None)
    assert best_epoch([NAN, NAN], EarlyStop(patience=5)) == 1
    assert not has_ended([], EarlyStop(patience=1))
