"""Sections of a card that are written anew when a bundle gets another part."""

from __future__ import annotations

import re


def put_section(card: str, section: str) -> str:
    """Put a section in the place of the card's own of the same title, or before its licence, else at its end."""
    title = section.split("\n", 1)[0]
    if found := re.search(rf"^{re.escape(title)}\n.*?(?=^## |\Z)", card, flags=re.DOTALL | re.MULTILINE):
        return f"{card[: found.start()]}{section}\n\n{card[found.end() :]}".rstrip() + "\n"
    if licence := re.search(r"^## Licence\n", card, flags=re.MULTILINE):
        return f"{card[: licence.start()]}{section}\n\n{card[licence.start() :]}"
    return f"{card.rstrip()}\n\n{section}\n"


def retitle(card: str, name: str, version: str) -> str:
    """Write another name and version over the first line where that is the card's title."""
    lines = card.split("\n")
    if lines[0].startswith("# "):
        lines[0] = f"# {name} {version}"
    return "\n".join(lines)
