"""Find the sections of a clinical note by their headings, English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from medmm.core.record import NoteSection

_HEADINGS: dict[str, tuple[str, ...]] = {
    "complaint": ("chief complaint", "chief complaints", "presenting complaint", "reason for visit", "cc", "主诉"),
    "present_illness": (
        "history of present illness", "history of presenting illness", "present illness", "hpi", "现病史",
    ),
    "history": (
        "past medical history", "past surgical history", "medical history", "past history", "clinical history",
        "history", "pmh", "pmhx", "既往史", "病史", "个人史", "月经史", "婚育史",
    ),
    "family_history": ("family history", "fh", "social and family history", "家族史", "个人及家族史"),
    "social_history": ("social history", "sh", "社会史"),
    "medications": (
        "medications", "current medications", "home medications", "medication", "meds", "用药史", "目前用药", "用药",
    ),
    "allergies": ("allergies", "allergy", "drug allergies", "过敏史", "药物过敏史"),
    "review_of_systems": ("review of systems", "ros", "系统回顾"),
    "exam": (
        "physical examination", "physical exam", "examination", "exam", "pe", "on examination", "o/e", "查体",
        "体格检查", "专科检查", "体检",
    ),
    "vitals": ("vital signs", "vitals", "生命体征"),
    "labs": (
        "laboratory data", "laboratory results", "laboratory", "labs", "lab results", "实验室检查", "化验", "辅助检查",
    ),
    "indication": (
        "indication", "indications", "clinical indication", "reason for exam", "clinical question", "question",
        "检查目的", "问题", "临床诊断",
    ),
    "technique": ("technique", "procedure", "检查方法", "检查技术"),
    "comparison": ("comparison", "comparisons", "对比"),
    "findings": ("findings", "imaging", "chest x-ray", "chest radiograph", "cxr", "影像所见", "检查所见", "影像表现"),
    "assessment": (
        "assessment and plan", "assessment/plan", "assessment", "impression", "impressions", "diagnosis", "diagnoses",
        "a/p", "conclusion", "初步诊断", "诊断", "印象", "评估", "诊断意见", "影像诊断", "入院诊断",
    ),
    "plan": ("plan", "recommendation", "recommendations", "disposition", "诊疗计划", "计划", "处理", "处置", "建议"),
    "course": ("hospital course", "course", "interval history", "诊疗经过", "病程"),
}  # fmt: skip
# Every name that a section can have: what stands before the first heading, and a note without any, too.
SECTION_NAMES = (*_HEADINGS, "header", "note")
_SECTION_BY_HEADING = {heading: section for section, headings in _HEADINGS.items() for heading in headings}
_NAMES = "|".join(re.escape(name).replace(r"\ ", "[ _]") for name in sorted(_SECTION_BY_HEADING, key=len, reverse=True))
# A heading is its name and a colon at the start of a line, alone on a line when marked or in capitals,
# in 【】, or (capitalised, with a colon) after the end of a sentence.
_MARK = r"[ \t]*(?:#{1,6}[ \t]*|\*\*|\d{1,2}[.)、][ \t]*|[-*][ \t]+)?"
_LINE = re.compile(rf"^{_MARK}(?P<name>{_NAMES})(?:\*\*)?[ \t]*(?:[:：](?:\*\*)?|$)", re.IGNORECASE | re.MULTILINE)
_BOXED = re.compile(rf"[【\[](?P<name>{_NAMES})[】\]][:：]?", re.IGNORECASE)
_INLINE = re.compile(rf"(?:(?<=[.;!?] )|(?<=[。；！？]))(?P<name>{_NAMES})[ \t]*[:：]", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """Where a section begins; start is the offset of its heading line's first character."""

    section: str
    start: int


def find_headings(text: str) -> tuple[Heading, ...]:
    """Find the headings of a note in order of place."""
    marked = [match for pattern in (_LINE, _BOXED) for match in pattern.finditer(text)]
    names = {match.start("name") for match in marked}  # "2. Plan:" is one heading, not a second one after "2."
    inline = [
        match for match in _INLINE.finditer(text) if match.start() not in names and not match["name"][0].islower()
    ]
    found = {match.start(): _section(match["name"]) for match in (*inline, *marked)}
    return tuple(Heading(found[start], start) for start in sorted(found))


def _section(heading: str) -> str:
    return _SECTION_BY_HEADING[heading.casefold().replace("_", " ")]


def find_sections(text: str) -> tuple[NoteSection, ...]:
    """Split a note into sections that cover it without gap or overlap; what comes before the first heading is "header".

    A note without headings is one section "note"; an empty text has none.
    """
    if not text:
        return ()
    headings = find_headings(text)
    if not headings:
        return (NoteSection("note", 0, len(text)),)
    if headings[0].start > 0:
        headings = (Heading("header", 0), *headings)
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    return tuple(NoteSection(heading.section, heading.start, end) for heading, end in zip(headings, ends, strict=True))
