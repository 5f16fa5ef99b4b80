"""Whether a batch's memory stays flat from its first thousand patients to its last.

python tests/benchmarks/bench_night.py COHORT [N]

COHORT: a folder of `medmm simulate`. N patients (20,000) are hard links to it, so that disk is no limit; what was
encoded once is taken from the cache while it is kept. Linux: memory is the PSS of the command and all of its children,
what they share divided among them. Exit 1 when it grows by more than LIMIT.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.storage.results import ResultStore
from medmm.workflow.batch_folders import STORE, find_cases

# The store's own page cache and the allocator's slack; a case that were kept would be 170 kB, 20,000 of them 3.4 GB.
LIMIT = 1.1
EARLY = 1000
MIB = 1024


def link_patients(cohort: Path, root: Path, n_patients: int) -> None:
    """Make so many patient folders of hard links, in an order of names that repeats no patient before all have come."""
    sources = sorted(find_cases(cohort))
    for number in range(n_patients):
        source = sources[number % len(sources)]
        for file in (path for path in source.rglob("*") if path.is_file()):
            place = root / f"{number:05d}_{source.name}" / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(file, place)


def family(pid: int) -> list[int]:
    """Give a process and everything that came of it."""
    found, parents = [pid], {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has ended meanwhile
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def pss_mib(pid: int) -> float:
    """Give the memory of a process in MiB, 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MIB for line in lines if line.startswith("Pss:")), 0.0)


def n_attempted(out: Path) -> int:
    """Count what the store holds by now."""
    store = ResultStore(out / STORE)
    store.open({})
    counts = store.counts()
    store.close()
    return counts.n_cases - counts.n_waiting


def watch(root: Path, out: Path) -> list[tuple[int, float, float]]:
    """Run the command; give (cases attempted, MiB of the command, MiB of its children) every few seconds."""
    main = Path(__file__).resolve().parents[2] / "main.py"
    seen = []
    with subprocess.Popen([sys.executable, str(main), "batch", str(root), "--out", str(out)]) as command:
        while command.poll() is None:
            time.sleep(5)
            if (out / STORE).is_file() and command.poll() is None:
                own, *others = family(command.pid)
                seen.append((n_attempted(out), pss_mib(own), sum(map(pss_mib, others))))
                print(f"{seen[-1][0]:6,} cases: {seen[-1][1]:.0f} + {seen[-1][2]:.0f} MiB", flush=True)
    return seen


def level(seen: list[tuple[int, float, float]], first: int, last: int) -> float:
    """Give the mean of all memory while between so many cases had been attempted."""
    sizes = [own + others for n_cases, own, others in seen if first <= n_cases < last]
    return sum(sizes) / len(sizes)


def main() -> int:
    """Measure and print."""
    cohort, n_patients = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with tempfile.TemporaryDirectory(dir=cohort.parent) as folder:
        root, out = Path(folder, "root"), Path(folder, "out")
        link_patients(cohort, root, n_patients)
        began = time.perf_counter()
        seen = watch(root, out)
        seconds = time.perf_counter() - began
    early, late = level(seen, EARLY // 2, 3 * EARLY // 2), level(seen, n_patients - EARLY, n_patients)
    print(
        f"{n_patients:,} patients in {seconds:.0f} s: {early:.0f} MiB at {EARLY:,}, {late:.0f} MiB at the end "
        f"({late / early:.3f}), most {max(own + others for _, own, others in seen):.0f} MiB"
    )
    return 0 if late <= LIMIT * early else 1


if __name__ == "__main__":
    sys.exit(main())
