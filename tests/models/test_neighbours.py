"""Training cases of a bundle: which are nearest, over which inputs, and what a file must be to be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.models.neighbours import NEIGHBOURS, Neighbours, make_neighbours, read_neighbours, write_neighbours
from tests.models.builders import KINDS, make_spec

IMAGE, NOTE, VITALS = KINDS


def plane(*degrees: float) -> Tensor:
    """Directions in a plane."""
    angles = torch.deg2rad(torch.tensor(degrees))
    return torch.stack([angles.cos(), angles.sin()], dim=1)


def by_hand(units: dict[InputKind, Tensor], present: list[list[bool]] | None = None) -> Neighbours:
    """Training cases whose means are 0, so that cosines can be read off their angles."""
    n = len(next(iter(units.values())))
    given = torch.tensor(present) if present else torch.ones(n, len(units), dtype=torch.bool)
    means = {kind: torch.zeros(2) for kind in units}
    return Neighbours(means, units, torch.zeros(n, 2, dtype=torch.int8), given, torch.ones(n, dtype=torch.bool))


def test_the_nearest_come_first_with_the_mean_of_their_cosines() -> None:
    cases = by_hand({IMAGE: plane(0, 60, 180), NOTE: plane(90, 0, 0)})

    found = cases.nearest({IMAGE: plane(0), NOTE: 7 * plane(0)}, n=2)

    # (cos 60 + cos 0) / 2, then (cos 0 + cos 90) / 2; the length of a vector does not matter.
    assert found == ((1, pytest.approx(0.75, abs=1e-5)), (0, pytest.approx(0.5, abs=1e-5)))


def test_only_cases_with_all_inputs_of_the_case_are_compared_and_over_no_other_input() -> None:
    present = [[True, False], [True, True], [False, True]]
    cases = by_hand({IMAGE: plane(0, 40, 0), NOTE: plane(0, 180, 0)}, present)

    assert [place for place, _ in cases.nearest({IMAGE: plane(0), NOTE: plane(0)})] == [1]
    # Without a note the note of a training case counts neither for nor against it.
    assert [place for place, _ in cases.nearest({IMAGE: plane(0)})] == [0, 1]
    assert cases.places_with((IMAGE,)).tolist() == [0, 1]


def test_of_equally_near_cases_the_first_comes_first() -> None:
    rounding = torch.tensor([[1.0, 0.0], [1.0, 1e-4], [1.0, -1e-4], [1.0, 0.0]])
    cases = by_hand({IMAGE: rounding})

    assert [place for place, _ in cases.nearest({IMAGE: plane(0)})] == [0, 1, 2, 3]


def test_no_training_case_with_such_inputs_gives_no_neighbour() -> None:
    cases = by_hand({IMAGE: plane(0), NOTE: plane(0)}, [[True, False]])
    assert cases.nearest({NOTE: plane(0)}) == ()


def test_the_mean_is_taken_off_before_directions_are_compared() -> None:
    # All far out in one direction: without the mean taken off every cosine is above 0.99.
    vectors = {IMAGE: plane(0, 90, 180) + torch.tensor([50.0, 50.0])}
    present = torch.tensor([[True], [True], [True]])
    cases = make_neighbours(vectors, labels=torch.zeros(3, 2), present=present, simulated=torch.ones(3).bool())

    (first, _), (second, similarity), _ = cases.nearest({IMAGE: vectors[IMAGE][2:]})

    assert (first, second) == (2, 1)
    assert similarity < 0.5


def stored(folder: Path) -> Neighbours:
    """Write cases that fit `make_spec`; the second has no note, of the third one finding is unknown."""
    generator = torch.Generator().manual_seed(4)
    vectors = {kind: torch.randn(3, 16, generator=generator) for kind in KINDS}
    present = torch.tensor([[True, True, True], [True, False, True], [True, True, True]])
    labels = torch.tensor([[1, 0], [0, 0], [1, -1]])
    made = make_neighbours(vectors, labels=labels, present=present, simulated=torch.tensor([True, True, False]))
    write_neighbours(folder, made)
    return made


def test_cases_come_back_as_they_went_in(tmp_path: Path) -> None:
    made = stored(tmp_path)

    read = read_neighbours(tmp_path, make_spec())

    assert read is not None
    for kind in KINDS:
        assert torch.equal(read.units[kind], made.units[kind])
        assert torch.equal(read.means[kind], made.means[kind])
    assert torch.equal(read.labels, made.labels)
    assert torch.equal(read.present, made.present)
    assert read.simulated.tolist() == [True, True, False]
    assert read.units[NOTE][1].abs().sum() == 0


def test_a_bundle_without_them_has_none(tmp_path: Path) -> None:
    write_neighbours(tmp_path, None)
    assert read_neighbours(tmp_path, make_spec()) is None


def longer(tensors: dict[str, Tensor]) -> None:
    tensors["image"] = 2 * tensors["image"]


def narrower(tensors: dict[str, Tensor]) -> None:
    tensors["note"] = tensors["note"][:, :8].contiguous()


def not_a_number(tensors: dict[str, Tensor]) -> None:
    tensors["vitals"][0, 0] = float("nan")


def a_case_more(tensors: dict[str, Tensor]) -> None:
    tensors["labels"] = torch.cat([tensors["labels"], tensors["labels"][:1]])


def third_label(tensors: dict[str, Tensor]) -> None:
    tensors["labels"][0, 0] = 2


def without_means(tensors: dict[str, Tensor]) -> None:
    del tensors["note.mean"]


def with_names(tensors: dict[str, Tensor]) -> None:
    tensors["names"] = torch.zeros(3, dtype=torch.int8)


def present_where_nothing_is(tensors: dict[str, Tensor]) -> None:
    tensors["present"][1, 1] = True


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (longer, "vectors of image"),
        (narrower, "vectors of note"),
        (not_a_number, "vectors of vitals"),
        (a_case_more, "inputs of the cases"),
        (third_label, "label"),
        (without_means, "'note.mean' is missing"),
        (with_names, "'names' is not known"),
        (present_where_nothing_is, "vectors of note"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_one_sentence(
    tmp_path: Path, damage: Callable[[dict[str, Tensor]], None], words: str
) -> None:
    stored(tmp_path)
    tensors = load_file(tmp_path / NEIGHBOURS)
    damage(tensors)
    save_file(tensors, tmp_path / NEIGHBOURS)

    with pytest.raises(BundleRefused, match=words) as refused:
        read_neighbours(tmp_path, make_spec())
    assert NEIGHBOURS in str(refused.value)


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    stored(tmp_path)
    path = tmp_path / NEIGHBOURS
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BundleRefused, match="cannot be used"):
        read_neighbours(tmp_path, make_spec())
