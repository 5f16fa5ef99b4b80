"""Which side of the chest a note speaks of, and whether it denies it; "L1" is a vertebra and "left home" no side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from medmm.records.negation import find_negations

Side = Literal["L", "R"]

# What "left" and "right" mean where they name no side of the chest.
_NO_SIDE_BEFORE = (
    r"(?:\b(?:he|she|they|who|patient|pt|has|had|have|just|was|were|been|is|being|self)\s+)(?=left\b)"
    r"(?!left[- ](?:sided|lung|chest|upper|lower|mid|base|basal|pleural|apex|apical|hilar|hemithorax|rib))"
)
_NO_SIDE_AFTER = (
    r"(?:\s+|-)(?:total\s+)?(?:the|a|an|his|her|hospital|home|ward|work|against|ama|without\s+being|now|away|after|before|"
    r"ventric\w*|atri\w*|heart|bundle|axis|coronary|main\s+coronary|shoulder|hand(?:ed)?|hander|arm|leg|knee|hip|foot|ankle|"
    r"eye|ear|wrist|elbow|thigh|calf|hemi\w*(?<!hemithorax)(?<!hemidiaphragm)|iliac|kidney|ovary|testi\w*|breast|"
    r"temporal|frontal|parietal|occipital|femoral|carotid|cubital|ilium|groin|toe|finger|thumb)\b"
)
_WORD = re.compile(
    rf"(?P<no>{_NO_SIDE_BEFORE})?\b(?P<side>left|right|lt|rt)\b(?P<after>{_NO_SIDE_AFTER})?", re.IGNORECASE
)
_RIGHT_IS_NO_SIDE = re.compile(r"\b(?:all|just|that'?s|quite)\s+$", re.IGNORECASE)
# A single letter is a side only where it stands before a part of the chest or in brackets: never "L1", "R 16/min".
_LETTER = re.compile(
    r"(?<![\w/.+-])(?:\((?P<boxed>[LR])\)|(?P<letter>[LR])(?=[- ]?(?:sided\b|lung\b|base\b|basal\b|lower\b|upper\b|"
    r"mid(?:dle)?\b|apex\b|apical\b|pleural\b|hilar\b|hilum\b|hemithorax\b|chest\b|pneumothorax\b|ptx\b|effusion\b|"
    r"lobe\b|zone\b)))"
)
# LUL, RLL, RML ...: lobes.
_LOBE = re.compile(r"\b(?P<lobe>[LR])(?:UL|LL|ML|UZ|LZ|MZ)\b")
_CHINESE = re.compile(r"(?<!向)(?P<zh>[左右])(?=侧?(?:肺|胸|上|下|中|膈|肋|侧|叶))")


@dataclass(frozen=True)
class SideMention:
    """A side and the characters that name it; is_denied: it stands in what the note denies."""

    side: Side
    start: int
    end: int
    is_denied: bool


def find_sides(text: str) -> tuple[SideMention, ...]:
    """Find every mention of a side of the chest, in order of place."""
    denials = [(negation.scope_start, negation.scope_end) for negation in find_negations(text)]
    found = {match.start("side"): (match["side"][0], match.end("side")) for match in _words(text)}
    for pattern, groups in ((_LETTER, ("boxed", "letter")), (_LOBE, ("lobe",)), (_CHINESE, ("zh",))):
        for match in pattern.finditer(text):
            group = next(name for name in groups if match[name])
            found[match.start(group)] = (match[group], match.end(group))
    return tuple(
        SideMention(
            "L" if name.upper() in ("L", "左") else "R",
            start,
            end,
            any(first <= start < last for first, last in denials),
        )
        for start, (name, end) in sorted(found.items())
    )


def affirmed_side(text: str) -> Side | None:
    """Give the side of the chest that a note is about: the only one that it names and does not deny; else None."""
    sides = {mention.side for mention in find_sides(text) if not mention.is_denied}
    return next(iter(sides)) if len(sides) == 1 else None


def _words(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in _WORD.finditer(text)
        if not match["no"] and not match["after"] and not _RIGHT_IS_NO_SIDE.search(text[: match.start()][-12:])
    ]
