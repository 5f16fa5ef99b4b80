"""Shortcuts: can the source of a case be told from its image, and does the source tell the findings?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.training.bootstrap import bootstrap
from medmm.training.leaks.images import shrink
from medmm.training.leaks.values import Leak, Material, Probe, leak
from medmm.training.metrics import auroc
from medmm.training.studies.logistic import out_of_fold

SIZE = 16
MIN_CASES, MAX_VALUES, MAX_CASES = 20, 8, 3000
DRAWS = 300
# A shortcut needs both ends: it can be seen (lower bound above 0.8), and it pays (lower bound above 0.65).
SEEN, PAYS = 0.8, 0.65


@dataclass(frozen=True)
class _Attribute:
    """What cases may differ by besides their patients: one value a case, empty where unknown."""

    name: str
    values: NDArray[np.str_]


def probe_shortcuts(material: Material) -> tuple[tuple[Probe, ...], tuple[Leak, ...]]:
    """Measure by cross-validation over patients how well each attribute is told and how well it tells the findings."""
    probes: list[Probe] = []
    leaks: list[Leak] = []
    for attribute in _attributes(material):
        rows = _usable(attribute, material.seed)
        if rows.size == 0:
            continue
        seen = [*_tell_attribute(material, attribute, rows)]
        pays = [*_tell_findings(material, attribute, rows)]
        probes += [*seen, *pays]
        strongest = max((probe.low for probe in seen), default=float("nan"))
        evidence = [f"{p.what} by {p.by} alone: AUROC {_shown(p)}" for p in pays if p.low > PAYS]
        if strongest > SEEN and evidence:
            told = "; ".join(f"by {p.by} {_shown(p)}" for p in seen)
            leaks.append(
                leak(f"{attribute.name}_shortcut", f"the {attribute.name} can be told ({told}) and tells", evidence)
            )
    return tuple(probes), tuple(leaks)


def _shown(probe: Probe) -> str:
    return f"{probe.auroc:.3f} ({probe.low:.3f}-{probe.high:.3f})"


def _attributes(material: Material) -> Iterator[_Attribute]:
    facts = [reading.facts for reading in material.readings]
    yield _Attribute("domain", np.array([row.domain for row in material.rows]))
    yield _Attribute("scanner", np.array([one.source for one in facts]))
    yield _Attribute("view", np.array([one.view for one in facts]))


def _usable(attribute: _Attribute, seed: int) -> NDArray[np.intp]:
    """Choose the cases of values that are common enough; none where there is nothing to tell apart."""
    counts = Counter(value for value in attribute.values.tolist() if value)
    common = [value for value, n in counts.most_common(MAX_VALUES) if n >= MIN_CASES]
    if len(common) < 2:
        return np.zeros(0, dtype=np.intp)
    rows = np.flatnonzero(np.isin(attribute.values, common))
    if rows.size > MAX_CASES:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MAX_CASES, replace=False))
    return rows


def _tell_attribute(material: Material, attribute: _Attribute, rows: NDArray[np.intp]) -> Iterator[Probe]:
    has_image = np.array([material.readings[index].image is not None for index in rows])
    for by, chosen, features in (
        ("image of 16 x 16 pixels", rows[has_image], _pixels),
        ("size and records at hand", rows, _header),
    ):
        target = np.unique(attribute.values[chosen], return_inverse=True)[1].astype(np.intp)
        if chosen.size < 2 * MIN_CASES or target.max() < 1:
            continue
        patients = _patients(material, chosen)
        scores = out_of_fold(features(material, chosen), target, patients, material.seed)
        yield _estimate(attribute.name, by, target, scores, patients, material.seed)


def _pixels(material: Material, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.stack([shrink(material.readings[index].image, SIZE).ravel() for index in rows]).astype(np.float64)


def _header(material: Material, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    readings = [material.readings[index] for index in rows]
    return np.array([[*r.box, r.image is not None, len(r.notes), len(r.vitals)] for r in readings], dtype=np.float64)


def _patients(material: Material, rows: NDArray[np.intp]) -> list[str]:
    return [f"{material.rows[index].domain} {material.rows[index].patient}" for index in rows]


def _estimate(
    what: str, by: str, target: NDArray[np.intp], scores: NDArray[np.float64], patients: list[str], seed: int
) -> Probe:
    def mean_one_against_rest(rows: NDArray[np.intp]) -> float:
        classes = [1] if scores.shape[1] == 2 else range(scores.shape[1])
        values = [auroc((target[rows] == one).astype(float), scores[rows, one]) for one in classes]
        return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")

    found = bootstrap(mean_one_against_rest, patients, samples=DRAWS, seed=seed)
    return Probe(what, by, found.value, found.low, found.high, len(target))


def _tell_findings(material: Material, attribute: _Attribute, rows: NDArray[np.intp]) -> Iterator[Probe]:
    """Score each case by how common the finding is among other patients of the same value."""
    for column, finding in enumerate(material.findings):
        y = material.labels[rows, column]
        known = ~np.isnan(y)
        chosen, ill = rows[known], (y[known] > 0.5).astype(np.intp)
        counts = np.bincount(ill, minlength=2)
        values = attribute.values[chosen]
        if counts.min() < MIN_CASES or np.unique(values).size < 2:
            continue
        patients = _patients(material, chosen)
        one_hot = (values[:, None] == np.unique(values)[None]).astype(np.float64)
        scores = out_of_fold(one_hot, ill, patients, material.seed)
        yield _estimate(finding, attribute.name, ill, scores, patients, material.seed)
