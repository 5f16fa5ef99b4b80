"""The words that a bag-of-words model knows and how rare each is; travels in the bundle as JSON."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.core.words import Words

FILE = "words.json"
MIN_NOTES = 2


@dataclass(frozen=True)
class Vocabulary:
    """words: number k + 1 is words[k], 0 is any other word; idf: ln((1 + n) / (1 + df)) + 1 of each, for n notes.

    Stands where a BERT has its tokenizer, with the same names for its special numbers.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    words: tuple[str, ...]
    idf: tuple[float, ...]

    unk_token_id: ClassVar[int] = 0
    pad_token_id: ClassVar[int] = 0
    mask_token_id: ClassVar[int] = 0

    def __post_init__(self) -> None:
        if len(self.words) != len(self.idf) or len(set(self.words)) != len(self.words) or not self.words:
            raise ValueError("a vocabulary needs words, each once, with one weight each")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words, start=1)}

    @property
    def size(self) -> int:
        """Count the numbers, the one of unknown words with them."""
        return len(self.words) + 1


def make_vocabulary(notes: Iterable[Iterable[str]], *, size: int) -> Vocabulary:
    """Choose the `size` terms that stand in most notes (in two at least) and weigh them.

    notes: the terms of each note. idf as in scikit-learn's TfidfTransformer(smooth_idf=True). Raises ValueError when
    there is none.
    """
    found: Counter[str] = Counter()
    n_notes = 0
    for terms in notes:
        n_notes += 1
        found.update(set(terms))
    often = [(word, n) for word, n in found.items() if n >= MIN_NOTES]
    chosen = sorted(often, key=lambda one: (-one[1], one[0]))[:size]
    idf = {word: round(math.log((1 + n_notes) / (1 + n)) + 1, 6) for word, n in chosen}
    return Vocabulary(tuple(idf), tuple(idf.values()))


def write_vocabulary(folder: Path, vocabulary: Vocabulary) -> None:
    """Write words.json into a folder of the bundle."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"words": list(vocabulary.words), "idf": list(vocabulary.idf)}
    (folder / FILE).write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read words.json. Raises WeightsMissing where it is not there, BundleRefused where it does not fit."""
    path = folder / FILE
    if not path.is_file():
        raise WeightsMissing(
            Words("the words of the model are missing: {name!r} is not there", name=FILE),
            Words("Import the bundle again."),
            path,
        )
    try:
        return TypeAdapter(Vocabulary).validate_json(path.read_bytes())
    except ValidationError as error:
        raise BundleRefused(
            Words("{name}: {trouble}", name=FILE, trouble=error.errors()[0]["msg"]),
            Words("Import the bundle again."),
            path,
        ) from error
