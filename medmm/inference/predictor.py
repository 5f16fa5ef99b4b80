"""The loaded model: one bundle, one device, from a case to its prediction."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.case import Case
from medmm.core.errors import InputError
from medmm.core.prediction import FindingScore, ModelIdentity
from medmm.core.quality import InputKind, QualityNote
from medmm.core.words import NOTHING, Words
from medmm.inference.compiled import compile_net
from medmm.inference.confidence import OperatingPoint, operating_points, score_findings, uncalibrated_points
from medmm.inference.conformal import Limits, limits_for
from medmm.inference.doubt_words import basis_notes
from medmm.inference.embedding_cache import EmbeddingCache
from medmm.inference.encoding import EncodedCase, encode_cases
from medmm.inference.gated_input import GatedInput, prepare_case
from medmm.inference.image_steps import check_range
from medmm.inference.input_paths import blank_input
from medmm.inference.model_input import ModelInput
from medmm.inference.prediction import Prediction
from medmm.inference.remembered import encode_remembered
from medmm.inference.runtime import Runtime, choose_device, set_threads, with_memory_ladder
from medmm.inference.shares import Head
from medmm.models.bundle import load_bundle
from medmm.models.bundle_facts import Bundle, load_bundle_tokenizer
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.models.golden import read_golden
from medmm.models.map_tests import MapTests
from medmm.models.neighbours import Neighbours, read_neighbours
from medmm.models.spec import ModelSpec
from medmm.models.spread import Spread, read_spread

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


class Predictor:
    """Scores prepared cases. Safe to call from several threads: all that changes is which embeddings are kept.

    net: float32 on the CPU; its copy on the device runs the encoders, its head on the CPU fuses and explains.
    compiled: the same network with faster encoders for the CPU.
    """

    def __init__(
        self,
        net: CaseNet,
        tokenizer: PreTrainedTokenizerBase | None,
        points: Sequence[OperatingPoint],
        *,
        identity: ModelIdentity,
        runtime: Runtime,
        calibration: Calibration | None = None,
        spreads: Mapping[InputKind, Spread] = MappingProxyType({}),
        map_tests: MapTests | None = None,
        neighbours: Neighbours | None = None,
        compiled: CaseNet | None = None,
    ) -> None:
        self.spreads = spreads
        self.neighbours = neighbours
        self.map_tests = map_tests
        self.net = net.eval().requires_grad_(False)
        self.tokenizer = tokenizer
        self.points = tuple(points)
        self.calibration = calibration
        self.identity = identity
        self.runtime = runtime
        self._compiled = compiled
        self._embeddings = EmbeddingCache()
        self._on_device = net if runtime.device.type == "cpu" else copy.deepcopy(net).to(runtime.device)

    @property
    def spec(self) -> ModelSpec:
        """What the model takes in and answers."""
        return self.net.spec

    @cached_property
    def blank(self) -> EncodedCase:
        """What the encoders give for a grey film and for silence: where attributions start, the same for every case.

        Two threads may both compute it: they get the same.
        """
        nothing = blank_input(self.spec)
        return self.encode([nothing])[0] if nothing is not None else EncodedCase({})

    def net_on(self, device: torch.device) -> CaseNet:
        """Give the copy of the network that lives on a device of the memory ladder."""
        return self.net if device.type == "cpu" else self._on_device

    def prepare(self, case: Case) -> GatedInput:
        """Gate and prepare a case: which inputs are used, and as what tensors."""
        return prepare_case(case, self.spec, self.tokenizer)

    def predict(self, model_input: ModelInput) -> Prediction:
        """Score one prepared case.

        Raises InputError when no input is present, ModelError when the output is not finite, DeviceOutOfMemory.
        """
        return self.predict_batch([model_input], batch_size=1)[0]

    def predict_batch(self, inputs: Sequence[ModelInput], *, batch_size: int = 8) -> tuple[Prediction, ...]:
        """Score several prepared cases; a case's answer does not depend on the others."""
        for case in inputs:
            self._check(case)
        encoded, notes = self._encode(inputs, batch_size)
        return tuple(self._fuse(row, case, notes) for row, case in zip(encoded, inputs, strict=True))

    def head(self, prediction: Prediction) -> Head:
        """Give the function from coalitions of `prediction.kinds` to logits, from the cached embeddings."""
        columns = [self.spec.input_kinds.index(kind) for kind in prediction.kinds]

        def logits_of(coalitions: NDArray[np.bool_]) -> NDArray[np.float64]:
            n_rows = len(coalitions)
            present = torch.zeros(n_rows, len(self.spec.input_kinds), dtype=torch.bool)
            present[:, columns] = torch.from_numpy(coalitions)
            with torch.inference_mode():
                z = {kind: vector.expand(n_rows, -1) for kind, vector in prediction.z.items()}
                logits: NDArray[np.float64] = self.net.fuse(z, present).double().numpy()
            return logits

        return logits_of

    def answer(self, z: Mapping[InputKind, Tensor], *, doubt: Words = NOTHING) -> tuple[FindingScore, ...]:
        """Score the findings from embeddings [1, d_k] alone; what z lacks counts as absent, also for the doubt.

        doubt: why the calibration does not hold; then scores stand in place of probabilities and nothing is decided.
        """
        if not doubt:
            return self._score(z, self.points, self._limits(tuple(z)))
        scores = self._score(z, uncalibrated_points(self.points), None)
        return tuple(replace(score, decision="uncertain", reason=doubt) for score in scores)

    def member_logits(self, prediction: Prediction) -> NDArray[np.float64]:
        """Give the logits [M, F] of every member from the cached embeddings; one row where there are no members."""
        with torch.inference_mode():
            logits: NDArray[np.float64] = (
                self.net.member_logits(prediction.z, prediction.present)[:, 0].double().numpy()
            )
        return logits

    def forget(self) -> None:
        """Let go of all embeddings: the next prediction runs every encoder, as a comparison with an old one needs."""
        self._embeddings.clear()

    def encode(self, inputs: Sequence[ModelInput], *, batch_size: int = 8) -> tuple[EncodedCase, ...]:
        """Run the encoders only, each on content that it has not had before."""
        return self._encode(inputs, batch_size)[0]

    def _encode(
        self, inputs: Sequence[ModelInput], batch_size: int
    ) -> tuple[tuple[EncodedCase, ...], tuple[QualityNote, ...]]:
        told: list[QualityNote] = []

        def run(chunk: Sequence[ModelInput], device: torch.device) -> list[EncodedCase]:
            # Compiled encoders answer; what is differentiated through them asks torch's.
            fast = self._compiled if device.type == "cpu" else None
            return encode_cases(fast or self.net_on(device), chunk, runtime=self.runtime, device=device)

        def encode(fresh: Sequence[ModelInput]) -> Sequence[EncodedCase]:
            encoded, _, notes = with_memory_ladder(run, fresh, device=self.runtime.device, batch_size=batch_size)
            told.extend(notes)
            return encoded

        return encode_remembered(inputs, self.spec.input_kinds, self._embeddings, encode), tuple(told)

    def _check(self, model_input: ModelInput) -> None:
        if not any(model_input.present):
            raise InputError(
                Words("none of the inputs of this case can be used"),
                Words("The checks name the reason for each input."),
            )
        if model_input.image is not None and self.spec.image is not None:
            check_range(model_input.image.pixels, limit=self.spec.image.limit)

    def _limits(self, kinds: Iterable[InputKind]) -> Limits | None:
        return limits_for(self.calibration, self.spec.findings, kinds, head=self.spec.head)

    def _score(
        self, z: Mapping[InputKind, Tensor], points: Sequence[OperatingPoint], limits: Limits | None
    ) -> tuple[FindingScore, ...]:
        present = torch.tensor([[kind in z for kind in self.spec.input_kinds]])
        with torch.inference_mode():
            logits = self.net.fuse(z, present)[0].double().tolist()
            # A network without members is its only one, and has answered already.
            members = self.net.member_logits(z, present)[:, 0].double().numpy() if self.spec.ensemble else None
        return score_findings(logits, points, head=self.spec.head, limits=limits, members=members)

    def _fuse(self, encoded: EncodedCase, model_input: ModelInput, notes: tuple[QualityNote, ...]) -> Prediction:
        with torch.inference_mode():
            single = self.net.unimodal_logits(encoded.z)
        kinds = tuple(encoded.z)
        limits = self._limits(kinds)
        return Prediction(
            findings=self._score(encoded.z, self.points, limits),
            z=encoded.z,
            present=torch.tensor([model_input.present]),
            maps=encoded.maps,
            single={kind: dict(zip(self.spec.findings, own[0].tolist(), strict=True)) for kind, own in single.items()},
            notes=(*self.runtime.notes, *notes, *basis_notes(self.calibration, limits, kinds)),
            window_maps=encoded.window_maps,
        )


