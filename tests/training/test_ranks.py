"""Several processes train as one: shares, gradients, one writer, resume; and what is said without accelerate."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from medmm.core.errors import InputError
from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
STAGE = {"inputs": "all", "batch": 7, "rate": 0.003, "end_rate": 0.0005}
needs_accelerate = pytest.mark.skipif(importlib.util.find_spec("accelerate") is None, reason="extra `distributed`")

# Runs `medmm train` and keeps what this process opened for writing, renamed or deleted below --out.
WITNESS = """
import os, sys
out, seen = sys.argv[-1], []
def watch(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].startswith(out):
        if set(str(args[1])) & set("wax+"): seen.append(args[0])
    elif event in ("os.rename", "os.remove", "os.mkdir") and str(args[0]).startswith(out):
        seen.append(str(args[0]))
sys.addaudithook(watch)
from medmm.cli.main import main
code = main(sys.argv[1:])
with open(f"{os.environ['WITNESS']}-{os.environ.get('RANK', 0)}.txt", "w") as stream:
    stream.write("\\n".join(seen))
sys.exit(code)
"""


def test_shares_cover_every_row_once_and_leave_no_single_one() -> None:
    from medmm.training.ranks import Alone, share_of

    for count in (1, 2, 3, 8):
        for n in range(2, 40):
            rows = [list(range(n))[share_of(n, Alone(rank, count, rank == 0))] for rank in range(count)]
            assert [row for share in rows for row in share] == list(range(n))
            assert not [share for share in rows if len(share) == 1]


def test_one_process_needs_no_accelerate_and_does_not_import_it() -> None:
    code = (
        # Not `fit`: transformers imports accelerate by itself where it is installed.
        "import sys; from medmm.training import ranks\n"
        "with ranks.join_ranks() as found: assert found.count == 1\n"
        "print('accelerate' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert found.stdout.strip() == "False"


def test_without_accelerate_several_processes_are_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from medmm.training import ranks

    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setattr(ranks.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(InputError, match="2 processes were started, but the package accelerate") as caught:
        ranks.join_ranks().__enter__()
    assert "medmm[distributed]" in str(caught.value.hint)


def make_content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(
        (ROOT / "resources/training/chest-multimodal.yaml").read_text(encoding="utf-8")
    )
    del content["image"]
    return content | {
        "name": "tiny",
        "inputs": ["note", "vitals"],
        "split": {"train": 0.6, "validation": 0.15, "calibration": 0.125, "test": 0.125},
        "text": {"encoder": "text.words", "vocabulary": 400},
        # Without dropout two processes compute what one would; which inputs are left out is drawn alike.
        "dropout": 0.0,
        "base": [],
        "folds": 0,
        "stages": [{**STAGE, "epochs": 2}, {**STAGE, "epochs": 2, "frozen": ["note", "vitals"]}],
        "domains": [],
        "device": "cpu",
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
    }


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "patients"
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(folder, n_patients=50, seed=6, inputs=kinds, progress=no_progress, cancel=CancelToken())
    return folder


def start(count: int, folder: Path, cohort: Path, content: dict[str, Any]) -> subprocess.Popen[str]:
    """Start `medmm train` in `folder` / out with so many processes."""
    out = folder / "out"
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "cohort").exists():
        (out / "cohort").symlink_to(cohort)
    (folder / "config.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    (folder / "witness.py").write_text(WITNESS, encoding="utf-8")
    launcher = [sys.executable]
    if count > 1:
        launcher += ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(count)]
    words = [str(folder / "witness.py"), "train", str(folder / "config.yaml"), "--out", str(out)]
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "WITNESS": str(folder / "opened"),
        # One for all processes: the fonts of the figures are looked up once.
        "MEDMM_HOME": str(cohort.parent / "home"),
    }  # fmt: skip
    return subprocess.Popen(
        [*launcher, *words], stderr=subprocess.PIPE, text=True, env=environment, cwd=folder, start_new_session=True
    )


def finish(process: subprocess.Popen[str]) -> None:
    _, trouble = process.communicate(timeout=600)
    assert process.returncode == 0, trouble


def epochs(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "out/log.jsonl").read_text(encoding="utf-8").splitlines()
    return [found for line in lines if (found := json.loads(line))["event"] == "epoch"]


def weights(folder: Path) -> dict[str, Any]:
    from safetensors.numpy import load_file

    return load_file(folder / "out/tiny/models/model.safetensors")


@needs_accelerate
@pytest.mark.timeout(1200)
def test_two_processes_train_as_one_and_one_of_them_writes(cohort: Path, tmp_path: Path) -> None:
    finish(start(1, tmp_path / "one", cohort, make_content()))
    finish(start(2, tmp_path / "two", cohort, make_content()))

    one, two = epochs(tmp_path / "one"), epochs(tmp_path / "two")
    assert len(one) == len(two) == 4
    assert [e["loss"] for e in two] == pytest.approx([e["loss"] for e in one], rel=1e-4)
    assert [e["auroc"] for e in two] == pytest.approx([e["auroc"] for e in one], abs=0.02)
    ours = weights(tmp_path / "two")
    for name, value in weights(tmp_path / "one").items():
        # The bundle holds 16 bits: half a unit of the last place of 1 is 0.0005.
        assert ours[name] == pytest.approx(value, abs=2e-3), name
    assert (tmp_path / "two/opened-1.txt").read_text() == ""
    assert "log.jsonl" in (tmp_path / "two/opened-0.txt").read_text()
    assert "place.new" in (tmp_path / "two/opened-0.txt").read_text()


@needs_accelerate
@pytest.mark.timeout(1200)
def test_two_processes_go_on_after_a_kill_as_if_there_had_been_none(cohort: Path, tmp_path: Path) -> None:
    content = make_content() | {"dropout": 0.1, "stages": [{**STAGE, "epochs": 12}]}
    finish(start(2, tmp_path / "whole", cohort, content))
    process = start(2, tmp_path / "killed", cohort, content)
    until = time.monotonic() + 280
    while not (tmp_path / "killed/out/checkpoint/place.json").is_file() and time.monotonic() < until:
        time.sleep(0.01)
    for child in running_in(tmp_path / "killed"):
        os.kill(child, signal.SIGKILL)
    process.communicate()
    n_before = len(json.loads((tmp_path / "killed/out/checkpoint/place.json").read_text())["records"])

    finish(start(2, tmp_path / "killed", cohort, content))

    assert 0 < n_before < 12
    strip = [{k: v for k, v in epoch.items() if k != "seconds"} for epoch in epochs(tmp_path / "killed")]
    assert strip == [{k: v for k, v in epoch.items() if k != "seconds"} for epoch in epochs(tmp_path / "whole")]
    ours = (tmp_path / "killed/out/tiny/models/model.safetensors").read_bytes()
    assert ours == (tmp_path / "whole/out/tiny/models/model.safetensors").read_bytes()


def running_in(folder: Path) -> list[int]:
    """List the launcher and its workers by their working directory: each has a session of its own."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if (place / "cwd").resolve() == folder.resolve():
                found.append(int(place.name))
        except OSError:
            continue  # gone meanwhile, or another user's
    return found
