"""Made-up identities, the same in film, note and vitals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np

Language = Literal["en", "zh"]
CHINESE_SHARE = 0.10

_FAMILY = (
    "MILLER",
    "BAKER",
    "OKAFOR",
    "LINDQVIST",
    "SANTOS",
    "KELLER",
    "NOVAK",
    "HUGHES",
    "MORETTI",
    "DUBOIS",
    "YILMAZ",
    "JANSEN",
    "KOWALSKI",
    "SINGH",
    "TANAKA",
    "ROSSI",
    "FISCHER",
    "HARRIS",
    "OBRIEN",
    "LARSEN",
    "COSTA",
    "PETROV",
    "MWANGI",
    "HASSAN",
    "GARCIA",
    "WEBER",
    "BRANDT",
    "COLLINS",
    "DOYLE",
    "ADEYEMI",
)
_WOMEN = (
    "ANNA",
    "MARIA",
    "GRACE",
    "EVELYN",
    "FATIMA",
    "INGRID",
    "ROSA",
    "HELEN",
    "CLARA",
    "YUKI",
    "PRIYA",
    "NADIA",
    "JOAN",
    "LUCIA",
    "EMMA",
    "RUTH",
)
_MEN = (
    "JOHN",
    "PETER",
    "DAVID",
    "OMAR",
    "ERIK",
    "CARLOS",
    "IVAN",
    "THOMAS",
    "SAMUEL",
    "KENJI",
    "ARJUN",
    "MARK",
    "LUCA",
    "PAUL",
    "ADAM",
    "HUGO",
)
_FAMILY_ZH = (
    ("WANG", "王"),
    ("LI", "李"),
    ("ZHANG", "张"),
    ("LIU", "刘"),
    ("CHEN", "陈"),
    ("YANG", "杨"),
    ("ZHAO", "赵"),
    ("HUANG", "黄"),
    ("ZHOU", "周"),
    ("WU", "吴"),
)
_WOMEN_ZH = (
    ("XIAOHONG", "小红"),
    ("XIUYING", "秀英"),
    ("MEI", "梅"),
    ("LIHUA", "丽华"),
    ("FANG", "芳"),
    ("YULAN", "玉兰"),
)
_MEN_ZH = (
    ("WEI", "伟"),
    ("JIANGUO", "建国"),
    ("QIANG", "强"),
    ("ZHIMING", "志明"),
    ("HAITAO", "海涛"),
    ("DEHUA", "德华"),
)


@dataclass(frozen=True)
class Person:
    """Identity and time of the study; name in DICOM PN form."""

    patient_id: str
    name: str
    birth_date: datetime
    is_female: bool
    study_time: datetime
    language: Language

    @property
    def sex(self) -> str:
        """DICOM sex code."""
        return "F" if self.is_female else "M"


def draw_person(
    rng: np.random.Generator, *, seed: int, index: int, age: int, is_female: bool, language: Language | None
) -> Person:
    """Make up a person; without a language a tenth of the patients are Chinese."""
    chosen: Language = "zh" if rng.random() < CHINESE_SHARE else "en"
    chosen = language or chosen
    study = datetime(2022, 1, 1) + timedelta(minutes=int(rng.integers(0, 4 * 365 * 24 * 60)))
    birth = datetime(study.year - age, 1, 1) - timedelta(days=int(rng.integers(1, 365)))
    return Person(
        patient_id=f"SIM{(seed * 100_003 + index) % 1_000_000:06d}",
        name=_draw_name(rng, is_female=is_female, language=chosen),
        birth_date=birth,
        is_female=is_female,
        study_time=study,
        language=chosen,
    )


def _draw_name(rng: np.random.Generator, *, is_female: bool, language: Language) -> str:
    if language == "en":
        return f"{rng.choice(_FAMILY)}^{rng.choice(_WOMEN if is_female else _MEN)}"
    family, given = _FAMILY_ZH[int(rng.integers(len(_FAMILY_ZH)))], (_WOMEN_ZH if is_female else _MEN_ZH)
    first = given[int(rng.integers(len(given)))]
    return f"{family[0]}^{first[0]}={family[1]}^{first[1]}"
