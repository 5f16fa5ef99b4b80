"""Frames of window/level and scrolling at 1920 x 1080, as ratios to pyqtgraph's ImageView on the same work.

A CT stack of 512 x 512 and a 16-bit film of 3000 x 3000. Each frame is one step of the gesture and its repaint, in CPU
time: other work on the machine must not count. The two programs take turns in one process; 95th percentiles.

Needs the `bench` extra. Run: python tests/benchmarks/bench_frames.py
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.viewer.builders import make_image
from ui import theme
from ui.state.view_state import ViewState
from ui.viewer.canvas import ImageCanvas

SIZE = (1920, 1080)
N_FRAMES = 60
# Budget of a frame in ms at the 95th percentile: 60 Hz for a slice, 30 Hz for a film.
BUDGETS = {"CT 512 x 512": 16.0, "film 3000 x 3000": 33.0}
Frame = Callable[[int], object]


def main() -> int:
    """Print the table; 1 where a budget is broken."""
    application = QApplication([])
    theme.apply(application)
    noise = np.random.default_rng(7)
    stacks = {
        "CT 512 x 512": noise.integers(-1000, 3000, (100, 512, 512)).astype(np.int16),
        "film 3000 x 3000": noise.integers(0, 4096, (2, 3000, 3000)).astype(np.uint16),
    }
    is_within = True
    print(f"{'work':34} {'MedMM':>9} {'budget':>8} {'ImageView':>10} {'ratio':>6}")
    for name, stored in stacks.items():
        ours, theirs = our_frames(stored), peer_frames(stored)
        for work in ours:
            spent, peer = p95_ms(ours[work]), p95_ms(theirs[work])
            is_within &= spent <= BUDGETS[name]
            row = f"{spent:7.1f}ms {BUDGETS[name]:6.0f}ms {peer:8.1f}ms {spent / peer:6.2f}"
            print(f"{name + ', ' + work:34} {row}")
    return 0 if is_within else 1


def our_frames(stored: NDArray[Any]) -> dict[str, Frame]:
    """Give one frame each of a window drag with real mouse events and of a scroll."""
    canvas = ImageCanvas(ViewState())
    canvas.resize(*SIZE)
    canvas.set_image(make_image(stored))
    canvas.show()
    canvas.repaint()

    def drag(number: int) -> None:
        if number == 0:
            _send(canvas, QEvent.Type.MouseButtonPress, 0)
        _send(canvas, QEvent.Type.MouseMove, number + 1)
        QApplication.processEvents()
        canvas.repaint()

    def scroll(number: int) -> None:
        if number == 0:
            _send(canvas, QEvent.Type.MouseButtonRelease, 0)
        canvas.view_state.set_slice(number % len(stored))
        canvas.repaint()

    return {"window/level": drag, "scroll": scroll}


def peer_frames(stored: NDArray[Any]) -> dict[str, Frame]:
    """Give the same frames of pyqtgraph's ImageView."""
    peer = pyqtgraph.ImageView()
    peer.resize(*SIZE)
    peer.setImage(stored, axes={"t": 0, "y": 1, "x": 2}, autoHistogramRange=False)
    peer.show()
    viewport = peer.ui.graphicsView.viewport()

    def drag(number: int) -> None:
        peer.setLevels(min=-500 - number, max=1500 + 5 * number)
        QApplication.processEvents()
        viewport.repaint()

    def scroll(number: int) -> None:
        peer.setCurrentIndex(number % len(stored))
        viewport.repaint()

    return {"window/level": drag, "scroll": scroll}


def p95_ms(frame: Frame) -> float:
    """95th percentile of the CPU time of a frame, in ms, after three that warm up."""
    spent = []
    for number in range(N_FRAMES + 3):
        began = time.process_time()
        frame(number)
        spent.append(1000 * (time.process_time() - began))
    return float(np.percentile(spent[3:], 95))


def _send(canvas: ImageCanvas, kind: QEvent.Type, right: int) -> None:
    place = QPointF(600 + right, 500)
    button = Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, place, canvas.mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


if __name__ == "__main__":
    sys.exit(main())
