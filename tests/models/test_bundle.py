"""Bundles: what was written comes back, what was touched is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.models.bundle_files import SUMS, verify_files, write_sums
from tests.models.builders import make_batch, make_bundle

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("bundles") / "original")


@pytest.fixture
def bundle(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "bundle"))


def all_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_loaded_bundle_gives_the_same_logits_twice(bundle: Path) -> None:
    import torch

    from medmm.models.bundle import load_bundle

    (first, net), (_, again) = load_bundle(bundle), load_bundle(bundle)

    batch = make_batch(first.spec)
    assert torch.equal(net(batch), again(batch))
    assert not any(parameter.requires_grad for parameter in net.parameters())
    assert first.thresholds == {"pneumonia": 0.4, "nodule": 0.3}


def test_weights_are_stored_with_16_bits(bundle: Path) -> None:
    from safetensors.torch import load_file

    assert {str(t.dtype) for t in load_file(bundle / "models/model.safetensors").values()} == {
        "torch.float16",
        "torch.int64",
    }


def test_each_changed_file_is_refused(bundle: Path) -> None:
    for name in all_files(bundle):
        path = bundle / name
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

        with pytest.raises(BundleRefused):
            verify_files(bundle)
        path.write_bytes(content)

    verify_files(bundle)


def test_each_removed_file_is_refused(bundle: Path) -> None:
    for name in all_files(bundle):
        path = bundle / name
        content = path.read_bytes()
        path.unlink()

        with pytest.raises(BundleRefused, match=r"missing|has no"):
            verify_files(bundle)
        path.write_bytes(content)


@pytest.mark.parametrize("name", ["models/model.pt", "code.py", "weights.pkl", "docs/more.md"])
def test_added_file_is_refused(bundle: Path, name: str) -> None:
    (bundle / name).write_text("x")

    with pytest.raises(BundleRefused, match="not listed"):
        verify_files(bundle)


@pytest.mark.parametrize("name", ["models/model.pt", "code.py", "weights.pkl"])
def test_code_and_pickle_are_refused_even_when_listed(bundle: Path, name: str) -> None:
    (bundle / name).write_text("x")
    write_sums(bundle)

    with pytest.raises(BundleRefused, match="may not hold"):
        verify_files(bundle)


@pytest.mark.parametrize("value", ["$import os", {"_target_": "os.system"}, ["$x"]])
def test_config_that_asks_for_code_is_refused(bundle: Path, value: object) -> None:
    path = bundle / "configs/metadata.json"
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "extra": value}))
    write_sums(bundle)

    with pytest.raises(BundleRefused, match="asks for code"):
        verify_files(bundle)


def test_link_is_refused(bundle: Path, tmp_path: Path) -> None:
    (bundle / "outside").symlink_to(tmp_path)

    with pytest.raises(BundleRefused, match="link"):
        verify_files(bundle)


@pytest.mark.parametrize("name", ["../outside.json", "/etc/passwd", "a/../../b.json"])
def test_path_outside_the_folder_is_refused(bundle: Path, name: str) -> None:
    with (bundle / SUMS).open("a") as stream:
        stream.write(f"{'0' * 64}  {name}\n")

    with pytest.raises(BundleRefused, match="bad line"):
        verify_files(bundle)


def test_wrong_weights_fail_the_golden_case_even_with_right_hashes(bundle: Path) -> None:
    from safetensors.torch import load_file, save_file

    from medmm.models.bundle import load_bundle

    weights = load_file(bundle / "models/model.safetensors")
    weights["head.3.bias"] += 0.25
    save_file(weights, bundle / "models/model.safetensors")
    write_sums(bundle)

    with pytest.raises(BundleRefused, match="golden"):
        load_bundle(bundle)


def test_weights_of_another_network_are_refused(bundle: Path) -> None:
    from safetensors.torch import load_file, save_file

    from medmm.models.bundle import load_bundle

    weights = load_file(bundle / "models/model.safetensors")
    weights["surprise"] = weights.pop("head.3.bias")
    save_file(weights, bundle / "models/model.safetensors")
    write_sums(bundle)

    with pytest.raises(BundleRefused, match=r"head\.3\.bias"):
        load_bundle(bundle)


def test_calibration_for_other_findings_is_refused(bundle: Path) -> None:
    from medmm.models.bundle_facts import verify_bundle

    path = bundle / "calibration.json"
    path.write_text(path.read_text().replace("nodule", "module"))
    write_sums(bundle)

    with pytest.raises(BundleRefused, match="findings"):
        verify_bundle(bundle)


def test_absent_bundle_is_missing_weights(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing):
        verify_files(tmp_path / "nowhere")
