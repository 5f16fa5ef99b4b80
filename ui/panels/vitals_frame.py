"""Where the parts of the chart of vital signs lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QRectF

from ui import theme
from ui.panels.time_ruler import ruler_height

WEIGHT_WIDTH = 46
# Name over value and one end of the range over the other; beside each other where lanes are low.
LABEL_WIDTH, LOW_LABEL_WIDTH = 104, 112
RANGE_WIDTH, LOW_RANGE_WIDTH = 34, 54
TOP_LINE = 16
LEAST_LANE, ROOMY_LANE, LANE_GAP = 20, 34, 6
PAD = 4


@dataclass(frozen=True)
class VitalsFrame:
    """Lanes under each other with one time axis: names at the left, ranges and weights at the right."""

    width: float
    height: float
    n_lanes: int

    @cached_property
    def body(self) -> QRectF:
        """Where all lanes are drawn."""
        top = theme.scaled(TOP_LINE)
        ruler = self.ruler
        return QRectF(ruler.left(), top, ruler.width(), max(1.0, ruler.top() - top))

    @cached_property
    def ruler(self) -> QRectF:
        """Where the time axis is written."""
        left = theme.scaled(LOW_LABEL_WIDTH if self.is_low else LABEL_WIDTH)
        right = self.width - self._range_width - theme.scaled(WEIGHT_WIDTH)
        return QRectF(left, self.height - ruler_height() - PAD, max(1.0, right - left), ruler_height())

    @cached_property
    def is_low(self) -> bool:
        """Tell whether a lane has room for one line of text only."""
        roomy = theme.scaled(TOP_LINE) + self.n_lanes * theme.scaled(ROOMY_LANE) + ruler_height() + PAD
        return self.height < roomy

    @property
    def _range_width(self) -> int:
        return theme.scaled(LOW_RANGE_WIDTH if self.is_low else RANGE_WIDTH)

    def lane(self, row: int) -> QRectF:
        """Give where a lane is drawn."""
        body = self.body
        step = body.height() / max(1, self.n_lanes)
        return QRectF(body.left(), body.top() + row * step, body.width(), step - LANE_GAP)

    def range_of(self, row: int) -> QRectF:
        """Give where the ends of a lane's reference range are written."""
        lane = self.lane(row)
        return QRectF(lane.right() + PAD, lane.top(), self._range_width - PAD, lane.height())

    def weight_of(self, row: int) -> QRectF:
        """Give where a lane's weight is written."""
        lane = self.lane(row)
        width = theme.scaled(WEIGHT_WIDTH)
        return QRectF(self.width - width, lane.top(), width - 2 * PAD, lane.height())

    def row_at(self, y: float) -> int | None:
        """Give the lane at a height."""
        body = self.body
        if not body.top() <= y < body.bottom() or not self.n_lanes:
            return None
        return min(self.n_lanes - 1, int((y - body.top()) / body.height() * self.n_lanes))


def least_height(n_lanes: int) -> int:
    """Give the height below which lanes could not be read."""
    return theme.scaled(TOP_LINE) + n_lanes * theme.scaled(LEAST_LANE) + ruler_height() + PAD
