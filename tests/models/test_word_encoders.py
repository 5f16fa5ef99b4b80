"""Bags of words: values against scikit-learn and by hand, invariances, the vocabulary in its file."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.models.vocabulary import FILE, Vocabulary, make_vocabulary, read_vocabulary, write_vocabulary

if TYPE_CHECKING:
    from torch import Tensor

    from medmm.models.word_encoders import WordEncoder

NOTES = (["fever", "cough", "fever"], ["fever", "not_effus"], ["cough", "rare"], ["not_effus"])


def test_weights_of_words_by_hand() -> None:
    vocabulary = make_vocabulary(NOTES, size=10)

    # Four notes; each of the three words stands in two of them: ln(5 / 3) + 1.
    assert vocabulary.words == ("cough", "fever", "not_effus")
    assert vocabulary.idf == pytest.approx([math.log(5 / 3) + 1] * 3, abs=1e-6)
    assert (vocabulary.numbers["cough"], vocabulary.size) == (1, 4)


def test_only_as_many_words_as_wished_and_none_that_stands_once() -> None:
    assert make_vocabulary(NOTES, size=2).words == ("cough", "fever")
    with pytest.raises(ValueError, match="needs words"):
        make_vocabulary([["once"], ["only"]], size=5)


def test_a_vocabulary_comes_back_from_its_file(tmp_path: Path) -> None:
    vocabulary = Vocabulary(("发热", "fever"), (1.25, 2.5))
    write_vocabulary(tmp_path / "tokenizer", vocabulary)

    assert read_vocabulary(tmp_path / "tokenizer") == vocabulary
    (tmp_path / "tokenizer" / FILE).write_text('{"words": ["a"], "idf": [1.0], "code": "x"}')
    with pytest.raises(BundleRefused, match=r"words\.json"):
        read_vocabulary(tmp_path / "tokenizer")
    with pytest.raises(WeightsMissing):
        read_vocabulary(tmp_path)


WORDS = Vocabulary(("cough", "fever", "not_effus"), (1.5, 2.0, 1.0))


def encoder(name: str) -> WordEncoder:
    import torch

    from medmm.models.word_encoders import TfidfNotes, WordNotes

    torch.manual_seed(0)
    return {"tfidf": TfidfNotes, "words": WordNotes}[name](WORDS).eval()


def ids(*rows: list[int]) -> Tensor:
    import torch

    return torch.tensor(rows)


@pytest.mark.slow
def test_bags_by_hand_and_unknown_words_weigh_nothing() -> None:
    bags = encoder("tfidf").bags(ids([1, 2, 2], [3, 0, 0]), ids([1, 1, 1], [1, 1, 0]), ids([0, 1])[0], 2)

    assert bags.tolist() == [[0, 1.5, 4.0, 0], [0, 0, 0, 1.0]]


@pytest.mark.slow
def test_bags_equal_those_of_scikit_learn() -> None:
    import numpy as np
    import torch
    from sklearn.feature_extraction.text import TfidfVectorizer

    from medmm.models.word_encoders import TfidfNotes

    texts = [" ".join(note) for note in NOTES]
    vectorizer = TfidfVectorizer(token_pattern=r"\S+", min_df=2)
    expected = vectorizer.fit_transform(texts).toarray()
    vocabulary = make_vocabulary(NOTES, size=10)
    longest = max(len(note) for note in NOTES)
    numbers = [[vocabulary.numbers.get(w, 0) for w in note] + [0] * (longest - len(note)) for note in NOTES]
    mask = [[1] * len(note) + [0] * (longest - len(note)) for note in NOTES]

    bags = TfidfNotes(vocabulary).bags(torch.tensor(numbers), torch.tensor(mask), torch.arange(4), 4)
    found = (bags / torch.linalg.vector_norm(bags, dim=1, keepdim=True))[:, 1:].numpy()

    assert tuple(vectorizer.get_feature_names_out()) == vocabulary.words
    assert np.abs(found - expected).max() < 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tfidf", "words"])
def test_order_chunks_padding_and_batch_mates_change_nothing(name: str) -> None:
    import torch

    reads = encoder(name)
    plain = reads(ids([1, 2, 2, 3]), ids([1, 1, 1, 1]), torch.tensor([0]), 1).z
    turned = reads(ids([3, 2, 1, 2]), ids([1, 1, 1, 1]), torch.tensor([0]), 1).z
    cut = reads(ids([1, 2], [2, 3]), ids([1, 1], [1, 1]), torch.tensor([0, 0]), 1).z
    padded = reads(ids([1, 2, 2, 3, 0, 0]), ids([1, 1, 1, 1, 0, 0]), torch.tensor([0]), 1).z
    among = reads(ids([1, 1, 1, 1], [1, 2, 2, 3]), ids([1, 1, 1, 0], [1, 1, 1, 1]), torch.tensor([0, 1]), 2).z

    for other in (turned, cut, padded, among[1:]):
        torch.testing.assert_close(other, plain, atol=1e-6, rtol=0)
    assert not torch.allclose(among[:1], plain, atol=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tfidf", "words"])
def test_a_denied_finding_is_another_word(name: str) -> None:
    import torch

    reads = encoder(name)
    one = torch.tensor([0])

    assert not torch.allclose(reads(ids([1, 2]), ids([1, 1]), one, 1).z, reads(ids([1, 3]), ids([1, 1]), one, 1).z)


@pytest.mark.slow
def test_rarer_words_make_another_encoder_for_the_cache_of_embeddings() -> None:
    import torch

    from medmm.models.word_encoders import TfidfNotes
    from medmm.training.embedding_cache import weights_hash

    def built(*idf: float) -> TfidfNotes:
        torch.manual_seed(0)
        return TfidfNotes(Vocabulary(WORDS.words, idf))

    assert weights_hash(built(1.5, 2.0, 1.0)) == weights_hash(built(1.5, 2.0, 1.0))
    assert weights_hash(built(1.5, 2.0, 1.0)) != weights_hash(built(1.5, 2.5, 1.0))
