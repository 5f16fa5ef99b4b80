"""What a run of several members ends in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medmm.training.options import Ensemble

if TYPE_CHECKING:
    from medmm.models.case_net import CaseNet
    from medmm.training.held_out import HeldOut
    from medmm.training.member import Member


@dataclass(frozen=True)
class Trained:
    """net: what ships; n_trained: members that were trained; members: those in it, each with its weight;
    held_out: what was said of cases before they were learnt from.
    """

    net: CaseNet
    rule: Ensemble
    n_trained: int
    members: tuple[tuple[Member, float], ...]
    held_out: tuple[HeldOut, ...] = ()
