"""What a bad input costs when it is read, and when it is left out: mean AUROC of both, over the findings.

python tests/benchmarks/bench_demotion.py COHORT N BUNDLE

COHORT: a folder of `medmm simulate` that the bundle never saw. The bad input goes past the gate into the network; the
demoted answer is that of the other inputs alone. Each encoder runs once a fault, the head twice. Differences have a
paired bootstrap over patients (95 %, percentile, the same draws for both).

Where every case has the fault, what it does to all of them alike is invisible to a ranking: degrees Fahrenheit read as
Celsius rank as before, at another number. In use some inputs are bad and most are sound, and all are read by the same
thresholds. So a second column has the fault in a random half of the cases (mean of 10 halves), and a third is the
log-likelihood of the calibrated number. A fault is left out by the gate unless leaving it out costs ranking in both
columns; then the film is read with a warning (planted_faults.WARNED). Exit 1 where the second column says otherwise.

A cut film is left out though it is not known what is cut off: with 45 or 60 of 100 columns left its number is far off
(NLL above), with the upper or lower 55 of 100 rows left it ranks better than none (half: -0.020 (-0.036 -0.006) and
-0.027 (-0.040 -0.015), 81 cases). Of a washed-out film with 99 of 100 pixels at the limits the number is worse than
none (NLL -0.176): beyond 95 it is left out (image_pixels.MAX_READ_CLIPPED).

Bundle 1.1.0, 220 cases of seed 777 (all inputs sound: 0.976), without minus with the bad input:

fault                            read   without   all of them              half of them            NLL (without - with)
image_rotated                    0.870  0.844  -0.027 (-0.047 -0.006)  +0.001 (-0.007 +0.009)  -0.232
image_rotated (180)              0.855  0.844  -0.012 (-0.037 +0.010)  +0.008 (-0.001 +0.017)  -0.566
image_inverted                   0.835  0.844  +0.009 (-0.005 +0.023)  +0.007 (+0.002 +0.012)  -0.179
image_cropped                    0.881  0.844  -0.037 (-0.062 -0.014)  +0.017 (+0.006 +0.027)  -0.414
image_saturated                  0.945  0.844  -0.101 (-0.126 -0.077)  -0.027 (-0.035 -0.020)  +0.122   read
image_mostly_empty               0.976  0.844  -0.133 (-0.160 -0.109)  -0.042 (-0.051 -0.034)  +0.253   read
image_burnt_in_text              0.974  0.844  -0.131 (-0.158 -0.106)  -0.041 (-0.050 -0.033)  +0.250   read
note_is_report                   0.962  0.966  +0.005 (-0.001 +0.010)  +0.005 (+0.001 +0.010)  -0.039
note_language                    0.964  0.966  +0.003 (-0.003 +0.007)  +0.001 (-0.003 +0.004)  -0.013
note_not_text                    0.957  0.966  +0.009 (+0.002 +0.017)  +0.026 (+0.018 +0.034)  -0.197
note_repetitive                  0.958  0.966  +0.009 (+0.002 +0.016)  +0.040 (+0.032 +0.049)  -0.334
note_garbled                     0.940  0.966  +0.026 (+0.013 +0.040)  +0.025 (+0.019 +0.032)  -0.144
vitals_units                     0.966  0.955  -0.011 (-0.019 -0.004)  -0.001 (-0.005 +0.002)  -0.005
vitals_exchanged                 0.956  0.955  -0.001 (-0.004 +0.003)  +0.004 (+0.001 +0.008)  -0.033
vitals_constant                  0.953  0.955  +0.002 (-0.001 +0.005)  +0.003 (+0.000 +0.006)  -0.010
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.case import Case, CaseSources
from medmm.core.quality import InputKind
from medmm.core.record import VitalMeasurement, Vitals
from medmm.inference.predictor import Predictor, load_predictor
from medmm.inference.prepare import to_model_input
from medmm.records.sections import find_sections
from medmm.training.bootstrap import Draws, Estimate, estimates, make_draws
from medmm.workflow.open_case import open_case
from tests.inference.planted_faults import IMAGE_FAULTS, NOTE_FAULTS, WARNED

Array = NDArray[np.float64]
Change = Callable[[VitalMeasurement], VitalMeasurement]
# Of the faults of notes those that leave something to read.
READ_NOTES = ("note_is_report", "note_language", "note_not_text", "note_repetitive", "note_garbled")
SAMPLES, HALVES, SEED = 1000, 10, 0


@dataclass(frozen=True)
class Logits:
    """[N, F] of the same cases: all inputs sound, one of them bad, that one left out."""

    sound: Array
    bad: Array
    without: Array


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


VITALS_CHANGES: dict[str, Change] = {
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
    for code, change_value in VITALS_CHANGES.items():
        tables = tuple(replace(table, measurements=_changed(table, change_value)) for table in base.vitals)
        yield InputKind.VITALS, code, replace(base, vitals=tables)


def _changed(table: Vitals, change: Change) -> tuple[VitalMeasurement, ...]:
    return tuple(map(change, table.measurements))


def embed(predictor: Predictor, case: Case, kinds: tuple[InputKind, ...]) -> dict[InputKind, torch.Tensor]:
    """Encode inputs past the gate."""
    use = {kind: kind in kinds for kind in InputKind}
    return dict(predictor.encode([to_model_input(case, predictor.spec, predictor.tokenizer, use=use)])[0].z)


def logits(predictor: Predictor, z: dict[InputKind, torch.Tensor]) -> Array:
    """Fuse what is there."""
    present = torch.tensor([[kind in z for kind in predictor.spec.input_kinds]])
    with torch.inference_mode():
        fused: Array = predictor.net.fuse(z, present)[0].double().numpy()
    return fused


def main(arguments: list[str]) -> int:
    """Print one line a fault; exit 1 where the gate does what the measurement speaks against."""
    cohort, n, bundle = Path(arguments[0]), int(arguments[1]), Path(arguments[2])
    predictor = load_predictor(bundle, device="cpu", n_threads=1)
    truth = _truth(cohort, predictor.spec.findings)
    names = sorted(truth)[:n]
    answers = _answers(predictor, cohort, names)
    labels = np.array([truth[name] for name in names])
    draws = make_draws(names, samples=SAMPLES, seed=SEED)
    temperatures = _temperatures(predictor)
    print(f"{len(names)} cases, all inputs sound: {_auroc(labels, next(iter(answers.values())).sound, draws)}")
    print(f"{'fault':28} {'read':21} {'without':21} {'without - read: all':23} {'half':23} NLL")
    verdicts = [_print(fault, one, labels, draws, temperatures) for fault, one in answers.items()]
    return 0 if all(verdicts) else 1


def _print(fault: str, one: Logits, labels: Array, draws: Draws, temperatures: Array) -> bool:
    read, without = _auroc(labels, one.bad, draws), _auroc(labels, one.without, draws)
    every = _difference(labels, [(one.without, one.bad)], draws)
    rng = np.random.default_rng(SEED)
    halves = [rng.random(len(labels)) < 0.5 for _ in range(HALVES)]
    mixed = [(_in(half, one.without, one.sound), _in(half, one.bad, one.sound)) for half in halves]
    half = _difference(labels, mixed, draws)
    nll = _nll(labels, one.without, temperatures) - _nll(labels, one.bad, temperatures)
    is_warned = fault.partition(" ")[2].partition(" ")[0] in WARNED
    is_right = half.low <= 0.0 if is_warned else half.high >= 0.0
    mark = ("read" if is_warned else "left out") + ("" if is_right else "  WRONG")
    print(f"{fault:28} {read} {without} {every} {half} {nll:+.3f}  {mark}", flush=True)
    return is_right


def _in(half: NDArray[np.bool_], one: Array, sound: Array) -> Array:
    mixed: Array = np.where(half[:, None], one, sound)
    return mixed


def _answers(predictor: Predictor, cohort: Path, names: list[str]) -> dict[str, Logits]:
    sound: list[Array] = []
    bad, without = defaultdict[str, list[Array]](list), defaultdict[str, list[Array]](list)
    for name in names:
        base = open_case(CaseSources(cohort / name))
        z = embed(predictor, base, predictor.spec.input_kinds)
        sound.append(logits(predictor, z))
        for kind, code, case in spoiled(base):
            bad[f"{kind} {code}"].append(logits(predictor, z | embed(predictor, case, (kind,))))
            without[f"{kind} {code}"].append(logits(predictor, {k: own for k, own in z.items() if k is not kind}))
    return {fault: Logits(np.array(sound), np.array(bad[fault]), np.array(without[fault])) for fault in bad}


def _truth(cohort: Path, findings: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(findings))
    with (cohort / "truth.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["finding"] in findings:
                found[row["case"]][findings.index(row["finding"])] = int(row["present"])
    return dict(found)


def _temperatures(predictor: Predictor) -> Array:
    return np.array([1.0 if point.temperature is None else point.temperature for point in predictor.points])


def _nll(labels: Array, scores: Array, temperatures: Array) -> float:
    cooled = np.where(labels > 0, 1.0, -1.0) * scores / temperatures
    return float(np.logaddexp(0.0, -cooled).mean())


def _areas(labels: Array, scores: Array, weights: Array) -> Array:
    """Give the mean AUROC of each draw [B], weighted by how often it took each case."""
    areas = []
    for has, own in zip((labels > 0).T, scores.T, strict=True):
        wins = (own[has, None] > own[None, ~has]) + 0.5 * (own[has, None] == own[None, ~has])
        pairs = weights[:, has].sum(axis=1) * weights[:, ~has].sum(axis=1)
        areas.append(np.einsum("bi,ij,bj->b", weights[:, has], wins, weights[:, ~has], optimize=True) / pairs)
    mean: Array = np.mean(areas, axis=0)
    return mean


def _auroc(labels: Array, scores: Array, draws: Draws) -> Estimate:
    return estimates(draws, lambda weights: _areas(labels, scores, weights)[:, None])[0]


def _difference(labels: Array, pairs: list[tuple[Array, Array]], draws: Draws) -> Estimate:
    def statistic(weights: Array) -> Array:
        gains = [_areas(labels, one, weights) - _areas(labels, other, weights) for one, other in pairs]
        mean: Array = np.mean(gains, axis=0)[:, None]
        return mean

    return estimates(draws, statistic)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