def load_predictor(
    folder: Path, *, device: str = "auto", n_threads: int = 0, n_lanes: int = 1, compiled_in: Path | None = None
) -> Predictor:
    """Verify and load a bundle, let it score its golden case, and put it on a device.

    n_threads: CPU threads, 0 = MEDMM_THREADS or every core; n_lanes: threads of the caller that will ask at once, each
    with so many of these; compiled_in: a folder for compiled encoders, made at the first use, None to run all in torch.
    Raises WeightsMissing, BundleRefused or ModelError.
    """
    set_threads(n_threads)
    runtime = choose_device(device)
    bundle, net = load_bundle(folder)
    compiled = None
    if compiled_in is not None and runtime.device.type == "cpu":
        name = bundle.sha256[:24]
        compiled = compile_net(net, read_golden(folder), cache=compiled_in, name=name, n_lanes=n_lanes)
    return Predictor(
        net,
        load_bundle_tokenizer(bundle),
        operating_points(bundle.spec.findings, bundle.calibration),
        identity=_identity(bundle, runtime, is_compiled=compiled is not None),
        runtime=runtime,
        calibration=bundle.calibration,
        spreads=read_spread(bundle.folder, {kind: cast(int, net.encoders[kind.value].dim) for kind in net.kinds}),
        map_tests=bundle.map_tests,
        neighbours=read_neighbours(bundle.folder, bundle.spec),
        compiled=compiled,
    )


def _identity(bundle: Bundle, runtime: Runtime, *, is_compiled: bool) -> ModelIdentity:
    libraries = f"torch {torch.__version__}"
    if is_compiled:
        libraries += f", OpenVINO {version('openvino')}"
    return ModelIdentity(
        name=bundle.spec.name,
        version=bundle.spec.version,
        sha256=bundle.sha256,
        device=runtime.title,
        runtime=libraries,
        precision=runtime.precision,
        is_calibrated=bundle.calibration is not None and bundle.calibration.is_calibrated,
        limits=bundle.spec.limits,
        n_members=len(bundle.spec.ensemble.members) if bundle.spec.ensemble else 1,
    )
