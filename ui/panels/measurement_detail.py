"""What the selected measurement says in full, with the histogram of a region."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from medmm.core.measurement import AREA_KINDS, Measurement
from medmm.imaging.measuring import Readout
from medmm.imaging.roi_mask import roi_mask
from medmm.imaging.roi_statistics import Histogram, RoiStatistics, roi_histogram
from ui import theme
from ui.panels.histogram import HistogramView
from ui.panels.plain_label import plain_label
from ui.state.measurement_seats import Seat
from ui.state.measurement_words import detail_lines, shown_numbers

BETWEEN, UNBROKEN = " · ", "\u00a0"


class MeasurementDetail(QWidget):
    """Takes no room while nothing is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain_label(self, pixels=theme.SIZE_SECOND, wraps=True)
        self._histogram = HistogramView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._histogram)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.hide()

    def show_words(self, lines: tuple[str, ...]) -> None:
        """Show what a measurement said, where its pixels are not at hand."""
        self._words.setText(_in_a_row(lines))
        self._words.setVisible(bool(lines))
        self._histogram.hide()
        self.show()

    def show_measurement(self, measurement: Measurement, readout: Readout, seat: Seat) -> None:
        """Show all numbers of a measurement, and how the values of a region are spread."""
        lines = detail_lines(measurement.kind, readout, seat.image, seat.slice_index)
        self._words.setText(_in_a_row(lines))
        self._words.setVisible(bool(lines))
        self._histogram.setVisible(readout.statistics is not None)
        self.show()
        # While a large region is dragged its histogram comes along with its numbers, a moment later.
        if measurement.kind in AREA_KINDS and readout.statistics is not None and readout.is_settled:
            histogram = readout.histogram or roi_histogram(
                seat.image, seat.slice_index, roi_mask(measurement, seat.image.size)
            )
            self._show_histogram(histogram, readout.statistics, seat)

    def _show_histogram(self, histogram: Histogram | None, statistics: RoiStatistics, seat: Seat) -> None:
        if histogram is not None:
            texts = shown_numbers(statistics, seat.image, seat.slice_index)
            self._histogram.show_histogram(histogram, mean=statistics.mean, texts=texts)
            self._histogram.setAccessibleName(", ".join(texts))


def _in_a_row(lines: tuple[str, ...]) -> str:
    # Room is short beside the list: the numbers run on, and a line is broken between two of them, never inside one.
    parts = (part for line in lines for part in line.split(BETWEEN))
    return BETWEEN.join(part.replace(" ", UNBROKEN) for part in parts)
