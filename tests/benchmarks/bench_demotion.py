"""What a bad input costs when it is read, and when it is left out: mean AUROC of both, over the findings.

python tests/benchmarks/bench_demotion.py COHORT N BUNDLE

COHORT: a folder of `medmm simulate` that the bundle never saw. The bad input goes past the gate into the network; the
demoted answer is that of the other inputs alone. Each encoder runs once a fault, the head twice.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from bench_gates import IMAGE_FAULTS, NOTE_FAULTS
from sklearn.metrics import roc_auc_score

from medmm.core.case import Case, CaseSources
from medmm.core.quality import InputKind
from medmm.core.record import VitalMeasurement, Vitals
from medmm.inference.predictor import Predictor, load_predictor
from medmm.inference.prepare import to_model_input
from medmm.records.sections import find_sections
from medmm.workflow.open_case import open_case

Change = Callable[[VitalMeasurement], VitalMeasurement]
# Of the faults of notes those that leave something to read and the language that the model speaks.
READ_NOTES = ("note_is_report", "note_language", "note_not_text", "note_repetitive", "note_garbled")


def fahrenheit(one: VitalMeasurement) -> VitalMeasurement:
    """Read Fahrenheit as Celsius."""
    return replace(one, value=one.value * 1.8 + 32) if one.name == "temperature_c" else one


def exchanged(one: VitalMeasurement) -> VitalMeasurement:
    """Take the heart rate for the respiratory rate and the other way round."""
    names = {"heart_rate": "respiratory_rate", "respiratory_rate": "heart_rate"}
    return replace(one, name=names.get(one.name, one.name))


def frozen(one: VitalMeasurement) -> VitalMeasurement:
    """Read the same value of a sign for every patient at every time."""
    values = {"temperature_c": 37.0, "heart_rate": 80.0, "respiratory_rate": 16.0, "spo2": 98.0, "systolic_bp": 120.0}
    return replace(one, value=values.get(one.name, 80.0))


VITALS_FAULTS: dict[str, Change] = {
    "vitals_units": fahrenheit,
    "vitals_exchanged": exchanged,
    "vitals_constant": frozen,
}


def spoiled(base: Case) -> Iterator[tuple[InputKind, str, Case]]:
    """Give the case with each fault, as the network would read it."""
    film, note = base.images[0], base.notes[0]
    for code, change in IMAGE_FAULTS.items():
        if code == "image_blank":
            continue  # preparation refuses it: there is nothing to read
        pixels = np.ascontiguousarray(change(film.stored[0]))[None]
        yield InputKind.IMAGE, code, replace(base, images=(replace(film, stored=pixels),))
    for code in READ_NOTES:
        text = NOTE_FAULTS[code](note.text)
        bad = replace(note, text=text, sections=find_sections(text))
        yield InputKind.NOTE, code, replace(base, notes=(bad,))
    for code, change_value in VITALS_FAULTS.items():
        tables = tuple(replace(table, measurements=_changed(table, change_value)) for table in base.vitals)
        yield InputKind.VITALS, code, replace(base, vitals=tables)


def _changed(table: Vitals, change: Change) -> tuple[VitalMeasurement, ...]:
    return tuple(map(change, table.measurements))


def embed(predictor: Predictor, case: Case, kinds: tuple[InputKind, ...]) -> dict[InputKind, torch.Tensor]:
    """Encode inputs past the gate."""
    use = {kind: kind in kinds for kind in InputKind}
    return dict(predictor.encode([to_model_input(case, predictor.spec, predictor.tokenizer, use=use)])[0].z)


def logits(predictor: Predictor, z: dict[InputKind, torch.Tensor]) -> np.ndarray:
    """Fuse what is there."""
    present = torch.tensor([[kind in z for kind in predictor.spec.input_kinds]])
    with torch.inference_mode():
        fused: np.ndarray = predictor.net.fuse(z, present)[0].double().numpy()
    return fused


def main(arguments: list[str]) -> int:
    """Print one line a fault: AUROC with the bad input, without it, and with the sound one."""
    cohort, n, bundle = Path(arguments[0]), int(arguments[1]), Path(arguments[2])
    predictor = load_predictor(bundle, device="cpu", n_threads=1)
    truth = _truth(cohort, predictor.spec.findings)
    corrupted, demoted, sound = defaultdict(list), defaultdict(list), []
    names = sorted(truth)[:n]
    for name in names:
        base = open_case(CaseSources(cohort / name))
        z = embed(predictor, base, predictor.spec.input_kinds)
        sound.append(logits(predictor, z))
        for kind, code, case in spoiled(base):
            corrupted[f"{kind} {code}"].append(logits(predictor, z | embed(predictor, case, (kind,))))
            demoted[f"{kind} {code}"].append(logits(predictor, {k: own for k, own in z.items() if k is not kind}))
    labels = np.array([truth[name] for name in names])
    print(f"{len(names)} cases, all inputs sound: {_mean_auroc(labels, sound):.3f}")
    print(f"{'fault':34} corrupted  demoted")
    for fault, bad in corrupted.items():
        print(f"{fault:34} {_mean_auroc(labels, bad):9.3f} {_mean_auroc(labels, demoted[fault]):8.3f}")
    return 0


def _truth(cohort: Path, findings: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(findings))
    with (cohort / "truth.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["finding"] in findings:
                found[row["case"]][findings.index(row["finding"])] = int(row["present"])
    return dict(found)


def _mean_auroc(labels: np.ndarray, scores: list[np.ndarray]) -> float:
    table = np.array(scores)
    both = [k for k in range(labels.shape[1]) if 0 < labels[:, k].sum() < len(labels)]
    return float(np.mean([roc_auc_score(labels[:, k], table[:, k]) for k in both]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
