"""Whether words that a finding put into a note are found again, and whether attributions are complete.

Run: python tests/benchmarks/bench_words.py COHORT [N_CASES] (a folder that `medmm simulate` wrote; exit 1 when a
planted word is among the three that raise the finding most in fewer than 0.9 of the notes, or an attribution misses
1 %)
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.case import CaseSources
from medmm.core.prediction import MAX_GAP, TokenWeight
from medmm.core.resources import resource
from medmm.inference.attribution import attribute_inputs
from medmm.inference.note_units import join_negated
from medmm.inference.predictor import Predictor, load_predictor
from medmm.inference.word_weights import merge_words
from medmm.simulate.evidence import CONCEPTS
from medmm.simulate.note import LEXICONS
from medmm.storage.paths import DEFAULT_BUNDLE
from medmm.workflow.open_case import open_case

N_TOP, LEAST = 3, 0.9


@dataclass(frozen=True)
class Look:
    """One note and one finding that it carries: the rank of the first planted word among those that raise it."""

    finding: str
    rank: int | None
    gap: float
    n_steps: int


def planted_phrases(finding: str) -> tuple[str, ...]:
    """Everything that a note may say because the finding is there, in both languages."""
    concepts = {concept for concept, (_, causes) in CONCEPTS.items() if finding in causes}
    parts = [part for words in LEXICONS.values() for part in (words.complaint, words.past, words.social, words.exam)]
    return tuple(phrase for part in parts for concept in concepts & set(part) for phrase in part[concept][0])


def carried_by_note(cohort: Path, n_cases: int) -> dict[str, list[str]]:
    """Give for each case the findings that are there and that its note speaks for."""
    found: dict[str, list[str]] = defaultdict(list)
    with (cohort / "truth.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["present"] == "1" and "note" in row["carried_by"].split("+"):
                found[row["case"]].append(row["finding"])
    return dict(sorted(found.items())[:n_cases])


def looks(predictor: Predictor, folder: Path, findings: list[str]) -> Iterator[Look]:
    """Attribute every named finding of one patient and find the planted words among the heaviest."""
    case = open_case(CaseSources(folder))
    model_input = predictor.prepare(case).model_input
    if model_input.note is None:
        return
    prediction = predictor.predict(model_input)
    for finding in findings:
        column = predictor.spec.findings.index(finding)
        found = attribute_inputs(predictor, model_input, prediction, finding=column)
        assert found.tokens is not None
        units = join_negated(merge_words(found.tokens, model_input.note, case.notes), case.notes)
        rank = _first_rank(units, case.notes[0].text, planted_phrases(finding))
        yield Look(finding, rank, found.gap, found.joint.n_steps)


def _first_rank(units: tuple[TokenWeight, ...], text: str, phrases: tuple[str, ...]) -> int | None:
    spans = [found.span() for phrase in phrases for found in re.finditer(re.escape(phrase), text, re.IGNORECASE)]
    raising = sorted((unit for unit in units if unit.weight > 0), key=lambda unit: -unit.weight)
    # "Denies cough" is not what the finding put there.
    hits = [
        not unit.is_negated and any(unit.start < end and start < unit.end for start, end in spans) for unit in raising
    ]
    return hits.index(True) + 1 if True in hits else None


def report(found: list[Look]) -> bool:
    """Print the figures; tell whether they hold."""
    hits = [look.rank is not None and look.rank <= N_TOP for look in found]
    interval = binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
    first = sum(look.rank == 1 for look in found)
    low, high = interval.low, interval.high
    print(
        f"a planted word among the {N_TOP} that raise the finding most: {np.mean(hits):.3f} [{low:.3f}, {high:.3f}] of "
        f"{len(hits)} notes and findings; the very first: {first / len(found):.3f}"
    )
    for finding in dict.fromkeys(look.finding for look in found):
        own = [hit for hit, look in zip(hits, found, strict=True) if look.finding == finding]
        print(f"  {finding}: {np.mean(own):.3f} of {len(own)}")
    gaps = np.array([look.gap for look in found])
    steps = {n: sum(look.n_steps == n for look in found) for n in sorted({look.n_steps for look in found})}
    print(f"completeness gap: median {np.median(gaps):.5f}, largest {gaps.max():.5f}; points of the way {steps}")
    return bool(np.mean(hits) >= LEAST and gaps.max() <= MAX_GAP)


def main() -> int:
    """Measure and print; exit 1 when words are missed or an attribution is incomplete."""
    cohort, n_cases = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        predictor = load_predictor(resource("models") / DEFAULT_BUNDLE, device="cpu", compiled_in=Path(folder))
        found = []
        for name, findings in carried_by_note(cohort, n_cases).items():
            found += list(looks(predictor, cohort / name, findings))
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
