"""A network of several members that answers as one: the encoders side by side, a fusion and a head for each member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.case_net import CaseNet
from medmm.models.combine import COMBINE
from medmm.models.ensemble_spec import EnsembleRule, EnsembleSpec, MemberSpec
from medmm.models.fusion_net import TO_LOGITS, FusionNet
from medmm.models.joined_encoders import join_encoders
from medmm.models.multimodal import MultimodalNet, TextParts, build_encoder
from medmm.models.spec import ModelSpec


class EnsembleNet(CaseNet):
    """Members with fusions of their own on encoders that they share or not.

    z of an input: what its different encoders give, side by side; each member takes its own piece of it. Whatever
    differentiates or re-fuses z therefore explains the ensemble as it explains one network.
    """

    weights: Tensor

    def __init__(self, spec: ModelSpec, encoders: Mapping[InputKind, Sequence[nn.Module]]) -> None:
        """Take for every input its different encoders, as the members of the spec number them."""
        super().__init__()
        if spec.ensemble is None:
            raise ValueError("the spec names no members")
        self.spec = spec
        self.kinds = spec.input_kinds
        self.encoders = nn.ModuleDict({kind.value: join_encoders(encoders[kind]) for kind in self.kinds})
        self._widths = {kind: cast(int, encoders[kind][0].dim) for kind in self.kinds}
        self.members = nn.ModuleList(
            FusionNet(replace(spec, fusion=member.fusion, ensemble=None), self._widths)
            for member in spec.ensemble.members
        )
        # From the spec whenever the net is built: one truth, and no rounding to 16 bits.
        shares = torch.tensor([member.weight for member in spec.ensemble.members])
        self.register_buffer("weights", shares, persistent=False)

    def fuse(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return the combined logits [B, F]; z and present as in a single network."""
        return self._combine([net.class_logits(own, present) for net, own in self._each(z)])

    def member_logits(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return the logits [M, B, F] of every member, in the order of the spec."""
        return torch.stack([net.fuse(own, present) for net, own in self._each(z)])

    def unimodal_logits(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return each input's own logits [B, F], combined over the members' auxiliary heads."""
        found = [net.unimodal_class_logits(own) for net, own in self._each(z)]
        return {kind: self._combine([logits[kind] for logits in found]) for kind in z}

    def projected(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return what the members' fusions see of each input, side by side [B, M * embedding]."""
        found = [net.projected(own) for net, own in self._each(z)]
        return {kind: torch.cat([seen[kind] for seen in found], dim=1) for kind in z}

    def _combine(self, class_logits: Sequence[Tensor]) -> Tensor:
        combine, to_logits = COMBINE[self._ensemble.rule], TO_LOGITS[self.spec.head]
        return combine(torch.stack(list(class_logits)), self.weights, to_logits)

    def _each(self, z: Mapping[InputKind, Tensor]) -> list[tuple[FusionNet, dict[InputKind, Tensor]]]:
        nets = (cast(FusionNet, net) for net in self.members)
        return [(net, self._own(z, member)) for net, member in zip(nets, self._ensemble.members, strict=True)]

    def _own(self, z: Mapping[InputKind, Tensor], member: MemberSpec) -> dict[InputKind, Tensor]:
        numbers = dict(zip(self.kinds, member.encoders, strict=True))
        return {
            kind: vector.narrow(1, numbers[kind] * self._widths[kind], self._widths[kind]) for kind, vector in z.items()
        }

    @property
    def _ensemble(self) -> EnsembleSpec:
        assert self.spec.ensemble is not None
        return self.spec.ensemble


def build_net(spec: ModelSpec, texts: Sequence[TextParts]) -> CaseNet:
    """Build the network of a spec with random weights; texts: one for each different encoder of notes."""
    if spec.ensemble is None:
        return MultimodalNet(spec, bert=texts[0])
    counts = {kind: spec.n_encoders(kind) for kind in spec.input_kinds}
    return EnsembleNet(
        spec,
        {
            kind: [build_encoder(kind, spec, texts[i] if kind is InputKind.NOTE else None) for i in range(count)]
            for kind, count in counts.items()
        },
    )


def join_members(
    nets: Sequence[MultimodalNet], rule: EnsembleRule, *, weights: Sequence[float], names: Sequence[str]
) -> EnsembleNet:
    """Make one network of several that read the same inputs; encoders of equal weights are kept once.

    The members' modules become part of the new network. Raises ValueError where the weights do not fit the rule.
    """
    spec = nets[0].spec
    encoders, numbers = {}, []
    for kind in spec.input_kinds:
        different, places = _different([net.encoders[kind.value] for net in nets])
        encoders[kind] = different
        numbers.append(places)
    members = tuple(
        MemberSpec(name, net.spec.fusion, float(weight), tuple(places))
        for name, net, weight, places in zip(names, nets, weights, zip(*numbers, strict=True), strict=True)
    )
    joined = EnsembleNet(replace(spec, ensemble=EnsembleSpec(rule, members)), encoders)
    for member, net in zip(joined.members, nets, strict=True):
        own = net.state_dict()
        member.load_state_dict({name: own[name] for name in member.state_dict()})
    return joined


def _different(encoders: Sequence[nn.Module]) -> tuple[list[nn.Module], list[int]]:
    """List the encoders that differ, and for each given one its place among them."""
    found: list[nn.Module] = []
    places = []
    for encoder in encoders:
        place = next((i for i, other in enumerate(found) if _equal(encoder, other)), len(found))
        if place == len(found):
            found.append(encoder)
        places.append(place)
    return found, places


def _equal(one: nn.Module, other: nn.Module) -> bool:
    mine, theirs = one.state_dict(), other.state_dict()
    return mine.keys() == theirs.keys() and all(torch.equal(mine[name], theirs[name]) for name in mine)
