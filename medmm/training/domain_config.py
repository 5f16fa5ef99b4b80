"""Real radiographs beside the patients: which table, which labels, what may be trained on, what is studied."""

from __future__ import annotations

from pydantic import Field, field_validator

from medmm.core.lookup import find_entry
from medmm.core.record import VITAL_BY_NAME
from medmm.training.strict import Strict


class SoftLabels(Strict):
    """Scores of another model as targets where there is no label; offset 0: used as they are."""

    columns: dict[str, str]
    weight: float = Field(gt=0, le=1)


class DomainColumns(Strict):
    """Columns of the table that say more of a case than its label; empty where there is none.

    view, age (years), sex and site go into subgroups and baselines, never into the network; note: a clinical note;
    vitals: name of the vital sign -> column with its value in the canonical unit, without a time.
    """

    age: str = ""
    sex: str = ""
    view: str = ""
    site: str = ""
    note: str = ""
    vitals: dict[str, str] = Field(default_factory=dict)

    @field_validator("vitals")
    @classmethod
    def _signs_are_known(cls, vitals: dict[str, str]) -> dict[str, str]:
        for name in vitals:
            find_entry(VITAL_BY_NAME, name, what="vital sign")
        return vitals


class OutcomeConfig(Strict):
    """A yes-or-no outcome that is told from the network's image vector and further columns, out of fold.

    column: holds `positive` or `negative`, every other value is unknown; values: numbers such as laboratory results,
    of which a missing one is a value of its own; it is a study for the card, no finding of the bundle.
    """

    column: str
    positive: str = "Y"
    negative: str = "N"
    values: tuple[str, ...] = ()


class StudyConfig(Strict):
    """What else is asked of a domain's films, for the card; empty: nothing.

    findings: those that masks and severity are compared with; masks: column with the file of the lungs' mask;
    severity: columns with a reader's severity score.
    """

    findings: tuple[str, ...] = ()
    masks: str = ""
    severity: tuple[str, ...] = ()
    outcome: OutcomeConfig | None = None


class DomainConfig(Strict):
    """Real radiographs, used when the folder is there.

    positives: word of the source -> finding; a row whose label is given is negative for the findings in
    `negatives_known` that it does not name, unless one of `unknown_words` leaves that open; everything else is unknown.
    only_where, skip_where: rows that belong to the domain, and rows that do not.
    train_where: a row may be trained on if, for one of these tables, every column holds one of the values ({}: every
    row may); other rows are for evaluation only. Only of those are notes and vital signs read: what may be done with
    films need not be allowed with texts.
    """

    name: str
    folder: str
    source: str
    table: str = "cases.csv"
    file_column: str = "filename"
    patient_column: str = "patient_id"
    label_column: str
    separator: str = "|"
    positives: dict[str, str]
    negatives_known: tuple[str, ...] = ()
    negative_words: tuple[str, ...] = ()
    unknown_words: dict[str, str] = Field(default_factory=dict)
    columns: DomainColumns = DomainColumns()
    study: StudyConfig = StudyConfig()
    only_where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    skip_where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    train_where: tuple[dict[str, tuple[str, ...]], ...] = ()
    soft: SoftLabels | None = None
    weight: float = Field(default=1.0, gt=0, le=1)
    train_part: float = Field(default=0.6, ge=0, le=1)
