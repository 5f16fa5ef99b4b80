"""Real radiographs as further domains: label words mapped to our findings, unknown where the source is silent."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from medmm.core.errors import InvalidRecord
from medmm.core.words import Words
from medmm.training.domain_config import DomainColumns, DomainConfig
from medmm.training.patients import UNKNOWN, PatientRow, TableRecord, part_of


def find_domain(config: DomainConfig, findings: Sequence[str], *, root: Path) -> list[PatientRow]:
    """List the images of a domain, or nothing when its folder is not there."""
    folder = root / config.folder
    table = folder / config.table
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if _belongs(row, config)]
    if rows and config.label_column not in rows[0]:
        raise InvalidRecord(
            Words(
                "{table} of domain {config!r} has no column {label_column!r}",
                table=table.name,
                config=config.name,
                label_column=config.label_column,
            ),
            source=table,
        )
    return [patient for row in rows if (patient := _to_patient(row, config, findings, folder))]


def _to_patient(
    row: Mapping[str, str], config: DomainConfig, findings: Sequence[str], folder: Path
) -> PatientRow | None:
    labels = map_labels(row[config.label_column], config, findings)
    may_train = any(_matches(row, where) for where in config.train_where)
    part = part_of(row[config.patient_column], train=config.train_part) if may_train else "held_out"
    is_soft = False
    weight = config.weight
    if all(label != label for label in labels):
        # Scores of another model are no truth: never evaluated on, so only for training.
        if config.soft is None or part != "train":
            return None
        labels, is_soft, weight = _soft(row, config, findings), True, config.soft.weight
    record = read_record(row, config.columns, with_texts=part == "held_out")
    place = folder / row[config.file_column]
    return PatientRow(config.name, place, row[config.patient_column], labels, part, weight, is_soft, record)


def read_record(row: Mapping[str, str], columns: DomainColumns, *, with_texts: bool) -> TableRecord:
    """Read what a row says besides its label; with_texts: note and vital signs too."""
    vitals = [(name, _number(row.get(column, ""))) for name, column in columns.vitals.items()] if with_texts else []
    return TableRecord(
        age_years=_number(row.get(columns.age, "")),
        sex=row.get(columns.sex, "").upper()[:1],
        view=row.get(columns.view, ""),
        site=row.get(columns.site, ""),
        note=row.get(columns.note, "") if with_texts else "",
        vitals=tuple((name, value) for name, value in vitals if value is not None),
        raw=dict(row),
    )


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _belongs(row: Mapping[str, str], config: DomainConfig) -> bool:
    is_skipped = bool(config.skip_where) and _matches(row, config.skip_where)
    return not is_skipped and _matches(row, config.only_where)


def map_labels(words: str, config: DomainConfig, findings: Sequence[str]) -> tuple[float, ...]:
    """Map the source's words to labels: 1 named, 0 known to be absent, NaN unknown."""
    named = {word.strip() for word in words.split(config.separator) if word.strip()}
    positive = {config.positives[word] for word in named if word in config.positives}
    is_labelled = bool(named & (set(config.positives) | set(config.negative_words)))
    open_ones = {config.unknown_words[word] for word in named if word in config.unknown_words}
    known_absent = set(config.negatives_known) - open_ones if is_labelled else set()
    return tuple(1.0 if name in positive else 0.0 if name in known_absent else UNKNOWN for name in findings)


def _soft(row: Mapping[str, str], config: DomainConfig, findings: Sequence[str]) -> tuple[float, ...]:
    assert config.soft is not None
    scores: dict[str, float] = {}
    for column, finding in config.soft.columns.items():
        if row.get(column):
            scores[finding] = max(scores.get(finding, 0.0), float(row[column]))
    return tuple(scores.get(name, UNKNOWN) for name in findings)


def _matches(row: Mapping[str, str], where: Mapping[str, Sequence[str]]) -> bool:
    return all(row.get(column, "") in values for column, values in where.items())
