"""explanation.json: verdicts by limits that no bundle can soften, and what is refused."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from medmm.core.errors import BundleRefused
from medmm.models.map_tests import MAP_TESTS, FindingMaps, MapTests, read_map_tests, write_map_tests
from tests.models.map_results import make_deletion, make_place, make_tests

FINDINGS = ("pneumonia", "nodule")


@pytest.mark.parametrize(("hits", "n", "verdict"), [(0.8, 10, "passed"), (0.79, 500, "failed"), (0.1, 9, "not tested")])
def test_pointing_needs_eight_of_ten_and_ten_maps(hits: float, n: int, verdict: str) -> None:
    assert make_place(hits=hits, n=n).pointing_verdict == verdict


@pytest.mark.parametrize(("ratio", "verdict"), [(3.0, "passed"), (2.99, "failed")])
def test_weight_in_the_box_needs_three_times_its_area(ratio: float, verdict: str) -> None:
    assert make_place(ratio=ratio).energy_verdict == verdict


@pytest.mark.parametrize(
    ("hottest", "random", "p", "verdict"),
    [(1.0, 0.5, 0.01, "passed"), (1.0, 0.5, 0.05, "failed"), (0.5, 1.0, 0.01, "failed")],
)
def test_deletion_needs_a_greater_fall_and_a_small_p(hottest: float, random: float, p: float, verdict: str) -> None:
    assert make_deletion(hottest=hottest, random=random, p=p).verdict == verdict


def test_randomisation_is_judged_once_all_layers_are_random() -> None:
    def verdict(*steps: float) -> str:
        return make_tests(steps=steps).methods["gradcam"].randomisation_verdict

    assert verdict(0.9, 0.7, 0.49) == "passed"
    assert verdict(0.1, 0.2, 0.5) == "failed"


def test_a_finding_with_too_few_maps_is_not_tested_whatever_the_others_are() -> None:
    method = make_tests(findings={"pneumonia": FindingMaps(make_place())}).methods["gradcam"]

    assert method.pointing_verdict("pneumonia") == "passed"
    assert method.pointing_verdict("nodule") == "not tested"


def test_they_come_back_from_the_file_as_they_were(tmp_path: Path) -> None:
    tests = make_tests(findings={"nodule": FindingMaps(make_place(hits=0.5), make_deletion())})
    write_map_tests(tmp_path, tests)

    assert read_map_tests(tmp_path, FINDINGS) == tests


def test_a_bundle_without_the_file_has_none(tmp_path: Path) -> None:
    assert read_map_tests(tmp_path, FINDINGS) is None


def broken(tests: MapTests, how: str) -> str:
    """The text of a file that lies."""
    content = asdict(tests)
    if how == "extra key":
        content["limits"] = {"hits": 0.0}
    if how == "not finite":
        return json.dumps(content).replace("0.9", "NaN", 1)
    if how == "text for a number":
        content["n_cases"] = "many"
    return json.dumps(content)


@pytest.mark.parametrize("how", ["extra key", "not finite", "text for a number"])
def test_a_file_that_is_not_what_we_write_is_refused(tmp_path: Path, how: str) -> None:
    (tmp_path / MAP_TESTS).write_text(broken(make_tests(), how))

    with pytest.raises(BundleRefused, match=r"explanation\.json"):
        read_map_tests(tmp_path, FINDINGS)


def test_other_schemas_unknown_findings_and_untested_methods_are_refused(tmp_path: Path) -> None:
    sound = make_tests(findings={"nodule": FindingMaps(make_place())})
    for tests, findings in (
        (replace(sound, schema="medmm.map_tests/9"), FINDINGS),
        (sound, ("pneumonia",)),
        (replace(sound, shown="edges"), FINDINGS),
    ):
        write_map_tests(tmp_path, tests)
        with pytest.raises(BundleRefused, match=r"explanation\.json"):
            read_map_tests(tmp_path, findings)
