"""Sections and negation on 2,889 real reports of the Indiana University collection, whose indexers said what is there.

Where the film is indexed with a finding its report affirms it, and where not it denies it or is silent. A mention that
is counted without regard to negation shows what the negation is worth. No text of the reports is kept.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.records.negation import find_negated
from medmm.records.sections import find_sections

pytestmark = pytest.mark.slow
# What the indexers call it -> how reports write it.
FINDINGS = {
    "Pleural Effusion": r"\bpleural effusions?\b|\beffusions?\b",
    "Pneumothorax": r"\bpneumothora(?:x|ces)\b",
    "Cardiomegaly": r"\bcardiomegaly\b|\bcardiac enlargement\b|\b(?:heart|cardiac silhouette) is (?:\w+ )?enlarged\b",
    "Pulmonary Atelectasis": r"\batelecta(?:sis|tic)\b",
}
# Precision of a mention whether denied or not, and least precision of one that is not denied.
MEASURED = (
    ("Pleural Effusion", 0.045, 0.74),
    ("Pneumothorax", 0.005, 0.5),
    ("Cardiomegaly", 0.903, 0.92),
    ("Pulmonary Atelectasis", 0.819, 0.83),
)
PARTS = {"indication": "indication", "comparison": "comparison", "findings": "findings", "impression": "assessment"}


@pytest.fixture(scope="module")
def reports() -> list[dict[str, str]]:
    path = Path(__file__).resolve().parents[3] / "shared/data/text_reports/iu_reports.csv"
    if not path.is_file():
        pytest.skip("the optional data folder ../shared/data is not here")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if row["MeSH"] and "No Indexing" not in row["MeSH"] and row["findings"].strip()]


def test_every_section_is_found_where_it_was_written(reports: list[dict[str, str]]) -> None:
    right = written = 0
    for row in reports:
        parts = {name: row[name].strip() for name in PARTS if row[name].strip()}
        text = "\n".join(f"{name.upper()}: {body}" for name, body in parts.items())
        found = {one.name: text[one.start : one.end] for one in find_sections(text)}
        written += len(parts)
        right += sum(body in found.get(PARTS[name], "") for name, body in parts.items())

    assert written > 9000
    assert right >= 0.999 * written


@pytest.mark.parametrize(("term", "plain", "least"), MEASURED, ids=[term for term, *_ in MEASURED])
def test_negation_separates_what_is_there_from_what_is_denied(
    reports: list[dict[str, str]], term: str, plain: float, least: float
) -> None:
    indexed = np.array([term in {part.split("/")[0].strip() for part in row["MeSH"].split(";")} for row in reports])
    said = np.array([mentions(f"{row['findings']} {row['impression']}", FINDINGS[term]) for row in reports])

    named, affirmed = figures(indexed, said.any(axis=1)), figures(indexed, said[:, 0])

    assert named[0] == pytest.approx(plain, abs=0.01)
    assert affirmed[0] >= least
    assert affirmed[1] > named[1] - 0.02


def mentions(text: str, pattern: str) -> tuple[bool, bool]:
    """Tell whether a pattern is affirmed anywhere, and whether it is denied anywhere."""
    denied = find_negated(text)
    starts = [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)]
    is_denied = [any(low <= start < high for low, high in denied) for start in starts]
    return not all(is_denied), any(is_denied)


def figures(truth: NDArray[np.bool_], called: NDArray[np.bool_]) -> tuple[float, float]:
    """Give precision and recall."""
    hits = int((truth & called).sum())
    return hits / max(int(called.sum()), 1), hits / max(int(truth.sum()), 1)
