"""Nearly the same note in two parts of the split: MinHash over runs of five words, then the exact overlap."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.training.leaks.values import Leak, Material, leak, place
from medmm.training.reading import Reading

RUN = 5
SAME = 0.7
# Shorter notes say the usual in the usual words; that two of them agree means nothing.
MIN_RUNS = 40
# A pair of overlap 0.7 shares one band of three with chance 1 - (1 - 0.7^3)^20 = 0.9998 (Broder 1997).
BANDS, BAND_ROWS = 20, 3
MAX_BUCKET = 50
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+")
_PRIME = np.uint64(2**31 - 1)


def check_notes(material: Material) -> Iterator[Leak]:
    """Find pairs of notes of different parts that share most of their runs of words."""
    runs = {
        index: hashes
        for index, reading in enumerate(material.readings)
        if len(hashes := word_runs(all_text(reading))) >= MIN_RUNS
    }
    parts = material.parts
    found: list[tuple[float, str]] = []
    for first, second in _candidates(runs, material.seed):
        one, other = material.rows[first], material.rows[second]
        if parts[first] == parts[second] or (one.domain, one.patient) == (other.domain, other.patient):
            continue
        shared = len(np.intersect1d(runs[first], runs[second], assume_unique=True))
        overlap = shared / (len(runs[first]) + len(runs[second]) - shared)
        if overlap >= SAME:
            found.append((overlap, f"{place(one)} and {place(other)}: {overlap:.0%} of the word runs shared"))
    if found:
        evidence = [text for _, text in sorted(found, reverse=True)]
        yield leak("note_in_two_splits", f"{len(found)} pairs of notes are nearly the same", evidence)


def all_text(reading: Reading) -> str:
    """Join all notes of a case."""
    return "\n".join(note.text for note in reading.notes)


def words_of(text: str) -> list[str]:
    """Split into lower-case words; every Chinese character is one."""
    return _WORD.findall(text.casefold())


def word_runs(text: str) -> NDArray[np.uint32]:
    """Give the distinct hashes of all runs of five words, sorted."""
    words = words_of(text)
    hashes = {zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}
    return np.array(sorted(hashes), dtype=np.uint32)


def _candidates(runs: dict[int, NDArray[np.uint32]], seed: int) -> list[tuple[int, int]]:
    rng = np.random.default_rng(seed)
    factors = rng.integers(1, int(_PRIME), (2, BANDS * BAND_ROWS), dtype=np.uint64)
    pairs: set[tuple[int, int]] = set()
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for index, hashes in runs.items():
        signature = _minima(hashes, factors)
        for band, values in enumerate(signature.reshape(BANDS, BAND_ROWS)):
            buckets[band, values.tobytes()].append(index)
    for members in buckets.values():
        pairs |= _pairs(members)
    return sorted(pairs)


def _minima(hashes: NDArray[np.uint32], factors: NDArray[np.uint64]) -> NDArray[np.uint64]:
    small = hashes.astype(np.uint64)[:, None] % _PRIME
    minima: NDArray[np.uint64] = ((small * factors[0] + factors[1]) % _PRIME).min(axis=0)
    return minima


def _pairs(members: Sequence[int]) -> set[tuple[int, int]]:
    # A bucket with very many notes is a common template; neighbours in it are compared, not all with all.
    reach = len(members) if len(members) <= MAX_BUCKET else MAX_BUCKET
    return {
        (first, second)
        for at, first in enumerate(members)
        for second in members[at + 1 : at + 1 + reach]
        if first != second
    }
