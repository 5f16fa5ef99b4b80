"""What stands behind the encoders: projections, learned absent tokens, fusion, head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, cast

import torch
from torch import Tensor, nn

from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.models.exclusive import log_odds
from medmm.models.fusion import FUSIONS, AbsentTokens


def _unchanged(class_logits: Tensor) -> Tensor:
    return class_logits


# From what the last layer says to logits that a sigmoid turns into scores.
TO_LOGITS: dict[str, Callable[[Tensor], Tensor]] = {"sigmoid": _unchanged, "softmax": log_odds}


class FusionSpec(Protocol):
    """What of a model's spec matters behind its encoders; the fields are those of `ModelSpec`."""

    @property
    def findings(self) -> tuple[str, ...]: ...
    @property
    def input_kinds(self) -> tuple[InputKind, ...]: ...
    @property
    def embedding(self) -> int: ...
    @property
    def hidden(self) -> int: ...
    @property
    def fusion(self) -> str: ...
    @property
    def dropout(self) -> float: ...
    @property
    def modality_dropout(self) -> float: ...
    @property
    def head(self) -> str: ...


class FusionNet(nn.Module):
    """Embeddings of the inputs to logits; by itself it is trained on embeddings that were computed before.

    widths: d_k, the width of each input's embedding.
    """

    spec: FusionSpec

    def __init__(self, spec: FusionSpec, widths: Mapping[InputKind, int]) -> None:
        super().__init__()
        self.spec = spec
        self.kinds = spec.input_kinds
        n_findings = len(spec.findings)
        self.projections = nn.ModuleDict(
            {
                kind.value: nn.Sequential(nn.Linear(widths[kind], spec.embedding), nn.LayerNorm(spec.embedding))
                for kind in self.kinds
            }
        )
        self.single_heads = nn.ModuleDict({kind.value: nn.Linear(spec.embedding, n_findings) for kind in self.kinds})
        self.absent = AbsentTokens(len(self.kinds), spec.embedding)
        self.fusion = find_entry(FUSIONS, spec.fusion, what="fusion")(len(self.kinds), spec.embedding)
        self.head = nn.Sequential(
            nn.Linear(cast(int, self.fusion.dim), spec.hidden),
            nn.GELU(),
            nn.Dropout(spec.dropout),
            nn.Linear(spec.hidden, n_findings),
        )
        self._to_logits = find_entry(TO_LOGITS, spec.head, what="head")

    def projected(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return what the fusion sees of each input [B, embedding]."""
        return {kind: self.projections[kind.value](z[kind]) for kind in z}

    def vectors(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return the fused vector [B, dim of the fusion], before the head; z and present as in `fuse`."""
        empty = self.absent.tokens.new_zeros(present.shape[0], self.spec.embedding)
        seen = self.projected(z)
        vectors = [seen.get(kind, empty) for kind in self.kinds]
        available = torch.tensor([kind in z for kind in self.kinds], device=present.device)
        present = present & available
        return cast(Tensor, self.fusion(self.absent(torch.stack(vectors, dim=1), present), present))

    def class_logits(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return what the last layer says [B, F]: of a softmax head the logits against "none of them"."""
        return cast(Tensor, self.head(self.vectors(z, present)))

    def fuse(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return logits [B, F] from embeddings [B, d_k] and presence, bool [B, K] in the order of spec.input_kinds.

        sigmoid(logit) is the score whatever the head. An input whose `present` is False answers with its learned
        token, whatever z holds for it.
        """
        return self._to_logits(self.class_logits(z, present))

    def unimodal_class_logits(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return what each input's auxiliary head says [B, F], as `class_logits` does for all."""
        return {kind: self.single_heads[kind.value](vectors) for kind, vectors in self.projected(z).items()}

    def local_class_logits(self, maps: Tensor) -> Tensor:
        """Return what the head of the image alone says of each cell [B, F, h, w] of the maps [B, C, h, w]."""
        cells = self.projections[InputKind.IMAGE.value](maps.movedim(1, -1))
        return cast(Tensor, self.single_heads[InputKind.IMAGE.value](cells)).movedim(-1, 1)

    def unimodal_logits(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return each input's own logits [B, F] from its auxiliary head."""
        return {kind: self._to_logits(own) for kind, own in self.unimodal_class_logits(z).items()}
