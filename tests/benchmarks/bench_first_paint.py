"""Time to first paint and memory before the engine is up, as ratios to napari's empty window and a bare one of Qt.

Each sample is a fresh interpreter; the two take turns, and the smallest of each counts. CPU time, because other work
on the machine must not count; memory is the resident set at the first paint. napari comes with the `bench` extra;
without it only the bare window is compared.

Run: python tests/benchmarks/bench_first_paint.py
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
# What the ratios may be at most. A bare window is Qt alone; ours brings numpy, every panel and the style sheet.
MOST_TIME, MOST_MEMORY = 6.0, 2.3
MOST_OF_NAPARI = 0.2

AT_PAINT = """
def told(application):
    import json, sys, time
    pages = int(open("/proc/self/statm").read().split()[1])
    heavy = [n for n in ("torch", "monai", "scipy", "pandas", "matplotlib", "pydicom") if n in sys.modules]
    print(json.dumps({"cpu_ms": 1000 * time.process_time(), "rss_mb": pages * 4096 / 1e6, "heavy": heavy}))
    application.exit()
"""
BARE = f"""
from PySide6.QtWidgets import QApplication, QMainWindow
{AT_PAINT}
application = QApplication([])
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        told(application)
window = Bare()
window.resize(1440, 900)
window.show()
application.exec()
"""
NAPARI = f"""
import napari
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
{AT_PAINT}
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            told(application)
        return False
viewer = napari.Viewer(show=False)
application = QApplication.instance()
first = FirstPaint()
viewer.window._qt_window.installEventFilter(first)
viewer.show()
application.exec()
"""
OURS = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from medmm.core.settings import Settings
from ui import app, theme
{AT_PAINT}
application = QApplication([])
theme.apply(application)
session = app.make_session(Settings())
window, wiring = app.make_window(session, Path(sys.argv[1]))
window.painted.connect(lambda: told(application))
window.show()
application.exec()
session.tasks.close(timeout_s=1.0)
"""


def sample(code: str, folder: str) -> dict[str, float]:
    """Run a fresh interpreter until its first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MEDMM_HOME": folder, "PYTHONPATH": str(ROOT)}
    # An installed program is compiled once; where that is forbidden each start would compile it again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code, folder], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return dict(json.loads(done.stdout.splitlines()[0]))


def main() -> int:
    """Measure, print, and tell by the exit code whether the ratios hold."""
    has_napari = importlib.util.find_spec("napari") is not None
    with tempfile.TemporaryDirectory() as folder:
        rounds = [
            (sample(BARE, folder), sample(OURS, folder), sample(NAPARI, folder) if has_napari else {})
            for _ in range(ROUNDS)
        ]
    assert not any(ours["heavy"] for _, ours, _ in rounds), "something heavy is imported before the first paint"
    is_worse = False
    for what, most in (("cpu_ms", MOST_TIME), ("rss_mb", MOST_MEMORY)):
        bare, ours = (min(float(each[side][what]) for each in rounds) for side in (0, 1))
        is_worse |= ours / bare > most
        print(f"{what}: bare {bare:.0f}, MedMM {ours:.0f}, ratio {ours / bare:.2f} (at most {most})")
        if has_napari:
            napari = min(float(each[2][what]) for each in rounds)
            is_worse |= what == "cpu_ms" and ours / napari > MOST_OF_NAPARI
            print(f"{what}: napari {napari:.0f}, MedMM {ours:.0f}, ratio {ours / napari:.2f} (time: {MOST_OF_NAPARI})")
    return int(is_worse)


if __name__ == "__main__":
    sys.exit(main())
