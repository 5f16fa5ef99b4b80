"""Time of planes and slabs cut from a CT of 300 slices of 512 x 512, against SimpleITK; memory against the volume.

CPU time and not the clock: other work on the machine must not count. SimpleITK runs on one thread as well; turning the
array into its image is not counted.

Run: python tests/benchmarks/bench_planes.py
"""

from __future__ import annotations

import math
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import SimpleITK as sitk

from medmm.core.image import MedicalImage
from medmm.imaging.cutting import Cut, body_planes, cut_planes
from medmm.imaging.prepared import Volume, prepare_volume
from medmm.imaging.reformat import Plane
from medmm.imaging.sampling import sample_plane
from medmm.imaging.slabs import Slab
from tests.imaging.phantoms import ORIGIN, make_axial_affine, make_volume

SPACING = (1.0, 0.7, 0.7)
SIDE = 512
N_RUNS = 5
BUDGET_MS = 30.0
SLAB = Slab(20.0)


def best_ms(work: Callable[[], object]) -> float:
    """Least CPU time of some runs, in ms."""
    spent = []
    for _ in range(N_RUNS):
        began = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - began))
    return min(spent)


def make_ct() -> MedicalImage:
    """Make slices of noise: no plane is easier than another."""
    stored = np.empty((300, SIDE, SIDE), np.int16)
    rng = np.random.default_rng(7)
    for number in range(len(stored)):
        stored[number] = rng.integers(-1000, 2000, (SIDE, SIDE), dtype=np.int16)
    return make_volume(stored, make_axial_affine(SPACING))


def oblique(volume: Volume) -> Cut:
    """Give planes that are parallel to no axis, through the middle."""
    first, second = math.radians(25), math.radians(40)
    right = np.array([math.cos(first), math.sin(first), 0.0])
    down = np.array(
        [-math.sin(first) * math.cos(second), math.cos(first) * math.cos(second), math.sin(second)]
    )  # fmt: skip
    return Cut(down, right, volume.corners_mm.mean(axis=0))


def square(cut: Cut) -> np.ndarray:
    """Give (plane, row, column) -> LPS mm of one plane of 512 x 512 about the middle."""
    affine = np.eye(4)
    affine[:3, :3] = 0.7 * np.stack([np.cross(cut.right, cut.down), cut.down, cut.right], axis=1)
    affine[:3, 3] = cut.through_mm - (SIDE - 1) / 2 * (affine[:3, 1] + affine[:3, 2])
    return affine


def itk_ms(stored: np.ndarray, affine: np.ndarray) -> float:
    """Time the same plane by SimpleITK's resampling."""
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    image = sitk.GetImageFromArray(stored)
    image.SetSpacing(SPACING[::-1])
    image.SetOrigin(ORIGIN)
    resample = sitk.ResampleImageFilter()
    resample.SetInterpolator(sitk.sitkLinear)
    resample.SetSize([SIDE, SIDE, 1])
    resample.SetOutputSpacing([0.7, 0.7, 0.7])
    resample.SetOutputOrigin(affine[:3, 3].tolist())
    resample.SetOutputDirection((affine[:3, :3] / 0.7)[:, ::-1].ravel().tolist())
    return best_ms(lambda: resample.Execute(image))


def main() -> int:
    """Print the figures; 1 when a plane is over its budget or memory over a fifth of the volume."""
    image = make_ct()
    tracemalloc.start()
    volume = prepare_volume(image)
    cut = oblique(volume)
    affine = square(cut)
    plane = cut_planes(volume, cut)
    slab, coarse = (
        cut_planes(volume, replace(cut, slab=SLAB)),
        cut_planes(volume, replace(cut, slab=SLAB, pixel_mm=2.1)),
    )
    for stack in (plane, slab, coarse, *(body_planes(volume, each, SLAB) for each in Plane)):
        np.asarray(stack.stored[stack.n_slices // 2])
    extra = tracemalloc.get_traced_memory()[1] / image.stored.nbytes
    tracemalloc.stop()
    ours, theirs = best_ms(lambda: sample_plane(volume, affine, (SIDE, SIDE))), itk_ms(image.stored, affine)
    print(f"oblique plane {SIDE} x {SIDE}: {ours:.1f} ms, {ours / theirs:.2f} x SimpleITK, budget {BUDGET_MS:.0f} ms")
    for name, stack in (("plane through all", plane), ("slab of 29 planes", slab), ("the same while dragged", coarse)):
        middle = stack.n_slices // 2
        spent = best_ms(lambda stack=stack, middle=middle: (stack.stored[middle - 1], stack.stored[middle])) / 2
        print(f"oblique {name} {stack.size[0]} x {stack.size[1]}: {spent:.1f} ms")
    for each in Plane:
        thin, thick = body_planes(volume, each), body_planes(volume, each, SLAB)
        spent = best_ms(lambda thin=thin: np.ascontiguousarray(thin.stored[150]))
        spent_thick = best_ms(lambda thick=thick: (thick.stored[149], thick.stored[150])) / 2
        print(f"{each}: {spent:.1f} ms, slab of 20 mm {spent_thick:.1f} ms")
    print(f"memory beside the volume at most {extra:.3f} of it")
    return int(ours > BUDGET_MS or extra > 0.2)


if __name__ == "__main__":
    sys.exit(main())
