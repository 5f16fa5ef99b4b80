"""A WordPiece vocabulary of our own, cased, from the training notes; and the compact BERT that goes with it."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# Letters, digits and signs that a note may hold even if no training note did.
ALPHABET = [chr(code) for code in range(0x21, 0x7F)] + list("°µ±–—’“”，。：；、（）％")


def train_tokenizer(texts: Iterable[str], *, vocabulary: int) -> PreTrainedTokenizerFast:
    """Learn a cased WordPiece vocabulary; Chinese characters stand alone, accents stay."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary, special_tokens=list(SPECIAL), initial_alphabet=ALPHABET, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    # The trainer numbers equally frequent pieces by chance; the alphabet does not.
    learned = sorted(set(tokenizer.get_vocab()) - set(SPECIAL))
    numbers = {piece: number for number, piece in enumerate((*SPECIAL, *learned))}
    tokenizer.model = models.WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=60)
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
