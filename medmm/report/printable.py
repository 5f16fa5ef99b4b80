"""Patient text made printable: controls and characters without a font become visible, never boxes or tricks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

from medmm.report.fonts import without_font
from medmm.report.value import Check, Report

# Bidirectional embeddings and overrides can make a value read backwards (Unicode TR 36, section 2.4).
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
REPLACEMENT = "\ufffd"
# The longest identifier of DICOM (LO, UI: 64); a hash is as long. The template wraps those without a mark.
LONGEST_WORD = 64
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def font_check(report: Report) -> tuple[Check, ...]:
    """Warn when characters of the report have no font here and are printed as code points."""
    missing = sorted(unprintable(report))
    if not missing:
        return ()
    listed = ", ".join(code_point(character) for character in missing[:6]) + (", …" if len(missing) > 6 else "")
    what = "character has" if len(missing) == 1 else "characters have"
    return (
        Check(
            "warning",
            "no_font",
            f"{len(missing)} {what} no font on this machine and appear as code points in brackets: {listed}. "
            "Install the Noto fonts (Debian, Ubuntu: fonts-noto) and write the report again.",
        ),
    )


def unprintable(report: Report) -> frozenset[str]:
    """Collect the characters of a report that no font on this machine can show."""
    text = "".join(_visible(character) for part in _strings(report) for character in part)
    # Format characters (joiners, marks of direction) shape others; variation selectors choose among glyphs.
    return without_font(
        frozenset(c for c in set(text) if unicodedata.category(c) != "Cf" and not "\ufe00" <= c <= "\ufe0f")
    )


def printable(text: str, missing: frozenset[str] = frozenset()) -> str:
    """Make a string safe to set: one line, no controls, code points for the `missing` characters."""
    cleaned = "".join(_visible(character) for character in text)
    shown = "".join(f"[{code_point(c)}]" if c in missing else c for c in cleaned) if missing else cleaned
    return _breakable(shown)


def code_point(character: str) -> str:
    """Write a character as U+4E2D."""
    return f"U+{ord(character):04X}"


@lru_cache(maxsize=8192)
def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t":
        return " "
    hidden = category in ("Cc", "Cs", "Co") or character in BIDI_CONTROLS
    return REPLACEMENT if hidden else character


def _breakable(text: str) -> str:
    """Let a word that is longer than any real one break, so that it cannot run off the page."""
    if len(text) <= LONGEST_WORD or all(len(word) <= LONGEST_WORD for word in text.split()):
        return text
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD or not word.isascii():
        return word
    return "\u200b".join(word[i : i + LONGEST_WORD // 2] for i in range(0, len(word), LONGEST_WORD // 2))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for spec in fields(value):
            yield from _strings(getattr(value, spec.name))
