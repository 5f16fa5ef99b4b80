"""The training configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from medmm.core.errors import InputError, UnreadableFile
from medmm.training.config import TextConfig, TrainingConfig, load_config

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "training" / "chest-multimodal.yaml"


def changed(tmp_path: Path, **fields: object) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(SHIPPED.read_text(encoding="utf-8")), **fields}))
    return path


def test_shipped_configuration_is_valid_and_meets_the_contract() -> None:
    config = load_config(SHIPPED)

    assert config.simulate is not None
    assert config.simulate.patients * config.split.train >= 4000
    assert isinstance(config, TrainingConfig)


def test_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="epocs"):
        load_config(changed(tmp_path, epocs=3))


def test_unknown_key_inside_a_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"image\.colour"):
        load_config(changed(tmp_path, image={"rows": 64, "cols": 64, "colour": 1}))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sed": 3}, "unknown key sed; did you mean 'seed'"),
        ({"image": {"rows": 64, "cols": 64, "encodr": "x"}}, r"unknown key image\.encodr; did you mean 'encoder'"),
        (
            {"stages": [{"inputs": "all", "epoch": 1, "batch": 2, "rate": 0.1, "end_rate": 0.1}]},
            r"unknown key stages\.0\.epoch; did you mean 'epochs'",
        ),
        ({"text": {"zzz": 1}}, "known there: encoder, heads"),
    ],
)
def test_unknown_key_is_answered_with_its_path_and_the_nearest_name(
    tmp_path: Path, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        load_config(changed(tmp_path, **fields))


def test_inputs_must_fit_the_stages_and_the_image_section(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither note nor vitals"):
        load_config(changed(tmp_path, inputs=["image"]))
    with pytest.raises(InputError, match="names note"):
        load_config(changed(tmp_path, inputs=["image", "vitals"]))
    with pytest.raises(InputError, match=r"image\.rows"):
        load_config(changed(tmp_path, image=None))


def test_size_must_fit_the_encoders_stride(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="32"):
        load_config(changed(tmp_path, image={"rows": 100, "cols": 64}))


def test_split_must_sum_to_one(tmp_path: Path) -> None:
    split = {"train": 0.5, "validation": 0.1, "calibration": 0.1, "test": 0.1}

    with pytest.raises(InputError, match="sum"):
        load_config(changed(tmp_path, split=split))


def test_run_id_changes_with_any_field(tmp_path: Path) -> None:
    assert load_config(SHIPPED).run_id != load_config(changed(tmp_path, seed=1)).run_id
    assert load_config(SHIPPED).run_id == load_config(changed(tmp_path)).run_id


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="nowhere"):
        load_config(tmp_path / "nowhere.yaml")


def test_rate_climbs_and_falls() -> None:
    pytest.importorskip("torch")
    from medmm.training.schedule import rate_at

    stage = load_config(SHIPPED).stages[0]

    assert rate_at(stage, 0.0) < 0.1 * stage.rate
    assert rate_at(stage, 0.05) == pytest.approx(stage.rate)
    assert rate_at(stage, 1.0) == pytest.approx(stage.end_rate)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"encoder": "monai.resnet-50"}, r"Did you mean 'monai\.resnet50'"),
        ({"crop": "exposed-field"}, "Did you mean 'exposed_field'"),
        ({"intensity": "standardize"}, "Did you mean 'standardise'"),
        ({"slices": 32, "spacing_mm": [1.0, 1.0]}, "spacing_mm needs 3"),
    ],
)
def test_unknown_steps_of_the_preprocessing_name_the_nearest(
    tmp_path: Path, part: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        load_config(changed(tmp_path, image={"rows": 64, "cols": 64, **part}))


def test_preprocessing_of_the_configuration_is_that_of_the_bundle(tmp_path: Path) -> None:
    part = {"slices": 32, "window": [40, 400], "intensity": "window", "crop": "none", "modalities": ["CT"]}

    image = load_config(changed(tmp_path, image={"rows": 64, "cols": 96, **part})).image

    assert image is not None
    spec = image.to_spec()
    assert (spec.size, spec.window, spec.intensity, spec.modalities) == ((32, 64, 96), (40, 400), "window", ("CT",))


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"flip": {"chance": 0.5}}, "unknown key augment.flip"),
        ({"rotat": {"radians": 0.1}}, "did you mean 'rotate'"),
        ({"zoom": {"least": 0.1}}, r"augment\.zoom\.least"),
        ({"contrast": {"gamma": [2, 1]}}, "two rising numbers"),
    ],
)
def test_augmentation_is_checked_and_knows_no_flip(tmp_path: Path, block: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        load_config(changed(tmp_path, augment=block))


def test_a_section_to_skip_that_nobody_knows_is_refused_with_the_nearest() -> None:
    assert TextConfig(skip_sections=("assessment", "plan")).skip_sections == ("assessment", "plan")
    with pytest.raises(ValueError, match="assessment"):
        TextConfig(skip_sections=("assesment",))
