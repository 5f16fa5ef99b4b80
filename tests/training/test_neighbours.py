"""Training cases go into a copy of a bundle by lot, and what the nearest are worth is measured by hand-made cases."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from medmm.core.errors import InvalidRecord
from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind

pytestmark = pytest.mark.slow
FINDINGS = ("pneumonia", "nodule")


def made_net() -> Any:
    return SimpleNamespace(kinds=(InputKind.NOTE, InputKind.VITALS), spec=SimpleNamespace(findings=FINDINGS))


def made_examples(labels: list[tuple[float, float]]) -> list[Any]:
    return [SimpleNamespace(row=SimpleNamespace(labels=own, patient=f"p{place}")) for place, own in enumerate(labels)]


def test_shares_of_the_nearest_rank_and_cases_by_lot_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    from medmm.training import neighbours

    # Ill patients lie at 0 degrees, well ones at 180; of every tenth one the nodule is not known.
    def projected(net: Any, examples: list[Any]) -> tuple[dict[InputKind, torch.Tensor], torch.Tensor]:
        ill = torch.tensor([example.row.labels[0] > 0.5 for example in examples])
        jitter = torch.linspace(-0.2, 0.2, len(examples))
        rows = torch.stack([torch.where(ill, 1.0, -1.0), jitter], dim=1)
        return dict.fromkeys(net.kinds, rows), torch.ones(len(examples), 2, dtype=torch.bool)

    monkeypatch.setattr(neighbours, "_projected", projected)
    rng = np.random.default_rng(0)
    labels = [(float(n % 2), float("nan") if n % 10 == 0 else float(rng.random() < 0.4)) for n in range(200)]
    net, examples = made_net(), made_examples(labels)

    near = neighbours.make_near(net, examples, examples[:120], are_simulated=True, samples=200, seed=0)
    pneumonia, nodule = near.figures.findings

    assert (pneumonia.n, pneumonia.positives, pneumonia.auroc.value) == (120, 60, 1.0)
    assert (pneumonia.share_with, pneumonia.share_without) == (1.0, 0.0)
    assert pneumonia.by_lot.low < 0.5 < pneumonia.by_lot.high
    assert nodule.n == 108
    assert list(near.figures.by_inputs) == ["note+vitals", "note", "vitals", "by lot"]
    assert near.neighbours.labels[:, 1].tolist().count(-1) == 20


def test_cases_are_drawn_by_lot_and_the_same_every_time() -> None:
    from medmm.training.neighbours import draw_cases

    names = [f"case_{n}" for n in range(50)]
    drawn = draw_cases(names, n=20, seed=1)

    assert len(set(drawn)) == 20
    assert drawn != sorted(drawn)
    assert drawn == draw_cases(names, n=20, seed=1) == draw_cases(names, n=50, seed=1)[:20]
    assert draw_cases(names, n=0, seed=1) == []


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "cases"
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(folder, n_patients=16, seed=6, inputs=kinds, progress=no_progress, cancel=CancelToken())
    return folder


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.models.builders import make_bundle

    return make_bundle(tmp_path_factory.mktemp("bundle") / "test-model")


def test_a_copy_of_the_bundle_holds_the_cases_and_names_them_when_it_scores(
    cohort: Path, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from medmm.cli.main import main
    from medmm.models.bundle_facts import verify_bundle
    from medmm.models.neighbours import read_neighbours

    out = tmp_path / "near"
    asked = ["models", "neighbours", str(bundle), "--data", str(cohort), "--out", str(out)]
    assert main([*asked, "--cases", "9", "--simulated", "--version", "1"]) == 0

    made = verify_bundle(out)
    held = read_neighbours(out, made.spec)
    assert held is not None
    assert (len(held), bool(held.simulated.all())) == (9, True)
    # Nobody has a film.
    assert held.present.tolist() == [[False, True, True]] * 9
    block = json.loads((out / "configs/metadata.json").read_text())["medmm"]["neighbours"]
    assert (block["cases"], block["simulated"], block["figures"]) == (9, True, None)
    card = (out / "docs/README.md").read_text()
    assert "9 simulated training cases" in card
    assert "was not measured" in card
    case = next(path for path in sorted(cohort.iterdir()) if path.is_dir())
    capsys.readouterr()
    assert main(["score", str(case), "--model", str(out), "--device", "cpu", "--no-explain", "--json"]) == 0
    similar = json.loads(capsys.readouterr().out)["similar"]
    assert (similar["searched"], similar["inputs"], len(similar["cases"])) == (9, ["note", "vitals"], 5)
    # A bundle's files say nothing of whose cases they are.
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert not [path.name for path in cohort.iterdir() if path.is_dir() and path.name.encode() in everything]
    assert main([*asked, "--cases", "9"]) == 1


def test_cases_that_the_bundle_was_not_trained_on_are_refused(cohort: Path, bundle: Path, tmp_path: Path) -> None:
    from medmm.training.config import load_config
    from medmm.training.neighbour_bundle import Request, add_neighbours
    from tests.training.test_fit import SHIPPED

    request = Request(cohort, tmp_path / "near", 9, are_simulated=True, config=load_config(SHIPPED))
    with pytest.raises(InvalidRecord, match="training part"):
        add_neighbours(bundle, request)
    assert not (tmp_path / "near").exists()
