"""For every subset S of inputs: what the whole model says given S alone, against a whole network trained on S alone.

Run: python tests/benchmarks/bench_subsets.py FOLDER [PATIENTS [EPOCHS [SEEDS]]] (exit 1 when a subset loses more than
0.02 in the mean of the seeds). Simulates the patients into FOLDER/cohort and trains all seven networks there, once for
each seed; the same call goes on after a kill. With 2,000 patients, 6 epochs and 2 seeds about 45 minutes of one core.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.simulate.cohort import simulate_cohort
from medmm.training.bootstrap import Estimate, make_draws
from medmm.training.comparisons import compare
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, make_examples
from medmm.training.figures import subset_name
from medmm.training.fit import Material, list_patients, make_material, prepare_material
from medmm.training.mean_area import estimate_mean_auroc
from medmm.training.member import Member, train_member
from medmm.training.scores import Subset, all_subsets, labels_of, predict_logits
from medmm.training.session import open_session

KINDS = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)
MOST_LOST = 0.02
SAMPLES, FIRST_SEED, COHORT_SEED = 2000, 5, 4712
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Given:
    """Logits [N, F] of the test cases: of the whole model given a subset, and of the model trained on it alone."""

    subset: Subset
    whole: Array
    alone: Array


def config_of(kinds: Subset, epochs: int, seed: int) -> TrainingConfig:
    """A small but real training, the same for every subset, with the weights of the losses as they are by default."""
    return TrainingConfig.model_validate(
        {
            "name": "subsets",
            "version": "0",
            "seed": seed,
            "description": "One of seven networks.",
            "intended_use": "A measurement.",
            "limits": ["Simulated patients only."],
            "findings": ["pneumonia", "pulmonary_edema", "pleural_effusion", "nodule", "cardiomegaly", "pneumothorax"],
            "split": {"train": 0.55, "validation": 0.10, "calibration": 0.01, "test": 0.34},
            "inputs": [kind.value for kind in KINDS if kind in kinds],
            "image": {"rows": 64, "cols": 64, "encoder": "monai.densenet121"},
            "text": {"vocabulary": 2000, "hidden": 64, "max_tokens": 128, "stride": 32, "languages": ["en", "zh"]},
            # Of each training the epoch with the best validation AUROC counts; none ends before its last.
            "early_stop": {"patience": epochs},
            "stages": [{"inputs": "all", "epochs": epochs, "batch": 8, "rate": 1e-3, "end_rate": 1e-4, "size": 64}],
            "precision": "bfloat16",
            "threads": 1,
            "readers": 1,
        }
    )


def logits_of(
    whole: Material, config: TrainingConfig, out: Path, subsets: Sequence[Subset]
) -> tuple[list[Example], dict[Subset, Array]]:
    """Train a network on its own inputs and score the test cases given each subset of them."""
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    material = make_material(config, whole.rows, whole.readings, out)
    examples = make_examples(material.rows, material.readings, material.spec, material.tokenizer)
    session = open_session(config, out, examples, no_progress, CancelToken())
    net = train_member(session, Member(0, config.seed, config.fusion), material.spec, material.bert, examples)
    test = [example for example in examples if example.row.part == "test"]
    return test, predict_logits(net, test, subsets)


def make_cohort(folder: Path, patients: int, *, seed: int = COHORT_SEED, is_planted: bool = False) -> None:
    """Simulate into another name first: half a cohort must not look like a whole one."""
    if (folder / "cohort").is_dir():
        return
    unfinished = folder / "cohort.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    simulate_cohort(
        unfinished, n_patients=patients, seed=seed, inputs=frozenset(KINDS), progress=no_progress,
        cancel=CancelToken(), is_planted=is_planted,
    )  # fmt: skip
    unfinished.rename(folder / "cohort")


def measure(folder: Path, epochs: int, seed: int) -> tuple[list[Example], list[Given]]:
    """Train all seven; every simulated patient has all inputs, so that all score the same cases."""
    subsets = all_subsets(KINDS)
    config = config_of(frozenset(KINDS), epochs, seed)
    rows = list_patients(config, folder / "cohort", Path())
    material = prepare_material(config, rows, folder / "cache", no_progress, CancelToken())
    test, whole = logits_of(material, config, folder / f"seed{seed}-{subset_name(subsets[0])}", subsets)
    found = []
    for subset in subsets[1:]:
        out = folder / f"seed{seed}-{subset_name(subset)}"
        own, alone = logits_of(material, config_of(subset, epochs, seed), out, [subset])
        if [example.row.path for example in own] != [example.row.path for example in test]:
            raise ValueError(f"the network of {subset_name(subset)} was tested on other cases")
        found.append(Given(subset, whole[subset], alone[subset]))
    return test, [*found, Given(subsets[0], whole[subsets[0]], whole[subsets[0]])]


def tell(test: Sequence[Example], given: Given) -> Estimate:
    """Print one line and give what the whole model has more than the one of the subset, paired by patient."""
    labels = labels_of(test)
    draws = make_draws([example.row.patient for example in test], samples=SAMPLES, seed=FIRST_SEED)
    one, other = (estimate_mean_auroc(labels, logits, draws) for logits in (given.whole, given.alone))
    paired = compare("alone", labels, given.whole, given.alone, draws)
    assert paired is not None, "both classes are among the test cases"
    apart = paired.difference
    name = subset_name(given.subset)
    print(f"{name:18} given {one}  alone {other}  more {apart.value:+.3f} ({apart.low:+.3f} to {apart.high:+.3f})")
    return apart


def main() -> int:
    """Print one line for every seed and subset, then their means."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    patients, epochs, seeds = (int(text) for text in (sys.argv[2:] + ["2000", "6", "2"][len(sys.argv) - 2 :]))
    make_cohort(folder, patients)
    found: dict[str, list[Estimate]] = defaultdict(list)
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        test, all_given = measure(folder, epochs, seed)
        print(f"seed {seed}: {patients} patients, {len(test)} of them tested; mean AUROC of all findings", flush=True)
        for given in all_given:
            found[subset_name(given.subset)].append(tell(test, given))
    means = {name: float(np.mean([apart.value for apart in each])) for name, each in found.items()}
    print("mean of the seeds: " + ", ".join(f"{name} {mean:+.3f}" for name, mean in means.items()))
    figures = {name: [asdict(apart) for apart in each] for name, each in found.items()}
    (folder / "subsets.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    lost = [name for name, mean in means.items() if mean < -MOST_LOST]
    print(f"more than {MOST_LOST} lost: {', '.join(lost) or 'nowhere'}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
