#!/usr/bin/env python3
"""Make resources/film/film_look.safetensors: what the gate knows an upright frontal chest film by.

python installer/film_look.py COHORT FILMS     COHORT of `medmm simulate`, FILMS a folder of ChestX-ray14 pictures

Of both, only films whose name has an even CRC-32 teach; the others are left for `tests/benchmarks/bench_gates.py`.
Lateral films are drawn as phantoms: none of the sources may be shipped in any form and none has many.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from medmm.imaging.reader import read_image  # noqa: E402 (runs as a script)
from medmm.inference.film_look import CUT, LATERAL, LOOKS, OTHER, UPRIGHT, to_features  # noqa: E402
from medmm.inference.image_pixels import display_sample  # noqa: E402

N_SIMULATED, N_VIEWS, HIDDEN, SEED = 500, 4, 32, 0
# Twice what the network looks at: films are shrunk before they are turned and cut.
SIDE_DRAWN = 96
Pixels = NDArray[np.float32]


def main(arguments: list[str]) -> int:
    """Read the films, draw what they are turned into, fit, write."""
    cohort, films = map(Path, arguments)
    simulated = [path for path in sorted(cohort.glob("case_*/chest.dcm")) if teaches(path.parent.name)][:N_SIMULATED]
    real = [path for path in sorted(films.glob("*.jpg")) if teaches(path.name)]
    rng = np.random.default_rng(SEED)
    features, looks = [], []
    for path in (*simulated, *real * 3):
        film = display_sample(read_image(path), side=SIDE_DRAWN)
        for picture, look in variants(film, rng):
            features.append(to_features(picture))
            looks.append(LOOKS.index(look))
    write(ROOT / "resources" / "film" / "film_look.safetensors", np.array(features), np.array(looks))
    return 0


def teaches(name: str) -> bool:
    """Tell whether a film teaches or is left for measuring."""
    return zlib.crc32(name.encode()) % 2 == 0


def variants(film: Pixels, rng: np.random.Generator) -> Iterator[tuple[Pixels, str]]:
    """Give a film as it may come, and what else may claim to be one."""
    for _ in range(N_VIEWS):
        yield shaken(film, rng), UPRIGHT
    view = shaken(film, rng)
    for place in range(8):
        turned = np.rot90(view, place % 4)
        yield np.ascontiguousarray(1 - turned if place > 3 else turned), LOOKS[place]
    for _ in range(2):
        yield cut(shaken(film, rng), rng), CUT
        yield lateral(rng), LATERAL
        yield shapes(rng), OTHER
    yield shuffled(view, rng), OTHER


def shaken(film: Pixels, rng: np.random.Generator) -> Pixels:
    """Crop or pad a little, change the contrast, mirror half of them: the heart may lie on either side."""
    rows, cols = film.shape
    trims = rng.integers(-8, 18, 4) / 100
    top, bottom = (int(max(trim, 0) * rows) for trim in trims[:2])
    left, right = (int(max(trim, 0) * cols) for trim in trims[2:])
    view = film[top : rows - bottom, left : cols - right]
    if rng.random() < 0.5:
        widths = [int(max(-trim, 0) * side) for trim, side in zip(trims, (rows, rows, cols, cols), strict=True)]
        view = np.pad(view, (widths[:2], widths[2:]))
    view = view ** np.float32(rng.uniform(0.5, 2.0))
    return np.ascontiguousarray(view[:, ::-1] if rng.random() < 0.5 else view)


def cut(film: Pixels, rng: np.random.Generator) -> Pixels:
    """Keep half of a film: top, bottom, one side, or the middle."""
    rows, cols = film.shape
    keep = rng.uniform(0.4, 0.58)
    high, wide = int(keep * rows), int(keep * cols)
    row, col = (rows - high) // 2, (cols - wide) // 2
    halves = (film[:high], film[rows - high :], film[:, :wide], film[:, cols - wide :])
    middle = film[row : row + high, col : col + wide]
    return np.ascontiguousarray((*halves, middle)[rng.integers(5)])


def lateral(rng: np.random.Generator) -> Pixels:
    """Draw a lateral chest: one dark field between a spine on one side and a heart on the other."""
    y, x = np.mgrid[0:1:64j, 0:1:64j]
    draw = rng.uniform
    width, centre = draw(0.55, 1.0), draw(0.4, 0.6)
    trunk = np.exp(-(np.abs((x - centre) / (width * 0.5 * (0.85 + 0.3 * y))) ** draw(3, 6)))
    film = draw(0.5, 0.8) * trunk + draw(0.1, 0.35) * np.exp(-((y / draw(0.1, 0.25)) ** 2)) * trunk
    lung_x, lung_y = centre + draw(-0.08, 0.08), draw(0.4, 0.52)
    across, along = (x - lung_x) / (width * draw(0.28, 0.45)), (y - lung_y) / draw(0.28, 0.42)
    film -= draw(0.3, 0.6) * np.exp(-(np.abs(across) ** 2.5) - np.abs(along) ** 3)
    spine = centre + width * draw(0.2, 0.4) + draw(-0.2, 0.2) * (y - 0.5) - 0.08 * (y - 0.5) ** 2
    film += draw(0.05, 0.35) * np.exp(-(((x - spine) / draw(0.05, 0.12)) ** 2))
    heart_x, heart_y = centre - width * draw(0.05, 0.24), draw(0.52, 0.72)
    heart = ((x - heart_x) / draw(0.1, 0.22)) ** 2 + ((y - heart_y) / draw(0.1, 0.22)) ** 2
    film += draw(0.15, 0.45) * np.exp(-heart)
    diaphragm = (y - draw(0.66, 0.88) - draw(-0.35, 0.35) * (x - centre)) / 0.03
    film += draw(0.1, 0.5) / (1 + np.exp(-np.clip(diaphragm, -30, 30))) * trunk
    return _finished(film, rng)


def shapes(rng: np.random.Generator) -> Pixels:
    """Draw one to five soft blocks on a slope: what limbs, heads, bellies and documents are from afar."""
    y, x = np.mgrid[0:1:64j, 0:1:64j]
    film = rng.normal(0, 0.3) * x + rng.normal(0, 0.3) * y
    for _ in range(rng.integers(1, 6)):
        angle, dx, dy = rng.uniform(0, np.pi), x - rng.uniform(0.2, 0.8), y - rng.uniform(0.2, 0.8)
        along, across = dx * np.cos(angle) + dy * np.sin(angle), dy * np.cos(angle) - dx * np.sin(angle)
        sizes = rng.uniform(0.1, 0.5), rng.uniform(0.04, 0.4)
        film = film + rng.uniform(-0.3, 1) * np.exp(-((along / sizes[0]) ** 4) - (across / sizes[1]) ** 4)
    return _finished(film, rng)


def shuffled(film: Pixels, rng: np.random.Generator) -> Pixels:
    """Cut a film into 4 to 16 pieces and lay them in another order, turned."""
    n, side = int(rng.integers(2, 5)), 144
    rows = np.linspace(0, film.shape[0] - 1, side).astype(int)
    cols = np.linspace(0, film.shape[1] - 1, side).astype(int)
    step = side // n
    pieces = film[np.ix_(rows, cols)].reshape(n, step, n, step).swapaxes(1, 2).reshape(n * n, step, step)
    laid = np.array([np.rot90(piece, rng.integers(4)) for piece in pieces[rng.permutation(n * n)]])
    return np.ascontiguousarray(laid.reshape(n, n, step, step).swapaxes(1, 2).reshape(side, side))


def write(path: Path, features: Pixels, looks: NDArray[np.int64]) -> None:
    """Fit one hidden layer and write it in 16 bits."""
    from safetensors.numpy import save_file
    from sklearn.neural_network import MLPClassifier

    noisy = features + np.random.default_rng(SEED).normal(0, 0.15, features.shape).astype(np.float32)
    fitted = MLPClassifier((HIDDEN,), alpha=0.01, max_iter=15, random_state=SEED).fit(noisy, looks)
    names = ("hidden_weights", "weights"), ("hidden_bias", "bias")
    layers = dict(zip(names[0], fitted.coefs_, strict=True)) | dict(zip(names[1], fitted.intercepts_, strict=True))
    path.parent.mkdir(exist_ok=True)
    save_file({name: np.ascontiguousarray(layer.astype(np.float16)) for name, layer in layers.items()}, path)


def _finished(film: NDArray[np.float64], rng: np.random.Generator) -> Pixels:
    film = film + rng.uniform(0, 0.05) * rng.standard_normal(film.shape)
    film = ((film - film.min()) / np.ptp(film)) ** rng.uniform(0.6, 1.6)
    return np.ascontiguousarray(film[:, ::-1] if rng.random() < 0.5 else film, dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
