"""Text in tables that a spreadsheet opens."""

from __future__ import annotations

# Cells that a spreadsheet would run as a formula (OWASP ASVS 1.2.10), full-width forms included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
