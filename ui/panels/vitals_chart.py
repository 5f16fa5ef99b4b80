"""Draw the vital signs over time as a picture; runs in a worker, for matplotlib takes a second to import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from medmm.core.case import Case
from medmm.core.prediction import Explanation, VitalWeight
from medmm.core.record import VITAL_SIGNS, VitalMeasurement, VitalSign
from ui import theme
from ui.state.identity_line import MONTHS
from ui.state.why_words import signed_fine

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.axes import Axes

STRIP_HEIGHT = 56
FOOT_HEIGHT = 34
POINTS_PER_PIXEL = 72 / 96


@dataclass(frozen=True)
class ChartRequest:
    """What to draw: measurements of each sign, their weights for the selected finding, size in pixels and sharpness."""

    strips: tuple[tuple[VitalSign, tuple[VitalMeasurement, ...]], ...]
    weights: tuple[VitalWeight, ...]
    width: int
    pixel_ratio: float

    @property
    def height(self) -> int:
        """Height in device-independent pixels."""
        return STRIP_HEIGHT * len(self.strips) + FOOT_HEIGHT


def chart_request(case: Case, explanation: Explanation | None, *, width: int, pixel_ratio: float) -> ChartRequest:
    """Collect what the chart needs: one strip for every vital sign, measured or not."""
    strips = tuple((sign, tuple(m for table in case.vitals for m in table.of(sign.name))) for sign in VITAL_SIGNS)
    return ChartRequest(strips, explanation.vitals if explanation else (), width, pixel_ratio)


def draw_vitals(request: ChartRequest) -> QImage:
    """Draw one strip a vital sign with its reference range; never measured ones are hatched."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    dpi = 96 * request.pixel_ratio
    size_inches = (request.width / 96, request.height / 96)
    figure = Figure(figsize=size_inches, dpi=dpi, facecolor=theme.hex_of(theme.PANEL))
    canvas = FigureCanvasAgg(figure)
    n_strips = len(request.strips)
    foot = FOOT_HEIGHT / request.height
    grid = figure.add_gridspec(n_strips, 1, left=0.29, right=0.73, top=1 - 6 / request.height, bottom=foot, hspace=0.35)
    weights = {weight.name: weight for weight in request.weights}
    span = _time_span(request)
    for row, (sign, measured) in enumerate(request.strips):
        axes = figure.add_subplot(grid[row, 0])
        _style(axes, is_last=row == n_strips - 1, span=span)
        _draw_strip(axes, sign, measured)
        _label(axes, sign, measured, weights.get(sign.name))
    canvas.draw()
    return _to_image(canvas, request.pixel_ratio)


def _to_image(canvas: object, pixel_ratio: float) -> QImage:
    buffer = canvas.buffer_rgba()  # type: ignore[attr-defined]
    rows, cols = buffer.shape[:2]
    # copy(): the buffer belongs to matplotlib and goes with the figure.
    image = QImage(buffer.tobytes(), cols, rows, 4 * cols, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(pixel_ratio)
    return image


def _time_span(request: ChartRequest) -> tuple[datetime, datetime] | None:
    times = [m.time for _, measured in request.strips for m in measured]
    return (min(times), max(times)) if times else None


def _style(axes: Axes, *, is_last: bool, span: tuple[datetime, datetime] | None) -> None:
    from matplotlib.dates import date2num

    small = 11 * POINTS_PER_PIXEL
    axes.set_facecolor(theme.hex_of(theme.PANEL))
    for side in axes.spines.values():
        side.set_color(theme.hex_of(theme.LINE))
    axes.tick_params(colors=theme.hex_of(theme.TEXT_2), labelsize=small, length=2, width=0.5)
    axes.yaxis.tick_right()
    axes.set_xticks([])
    if span is None:
        return
    first, last = (float(date2num(time)) for time in span)
    margin = 0.04 * (last - first) or 0.02
    axes.set_xlim(first - margin, last + margin)
    if is_last:
        # Two ends instead of ticks: a reader asks "since when", and dates never crowd a narrow panel.
        foot: dict[str, Any] = {
            "transform": axes.transAxes,
            "va": "top",
            "color": theme.hex_of(theme.TEXT_2),
            "fontsize": small,
        }
        axes.text(0, -0.15, moment_words(span[0]), ha="left", **foot)
        if span[0].date() != span[1].date():
            axes.text(1, -0.15, moment_words(span[1]), ha="right", **foot)
        else:
            axes.text(1, -0.15, f"{span[1]:%H:%M}", ha="right", **foot)


def moment_words(time: datetime) -> str:
    """Write day and time without a year: 3 Nov 14:02."""
    return f"{time.day} {MONTHS[time.month - 1]} {time:%H:%M}"


def _draw_strip(axes: Axes, sign: VitalSign, measured: tuple[VitalMeasurement, ...]) -> None:
    low, high = sign.reference
    if not measured:
        axes.set_yticks([])
        axes.axhspan(0, 1, facecolor="none", edgecolor=theme.hex_of(theme.TEXT_OFF), hatch="////", linewidth=0)
        axes.set_ylim(0, 1)
        axes.text(0.5, 0.5, "not measured", transform=axes.transAxes, ha="center", va="center",
                  color=theme.hex_of(theme.TEXT), backgroundcolor=theme.hex_of(theme.PANEL),
                  fontsize=11 * POINTS_PER_PIXEL)  # fmt: skip
        return
    axes.axhspan(low, high, color=theme.hex_of(theme.NEGATIVE), alpha=0.22, linewidth=0)
    kept = [m for m in measured if m.is_plausible]
    odd = [m for m in measured if not m.is_plausible]
    outside = [m for m in kept if not low <= m.value <= high]
    _plot(axes, kept, color=theme.hex_of(theme.TEXT), linewidth=1.2, marker="o", markersize=3)
    _plot(axes, outside, color=theme.hex_of(theme.WARNING), linestyle="", marker="o", markersize=4.5)
    _plot(axes, odd, color=theme.hex_of(theme.STOP), linestyle="", marker="x", markersize=5)
    values = [m.value for m in measured] + [low, high]
    margin = 0.12 * (max(values) - min(values))
    axes.set_ylim(min(values) - margin, max(values) + margin)
    axes.set_yticks([low, high])


def _plot(axes: Axes, measured: Sequence[VitalMeasurement], **look: Any) -> None:
    from matplotlib.dates import date2num

    axes.plot([float(date2num(m.time)) for m in measured], [m.value for m in measured], **look)


def _label(axes: Axes, sign: VitalSign, measured: tuple[VitalMeasurement, ...], weight: VitalWeight | None) -> None:
    small = 11 * POINTS_PER_PIXEL
    last = next((m for m in reversed(measured) if m.is_plausible), None)
    value = f"{last.value:g} {sign.unit}" if last else "–"
    is_outside = last is not None and not sign.reference[0] <= last.value <= sign.reference[1]
    place: dict[str, Any] = {"transform": axes.transAxes, "ha": "left", "fontsize": small}
    axes.text(-0.62, 0.74, sign.title, va="center", color=theme.hex_of(theme.TEXT_2), **place)
    axes.text(
        -0.62,
        0.22,
        value,
        va="center",
        color=theme.hex_of(theme.WARNING if is_outside else theme.TEXT),
        weight="bold",
        **place,
    )
    if weight is not None:
        color = theme.hex_of(theme.POSITIVE if weight.weight > 0 else theme.NEGATIVE)
        axes.text(1.27, 0.5, signed_fine(weight.weight), va="center", color=color, **place)
