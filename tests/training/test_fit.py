"""A whole training run on a handful of patients."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from medmm.core.errors import Cancelled
from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind

pytestmark = pytest.mark.slow
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "training" / "chest-multimodal.yaml"
STAGE = {"batch": 8, "rate": 0.001, "end_rate": 0.0001, "size": 64}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "patients"
    kinds = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(folder, n_patients=24, seed=3, inputs=kinds, progress=no_progress, cancel=CancelToken())
    return folder


@pytest.fixture(scope="module")
def config_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content |= {
        "name": "tiny",
        "split": {"train": 0.4, "validation": 0.2, "calibration": 0.2, "test": 0.2},
        "image": {"rows": 64, "cols": 64},
        "text": {"vocabulary": 600, "hidden": 16, "layers": 1, "heads": 2},
        "stages": [{**STAGE, "inputs": "records", "epochs": 1}, {**STAGE, "inputs": "all", "epochs": 2}],
        "domains": [],
        "base": [],
        "folds": 0,
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
    }
    path = tmp_path_factory.mktemp("config") / "tiny.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def test_run_gives_a_bundle_that_proves_itself_and_goes_on_after_a_stop(
    cohort: Path, config_path: Path, tmp_path: Path
) -> None:
    from medmm.models.bundle import load_bundle
    from medmm.training.config import load_config
    from medmm.training.fit import fit

    config = load_config(config_path)
    whole, _ = load_bundle(fit(config, cohort=cohort, out=tmp_path / "whole"))
    # The trainer of the vocabulary breaks ties by chance, so both runs number their words alike from one cache.
    shutil.copytree(tmp_path / "whole" / "cache", tmp_path / "stopped" / "cache")
    stop = CancelToken()

    def stop_in_last_epoch(done: int, total: int, text: str) -> None:
        if text.startswith("stage 2 epoch 2"):
            stop.set()

    with pytest.raises(Cancelled):
        # Two steps an epoch: the flag set after the first one stops the second.
        fit(config, cohort=cohort, out=tmp_path / "stopped", progress=stop_in_last_epoch, cancel=stop)
    resumed, _ = load_bundle(fit(config, cohort=cohort, out=tmp_path / "stopped"))

    logits = [
        np.array(json.loads((bundle.folder / "golden/expected.json").read_text())["logits"])
        for bundle in (whole, resumed)
    ]
    # 16-bit rounding of the weights may fall to either side.
    assert np.abs(logits[0] - logits[1]).max() < 5e-3
    assert not list(tmp_path.rglob("*.pt")) + list(tmp_path.rglob("*.pkl"))


def test_card_and_metadata_name_data_and_every_subset(cohort: Path, config_path: Path, tmp_path: Path) -> None:
    from medmm.training.config import load_config
    from medmm.training.evaluate import evaluate
    from medmm.training.fit import fit

    folder = fit(load_config(config_path), cohort=cohort, out=tmp_path / "run")
    card = (folder / "docs/README.md").read_text(encoding="utf-8")
    metadata = json.loads((folder / "configs/metadata.json").read_text(encoding="utf-8"))

    for words in (
        "image + note + vitals",
        "image + vitals",
        "Looked for in 24 cases",
        "at the threshold",
        "| simulated | train |",
        "Not for diagnosis",
        "95 %",
    ):
        assert words in card
    assert "NaN" not in json.dumps(metadata)
    near = metadata["medmm"]["neighbours"]
    assert (near["cases"], near["simulated"]) == (metadata["medmm"]["training"]["cases"]["simulated train"], True)
    assert f"The bundle holds {near['cases']} simulated training cases" in card
    assert near["figures"]["n_held_out"] == metadata["medmm"]["training"]["cases"]["simulated test"]
    assert (folder / "neighbours.safetensors").is_file()
    figures = evaluate(folder, cohort, out=tmp_path / "evaluation", samples=100, with_classifiers=True)
    assert figures.n_cases == 24
    assert len(figures.by_subset) == 7
    assert json.loads((tmp_path / "evaluation/metrics.json").read_text())["figures"]["n_patients"] == 24
    assert (tmp_path / "evaluation/report.pdf").read_bytes().startswith(b"%PDF")
    html = (tmp_path / "evaluation/report.html").read_text(encoding="utf-8")
    assert "Does the fusion help?" in html
    assert "perceptron, best single input twice" in html


@pytest.mark.parametrize("inputs", [("image",), ("note",), ("vitals",), ("note", "vitals")], ids="+".join)
def test_a_model_of_any_subset_of_inputs_is_trained_published_and_measured(
    cohort: Path, config_path: Path, tmp_path: Path, inputs: tuple[str, ...]
) -> None:
    from medmm.models.bundle import load_bundle
    from medmm.training.config import TrainingConfig
    from medmm.training.evaluate import evaluate
    from medmm.training.fit import fit

    content = yaml.safe_load(config_path.read_text(encoding="utf-8"))
    content |= {"inputs": list(inputs), "stages": [{**STAGE, "inputs": "all", "epochs": 1}]}
    if "image" not in inputs:
        del content["image"]

    folder = fit(TrainingConfig.model_validate(content), cohort=cohort, out=tmp_path / "run")

    bundle, _ = load_bundle(folder)
    assert set(bundle.metadata["network_data_format"]["inputs"]) == set(inputs)
    figures = evaluate(folder, cohort, out=tmp_path / "evaluation", samples=100)
    assert len(figures.by_subset) == 2 ** len(inputs) - 1


def test_an_image_encoder_starts_from_weights_of_this_machine_and_the_bundle_says_so(
    cohort: Path, config_path: Path, tmp_path: Path
) -> None:
    import torch

    from medmm.models.bundle import load_bundle
    from medmm.models.image_encoder import build_image_encoder
    from medmm.models.spec import ImageSpec
    from medmm.training.config import TrainingConfig
    from medmm.training.fit import fit

    weights = build_image_encoder(ImageSpec(64, 64, encoder="monai.resnet18")).state_dict()
    torch.save(weights, tmp_path / "begin.pth")
    content = yaml.safe_load(config_path.read_text(encoding="utf-8"))
    image = {"rows": 64, "cols": 64, "encoder": "monai.resnet18", "start_from": str(tmp_path / "begin.pth")}
    # So slow that the weights hardly move from where they began.
    stage = {**STAGE, "inputs": "all", "epochs": 1, "rate": 1e-9, "end_rate": 1e-10}
    content |= {"inputs": ["image"], "image": image, "stages": [stage], "augment": {"noise": {"chance": 0}}}
    told: list[str] = []

    folder = fit(TrainingConfig.model_validate(content), cohort=cohort, out=tmp_path / "run", tell=told.append)

    bundle, net = load_bundle(folder)
    assert torch.allclose(
        net.encoders["image"].state_dict()["features.conv1.weight"], weights["features.conv1.weight"], atol=1e-3
    )
    assert told[0].startswith("monai.resnet18 starts from begin.pth: 100 tensors loaded, 0 adapted")
    assert bundle.metadata["medmm"]["training"]["image_start"]["file"] == "begin.pth"
    assert str(tmp_path) not in json.dumps(bundle.metadata)


def test_an_unknown_encoder_is_refused_before_patients_are_read(config_path: Path, tmp_path: Path) -> None:
    from medmm.core.errors import InputError
    from medmm.training.config import TrainingConfig
    from medmm.training.fit import fit

    content = yaml.safe_load(config_path.read_text(encoding="utf-8")) | {"vitals": {"encoder": "tab.mpl"}}

    with pytest.raises(InputError, match=r"Did you mean 'tab\.mlp'"):
        fit(TrainingConfig.model_validate(content), cohort=tmp_path / "nobody", out=tmp_path)


@pytest.mark.parametrize("text", ["text.tfidf", "text.words"])
def test_a_model_of_words_and_of_vital_signs_over_time_is_trained_and_opened(
    cohort: Path, config_path: Path, tmp_path: Path, text: str
) -> None:
    from medmm.inference.predictor import load_predictor
    from medmm.models.bundle import load_bundle
    from medmm.training.config import load_config
    from medmm.training.fit import fit

    content = yaml.safe_load(config_path.read_text(encoding="utf-8"))
    content |= {
        "inputs": ["note", "vitals"],
        "text": {"encoder": text, "vocabulary": 300},
        "vitals": {"encoder": "tab.gru"},
        "stages": [{**STAGE, "inputs": "records", "epochs": 1}],
    }
    (tmp_path / "words.yaml").write_text(yaml.safe_dump(content))

    folder = fit(load_config(tmp_path / "words.yaml"), cohort=cohort, out=tmp_path / "run")

    bundle, net = load_bundle(folder)
    words = json.loads((folder / "tokenizer" / "words.json").read_text(encoding="utf-8"))["words"]
    assert bundle.spec.text.steps == ("mask_phi", "clean", "negation", "stop_words", "stem")
    assert 100 < len(words) <= 300
    assert {"histori", "examin"} <= set(words)
    assert any(word.startswith("not_") for word in words)
    assert load_predictor(folder, device="cpu").tokenizer.size == len(words) + 1
    assert type(net.encoders["vitals"]).__name__ == "VitalsGRU"


def test_the_golden_case_is_nobodys(cohort: Path, config_path: Path, tmp_path: Path) -> None:
    """A bundle travels: no patient's pixels, tokens or values may be in it."""
    from safetensors.torch import load_file

    from medmm.training.config import load_config
    from medmm.training.fit import fit

    bundle = fit(load_config(config_path), cohort=cohort, out=tmp_path)
    golden = load_file(bundle / "golden" / "inputs.safetensors")
    films = np.load(next((tmp_path / "cache").rglob("images.npy"))).reshape(24, -1).astype(float)
    drawn = golden["image"].reshape(2, -1).double().numpy()

    assert np.abs(np.corrcoef(drawn, films)[:2, 2:]).max() < 0.1
    assert len(np.unique(golden["token_ids"].numpy())) > 10
    assert not np.array_equal(golden["token_ids"][0].numpy(), golden["token_ids"][1].numpy())


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """Write twelve pictures of noise with labels, and two that another model scored."""
    from PIL import Image

    rng = np.random.default_rng(5)
    lines = ["filename,patient_id,label,view,score"]
    for number in range(14):
        name = f"film{number}.png"
        Image.fromarray((rng.random((80, 70)) * 255).astype(np.uint8)).save(tmp_path / name)
        label, score = ("Nodule" if number % 2 else "No Finding", "") if number < 12 else ("", "0.3")
        lines.append(f"{name},p{number},{label},{'AP' if number % 3 else 'PA'},{score}")
    (tmp_path / "cases.csv").write_text("\n".join(lines) + "\n")
    return tmp_path


