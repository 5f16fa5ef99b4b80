"""What the network saw is told as it was: the arrays, the tokens, what was left out, every step with its numbers."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from medmm.core.identity import PatientIdentity
from medmm.core.image import Window
from medmm.core.quality import InputKind
from medmm.core.record import ClinicalNote
from medmm.core.run_record import RunRecord
from medmm.inference.image_recipe import image_steps
from medmm.inference.left_out import blanked_stretches
from medmm.inference.prepare_image import prepare_image
from medmm.inference.run_record import make_record
from medmm.inference.seen import tensor_facts
from medmm.inference.trace import trace_of
from tests.inference.builders import NOTE, chest_pixels, make_case, make_image, make_note, make_predictor, make_spec
from tests.inference.test_prepare_image import collimated

pytestmark = pytest.mark.slow


def record_of(predictor: object, case: object) -> tuple[RunRecord, object, object]:
    """The record of a case with what was seen and what was given."""
    given = predictor.prepare(case).model_input  # type: ignore[attr-defined]
    trace = trace_of(predictor.spec, predictor.tokenizer, case, given)
    return make_record(predictor, case, trace, settings={"device": "cpu"}), trace.seen, given


def steps(record: RunRecord, kind: InputKind) -> dict[str, dict[str, object]]:
    """Parameters by the code of the step."""
    return {step.code: dict(step.parameters) for step in record.steps[kind]}


def test_the_very_tensor_is_kept_and_its_hash_is_of_its_bytes() -> None:
    record, seen, given = record_of(make_predictor(), make_case())

    assert seen.image.pixels is given.image.pixels
    facts = record.tensors[InputKind.IMAGE]
    assert facts.shape == (96, 96)
    assert facts.sha256 == hashlib.sha256(given.image.pixels.astype("<f4").tobytes()).hexdigest()
    assert (facts.low, facts.high) == (float(given.image.pixels.min()), float(given.image.pixels.max()))


def test_the_steps_of_a_film_give_its_own_numbers() -> None:
    image = replace(
        make_image(collimated()), windows=(Window(2000.0, 3000.0),), photometric_interpretation="MONOCHROME1"
    )

    prepared = prepare_image(image, make_spec().image)

    own = {step.code: dict(step.parameters) for step in image_steps(image, prepared, make_spec().image)}
    assert list(own) == ["rescale", "window", "polarity", "crop", "resample", "pad", "standardise"]
    assert own["window"] == {"center": 2000.0, "width": 3000.0, "function": "LINEAR", "source": "file"}
    assert own["polarity"]["inverted"] is True
    assert (own["crop"]["row0"], own["crop"]["col0"], own["crop"]["row1"], own["crop"]["col1"]) == prepared.seen_box
    (top, bottom), (left, right) = prepared.seen_stretches()
    assert own["resample"]["size"] == (bottom - top, right - left)
    assert own["pad"]["before"] == (top, left)
    assert own["resample"]["factors"] == pytest.approx((prepared.to_stored[0, 0], prepared.to_stored[1, 1]))


def test_mean_and_deviation_of_the_record_bring_the_display_values_back() -> None:
    record, seen, _ = record_of(make_predictor(), make_case())

    own = steps(record, InputKind.IMAGE)["standardise"]
    inside = seen.image.pixels[:, seen.image.padding[2] : 96 - seen.image.padding[3]]
    display = inside * own["deviation"] + own["mean"]
    assert 0.0 <= float(display.min()) < 0.1
    assert 0.9 < float(display.max()) <= 1.0 + 1e-6


def test_an_automatic_window_is_told_as_one() -> None:
    record, _, _ = record_of(make_predictor(), make_case(images=(make_image(chest_pixels()),)))

    assert steps(record, InputKind.IMAGE)["window"]["source"] == "percentile"


def test_tokens_are_told_with_what_was_blanked_and_what_was_cut() -> None:
    text = f"Patient: MILLER ANNA\nMRN 004211\n\n{NOTE} Seen by MILLER again. " + NOTE * 3
    spec = make_spec()
    spec = replace(spec, text=replace(spec.text, steps=("mask_phi",), max_chunks=6))
    note = replace(make_note(text), identity=PatientIdentity("004211", "MILLER^ANNA"))

    record, seen, given = record_of(make_predictor(spec=spec), make_case(notes=(note,)))

    found = {str(one.reason): text[one.start : one.end] for one in seen.note.left_out}
    assert "MILLER" in found["names somebody, or is a date or a number of theirs"]
    assert found["beyond the model's limit"] == text[int(given.note.ends.max()) :]
    assert seen.note.n_read < seen.note.n_tokens
    assert [len(words) for words in seen.note.words] == given.note.token_mask.sum(axis=1).tolist()
    assert seen.note.words[0][0] == "[CLS]"
    assert "miller" not in " ".join(word for words in seen.note.words for word in words).lower()
    assert steps(record, InputKind.NOTE)["limit"] == {
        "read": seen.note.n_read, "tokens": seen.note.n_tokens, "max_chunks": 6,
    }  # fmt: skip


def test_a_note_that_was_not_read_is_told_as_a_whole() -> None:
    empty = ClinicalNote("  \n", make_note().path)

    _, seen, _ = record_of(make_predictor(), make_case(notes=(make_note(), empty)))

    assert [(one.note_index, str(one.reason)) for one in seen.note.left_out] == [(1, "this note was not read")]


def test_blanked_stretches_join_over_spaces_and_end_where_text_stays() -> None:
    text = "Mr John  Smith was seen"

    assert blanked_stretches(text, "Mr             was seen") == [(3, 14)]
    assert blanked_stretches(text, text) == []


def test_vital_signs_are_told_with_centre_and_scale() -> None:
    record, seen, given = record_of(make_predictor(), make_case())

    assert seen.vitals.features.ravel().tolist() == given.vitals.features.tolist()
    # The last temperature, 38.6, with centre 50 and scale 25 of the test model.
    assert seen.vitals.features[0, 0] == pytest.approx((38.6 - 50) / 25)
    assert steps(record, InputKind.VITALS)["missing"] == {"missing": ("spo2",)}


def test_an_input_left_out_has_neither_steps_nor_tensor() -> None:
    record, seen, _ = record_of(make_predictor(), make_case(without=frozenset({InputKind.NOTE})))

    assert seen.note is None
    assert set(record.steps) == set(record.tensors) == {InputKind.IMAGE, InputKind.VITALS}
    assert record.settings == {"without": "note", "identity_override": "no", "device": "cpu"}


def test_the_record_names_versions_and_machine_and_no_random_step() -> None:
    record, _, _ = record_of(make_predictor(), make_case())

    assert {"medmm", "python", "torch", "monai", "transformers", "numpy", "pydicom"} <= set(record.software)
    assert record.machine["precision"] == "float32"
    assert record.random == "none"
    assert record.scored_at.endswith("+00:00")


def test_the_hash_does_not_depend_on_how_an_array_lies_in_memory() -> None:
    values = np.arange(12, dtype=np.float32).reshape(3, 4)

    assert tensor_facts(np.asfortranarray(values)).sha256 == tensor_facts(values).sha256
    assert tensor_facts(values.T).sha256 != tensor_facts(values).sha256
