"""The shape of one language's wording."""

from collections.abc import Mapping
from dataclasses import dataclass

Phrases = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True)
class Lexicon:
    """Phrases by concept as (said when it holds, said when it does not), and the note's frame."""

    titles: tuple[str, str, str, str, str, str]
    complaint: Phrases
    past: Phrases
    social: Phrases
    exam: Phrases
    opening: tuple[str, ...]
    sexes: tuple[str, str]
    onset: tuple[str, ...]
    indications: tuple[str, ...]
    family: tuple[str, ...]
    general: tuple[str, ...]
    questions: tuple[str, ...]
    nothing: str
    comma: str
    stop: str
    colon: str
