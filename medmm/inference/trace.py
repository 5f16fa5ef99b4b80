"""What the network sees of a case and how that came about, told while the pixels are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.network_input import NetworkInput
from medmm.core.quality import InputKind
from medmm.core.run_record import Step
from medmm.inference.model_input import ModelInput
from medmm.inference.recipe import steps_of
from medmm.inference.seen import seen_by_network
from medmm.models.spec import ModelSpec

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True)
class Trace:
    """seen: the arrays that are encoded; steps: from the files to them, of every input that is used."""

    seen: NetworkInput
    steps: Mapping[InputKind, tuple[Step, ...]]


def trace_of(spec: ModelSpec, tokenizer: PreTrainedTokenizerBase | None, case: Case, given: ModelInput) -> Trace:
    """Trace the inputs of a prepared case."""
    seen = seen_by_network(spec, tokenizer, case, given)
    return Trace(seen, steps_of(case, given, seen, spec))
