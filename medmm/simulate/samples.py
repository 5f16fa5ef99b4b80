"""The shipped sample patients, made again by one call."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from medmm.core.case import InputKind
from medmm.simulate.patient import simulate_patient, write_patient
from medmm.simulate.person import Language
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth, draw_truth

SAMPLE_ROWS = 1024
# Above any cohort's seed in use, so that no sample is a training patient.
SAMPLE_SEED = 990_001
ALL_INPUTS = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})


@dataclass(frozen=True)
class Sample:
    """A wished patient: what is true, in which language and with which inputs."""

    folder: str
    index: int
    present: frozenset[str]
    age: int
    is_female: bool
    failing: bool
    language: Language
    inputs: frozenset[InputKind]


SAMPLES = (
    Sample("chest_pneumonia", 13, frozenset({"pneumonia"}), 58, False, False, "en", ALL_INPUTS),
    Sample("chest_no_vitals", 7, frozenset({"nodule"}), 66, True, False, "en", ALL_INPUTS - {InputKind.VITALS}),
    Sample("chest_chinese", 5, frozenset({"pulmonary_edema", "cardiomegaly"}), 74, True, True, "zh", ALL_INPUTS),
)


def write_samples(out_dir: Path) -> tuple[Path, ...]:
    """Write the sample patients below `out_dir` and give their folders; none of them may exist."""
    folders = []
    for sample in SAMPLES:
        patient = simulate_patient(
            SAMPLE_SEED, sample.index, rows=SAMPLE_ROWS, language=sample.language, truth=_wish(sample)
        )
        write_patient(out_dir / sample.folder, patient, sample.inputs, is_compressed=True)
        folders.append(out_dir / sample.folder)
    return tuple(folders)


def _wish(sample: Sample) -> Truth:
    return replace(
        draw_truth(open_stream(SAMPLE_SEED, sample.index, "truth")),
        present=MappingProxyType({name: name in sample.present for name in FINDINGS}),
        age=sample.age,
        is_female=sample.is_female,
        smoker="nodule" in sample.present,
        copd=False,
        failing=sample.failing,
        infection=False,
        scar=False,
        note_silent=False,
        vitals_silent=False,
        film_silent=False,
    )
