"""What turns a case into the network's input, without the network: for processes that only read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.inference.gated_input import GatedInput, prepare_case
from medmm.inference.trace import Trace, trace_of
from medmm.models.bundle_facts import load_bundle_tokenizer, verify_bundle
from medmm.models.spec import ModelSpec

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True)
class Preparer:
    """A bundle's way from a case to the network's input."""

    spec: ModelSpec
    tokenizer: PreTrainedTokenizerBase | None

    def prepare(self, case: Case) -> GatedInput:
        """Gate and prepare a case: which inputs are used, and as what tensors."""
        return prepare_case(case, self.spec, self.tokenizer)

    def trace(self, case: Case, gated: GatedInput) -> Trace:
        """Say what the network will see and how it came about, while the pixels are at hand."""
        return trace_of(self.spec, self.tokenizer, case, gated.model_input)


@lru_cache(maxsize=1)
def load_preparer(folder: Path) -> Preparer:
    """Verify a bundle and load what preparing needs of it; once a process.

    Raises WeightsMissing, BundleRefused or ModelError.
    """
    import torch

    torch.set_num_threads(1)  # whoever only reads leaves the cores to those that encode
    bundle = verify_bundle(folder)
    return Preparer(bundle.spec, load_bundle_tokenizer(bundle))
