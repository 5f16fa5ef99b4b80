"""Where the lanes of the timeline lie, and where each item stands on them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from medmm.core.quality import InputKind
from medmm.workflow.timeline import TimelineItem
from ui import theme
from ui.panels.time_ruler import ruler_height
from ui.state.time_axis import TimeAxis
from ui.state.timeline_state import seconds_of
from ui.state.timeline_words import LANES

TITLE_WIDTH, UNDATED_WIDTH = 64, 76
LANE_HEIGHT, PAD = 22, 6
# A moment is as wide as one can hit.
DOT = 10.0


@dataclass(frozen=True)
class TimelineFrame:
    """Lanes under each other over one axis; at the right, apart from it, what has no date."""

    width: float
    height: float
    axis: TimeAxis | None
    items: tuple[TimelineItem, ...]

    @property
    def has_undated(self) -> bool:
        """Tell whether there is a column for what has no date."""
        return any(item.start is None for item in self.items)

    @property
    def body(self) -> QRectF:
        """Where the lanes are drawn over the axis."""
        left = theme.scaled(TITLE_WIDTH)
        right = self.width - PAD - (theme.scaled(UNDATED_WIDTH) if self.has_undated else 0)
        return QRectF(left, PAD, max(1.0, right - left), len(LANES) * theme.scaled(LANE_HEIGHT))

    @property
    def undated(self) -> QRectF:
        """Where stands what has no date."""
        body = self.body
        return QRectF(body.right() + 2 * PAD, body.top(), self.width - body.right() - 3 * PAD, body.height())

    @property
    def ruler(self) -> QRectF:
        """Where the axis is written."""
        body = self.body
        return QRectF(body.left(), body.bottom() + PAD, body.width(), ruler_height())

    def lane(self, kind: InputKind) -> QRectF:
        """Give where a lane is drawn."""
        body = self.body
        height = theme.scaled(LANE_HEIGHT)
        return QRectF(body.left(), body.top() + LANES.index(kind) * height, body.width(), height)

    def x_of(self, seconds: float) -> float:
        """Give where a time stands."""
        body = self.body
        return body.left() + (self.axis.fraction(seconds) if self.axis else 0.0) * body.width()

    def place_of(self, place: int) -> QRectF:
        """Give where an item stands; a moment is a dot wide."""
        item = self.items[place]
        lane, stretch = self.lane(item.kind), seconds_of(item)
        if stretch is None:
            before = sum(other.start is None and other.kind is item.kind for other in self.items[:place])
            return QRectF(self.undated.left() + before * (DOT + 2), lane.center().y() - DOT / 2, DOT, DOT)
        left, right = self.x_of(stretch[0]), self.x_of(stretch[1])
        if right - left < DOT:
            left, right = (left + right - DOT) / 2, (left + right + DOT) / 2
        return QRectF(left, lane.center().y() - DOT / 2, right - left, DOT)

    def items_at(self, x: float, y: float) -> list[int]:
        """Give the items at a point, those in the middle of which it lies nearest first."""
        hit = []
        for place, item in enumerate(self.items):
            area, lane = self.place_of(place), self.lane(item.kind)
            if area.left() - 2 <= x <= area.right() + 2 and lane.top() <= y < lane.bottom():
                hit.append((abs(area.center().x() - x), place))
        return [place for _, place in sorted(hit)]


def timeline_height() -> int:
    """Give the height that the lanes and the axis need."""
    return 3 * PAD + len(LANES) * theme.scaled(LANE_HEIGHT) + ruler_height()
