"""What a column or a measurement is called: usual English and Chinese names and LOINC codes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from medmm.core.record import VITAL_BY_NAME, VITAL_SIGNS
from medmm.records.units import find_unit, is_unit_of

# Bare names; a unit may follow ("temp_f", "体温(℃)"). LOINC codes beside those of VITAL_SIGNS are common siblings.
_SIGNS: dict[str, tuple[str, ...]] = {
    "temperature_c": ("temperature", "temp", "body_temperature", "body_temp", "体温", "8331_1", "8310_5"),
    "heart_rate": ("heart_rate", "heartrate", "hr", "pulse", "pulse_rate", "心率", "脉搏", "脉率", "8889_8"),
    "respiratory_rate": (
        "respiratory_rate", "respiration_rate", "resp_rate", "resp", "respirations", "rr", "呼吸", "呼吸频率",
    ),
    "spo2": (
        "spo2", "o2sat", "o2_sat", "oxygen_saturation", "o2_saturation", "pulse_ox", "sat", "血氧饱和度", "血氧",
        "2708_6",
    ),
    "systolic_bp": ("systolic_bp", "sbp", "systolic", "systolic_blood_pressure", "bp_systolic", "sys", "收缩压"),
    "diastolic_bp": ("diastolic_bp", "dbp", "diastolic", "diastolic_blood_pressure", "bp_diastolic", "dia", "舒张压"),
}  # fmt: skip
_OTHERS: dict[str, tuple[str, ...]] = {
    "patient_id": (
        "patient_id", "patientid", "pid", "mrn", "subject_id", "patient_identifier", "病历号", "患者编号", "病人编号",
    ),
    "patient_name": ("patient_name", "patientname", "姓名", "患者姓名"),
    "birth_date": ("birth_date", "birthdate", "dob", "date_of_birth", "出生日期"),
    "sex": ("sex", "gender", "性别"),
    "time": (
        "time", "charttime", "datetime", "date_time", "timestamp", "measured_at", "recorded_at", "effective_time",
        "时间", "测量时间", "记录时间",
    ),
    "date": ("date", "日期"),
    "name": ("name", "vital", "vital_sign", "vital_name", "parameter", "code", "loinc", "item", "项目", "名称"),
    "value": ("value", "result", "valuenum", "数值", "结果", "测量值"),
    "unit": ("unit", "units", "uom", "valueuom", "单位"),
}  # fmt: skip
# One column for "120/80"; only cells of that form are read from it.
_JOINED_PRESSURE = frozenset({"bp", "nibp", "blood_pressure", "85354_9", "血压"})
_SIGN_BY_NAME = {name: sign for sign, names in _SIGNS.items() for name in names}
_SIGN_BY_NAME |= dict.fromkeys(_JOINED_PRESSURE, "systolic_bp")
_SIGN_BY_NAME |= {sign.loinc.replace("-", "_"): sign.name for sign in VITAL_SIGNS}
_OTHER_BY_NAME = {name: meaning for meaning, names in _OTHERS.items() for name in names}
_BRACKETED = re.compile(r"(.*?)[_ ]*[(\[]\s*([^()]{1,24}?)\s*[)\]]+")


@dataclass(frozen=True)
class Meaning:
    """What a column holds: a vital sign (with its declared unit, empty if the name has none) or a role.

    role: "vital" or patient_id, patient_name, birth_date, sex, time, date, name, value, unit.
    """

    role: str
    sign: str = ""
    unit: str = ""


def find_meaning(name: str) -> Meaning | None:
    """Say what a column name means, None for a column that is not ours."""
    plain = _plain(name)
    if meaning := _OTHER_BY_NAME.get(plain):
        return Meaning(meaning)
    return find_sign(name)


@lru_cache(maxsize=256)
def find_sign(name: str) -> Meaning | None:
    """Say which vital sign a name or LOINC code stands for, with the unit that is part of the name."""
    plain = _plain(name)
    if sign := _SIGN_BY_NAME.get(plain):
        return Meaning("vital", sign)
    for base, unit_text in _splits(name, plain):
        sign, unit = _SIGN_BY_NAME.get(base, ""), find_unit(unit_text)
        if sign and unit and is_unit_of(unit, sign):
            return Meaning("vital", sign, unit)
    return None


@lru_cache(maxsize=256)
def is_joined_pressure(name: str) -> bool:
    """Tell whether a column holds both blood pressures, as in "120/80"."""
    plain = _plain(name)
    return plain in _JOINED_PRESSURE or any(base in _JOINED_PRESSURE for base, _ in _splits(name, plain))


def default_unit(sign: str) -> str:
    """Give the unit that a bare name implies; empty for a temperature, which is ambiguous without one."""
    return "" if sign == "temperature_c" else VITAL_BY_NAME[sign].unit


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    return re.sub(r"[\s\-./]+", "_", text).strip("_")


def _splits(name: str, plain: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if match := _BRACKETED.fullmatch(unicodedata.normalize("NFKC", name).casefold().strip()):
        found.append((_plain(match[1]), match[2]))
    parts = plain.split("_")
    found += [("_".join(parts[:cut]), "_".join(parts[cut:])) for cut in range(1, len(parts))]
    return found
