"""Names and sexes as people and systems write them, brought to DICOM's form without guessing an order."""

from __future__ import annotations

import re
import unicodedata

SEXES = {
    "m": "M", "male": "M", "man": "M", "boy": "M", "男": "M", "男性": "M",
    "f": "F", "female": "F", "woman": "F", "girl": "F", "女": "F", "女性": "F",
    "o": "O", "other": "O",
}  # fmt: skip
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BRACKETS = re.compile(r"([^()（）]+?)\s*[(（]([^()（）]+)[)）]")


def parse_sex(text: str) -> str:
    """Give M, F or O, empty for anything else."""
    return SEXES.get(unicodedata.normalize("NFKC", text).strip(" .").casefold(), "")


def to_person_name(text: str) -> str:
    """Bring "Smith, John" to "Smith^John" and "Wang Xiaohong (王小红)" to "Wang Xiaohong=王小红" (PS3.5 6.2)."""
    plain = " ".join(text.split())
    if match := _BRACKETS.fullmatch(plain):
        latin, other = sorted((match[1].strip(), match[2].strip()), key=lambda part: bool(_HAN.search(part)))
        if _HAN.search(other) and not _HAN.search(latin):
            return f"{to_person_name(latin)}={other}"
        return plain
    if plain.count(",") == 1 and "^" not in plain:
        family, given = (part.strip() for part in plain.split(","))
        return f"{family}^{given}" if family and given else plain.strip(", ")
    return plain


def name_words(group: str) -> frozenset[str]:
    """Give the words of one name group for comparison; ideographic names are one word without spaces.

    Prefixes and suffixes (the fourth and fifth component) and titles do not tell people apart.
    """
    core = "^".join(group.split("^")[:3])
    if _HAN.search(core):
        return frozenset({re.sub(r"[\s^·]+", "", unicodedata.normalize("NFKC", core))})
    words = re.split(r"[\s^,.·]+", unicodedata.normalize("NFKC", core).casefold())
    return frozenset(word for word in words if word and word not in TITLES)


def name_scripts(group: str) -> frozenset[str]:
    """Give the scripts that a name is written in, e.g. {"LATIN"}: only like scripts can be compared."""
    return frozenset(unicodedata.name(char, "?").split()[0] for char in group if char.isalpha())
