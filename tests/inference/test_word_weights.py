"""Token weights become words of the original note, feature weights vital signs."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.record import ClinicalNote, NoteSection
from medmm.inference.model_input import PreparedNote, PreparedVitals
from medmm.inference.word_weights import merge_vitals, merge_words
from tests.inference.builders import NOON, make_note, make_spec

TEXT = "No effusion. SpO2 91.5 %, 76-year-old."


def prepared(*chunks: list[tuple[int, int, int]]) -> PreparedNote:
    """Chunks of (note index, start, end)."""
    rows = np.array(chunks, dtype=np.int64)
    ids = np.ones(rows.shape[:2], dtype=np.int64)
    return PreparedNote(ids, ids, rows[..., 0], rows[..., 1], rows[..., 2])


def weights_of(text: str, note: PreparedNote, weights: list[list[float]]) -> dict[str, float]:
    return {word.text: word.weight for word in merge_words(np.array(weights), note, [make_note(text)])}


def test_pieces_of_a_word_and_of_a_number_are_summed() -> None:
    # [CLS] No eff ##usion . 91 . 5 [SEP]
    places = [(-1, 0, 0), (0, 0, 2), (0, 3, 6), (0, 6, 11), (0, 11, 12), (0, 18, 20), (0, 20, 21), (0, 21, 22)]
    found = weights_of(TEXT, prepared([*places, (-1, 0, 0)]), [[9, 1, 2, 3, 4, 5, 6, 7, 9]])
    assert found == {"No": 1.0, "effusion": 5.0, ".": 4.0, "91.5": 18.0}


def test_word_in_two_overlapping_chunks_gets_the_sum() -> None:
    note = prepared([(0, 0, 2), (0, 3, 11)], [(0, 3, 11), (0, 11, 12)])
    assert weights_of(TEXT, note, [[1, 2], [3, 4]]) == {"No": 1.0, "effusion": 5.0, ".": 4.0}


def test_places_index_the_original_text_of_the_right_note() -> None:
    note = prepared([(0, 0, 2), (1, 4, 9)])
    words = merge_words(np.array([[1.0, 2.0]]), note, [make_note("No"), make_note("was fever")])
    assert [(w.note_index, w.start, w.end, w.text) for w in words] == [(0, 0, 2, "No"), (1, 4, 9, "fever")]


def test_word_knows_its_section() -> None:
    note = ClinicalNote("HPI: fever", make_note().path, sections=(NoteSection("HPI", 0, 10),))
    assert merge_words(np.array([[1.0]]), prepared([(0, 5, 10)]), [note])[0].section == "HPI"


def test_features_of_a_vital_sign_are_summed_with_its_missing_flag() -> None:
    spec = make_spec().vitals
    weights = np.zeros(spec.n_features)
    weights[spec.columns_of("heart_rate")] = [1, 2, 3, 4, 5, 6, 7, 8]
    features = np.zeros(spec.n_features, dtype=np.float32)
    vitals = PreparedVitals(features, (True, False, True), (None, 110.0, None), last_times=(None, NOON, None))

    found = merge_vitals(weights, vitals, spec)

    assert [(v.name, v.value, v.unit, v.imputed) for v in found] == [
        ("temperature_c", None, "°C", True),
        ("heart_rate", 110.0, "/min", False),
        ("spo2", None, "%", True),
    ]
    assert [v.weight for v in found] == pytest.approx([0, 36, 0])
    assert [v.time for v in found] == ["", "2024-03-05T12:00:00", ""]
    assert [(v.reference, v.side) for v in found] == [((36.1, 38.0), ""), ((51.0, 90.0), "above"), ((96.0, 100.0), "")]


def test_a_short_form_with_a_slash_is_one_word() -> None:
    # h / o CHF, 120 / 80
    places = [(0, 0, 1), (0, 1, 2), (0, 2, 3), (0, 4, 7), (0, 9, 12), (0, 12, 13), (0, 13, 15)]
    found = weights_of("h/o CHF, 120/80", prepared(places), [[1, 2, 3, 4, 5, 6, 7]])
    assert found == {"h/o": 6.0, "CHF": 4.0, "120/80": 18.0}
