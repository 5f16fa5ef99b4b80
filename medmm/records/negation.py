"""Find what a note denies: each negation cue together with the words in its scope.

After NegEx (Chapman et al. 2001) and its terminators, with cues of our own in English and Chinese. Scope ends at
punctuation or at a conjunction that turns; a comma ends it only where no list goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from medmm.core.record import Negation

MAX_SCOPE_WORDS = 14
MAX_SCOPE_ZH = 30
# How far a cue looks: 400 characters ahead, 80 back, and a phrase that denies nothing around it.
REACH = 600

# Longest first where one is the beginning of another. "No" in these phrases denies nothing.
_PSEUDO_EN = (
    r"no (?:significant |interval |definite )*(?:increase|change)", r"not only", r"not certain", r"not necessarily",
    r"no further", r"without (?:any )?(?:difficulty|further)", r"gram[- ]negative", r"not drain", r"no longer than",
    r"cannot (?:be )?(?:exclude|rule)[sd]?(?: out)?", r"can ?not (?:be )?(?:excluded?|ruled? out)",
    r"(?:is|was|are|were) not (?:excluded|ruled out)", r"not (?:excluded|ruled out)",
)  # fmt: skip
_BEFORE_EN = (
    r"no (?:evidence|signs?|suspicion|history|complaints?|symptoms?|findings?|indication) (?:of|for|suggesting)",
    r"(?:negative|neg) for", r"absence of", r"(?:free|clear) of", r"resolution of", r"den(?:ies|ied|ying|y)(?: any)?",
    r"without(?: any)?",
    r"w/o", r"rules? out", r"ruled out(?= \w)", r"never (?:had|has|been)?", r"neither", r"nor", r"no", r"not",
    r"none of",
)  # fmt: skip
_AFTER_EN = (
    r"(?:is|was|are|were|has been|have been) (?:ruled out|excluded|absent|negative|denied|not (?:seen|present|"
    r"identified|demonstrated|visualized|visualised|found|observed|detected))",
    r"(?:not (?:seen|present|identified|found|observed|detected))", r"absent", r"ruled out", r"negative",
    r"(?:has|have) (?:\w+ )?resolved", r"resolved",
)  # fmt: skip
_STOP_EN = re.compile(
    r"\.(?!\d)|[;:!?\n()\[\]]|\b(?:but|however|although|though|except|apart from|aside from|yet|still|despite|because|"
    r"which|who|presents?|presented|complains?|reports?|reported|admits?|endorses?|has|had|have|shows?|showed|reveals?|"
    r"positive for|secondary to|due to|since|until|while|whereas|then|now|is|was|are|were)\b|"
    # After a comma a number, a verb of finding or a fresh "with" starts something new; else the list goes on.
    r",(?=\s*(?:and |with |bp|hr|rr|temp|t |spo2|bp\b|\d|mild|moderate|severe|there|she|he|patient|positive|stable|"
    r"afebrile|alert|the|normal|clear|consistent|likely|possible|suspicious for|suggest\w*|recommend\w*|unchanged)\b)",
    re.IGNORECASE,
)
_PSEUDO_ZH = ("无力", "无法", "无名", "无菌", "无创", "无效", "不能排除", "不除外", "不排除", "未排除", "无时无刻")
_BEFORE_ZH = (
    "未见明显", "未见", "未闻及", "未闻", "未触及", "未触", "未及", "未发现", "未发生", "未提示", "未出现", "未诉",
    "否认", "没有", "并无", "无明显", "无", "排除了", "已排除", "排除", "不伴", "不伴有", "缺乏",
)  # fmt: skip
_AFTER_ZH = ("阴性", "(-)", "（-）", "（－）", "已排除", "不明显")
_STOP_ZH = re.compile(
    r"[，。；：！？,;:!?\n()（）]|但|却|而|仍|然而|除了|除外|伴有|下出现|后出现|出现|提示|考虑|于是|现有|有(?!无)"
)

_PSEUDO = re.compile(rf"\b(?:{'|'.join(_PSEUDO_EN)})\b|{'|'.join(_PSEUDO_ZH)}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?P<en>(?<![\w/])(?:{'|'.join(_BEFORE_EN)})(?![\w/-]))|(?P<zh>{'|'.join(sorted(_BEFORE_ZH, key=len)[::-1])})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?P<en>\b(?:{'|'.join(_AFTER_EN)})\b(?! for))|(?P<zh>{'|'.join(map(re.escape, _AFTER_ZH))})", re.IGNORECASE
)
_OR = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_CLAUSE_EDGE = re.compile(r"\.(?!\d)|[,;:!?\n，。；：！？、]|\b(?:and|but|with)\b", re.IGNORECASE)


def find_negations(text: str) -> tuple[Negation, ...]:
    """Find every cue with its target, in order of place; a cue without a target is left out."""
    pseudo = [match.span() for match in _PSEUDO.finditer(text)]
    looking_back = [match.span() for match in _AFTER.finditer(text)]
    found = [*_forward(text, sorted([*pseudo, *looking_back])), *_backward(text, pseudo)]
    return tuple(sorted(found, key=lambda negation: negation.span))


def find_negations_within(text: str, start: int, end: int) -> tuple[Negation, ...]:
    """Find what `find_negations` would, where the cue begins in text[start:end], without reading the rest."""
    # Line ends, so that no word is cut in two; a line without an end is cut where it is.
    first = text.rfind("\n", 0, max(0, start - REACH)) + 1 if start > REACH else 0
    first = max(first, start - 2 * REACH)
    found = find_negations(text[first : end + REACH])
    moved = (_moved(negation, first) for negation in found)
    return tuple(negation for negation in moved if start <= negation.cue_start < end)


def find_negated(text: str) -> tuple[tuple[int, int], ...]:
    """Give the denied stretches, cues included, as character offsets without overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in (negation.span for negation in find_negations(text)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _moved(negation: Negation, by: int) -> Negation:
    return Negation(negation.cue_start + by, negation.cue_end + by, negation.scope_start + by, negation.scope_end + by)


def _forward(text: str, pseudo: list[tuple[int, int]]) -> Iterator[Negation]:
    last_end = 0
    for match in _BEFORE.finditer(text):
        if match.start() < last_end or _is_inside(match.start(), pseudo):
            continue
        end = _scope_end_zh(text, match.end()) if match["zh"] else _scope_end_en(text, match)
        start, end = _trimmed(text, match.end(), end)
        if start < end:
            # "no fever, no cough": the second cue opens a scope of its own.
            last_end = match.end()
            yield Negation(match.start(), match.end(), start, end)


def _backward(text: str, pseudo: list[tuple[int, int]]) -> Iterator[Negation]:
    for match in _AFTER.finditer(text):
        if _is_inside(match.start(), pseudo):
            continue
        window = text[max(0, match.start() - 80) : match.start()]
        edge = max((found.end() for found in _CLAUSE_EDGE.finditer(window.rstrip(" :："))), default=0)
        start, end = _trimmed(text, match.start() - len(window) + edge, match.start())
        if start < end:
            yield Negation(match.start(), match.end(), start, end)


def _scope_end_en(text: str, cue: re.Match[str]) -> int:
    start = cue.end()
    window = text[start : start + 400]
    stop = next((found.start() for found in _STOP_EN.finditer(window) if not _continues(window, found)), len(window))
    next_cue = next((found.start() for found in _BEFORE.finditer(window, 1) if found["en"]), len(window))
    words = list(_WORD.finditer(_listed(window[: min(stop, next_cue)], cue[0])))[:MAX_SCOPE_WORDS]
    return start + words[-1].end() if words else start


def _listed(scope: str, cue: str) -> str:
    # "No" takes a list only with an "or" in it: "no cough, fever or pain" but "no wheeze, bases clear".
    # Verbs and nouns ("denies a, b, c"; "negative for a, b, c") take any list.
    if cue.casefold() not in ("no", "not"):
        return scope
    items = scope.split(",")
    last = max((place for place, item in enumerate(items) if _OR.search(item)), default=0)
    return ",".join(items[: last + 1])


def _continues(window: str, found: re.Match[str]) -> bool:
    # A line that was only wrapped goes on in lower case; "a, b, and c" goes on after its comma.
    rest = window[found.end() :].lstrip(" ")
    if found[0] == "\n":
        return rest[:1].islower()
    return found[0] == "," and bool(re.match(r"and (?!(?:has|had|is|was|reports?|complains?)\b)", rest))


def _scope_end_zh(text: str, start: int) -> int:
    window = text[start : start + MAX_SCOPE_ZH]
    stop = _STOP_ZH.search(window)
    return start + (stop.start() if stop else len(window))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" ,，、:：\n")), end - len(piece) + len(piece.rstrip(" ,，、:：\n"))


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    # spans are sorted, and at most two of them overlap: only the last ones that begin before the place can hold it.
    after = bisect_right(spans, place, key=lambda span: span[0])
    return any(place < end for _, end in spans[max(0, after - 2) : after])
