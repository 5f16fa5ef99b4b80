"""Text encoders: the canary, safetensors only, no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.core.errors import BundleRefused, WeightsMissing
from tests.models.builders import make_tokenizer

pytestmark = pytest.mark.slow


def test_own_tokenizer_passes_the_canary_and_keeps_case_and_chinese(tmp_path: Path) -> None:
    from medmm.models.note_tokenizer import load_tokenizer

    make_tokenizer().save_pretrained(tmp_path)

    tokens = load_tokenizer(tmp_path).tokenize("Patient 发热")

    assert tokens == ["Patient", "发", "热"]


def test_lower_casing_tokenizer_before_a_cased_vocabulary_is_refused() -> None:
    from tokenizers import normalizers

    from medmm.models.note_tokenizer import check_tokenizer

    tokenizer = make_tokenizer()
    tokenizer.backend_tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)

    with pytest.raises(BundleRefused, match="lower-cases"):
        check_tokenizer(tokenizer, source="test")


def test_tokenizer_without_its_vocabulary_is_refused() -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    from medmm.models.note_tokenizer import check_tokenizer

    empty = Tokenizer(models.WordPiece({"[UNK]": 0, "[PAD]": 1}, unk_token="[UNK]"))
    empty.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    with pytest.raises(BundleRefused, match="100%"):
        check_tokenizer(PreTrainedTokenizerFast(tokenizer_object=empty, unk_token="[UNK]"), source="test")


def test_missing_folder_is_named(tmp_path: Path) -> None:
    from medmm.models.note_tokenizer import load_tokenizer

    with pytest.raises(WeightsMissing, match="nowhere"):
        load_tokenizer(tmp_path / "nowhere")


def test_pickled_weights_are_not_read(tmp_path: Path) -> None:
    from medmm.models.text_folder import load_text_model
    from medmm.training.tokenizer import compact_bert

    compact_bert(300, hidden=16, layers=1, heads=2).save_pretrained(tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")

    with pytest.raises(WeightsMissing, match="without pickle"):
        load_text_model(tmp_path)


def test_any_bert_folder_loads_as_float32(tmp_path: Path) -> None:
    from transformers import BertModel

    from medmm.models.text_folder import load_text_model
    from medmm.training.tokenizer import compact_bert

    BertModel(compact_bert(300, hidden=16, layers=1, heads=2)).half().save_pretrained(tmp_path)

    model = load_text_model(tmp_path)

    assert {str(parameter.dtype) for parameter in model.parameters()} == {"torch.float32"}


def test_vocabulary_is_learned_from_the_notes() -> None:
    assert make_tokenizer().tokenize("pneumothorax") == ["pneumothorax"]
