"""Decide which inputs of a case the model may use, each with its reason: the one place where absence is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.inference.audio_gate import check_audio
from medmm.inference.image_gate import check_image, choose_image
from medmm.inference.note_gate import check_notes, choose_notes
from medmm.inference.vitals_gate import check_vitals, choose_measurements

if TYPE_CHECKING:
    from medmm.models.spec import ModelSpec

__all__ = ["check_case", "check_inputs", "choose_image", "choose_measurements", "choose_notes"]


def check_inputs(case: Case, spec: ModelSpec) -> dict[InputKind, InputUse]:
    """Give for every kind of input whether it goes into the prediction, and the remarks on it.

    An input that is left out is absent for the network (its learned token); it is never replaced by zeros.
    Identity conflicts are checks of the case and stop the scoring before this is asked.
    """
    return check_case(case, spec)[0]


def check_case(case: Case, spec: ModelSpec) -> tuple[dict[InputKind, InputUse], int]:
    """Check every input, and give the index of the image to score, 0 where none may be used."""
    index, image_use = _check_image(case, spec)
    uses = {InputKind.IMAGE: image_use}
    uses |= {kind: _check(kind, case, spec) for kind in InputKind if kind is not InputKind.IMAGE}
    return uses, index


def _check_image(case: Case, spec: ModelSpec) -> tuple[int, InputUse]:
    if unasked := _unasked(InputKind.IMAGE, case, spec):
        return 0, unasked
    chosen, remarks = check_image(case, spec.image)
    return chosen or 0, InputUse(chosen is not None, remarks)


def _unasked(kind: InputKind, case: Case, spec: ModelSpec) -> InputUse | None:
    if kind in case.without:
        return _unused(kind, "left_out_by_choice", Words("The {kind} was left out on request.", kind=kind))
    if kind not in spec.input_kinds:
        if not _is_there(kind, case):
            return InputUse(False)
        return _unused(kind, "not_in_model", Words("The model does not take {kind} as an input.", kind=kind))
    return None


def _is_there(kind: InputKind, case: Case) -> bool:
    found = {
        InputKind.IMAGE: case.images,
        InputKind.NOTE: case.notes,
        InputKind.VITALS: case.vitals,
        InputKind.AUDIO: case.audio,
    }
    return bool(found[kind])


def _check(kind: InputKind, case: Case, spec: ModelSpec) -> InputUse:
    if unasked := _unasked(kind, case, spec):
        return unasked
    if kind is InputKind.NOTE:
        chosen_notes, remarks = check_notes(case, spec.text.languages if spec.text else ())
        return InputUse(bool(chosen_notes), remarks)
    if kind is InputKind.VITALS:
        chosen_values, remarks = check_vitals(case, spec.vitals.names if spec.vitals else ())
        return InputUse(bool(chosen_values), remarks)
    assert spec.audio is not None
    is_heard, remarks = check_audio(case, spec.audio)
    return InputUse(is_heard, remarks)


def _unused(kind: InputKind, code: str, message: Words) -> InputUse:
    return InputUse(False, (QualityNote(code, message, Severity.INFO, kind),))
