"""How a batch stands, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.language import tr

if TYPE_CHECKING:
    from ui.state.batch_state import BatchState

MINUTE_S, HOUR_S = 60, 3600


def run_words(state: BatchState) -> str:
    """Say what is going on, how fast, and how long it will take; or why it is not."""
    if state.problem is not None:
        return f"{state.problem.sentence} {state.problem.hint}".strip()
    if state.is_running:
        return _running_words(state)
    if state.is_opening:
        return tr("Opening the batch.")
    if state.is_paused:
        return tr("Paused: the cases at hand are being kept. Go on whenever you like.")
    if state.cases is None:
        return tr("Choose a folder whose subfolders are one patient each, or the results of an earlier batch.")
    counts = state.counts
    if counts.n_waiting:
        words = tr("{n} of {total} cases are not scored yet. Start goes on with exactly these.")
        return words.format(n=f"{counts.n_waiting:,}", total=f"{counts.n_cases:,}")
    return tr("All {total} cases were attempted.").format(total=f"{counts.n_cases:,}")


def _running_words(state: BatchState) -> str:
    counts, progress = state.counts, state.progress
    if progress is None or not counts.n_cases:
        return tr("Starting: the model is loaded and patients are looked for.")
    words = tr("{n} of {total} cases").format(n=f"{counts.n_cases - counts.n_waiting:,}", total=f"{counts.n_cases:,}")
    if progress.per_s is not None:
        words += tr(", ") + tr("{rate} cases a second").format(rate=f"{progress.per_s:.1f}")
    return words + _left_words(progress.left_s)


def _left_words(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 2 * MINUTE_S:
        return tr(", ") + tr("about {n} s left").format(n=max(1, round(seconds)))
    if seconds < 2 * HOUR_S:
        return tr(", ") + tr("about {n} min left").format(n=round(seconds / MINUTE_S))
    return tr(", ") + tr("about {n} h left").format(n=round(seconds / HOUR_S))
