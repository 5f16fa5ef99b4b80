"""The age and sex that the running text of a note gives its patient: "83-year-old woman", "男，68岁"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AGE = r"(?P<age>\d{1,3})\s?[- ]?(?:year|yr)s?[- ]?\s?old|(?P<age2>\d{1,3})\s?[- ]?(?:y/?o|yo|yrs?)\b"
_SEX = r"(?P<sex>woman|man|female|male|lady|gentleman|girl|boy|[FM]\b)"
_ENGLISH = re.compile(rf"(?:{_AGE})(?:[\s,-]+(?:\w+\s+){{0,2}}?{_SEX})?", re.IGNORECASE)
_CHINESE = re.compile(r"(?:(?P<sex1>[男女])性?[，,、\s]{0,2})?(?P<age>\d{1,3})\s?岁(?:[，,、\s]{0,2}(?P<sex2>[男女]))?")
# Ages of relatives stand behind them: "his 72-year-old mother".
_RELATIVE = re.compile(
    r"\b(?:mother|father|wife|husband|son|daughter|brother|sister|child|baby|aunt|uncle|grand\w+|partner)\b", re.I
)
_WOMEN = frozenset({"woman", "female", "lady", "girl", "f", "女"})
MAX_AGE = 120


@dataclass(frozen=True)
class PersonInText:
    """age_years: None where the text gives none; sex: F, M or empty."""

    age_years: int | None = None
    sex: str = ""


def find_person(text: str) -> PersonInText:
    """Give the first age in the text that is the patient's own, and the sex that goes with it."""
    for match in sorted((*_ENGLISH.finditer(text), *_CHINESE.finditer(text)), key=lambda found: found.start()):
        named = match.groupdict()
        age = int(named["age"] or named.get("age2") or 0)
        near = text[max(0, match.start() - 20) : match.end() + 15]
        if 0 < age <= MAX_AGE and not _RELATIVE.search(near):
            sex = (named.get("sex") or named.get("sex1") or named.get("sex2") or "").lower()
            return PersonInText(age, ("F" if sex in _WOMEN else "M") if sex else "")
    return PersonInText()
