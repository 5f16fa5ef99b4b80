"""How long the engine takes, as ratios to a bare torch forward of the same network in the same run.

Run: python tests/benchmarks/bench_engine.py (exit 1 when head-only Grad-CAM costs more than a tenth of a forward, or a
prediction more than 0.6 of its bare modules, 0.75 with a BERT-base, or an explanation more than six predictions)
"""

from __future__ import annotations

import copy
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.quality import InputKind
from medmm.inference.attribution import attribute_inputs
from medmm.inference.explain import explain
from medmm.inference.gradcam import head_gradcam
from medmm.inference.shares import shapley_shares
from medmm.inference.what_if import what_if, without_inputs
from tests.inference.builders import FINDINGS, forgetful, make_case, make_note, make_predictor

if TYPE_CHECKING:
    from medmm.core.case import Case
    from medmm.core.record import ClinicalNote
    from medmm.inference.model_input import ModelInput
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor

ROUNDS = 7
MOST_OF_BARE = 0.6
MOST_WITH_BERT_BASE = 0.75
MOST_ADDED, LEAST_TIMES = 0.05, 4.0
# A whole explanation beside its prediction; what answers "without this input" must feel instant.
MOST_OF_PREDICTION, MOST_AWAY_MS = 6.0, 50.0


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
    predictor = forgetful(make_predictor(size=224))
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


def note_of(n_tokens: int, predictor: Predictor) -> tuple[ClinicalNote, ...]:
    """A note that the model's tokenizer cuts into about so many tokens."""
    words = ("fever and productive cough for", "days with", "breaths a minute, crackles at the right base.")
    assert predictor.tokenizer is not None
    text = "HISTORY:"
    while len(predictor.tokenizer(text)["input_ids"]) < n_tokens:
        number = len(text) % 97
        text = f"{text} {words[0]} {number} {words[1]} {number + 11} {words[2]}"
    return (make_note(text),)


def sample_input(predictor: Predictor) -> ModelInput:
    """The sample patient with a note of 256 tokens, prepared."""
    from medmm.core.case import CaseSources
    from medmm.core.resources import resource
    from medmm.inference.prepare import to_model_input
    from medmm.workflow.open_case import open_case

    case = open_case(CaseSources(resource("samples") / "chest_pneumonia"))
    case = replace(case, notes=note_of(256, predictor))
    use = dict.fromkeys(predictor.spec.input_kinds, True)
    return to_model_input(case, predictor.spec, predictor.tokenizer, use=use)


def measure_bundle(predictor: Predictor, title: str, most: float) -> bool:
    """Print what predicting a patient costs beside the same torch modules called bare."""
    from medmm.inference.prepare import collate

    model_input = sample_input(predictor)
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
        f"{title}, {torch.get_num_threads()} thread(s), {batch.token_mask.sum():.0f} tokens: bare {bare_ms:.0f} ms; "
        f"predict {ratio:.2f}x (limit {most}); without one input {toggle_ms / predict_ms:.3f} of a prediction"
    )
    return ratio <= most


def measure_maps(predictor: Predictor) -> bool:
    """Print what the default bundle's maps of all findings cost beside MONAI's of one, the film's encoder in both."""
    from monai.visualize import GradCAM

    from tests.inference.builders import without_kind

    model_input = sample_input(predictor)
    film = without_kind(without_kind(model_input, InputKind.NOTE, predictor.spec), InputKind.VITALS, predictor.spec)
    prediction = predictor.predict(model_input)
    assert prediction.maps is not None
    findings = range(len(predictor.spec.findings))
    encoder: Any = copy.deepcopy(predictor.net.encoders[InputKind.IMAGE.value]).requires_grad_(True)
    pool = (torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(prediction.maps.shape[1], len(findings)))
    hooked = GradCAM(torch.nn.Sequential(encoder.features, torch.nn.ReLU(), *pool), "1")
    pixels = torch.from_numpy(film.image.pixels)[None, None]

    def maps() -> None:
        assert prediction.maps is not None
        head_gradcam(predictor.net, prediction.z, prediction.present, prediction.maps, findings=findings)

    predict_ms, film_ms, maps_ms, hooked_ms = milliseconds(
        lambda: predictor.predict(model_input),
        lambda: predictor.encode([film]),
        maps,
        lambda: hooked(pixels, class_idx=0),
    )
    added, times = maps_ms / predict_ms, hooked_ms / (film_ms + maps_ms)
    print(
        f"maps of {len(findings)} findings add {100 * added:.1f} % to a prediction (limit {100 * MOST_ADDED:.0f}); "
        f"MONAI GradCAM of one finding costs {times:.1f} times the encoder with all of ours (limit {LEAST_TIMES})"
    )
    return added <= MOST_ADDED and times >= LEAST_TIMES


