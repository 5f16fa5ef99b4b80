"""Agreement of readers and model as cells of a table."""

from __future__ import annotations

from medmm.core.agreement import Agreement, Reads
from ui.language import mark, tr

# Below this many readings an interval is wider than what it says.
FEW = 20
COLUMNS = (
    mark("Readings"), mark("Agreed"), mark("Overruled"), mark("No opinion"), mark("Changed after AI"),
    mark("Kappa (95 % interval)"),
)  # fmt: skip
READS = {
    Reads.ALL: mark("All readings"),
    Reads.READER_FIRST: mark("Said before the AI value was shown"),
    Reads.AI_FIRST: mark("Said after the AI value was shown"),
}


def cells(row: Agreement) -> tuple[str, ...]:
    """Give the cells behind the name in the order of COLUMNS."""
    return (
        str(row.n), str(row.n_agreed), str(row.n_overruled), str(row.n_no_opinion), str(row.n_changed), kappa_words(row)
    )  # fmt: skip


def kappa_words(row: Agreement) -> str:
    """Say kappa with its interval; a dash where it is not defined, and that there are few readings."""
    if row.kappa is None or row.interval is None:
        return "–"
    low, high = row.interval
    # A typographic minus, as everywhere.
    words = f"{row.kappa:.2f} ({low:.2f} – {high:.2f})".replace("-", "−")
    return words if row.n >= FEW else tr("{words}, few readings").format(words=words)
