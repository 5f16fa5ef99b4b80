"""Vital signs over the hours before the film, with physiological correlation, gaps and jitter.

Levels given the truth (mean shift): fever (.76 of pneumonias, .68 of infections) +1.7 Cel and +9 /min heart rate a
degree; pneumonia rr +4, spo2 -3; infection rr +2, spo2 -1; oedema rr +5, spo2 -3.5, heart rate +9, systolic +12;
effusion rr +2, spo2 -1.5; pneumothorax rr +4, spo2 -3, heart rate +10; copd spo2 -2.5, rr +2; failing heart rate +5,
rr +1.5, spo2 -1. Silent vitals: background only.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from medmm.simulate.person import Person
from medmm.simulate.truth import Truth

LOINC = {
    "temperature": "8310-5",
    "heart_rate": "8867-4",
    "respiratory_rate": "9279-1",
    "spo2": "59408-5",
    "systolic_bp": "8480-6",
    "diastolic_bp": "8462-4",
}
UNITS = {
    "temperature": "Cel",
    "heart_rate": "/min",
    "respiratory_rate": "/min",
    "spo2": "%",
    "systolic_bp": "mm[Hg]",
    "diastolic_bp": "mm[Hg]",
}
LIMITS = {
    "temperature": (34.8, 41.3),
    "heart_rate": (38, 175),
    "respiratory_rate": (8, 46),
    "spo2": (72, 100),
    "systolic_bp": (72, 228),
    "diastolic_bp": (38, 130),
}
MISSING = 0.12
LOINC_SHARE = 0.15


@dataclass(frozen=True)
class VitalRow:
    """One row of the long table; time is ISO 8601 local."""

    patient_id: str
    time: str
    name: str
    value: str
    unit: str


@dataclass(frozen=True)
class Levels:
    """A patient's mean level of each vital sign and whether a fever runs."""

    temperature: float
    heart_rate: float
    respiratory_rate: float
    spo2: float
    systolic_bp: float
    diastolic_bp: float
    has_fever: bool


def draw_levels(rng: np.random.Generator, truth: Truth) -> Levels:
    """Draw the levels by the table above."""
    ill = {name: float(value and not truth.vitals_silent) for name, value in truth.present.items()}
    infection = float(truth.infection and not truth.vitals_silent)
    fever = bool(rng.random() < 1 - (1 - 0.76 * ill["pneumonia"]) * (1 - 0.68 * infection) * 0.97)
    degrees = rng.normal(1.7, 0.45) if fever else 0.0
    wet, lost_lung = ill["pulmonary_edema"], ill["pneumothorax"]
    strain = 4 * ill["pneumonia"] + 2 * infection + 5 * wet + 2 * ill["pleural_effusion"] + 4 * lost_lung
    rr = 15.5 + strain + 2 * truth.copd + 1.5 * truth.failing + degrees
    loss = 3 * ill["pneumonia"] + infection + 3.5 * wet + 1.5 * ill["pleural_effusion"] + 3 * lost_lung
    loss += 2.5 * truth.copd + truth.failing
    systolic = rng.normal(124 + 0.22 * (truth.age - 50), 13) + 12 * wet - 5 * degrees
    return Levels(
        temperature=float(rng.normal(36.7, 0.25) + degrees),
        heart_rate=float(rng.normal(75, 8) + 9 * degrees + 9 * wet + 10 * lost_lung + 5 * truth.failing),
        respiratory_rate=float(rng.normal(rr, 1.8)),
        spo2=float(97.6 - loss * rng.uniform(0.6, 1.4) + rng.normal(0, 0.8)),
        systolic_bp=float(systolic),
        diastolic_bp=float(0.42 * systolic + rng.normal(25, 6)),
        has_fever=fever,
    )


def draw_vitals(rng: np.random.Generator, levels: Levels, person: Person) -> tuple[VitalRow, ...]:
    """Draw the rows, oldest first, the last one minutes before the film."""
    hours = float(rng.uniform(6, 24))
    n = max(4, int(hours / rng.uniform(0.9, 1.9)))
    before = np.sort(rng.uniform(-0.2, 0.2, n) + np.linspace(hours, 0.35, n))[::-1]
    uses_loinc = rng.random() < LOINC_SHARE
    never = [name for name in UNITS if rng.random() < 0.03 and name != "heart_rate"]
    rows: list[VitalRow] = []
    # What goes up together: one slow wave of stress moves heart, breath and pressure.
    stress = np.cumsum(rng.normal(0, 0.35, n)) * 0.6
    for step, hours_before in enumerate(before):
        time = person.study_time - timedelta(minutes=round(60 * max(float(hours_before), 0.08)))
        for name, value in _measure(rng, levels, float(hours_before), float(stress[step])).items():
            if name in never or rng.random() < MISSING:
                continue
            text = f"{value:.1f}" if name == "temperature" else f"{round(value)}"
            code = LOINC[name] if uses_loinc else name
            rows.append(VitalRow(person.patient_id, time.isoformat(), code, text, UNITS[name]))
    return tuple(rows)


def _measure(rng: np.random.Generator, levels: Levels, hours_before: float, stress: float) -> dict[str, float]:
    swing = np.cos(2 * np.pi * hours_before / 24)
    wave = 0.35 * swing * levels.has_fever + 0.1 * swing + rng.normal(0, 0.15)
    systolic = levels.systolic_bp + 4 * stress + rng.normal(0, 5)
    values = {
        "temperature": levels.temperature + wave,
        "heart_rate": levels.heart_rate + 8 * wave + 4 * stress + rng.normal(0, 3),
        "respiratory_rate": levels.respiratory_rate + 1.2 * stress + rng.normal(0, 1.3),
        "spo2": levels.spo2 - 0.4 * stress + rng.normal(0, 0.8),
        "systolic_bp": systolic,
        "diastolic_bp": levels.diastolic_bp + 0.45 * (systolic - levels.systolic_bp) + rng.normal(0, 3),
    }
    return {name: float(np.clip(value, *LIMITS[name])) for name, value in values.items()}


def is_abnormal(levels: Levels, finding: str) -> bool:
    """Tell whether the levels lie where the finding would put them."""
    if finding == "pneumonia":
        return levels.has_fever
    if finding == "pulmonary_edema":
        return levels.respiratory_rate > 20 and levels.temperature < 37.6
    if finding in ("pneumothorax", "pleural_effusion"):
        return levels.respiratory_rate > 20 or levels.spo2 < 94
    return False
