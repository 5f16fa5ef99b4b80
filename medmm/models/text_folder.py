"""Open the encoder of a BERT folder (or of a hub name that is already on this machine)."""

from __future__ import annotations

from pathlib import Path

from medmm.models.note_tokenizer import check_place, not_here  # first: it keeps transformers from calling home

# isort: split
from transformers import AutoConfig, AutoModel, PreTrainedModel
from transformers.utils.logging import disable_progress_bar, enable_progress_bar, is_progress_bar_enabled

from medmm.core.words import Words


def load_text_model(folder: Path | str) -> PreTrainedModel:
    """Load encoder and weights (safetensors only) as float32."""
    check_place(folder)
    was_shown = is_progress_bar_enabled()
    disable_progress_bar()
    try:
        return AutoModel.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype="float32"
        )
    except (OSError, ValueError) as error:
        raise not_here(folder, Words("text encoder")) from error
    finally:
        if was_shown:
            enable_progress_bar()


def build_text_model(folder: Path | str) -> PreTrainedModel:
    """Build the encoder of a folder's config.json with random weights."""
    check_place(folder)
    config = AutoConfig.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    return AutoModel.from_config(config)
