"""Encoders as ONNX compute what torch computes, for other sizes of batch than the one they were written with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medmm.core.errors import ExchangeError
from tests.models.builders import make_batch, make_bundle, make_spec

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
