"""How a row of the study browser looks: patient, study, or series with its small picture; plain text throughout."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui import theme
from ui.panels.browser_model import PICTURE_ROLE, REMARK_ROLE, ROW_ROLE
from ui.panels.thumbnail import THUMBNAIL
from ui.state.browser_rows import Row, RowKind
from ui.state.case_state import CaseState
from ui.state.patient import Patient, Stage

AnyIndex = QModelIndex | QPersistentModelIndex
LINE = 18
HEIGHTS = {RowKind.PATIENT: 72, RowKind.STUDY: 44, RowKind.SERIES: THUMBNAIL + 12}
FOLD_WIDTH = 20
WARNING_SIGN = "▲"


class BrowserDelegate(QStyledItemDelegate):
    """Paints rows; a series whose picture is missing is asked for when its row is first seen.

    stars: how many slices of a series are key images, by its key.
    """

    picture_wanted = Signal(str)

    def __init__(self, cases: CaseState, stars: Mapping[str, int], parent: object) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._cases, self._stars = cases, stars

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        row: Row = index.data(ROW_ROLE)
        height = HEIGHTS[row.kind]
        return QSize(160, max(theme.scaled(height), height if row.kind is RowKind.SERIES else 0))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        self._paint_ground(painter, option, row)
        if row.kind is RowKind.PATIENT:
            self._paint_patient(painter, option.rect, row)
        elif row.kind is RowKind.STUDY:
            self._paint_study(painter, option.rect, row)
        else:
            self._paint_series(painter, option.rect, row, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        area: QRect = option.rect
        is_shown = row.kind is RowKind.SERIES and row.target in self._cases.shown.keys
        is_current = row.target in (self._cases.key, self._cases.series_key) and row.kind is not RowKind.STUDY
        if is_current or is_shown:
            painter.fillRect(area, theme.color(theme.RAISED))
        if is_current:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color(theme.ACCENT))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color(theme.ACCENT), 1))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if row.kind is RowKind.PATIENT:
            painter.setPen(QPen(theme.color(theme.LINE), 1))
            painter.drawLine(area.topLeft(), area.topRight())

    def _paint_patient(self, painter: QPainter, area: QRect, row: Row) -> None:
        inside = area.adjusted(12, 8, -8, -8)
        if row.has_children:
            _paint_fold(painter, inside, is_open=row.is_open)
        inside.setLeft(inside.left() + FOLD_WIDTH)
        patient = self._cases.worklist.patient(row.target)
        _line(painter, inside, 0, row.title, theme.TEXT, is_bold=True)
        _line(painter, inside, 1, row.second, theme.TEXT_2)
        _line(painter, inside, 2, row.third, _status_token(patient) if patient else theme.TEXT_2)

    def _paint_study(self, painter: QPainter, area: QRect, row: Row) -> None:
        inside = area.adjusted(12, 4, -8, -4)
        _paint_fold(painter, inside, is_open=row.is_open)
        inside.setLeft(inside.left() + FOLD_WIDTH)
        title = QRect(inside)
        if row.mark:
            title.setRight(_badge(painter, inside, row.mark) - 8)
        _line(painter, title, 0, row.title, theme.TEXT)
        _line(painter, inside, 1, row.second, theme.TEXT_2)

    def _paint_series(self, painter: QPainter, area: QRect, row: Row, index: AnyIndex) -> None:
        picture: QImage | None = index.data(PICTURE_ROLE)
        if picture is None:
            self.picture_wanted.emit(row.target)
        place = QRect(area.left() + 12, area.top() + (area.height() - THUMBNAIL) // 2, THUMBNAIL, THUMBNAIL)
        _paint_picture(painter, place, picture, index)
        inside = QRect(place.right() + 10, area.top() + 8, area.right() - place.right() - 18, area.height() - 16)
        title = QRect(inside)
        remark = index.data(REMARK_ROLE)
        if row.warning or self._cases.pixels.remarks(row.target):
            title.setRight(title.right() - 16)
            painter.setPen(theme.color(theme.WARNING))
            painter.setFont(theme.font(theme.SIZE_SECOND))
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, WARNING_SIGN)
        _line(painter, title, 0, row.title, theme.TEXT)
        _line(painter, inside, 1, row.second, theme.TEXT_2)
        third = QRect(inside)
        n_stars = self._stars.get(row.target, 0)
        if n_stars:
            third.setLeft(_stars(painter, inside, n_stars))
        _line(painter, third, 2, remark or row.third, theme.TEXT_2)


def _line(painter: QPainter, inside: QRect, number: int, text: str, token: str, *, is_bold: bool = False) -> None:
    size = theme.SIZE_BODY if number == 0 else theme.SIZE_SECOND
    painter.setFont(theme.font(size, is_bold=is_bold))
    painter.setPen(theme.color(token))
    height = theme.scaled(LINE)
    place = QRect(inside.left(), inside.top() + number * height, inside.width(), height)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _stars(painter: QPainter, inside: QRect, n_stars: int) -> int:
    """Write how many key images there are at the left of the third line; gives where the rest begins."""
    words = f"★ {n_stars}"
    _line(painter, inside, 2, words, theme.WARNING)
    return inside.left() + painter.fontMetrics().horizontalAdvance(words) + 8


def _badge(painter: QPainter, inside: QRect, word: str) -> int:
    """Write a word in a frame at the right end of the first line; gives where it begins."""
    painter.setFont(theme.font(theme.SIZE_CORNER))
    width = painter.fontMetrics().horizontalAdvance(word) + 12
    place = QRect(inside.right() - width, inside.top() + 1, width, theme.scaled(16))
    painter.setPen(QPen(theme.color(theme.TEXT_2), 1))
    painter.drawRoundedRect(place, 3, 3)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
    return place.left()


def _paint_fold(painter: QPainter, inside: QRect, *, is_open: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(theme.TEXT_2))
    x, y = inside.left() + 4, inside.top() + theme.scaled(LINE) / 2
    down = [(-4, -2), (4, -2), (0, 3)]
    right = [(-2, -4), (3, 0), (-2, 4)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in (down if is_open else right)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_picture(painter: QPainter, place: QRect, picture: QImage | None, index: AnyIndex) -> None:
    painter.fillRect(place, theme.color("#000000"))
    if picture is not None and not picture.isNull():
        shown = picture.scaled(
            place.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        left = place.left() + (place.width() - shown.width()) // 2
        painter.drawImage(left, place.top() + (place.height() - shown.height()) // 2, shown)
    elif picture is not None:
        row: Row = index.data(ROW_ROLE)
        painter.setFont(theme.font(theme.SIZE_SECOND))
        painter.setPen(theme.color("#A3ABB3"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, row.title.split("  ")[0])


def _status_token(patient: Patient) -> str:
    if patient.case is not None and patient.case.stop is not None and not patient.override:
        return theme.STOP
    if patient.problem is not None and not patient.is_busy:
        return theme.WARNING
    if patient.stage is Stage.SCORED and patient.shown_result is not None:
        is_positive = any(finding.decision == "positive" for finding in patient.shown_result.findings)
        return theme.POSITIVE if is_positive else theme.NEGATIVE
    return theme.TEXT_2
