"""A case as the network may see it: gated, then prepared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.errors import UnsupportedImage
from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.inference.gate import check_case, choose_measurements, choose_notes
from medmm.inference.model_input import ModelInput, PreparedNote
from medmm.inference.prepare import to_model_input
from medmm.models.spec import ModelSpec

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

# A note with that many unknown words says little that the network has ever seen. Whole words are rarer than the pieces
# of a BERT: of those a sound note has many that no training note had.
MAX_UNKNOWN, MAX_UNKNOWN_WORDS = 0.3, 0.7
# Of a text of which less than half fits into the chunks, nobody knows what the model would make.
MIN_COVERAGE = 0.5


@dataclass(frozen=True)
class GatedInput:
    """The prepared input and, for each kind, whether it was used and why not."""

    model_input: ModelInput
    uses: dict[InputKind, InputUse]


def prepare_case(case: Case, spec: ModelSpec, tokenizer: PreTrainedTokenizerBase | None) -> GatedInput:
    """Check every input, prepare those that pass, and mark what preparation itself could not use."""
    uses, index = check_case(case, spec)
    usable = keep_usable(case, spec)
    wanted = {kind: use.used for kind, use in uses.items()}
    try:
        prepared = to_model_input(usable, spec, tokenizer, use=wanted, image_index=index)
    except UnsupportedImage as error:
        _refuse(uses, InputKind.IMAGE, error.code, Words("{message}.", message=error.message))
        prepared = to_model_input(usable, spec, tokenizer, use={**wanted, InputKind.IMAGE: False})
    if prepared.note is not None and (refusal := _refuse_prepared(prepared.note, spec, tokenizer)):
        _refuse(uses, InputKind.NOTE, *refusal)
        present = tuple(p and k is not InputKind.NOTE for p, k in zip(prepared.present, spec.input_kinds, strict=True))
        prepared = replace(prepared, note=None, present=present)
    for kind, is_present in zip(spec.input_kinds, prepared.present, strict=True):
        if uses[kind].used and not is_present:
            _refuse(
                uses,
                kind,
                f"{kind.value}_nothing_left",
                Words("Nothing of the {kind} could be used.", kind=kind),
            )
    return GatedInput(prepared, uses)


def _refuse_prepared(
    note: PreparedNote, spec: ModelSpec, tokenizer: PreTrainedTokenizerBase | None
) -> tuple[str, Words] | None:
    if note.coverage < MIN_COVERAGE:
        return "note_mostly_unread", Words(
            "The model could read {n_read:,} of {n_tokens:,} tokens of the notes only; the rest may say the opposite.",
            n_read=note.n_read,
            n_tokens=note.n_tokens,
        )
    most = MAX_UNKNOWN_WORDS if spec.text and spec.text.is_words else MAX_UNKNOWN
    if (unknown := unknown_share(note, tokenizer)) > most:
        return "note_unknown_words", Words(
            "{unknown:.0f} of 100 words of the note are unknown to the model; it would read noise.",
            unknown=100 * unknown,
        )
    return None


def unknown_share(note: PreparedNote, tokenizer: PreTrainedTokenizerBase | None) -> float:
    """Share of the note's tokens that the vocabulary does not know."""
    unknown = tokenizer.unk_token_id if tokenizer is not None else None
    ordinary = note.note_index >= 0
    return 0.0 if unknown is None else float((note.token_ids[ordinary] == unknown).mean())


def keep_usable(case: Case, spec: ModelSpec) -> Case:
    """Return the case without the notes and measurements that the gate refuses; places in the case stay the same."""
    chosen = set(choose_notes(case, spec.text.languages if spec.text else ()))
    notes = tuple(note if i in chosen else replace(note, text="", sections=()) for i, note in enumerate(case.notes))
    if spec.vitals is None:
        return replace(case, notes=notes)
    kept = set(choose_measurements(case, spec.vitals.names))
    tables = tuple(
        replace(table, measurements=tuple(m for m in table.measurements if m in kept)) for table in case.vitals
    )
    return replace(case, notes=notes, vitals=tables)


def _refuse(uses: dict[InputKind, InputUse], kind: InputKind, code: str, message: Words) -> None:
    note = QualityNote(code, message, Severity.WARNING, kind)
    uses[kind] = InputUse(False, (*uses[kind].gate, note))
