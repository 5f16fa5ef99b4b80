"""Tests of maps: figures by hand, a method that ignores the network is refused, a bundle gets its results."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from tests.models.map_results import make_tests

pytestmark = pytest.mark.slow


def film_box(top: int, left: int, bottom: int, right: int) -> np.ndarray:
    box = np.zeros((32, 32), dtype=np.float32)
    box[top:bottom, left:right] = 1
    return box


def test_a_map_is_held_against_its_box() -> None:
    from medmm.training.maps.pointing import place_map

    values = np.zeros((4, 4), dtype=np.float32)
    values[1, 1], values[1, 2], values[3, 3] = 3.0, 2.0, 1.0
    seen = np.ones((32, 32), dtype=bool)
    # Half of cell (1, 1) and all of cell (1, 2); the middle of (1, 1) at pixel (12, 12) is in the box.
    placed = place_map(values, film_box(8, 12, 16, 24), seen, patient="a")

    assert (placed.hit, placed.strict_hit) == (True, True)
    assert placed.energy == pytest.approx((3.0 * 0.5 + 2.0) / 6.0)
    assert placed.area == pytest.approx(8 * 12 / 32**2)
    assert (placed.chance, placed.strict_chance) == (2 / 16, 2 / 16)


def test_a_box_that_touches_the_hottest_cell_but_not_its_middle_is_a_hit_and_no_strict_one() -> None:
    from medmm.training.maps.pointing import place_map

    values = np.zeros((4, 4), dtype=np.float32)
    values[0, 0] = 1.0
    seen = np.ones((32, 32), dtype=bool)

    placed = place_map(values, film_box(6, 6, 10, 10), seen, patient="a")
    empty = place_map(np.zeros_like(values), film_box(0, 0, 8, 8), seen, patient="a")

    assert (placed.hit, placed.strict_hit) == (True, False)
    assert (empty.hit, empty.strict_hit, empty.energy) == (False, False, 0.0)


def test_padding_counts_neither_for_chance_nor_for_area() -> None:
    from medmm.training.maps.pointing import place_map

    seen = np.zeros((32, 32), dtype=bool)
    seen[:, :16] = True
    placed = place_map(np.ones((4, 4), dtype=np.float32), film_box(0, 0, 8, 8), seen, patient="a")

    assert placed.chance == 1 / 8
    assert placed.area == pytest.approx(64 / 512)


def test_the_ratio_is_that_of_the_means_with_an_interval_over_patients() -> None:
    from medmm.training.maps.pointing import PlacedMap, summarise_places

    tiny = PlacedMap("a", True, 0.1, False, 0.0, energy=0.2, area=0.01)
    large = PlacedMap("b", False, 0.3, False, 0.2, energy=0.6, area=0.39)

    found = summarise_places([tiny, large, large], samples=200, seed=0)

    assert (found.n, found.n_patients) == (3, 2)
    assert found.energy_ratio.value == pytest.approx(1.4 / 0.79, abs=1e-4)
    assert found.hits.value == pytest.approx(1 / 3, abs=1e-4)
    assert found.hits.low == 0.0
    assert found.hits.high == 1.0


def test_falls_are_compared_over_patients() -> None:
    from medmm.training.maps.deletion import Fall, summarise_falls

    better = [Fall(f"p{n}", 1.0 + n / 10, 0.5) for n in range(12)]
    alike = [Fall(f"p{n}", 0.5 + (-1) ** n * (n + 1) / 10, 0.5) for n in range(12)]

    # All twelve differences of one sign: one-sided p of 2^-12.
    assert summarise_falls(better).p == pytest.approx(2**-12, rel=0.01)
    assert summarise_falls(better).verdict == "passed"
    assert summarise_falls(alike).verdict == "failed"
    # Twelve copies of one patient are one patient.
    assert summarise_falls([Fall("p", 1.0, 0.5)] * 12).verdict == "failed"


def test_random_cells_are_as_many_as_the_hottest_and_lie_on_film() -> None:
    from medmm.training.maps.deletion import hottest_cells, random_cells

    values = np.arange(36, dtype=np.float32).reshape(6, 6)
    seen = np.zeros((60, 60), dtype=bool)
    seen[:, 20:50] = True

    assert sorted(hottest_cells(values)) == [30, 31, 32, 33, 34, 35]
    for seed in range(20):
        chosen = random_cells(seen, (6, 6), np.random.default_rng(seed))
        assert len(set(chosen.tolist())) == 6
        assert set((chosen % 6).tolist()) <= {2, 3, 4}


def test_each_step_of_the_cascade_shuffles_more_and_the_network_itself_stays() -> None:
    import torch

    from medmm.training.maps.randomise import HEAD, cascade
    from tests.models.builders import make_net, make_spec

    net = make_net(make_spec())
    before = {name: weight.clone() for name, weight in net.named_parameters()}

    steps = list(cascade(net, seed=3))

    assert all(torch.equal(weight, before[name]) for name, weight in net.named_parameters())
    assert steps[0][0] == HEAD
    assert len(steps) == 4
    changed = [
        {name for name, weight in random.named_parameters() if not torch.equal(weight, before[name])}
        for _, random in steps
    ]
    assert all(smaller < larger for smaller, larger in pairwise(changed))
    assert not any(name.startswith("encoders.") for name in changed[0])
    # Every layer of the image encoder is reached; the other inputs draw no map and stay.
    assert any(name.startswith("encoders.image.features.conv0") for name in changed[-1])
    assert not any(name.startswith("encoders.note") for name in changed[-1])
    for name, weight in steps[-1][1].named_parameters():
        assert torch.equal(weight.flatten().sort().values, before[name].flatten().sort().values)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "cases"
    kinds = frozenset({InputKind.IMAGE, InputKind.VITALS})
    simulate_cohort(folder, n_patients=36, seed=9, inputs=kinds, progress=no_progress, cancel=CancelToken())
    return folder


@pytest.fixture(scope="module")
def tested(cohort: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A bundle with random weights that calls everything positive, and its copy with tests."""
    from medmm.cli.main import main
    from medmm.training.maps import measure
    from tests.models.builders import make_bundle

    folder = tmp_path_factory.mktemp("maps")
    bundle = make_bundle(folder / "test-model")
    calls_all(bundle)
    out = folder / "tested"
    arguments = ["--data", str(cohort / "truth.csv"), "--out", str(out), "--version", "0.1", "--cases", "simulated"]
    with pytest.MonkeyPatch.context() as patch:
        # Fewer looks than a real bundle deserves, so that the tests do not wait for them.
        patch.setattr(measure, "LOOKS", 24)
        patch.setattr(measure, "RANDOMISED_LOOKS", 8)
        patch.setattr(measure, "MOST_CASES", 14)
        assert main(["models", "test-maps", str(bundle), *arguments]) == 0
    return bundle, out