def test_members_go_on_from_a_base_that_saw_no_labelled_film(
    cohort: Path, config_path: Path, films: Path, tmp_path: Path
) -> None:
    from medmm.models.bundle import load_bundle
    from medmm.training.config import TrainingConfig
    from medmm.training.fit import fit
    from medmm.training.folds import OUT_OF_FOLD_FILE, read_out_of_fold

    domain = {
        "name": "films",
        "folder": films.name,
        "source": "noise",
        "label_column": "label",
        "columns": {"view": "view"},
        "positives": {"Nodule": "nodule"},
        "negatives_known": ["nodule"],
        "negative_words": ["No Finding"],
        "train_where": [{}],
        "train_part": 1.0,
        "soft": {"weight": 0.5, "columns": {"score": "nodule"}},
    }
    content = yaml.safe_load(config_path.read_text())
    content |= {"base": [*content["stages"][:1], {**STAGE, "inputs": "all", "epochs": 1}], "folds": 2}
    content |= {"stages": [{**STAGE, "inputs": "all", "epochs": 1, "base_share": 0.5}], "domains": [domain]}

    def run(**changes: object) -> Path:
        config = TrainingConfig.model_validate(content | changes)
        return fit(config, cohort=cohort, out=tmp_path / "run", root=films.parent)

    folder = run()
    card = (folder / "docs" / "README.md").read_text(encoding="utf-8")
    held = read_out_of_fold(tmp_path / "run" / OUT_OF_FOLD_FILE)
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    first = load_bundle(folder)[0].folder.joinpath("models/model.safetensors").read_bytes()
    again = run(limits=["Another sentence on the card."]).joinpath("models/model.safetensors").read_bytes()
    later = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]

    assert len(held.logits) == 12
    assert "films (out of fold)" in card
    assert "films (before the folds)" in card
    assert "answered by the network that all members begin with" in card
    assert [line["member"] for line in log if line["event"] == "epoch"] == [-1, -1, 0, 1]
    # Words for the card change no weight and cost no step.
    assert again == first
    assert not [line for line in later if line["event"] == "step"]
