"""What would change the answer: an input taken away, a sentence denied or taken out, a vital sign in its usual range.

Only the encoder of what was changed runs again, never that of the film.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from torch import Tensor

from medmm.core.case import Case
from medmm.core.prediction import FindingScore, TokenWeight
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME, ClinicalNote, VitalMeasurement
from medmm.core.what_if import Change, WhatIf
from medmm.inference.gated_input import keep_usable
from medmm.inference.model_input import ModelInput
from medmm.inference.prediction import Prediction
from medmm.inference.predictor import Predictor
from medmm.inference.prepare_note import prepare_notes
from medmm.inference.prepare_vitals import prepare_vitals, usable_measurements
from medmm.models.spec import ModelSpec
from medmm.records.opposite import opposite_of

# The sentences of a finding that are turned round, heaviest first, and the weight in logits below which none is.
N_SENTENCES = 3
LEAST_WEIGHT = 0.1

Embeddings = Mapping[InputKind, Tensor]


@dataclass(frozen=True)
class _Edit:
    """A change that an encoder has to read; kind: of the input; input: that input alone, None where nothing is left."""

    change: Change
    kind: InputKind
    subject: str
    input: ModelInput | None
    becomes: str = ""
    value: float | None = None
    new_value: float | None = None
    place: tuple[int, int, int] = (0, 0, 0)


def without_inputs(predictor: Predictor, prediction: Prediction) -> dict[str, tuple[WhatIf, ...]]:
    """Give for every finding its answer without each input, from the cached embeddings; none for a single input.

    On the scale of the prediction: what was withheld from it is withheld here, or the two could not be compared.
    """
    if len(prediction.kinds) < 2:
        return {}
    rows = {kind: predictor.answer(_without(prediction.z, kind), doubt=prediction.doubt) for kind in prediction.kinds}
    return {
        finding: tuple(WhatIf("without_input", kind.value, scores[place]) for kind, scores in rows.items())
        for place, finding in enumerate(predictor.spec.findings)
    }


def what_if(
    predictor: Predictor,
    case: Case,
    prediction: Prediction,
    *,
    sentences: Mapping[str, Sequence[TokenWeight]],
) -> dict[str, tuple[WhatIf, ...]]:
    """Give for each named finding what would change its answer.

    sentences: those of the notes with their weights for each finding; the heaviest are denied, those that no rule can
    deny are taken out. Order: without each input, sentences by weight, vital signs outside their usual range.
    """
    usable = keep_usable(case, predictor.spec)
    heavy = {finding: _heaviest(own) for finding, own in sentences.items()}
    edits: list[_Edit] = []
    if InputKind.NOTE in prediction.kinds:
        edits += [
            _edit_note(predictor, usable, place) for place in dict.fromkeys(p for own in heavy.values() for p in own)
        ]
    if InputKind.VITALS in prediction.kinds:
        edits += _edit_vitals(usable, predictor.spec)
    answers = list(zip(edits, _answers(predictor, prediction, edits), strict=True))
    away = without_inputs(predictor, prediction)
    return {finding: _of_finding(finding, predictor.spec, away, answers, heavy[finding]) for finding in sentences}


def _of_finding(
    finding: str,
    spec: ModelSpec,
    away: Mapping[str, tuple[WhatIf, ...]],
    answers: Sequence[tuple[_Edit, tuple[FindingScore, ...]]],
    heavy: Sequence[tuple[int, int, int]],
) -> tuple[WhatIf, ...]:
    column = spec.findings.index(finding)
    by_place = {edit.place: (edit, scores) for edit, scores in answers if edit.kind is InputKind.NOTE}
    own = [by_place[place] for place in heavy if place in by_place]
    own += [(edit, scores) for edit, scores in answers if edit.kind is InputKind.VITALS]
    return (*away.get(finding, ()), *(_told(edit, scores[column]) for edit, scores in own))


def _told(edit: _Edit, score: FindingScore) -> WhatIf:
    index, start, end = edit.place
    told = WhatIf(edit.change, edit.subject, score, edit.becomes, edit.value, edit.new_value)
    return replace(told, note_index=index, start=start, end=end)


def _without(z: Embeddings, kind: InputKind) -> Embeddings:
    return {other: vector for other, vector in z.items() if other is not kind}


def _answers(predictor: Predictor, prediction: Prediction, edits: Sequence[_Edit]) -> list[tuple[FindingScore, ...]]:
    read = [edit.input for edit in edits if edit.input is not None]
    encoded = iter(predictor.encode(read))
    found = []
    for edit in edits:
        rest = _without(prediction.z, edit.kind)
        z = rest if edit.input is None else {**rest, **next(encoded).z}
        found.append(predictor.answer(z, doubt=prediction.doubt))
    return found


def _heaviest(sentences: Sequence[TokenWeight]) -> tuple[tuple[int, int, int], ...]:
    weighty = sorted((s for s in sentences if abs(s.weight) >= LEAST_WEIGHT), key=lambda s: -abs(s.weight))
    return tuple((s.note_index, s.start, s.end) for s in weighty[:N_SENTENCES])


def _edit_note(predictor: Predictor, case: Case, place: tuple[int, int, int]) -> _Edit:
    index, start, end = place
    note, spec = case.notes[index], predictor.spec
    sentence = note.text[start:end]
    becomes = opposite_of(sentence) or ""
    edited = replace(note, text=note.text[:start] + becomes + note.text[end:])
    notes: list[ClinicalNote] = [*case.notes[:index], edited, *case.notes[index + 1 :]]
    assert spec.text is not None
    assert predictor.tokenizer is not None
    prepared = prepare_notes(notes, spec.text, predictor.tokenizer)
    present = tuple(kind is InputKind.NOTE for kind in spec.input_kinds)
    return _Edit(
        "sentence_negated" if becomes else "sentence_out",
        InputKind.NOTE,
        sentence,
        None if prepared is None else ModelInput(present, note=prepared),
        becomes=becomes,
        place=place,
    )


def _edit_vitals(case: Case, spec: ModelSpec) -> list[_Edit]:
    """Move every value of a sign that lies outside its usual range to the end of the range, one sign at a time."""
    assert spec.vitals is not None
    present = tuple(kind is InputKind.VITALS for kind in spec.input_kinds)
    read = usable_measurements(case.vitals, index_time=case.index_time)
    edits = []
    for name in spec.vitals.names:
        worst = max((m for m in read if m.name == name), key=_outside, default=None)
        if worst is None or _outside(worst) == 0:
            continue
        tables = tuple(
            replace(table, measurements=tuple(_moved(m) if m.name == name else m for m in table.measurements))
            for table in case.vitals
        )
        prepared = prepare_vitals(tables, spec.vitals, index_time=case.index_time)
        assert prepared is not None
        edits.append(
            _Edit(
                "vital_in_range",
                InputKind.VITALS,
                name,
                ModelInput(present, vitals=prepared),
                value=worst.value,
                new_value=_moved(worst).value,
            )
        )
    return edits


def _outside(measurement: VitalMeasurement) -> float:
    return abs(measurement.value - _moved(measurement).value)


def _moved(measurement: VitalMeasurement) -> VitalMeasurement:
    low, high = VITAL_BY_NAME[measurement.name].reference
    return replace(measurement, value=min(max(measurement.value, low), high))
