"""Thousands of points as Qt's shapes, made in one go: a QPointF each would take longer than painting them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath, QPolygonF

Numbers = NDArray[np.float64]
# Qt's own stream format, which has been the same since Qt 4.
_COUNT = np.dtype(">i4")
_POINT = np.dtype([("x", ">f8"), ("y", ">f8")])
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_LINE_TO = 1


def polygon(xs: Numbers, ys: Numbers) -> QPolygonF:
    """Make a polygon of points; xs, ys: [n] in pixels."""
    points = np.empty(len(xs), _POINT)
    points["x"], points["y"] = xs, ys
    made = QPolygonF()
    _stream(np.array(len(xs), _COUNT), points) >> made
    return made


def strokes(xs: Numbers, ys: Numbers) -> QPainterPath:
    """Make a path of separate lines through a few points each; xs, ys: [n, points] in pixels."""
    elements = np.zeros(xs.shape, _ELEMENT)
    elements["x"], elements["y"] = xs, ys
    elements["kind"][:, 1:] = _LINE_TO
    made = QPainterPath()
    if elements.size:
        # At the end where the last line begins, and the rule by which an area is filled (winding).
        _stream(np.array(elements.size, _COUNT), elements, np.array([elements.size - xs.shape[1], 1], _COUNT)) >> made
    return made


def _stream(*parts: NDArray[np.generic]) -> QDataStream:
    # The stream holds no reference of its own to what it reads.
    stream = QDataStream(QByteArray(b"".join(part.tobytes() for part in parts)))
    stream.setVersion(QDataStream.Version.Qt_5_0)
    return stream
