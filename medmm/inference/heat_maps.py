"""Heat maps of one scored case: drawn by the bundle's method, tried under shifts, put in their place on the image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from medmm.core.heat_map import HeatMap
from medmm.core.quality import InputKind
from medmm.inference.body import beyond_body, share_beyond
from medmm.inference.gradcam import to_heatmap
from medmm.inference.map_gate import hits_of, is_tested, map_method, refuse_map
from medmm.inference.map_methods import MAP_METHODS, MapSubject, draw_maps
from medmm.inference.model_input import ModelInput
from medmm.inference.prediction import Prediction
from medmm.inference.predictor import Predictor
from medmm.inference.stability import map_stability
from medmm.models.encoded import Encoded


def heat_maps(
    predictor: Predictor, model_input: ModelInput, prediction: Prediction, *, findings: Sequence[str]
) -> dict[str, HeatMap]:
    """Draw the maps of all named findings at once; empty without an image.

    A finding whose maps failed the tests of the bundle has none (`map_gate.refuse_map` says why).
    """
    tests = predictor.map_tests
    drawn = [name for name in findings if not refuse_map(tests, name)]
    if not drawn or prediction.maps is None or model_input.image is None:
        return {}
    name, subject = map_method(tests), subject_of(predictor, model_input, prediction)
    columns = [predictor.spec.findings.index(finding) for finding in drawn]
    values = draw_maps(name, predictor.net, subject, findings=columns)[0].numpy()
    stabilities = map_stability(predictor.net, name, subject, findings=columns, values=values)
    beyond = beyond_body(model_input.image) if values[0].ndim == 2 else None
    method = MAP_METHODS[name]
    return {
        finding: replace(
            to_heatmap(own, model_input.image, stability=stability),
            method=method.title,
            # As much of the logit on a quarter of the area is as hot.
            scale_logits=HeatMap.scale_logits / method.finer ** values[0].ndim,
            is_tested=is_tested(tests, finding),
            hits=hits_of(tests, finding),
            outside=None if beyond is None else share_beyond(own, beyond),
        )
        for finding, own, stability in zip(drawn, values, stabilities, strict=True)
    }


def subject_of(predictor: Predictor, model_input: ModelInput, prediction: Prediction) -> MapSubject:
    """Give what maps are drawn of: the case's own embeddings, and the predictor's encoder for other images of it."""
    own = model_input.image
    assert own is not None
    assert prediction.maps is not None
    only_image = tuple(kind is InputKind.IMAGE for kind in predictor.spec.input_kinds)

    def encode(images: Tensor) -> Encoded:
        given = [ModelInput(only_image, image=replace(own, pixels=one[0].numpy())) for one in images]
        rows = predictor.encode(given)
        return Encoded(
            z=torch.cat([row.z[InputKind.IMAGE] for row in rows]),
            maps=torch.cat([row.maps for row in rows if row.maps is not None]),
        )

    image = torch.from_numpy(own.pixels)[None, None]
    return MapSubject(prediction.z, prediction.present, image, prediction.maps, encode)
