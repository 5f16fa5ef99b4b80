"""How much one file may ask for before it is refused: a hostile file must cost a sentence, not the session."""

from __future__ import annotations

# A pre-scan with these limits stops what kills other readers (deep nesting, millions of elements).
MAX_DEPTH = 64
MAX_ELEMENTS = 100_000
MAX_ITEMS = 100_000
MAX_FRAMES = 100_000
MAX_FILE_BYTES = 4 << 30
MAX_PIXEL_BYTES = 2 << 30
MAX_INFLATED_BYTES = 512 << 20
# A deflated header alone may shrink far; the ratio counts only above this size.
MIN_RATIO_BYTES = 64 << 20
MAX_INFLATE_RATIO = 100
MAX_PICTURE_PIXELS = 400_000_000
TIME_LIMIT_S = 10.0
START_LIMIT_S = 30.0
DECODER_MEMORY_BYTES = 8 << 30


def megabytes(n_bytes: int) -> str:
    """Write a size for a sentence."""
    return f"{n_bytes / (1 << 20):,.1f} MiB" if n_bytes < 1 << 30 else f"{n_bytes / (1 << 30):,.1f} GiB"
