"""Read a clinical note from a plain text file (.txt, .md)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from medmm.core.errors import IdentityMismatch, InvalidRecord, UnreadableFile
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import ClinicalNote
from medmm.core.words import Words
from medmm.records.decoding import DecodedText, read_text
from medmm.records.formats import name_structured
from medmm.records.headers import NoteHeader, find_header
from medmm.records.sections import find_sections

MAX_BYTES = 5_000_000
LONG_NOTE = 50_000
MIN_HAN_SHARE = 0.15


def read_note(path: Path, *, encoding: str = "") -> ClinicalNote:
    """Read a note; every character is kept, only line ends become \\n.

    All offsets (sections, negations, token weights) are into ClinicalNote.text, that is after the byte order mark is
    taken off and \\r\\n and lone \\r have become \\n; they are no byte offsets of the file.
    encoding: used where the file is neither UTF-8 nor marked UTF-16; nothing is guessed.
    Raises UnreadableFile, InvalidRecord, or IdentityMismatch for a note that names two patients.
    """
    decoded = read_text(path, encoding=encoding, max_bytes=MAX_BYTES)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if kind := name_structured(text):
        raise UnreadableFile(
            Words("{name} is {kind}, not a note in plain text", name=path.name, kind=kind),
            Words("Save its text as .txt."),
            path,
        )
    if not any(_is_visible(char) for char in text):
        message = Words("{name} holds no text; that is not the same as a note without findings", name=path.name)
        raise InvalidRecord(message, Words("Remove the file or write the note into it."), path)
    header = _header(text, path)
    return ClinicalNote(
        text=text,
        path=path,
        identity=header.identity,
        encoding=decoded.encoding,
        language=guess_language(text),
        written_at=header.written_at,
        sections=find_sections(text),
        sha256=decoded.sha256,
        notes=(*header.notes, *_doubts(text, decoded)),
    )


def guess_language(text: str) -> str:
    """Guess zh or en by the share of Chinese characters among the letters; empty for a text without letters."""
    letters = [char for char in text[:20_000] if char.isalpha()]
    if not letters:
        return ""
    n_han = sum("\u3400" <= char <= "\u9fff" for char in letters)
    return "zh" if n_han >= MIN_HAN_SHARE * len(letters) else "en"


def _header(text: str, path: Path) -> NoteHeader:
    try:
        return find_header(text, source=f"note {path.name}")
    except IdentityMismatch as error:
        raise IdentityMismatch(
            Words("{name}: {message}", name=path.name, message=error.message), error.hint, path
        ) from error


def _doubts(text: str, decoded: DecodedText) -> list[QualityNote]:
    notes = []
    if decoded.encoding not in ("utf-8", "utf-16-le", "utf-16-be"):
        words = Words("The note was read as {encoding}, as declared.", encoding=decoded.encoding)
        notes.append(QualityNote("encoding_declared", words, Severity.INFO, InputKind.NOTE))
    n_odd = sum(unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs") for char in text if char not in "\n\t")
    if n_odd:
        words = Words("The note holds {n_odd:,} invisible or control characters.", n_odd=n_odd)
        notes.append(QualityNote("control_characters", words, Severity.WARNING, InputKind.NOTE))
    if len(text) > LONG_NOTE:
        words = Words(
            "The note is very long ({n_text:,} characters); the model may not see all of it.", n_text=len(text)
        )
        notes.append(QualityNote("note_long", words, Severity.WARNING, InputKind.NOTE))
    return notes


def _is_visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char)[0] != "C"
