"""The softmax head in torch: logits, loss and gradient against torch's own; a run from patients to a score."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from tests.models.builders import make_batch, make_net, make_spec

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
FINDINGS = ("pneumonia", "pulmonary_edema", "pneumothorax")


def test_logits_of_the_head_are_the_log_odds_of_the_softmax_with_none() -> None:
    import torch

    from medmm.models.exclusive import log_odds, with_none

    z = torch.randn(50, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 5

    found = log_odds(z).sigmoid()

    torch.testing.assert_close(found, with_none(z).softmax(dim=1)[:, 1:], rtol=1e-9, atol=1e-12)
    torch.testing.assert_close(log_odds(z[:, :1]), z[:, :1])


def test_loss_and_gradient_are_those_of_cross_entropy_with_an_explicit_none() -> None:
    import torch
    from torch.nn.functional import cross_entropy

    from medmm.training.label_loss import label_loss

    classes = torch.tensor([0, 1, 2, 3, 0, 2])
    labels = torch.eye(4)[classes][:, 1:]
    ours = (torch.randn(6, 3, generator=torch.Generator().manual_seed(1)) * 3).requires_grad_()
    theirs = ours.detach().clone().requires_grad_()
    weights = torch.tensor([1.0, 2.0, 1.0, 0.5, 1.0, 3.0])

    loss = label_loss("softmax", ours, labels, weights)
    each = cross_entropy(torch.cat([torch.zeros(6, 1), theirs], dim=1), classes, reduction="none")
    expected = (each * weights).sum() / weights.sum()
    loss.backward()
    expected.backward()

    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(ours.grad, theirs.grad)


def test_balanced_classes_weigh_as_torch_weighs_them() -> None:
    import torch
    from torch.nn.functional import cross_entropy

    from medmm.training.label_loss import LossShape, label_loss

    classes, class_weight = torch.tensor([0, 1, 2]), torch.tensor([0.5, 2.0, 3.0])
    z = torch.randn(3, 2, generator=torch.Generator().manual_seed(2))

    loss = label_loss("softmax", z, torch.eye(3)[classes][:, 1:], torch.ones(3), LossShape(class_weight))

    expected = cross_entropy(torch.cat([torch.zeros(3, 1), z], dim=1), classes, weight=class_weight, reduction="sum")
    torch.testing.assert_close(loss, expected / 3)


def test_unknown_labels_leave_their_classes_open() -> None:
    import torch

    from medmm.training.label_loss import label_loss

    nan = float("nan")
    z = torch.tensor([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], requires_grad=True)
    labels = torch.tensor([[0.0, nan], [nan, 1.0], [nan, nan]])

    loss = label_loss("softmax", z, labels, torch.ones(3))
    loss.backward()

    p = torch.tensor([0.0, 1.0, 2.0]).softmax(dim=0)
    # None or the second; the second, whatever the first says; nothing known: no part in the mean.
    torch.testing.assert_close(loss, -((p[0] + p[2]).log() + p[2].log()) / 2)
    assert z.grad is not None
    assert float(z.grad[2].abs().max()) == 0


def test_every_answer_of_the_net_is_a_probability_beside_none() -> None:
    import torch

    net = make_net(replace(make_spec(), head="softmax"))
    batch = make_batch(net.spec, 3)
    with torch.inference_mode():
        z = {kind: encoded.z for kind, encoded in net.encode(batch).items()}
        fused, alone = net.fuse(z, batch.present), net.unimodal_logits(z)
        raw = net.class_logits(z, batch.present)

    for logits in (fused, *alone.values()):
        assert bool((logits.sigmoid().sum(dim=1) < 1).all())
    torch.testing.assert_close(fused.sigmoid(), torch.cat([torch.zeros(3, 1), raw], dim=1).softmax(dim=1)[:, 1:])


def test_a_spec_without_a_head_is_one_of_independent_findings() -> None:
    from medmm.core.errors import BundleRefused
    from medmm.models.spec_json import spec_from_json, spec_to_json

    content = json.loads(spec_to_json(make_spec()))
    del content["head"]

    assert spec_from_json(json.dumps(content)) == make_spec()
    with pytest.raises(BundleRefused, match="head"):
        spec_from_json(json.dumps(content | {"head": "softmaxx"}))


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("softmax")
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    cohort = folder / "cohort"
    simulate_cohort(cohort, n_patients=56, seed=5, inputs=kinds, progress=no_progress, cancel=CancelToken())
    shipped = yaml.safe_load((ROOT / "resources/training/chest-multimodal.yaml").read_text(encoding="utf-8"))
    del shipped["image"]
    shipped |= {
        "name": "tiny-softmax",
        "inputs": ["note", "vitals"],
        "findings": list(FINDINGS),
        "head": "softmax",
        "split": {"train": 0.4, "validation": 0.1, "calibration": 0.25, "test": 0.25},
        "text": {"vocabulary": 600, "hidden": 16, "layers": 1, "heads": 2},
        "stages": [{"inputs": "all", "epochs": 5, "batch": 8, "rate": 0.003, "end_rate": 0.001}],
        "domains": [],
        "base": [],
        "folds": 0,
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(shipped), encoding="utf-8")
    return folder


def main(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words], capture_output=True, text=True, check=False, cwd=ROOT
    )


def keep_one_finding(truth: Path) -> None:
    """Take every finding but the first of those of the model away from each patient."""
    with truth.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    seen: set[str] = set()
    for row in rows:
        if row["finding"] in FINDINGS and row["present"] == "1":
            row["present"] = "0" if row["case"] in seen else "1"
            seen.add(row["case"])
    with truth.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, rows[0])
        table.writeheader()
        table.writerows(rows)


def test_patients_with_several_findings_are_refused_and_with_one_are_trained_and_scored(run_folder: Path) -> None:
    refused = main("train", str(run_folder / "config.yaml"), "--out", str(run_folder))
    keep_one_finding(run_folder / "cohort/truth.csv")
    trained = main("train", str(run_folder / "config.yaml"), "--out", str(run_folder))
    case = sorted(path for path in (run_folder / "cohort").iterdir() if path.is_dir())[0]
    bundle, out = run_folder / "tiny-softmax", run_folder / "scored"
    scored = main("score", str(case), "--model", str(bundle), "--out", str(out))
    measured = main("evaluate", str(bundle), "--data", str(run_folder / "cohort"), "--out", str(run_folder / "figures"))

    assert refused.returncode != 0
    assert "of 56 cases have several findings at once" in " ".join(refused.stderr.split())
    assert trained.returncode == 0, trained.stderr
    assert scored.returncode == 0, scored.stderr
    (result,) = out.rglob("result.json")
    findings = json.loads(result.read_text(encoding="utf-8"))["findings"]
    assert [finding["name"] for finding in findings] == list(FINDINGS)
    assert 0 < sum(finding["score"] for finding in findings) < 1
    assert 0 < sum(finding["probability"] for finding in findings) < 1
    temperatures = json.loads((bundle / "calibration.json").read_text(encoding="utf-8"))["temperatures"]
    assert len(set(temperatures.values())) == 1
    assert measured.returncode == 0, measured.stderr
    classes = json.loads((run_folder / "figures/metrics.json").read_text(encoding="utf-8"))["figures"]["classes"]
    assert classes["names"] == ["none_of_them", *FINDINGS]
    assert int(np.sum(classes["counts"])) + classes["n_left_out"] <= 56
    assert "The findings exclude each other" in (bundle / "docs/README.md").read_text(encoding="utf-8")
