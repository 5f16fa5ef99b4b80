"""Names of a patient's sides (PS3.3 C.7.6.1.1.1): the letters of people, and the longer ones of animals."""

from __future__ import annotations

import re

_people = re.compile(r"[LRAPHF]{1,3}").fullmatch
_animals = re.compile(r"(?:LE|RT|CR|CD|PR|DI|PA|PL|D|V|M|L|R)+").fullmatch
_parts = re.compile(r"LE|RT|CR|CD|PR|DI|PA|PL|D|V|M|L|R").findall
OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "H": "F", "F": "H"}
OPPOSITE_OF_ANIMALS = {
    "LE": "RT", "RT": "LE", "D": "V", "V": "D", "CR": "CD", "CD": "CR", "PR": "DI", "DI": "PR", "M": "L", "L": "M",
    "R": "CD", "PA": "D", "PL": "D",
}  # fmt: skip
# The axes of the patient coordinate system under their names on four legs.
ON_FOUR_LEGS = {"L": "LE", "R": "RT", "A": "V", "P": "D", "H": "CR", "F": "CD"}


def stated_side(text: str, *, is_animal: bool) -> str:
    """Give a side as a file states it; empty where it is no name of a side, or one of two meanings.

    For an animal L is lateral and R rostral; alone they could be taken for left and right and are left out.
    """
    text = text.strip().upper()
    if _people(text):
        return "" if is_animal else text
    return text if _animals(text) else ""


def opposite(side: str) -> str:
    """Name the opposite side: "LA" to "RP", "LECR" to "RTCD"."""
    if not side or _people(side):
        return "".join(OPPOSITE[letter] for letter in side)
    return "".join(OPPOSITE_OF_ANIMALS[part] for part in _parts(side))


def on_four_legs(side: str) -> str:
    """Rename the letters of people: "LP" to "LED"."""
    return "".join(ON_FOUR_LEGS[letter] for letter in side)
