"""Which members an ensemble has, what they share, and how their logits become one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

# mean, weighted: of the members' logits; vote: each member's probability counts alike (models/combine.py).
EnsembleRule = Literal["mean", "weighted", "vote"]


@dataclass(frozen=True)
class MemberSpec:
    """One member. name: what it is called before people; weight: its share, all of them sum to 1.

    encoders: for every input kind the number of the stored encoder that it reads with; members whose encoders are the
    same have the same number there, and the encoder is stored and run once.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    name: str
    fusion: str
    weight: float
    encoders: tuple[int, ...]


@dataclass(frozen=True)
class EnsembleSpec:
    """At least two members and the rule that combines them."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    rule: EnsembleRule
    members: tuple[MemberSpec, ...]

    def __post_init__(self) -> None:
        if len(self.members) < 2:
            raise ValueError(f"an ensemble needs at least 2 members, found {len(self.members)}")
        if not all(member.weight >= 0 for member in self.members):
            raise ValueError("the weights of members must not be negative")
        if not math.isclose(total := sum(member.weight for member in self.members), 1.0, abs_tol=1e-6):
            raise ValueError(f"the weights of members sum to {total:.6f}, not to 1")
        if self.rule != "weighted" and len({member.weight for member in self.members}) > 1:
            raise ValueError(f"under the rule {self.rule} all members have one weight")
        if len({len(member.encoders) for member in self.members}) > 1:
            raise ValueError("every member must name one encoder for each input")
        for place in range(self.n_inputs):
            found = {member.encoders[place] for member in self.members}
            if found != set(range(len(found))):
                raise ValueError(f"the encoders of input {place} are numbered {sorted(found)}, not from 0 on")

    @property
    def n_inputs(self) -> int:
        """Count the inputs that the members read."""
        return len(self.members[0].encoders)

    def n_encoders(self, place: int) -> int:
        """Count the different encoders of the input at a place of the spec's input kinds."""
        return len({member.encoders[place] for member in self.members})
