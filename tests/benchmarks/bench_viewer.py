"""CPU time of a window/level drag step, as ratios to its budget and to a bare look-up of the whole film.

CPU time and not the clock: one thread does it all, and other work on the machine must not count.

Run: python tests/benchmarks/bench_viewer.py
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.viewer.builders import make_image
from ui import theme
from ui.state.view_state import ViewState
from ui.viewer.canvas import ImageCanvas

# Side of the film, budget in ms at the 95th percentile (a 30 Hz and a 20 Hz repaint).
CASES = ((1024, 33.0), (3000, 50.0))
VIEW = (1100, 1000)
N_STEPS = 60


def p95_ms(step: Callable[[int], object]) -> float:
    """95th percentile of the time of a step, in ms, after three that warm up."""
    for number in range(3):
        step(number)
    spent = []
    for number in range(N_STEPS):
        began = time.process_time()
        step(number)
        spent.append(1000 * (time.process_time() - began))
    return float(np.percentile(spent, 95))


def measure(side: int) -> dict[str, float]:
    """Drag across a film of 16-bit noise and give times in ms."""
    stored = np.random.default_rng(7).integers(0, 4096, (1, side, side)).astype(np.uint16)
    canvas = ImageCanvas(ViewState())
    canvas.resize(*VIEW)
    began = time.process_time()
    canvas.set_image(make_image(stored))
    canvas.show()
    QApplication.processEvents()
    canvas.repaint()
    first = 1000 * (time.process_time() - began)
    send(canvas, QEvent.Type.MouseButtonPress, 0)
    drag = p95_ms(lambda number: (send(canvas, QEvent.Type.MouseMove, number + 1), canvas.repaint()))
    began = time.process_time()
    send(canvas, QEvent.Type.MouseButtonRelease, N_STEPS)
    canvas.repaint()
    refine = 1000 * (time.process_time() - began)
    canvas.close()
    table = np.arange(4096).astype(np.uint8)
    bare = p95_ms(lambda number: table[stored])
    return {"first": first, "drag p95": drag, "refine": refine, "bare look-up p95": bare}


def send(canvas: ImageCanvas, kind: QEvent.Type, right: int) -> None:
    """Send a mouse event with the left button down and let the event loop take it."""
    place = QPointF(300 + 3 * right, 300 - 2 * right)
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, place, place, button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)
    QApplication.processEvents()


def main() -> int:
    """Print a line a film size; 1 where a drag step misses its budget."""
    theme.apply(QApplication(["bench"]))
    is_late = False
    for side, budget in CASES:
        found = measure(side)
        is_late |= found["drag p95"] > budget
        ratio = found["drag p95"] / found["bare look-up p95"]
        times = ", ".join(f"{name} {ms:.1f} ms" for name, ms in found.items())
        print(f"{side} x {side}: {times}; drag/budget {found['drag p95'] / budget:.2f}, drag/look-up {ratio:.1f}")
    return int(is_late)


if __name__ == "__main__":
    sys.exit(main())
