"""One simulated patient: film, note, vitals, sound and the truth behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medmm.core.case import InputKind
from medmm.simulate.device import Device, paint_device
from medmm.simulate.dicom import write_film
from medmm.simulate.evidence import Evidence, draw_evidence
from medmm.simulate.film import FilmPlan, make_film_frame, plan_film, render_film
from medmm.simulate.note import write_note
from medmm.simulate.person import Language, Person, draw_person
from medmm.simulate.sound import SoundPlan, plan_sound, render_sound, to_wave
from medmm.simulate.storing import StoredFilm, store_film
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth, draw_truth
from medmm.simulate.vitals import Levels, VitalRow, draw_levels, draw_vitals, is_abnormal

COHORT_ROWS = 576
VITALS_HEADER = "patient_id,time,name,value,unit"


@dataclass(frozen=True)
class SimulatedPatient:
    """Everything about one patient; carriers by finding, only for those that are present.

    Film and sound are plans: `develop_film` and `render_sound` compute them where they are wanted.
    rows: height of the film in pixels; device: metal that lies over it.
    """

    person: Person
    truth: Truth
    plan: FilmPlan
    rows: int
    note: str
    vitals: tuple[VitalRow, ...]
    sound: SoundPlan
    carriers: Mapping[str, tuple[InputKind, ...]]
    device: Device | None = None


def simulate_patient(
    seed: int, index: int, *, rows: int = COHORT_ROWS, language: Language | None = None, truth: Truth | None = None
) -> SimulatedPatient:
    """Draw one patient; the same seed, index and options give the same patient everywhere.

    rows: film height in pixels; language: of name and note, drawn if None; truth: a wished one instead of the drawn.
    """
    truth = truth or draw_truth(open_stream(seed, index, "truth"))
    rng = open_stream(seed, index, "person")
    person = draw_person(rng, seed=seed, index=index, age=truth.age, is_female=truth.is_female, language=language)
    evidence = draw_evidence(open_stream(seed, index, "evidence"), truth)
    levels = draw_levels(open_stream(seed, index, "levels"), truth)
    sound = plan_sound(open_stream(seed, index, "sound"), truth)
    return SimulatedPatient(
        person=person,
        truth=truth,
        plan=plan_film(seed, index, truth),
        rows=rows,
        note=write_note(open_stream(seed, index, "note"), person, evidence, truth.age),
        vitals=draw_vitals(open_stream(seed, index, "vitals"), levels, person),
        sound=sound,
        carriers={name: _carriers(name, truth, evidence, levels, sound) for name in FINDINGS if truth.present[name]},
    )


def develop_film(patient: SimulatedPatient) -> StoredFilm:
    """Render and store the patient's film, which takes most of the time of a cohort; always the same one."""
    plan = patient.plan
    film = store_film(
        open_stream(plan.seed, plan.index, "storing"),
        render_film(plan, patient.rows),
        spacing_mm=make_film_frame(plan, patient.rows).spacing_mm,
        view_position="AP" if plan.anatomy.is_ap else "PA",
    )
    return film if patient.device is None else paint_device(film, patient.device)


def _carriers(
    finding: str, truth: Truth, evidence: Evidence, levels: Levels, sound: SoundPlan
) -> tuple[InputKind, ...]:
    is_shadow = finding in ("pneumonia", "pulmonary_edema")
    claims = (
        (InputKind.IMAGE, not (is_shadow and truth.film_silent)),
        (InputKind.NOTE, not truth.note_silent and evidence.speaks_for(finding)),
        (InputKind.VITALS, not truth.vitals_silent and is_abnormal(levels, finding)),
        (InputKind.AUDIO, sound.speaks_for(finding)),
    )
    return tuple(kind for kind, is_carrier in claims if is_carrier)


def write_patient(
    folder: Path, patient: SimulatedPatient, inputs: frozenset[InputKind], *, is_compressed: bool = False
) -> None:
    """Write chest.dcm, note.txt, vitals.csv and lungs.wav, as far as wished, into a new folder."""
    folder.mkdir(parents=True)
    if InputKind.IMAGE in inputs:
        write_film(folder / "chest.dcm", develop_film(patient), patient.person, is_compressed=is_compressed)
    if InputKind.NOTE in inputs:
        (folder / "note.txt").write_bytes(patient.note.encode())
    if InputKind.VITALS in inputs:
        rows = [f"{r.patient_id},{r.time},{r.name},{r.value},{r.unit}" for r in patient.vitals]
        (folder / "vitals.csv").write_bytes(("\n".join([VITALS_HEADER, *rows]) + "\n").encode())
    if InputKind.AUDIO in inputs:
        (folder / "lungs.wav").write_bytes(to_wave(render_sound(patient.sound)))
