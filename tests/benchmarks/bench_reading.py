"""How long reading a CT series takes, as ratios to SimpleITK and to a pydicom loop in the same run, and its memory.

The works take turns and the shortest time of each counts. Compressed series need two free cores: on a busy machine
their ratios say little. The files are made in a temporary folder; --slices and --headers make a quick run of it.

Run: python tests/benchmarks/bench_reading.py (exit 1 when a ratio is missed)
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

# Decoder children import this file again: what is heavy is imported where it is used.
SYNTAXES = {"uncompressed": "1.2.840.10008.1.2.1", "JPEG 2000": "1.2.840.10008.1.2.4.90", "RLE": "1.2.840.10008.1.2.5"}
HEADER_SIDE = 16
MOST_MEMORY = 1.2
MEMORY = """
import sys
from pathlib import Path
def pages():
    return {line.split(":")[0]: int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("Vm")}
def main():
    from medmm.imaging.reader import read_image
    paths = sorted(Path(sys.argv[1]).iterdir())
    read_image(paths[:3])
    before = pages()
    image = read_image(paths)
    after = pages()
    grown = 1024 * (after["VmRSS"] - before["VmRSS"]), 1024 * (after["VmHWM"] - before["VmRSS"])
    print(*(size / image.stored.nbytes for size in grown))
if __name__ == "__main__":
    main()
"""


@dataclass(frozen=True)
class Goal:
    """A ratio that may be at most so much."""

    what: str
    found: float
    most: float

    def __str__(self) -> str:
        verdict = "" if self.found <= self.most else "  MISSED"
        return f"  {self.what}: {self.found:.3f} (at most {self.most:g}){verdict}"


def seconds(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Shortest time of each work; they take turns, so that other load on the machine hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - began)
    return {name: min(spent) for name, spent in times.items()}


def read_with_sitk(paths: list[Path]) -> object:
    """Read a sorted series with ITK's reader, which needs no search for its files here."""
    import SimpleITK

    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames([str(path) for path in paths])
    return reader.Execute()


def read_with_pydicom(paths: list[Path]) -> object:
    """Read a sorted series in the way that every tutorial shows."""
    import numpy as np
    import pydicom

    return np.stack([pydicom.dcmread(path).pixel_array for path in paths])


def measure_series(name: str, paths: list[Path], rounds: int) -> list[Goal]:
    """Time the first image and the whole series."""
    import numpy as np

    from medmm.imaging.isolation import warm_up
    from medmm.imaging.reader import read_image, stream_image

    warm_up()
    assert np.array_equal(read_image(paths).stored, read_with_pydicom(paths)), "the same pixels either way"
    works: dict[str, Callable[[], object]] = {
        "first image": lambda: next(stream_image(paths)),
        "all slices": lambda: read_image(paths),
        "SimpleITK": lambda: read_with_sitk(paths),
        "pydicom": lambda: read_with_pydicom(paths),
    }
    found = seconds(works, rounds)
    print(
        f"{name}, {len(paths)} slices: " + ", ".join(f"{work} {1000 * spent:.0f} ms" for work, spent in found.items())
    )
    whole, itk, loop = found["all slices"], found["SimpleITK"], found["pydicom"]
    if name != "uncompressed":
        return [Goal("all slices / the faster of SimpleITK and pydicom", whole / min(itk, loop), 0.6)]
    return [
        Goal("first image / all slices of SimpleITK", found["first image"] / itk, 0.05),
        Goal("all slices / SimpleITK", whole / itk, 0.2),
        Goal("all slices / pydicom", whole / loop, 0.35),
    ]


def measure_headers(folder: Path, rounds: int) -> list[Goal]:
    """Time a scan of a folder against pydicom's headers alone."""
    import pydicom

    from medmm.imaging.scan import scan_folder

    paths = sorted(folder.iterdir())
    found = seconds(
        {
            "scan": lambda: scan_folder(folder),
            "pydicom": lambda: [pydicom.dcmread(path, stop_before_pixels=True) for path in paths],
        },
        rounds,
    )
    print(
        f"headers of {len(paths)} files: " + ", ".join(f"{name} {1000 * spent:.0f} ms" for name, spent in found.items())
    )
    return [Goal("scan / dcmread(stop_before_pixels=True)", found["scan"] / found["pydicom"], 0.2)]


def measure_memory(name: str, folder: Path) -> list[Goal]:
    """Compare the growth of a fresh process with the pixels that it read, at the end and at its peak."""
    code = folder.parent / "memory.py"
    code.write_text(MEMORY)
    command = [sys.executable, str(code), str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True, timeout=300
    )
    stays, peak = map(float, done.stdout.split())
    print(f"{name}: resident memory grows by {stays:.2f} of the pixels, {peak:.2f} at its peak")
    return [Goal("peak of resident memory / pixels", peak, MOST_MEMORY)]


def main() -> int:
    """Make the files, measure, print; 1 where a ratio is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=int, default=300)
    parser.add_argument("--headers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    from tests.benchmarks.ct_files import write_series

    goals: list[Goal] = []
    with tempfile.TemporaryDirectory() as place:
        headers = Path(place) / "headers"
        write_series(headers, asked.headers, side=HEADER_SIDE)
        goals += measure_headers(headers, asked.rounds)
        for name, syntax in SYNTAXES.items():
            folder = Path(place) / name
            paths = write_series(folder, asked.slices, syntax)
            goals += measure_series(name, paths, asked.rounds)
            if Path("/proc/self/status").exists():
                goals += measure_memory(name, folder)
    print(*goals, sep="\n")
    return int(any(goal.found > goal.most for goal in goals))


if __name__ == "__main__":
    sys.exit(main())
