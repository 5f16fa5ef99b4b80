"""Compiled encoders say what torch says, and torch answers where they cannot."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medmm.core.quality import InputKind
from tests.models.builders import make_batch, make_net, make_spec

if TYPE_CHECKING:
    from torch import Tensor

    from medmm.models.batch import ModelBatch
    from medmm.models.case_net import CaseNet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net() -> CaseNet:
    return make_net(make_spec())


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoders")


def compiled(net: CaseNet, cache: Path, *, n_lanes: int = 1) -> CaseNet | None:
    from medmm.inference.compiled import compile_net

    return compile_net(net, make_batch(net.spec, 2, seed=3), cache=cache, name="bundle", n_lanes=n_lanes)


def logits(net: CaseNet, batch: ModelBatch) -> Tensor:
    import torch

    with torch.inference_mode():
        found: Tensor = net(batch)
    return found


def test_they_say_what_torch_says_whatever_is_present(net: CaseNet, cache: Path) -> None:
    import torch

    fast = compiled(net, cache)
    batch = make_batch(net.spec, 4)
    present = torch.tensor([[True, True, True], [True, False, True], [False, True, False], [True, True, False]])
    batch = replace(batch, present=present)

    assert fast is not None
    assert {type(fast.encoders[kind]).__name__ for kind in ("image", "note")} == {"CompiledImage", "CompiledNotes"}
    torch.testing.assert_close(logits(fast, batch), logits(net, batch), atol=1e-5, rtol=1e-4)
    with torch.inference_mode():
        ours, theirs = fast.encode(batch)[InputKind.IMAGE], net.encode(batch)[InputKind.IMAGE]
    assert ours.maps is not None
    torch.testing.assert_close(ours.maps, theirs.maps, atol=1e-5, rtol=1e-4)


def test_a_case_alone_says_what_it_says_among_others(net: CaseNet, cache: Path) -> None:
    import torch

    fast = compiled(net, cache)
    assert fast is not None
    batch = make_batch(net.spec, 3)
    alone = [
        replace(
            batch,
            present=batch.present[i : i + 1],
            image=batch.image[i : i + 1] if batch.image is not None else None,
            token_ids=batch.token_ids[i : i + 1] if batch.token_ids is not None else None,
            token_mask=batch.token_mask[i : i + 1] if batch.token_mask is not None else None,
            chunk_case=torch.zeros(1, dtype=torch.long),
            vitals=batch.vitals[i : i + 1] if batch.vitals is not None else None,
        )
        for i in range(3)
    ]

    with torch.inference_mode():
        together = fast.encode(batch)
        for i, one in enumerate(alone):
            own = fast.encode(one)
            for kind in (InputKind.IMAGE, InputKind.NOTE):
                assert torch.equal(own[kind].z[0], together[kind].z[i])


@pytest.mark.parametrize("n_lanes", [1, 2])
def test_eight_threads_get_the_same_answers(net: CaseNet, cache: Path, n_lanes: int) -> None:
    import torch

    alone, fast = compiled(net, cache), compiled(net, cache, n_lanes=n_lanes)
    assert alone is not None
    assert fast is not None
    batches = [make_batch(net.spec, 2, seed=seed) for seed in range(8)]
    expected = [logits(alone, batch) for batch in batches]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda batch: logits(fast, batch), batches * 4))

    assert all(torch.equal(one, expected[place % 8]) for place, one in enumerate(found))


def test_what_was_made_once_is_read(net: CaseNet, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from medmm.inference import compiled as module

    assert compiled(net, cache) is not None

    def convert(graph: object) -> None:
        raise AssertionError("it was converted again")

    monkeypatch.setattr(module, "_convert", convert)
    assert compiled(net, cache) is not None
    assert sorted(path.suffix for path in cache.iterdir()) == [".bin", ".bin", ".xml", ".xml"]


def test_a_damaged_file_leaves_torch_at_work_and_is_made_anew(
    net: CaseNet, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert compiled(net, tmp_path) is not None
    graph = next(tmp_path.glob("*image*.xml"))
    graph.write_bytes(graph.read_bytes()[:2000])

    with caplog.at_level(logging.WARNING):
        assert compiled(net, tmp_path) is None
    assert "encoders run in torch" in caplog.text
    assert compiled(net, tmp_path) is not None


def test_wrong_weights_are_found_by_the_golden_case(
    net: CaseNet, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert compiled(net, tmp_path) is not None

    other = make_net(make_spec(), seed=5)
    with caplog.at_level(logging.WARNING):
        assert compiled(other, tmp_path) is None, "files of another network under the same name"
    assert "differ by" in caplog.text
    assert compiled(other, tmp_path) is not None, "made anew"


def test_without_the_library_or_a_place_torch_answers(
    net: CaseNet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from medmm.inference import compiled as module

    (tmp_path / "file").write_text("not a folder")
    assert compiled(net, tmp_path / "file" / "below") is None
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert compiled(net, tmp_path) is None


def test_nobody_is_told_that_it_is_used(net: CaseNet, cache: Path) -> None:
    """In a process of its own: what was imported before by another test would not be imported again."""
    code = (
        "import sys; from medmm.inference.compiled import _silent_openvino; _silent_openvino();"
        "sys.exit(any(name.startswith('openvino_telemetry.') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_members_of_an_ensemble_are_compiled_each(tmp_path: Path) -> None:
    import torch

    from tests.models.test_ensemble import make_ensemble

    nets = [make_net(make_spec(), seed=seed) for seed in (1, 2, 3)]
    joined = make_ensemble(nets)
    fast = compiled(joined, tmp_path)

    assert fast is not None
    assert len(list(tmp_path.glob("*image*.xml"))) == 3
    batch = make_batch(make_spec(), 3)
    torch.testing.assert_close(logits(fast, batch), logits(joined, batch), atol=1e-5, rtol=1e-4)
