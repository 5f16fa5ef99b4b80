"""Studies as tables of the card."""

from __future__ import annotations

from collections.abc import Sequence

from medmm.training.pages.content import shown
from medmm.training.pages.markdown import to_markdown
from medmm.training.pages.page import Table
from medmm.training.studies.values import Study

INTERVALS = "95 % intervals: bootstrap over patients."


def studies_section(studies: Sequence[Study]) -> str:
    """Write every study under its domain; empty where there is none."""
    if not studies:
        return ""
    parts = [f"## Real films besides the findings\n\n{INTERVALS}"]
    for study in studies:
        parts += [f"### {study.domain}: {study.title}", study.about, to_markdown(study_table(study))]
    return "\n\n".join(parts)


def study_table(study: Study) -> Table:
    """One row a figure."""
    rows = [
        (
            row.name.replace("_", " "),
            str(row.n),
            str(row.n_patients),
            "–" if row.positives is None else str(row.positives),
            shown(row.estimate),
        )
        for row in study.rows
    ]
    return Table((study.title, "n", "patients", "positive", study.measure), tuple(rows))
