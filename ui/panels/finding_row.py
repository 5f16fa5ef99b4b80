"""One finding as a row that can be selected: sign, name, bar, number, decision, shares."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from medmm.core.prediction import CaseResult, FindingScore, Shares
from medmm.core.quality import InputKind
from medmm.core.review import Review
from ui import theme
from ui.language import tr
from ui.panels.finding_paint import paint_bar, paint_shares, share_line
from ui.panels.plain_label import plain_tip
from ui.state.finding_words import margin_words, number_words, signed, spoken, threshold_words
from ui.state.review_words import SIGNS, review_line, review_tip
from ui.theme import scaled

# Places at the usual text size.
PADDING, GAP = 12, 12
HEAD_HEIGHT = 24
BAR_TOP = 38
WORDS_TOP = 50
WORDS_HEIGHT = 18
REVIEW_TOP = 74
SHARES_TOP = 96
SHARE_GAP = 10
# What rows take where there is little room: head and bar; of the selected one the line below as well.
CLOSE_HEIGHT, TIGHT_HEIGHT = 40, 66
# Then everything stands so much higher.
RISE = 6


class Density(StrEnum):
    """How much rows say: all of them in full; the selected one alone; not even that one."""

    FULL = "full"
    CLOSE = "close"
    TIGHT = "tight"


class FindingRow(QAbstractButton):
    """Click, Enter or the arrow keys select it; the row that is selected shows its shares as bars."""

    chosen = Signal(str)

    def __init__(self, finding: FindingScore, result: CaseResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding = finding
        self._shares: Shares | None = result.shares.get(finding.name)
        self._scale = share_scale(result)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spoken = spoken(finding, result)
        self._review: Review | None = None
        self._density = Density.FULL
        self.set_review(None, None)
        self.toggled.connect(self._on_toggled)

    @property
    def name(self) -> str:
        """The finding's name."""
        return self._finding.name

    def set_review(self, review: Review | None, first: Review | None) -> None:
        """Show the reader's verdict below what the model says. first: what he said before he saw that."""
        self._review = review
        tip = tr("{finding}. Hold Space to see where on the image.").format(finding=self._spoken)
        self.setToolTip(plain_tip(f"{tip}\n{review_tip(review, first)}"))
        self.setAccessibleName(f"{self._spoken}; {tr('Reader: {verdict}').format(verdict=review_line(review))}")
        self.update()

    def set_density(self, density: Density) -> None:
        """Take more or less room."""
        if density is not self._density:
            self._density = density
            self.updateGeometry()
            self.update()

    def height_at(self, density: Density) -> int:
        """Give how tall the row is."""
        if density is not Density.FULL and not self.isChecked():
            return scaled(CLOSE_HEIGHT)
        if density is Density.TIGHT:
            return scaled(TIGHT_HEIGHT)
        n_shares = len(self._shares.by_kind) if self._shares else 0
        bars = n_shares * share_line() + 6 if self.isChecked() and n_shares else 0
        return scaled(SHARES_TOP) + 4 + bars

    @property
    def _is_short(self) -> bool:
        return self._density is not Density.FULL and not self.isChecked()

    @property
    def _rise(self) -> int:
        return 0 if self._has_review_line else RISE

    @property
    def _has_review_line(self) -> bool:
        return not self._is_short and self._density is not Density.TIGHT

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, self.height_at(self._density))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setChecked(True)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter)
        inside = QRectF(self.rect()).adjusted(PADDING, 0, -PADDING, 0)
        self._paint_head(painter, inside)
        bar = QRectF(inside.left(), scaled(BAR_TOP) - self._rise, inside.width(), 6 if self._rise else 8)
        paint_bar(painter, bar, self._finding)
        if not self._is_short:
            self._paint_words(painter, inside)
        if self._has_review_line:
            self._paint_review(painter, inside)
        painter.end()

    def _paint_card(self, painter: QPainter) -> None:
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        is_raised = self.isChecked() or self.underMouse()
        painter.setBrush(theme.color(theme.RAISED if is_raised else theme.PANEL))
        painter.setPen(QPen(theme.color(theme.ACCENT if self.hasFocus() else theme.LINE), 1))
        painter.drawRoundedRect(area, 4, 4)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(theme.ACCENT))
            painter.drawRoundedRect(QRectF(0, 4, 3, self.height() - 8), 1.5, 1.5)

    def _paint_head(self, painter: QPainter, inside: QRectF) -> None:
        head = QRectF(inside.left(), 8 - self._rise, inside.width(), scaled(HEAD_HEIGHT))
        finding, left = self._finding, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color(theme.TEXT))
        painter.setFont(theme.font(theme.SIZE_NUMBER))
        number = number_words(finding)
        painter.drawText(head, right, number)
        head.setRight(head.right() - painter.fontMetrics().horizontalAdvance(number) - GAP)
        painter.setPen(theme.color(theme.DECISION_COLORS[finding.decision]))
        painter.setFont(theme.font(theme.SIZE_BODY))
        painter.drawText(head, left, theme.DECISION_SIGNS[finding.decision])
        painter.drawText(head, right, tr(finding.decision))
        head.setRight(head.right() - painter.fontMetrics().horizontalAdvance(tr(finding.decision)) - GAP)
        if self._review is not None and not self._has_review_line:
            # Of the reader's verdict there is room for the sign; the tip says it in full.
            painter.setPen(theme.color(theme.TEXT))
            painter.drawText(head, right, SIGNS[self._review.verdict])
            head.setRight(head.right() - scaled(20))
        head.setLeft(head.left() + scaled(20))
        painter.setPen(theme.color(theme.TEXT))
        painter.setFont(theme.font(14, is_bold=True))
        title = painter.fontMetrics().elidedText(tr(finding.title), Qt.TextElideMode.ElideRight, int(head.width()))
        painter.drawText(head, left, title)

    def _paint_words(self, painter: QPainter, inside: QRectF) -> None:
        painter.setFont(theme.font(theme.SIZE_SECOND))
        painter.setPen(theme.color(theme.TEXT_2))
        line = QRectF(inside.left(), scaled(WORDS_TOP) - self._rise, inside.width(), scaled(WORDS_HEIGHT))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._margin_words())
        if self._shares is None:
            return
        if self.isChecked() and self._density is not Density.TIGHT:
            area = QRectF(inside.left(), scaled(SHARES_TOP), inside.width(), self.height() - scaled(SHARES_TOP))
            paint_shares(painter, area, self._shares, scale=self._scale)
        else:
            self._paint_short_shares(painter, line, self._shares)

    def _paint_review(self, painter: QPainter, inside: QRectF) -> None:
        # A line of its own below a rule: what the model says and what the reader says are never one text.
        line = QRectF(inside.left(), scaled(REVIEW_TOP), inside.width(), scaled(WORDS_HEIGHT))
        painter.setPen(QPen(theme.color(theme.LINE), 1))
        painter.drawLine(line.topLeft(), line.topRight())
        painter.setFont(theme.font(theme.SIZE_SECOND))
        painter.setPen(theme.color(theme.TEXT_2))
        label = tr("Reader")
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, label)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(label) + GAP)
        painter.setFont(theme.font(theme.SIZE_SECOND, is_bold=self._review is not None))
        painter.setPen(theme.color(theme.TEXT_2 if self._review is None else theme.TEXT))
        words = painter.fontMetrics().elidedText(
            review_line(self._review), Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)

    def _margin_words(self) -> str:
        # The interval is on the bar as a whisker; a row that is not selected keeps its words for the shares.
        has_room = self.isChecked() and self._density is not Density.TIGHT
        return margin_words(self._finding) if has_room else threshold_words(self._finding)

    def _paint_short_shares(self, painter: QPainter, line: QRectF, shares: Shares) -> None:
        metrics = painter.fontMetrics()
        parts = {kind: f"{tr(kind.value)} {signed(share)}" for kind, share in shares.by_kind.items()}
        room = line.width() - metrics.horizontalAdvance(self._margin_words()) - GAP
        shown = fitting_shares(shares, {kind: metrics.horizontalAdvance(part) for kind, part in parts.items()}, room)
        right = line.right()
        for kind in reversed(shown):
            right -= metrics.horizontalAdvance(parts[kind])
            painter.setPen(theme.color(theme.INPUT_COLORS[kind]))
            area = QRectF(right, line.top(), line.right() - right, line.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, parts[kind])
            right -= SHARE_GAP

    def _on_toggled(self, is_checked: bool) -> None:
        self.updateGeometry()
        if is_checked:
            self.chosen.emit(self._finding.name)


def share_scale(result: CaseResult) -> float:
    """Give the logits at full bar width: one scale for all findings of a case, at least 1."""
    every = [abs(share) for shares in result.shares.values() for share in shares.by_kind.values()]
    return max(1.0, *every) if every else 1.0


def fitting_shares(shares: Shares, widths: Mapping[InputKind, float], room: float) -> tuple[InputKind, ...]:
    """Give the inputs whose shares find room side by side; the smallest give way first, the row's tip tells all."""
    kinds = list(shares.by_kind)
    while kinds and sum(widths[kind] + SHARE_GAP for kind in kinds) - SHARE_GAP > room:
        kinds.remove(min(kinds, key=lambda kind: abs(shares.by_kind[kind])))
    return tuple(kinds)
