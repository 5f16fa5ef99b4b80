"""What an empty view says, in as much room as it has."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.viewer.message import EMPTY, FIXED_HEIGHT, paint_message


@pytest.mark.parametrize("height", [120, 160, 400])
def test_a_message_stays_off_the_lines_that_never_go_away(application: QApplication, height: int) -> None:
    image = QImage(214, height, QImage.Format.Format_RGB888)
    image.fill(0)
    painter = QPainter(image)

    paint_message(painter, EMPTY, QRectF(0, 0, 214, height))
    painter.end()

    padded = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    rows = padded[:, : 214 * 3].any(axis=1)
    assert rows.any()
    assert not rows[height - int(FIXED_HEIGHT) :].any()
