"""A finding that takes film and note together: what the whole model and each input reach, against the best rule.

Run: python tests/benchmarks/bench_planted.py FOLDER [PATIENTS [EPOCHS]] (exit 1 when all inputs are below 0.90 or more
than 0.03 below the Bayes rule, or a single input is above 0.75). The same call goes on after a kill.
With 1,500 patients and 8 epochs about 20 minutes of one core.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.progress import CancelToken, no_progress
from medmm.simulate.planted import FINDING, bayes_auroc
from medmm.training.bootstrap import make_draws
from medmm.training.config import TrainingConfig
from medmm.training.examples import make_examples
from medmm.training.figures import subset_name
from medmm.training.fit import list_patients, prepare_material
from medmm.training.mean_area import estimate_mean_auroc
from medmm.training.member import Member, train_member
from medmm.training.scores import all_subsets, labels_of, predict_logits
from medmm.training.session import open_session
from tests.benchmarks.bench_subsets import KINDS, make_cohort

LEAST_FUSED, MOST_SINGLE, MOST_BELOW_BAYES = 0.90, 0.75, 0.03
SEED, COHORT_SEED, SAMPLES = 5, 99, 2000


def make_config(epochs: int) -> TrainingConfig:
    """A plain training; the weights of the losses are the defaults, as a department would leave them."""
    return TrainingConfig.model_validate(
        {
            "name": "planted",
            "version": "0",
            "seed": SEED,
            "description": "A planted finding.",
            "intended_use": "A measurement.",
            "limits": ["Simulated patients only."],
            "findings": [FINDING],
            "split": {"train": 0.55, "validation": 0.10, "calibration": 0.01, "test": 0.34},
            "image": {"rows": 96, "cols": 96},
            "text": {"vocabulary": 2000, "hidden": 64, "max_tokens": 128, "stride": 32, "languages": ["en", "zh"]},
            "early_stop": {"patience": epochs},
            "stages": [{"inputs": "all", "epochs": epochs, "batch": 8, "rate": 1e-3, "end_rate": 1e-5, "size": 96}],
            "precision": "bfloat16",
            "threads": 1,
            "readers": 1,
        }
    )


def main() -> int:
    """Print one line for every subset of inputs."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    patients, epochs = (int(text) for text in (sys.argv[2:] + ["1500", "8"][len(sys.argv) - 2 :]))
    make_cohort(folder, patients, seed=COHORT_SEED, is_planted=True)
    config = make_config(epochs)
    rows = list_patients(config, folder / "cohort", Path())
    material = prepare_material(config, rows, folder / "cache", no_progress, CancelToken())
    examples = make_examples(material.rows, material.readings, material.spec, material.tokenizer)
    out = folder / "run"
    out.mkdir(exist_ok=True)
    session = open_session(config, out, examples, no_progress, CancelToken())
    net = train_member(session, Member(0, SEED, config.fusion), material.spec, material.bert, examples)
    test = [example for example in examples if example.row.part == "test"]
    draws = make_draws([example.row.patient for example in test], samples=SAMPLES, seed=SEED)
    failed = []
    for subset, logits in predict_logits(net, test, all_subsets(KINDS)).items():
        found, best = estimate_mean_auroc(labels_of(test), logits, draws), bayes_auroc(subset)
        print(f"{subset_name(subset):18} {found}  Bayes rule {best:.3f}")
        too_low = len(subset) == len(KINDS) and found.value < max(LEAST_FUSED, best - MOST_BELOW_BAYES)
        too_high = len(subset) == 1 and found.value > MOST_SINGLE
        failed += [subset_name(subset)] if too_low or too_high else []
    print(f"{len(test)} patients tested; outside the limits: {', '.join(failed) or 'nothing'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
