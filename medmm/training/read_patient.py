"""Read one patient with the readers that scoring uses, down to what training keeps in memory."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import numpy as np
import torch

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.progress import CancelToken, no_progress
from medmm.core.record import ClinicalNote
from medmm.imaging.reader import read_image, read_series
from medmm.imaging.scan import scan_folder
from medmm.inference.image_gate import choose_image
from medmm.inference.prepare_audio import prepare_audio
from medmm.inference.prepare_image import fit_image
from medmm.inference.prepare_note import clinical_start
from medmm.models.spec import AudioSpec, ImageSpec
from medmm.records.audio import read_recording
from medmm.records.note import read_note
from medmm.records.phi import mask_phi
from medmm.records.sniff import is_note, is_recording, is_table
from medmm.records.tabular import read_vitals
from medmm.training.patients import NO_RECORD, PatientRow
from medmm.training.reading import HeldRecords, Reading, facts_of
from medmm.training.table_record import facts_from, written_records


def read_patient(row: PatientRow, spec: ImageSpec | None, audio: AudioSpec | None = None) -> Reading:
    """Read a patient folder or a single image, window and fit the image, prepare the recordings."""
    # Two readers share two cores: without this each would start a thread per core for every resize.
    torch.set_num_threads(1)
    case = read_case(row)
    reading = _read_image(case, _written(case, row), spec)
    return replace(reading, audio=prepare_audio(case.audio, audio)) if audio else reading


def _written(case: Case, row: PatientRow) -> HeldRecords:
    facts = facts_of(case)
    if row.record is not NO_RECORD:
        facts = facts_from(facts, row.record)
    return HeldRecords(_clinical_parts(case), case.vitals, facts)


def _read_image(case: Case, records: HeldRecords, spec: ImageSpec | None) -> Reading:
    if spec is None or not case.images:
        return Reading(None, _no_box(spec), records)
    # A CT or MR study holds localisers too; among its series the model's gate chooses.
    index = choose_image(case, spec) if spec.slices else 0
    if index is None:
        return Reading(None, _no_box(spec), records)
    fitted = fit_image(case.images[index], spec)
    pixels = np.rint(fitted.pixels * 255).astype(np.uint8)
    box = tuple(chain(*fitted.seen_stretches()))
    grid = tuple(float(place) for axis in range(spec.n_axes) for place in fitted.to_stored[axis, [axis, -1]])
    return Reading(pixels, box, records, grid=grid)


def _no_box(spec: ImageSpec | None) -> tuple[int, ...]:
    return (0, 0) * (spec.n_axes if spec else 2)


def read_case(row: PatientRow) -> Case:
    """Read everything in a patient folder, or the one image that the row names."""
    if row.path.is_file():
        image = read_image(row.path, cancel=CancelToken())
        written, measured = written_records(row.record)
        return Case(row.path.parent, PatientIdentity(), images=(image,), notes=written, vitals=measured)
    scan = scan_folder(row.path, progress=no_progress, cancel=CancelToken())
    images = [read_series(series, cancel=CancelToken()) for series in scan.series]
    images += [read_image(path, cancel=CancelToken()) for path in scan.pictures]
    sounds = [path for path in scan.others if is_recording(path)]
    tables = [path for path in scan.others if path not in sounds and is_table(path)]
    notes = [path for path in scan.others if path not in (*sounds, *tables) and is_note(path)]
    return Case(
        folder=row.path,
        patient=PatientIdentity(),
        images=tuple(images),
        notes=tuple(read_note(path) for path in notes),
        vitals=tuple(read_vitals(path) for path in tables),
        audio=tuple(read_recording(path) for path in sounds),
    )


def _clinical_parts(case: Case) -> tuple[ClinicalNote, ...]:
    # Cut and masked here, so that neither the cache on disk nor the vocabulary holds whose note it was.
    return tuple(
        ClinicalNote(mask_phi(note.text, note.identity)[clinical_start(note) :], note.path) for note in case.notes
    )
