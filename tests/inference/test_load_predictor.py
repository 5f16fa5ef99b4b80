"""A bundle on disk becomes a predictor, offline, or is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from medmm.core.errors import BundleRefused, WeightsMissing
from tests.inference.builders import FINDINGS, make_case, make_predictor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with random weights, calibrated with temperature 2 and conformal quantiles."""
    from medmm.inference.prepare import collate
    from medmm.models.bundle import seal_bundle, write_bundle
    from medmm.models.bundle_files import CARD
    from medmm.models.calibration import Calibration
    from medmm.models.golden import write_golden

    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    predictor = make_predictor()
    # The bundle holds 16-bit weights, so its golden case is that of the rounded network.
    predictor.net.half().float()
    calibration = Calibration(
        dict.fromkeys(FINDINGS, 2.0),
        dict.fromkeys(FINDINGS, 0.4),
        "test",
        100,
        positive_quantiles=dict.fromkeys(FINDINGS, 0.9),
        negative_quantiles=dict.fromkeys(FINDINGS, 0.9),
    )
    write_bundle(folder, predictor.net, tokenizer=predictor.tokenizer, calibration=calibration, metadata={})
    golden = collate([predictor.prepare(make_case()).model_input], predictor.spec)
    write_golden(folder, predictor.net, golden)
    (folder / CARD).write_text("A test model.\n", encoding="utf-8")
    (folder / "LICENSE").write_text("Apache-2.0\n", encoding="utf-8")
    seal_bundle(folder)
    return folder


def test_loaded_bundle_scores_and_says_what_it_is(sealed: Path) -> None:
    from medmm.inference.predictor import load_predictor

    predictor = load_predictor(sealed, device="cpu", n_threads=1)
    scores = predictor.predict(predictor.prepare(make_case()).model_input).findings

    assert [score.name for score in scores] == list(FINDINGS)
    assert all(score.probability is not None and score.threshold == 0.4 for score in scores)
    # Both answers fit at quantiles of 0.9 for any probability between 0.1 and 0.9.
    assert {score.decision for score in scores} == {"uncertain"}
    identity = predictor.identity
    assert (identity.name, identity.version, identity.is_calibrated) == ("tiny", "0", True)
    assert len(identity.sha256) == 64
    assert identity.device == "cpu (1 threads)"
    assert identity.precision == "float32"


def test_with_compiled_encoders_it_scores_and_explains_the_same(sealed: Path, tmp_path: Path) -> None:
    from medmm.inference.explain import explain
    from medmm.inference.predictor import load_predictor

    plain = load_predictor(sealed, device="cpu", n_threads=1)
    fast = load_predictor(sealed, device="cpu", n_threads=1, compiled_in=tmp_path)
    case = make_case()
    model_input = plain.prepare(case).model_input
    one, other = plain.predict(model_input), fast.predict(model_input)

    assert "OpenVINO" in fast.identity.runtime
    assert "OpenVINO" not in plain.identity.runtime
    for ours, theirs in zip(other.findings, one.findings, strict=True):
        assert ours.logit == pytest.approx(theirs.logit, abs=1e-4)
    name = FINDINGS[0]
    mine = explain(fast, case, model_input, other, findings=[name], maps_for=[name])[name]
    expected = explain(plain, case, model_input, one, findings=[name], maps_for=[name])[name]
    assert mine.heatmap is not None
    assert expected.heatmap is not None
    np.testing.assert_allclose(mine.heatmap.values, expected.heatmap.values, atol=1e-5)
    assert [token.weight for token in mine.tokens] == pytest.approx(
        [token.weight for token in expected.tokens], abs=1e-4
    )
    assert mine.tokens


def test_changed_weights_are_refused_before_they_are_read(sealed: Path, tmp_path: Path) -> None:
    from medmm.inference.predictor import load_predictor

    folder = shutil.copytree(sealed, tmp_path / "changed")
    weights = folder / "models" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    with pytest.raises(BundleRefused, match=r"model\.safetensors was changed"):
        load_predictor(folder, device="cpu")


def test_wrong_golden_case_is_refused(sealed: Path, tmp_path: Path) -> None:
    from medmm.inference.predictor import load_predictor
    from medmm.models.bundle import seal_bundle

    folder = shutil.copytree(sealed, tmp_path / "other")
    expected = folder / "golden" / "expected.json"
    content = json.loads(expected.read_text(encoding="utf-8"))
    content["logits"][0][0] += 0.01
    expected.write_text(json.dumps(content), encoding="utf-8")
    seal_bundle(folder)
    with pytest.raises(BundleRefused, match="golden case"):
        load_predictor(folder, device="cpu")


def test_no_bundle_is_a_clear_error(tmp_path: Path) -> None:
    from medmm.inference.predictor import load_predictor

    with pytest.raises(WeightsMissing, match="no model bundle"):
        load_predictor(tmp_path / "nothing", device="cpu")
