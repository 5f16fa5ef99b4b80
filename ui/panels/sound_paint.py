"""Paint a spectrogram in greys, the weights over it, and the axes around it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from medmm.core.heat_map import SoundMap
from medmm.workflow.spectrogram import QUIETEST_DB, Spectrogram
from ui import theme
from ui.language import tr
from ui.panels.sound_frame import GAP, SoundFrame
from ui.state.sound_cursor import Cursor, pitch_hz
from ui.viewer.heat_colors import heat_colors
from ui.viewer.heat_overlay import HeatLook, colored

# Symbols of units are the same in every language.
HERTZ, SECOND, DECIBEL = "Hz", "s", "dB"
# The same for every finding, case and model. Ten seconds at the top add one logit.
TOP_LOGITS_PER_SECOND = 0.1
STEPS_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0)
TICK_ROOM, NOTCH = 40, 4
DB_TICKS, LOGIT_TICKS = 4, 3
SEEN_ALPHA = 0.9
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def grey_image(picture: Spectrogram) -> QImage:
    """Make the picture: black at the quietest, white at the loudest; high pitch at the top."""
    greys = np.rint(255 * (1 - picture.levels_db[::-1] / np.float32(QUIETEST_DB))).astype(np.uint8)
    rows, cols = greys.shape
    # A copy: the bytes of the array end with this call.
    return QImage(np.ascontiguousarray(greys).data, cols, rows, cols, QImage.Format.Format_Grayscale8).copy()


def paint_greys(painter: QPainter, frame: SoundFrame, image: QImage) -> None:
    """Paint the part of the picture that is seen."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(frame.body, image, frame.source())


def paint_weights(painter: QPainter, frame: SoundFrame, weights: SoundMap, look: HeatLook) -> None:
    """Paint each cell of the map where it belongs, unsmoothed, and the range of pitch that the model hears."""
    rgba = np.ascontiguousarray(colored(weights.per_second, look, top=TOP_LOGITS_PER_SECOND))
    n_moments = rgba.shape[1]
    left, right = frame.x_of(0.0), frame.x_of(n_moments * weights.seconds_per_moment)
    painter.save()
    painter.setClipRect(frame.body)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for row, (low, high) in zip(rgba, weights.bands_hz, strict=True):
        cells = QImage(row.data, n_moments, 1, n_moments * 4, QImage.Format.Format_RGBA8888)
        painter.drawImage(QRectF(left, frame.y_of(high), right - left, frame.y_of(low) - frame.y_of(high)), cells)
    top, bottom = frame.y_of(weights.bands_hz[-1][1]), frame.y_of(weights.bands_hz[0][0])
    with theme.image_colors():
        painter.setPen(QPen(theme.color(theme.ACCENT, alpha=SEEN_ALPHA), 1, Qt.PenStyle.DashLine))
    heard = QRectF(left, top, min(right, frame.x_of(frame.axis.last)) - left, bottom - top)
    painter.drawRect(heard.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def paint_axes(painter: QPainter, frame: SoundFrame) -> None:
    """Write pitches in Hz at the left and seconds below."""
    body, height = frame.body, painter.fontMetrics().height()
    painter.setPen(theme.color(theme.TEXT_2))
    painter.drawText(QRectF(0, 0, body.left() - GAP, body.top() - 2), RIGHT, HERTZ)
    for hz in frame.pitches():
        at = min(max(frame.y_of(hz), body.top() + height / 2), body.bottom() - height / 2)
        painter.drawText(QRectF(0, at - height / 2, body.left() - GAP, height), RIGHT, f"{hz}")
        painter.drawLine(QLineF(body.left() - NOTCH, frame.y_of(hz), body.left() - 1, frame.y_of(hz)))
    below = QRectF(0, body.bottom() + NOTCH, body.left() - GAP, frame.height - body.bottom() - NOTCH)
    painter.drawText(below, RIGHT, SECOND)
    for seconds in tick_seconds(frame):
        x = frame.x_of(seconds)
        painter.drawLine(QLineF(x, body.bottom(), x, body.bottom() + NOTCH))
        place = QRectF(x - TICK_ROOM, body.bottom() + NOTCH, 2 * TICK_ROOM, frame.height - body.bottom() - NOTCH)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{seconds:g}")


def tick_seconds(frame: SoundFrame) -> list[float]:
    """Give round times that are seen, no closer than their numbers are wide."""
    axis = frame.axis
    wanted = axis.span * theme.scaled(TICK_ROOM) / frame.body.width()
    step = next((each for each in STEPS_S if each >= wanted), STEPS_S[-1])
    first, last = int(np.ceil(axis.start / step - 1e-9)), int(np.floor(axis.end / step + 1e-9))
    return [round(number * step, 3) for number in range(first, last + 1)]


def paint_scale(painter: QPainter, frame: SoundFrame, *, scale: str | None) -> None:
    """Paint the scale: of the greys in dB, or where `scale` names heat colours, of the weights in logits a second."""
    bar, height = frame.bar, painter.fontMetrics().height()
    painter.fillRect(bar, _gradient(bar, scale))
    painter.setPen(theme.color(theme.TEXT_2))
    unit = QRectF(bar.left(), 0, frame.width - bar.left(), frame.body.top() - 2)
    painter.drawText(unit, LEFT, DECIBEL if scale is None else tr("logit/s"))
    for part in np.linspace(0, 1, DB_TICKS if scale is None else LOGIT_TICKS).tolist():
        middle = bar.bottom() - height / 2 - part * (bar.height() - height)
        place = QRectF(bar.right() + NOTCH, middle - height / 2, frame.width - bar.right() - NOTCH, height)
        painter.drawText(place, LEFT, _scale_words(part, scale))


def paint_cursor(painter: QPainter, frame: SoundFrame, cursor: Cursor) -> None:
    """Cross time and pitch; dark beside light, so that the lines show on any grey."""
    x, y = frame.x_of(cursor.seconds), frame.y_of(pitch_hz(frame.picture, cursor))
    lines = [
        QLineF(QPointF(x, frame.body.top()), QPointF(x, frame.body.bottom())),
        QLineF(QPointF(frame.body.left(), y), QPointF(frame.body.right(), y)),
    ]
    with theme.image_colors():
        for token, width, alpha in ((theme.GROUND, 3, 0.5), (theme.ACCENT, 1, 1.0)):
            painter.setPen(QPen(theme.color(token, alpha=alpha), width))
            painter.drawLines(lines)


def _scale_words(part: float, scale: str | None) -> str:
    if scale is None:
        return f"{(1 - part) * QUIETEST_DB:.0f}".replace("-", "−") if part < 1 else "0"
    value = f"{part * TOP_LOGITS_PER_SECOND:.3g}"
    return f"≥ {value}" if part == 1 else value


def _gradient(bar: QRectF, scale: str | None) -> QLinearGradient:
    gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
    if scale is None:
        gradient.setColorAt(0, QColor(0, 0, 0))
        gradient.setColorAt(1, QColor(255, 255, 255))
        return gradient
    for index in range(0, 256, 15):
        red, green, blue = (int(part) for part in heat_colors(scale)[index])
        gradient.setColorAt(index / 255, QColor(red, green, blue))
    return gradient
