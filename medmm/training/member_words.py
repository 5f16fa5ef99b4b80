"""What a bundle says of its members: a section of the card, a block of metadata.json."""

from __future__ import annotations

from medmm.models.case_net import CaseNet
from medmm.training.options import Ensemble
from medmm.training.trained import Trained

RULES: dict[Ensemble, str] = {
    "soup": "Their weights are averaged into one network (greedy soup, Wortsman et al. 2022): a member stays if the "
    "validation patients do not lose by it.",
    "mean": "All of them answer; a finding's logit is the mean of theirs.",
    "weighted": "All of them answer; a finding's logit is the weighted mean of theirs. The weights are chosen on the "
    "validation patients (greedy ensemble selection with replacement, Caruana et al. 2004); members that got none are "
    "left out.",
    "vote": "All of them answer; a finding's probability is the mean of theirs before calibration (soft vote).",
}


def members_section(trained: Trained) -> str:
    """Tell how many members there are, by which rule they answer and what each weighs; empty for a single network."""
    if trained.n_trained == 1:
        return ""
    rows = [
        f"| {member.fusion} | {member.seed} | {'none' if member.fold is None else member.fold + 1} | {weight:.3f} |"
        for member, weight in trained.members
    ]
    head = f"## Members\n\n{len(trained.members)} of {trained.n_trained} trained networks. {RULES[trained.rule]}"
    table = ["| fusion | seed | fold left out | weight |", "|---|---|---|---|", *rows]
    return "\n".join([head, "", *table, *_stored(trained.net)])


def members_block(trained: Trained) -> dict[str, object]:
    """Give the same as data."""
    members = [
        {"fusion": member.fusion, "seed": member.seed, "fold": member.fold, "weight": weight}
        for member, weight in trained.members
    ]
    return {"rule": trained.rule, "trained": trained.n_trained, "kept": members}


def _stored(net: CaseNet) -> list[str]:
    if net.spec.ensemble is None:
        return []
    counts = ", ".join(f"{net.spec.n_encoders(kind)} for {kind.value}" for kind in net.kinds)
    return ["", f"Different encoders, each stored and run once: {counts}."]
