"""The study browser as plain rows: patients, their studies with priors, their series; found by words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary
from medmm.core.quality import Severity
from medmm.workflow.studies import Study, priors_of, studies_of
from ui.language import told, tr
from ui.state.identity_line import date_words, dicom_date
from ui.state.patient import Patient
from ui.state.worklist import status_words

# A patient with more series than this opens with the newest study alone unfolded.
MANY_SERIES = 40
# Many images in one file are slices here, elsewhere the frames of a film.
SLICED = frozenset({"CT", "MR", "PT"})


class RowKind(IntEnum):
    """What a row stands for; its number is its depth."""

    PATIENT = 0
    STUDY = 1
    SERIES = 2


@dataclass(frozen=True)
class Row:
    """One row. key: of the row itself; target: the patient's or the series' key that a click is about.

    mark: a short word such as "prior"; warning: what is odd, empty where nothing is; is_open: its children are shown.
    """

    kind: RowKind
    key: str
    target: str
    title: str
    second: str = ""
    third: str = ""
    mark: str = ""
    warning: str = ""
    is_open: bool = True
    has_children: bool = True

    @property
    def tip(self) -> str:
        """Everything that the row says, with what is odd about it."""
        lines = (self.title, self.second, self.third, self.mark, self.warning)
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Wanted:
    """What is to be listed. words: all of them must be found; toggled: rows folded or unfolded by hand.

    doubled: titles that several rows bear, which are told apart by the place they were opened from.
    """

    current: str = ""
    words: tuple[str, ...] = ()
    toggled: frozenset[str] = field(default_factory=frozenset)
    doubled: frozenset[str] = field(default_factory=frozenset)


def to_words(text: str) -> tuple[str, ...]:
    """Part what is looked for into words to compare."""
    return tuple(_folded(text).split())


class StudyIndex:
    """Remembers how a patient's series form studies: asked for many times a second while a scan goes on."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[SeriesSummary, ...], tuple[Study, ...]]] = {}

    def studies(self, patient: Patient) -> tuple[Study, ...]:
        """Give the studies of a patient, newest first."""
        series, studies = self._known.get(patient.key, (None, ()))
        if series is not patient.series:
            studies = studies_of(patient.series)
            self._known[patient.key] = (patient.series, studies)
        return studies

    def keep(self, patients: Sequence[Patient]) -> None:
        """Forget those who were closed."""
        open_keys = {patient.key for patient in patients}
        self._known = {key: known for key, known in self._known.items() if key in open_keys}


def make_rows(patients: Sequence[Patient], wanted: Wanted, index: StudyIndex | None = None) -> list[Row]:
    """Give the rows to show, in the order in which the patients were opened."""
    index = index or StudyIndex()
    index.keep(patients)
    by_id: dict[str, list[Patient]] = {}
    for patient in patients:
        by_id.setdefault(patient.identity.patient_id, []).append(patient)
    titles = Counter(patient.title for patient in patients)
    wanted = replace(wanted, doubled=frozenset(title for title, count in titles.items() if count > 1))
    rows: list[Row] = []
    for patient in patients:
        priors = _priors(patient, by_id[patient.identity.patient_id], index)
        rows += _patient_rows(patient, index.studies(patient), priors, wanted)
    return rows


def _priors(patient: Patient, same_id: Sequence[Patient], index: StudyIndex) -> dict[str, Study]:
    """Find the priors of a patient's newest study among everything that is open, by study UID, newest first."""
    studies = index.studies(patient)
    if not studies or not patient.identity.patient_id:
        return {}
    others = [study for other in same_id if other is not patient for study in index.studies(other)]
    return {study.uid: study for study in priors_of(studies[0], [*studies[1:], *others])}


def _patient_rows(
    patient: Patient, studies: Sequence[Study], priors: dict[str, Study], wanted: Wanted
) -> Iterator[Row]:
    who = haystack(patient)
    own = {study.uid for study in studies}
    # A prior from another place that is open stands here as well; there it is its patient's own study.
    listed = [*studies, *(prior for uid, prior in priors.items() if uid not in own)]
    found = [(study, matching) for study in listed if (matching := _matching(study, who, wanted.words))]
    if wanted.words and not found and not _has_all(who, wanted.words):
        return
    key = f"patient {patient.key}"
    is_open = _is_open(key, by_itself=patient.key == wanted.current, wanted=wanted)
    place = patient.folder.name if patient.title in wanted.doubled else ""
    yield _patient_row(patient, key, place=place, is_open=is_open, has_children=bool(listed))
    if not is_open:
        return
    n_series = sum(len(study.series) for study in listed)
    for number, (study, series) in enumerate(found):
        by_itself = number == 0 or n_series <= MANY_SERIES
        mark = tr("prior") if study.uid in priors else ""
        yield from _study_rows(patient, study, series, mark=mark, wanted=wanted, by_itself=by_itself)


