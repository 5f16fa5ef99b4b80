"""What turns a case into the network's input, without the network: for processes that only read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from medmm.core.case import Case
from medmm.inference.gated_input import GatedInput, prepare_case
from medmm.models.bundle import load_bundle_tokenizer, verify_bundle


@lru_cache(maxsize=1)
def load_preparer(folder: Path) -> Callable[[Case], GatedInput]:
    """Verify a bundle and load what preparing needs of it; once a process.

    Raises WeightsMissing, BundleRefused or ModelError.
    """
    import torch

    torch.set_num_threads(1)  # whoever only reads leaves the cores to those that encode
    bundle = verify_bundle(folder)
    tokenizer = load_bundle_tokenizer(bundle)
    return lambda case: prepare_case(case, bundle.spec, tokenizer)
