"""Open the tokenizer of a BERT folder and prove that it fits; without the model, for processes that only read."""

from __future__ import annotations

import os
from pathlib import Path

# Before the first import of transformers: it must never call home (MODEL.md 1.5).
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from transformers import AutoTokenizer, PreTrainedTokenizerBase

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.core.words import Words

CANARY = (
    "Patient with fever, productive cough and dyspnea for 3 days. No pleural effusion, no pneumothorax. "
    "History of heart failure. SpO2 91 % on room air, temperature 38.6 C."
)
MAX_UNKNOWN = 0.05


def load_tokenizer(folder: Path | str) -> PreTrainedTokenizerBase:
    """Load a tokenizer from a folder or a locally known hub name and run the canary on it.

    Raises WeightsMissing where the folder is not there, BundleRefused where the canary fails.
    """
    check_place(folder)
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise not_here(folder, Words("tokenizer")) from error
    check_tokenizer(tokenizer, source=str(Path(folder).name))
    return tokenizer


def check_tokenizer(tokenizer: PreTrainedTokenizerBase, *, source: str) -> None:
    """Refuse a tokenizer that turns plain clinical English into [UNK] or lower-cases a cased vocabulary."""
    tokens = tokenizer(CANARY, add_special_tokens=False)["input_ids"]
    unknown = tokens.count(tokenizer.unk_token_id) / max(len(tokens), 1)
    if not tokens or unknown >= MAX_UNKNOWN:
        raise BundleRefused(
            Words(
                "tokenizer {source!r}: {unknown:.0%} of a plain clinical sentence becomes {unk_token}",
                source=source,
                unknown=unknown,
                unk_token=tokenizer.unk_token,
            ),
            Words("Its vocabulary was not loaded or is of another language; check tokenizer.json."),
        )
    if _vocabulary_is_cased(tokenizer) and tokens == tokenizer(CANARY.lower(), add_special_tokens=False)["input_ids"]:
        raise BundleRefused(
            Words("tokenizer {source!r} lower-cases the text, but its vocabulary is cased", source=source),
            Words('Write "do_lower_case": false into its tokenizer_config.json.'),
        )


def _vocabulary_is_cased(tokenizer: PreTrainedTokenizerBase) -> bool:
    special = set(tokenizer.all_special_tokens)
    words = [word for word in tokenizer.get_vocab() if word not in special and not word.startswith("[unused")]
    n_cased = sum(1 for word in words if word != word.lower())
    return n_cased > 0.01 * len(words)


def check_place(folder: Path | str) -> None:
    """Raise WeightsMissing where a text encoder's folder is not there."""
    # transformers answers a missing folder with "Repo id must be in the form ...".
    if isinstance(folder, Path) and not folder.is_dir():
        raise WeightsMissing(
            Words("text encoder folder {name!r} is not there", name=folder.name),
            Words("Import the bundle again."),
            folder,
        )


def not_here(folder: Path | str, what: Words) -> WeightsMissing:
    """Give the error for what this machine does not hold, or only as a pickle."""
    return WeightsMissing(
        Words("{what} {name!r} cannot be loaded from this machine without pickle", what=what, name=Path(folder).name),
        Words(
            "Name a folder with config.json, tokenizer.json and model.safetensors; nothing is downloaded, "
            "and pytorch_model.bin is not read."
        ),
        Path(folder),
    )
