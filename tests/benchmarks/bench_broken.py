"""Score a folder in which one patient in ten is broken, by every mutator once, and judge each outcome.

python tests/benchmarks/bench_broken.py TOOLS COHORT OUT [SEED] [--broken-only]

TOOLS: folder of mutate_dicom.py and mutate_tables.py; COHORT: a folder of `medmm simulate`; OUT: an empty folder on
the cohort's disk (sound patients are hard links). The program itself runs, as another user where this one is root,
because nothing is unreadable to root. Where the cohort is small its patients come again; each is compared with itself
alone. --broken-only: without the nine sound ones beside each broken one.

Exit 1 when an outcome is wrong, when a sound patient's rows differ from those of a run without broken ones, when a
file below the root changed, or when names or ids of patients stand outside the results.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.watched_run import Watched, run_watched
from tests.workflow.broken_outcomes import Outcome, Verdict, judge, read_outcomes
from tests.workflow.broken_patients import NOTE, BrokenPatient, Workshop, link_patient, make_patients

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
SOUND_FOR_EACH = 9
COPY = "+"
WHOLE_FILE = 64 << 20
LIMIT_S = 7200
MOST_MB_MORE = 1536  # of what the same run holds with sound patients alone


def fill(shop: Workshop, n_sound: int) -> None:
    """Link so many sound patients, the cohort again and again; copies lie beside the broken ones only."""
    patients = sorted(path for path in shop.cohort.iterdir() if path.is_dir())
    for number in range(n_sound):
        source, copy = patients[number % len(patients)], number // len(patients)
        if copy:
            link_patient(source, shop.broken / f"{source.name}{COPY}{copy}")
        else:
            link_patient(source, shop.sound / source.name)


def run_batch(root: Path, out: Path, home: Path) -> Watched:
    """Run the program over a root."""
    for folder in (out, home):
        folder.mkdir(parents=True)
        os.chown(folder, NOBODY, NOBODY) if os.geteuid() == 0 else None
    identity: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {**os.environ, "MEDMM_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(home)}
    command = [sys.executable, str(ROOT / "main.py"), "batch", str(root), "--out", str(out)]
    return run_watched(command, timeout_s=LIMIT_S, cwd=ROOT, env=environment, **identity)


def tree_hash(root: Path) -> str:
    """Hash names, kinds, rights, sizes and times below a folder, and the bytes of what is not huge."""
    told = hashlib.sha256()
    for folder, names, files in sorted(os.walk(os.fsencode(root))):
        for name in sorted(names + files):
            path = os.path.join(folder, name)
            status = os.lstat(path)
            told.update(repr((path, status.st_mode, status.st_size, status.st_mtime_ns)).encode())
            if os.path.isfile(path) and not os.path.islink(path) and status.st_size < WHOLE_FILE:
                with open(path, "rb") as stream:
                    told.update(stream.read())
    return told.hexdigest()


def words_of_patients(cohort: Path) -> set[bytes]:
    """Give what names a patient: ids and family names from the notes."""
    words = {b"P0001", b"P9999", b"Other Person", b"Test Alpha", b"Test^Alpha"}
    for patient in cohort.iterdir():
        if patient.is_dir():
            lines = (patient / NOTE).read_bytes().splitlines()
            words |= {line.partition(b": ")[2] for line in lines if line.startswith((b"Patient: ", b"MRN: "))}
    return {word for word in words if len(word) > 4}


def leaks(places: Sequence[Path], words: set[bytes], told: Mapping[str, str]) -> Iterator[str]:
    """Name what holds a word that names a patient: files of the program's home, and what it printed."""
    texts = {name: text.encode() for name, text in told.items()}
    texts |= {str(path): path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()}
    for name, text in texts.items():
        if any(word in text for word in words):
            yield name


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Give one line a patient."""
    for one in verdicts:
        mark = "  " if one.is_right else "!!"
        told = f"{one.patient.told} -> {one.why}"
        yield f"{mark} {one.patient.folder:42} {one.patient.expect:7} {one.found:26} {one.seconds:6.1f} s  {told[:230]}"


def differing(sound: Mapping[str, Outcome], found: Mapping[str, Outcome], broken: set[str]) -> list[str]:
    """Name sound patients whose rows or remarks are not those of the run without broken ones."""

    def rows(outcome: Outcome) -> tuple[object, ...]:
        return outcome.kind, outcome.scores, outcome.told

    missing = sound.keys() - found.keys()
    copies = found.keys() - broken
    return [*missing, *(case for case in copies if rows(found[case]) != rows(sound[case.partition(COPY)[0]]))]


def summary(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Count what is right by what is expected."""
    n_all = Counter(one.patient.expect for one in verdicts)
    n_right = Counter(one.patient.expect for one in verdicts if one.is_right)
    yield "; ".join(f"{expect}: {n_right[expect]} of {n}" for expect, n in sorted(n_all.items()))


def prepare(shop: Workshop, n_each: int) -> list[BrokenPatient]:
    """Make both roots; sound patients lie in the broken root too."""
    for folder in (shop.sound, shop.broken, shop.work):
        folder.mkdir(parents=True)
    patients = make_patients(shop)
    fill(shop, n_each * len(patients))
    for path in sorted(shop.sound.iterdir()):
        link_patient(path, shop.broken / path.name)
    return patients


def main() -> int:
    """Measure and print."""
    tools, cohort, out = (Path(word).absolute() for word in sys.argv[1:4])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 7
    n_each = 0 if "--broken-only" in sys.argv else SOUND_FOR_EACH
    shop = Workshop(tools, cohort, out / "sound", out / "root", out / "work", seed)
    patients = prepare(shop, n_each)
    before = tree_hash(shop.broken)
    alone = run_batch(shop.sound, out / "alone", out / "home-alone")
    whole = run_batch(shop.broken, out / "whole", out / "home")
    sound, found = read_outcomes(out / "alone"), read_outcomes(out / "whole")
    verdicts = judge(patients, found, shop.broken)
    print(*table(verdicts), sep="\n")
    changed = differing(sound, found, {patient.folder for patient in patients})
    told = {"stdout": whole.stdout, "stderr": whole.stderr}
    leaking = [*leaks([out / "home"], words_of_patients(cohort), told)]
    trouble = [
        *(f"exit code {run.code}: {run.stderr[-500:]}" for run in (alone, whole) if run.code),
        *(f"{len(changed)} sound patients differ: {changed[:5]}" for _ in changed[:1]),
        *(f"names of patients in {name}" for name in leaking),
        *("the root was changed" for _ in [0] if tree_hash(shop.broken) != before),
        *("a traceback was shown" for _ in [0] if "Traceback" in whole.stderr + whole.stdout),
        *(
            f"{whole.together_mb:.0f} MiB together, {alone.together_mb:.0f} with sound patients alone"
            for _ in [0]
            if whole.together_mb > alone.together_mb + MOST_MB_MORE
        ),
    ]
    print(*trouble, sep="\n")
    print(*summary(verdicts))
    for name, run in (("sound alone", alone), ("with broken", whole)):
        print(f"{name}: {run.seconds:.0f} s, {run.together_mb:.0f} MiB together, {run.single_mb:.0f} in one process")
    print(f"{len(found)} cases, {len(sound)} sound, slowest broken {max(one.seconds for one in verdicts):.1f} s")
    shutil.rmtree(out / "work", ignore_errors=True)
    return 1 if trouble or not all(one.is_right for one in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
