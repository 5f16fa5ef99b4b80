"""The fonts a report may use: the shipped ones first, then the system's; which characters they can show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.resources import resource

if TYPE_CHECKING:
    import typst

# The order in which the template asks for them (resources/report/fonts).
FAMILIES = (
    "MedMM Sans",
    "MedMM Sans CJK",
    "MedMM Sans Arabic",
    "MedMM Sans Hebrew",
    "MedMM Sans Thai",
    "MedMM Sans Devanagari",
)


@lru_cache(maxsize=1)
def report_fonts() -> typst.Fonts:
    """Find the fonts once in a process: shipped, then the system's; not those inside Typst, which are serif."""
    import typst

    return typst.Fonts(True, False, [str(resource("report", "fonts"))])


def without_font(characters: frozenset[str]) -> frozenset[str]:
    """Give the characters that no font on this machine can show."""
    left = set(characters)
    for path, index in _font_files():
        if not left:
            break
        left -= {character for character in left if ord(character) in _code_points(path, index)}
    return frozenset(left)


def _font_files() -> Iterator[tuple[str, int]]:
    shipped = sorted(str(path) for path in resource("report", "fonts").glob("*.?tf"))
    yield from ((path, 0) for path in shipped)
    yield from ((font.path, font.index) for font in report_fonts().fonts() if font.path and font.path not in shipped)


@lru_cache(maxsize=512)
def _code_points(path: str, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    number = index if Path(path).suffix.lower() in (".ttc", ".otc") else -1
    try:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        # A font that cannot be read cannot show anything either.
        return frozenset()
