"""The planned lesions of one film: where, how big, how dense."""

from dataclasses import dataclass, replace

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.lungs import Collapse
from medmm.simulate.mediastinum import heart_box
from medmm.simulate.opacities import Opacity, draw_opacity
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import Truth


@dataclass(frozen=True)
class Fluid:
    """Pleural fluid: side, level in mm above the dome (negative: only the angle), lateral rise, supine veil 0..1."""

    side: int
    level: float
    rise: float
    veil: float


@dataclass(frozen=True)
class Nodule:
    """A round shadow: centre in mm on the film, radius in mm, density relative to tissue, lobulation phase."""

    x: float
    y: float
    radius: float
    density: float
    phase: float


@dataclass(frozen=True)
class Lesions:
    """Everything that will be painted over the healthy anatomy."""

    opacities: tuple[Opacity, ...] = ()
    fluids: tuple[Fluid, ...] = ()
    nodules: tuple[Nodule, ...] = ()
    collapse: Collapse | None = None

    def without(self, finding: str) -> "Lesions":
        """Leave one finding out; the heart's size belongs to the anatomy and stays."""
        return replace(
            self,
            opacities=tuple(o for o in self.opacities if o.cause != finding),
            fluids=() if finding == "pleural_effusion" else self.fluids,
            nodules=() if finding == "nodule" else self.nodules,
            collapse=None if finding == "pneumothorax" else self.collapse,
        )


def draw_lesions(seed: int, index: int, truth: Truth, anatomy: Anatomy) -> Lesions:
    """Draw every lesion from a stream of its own."""
    causes = [name for name in ("pneumonia", "pulmonary_edema") if truth.present[name] and not truth.film_silent]
    causes += ["scar"] if truth.scar else []
    present = truth.present
    return Lesions(
        opacities=tuple(draw_opacity(open_stream(seed, index, f"opacity {cause}"), cause) for cause in causes),
        fluids=_draw_fluids(open_stream(seed, index, "fluid"), anatomy, truth) if present["pleural_effusion"] else (),
        nodules=_draw_nodules(open_stream(seed, index, "nodule"), anatomy) if present["nodule"] else (),
        collapse=_draw_collapse(open_stream(seed, index, "collapse")) if present["pneumothorax"] else None,
    )


def _draw_fluids(rng: np.random.Generator, anatomy: Anatomy, truth: Truth) -> tuple[Fluid, ...]:
    both = rng.random() < (0.45 if truth.present["pulmonary_edema"] else 0.2)
    sides = (-1, 1) if both else (int(rng.choice([-1, 1])),)
    fluids = []
    for side in sides:
        low, high = ((-10, 0), (0, 45), (45, 115))[int(rng.choice(3, p=[0.18, 0.56, 0.26]))]
        veil = float(rng.uniform(0.15, 0.4)) if anatomy.is_ap and rng.random() < 0.35 else 0.0
        fluids.append(Fluid(side, float(rng.uniform(low, high)), float(rng.uniform(22, 42)), veil))
    return tuple(fluids)


def _draw_nodules(rng: np.random.Generator, anatomy: Anatomy) -> tuple[Nodule, ...]:
    count = int(rng.choice([1, 2, 3], p=[0.68, 0.2, 0.12]))
    return tuple(_draw_nodule(rng, anatomy) for _ in range(count))


def _draw_nodule(rng: np.random.Generator, anatomy: Anatomy) -> Nodule:
    radius = float(rng.uniform(7.0, 15.0))
    left, top, right, _ = heart_box(anatomy)
    while True:
        side = int(rng.choice([-1, 1]))
        y = float(rng.uniform(22, anatomy.lung_height - 12))
        edge = float(anatomy.lateral(y))
        x = side * float(rng.uniform(38, edge - radius - 4))
        behind_heart = y > top and left - 4 < x < right + 4
        if edge - radius > 42 and not behind_heart:
            break
    phase = float(rng.uniform(0, 6.28))
    # Small ones are denser (older, firmer), so that a nodule of 14 mm still stands out from a vessel on end.
    density = float(rng.uniform(1.3, 1.9)) * (11 / radius) ** 0.6
    return Nodule(x + float(anatomy.midline(y)), y, radius, density, phase)


def _draw_collapse(rng: np.random.Generator) -> Collapse:
    rim = float(rng.uniform(20, 50))
    return Collapse(int(rng.choice([-1, 1])), rim, rim * float(rng.uniform(0.9, 1.5)))
