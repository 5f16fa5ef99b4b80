"""A WordPiece vocabulary of our own, cased, from the training notes; and the compact BERT that goes with it."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# Letters, digits and signs that a note may hold even if no training note did.
ALPHABET = [chr(code) for code in range(0x21, 0x7F)] + list("°µ±–—’“”，。：；、（）％")


def train_tokenizer(texts: Iterable[str], *, vocabulary: int) -> PreTrainedTokenizerFast:
    """Learn a cased WordPiece vocabulary: Chinese letters stand alone, accents stay; the same texts, the same one.

    texts: gone through twice, and not held.
    """
    learner = _raw_tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary,
        special_tokens=[*SPECIAL, *_inner_letters(learner, texts)],
        initial_alphabet=ALPHABET,
        show_progress=False,
    )
    learner.train_from_iterator(iter(texts), trainer)
    learned = sorted(set(learner.get_vocab()) - set(SPECIAL))
    numbers = {piece: number for number, piece in enumerate((*SPECIAL, *learned))}
    tokenizer = _raw_tokenizer(models.WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", SPECIAL.index("[CLS]")), ("[SEP]", SPECIAL.index("[SEP]"))]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        do_lower_case=False,
        model_max_length=512,
    )


def _raw_tokenizer(model: models.WordPiece) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def _inner_letters(tokenizer: Tokenizer, texts: Iterable[str]) -> list[str]:
    """List the letters inside words as pieces, sorted.

    The trainer numbers them in the order of a hash table with a random seed, and of equally frequent pairs it joins
    the one with lower numbers first: named before, they make a vocabulary that does not depend on chance.
    """
    found: set[str] = set()
    for text in texts:
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text)):
            found.update(word[1:])
    return [f"##{letter}" for letter in sorted(found)]


def compact_bert(vocabulary: int, *, hidden: int, layers: int, heads: int) -> BertConfig:
    """Describe a BERT small enough to ship."""
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=4 * hidden,
        max_position_embeddings=512,
    )
