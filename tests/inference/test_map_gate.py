"""Maps that failed the tests of their bundle are not drawn, and the reason is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.core.prediction import Explanation
from medmm.inference.map_gate import hits_of, is_tested, map_method, refuse_map
from medmm.models.map_tests import FindingMaps, MapTests
from tests.inference.builders import FINDINGS, make_case, make_predictor
from tests.models.map_results import make_deletion, make_place, make_tests


def test_a_bundle_without_tests_shows_its_maps_and_does_not_call_them_tested() -> None:
    assert refuse_map(None, "nodule") == ""
    assert map_method(None) == "gradcam"
    assert not is_tested(None, "nodule")
    assert hits_of(None, "nodule") is None


def test_a_failed_randomisation_or_deletion_refuses_every_finding() -> None:
    alike = make_tests(steps=(0.9, 0.8), findings={"nodule": FindingMaps(make_place())})
    idle = make_tests(deletion=make_deletion(hottest=0.1, random=0.2), findings={"nodule": FindingMaps(make_place())})

    for finding in ("nodule", "pneumonia"):
        assert "learnt nothing (rank correlation 0.80" in refuse_map(alike, finding)
        assert "no more than hiding other places" in refuse_map(idle, finding)


def test_failed_pointing_refuses_the_finding_alone() -> None:
    tests = make_tests(findings={"nodule": FindingMaps(make_place(hits=0.42)), "pneumonia": FindingMaps(make_place())})

    assert refuse_map(tests, "nodule") == (
        "No heat map: of 40 test maps of Nodule by Grad-CAM (fusion head) the hottest cell touched it in 42 %, "
        "80 % needed."
    )
    assert refuse_map(tests, "pneumonia") == ""
    assert (is_tested(tests, "pneumonia"), hits_of(tests, "pneumonia")) == (True, 0.9)
    assert (is_tested(tests, "effusion"), hits_of(tests, "effusion")) == (False, None)


def explained(tests: MapTests | None) -> dict[str, Explanation]:
    """Explain a case with a bundle whose tests found this."""
    from medmm.inference.explain import explain

    predictor = make_predictor()
    predictor.map_tests = tests
    case = make_case()
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)
    return explain(predictor, case, model_input, prediction, findings=FINDINGS, maps_for=FINDINGS[:2])


@pytest.mark.slow
def test_the_refused_finding_has_a_reason_in_place_of_its_map_and_the_other_has_its_map() -> None:
    first, second, third = FINDINGS
    places = {first: FindingMaps(make_place(hits=0.1)), second: FindingMaps(make_place(hits=0.85))}

    found = explained(make_tests(findings=places))

    assert found[first].heatmap is None
    assert "10 %" in found[first].map_refusal
    assert found[second].map_refusal == ""
    heatmap = found[second].heatmap
    assert heatmap is not None
    assert (heatmap.is_tested, heatmap.hits) == (True, 0.85)
    assert heatmap.outside is not None
    assert 0 <= heatmap.outside <= 1
    # Nobody asked for a map of the third.
    assert (found[third].heatmap, found[third].map_refusal) == (None, "")


@pytest.mark.slow
@pytest.mark.parametrize(("shown", "cells"), [("shifted_gradcam", 6), ("occlusion", 3)])
def test_the_method_that_the_bundle_names_is_drawn(shown: str, cells: int) -> None:
    tests = replace(make_tests(shown=shown), shown=shown)

    heatmap = explained(tests)[FINDINGS[0]].heatmap

    assert heatmap is not None
    assert heatmap.values.shape == (cells, cells)
    assert heatmap.method != "Grad-CAM (fusion head)"
    # The colours mean the same weight on the same area whatever the grid.
    assert heatmap.scale_logits == 0.5 * (3 / cells) ** 2


@pytest.mark.slow
def test_all_maps_share_one_scale_whatever_their_own_maximum() -> None:
    found = explained(None)

    heatmaps = [found[name].heatmap for name in FINDINGS[:2]]
    assert all(heatmap is not None for heatmap in heatmaps)
    maxima = {float(heatmap.values.max()) for heatmap in heatmaps if heatmap}
    assert len(maxima) == 2
    assert {heatmap.scale_logits for heatmap in heatmaps if heatmap} == {0.5}
