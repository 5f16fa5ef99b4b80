"""The look of the plots: sizes, colours that the colour-blind tell apart, and PNG bytes without a window."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from medmm.core.resources import resource

# Okabe and Ito 2008; in this order they also differ in lightness.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
INK, QUIET, HAIRLINE = "#14181c", "#59626b", "#d5dade"
WIDTH_IN = 7.2
DPI = 160
STYLES = ("-", "--", ":", "-.")


@contextmanager
def plot_style() -> Iterator[None]:
    """Set fonts, sizes and grid for what is drawn inside."""
    import matplotlib
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    shipped = resource("report", "fonts") / "MedMMSans-Regular.ttf"
    if "MedMM Sans" not in known and shipped.is_file():
        font_manager.fontManager.addfont(str(shipped))
        font_manager.fontManager.addfont(str(shipped.with_name("MedMMSans-Bold.ttf")))
    style = {
        "font.family": ["MedMM Sans", "DejaVu Sans"],
        "font.size": 8,
        "axes.titlesize": 9,
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "axes.edgecolor": QUIET,
        "axes.labelcolor": QUIET,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "text.color": INK,
        "grid.color": HAIRLINE,
        "grid.linewidth": 0.5,
        "legend.frameon": False,
        "legend.fontsize": 7.5,
    }
    with matplotlib.rc_context(style):
        yield


def panels(n: int, *, row_height_in: float, columns: int = 3, share_y: bool = True) -> tuple[Any, list[Any]]:
    """Make a figure with n axes in rows of three; those left over are taken away."""
    from matplotlib.figure import Figure

    columns = min(columns, n)
    n_rows = -(-n // columns)
    figure = Figure(figsize=(WIDTH_IN, n_rows * row_height_in + 0.35), layout="constrained")
    axes = figure.subplots(n_rows, columns, squeeze=False, sharex=True, sharey=share_y).ravel().tolist()
    for spare in axes[n:]:
        # The axis above an empty place keeps its numbers, which a shared axis would drop.
        axes[axes.index(spare) - columns].tick_params(labelbottom=True)
        spare.remove()
    return figure, axes[:n]


def to_png(figure: Any) -> bytes:
    """Render a figure; the same figure gives the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    stream = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()


def shown_name(name: str) -> str:
    """Write a finding's name as people read it."""
    return name.replace("_", " ").capitalize()
