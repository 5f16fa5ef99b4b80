"""The vocabulary of a bag-of-words model, from the training notes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from medmm.core.errors import InvalidRecord
from medmm.core.record import ClinicalNote
from medmm.core.words import Words
from medmm.inference.prepare_note import readable_text
from medmm.models.spec import TextSpec
from medmm.models.vocabulary import Vocabulary, make_vocabulary
from medmm.records.terms import find_terms


def learn_words(texts: Iterable[str], spec: TextSpec, *, size: int) -> Vocabulary:
    """Learn the words of the training notes after the very steps that scoring does.

    texts: can be gone through again. Raises InvalidRecord when no word stands in two notes.
    """
    readable = (readable_text(ClinicalNote(text, Path()), spec) for text in texts)
    try:
        return make_vocabulary(([term.text for term in find_terms(text, spec.steps)] for text in readable), size=size)
    except ValueError as error:
        raise InvalidRecord(
            Words("{n_notes} training notes have no word in common to learn from", n_notes=sum(1 for _ in texts)),
            Words("Use more patients with notes, or leave the notes out."),
        ) from error
