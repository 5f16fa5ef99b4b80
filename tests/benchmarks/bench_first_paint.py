"""Time to first paint and to the whole window, and memory, as ratios to napari's empty window and a bare one of Qt.

The first paint has menus, tools and the ways to begin; the whole window has every panel, and its engine is starting.

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
# What the ratios may be at most. A bare window is Qt alone.
MOST_TIME, MOST_MEMORY = 3.0, 1.5
MOST_OF_NAPARI = 0.2

AT_PAINT = """
def told():
    import json, sys, time
    pages = int(open("/proc/self/statm").read().split()[1])
    heavy = [n for n in ("torch", "monai", "scipy", "pandas", "matplotlib", "pydicom") if n in sys.modules]
    print(json.dumps({"cpu_ms": 1000 * time.process_time(), "rss_mb": pages * 4096 / 1e6, "heavy": heavy}))
"""
BARE = f"""
from PySide6.QtWidgets import QApplication, QMainWindow
{AT_PAINT}
application = QApplication([])
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        told()
        application.exit()
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
            told()
            application.exit()
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
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app
from medmm.workflow.settings import load_settings
{AT_PAINT}
application = QApplication([])
loaded = load_settings()
window = app.first_window(application, loaded, Path(sys.argv[1]))
def painted():
    told()
    QTimer.singleShot(0, furnished)
def furnished():
    app.furnish(application, window, loaded, [])
    application.processEvents()
    told()
    window.close()
window.painted.connect(painted)
window.show()
application.exec()
"""


def sample(code: str, folder: str) -> list[dict[str, float]]:
    """Run a fresh interpreter until its window stands; one line for each thing that it told on the way."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MEDMM_HOME": folder, "PYTHONPATH": str(ROOT)}
    # An installed program is compiled once; where that is forbidden each start would compile it again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code, folder], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return [dict(json.loads(line)) for line in done.stdout.splitlines()]


def main() -> int:
    """Measure, print, and tell by the exit code whether the ratios hold."""
    if importlib.util.find_spec("napari") is None:
        print("napari is missing: pip install 'medmm[bench]'")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        rounds = [[*sample(BARE, folder), *sample(OURS, folder), *sample(NAPARI, folder)] for _ in range(ROUNDS)]
    assert not any(ours["heavy"] for _, ours, _, _ in rounds), "something heavy is imported before the first paint"
    is_worse = False
    for what, most in (("cpu_ms", MOST_TIME), ("rss_mb", MOST_MEMORY)):
        bare, first, whole, napari = (min(float(told[what]) for told in side) for side in zip(*rounds, strict=True))
        is_worse |= first / bare > most or (what == "cpu_ms" and first / napari > MOST_OF_NAPARI)
        print(f"{what}: bare Qt {bare:.0f}, napari's empty window {napari:.0f}")
        for name, ours in (("first paint", first), ("whole window", whole)):
            print(f"  {name} {ours:.0f}, {ours / bare:.2f} of bare Qt, {ours / napari:.2f} of napari")
    print(f"limits of the first paint: {MOST_TIME} and {MOST_MEMORY} of bare Qt, {MOST_OF_NAPARI} of napari's time")
    return int(is_worse)


if __name__ == "__main__":
    sys.exit(main())
