"""How long the engine takes, as ratios to a bare torch forward of the same network in the same run.

Run: python tests/benchmarks/bench_engine.py (exit 1 when head-only Grad-CAM costs more than a tenth of a forward, or a
prediction of the default bundle more than 0.6 of its bare modules)
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.inference.explain import explain
from medmm.inference.gradcam import head_gradcam
from medmm.inference.shares import shapley_shares
from tests.inference.builders import FINDINGS, make_case, make_predictor

if TYPE_CHECKING:
    from medmm.core.case import Case
    from medmm.inference.model_input import ModelInput
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor

ROUNDS = 7
MOST_OF_BARE = 0.6


def milliseconds(*works: Callable[[], object]) -> list[float]:
    """Shortest time of each work; they take turns, so that other load on the machine hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(ROUNDS):
        for spent, work in zip(times, works, strict=True):
            began = time.perf_counter()
            work()
            spent.append(1000 * (time.perf_counter() - began))
    return [min(spent) for spent in times]


def case_224() -> tuple[Predictor, Case, ModelInput, Prediction]:
    """A predictor with random weights and 224 x 224 images, a prepared case and its prediction."""
    predictor = make_predictor(size=224)
    case = make_case()
    model_input = predictor.prepare(case).model_input
    return predictor, case, model_input, predictor.predict(model_input)


def measure_grad_cam(predictor: Any, model_input: Any, prediction: Any) -> bool:
    """Print the cost of the maps; tell whether they stay within a tenth of a forward."""
    from monai.visualize import GradCAM

    encoder = predictor.net.encoders["image"]
    image = torch.from_numpy(model_input.image.pixels)[None, None]

    def bare() -> None:
        with torch.inference_mode():
            encoder.activation(encoder.features(image))

    def forward() -> torch.Tensor:
        with torch.inference_mode():
            return encoder(image).z

    def maps() -> torch.Tensor:
        return head_gradcam(
            predictor.net, prediction.z, prediction.present, prediction.maps, findings=range(len(FINDINGS))
        )

    reference = make_predictor(size=224).net.requires_grad_(True)
    head = torch.nn.Sequential(
        reference.encoders["image"].features,
        torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(1024, 3),
    )
    hooked = GradCAM(head, "1")

    bare_ms, forward_ms, maps_ms, hooked_ms = milliseconds(bare, forward, maps, lambda: hooked(image, class_idx=0))
    both_ms = forward_ms + maps_ms
    print(
        f"224x224, {torch.get_num_threads()} thread(s): bare forward {bare_ms:.0f} ms; image encoder "
        f"{forward_ms / bare_ms:.2f}x; encoder + Grad-CAM of {len(FINDINGS)} findings {both_ms / bare_ms:.2f}x; "
        f"MONAI GradCAM of one finding {hooked_ms / bare_ms:.2f}x"
    )
    return bool(both_ms <= 1.1 * forward_ms)


def measure_full_score(predictor: Any, case: Any, model_input: Any, prediction: Any) -> None:
    """Print the cost of each stage of a score."""
    image = torch.from_numpy(model_input.image.pixels)[None, None]

    def bare() -> None:
        with torch.inference_mode():
            predictor.net.encoders["image"](image)

    def shares() -> None:
        shapley_shares(predictor.head(prediction), prediction.kinds, findings=FINDINGS)

    def explained() -> None:
        explain(predictor, case, model_input, prediction, findings=FINDINGS[:2], maps_for=FINDINGS[:2])

    bare_ms, prepare_ms, predict_ms, shares_ms, explain_ms = milliseconds(
        bare, lambda: predictor.prepare(case), lambda: predictor.predict(model_input), shares, explained
    )
    total = prepare_ms + predict_ms + shares_ms + explain_ms
    print(
        f"bare forward {bare_ms:.0f} ms; prepare {prepare_ms / bare_ms:.2f}x; predict {predict_ms / bare_ms:.2f}x; "
        f"shares {shares_ms / bare_ms:.3f}x; explain two findings {explain_ms / bare_ms:.2f}x; "
        f"full score {total / bare_ms:.2f}x ({total:.0f} ms)"
    )


def measure_default_bundle() -> bool:
    """Print what a prediction of the sample patient costs beside the same torch modules called bare."""
    from medmm.core.case import CaseSources
    from medmm.core.resources import resource
    from medmm.inference.predictor import load_predictor
    from medmm.inference.prepare import collate
    from medmm.storage.paths import DEFAULT_BUNDLE
    from medmm.workflow.open_case import open_case

    with tempfile.TemporaryDirectory() as folder:
        bundle = resource("models") / DEFAULT_BUNDLE
        predictor = load_predictor(bundle, device="cpu", n_threads=torch.get_num_threads(), compiled_in=Path(folder))
        case = open_case(CaseSources(resource("samples") / "chest_pneumonia"))
        model_input = predictor.prepare(case).model_input
        batch = collate([model_input], predictor.spec)

        def bare() -> None:
            with torch.inference_mode():
                predictor.net(batch)

        def toggled() -> None:
            predictor.head(prediction)(np.array([[True, False, True]]))

        prediction = predictor.predict(model_input)
        bare_ms, predict_ms, toggle_ms = milliseconds(bare, lambda: predictor.predict(model_input), toggled)
    ratio = predict_ms / bare_ms
    print(
        f"default bundle, {predictor.identity.runtime}: bare modules {bare_ms:.0f} ms; predict {ratio:.2f}x; "
        f"without one input, from the embeddings {toggle_ms / predict_ms:.3f} of a prediction"
    )
    return ratio <= MOST_OF_BARE


def main() -> int:
    """Measure and print; exit 1 when the maps cost too much."""
    predictor, case, model_input, prediction = case_224()
    is_cheap = measure_grad_cam(predictor, model_input, prediction)
    measure_full_score(predictor, case, model_input, prediction)
    return 0 if measure_default_bundle() and is_cheap else 1


if __name__ == "__main__":
    sys.exit(main())
