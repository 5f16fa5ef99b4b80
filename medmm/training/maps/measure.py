"""All tests of all methods, from a network and cases whose findings have a box."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.inference.gradcam import rank_agreement
from medmm.inference.map_methods import MAP_METHODS, MapSubject, draw_maps, moved
from medmm.inference.stability import SHIFTS
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.models.map_tests import MIN_MAPS, SCHEMA, FindingMaps, MapTests, MethodMaps, RandomisationTest
from medmm.training.examples import Example
from medmm.training.maps.asked import AskedCase, ask, subject_of, subjects
from medmm.training.maps.deletion import (
    N_RANDOM,
    Fall,
    hottest_cells,
    logit_falls,
    random_cells,
    summarise_falls,
)
from medmm.training.maps.pointing import PlacedMap, place_map, summarise_places
from medmm.training.maps.randomise import cascade

log = logging.getLogger(__name__)
# Looks at an image that a test of one method may cost; who needs more of them for a map is tested on fewer cases.
LOOKS, RANDOMISED_LOOKS = 480, 100
LEAST_CASES, MOST_CASES = 8, 240
# Who needs more for a map is held against the network with all layers shuffled, not against those between.
MOST_LOOKS = 8
Maps = NDArray[np.float32]


@dataclass(frozen=True)
class Plan:
    """How maps are tested. cases: what they are drawn of, in words; shown: the method that users see."""

    cases: str
    shown: str = "gradcam"
    methods: tuple[str, ...] = tuple(MAP_METHODS)
    samples: int = 2000
    seed: int = 0


@dataclass(frozen=True)
class _Nets:
    """own: what answers users; torch: the same network, whose layers can be shuffled."""

    own: CaseNet
    torch: CaseNet


@dataclass(frozen=True)
class _Tested:
    column: int
    placed: PlacedMap
    fall: Fall


def measure_maps(
    net: CaseNet,
    calibration: Calibration | None,
    examples: Sequence[Example],
    plan: Plan,
    *,
    fast: CaseNet | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> MapTests | None:
    """Test the methods on cases that the network was not trained on; None where too few of them could have a map.

    fast: the same network with faster encoders; the shuffled ones are always torch's.
    """
    cancel = cancel or CancelToken()
    nets = _Nets(fast or net, net)
    cases = ask(nets.own, calibration, examples)
    if sum(len(case.columns) for case in cases) < MIN_MAPS:
        return None
    methods = {}
    for done, name in enumerate(plan.methods):
        progress(done, len(plan.methods), f"testing maps: {MAP_METHODS[name].title}")
        methods[name] = _measure_method(nets, name, cases, plan, cancel)
        log.info("maps by %s: %s", name, methods[name])
    return MapTests(SCHEMA, plan.cases, len(cases), plan.shown, methods)


def _measure_method(nets: _Nets, name: str, cases: Sequence[AskedCase], plan: Plan, cancel: CancelToken) -> MethodMaps:
    net = nets.own
    method, coarse = MAP_METHODS[name], subject_of(net, cases[:1]).maps.shape[2:]
    n_looks = method.looks(coarse)
    found = list(_test(net, name, _some(cases, LOOKS // n_looks), plan.seed, cancel))
    few = _some(cases, RANDOMISED_LOOKS // n_looks)
    own = _maps_of(net, name, few)
    findings = {
        finding: _summary([one for one in found if one.column == column], plan)
        for column, finding in enumerate(net.spec.findings)
    }
    return MethodMaps(
        title=method.title,
        grid=[method.finer * n for n in coarse],
        everything=_summary(found, plan),
        findings={finding: one for finding, one in findings.items() if one.place is not None},
        randomisation=_randomise(few, own, _shuffled(nets.torch, plan.seed, n_looks), name, cancel),
        stability=_stability(net, name, few, own),
    )


def _some(cases: Sequence[AskedCase], n: int) -> Sequence[AskedCase]:
    return cases[: min(MOST_CASES, max(LEAST_CASES, n))]


def _test(net: CaseNet, name: str, cases: Sequence[AskedCase], seed: int, cancel: CancelToken) -> Iterator[_Tested]:
    """Hold every map against its box and hide its hottest cells."""
    rng = np.random.default_rng(seed)
    for part, subject in subjects(net, cases):
        cancel.raise_if_set()
        maps = draw_all(net, name, subject)
        grid = maps.shape[2:]
        rows = list(range(len(part)))
        by_lot = np.mean(
            [
                logit_falls(net, subject, rows, [random_cells(case.seen, grid, rng) for case in part], grid)
                for _ in range(N_RANDOM)
            ],
            axis=0,
        )
        pairs = [(row, place) for row in rows for place in range(len(part[row].columns))]
        asked = [maps[row, part[row].columns[place]] for row, place in pairs]
        fallen = logit_falls(net, subject, [row for row, _ in pairs], [hottest_cells(one) for one in asked], grid)
        for (row, place), values, fall in zip(pairs, asked, fallen, strict=True):
            case, column = part[row], part[row].columns[place]
            patient = case.example.row.patient
            placed = place_map(values, case.boxes[place], case.seen, patient=patient)
            yield _Tested(column, placed, Fall(patient, float(fall[column]), float(by_lot[row, column])))


def _summary(found: Sequence[_Tested], plan: Plan) -> FindingMaps:
    if len(found) < MIN_MAPS:
        return FindingMaps()
    place = summarise_places([one.placed for one in found], samples=plan.samples, seed=plan.seed)
    return FindingMaps(place, summarise_falls([one.fall for one in found]))


def _shuffled(net: CaseNet, seed: int, n_looks: int) -> Iterable[tuple[str, CaseNet]]:
    every = cascade(net, seed=seed)
    return every if n_looks <= MOST_LOOKS else deque(every, maxlen=1)


def _randomise(
    cases: Sequence[AskedCase],
    own: Sequence[Maps],
    shuffled: Iterable[tuple[str, CaseNet]],
    name: str,
    cancel: CancelToken,
) -> RandomisationTest:
    steps = {}
    for layer, random in shuffled:
        cancel.raise_if_set()
        steps[layer] = round(_mean_agreement(cases, own, _maps_of(random, name, cases)), 4)
    return RandomisationTest(sum(len(case.columns) for case in cases), steps)


def _stability(net: CaseNet, name: str, cases: Sequence[AskedCase], own: Sequence[Maps]) -> float:
    """Give the mean rank correlation with the maps of slightly shifted images (`inference/stability.py`)."""
    agreements = [_mean_agreement(cases, own, _maps_of(net, name, cases, shift=shift)) for shift in SHIFTS]
    return round(float(np.mean(agreements)), 4)


def _maps_of(net: CaseNet, name: str, cases: Sequence[AskedCase], *, shift: Sequence[int] = ()) -> list[Maps]:
    """Draw the maps [F, h, w] of every case, of images that were moved before where that is asked for."""
    drawn: list[Maps] = []
    for _, subject in subjects(net, cases):
        drawn += list(draw_all(net, name, moved(subject, shift) if shift else subject))
    return drawn


def _mean_agreement(cases: Sequence[AskedCase], own: Sequence[Maps], other: Sequence[Maps]) -> float:
    return float(
        np.mean(
            [
                rank_agreement(mine[column], theirs[column])
                for case, mine, theirs in zip(cases, own, other, strict=True)
                for column in case.columns
            ]
        )
    )


def draw_all(net: CaseNet, name: str, subject: MapSubject) -> Maps:
    """Draw the maps [B, F, h, w] of all findings."""
    maps: Maps = draw_maps(name, net, subject, findings=range(len(net.spec.findings))).detach().numpy()
    return maps
