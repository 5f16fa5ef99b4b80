"""From the members of a run to the one network that ships: a soup of their weights, or all of them side by side."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from medmm.inference.cooling import class_log_probabilities, cooled_classes
from medmm.models.case_net import CaseNet
from medmm.models.ensemble import join_members
from medmm.models.ensemble_spec import EnsembleRule
from medmm.models.multimodal import MultimodalNet
from medmm.training.examples import Example
from medmm.training.exclusive import class_nll
from medmm.training.member import Member
from medmm.training.member_weights import Array, select_weights
from medmm.training.metrics import mean_auroc, negative_log_likelihood
from medmm.training.options import Ensemble
from medmm.training.run_log import RunLog
from medmm.training.scores import labels_of, predict_logits
from medmm.training.soup import State, greedy_soup
from medmm.training.trained import Trained

log = logging.getLogger(__name__)


def join(
    members: Sequence[Member],
    nets: Sequence[MultimodalNet],
    validation: Sequence[Example],
    *,
    rule: Ensemble,
    run_log: RunLog,
) -> Trained:
    """Make one network of the members; what is chosen is chosen on the validation cases and written to the log."""
    if len(nets) == 1:
        return Trained(nets[0], rule, 1, ((members[0], 1.0),))
    if rule == "soup":
        return _soup_of_best_fusion(members, nets, validation, run_log)
    return _side_by_side(members, nets, validation, rule, run_log)


def member_title(member: Member) -> str:
    """Call a member by what sets it apart."""
    fold = "" if member.fold is None else f", fold {member.fold + 1}"
    return f"{member.fusion}, seed {member.seed}{fold}"


def _side_by_side(
    members: Sequence[Member],
    nets: Sequence[MultimodalNet],
    validation: Sequence[Example],
    rule: EnsembleRule,
    run_log: RunLog,
) -> Trained:
    weights = _WEIGHTS[rule](nets, validation)
    # A member of no weight would only cost time and room.
    kept = np.flatnonzero(weights > 0).tolist()
    chosen = tuple((members[place], float(weights[place])) for place in kept)
    net: CaseNet = nets[kept[0]]
    if len(kept) > 1:
        names = [member_title(member) for member, _ in chosen]
        shares = [weight for _, weight in chosen]
        net = join_members([nets[place] for place in kept], rule, weights=shares, names=names)
    figure = _figure(net, validation)
    numbers = [member.number for member, _ in chosen]
    run_log.write("ensemble", {"rule": rule, "members": numbers, "weights": [w for _, w in chosen], "auroc": figure})
    log.info("ensemble (%s) of members %s, validation AUROC %.3f", rule, numbers, figure)
    return Trained(net, rule, len(nets), chosen)


def _equal_weights(nets: Sequence[MultimodalNet], validation: Sequence[Example]) -> Array:
    return np.full(len(nets), 1.0 / len(nets))


def _fitted_weights(nets: Sequence[MultimodalNet], validation: Sequence[Example]) -> Array:
    labels = labels_of(validation)
    if not np.isfinite(labels).any():
        log.warning("no labelled validation patients to fit weights on: all members weigh the same")
        return _equal_weights(nets, validation)
    stack = np.stack([_logits(net, validation) for net in nets])
    if nets[0].spec.head == "softmax":
        # Averaged as the ensemble will: class by class, then normalised.
        return select_weights(
            class_log_probabilities(stack), lambda log_p: class_nll(labels, cooled_classes(log_p, 1.0))
        )
    return select_weights(stack, lambda logits: negative_log_likelihood(labels, logits))


_WEIGHTS: dict[EnsembleRule, Callable[[Sequence[MultimodalNet], Sequence[Example]], Array]] = {
    "mean": _equal_weights,
    "weighted": _fitted_weights,
    "vote": _equal_weights,
}


def _soup_of_best_fusion(
    members: Sequence[Member], nets: Sequence[MultimodalNet], validation: Sequence[Example], run_log: RunLog
) -> Trained:
    own = [_figure(net, validation) for net in nets]
    best = int(np.argmax(np.nan_to_num(own, nan=-1.0)))
    # Only weights of one architecture can be averaged.
    alike = [place for place, member in enumerate(members) if member.fusion == members[best].fusion]
    net = nets[best]

    def figure(state: State) -> float:
        net.load_state_dict(state)
        return _figure(net, validation)

    states: list[dict[str, Tensor]] = [_copy(nets[place]) for place in alike]
    weights, kept, found = greedy_soup(states, [own[place] for place in alike], figure)
    net.load_state_dict(weights)
    chosen = [members[alike[place]] for place in kept]
    numbers = [member.number for member in chosen]
    run_log.write("soup", {"fusion": members[best].fusion, "members": numbers, "auroc": found})
    log.info("soup of members %s, validation AUROC %.3f", numbers, found)
    return Trained(net, "soup", len(nets), tuple((member, 1.0 / len(chosen)) for member in chosen))


def _figure(net: CaseNet, examples: Sequence[Example]) -> float:
    return mean_auroc(labels_of(examples), _logits(net, examples)) if examples else float("nan")


def _logits(net: CaseNet, examples: Sequence[Example]) -> Array:
    everything = frozenset(net.kinds)
    return predict_logits(net, examples, [everything])[everything]


def _copy(net: MultimodalNet) -> dict[str, torch.Tensor]:
    return {name: tensor.detach().clone() for name, tensor in net.state_dict().items()}
