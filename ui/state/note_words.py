"""A note's title, its sections and its remarks in words."""

from __future__ import annotations

import re

from medmm.core.prediction import CaseResult
from medmm.core.record import ClinicalNote, NoteSection
from ui.language import told, tr
from ui.state.time_words import moment_words

_HEADING_END = re.compile(r"[:：\n】\]]")


def note_line(note: ClinicalNote) -> str:
    """Name a note by date and title, as a reader chooses among several."""
    when = moment_words(note.written_at) if note.written_at else tr("no date")
    return f"{when}  ·  {note.title}"


def section_title(name: str) -> str:
    """Give a section's name for people."""
    titles = {
        "header": tr("Header"),
        "note": tr("Note"),
        "complaint": tr("Chief complaint"),
        "present_illness": tr("Present illness"),
        "history": tr("Past history"),
        "family_history": tr("Family history"),
        "social_history": tr("Social history"),
        "medications": tr("Medications"),
        "allergies": tr("Allergies"),
        "review_of_systems": tr("Review of systems"),
        "exam": tr("Examination"),
        "vitals": tr("Vital signs"),
        "labs": tr("Laboratory"),
        "indication": tr("Indication"),
        "technique": tr("Technique"),
        "comparison": tr("Comparison"),
        "findings": tr("Findings"),
        "assessment": tr("Assessment"),
        "plan": tr("Plan"),
        "course": tr("Course"),
    }
    return titles.get(name, name.replace("_", " ").capitalize())


def heading_end(text: str, section: NoteSection) -> int:
    """Give the offset after a section's heading; its start where it has none."""
    if section.name in ("header", "note"):
        return section.start
    line = text[section.start : min(section.end, section.start + 120)]
    # A heading in brackets closes itself: the colon of its text is not the heading's.
    found = _HEADING_END.search(line)
    return section.start + (found.start() + (found[0] in "】]") if found else len(line))


def note_remark(note: ClinicalNote | None, result: CaseResult | None) -> str:
    """Say what is doubtful about a note, and how much of it the model read."""
    if note is None:
        return tr("There is no clinical note among this patient's files.")
    lines = [told(remark.message) for remark in note.notes]
    if result is not None and result.note_coverage is not None and result.note_coverage < 1:
        words = tr("The model read {share} of the note; the rest did not fit.")
        lines.append(words.format(share=f"{result.note_coverage:.2f}"))
    return "\n".join(lines)
