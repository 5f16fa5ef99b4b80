"""Low-rank adapters for the text encoder (extra `lora`); a bundle holds the merged weights, never the adapters."""

from __future__ import annotations

import importlib.util

from torch import nn
from transformers import PreTrainedModel

from medmm.core.errors import InputError
from medmm.core.words import Words
from medmm.training.options import LoraConfig


def add_adapters(bert: PreTrainedModel, config: LoraConfig) -> None:
    """Put adapters beside the weights that the configuration names; they begin at zero and change nothing yet.

    Raises InputError where peft is missing or no weight has such a name.
    """
    if importlib.util.find_spec("peft") is None:
        raise InputError(
            Words("lora needs the package peft, which is not installed"),
            Words('Install it with `pip install "medmm[lora]"`, or take `lora` out of the configuration.'),
        )
    from peft import LoraConfig as Adapters
    from peft import inject_adapter_in_model

    adapters = Adapters(
        r=config.rank, lora_alpha=config.alpha, lora_dropout=config.dropout, target_modules=list(config.targets)
    )
    try:
        inject_adapter_in_model(adapters, bert)
    except ValueError as error:
        raise InputError(
            Words("lora: the text encoder has no layer called {targets}", targets=", ".join(config.targets)),
            Words("In BERT the layers are query, key, value and dense."),
        ) from error


def merge_adapters(net: nn.Module) -> None:
    """Add every adapter to its weights and take it away, so that the net has the names of one without adapters."""
    if importlib.util.find_spec("peft") is None:
        return
    from peft.tuners.lora import LoraLayer

    places = [(name, module) for name, module in net.named_modules() if isinstance(module, LoraLayer)]
    for name, module in places:
        module.merge()
        parent, _, last = name.rpartition(".")
        setattr(net.get_submodule(parent), last, module.get_base_layer())
