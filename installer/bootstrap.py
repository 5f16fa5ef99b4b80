#!/usr/bin/env python3
"""Install MedMM into .venv beside this file's project and run it, or its tests. Standard library only.

python3 installer/bootstrap.py run     score the sample patient, write its PDF, open the window
python3 installer/bootstrap.py test    install the developers' tools, check everything
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / ".medmm-installed"
SAMPLE = Path("resources", "samples", "chest_pneumonia")
DOWNLOAD = re.compile(r"Downloading (\S+?)(?:\.metadata)? \(([\d.]+) ([kMG]?B)\)")
BYTES = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}


def main() -> int:
    """Run the asked command; 2 for wrong usage."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("run", "test"):
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Install it and try again.")
        return 1
    os.chdir(ROOT)
    if not install(extra="dev" if sys.argv[1] == "test" else ""):
        return 1
    return run() if sys.argv[1] == "run" else test()


def python() -> str:
    """Give the interpreter of the environment."""
    return str(ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def install(*, extra: str) -> bool:
    """Make the environment and install into it, unless that was done for this very pyproject.toml."""
    done = STAMP.read_text().split() if STAMP.is_file() else []
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    has_extra = not extra or extra in done
    if done[:1] == [wanted] and has_extra:
        return True
    if not Path(python()).is_file() and not make_environment():
        return False
    print("Installing MedMM with PyTorch, MONAI, transformers, Qt and pydicom into .venv.", flush=True)
    print("To download: about 0.7 GB (0.2 GB of it PyTorch for the CPU), 2.5 GB on disk;", flush=True)
    print(
        "where the registry offers only PyTorch with CUDA (Linux), about 3 GB. Each file is named with its size.",
        flush=True,
    )
    if not pip_install(f".[{extra}]" if extra else "."):
        return False
    extras = sorted({*done[1:], extra} - {""})
    STAMP.write_text("\n".join([wanted, *extras]) + "\n")
    return True


def make_environment() -> bool:
    """Create .venv, naming the package that Debian splits off."""
    print("Making .venv", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"The environment .venv could not be made: {error}")
        print("On Debian and Ubuntu: sudo apt-get install python3-venv")
        # Half of it is there, an interpreter without pip: the next start would take it for a sound one.
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        return False
    return True


def pip_install(what: str) -> bool:
    """Run pip in the environment, naming each download with its size and the total."""
    command = [python(), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", "-e", what]
    began, total, tail = time.monotonic(), 0.0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            tail = [*tail[-14:], line.rstrip()]
            found = DOWNLOAD.search(line)
            if found and float(found[2]) * BYTES[found[3]] > 1e6:
                total += float(found[2]) * BYTES[found[3]]
                print(f"  {found[1].rsplit('/', 1)[-1]}  {found[2]} {found[3]}", flush=True)
    if pip.returncode != 0:
        print("\n".join(tail))
        print("The installation failed; the lines above say why. Check the network and the free space, then try again.")
        return False
    print(
        f"Installed in {time.monotonic() - began:.0f} s; {total / 1e6:.0f} MB downloaded in files over 1 MB.",
        flush=True,
    )
    return True


def run() -> int:
    """Score the sample patient, then open the window where there is a display."""
    out = Path("out", "sample")
    scored = subprocess.call([python(), "main.py", "score", str(SAMPLE), "--out", str(out), "--pdf"])
    if scored != 0:
        return scored
    print(f"The report: {out / 'report.pdf'}", flush=True)
    trouble = why_no_window()
    if trouble:
        print(trouble)
        return 0
    return subprocess.call([python(), "main.py", str(SAMPLE)])


def why_no_window() -> str:
    """Say why no window can be opened and what to do; empty when one can."""
    program = (
        "from medmm.workflow import window_system as w\n"
        "m = w.missing_libraries()\n"
        "print('The window needs system libraries: ' + w.install_line(m) if m else "
        "'' if w.has_display() else 'No display, so no window. ' + w.NO_DISPLAY_HINT)"
    )
    return subprocess.run([python(), "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test() -> int:
    """Run the developers' checks and every test."""
    return subprocess.call([python(), str(Path("tests", "check.py")), "--all"])


if __name__ == "__main__":
    sys.exit(main())