def _is_open(key: str, *, by_itself: bool, wanted: Wanted) -> bool:
    # What was found must be seen, whatever is folded.
    return bool(wanted.words) or by_itself is not (key in wanted.toggled)


def _patient_row(patient: Patient, key: str, *, place: str, is_open: bool, has_children: bool) -> Row:
    return Row(
        RowKind.PATIENT,
        key,
        patient.key,
        patient.title,
        second=_joined(_id_words(patient.identity), _date(patient.identity.birth_date), patient.identity.sex),
        third=_joined(status_words(patient), place),
        is_open=is_open,
        has_children=has_children,
    )


def _study_rows(
    patient: Patient, study: Study, series: Sequence[SeriesSummary], *, mark: str, wanted: Wanted, by_itself: bool
) -> Iterator[Row]:
    key = f"study {patient.key} {study.uid}"
    is_open = _is_open(key, by_itself=by_itself, wanted=wanted)
    n_series = len(study.series)
    count = tr("1 series") if n_series == 1 else tr("{n} series").format(n=n_series)
    dated = _date(study.date) or tr("date not stated")
    yield Row(
        RowKind.STUDY,
        key,
        study.series[0].key,
        _joined(dated, "/".join(study.modalities)),
        second=_joined(count, study.description),
        third=tr("accession {number}").format(number=study.accession_number) if study.accession_number else "",
        mark=mark,
        is_open=is_open,
    )
    if is_open:
        yield from (_series_row(patient, study, one) for one in series)


def _series_row(patient: Patient, study: Study, series: SeriesSummary) -> Row:
    header = series.header
    odd = [told(note.message) for note in series.notes if note.severity is not Severity.INFO]
    described = told(header.series_description) or _joined(header.body_part.capitalize(), header.view_position)
    date = _date(header.study_date) if header.study_date.replace(".", "") != study.date else ""
    return Row(
        RowKind.SERIES,
        f"series {patient.key} {series.key}",
        series.key,
        _joined(header.modality or tr("Image"), header.series_number),
        second=described or series.paths[0].name,
        third=_joined(extent_words(series), date),
        warning="\n".join(odd),
        has_children=False,
    )


def extent_words(series: SeriesSummary) -> str:
    """Say how many slices or frames a series has, or how large its one image is."""
    if series.n_frames > 1:
        is_film = len(series.paths) == 1 and series.header.modality not in SLICED
        return (tr("{n} frames") if is_film else tr("{n} slices")).format(n=series.n_frames)
    return f"{series.rows} × {series.cols}" if series.rows else tr("1 image")


def haystack(patient: Patient) -> str:
    """Give what a patient can be found by: every component group of the name, joined and apart, and the ID."""
    name = patient.identity.name
    spaced = name.replace("^", " ").replace("=", " ")
    return _folded(f"{spaced} {name.replace('^', '')} {patient.identity.patient_id} {patient.title}")


def _matching(study: Study, who: str, words: tuple[str, ...]) -> tuple[SeriesSummary, ...]:
    if not words:
        return study.series
    whole = f"{who} {_folded(_joined(study.description, study.accession_number, study.date, _date(study.date)))}"
    return tuple(one for one in study.series if _has_all(f"{whole} {_series_text(one)}", words))


def _series_text(series: SeriesSummary) -> str:
    header = series.header
    described = header.series_description, told(header.series_description)
    return _folded(
        " ".join((header.modality, header.series_number, *described, header.body_part, series.paths[0].name))
    )


def _has_all(text: str, words: tuple[str, ...]) -> bool:
    return all(word in text for word in words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _id_words(identity: PatientIdentity) -> str:
    return f"ID {identity.patient_id}" if identity.patient_id else ""


def _date(text: str) -> str:
    day = dicom_date(text.replace(".", ""))
    return date_words(day) if day else ""


def _joined(*parts: str) -> str:
    return "  ·  ".join(part for part in parts if part)
