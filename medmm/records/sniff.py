"""Tell by content whether a file is a clinical note, a table or a recording; a name's suffix is only a hint."""

from __future__ import annotations

import stat
from pathlib import Path

from medmm.core.errors import IdentityMismatch
from medmm.core.words import Words
from medmm.records.formats import UTF16_BOMS, name_binary, name_structured
from medmm.records.headers import find_header
from medmm.records.rows import find_delimiter
from medmm.records.sections import find_headings
from medmm.records.vocabulary import find_meaning
from medmm.records.wave_file import is_wave

HEAD_BYTES = 64_000
TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
AUDIO_SUFFIXES = frozenset({".wav", ".wave"})
NOTE_SUFFIXES = frozenset({".txt", ".md", ".text", ".note"})


def is_table(path: Path) -> bool:
    """Tell whether a file is, or claims by its suffix to be, a table in text form (CSV, TSV).

    A damaged .csv is still a table: its reader then says what is wrong with it.
    """
    head = _head(path)
    if head is None:
        return False
    return path.suffix.casefold() in TABLE_SUFFIXES or _has_table_header(_lenient_text(head))


def is_note(path: Path) -> bool:
    """Tell whether a file is, or claims by its suffix to be, a clinical note in plain text.

    A binary named .txt is still a note: its reader then says what it really is.
    """
    head = _head(path)
    if head is None or path.suffix.casefold() in TABLE_SUFFIXES:
        return False
    text = _lenient_text(head)
    if path.suffix.casefold() in NOTE_SUFFIXES:
        return not _has_table_header(text)
    if name_binary(head) or "\x00" in text or name_structured(text) or _has_table_header(text):
        return False
    return _names_a_patient(text) or len(find_headings(text)) >= 2


def is_recording(path: Path) -> bool:
    """Tell whether a file is, or claims by its suffix to be, a WAV recording.

    A damaged .wav is still a recording: its reader then says what is wrong with it.
    """
    head = _head(path)
    return head is not None and (path.suffix.casefold() in AUDIO_SUFFIXES or is_wave(head))


def what_it_is(path: Path) -> Words:
    """Say of a file that is none of these what it is, as far as its first bytes tell."""
    head = _head(path) or b""
    kind = name_binary(head) or name_structured(_lenient_text(head))
    if kind:
        return Words("It is {kind}: neither an image nor a note, vital signs or a recording that is read.", kind=kind)
    return Words("Neither an image nor a note, vital signs or a recording.")


def _names_a_patient(text: str) -> bool:
    try:
        return bool(find_header(text).identity.patient_id)
    except IdentityMismatch:
        return True  # it names two, which its reader says


def _head(path: Path) -> bytes | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError:
        return None  # "is it a note?" has the answer no; the folder's scan lists the file as unreadable


def _lenient_text(head: bytes) -> str:
    # Only for looking: a note is never made of text that was decoded like this.
    return head.decode("utf-16" if head.startswith(UTF16_BOMS) else "utf-8-sig", errors="ignore")


def _has_table_header(text: str) -> bool:
    first = next((line for line in text[:20_000].splitlines() if line.strip()), "")
    delimiter = find_delimiter(first)
    if not delimiter:
        return False
    meanings = [find_meaning(cell.strip().strip('"')) for cell in first.split(delimiter)]
    return sum(meaning is not None for meaning in meanings) >= 2