def calls_all(bundle: Path) -> None:
    """Lower the thresholds so that a random network finds everything."""
    from medmm.models.bundle import seal_bundle

    path = bundle / "calibration.json"
    content = json.loads(path.read_text())
    content["thresholds"] = dict.fromkeys(content["thresholds"], 0.0001)
    path.write_text(json.dumps(content))
    seal_bundle(bundle)


def test_the_copy_has_results_card_and_version_and_the_weights_of_the_first(tested: tuple[Path, Path]) -> None:
    from medmm.models.bundle import load_bundle

    first, out = tested
    found, _ = load_bundle(out)

    assert found.map_tests is not None
    assert set(found.map_tests.methods) == {"gradcam", "shifted_gradcam", "occlusion"}
    assert found.map_tests.methods["shifted_gradcam"].grid == [4, 4]
    assert found.spec.version == "0.1"
    assert (out / "models/model.safetensors").read_bytes() == (first / "models/model.safetensors").read_bytes()
    card = (out / "docs" / "README.md").read_text()
    assert card.count("## Tests of heat maps") == 1
    place = found.map_tests.methods["gradcam"].everything.place
    assert place is not None
    assert place.n >= 10
    assert f"| Grad-CAM (fusion head): all | {place.n} | {place.n_patients} | {place.hits.value:.2f} (" in card


def test_results_that_were_changed_are_noticed(tested: tuple[Path, Path], tmp_path: Path) -> None:
    import shutil

    from medmm.core.errors import BundleRefused
    from medmm.models.bundle_facts import verify_bundle

    copy = tmp_path / "copy"
    shutil.copytree(tested[1], copy)
    path = copy / "explanation.json"
    path.write_text(path.read_text().replace('"hits"', '"hits" '))

    with pytest.raises(BundleRefused, match=r"explanation\.json was changed"):
        verify_bundle(copy)


def test_it_is_never_written_in_place(tested: tuple[Path, Path], cohort: Path) -> None:
    from medmm.cli.main import main

    first, out = tested
    assert main(["models", "test-maps", str(first), "--data", str(cohort), "--out", str(out)]) != 0


def test_edges_of_the_film_are_no_explanation(cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A method that draws edges draws the same for any network: it fails, and no map of it is shown."""
    import torch
    from torch.nn.functional import adaptive_avg_pool2d

    from medmm.inference import map_methods
    from medmm.inference.map_gate import refuse_map
    from medmm.training.maps.measure import Plan, measure_maps
    from medmm.training.maps.tested_bundle import read_examples
    from tests.models.builders import make_bundle

    def draw_edges(net: object, subject: map_methods.MapSubject, findings: list[int]) -> torch.Tensor:
        steep = subject.image.diff(dim=-1).abs()
        cells = adaptive_avg_pool2d(steep, subject.maps.shape[2:])
        return cells.expand(-1, len(list(findings)), -1, -1)

    monkeypatch.setitem(map_methods.MAP_METHODS, "edges", map_methods.MapMethod("Edges", draw_edges, lambda grid: 1))
    bundle_folder = make_bundle(tmp_path / "test-model")
    calls_all(bundle_folder)
    bundle, net, examples = read_examples(bundle_folder, cohort, tmp_path / "cache")
    tests = measure_maps(net, bundle.calibration, examples, Plan("simulated", "edges", ("edges",), samples=50))

    assert tests is not None
    method = tests.methods["edges"]
    assert method.randomisation is not None
    assert set(method.randomisation.steps.values()) == {1.0}
    assert method.randomisation_verdict == "failed"
    assert "learnt nothing" in refuse_map(tests, "nodule")


def test_a_section_takes_the_place_of_the_former_one_or_stands_before_the_licence() -> None:
    from medmm.training.card_section import put_section
    from medmm.training.maps.words import maps_section

    section = maps_section(make_tests())
    card = put_section("# A model\n\nWords.\n\n## Licence\n\nApache-2.0.\n", section)
    again = put_section(card, section)

    assert card.index("## Tests of heat maps") < card.index("## Licence")
    assert again.split() == card.split()
    assert "| Grad-CAM (fusion head): all | 40 | 40 | 0.90 (0.80 to 0.90) | 0.30 |" in section
