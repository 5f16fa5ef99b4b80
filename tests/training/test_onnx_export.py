"""Encoders as ONNX compute what torch computes, for other sizes of batch than the one they were written with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medmm.core.errors import ExchangeError
from tests.models.builders import make_batch, make_bundle, make_ensemble, make_spec, make_vitals_spec, write_sealed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("onnx") / "bundle")


def test_what_is_missing_is_named_with_the_way_to_get_it(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from medmm.training import onnx_export

    monkeypatch.setattr(onnx_export, "find_spec", lambda name: None if name == "onnxscript" else object())

    with pytest.raises(ExchangeError, match="onnxscript") as raised:
        onnx_export.export_encoders(bundle, bundle.parent / "never")

    assert "medmm[onnx]" in str(raised.value.hint)


def test_every_encoder_gives_the_numbers_of_torch_for_any_number_of_cases(bundle: Path, tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime", reason="comes with medmm[onnx]")
    import torch

    from medmm.core.quality import InputKind
    from medmm.models.bundle import load_bundle
    from medmm.training.onnx_export import export_encoders

    written = export_encoders(bundle, tmp_path)
    _, net = load_bundle(bundle)
    batch = make_batch(make_spec(), 5, seed=9)
    with torch.inference_mode():
        expected = {kind: encoded.z for kind, encoded in net.encode(batch).items()}
    given = {
        InputKind.IMAGE: {"image": batch.image},
        InputKind.NOTE: {"token_ids": batch.token_ids, "token_mask": batch.token_mask},
        InputKind.VITALS: {"features": batch.vitals},
    }

    assert [encoder.kind for encoder in written] == list(net.kinds)
    for encoder in written:
        session = onnxruntime.InferenceSession(str(encoder.file), providers=["CPUExecutionProvider"])
        found = session.run(None, {name: tensor.numpy() for name, tensor in given[encoder.kind].items()})[0]
        torch.testing.assert_close(torch.from_numpy(found), expected[encoder.kind], atol=1e-4, rtol=0)
    assert set(json.loads((tmp_path / "encoders.json").read_text())["encoders"]) == {"image", "note", "vitals"}


def test_each_different_encoder_of_an_ensemble_is_a_file_with_its_number(tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime", reason="comes with medmm[onnx]")
    import torch

    from medmm.core.quality import InputKind
    from medmm.models.batch import ModelBatch
    from medmm.models.multimodal import MultimodalNet
    from medmm.models.spec import ModelSpec
    from medmm.training.onnx_export import export_encoders

    spec = ModelSpec("v", "0", ("pneumonia", "nodule"), (InputKind.VITALS,), vitals=make_vitals_spec())
    nets = [MultimodalNet(spec) for _ in range(3)]
    nets[2].encoders["vitals"].load_state_dict(nets[0].encoders["vitals"].state_dict())
    batch = ModelBatch(torch.ones(2, 1, dtype=torch.bool), vitals=make_batch(make_spec()).vitals)
    net = make_ensemble(nets)
    folder = write_sealed(tmp_path / "three", net, None, batch=batch)

    written = export_encoders(folder, tmp_path / "out")

    assert [encoder.file.name for encoder in written] == ["vitals-1.onnx", "vitals-2.onnx"]
    with torch.inference_mode():
        expected = net.encode(batch)[InputKind.VITALS].z
    parts = [
        onnxruntime.InferenceSession(str(encoder.file), providers=["CPUExecutionProvider"]).run(
            None, {"features": batch.vitals.numpy()}
        )[0]
        for encoder in written
    ]
    torch.testing.assert_close(
        torch.cat([torch.from_numpy(part) for part in parts], dim=1), expected, atol=1e-4, rtol=0
    )