def measure_explanation(predictor: Predictor) -> bool:
    """Print what the explanation of the sample patient costs beside its prediction."""
    from medmm.core.case import CaseSources
    from medmm.core.resources import resource
    from medmm.workflow.open_case import open_case

    case = open_case(CaseSources(resource("samples") / "chest_pneumonia"))
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)
    sentences = {name: why.sentences for name, why in explain(predictor, case, model_input, prediction).items()}
    predict_ms, explain_ms, joint_ms, away_ms, what_if_ms = milliseconds(
        lambda: predictor.predict(model_input),
        lambda: explain(predictor, case, model_input, prediction),
        lambda: attribute_inputs(predictor, model_input, prediction, finding=0),
        lambda: without_inputs(predictor, prediction),
        lambda: what_if(predictor, case, prediction, sentences=sentences),
    )
    print(
        f"explanation of {len(sentences)} finding: {explain_ms / predict_ms:.2f}x a prediction (limit "
        f"{MOST_OF_PREDICTION}), of which joint layer integrated gradients {joint_ms / predict_ms:.2f}x, what would "
        f"change the answer {what_if_ms:.0f} ms, without each input {away_ms:.1f} ms (limit {MOST_AWAY_MS})"
    )
    return explain_ms <= MOST_OF_PREDICTION * predict_ms and away_ms <= MOST_AWAY_MS


def default_predictor(cache: Path) -> Predictor:
    """The default bundle with compiled encoders; every prediction runs them."""
    from medmm.core.resources import resource
    from medmm.inference.predictor import load_predictor
    from medmm.storage.paths import DEFAULT_BUNDLE

    bundle = resource("models") / DEFAULT_BUNDLE
    n_threads = torch.get_num_threads()
    return cast("Predictor", forgetful(load_predictor(bundle, device="cpu", n_threads=n_threads, compiled_in=cache)))


def with_bert_base(predictor: Predictor, cache: Path) -> Predictor:
    """The same model with a text encoder of the size of BERT-base, weights at random."""
    from transformers import BertConfig, BertModel

    from medmm.core.resources import resource
    from medmm.inference.compiled import compile_net
    from medmm.inference.predictor import Predictor
    from medmm.models.golden import read_golden
    from medmm.models.multimodal import MultimodalNet
    from medmm.storage.paths import DEFAULT_BUNDLE

    assert predictor.tokenizer is not None
    assert predictor.spec.text is not None
    torch.manual_seed(0)
    bert = BertModel(BertConfig(vocab_size=len(predictor.tokenizer)), add_pooling_layer=False)
    spec = replace(predictor.spec, text=replace(predictor.spec.text, max_tokens=512))
    net = MultimodalNet(spec, bert=bert).eval().requires_grad_(False)
    compiled = compile_net(net, read_golden(resource("models") / DEFAULT_BUNDLE), cache=cache, name="bert-base")
    assert compiled is not None, "OpenVINO is missing or failed"
    own = Predictor(
        net,
        predictor.tokenizer,
        predictor.points,
        identity=predictor.identity,
        runtime=predictor.runtime,
        compiled=compiled,
    )
    return cast("Predictor", forgetful(own))


def measure_bundles() -> bool:
    """Measure the default bundle, and one with a BERT-base; tell whether both stay within their limits."""
    with tempfile.TemporaryDirectory() as folder:
        small = default_predictor(Path(folder))
        is_fast = measure_bundle(small, "default bundle", MOST_OF_BARE)
        is_fast = measure_maps(small) and is_fast
        is_fast = measure_explanation(small) and is_fast
        large = with_bert_base(small, Path(folder))
        return measure_bundle(large, "with a BERT-base", MOST_WITH_BERT_BASE) and is_fast


def main() -> int:
    """Measure and print; exit 1 when the maps cost too much."""
    predictor, case, model_input, prediction = case_224()
    is_cheap = measure_grad_cam(predictor, model_input, prediction)
    measure_full_score(predictor, case, model_input, prediction)
    return 0 if measure_bundles() and is_cheap else 1


if __name__ == "__main__":
    sys.exit(main())
