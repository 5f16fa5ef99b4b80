"""The answer written in the note: findings named as such, report sections, and words that alone give it away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from medmm.records.negation import find_negated
from medmm.records.sections import find_sections
from medmm.training.leaks.notes import all_text, words_of
from medmm.training.leaks.values import ANSWER_AUROC, Leak, Material, leak, place

# How a finding is called besides by its own name.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pneumonia": ("consolidation", "pulmonary infiltrate", "肺炎", "实变"),
        "pulmonary_edema": ("pulmonary oedema", "pulmonary congestion", "肺水肿", "肺淤血"),
        "pleural_effusion": ("pleural effusions", "胸腔积液", "胸水"),
        "nodule": ("nodules", "pulmonary mass", "lung mass", "结节"),
        "cardiomegaly": ("enlarged heart", "enlarged cardiac silhouette", "心脏增大", "心影增大"),
        "pneumothorax": ("ptx", "气胸"),
    }
)
REPORT_SECTIONS = frozenset({"findings", "assessment"})
NOT_THE_PATIENT = frozenset({"family_history", "comparison"})
# Named in passing (an earlier illness, a question) a finding is there in hardly more cases than in all.
PREDICTIVE, PREDICTIVE_IN_REPORT, MIN_MENTIONS, MIN_SENSITIVITY = 0.8, 0.6, 5, 0.1
CHANCE = 1e-3
MIN_CASES_OF_WORD = 3
_QUESTION = re.compile(r"\b(?:r/o|rule out|exclude|query|suspected|suspicion of|\?)\s*[^.;\n]*$", re.IGNORECASE)
_ASKED = re.compile(r"[^.;\n]*\?")


def check_answers(material: Material) -> Iterator[Leak]:
    """Find findings that the notes name, in a report section or anywhere, in the cases that have them."""
    mentions = [_mentions(all_text(reading), material.findings) for reading in material.readings]
    has_note = np.array([bool(reading.notes) for reading in material.readings])
    for code, least, only_report in (
        ("answer_in_report_section", PREDICTIVE_IN_REPORT, True),
        ("answer_in_note", PREDICTIVE, False),
    ):
        evidence = []
        for column, finding in enumerate(material.findings):
            named = np.array(
                [(finding, True) in found or (not only_report and (finding, False) in found) for found in mentions]
            )
            evidence += _judge(material, column, named & has_note, has_note, least)
        if evidence:
            yield leak(code, "the notes name what is to be found", evidence)


def _judge(
    material: Material, column: int, named: NDArray[np.bool_], among: NDArray[np.bool_], least: float
) -> list[str]:
    y = material.labels[:, column]
    known = among & ~np.isnan(y)
    ill = known & (y > 0.5)
    n_named, right = int((named & known).sum()), int((named & ill).sum())
    if n_named < MIN_MENTIONS or right < least * n_named or right < MIN_SENSITIVITY * ill.sum():
        return []
    if _chance(right, int(known.sum()), int(ill.sum()), n_named) > CHANCE:
        return []
    first = material.rows[int(np.flatnonzero(named & ill)[0])]
    finding = material.findings[column]
    return [
        f"{finding}: named in {n_named} notes, {right} of them in the {int(ill.sum())} cases that have it, "
        f"as in {place(first)}"
    ]


def _chance(hits: int, n: int, n_positive: int, drawn: int) -> float:
    """Probability of so many hits among the drawn if word and finding had nothing to do with each other."""
    from scipy.stats import hypergeom

    return float(hypergeom.sf(hits - 1, n, n_positive, drawn))


def _mentions(text: str, findings: tuple[str, ...]) -> frozenset[tuple[str, bool]]:
    """Give (finding, stands in a report section) for every finding that is named and neither denied nor asked about."""
    folded = text.casefold()
    places = [(match.start(), finding) for finding in findings for match in _names(finding).finditer(folded)]
    if not places:
        return frozenset()
    denied, sections = find_negated(text), find_sections(text)
    found = set()
    for start, finding in places:
        section = next((one.name for one in sections if one.start <= start < one.end), "note")
        is_open = any(low <= start < high for low, high in denied) or _is_asked(text, start)
        if not is_open and section not in NOT_THE_PATIENT:
            found.add((finding, section in REPORT_SECTIONS))
    return frozenset(found)


def _names(finding: str) -> re.Pattern[str]:
    names = (finding.replace("_", " "), *OTHER_NAMES.get(finding, ()))
    return re.compile("|".join(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in names))


def _is_asked(text: str, start: int) -> bool:
    before = text[max(0, start - 80) : start]
    return bool(_QUESTION.search(before) or _ASKED.match(text[start : start + 80]))


def check_words(material: Material) -> Iterator[Leak]:
    """Find single words and pairs of words whose presence alone tells a finding with AUROC above 0.98."""
    from sklearn.feature_extraction.text import CountVectorizer

    where = np.array([index for index, reading in enumerate(material.readings) if reading.notes], dtype=np.intp)
    if where.size < 2 * MIN_CASES_OF_WORD:
        return
    texts = [all_text(material.readings[index]) for index in where]
    vectorizer = CountVectorizer(analyzer=_words_and_pairs, binary=True, min_df=MIN_CASES_OF_WORD, dtype=np.float32)
    try:
        table = vectorizer.fit_transform(texts)
    except ValueError:
        # No word stands in three notes.
        return
    vocabulary = vectorizer.get_feature_names_out()
    evidence = []
    for column, finding in enumerate(material.findings):
        y = material.labels[where, column]
        known = ~np.isnan(y)
        tell = partial(_telling, table[known], y[known] > 0.5)
        evidence += [f"{finding}: {vocabulary[word]!r} alone gives AUROC {value:.3f}" for word, value in tell()]
    if evidence:
        yield leak("word_is_answer", f"{len(evidence)} words tell a finding by themselves", evidence)


def _words_and_pairs(text: str) -> list[str]:
    words = words_of(text)
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def _telling(table: object, ill: NDArray[np.bool_]) -> list[tuple[int, float]]:
    """Give (word, AUROC) above the limit and beyond chance among so many words, best first."""
    n, n_ill = ill.size, int(ill.sum())
    if n_ill == 0 or n_ill == n:
        return []
    in_ill = np.asarray(table.T @ ill.astype(np.float32)).ravel()  # type: ignore[attr-defined]  # scipy.sparse is untyped
    in_all = np.asarray(table.sum(axis=0)).ravel()  # type: ignore[attr-defined]  # scipy.sparse is untyped
    value = 0.5 * (1 + in_ill / n_ill - (in_all - in_ill) / (n - n_ill))
    value = np.maximum(value, 1 - value)
    found = [int(word) for word in np.argsort(-value, kind="stable") if value[word] > ANSWER_AUROC]
    return [
        (word, float(value[word]))
        for word in found
        if _rare(in_ill[word], n, n_ill, in_all[word]) * value.size < CHANCE
    ]


def _rare(hits: float, n: int, n_ill: int, drawn: float) -> float:
    # Either direction: a word that stands in all notes but those with the finding tells as much.
    healthy = _chance(int(drawn - hits), n, n - n_ill, int(drawn))
    return min(_chance(int(hits), n, n_ill, int(drawn)), healthy)
