"""What a run of several members ends in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medmm.training.options import Ensemble

if TYPE_CHECKING:
    from medmm.models.case_net import CaseNet
    from medmm.training.member import Member


@dataclass(frozen=True)
class Trained:
    """net: what ships; n_trained: members that were trained; members: those in it, each with its weight."""

    net: CaseNet
    rule: Ensemble
    n_trained: int
    members: tuple[tuple[Member, float], ...]
