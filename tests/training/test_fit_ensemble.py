"""Members that stay side by side: trained, shipped as one bundle, asked about a patient on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from tests.training.test_fit import SHIPPED, STAGE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ALL = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "patients"
    simulate_cohort(folder, n_patients=24, seed=3, inputs=ALL, progress=no_progress, cancel=CancelToken())
    return folder


def train(cohort: Path, out: Path, **changes: Any) -> Path:
    from medmm.training.config import TrainingConfig
    from medmm.training.fit import fit

    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content |= {
        "name": "several",
        "split": {"train": 0.4, "validation": 0.2, "calibration": 0.2, "test": 0.2},
        "image": {"rows": 64, "cols": 64, "encoder": "monai.resnet18"},
        "text": {"vocabulary": 600, "hidden": 16, "layers": 1, "heads": 2},
        "base": [],
        "folds": 0,
        "domains": [],
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
        **changes,
    }
    return fit(TrainingConfig.model_validate(content), cohort=cohort, out=out)


@pytest.fixture(scope="module")
def run(cohort: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of three fusions on one frozen image encoder, everything else trained three times."""
    out = tmp_path_factory.mktemp("run")
    stage = {**STAGE, "inputs": "all", "epochs": 2, "frozen": ["image"]}
    train(cohort, out, ensemble="mean", fusions=["concat", "mean", "gated"], stages=[stage])
    return out


def test_the_bundle_holds_every_member_and_the_common_encoder_once(run: Path) -> None:
    from medmm.models.bundle import load_bundle

    bundle, net = load_bundle(run / "several")
    ensemble = bundle.spec.ensemble

    assert ensemble is not None
    assert ensemble.rule == "mean"
    assert [member.fusion for member in ensemble.members] == ["concat", "mean", "gated"]
    assert {kind.value: bundle.spec.n_encoders(kind) for kind in net.kinds} == {"image": 1, "note": 3, "vitals": 3}
    weights = (run / "several/models/model.safetensors").stat().st_size
    one_image_encoder = sum(2 * tensor.numel() for tensor in net.encoders["image"].state_dict().values())
    assert one_image_encoder < weights < 1.2 * one_image_encoder


def test_card_metadata_and_log_say_who_answers_and_with_what_weight(run: Path) -> None:
    card = (run / "several/docs/README.md").read_text(encoding="utf-8")
    metadata = json.loads((run / "several/configs/metadata.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    (told,) = [line for line in lines if line["event"] == "ensemble"]

    assert "3 of 3 trained networks. All of them answer; a finding's logit is the mean of theirs." in card
    assert re.findall(r"\| (\w+) \| 2026 \| none \| (0\.\d+) \|", card) == [
        ("concat", "0.333"),
        ("mean", "0.333"),
        ("gated", "0.333"),
    ]
    assert "Different encoders, each stored and run once: 1 for image, 3 for note, 3 for vitals." in card
    members = metadata["medmm"]["training"]["members"]
    assert (members["rule"], members["trained"], len(members["kept"])) == ("mean", 3, 3)
    assert (told["rule"], told["members"], told["weights"]) == ("mean", [0, 1, 2], pytest.approx([1 / 3] * 3, abs=1e-5))


def test_a_patient_is_scored_on_the_command_line(run: Path, cohort: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from medmm.cli.main import main
    from medmm.core.case import CaseSources
    from medmm.inference.predictor import load_predictor
    from medmm.workflow.open_case import open_case

    patient = next(path for path in sorted(cohort.iterdir()) if path.is_dir())
    assert main(["score", str(patient), "--model", str(run / "several"), "--device", "cpu", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    predictor = load_predictor(run / "several", device="cpu", n_threads=1)
    prediction = predictor.predict(predictor.prepare(open_case(CaseSources(patient))).model_input)

    mean = predictor.member_logits(prediction).mean(axis=0)
    assert [finding["name"] for finding in document["findings"]] == list(predictor.spec.findings)
    for name, logit in zip(predictor.spec.findings, mean.tolist(), strict=True):
        shares = document["shares"]["finding"][name]
        assert shares["total"] == pytest.approx(logit, abs=1e-4)
        assert sum(shares[kind.value] for kind in ALL) == pytest.approx(shares["total"] - shares["baseline"], abs=1e-6)


def test_it_is_verified_listed_exported_and_imported_like_any_bundle(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from medmm.cli.main import main
    from medmm.workflow.bundles import list_bundles

    monkeypatch.setenv("MEDMM_HOME", str(tmp_path / "home"))

    assert main(["models", "verify", str(run / "several")]) == 0
    assert main(["models", "export", str(run / "several"), "--out", str(tmp_path / "several.zip")]) == 0
    assert main(["models", "import", str(tmp_path / "several.zip")]) == 0
    assert "several" in list_bundles()
    assert main(["models", "show", "several"]) == 0
    assert "3 of 3 trained networks" in " ".join(capsys.readouterr().out.split())


def test_it_is_evaluated_from_every_subset_of_its_inputs(run: Path, cohort: Path, tmp_path: Path) -> None:
    from medmm.training.evaluate import evaluate

    figures = evaluate(run / "several", cohort, out=tmp_path, samples=100)

    assert figures.n_cases == 24
    assert len(figures.by_subset) == 7


@pytest.mark.parametrize("rule", ["weighted", "vote"])
def test_folds_stand_side_by_side_without_an_image(cohort: Path, tmp_path: Path, rule: str) -> None:
    from medmm.models.bundle import load_bundle

    stage = {**STAGE, "inputs": "all", "epochs": 3, "rate": 0.01}
    apart = {"folds": 2, "seeds": [1, 2], "ensemble": rule}
    train(cohort, tmp_path, inputs=["note", "vitals"], image=None, stages=[stage], **apart)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    (told,) = [line for line in lines if line["event"] == "ensemble"]
    bundle, _ = load_bundle(tmp_path / "several")

    assert sum(told["weights"]) == pytest.approx(1.0, abs=1e-4)
    assert min(told["weights"]) > 0
    members = bundle.spec.ensemble.members if bundle.spec.ensemble else ()
    names = [f"concat, seed {1 + number // 2}, fold {1 + number % 2}" for number in told["members"]]
    assert [member.name for member in members] == (names if len(names) > 1 else [])
    assert (tmp_path / "out_of_fold.npz").is_file()
