"""The table of classifiers for an evaluation: a bundle's embeddings of cases that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.models.case_net import CaseNet
from medmm.training.classifiers import Embeddings, classifier_table, compare_classifiers
from medmm.training.examples import Example, make_batch
from medmm.training.figures import DomainScores
from medmm.training.pages.page import Section

BATCH, FOLDS = 32, 5
OUR_HEAD = "the bundle's own head (trained on other patients)"
SENTENCES = (
    "Each classifier learns from the bundle's embeddings of these cases, in five folds by patient, and is scored on "
    "the fold that it did not see. The bundle's own head was trained on other, usually many more patients and learns "
    "nothing here: the table compares classifiers with one another, and shows whether the embeddings hold more than "
    "the head takes from them.",
    "The perceptron on the best single input twice has the capacity of the one on all inputs: what is left between "
    "these two is owed to the other inputs.",
)


def classifier_section(
    net: CaseNet, examples: Sequence[Example], scores: DomainScores, *, samples: int, seed: int
) -> Section:
    """Compare the classifiers on the cases of an evaluation."""
    folds = patient_folds(scores.patients, seed=seed)
    embeddings = Embeddings(embed(net, examples), scores.labels, folds, scores.patients, scores.findings)
    rows = compare_classifiers(embeddings, heads={OUR_HEAD: scores.logits[scores.full]}, samples=samples, seed=seed)
    return Section("Other classifiers on the same embeddings", SENTENCES, (classifier_table(rows, scores.findings),))


def patient_folds(patients: Sequence[str], *, seed: int) -> NDArray[np.intp]:
    """Deal the patients into folds by lot."""
    names, owner = np.unique(np.asarray(patients), return_inverse=True)
    lots = np.random.default_rng(seed).permutation(len(names)) % FOLDS
    return lots[owner].astype(np.intp)


def embed(net: CaseNet, examples: Sequence[Example]) -> dict[str, NDArray[np.float64]]:
    """Give the embedding [N, d] of every input that some case has; rows of NaN where a case lacks it."""
    net.eval()
    parts: dict[str, list[tuple[int, NDArray[np.float64]]]] = {}
    with torch.inference_mode():
        for start in range(0, len(examples), BATCH):
            batch = make_batch(examples[start : start + BATCH], net.spec).inputs
            for kind, encoded in net.encode(batch).items():
                z = encoded.z.double()
                z[~batch.present[:, net.kinds.index(kind)]] = float("nan")
                parts.setdefault(kind.value, []).append((start, z.numpy()))
    found = {}
    for name, pieces in parts.items():
        table = np.full((len(examples), pieces[0][1].shape[1]), np.nan)
        for start, piece in pieces:
            table[start : start + len(piece)] = piece
        found[name] = table
    return found
