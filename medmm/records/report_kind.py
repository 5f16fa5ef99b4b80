"""Is a note the reading of a film rather than what was known before it? Such a note holds the answer."""

from __future__ import annotations

import re

from medmm.records.sections import find_sections

_TITLE = re.compile(
    r"^\W*(?:final |preliminary |diagnostic )?(?:radiology|radiologist'?s?|radiological|imaging|"
    r"diagnostic imaging|x-?ray|cxr|chest (?:x-?ray|radiograph|film)|ct)(?: \w+){0,2} report\b|"
    r"(?:放射|影像|X线|CT|胸片)[^\n]{0,8}报告",
    re.IGNORECASE | re.MULTILINE,
)
# What those who saw the patient write and those who read the film do not.
_OF_CLINICIANS = frozenset(
    {"complaint", "present_illness", "exam", "medications", "vitals", "review_of_systems", "course"}
)
_WITH_FINDINGS = frozenset({"assessment", "technique", "comparison"})
# Phrases of reading; three different ones make a reading without headings.
_PHRASES = (
    r"cardiomediastinal (?:silhouette|contour)", r"costophrenic (?:angle|sulc)",
    r"lungs (?:are|remain|appear) (?:\w+ )?clear",
    r"no (?:focal )?(?:consolidation|airspace (?:disease|opacity))", r"no (?:pleural )?effusions? or pneumothora",
    r"pulmonary vascula(?:rity|ture)", r"heart (?:size )?(?:is|and) (?:\w+ ){0,2}(?:normal|enlarged|mediastin)",
    r"(?:osseous|bony) (?:structures|thorax)", r"no acute (?:cardiopulmonary|osseous|pulmonary)", r"hemidiaphragm",
    r"(?:heart|cardiac|mediastinal)\b[^.]{0,40}\b(?:within normal limits|normal in (?:size|contour)|unremarkable)",
    r"no (?:pneumothorax|pleural effusion)[^.]{0,30}(?:pneumothorax|pleural effusion|consolidation)",
    r"\b(?:is|are) (?:seen|noted|identified|visuali[sz]ed|demonstrated)\b", r"lung volumes|hyperinflat|hypoinflat",
    r"degenerative (?:changes|disease)[^.]{0,20}spine", r"interstitial (?:markings|opacit)|granuloma|atelectasis",
    r"radiographic(?:ally)?", r"两肺纹理", r"心影", r"肋膈角", r"膈面光", r"肺野(?:清|未)",
)  # fmt: skip
_PHRASE = [re.compile(phrase, re.IGNORECASE) for phrase in _PHRASES]
ENOUGH_PHRASES = 3
MAX_TITLE_AT = 400


def is_reading(text: str) -> bool:
    """Tell whether a text is the report of an imaging study: by its title, its sections, or how it is worded."""
    if _TITLE.search(text[:MAX_TITLE_AT]):
        return True
    names = {section.name for section in find_sections(text)}
    if names & _OF_CLINICIANS:
        return False
    if "findings" in names and names & _WITH_FINDINGS:
        return True
    return sum(bool(phrase.search(text)) for phrase in _PHRASE) >= ENOUGH_PHRASES
