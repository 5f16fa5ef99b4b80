"""What a note says about the patient's chest that changes how a film has to be read: devices and operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medmm.core.words import Words
from medmm.records.negation import find_negations
from medmm.records.sections import find_sections

_PATTERNS: dict[str, str] = {
    "context_pacemaker": (
        r"\b(?:pace-?makers?|ppm|icd(?![- ]?(?:9|10|11)\b)|crt-[dp]|implantable (?:cardioverter|defibrillator)|"
        r"defibrillator in situ)\b|起搏器|除颤器"
    ),
    "context_pneumonectomy": (
        r"\b(?:pneumonectom(?:y|ies)|lobectom(?:y|ies)|bilobectomy|lung resection)\b|肺切除|肺叶切除"
    ),
    "context_post_operative": (
        r"\b(?:post-?\s?op(?:erative(?:ly)?)?|pod\s?#?\d+|sternotomy|thoracotomy|(?:s/p|status post|after|following)\s+"
        r"(?:\w+\s+){0,2}(?:cabg|bypass|valve (?:replacement|repair)|heart transplant\w*|lung transplant\w*|"
        r"cardiac surgery|heart surgery|thoracic surgery|esophagectomy|oesophagectomy|vats))\b|"
        r"(?:心|胸|肺|冠脉|搭桥|瓣)[^，。；]{0,6}术后|术后第?\s?\d+\s?[天日]|开胸"
    ),
}
FLAG_WORDS = {
    "context_pacemaker": Words("a pacemaker or defibrillator"),
    "context_pneumonectomy": Words("a removed lung or lobe"),
    "context_post_operative": Words("an operation on the chest or a post-operative state"),
}
_SEARCHES = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _PATTERNS.items()}
# What relatives have is no state of this patient.
OTHERS = ("family_history", "header")
# "Removed" after the device, or a question for one, is no device in place.
_NOT_IN_PLACE = re.compile(
    r"^\W{0,2}(?:was |has been |now )?(?:removed|explanted|declined|planned|candidate|\?)", re.IGNORECASE
)
_PLANNED = re.compile(
    r"(?:\bfor|\bplanned|\bawaiting|\bconsider(?:ed|ing)?|\bpre-?op\w*|\bcandidate for)\s+(?:\w+\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class ContextFlag:
    """code: one of FLAG_WORDS; start and end: the words of the note that say it."""

    code: str
    start: int
    end: int


def find_context(text: str) -> tuple[ContextFlag, ...]:
    """Find the first affirmed mention of each flag, in the order of FLAG_WORDS."""
    denials = [(negation.scope_start, negation.scope_end) for negation in find_negations(text)]
    denials += [(part.start, part.end) for part in find_sections(text) if part.name in OTHERS]
    firsts = (next(_mentions(code, text, denials), None) for code in FLAG_WORDS)
    return tuple(flag for flag in firsts if flag is not None)


def _mentions(code: str, text: str, outside: list[tuple[int, int]]) -> Iterator[ContextFlag]:
    for match in _SEARCHES[code].finditer(text):
        is_outside = any(start <= match.start() < end for start, end in outside)
        is_planned = _PLANNED.search(text[max(0, match.start() - 40) : match.start()])
        if not (is_outside or is_planned or _NOT_IN_PLACE.search(text[match.end() : match.end() + 24])):
            yield ContextFlag(code, match.start(), match.end())
