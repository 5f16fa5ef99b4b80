"""Which stretch of time before the study a model reads vital signs from."""

from __future__ import annotations

from datetime import datetime, timedelta

from medmm.core.case import Case


def model_window(case: Case) -> tuple[datetime, datetime] | None:
    """Give the first and last time of values that a model may read, on the clock's face; None without an index time."""
    from medmm.inference.vitals_gate import WINDOW_HOURS

    if case.index_time is None:
        return None
    end = case.index_time.replace(tzinfo=None)
    return end - timedelta(hours=WINDOW_HOURS), end
