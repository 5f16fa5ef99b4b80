"""Is it the chest? What scanners write for it."""

from __future__ import annotations

# Values of Body Part Examined (PS3.16 CID 4009) that are no part of the words below.
CHEST_PARTS = frozenset({"LUNG", "LUNGS", "RIB", "RIBS"})
CHEST_WORDS = ("CHEST", "THORAX")


def may_be_chest(body_part: str) -> bool:
    """Tell whether a stated body part is the chest; one that is not stated may be."""
    text = body_part.strip().upper()
    return not text or text in CHEST_PARTS or any(word in text for word in CHEST_WORDS)
