"""Project one patient's chest and develop the film."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.anatomy import Anatomy, draw_anatomy
from medmm.simulate.body import project_body
from medmm.simulate.detector import Exposure, detect, draw_exposure
from medmm.simulate.effusion import paint_fluid
from medmm.simulate.enhancement import Processing, draw_processing, enhance
from medmm.simulate.frame import Frame, Plane, as_plane, make_frame
from medmm.simulate.lesions import Lesions, draw_lesions
from medmm.simulate.lungs import lung_air
from medmm.simulate.marking import draw_marking
from medmm.simulate.mediastinum import project_airways, project_heart, project_stomach
from medmm.simulate.nodules import paint_nodule
from medmm.simulate.opacities import paint_opacity
from medmm.simulate.ribs import project_ribs
from medmm.simulate.shoulders import project_shoulders
from medmm.simulate.spine import project_spine
from medmm.simulate.streams import open_stream
from medmm.simulate.texture import blur, noise_field
from medmm.simulate.truth import Truth
from medmm.simulate.vessels import project_vessels

LUNG_DENSITY = 0.27
AP_SHARE = 0.35


@dataclass(frozen=True)
class FilmPlan:
    """Everything drawn before a pixel is computed."""

    seed: int
    index: int
    anatomy: Anatomy
    lesions: Lesions
    exposure: Exposure
    processing: Processing
    field_height_mm: float
    field_centre_mm: float
    field_top_mm: float


def plan_film(seed: int, index: int, truth: Truth) -> FilmPlan:
    """Draw position, build, lesions and technique of one film."""
    rng = open_stream(seed, index, "film plan")
    is_ap = bool(rng.random() < AP_SHARE)
    heart = truth.present["cardiomegaly"]
    anatomy = draw_anatomy(rng, is_female=truth.is_female, age=truth.age, is_ap=is_ap, has_big_heart=heart)
    return FilmPlan(
        seed=seed,
        index=index,
        anatomy=anatomy,
        lesions=draw_lesions(seed, index, truth, anatomy),
        exposure=draw_exposure(rng, is_ap=is_ap),
        processing=draw_processing(rng),
        field_height_mm=float(np.clip(rng.normal(385, 14), 355, 425)),
        field_centre_mm=float(rng.normal(0, 5)),
        field_top_mm=float(rng.normal(-52, 9)),
    )


def make_film_frame(plan: FilmPlan, rows: int) -> Frame:
    """Give the pixel grid of a film with `rows` rows."""
    return make_frame(rows, height_mm=plan.field_height_mm, centre_mm=plan.field_centre_mm, top_mm=plan.field_top_mm)


def render_film(plan: FilmPlan, rows: int, lesions: Lesions | None = None) -> Plane:
    """Render display values in 0..1 (bright = dense), [rows, cols]; other lesions than planned may be given."""
    frame = make_film_frame(plan, rows)
    thickness = _project(frame, plan, plan.lesions if lesions is None else lesions)
    signal = detect(frame, thickness, plan.exposure, open_stream(plan.seed, plan.index, "quanta"))
    film = enhance(frame, signal, plan.processing)
    ink, opening = draw_marking(frame, open_stream(plan.seed, plan.index, "marking"), is_ap=plan.anatomy.is_ap)
    return as_plane(np.maximum(film * opening, 0.97 * ink))


def _project(frame: Frame, plan: FilmPlan, lesions: Lesions) -> Plane:
    anatomy = plan.anatomy
    thickness = project_body(frame, anatomy, open_stream(plan.seed, plan.index, "body"))
    for project in (project_ribs, project_shoulders, project_spine):
        thickness = thickness + project(frame, anatomy, open_stream(plan.seed, plan.index, project.__name__))
    thickness = thickness - project_airways(frame, anatomy)
    thickness = thickness - project_stomach(frame, anatomy, open_stream(plan.seed, plan.index, "stomach"))
    return as_plane(thickness + _project_lungs(frame, plan, lesions))


def _project_lungs(frame: Frame, plan: FilmPlan, lesions: Lesions) -> Plane:
    """Give what the lungs change: air taken out, vessels and nodules put back, in mm."""
    anatomy = plan.anatomy
    rng = open_stream(plan.seed, plan.index, "lungs")
    grain = 1 + 0.05 * noise_field(rng, frame, scale_mm=5) + 0.05 * noise_field(rng, frame, scale_mm=22)
    vessels = project_vessels(frame, anatomy, rng, fullness=float(rng.uniform(0.85, 1.2)))
    beside_heart = 1 - project_heart(frame, anatomy)
    clear = _clear_share(frame, plan, lesions)
    total = np.zeros((frame.rows, frame.cols), np.float32)
    for side, tree in zip((-1, 1), vessels, strict=True):
        full = lung_air(frame, anatomy, side) * beside_heart
        held, gap, line = full, np.zeros_like(full), np.zeros_like(full)
        if lesions.collapse is not None and lesions.collapse.side == side:
            held, gap, line = _collapse_lung(frame, plan, lesions, full, beside_heart)
        dry = np.ones_like(full)
        for fluid in lesions.fluids:
            if fluid.side == side:
                dry = dry * (1 - paint_fluid(frame, anatomy, fluid))
        share = np.clip(held / (0.8 * anatomy.lung_depth), 0, 1)
        nodules = sum((paint_nodule(frame, n) for n in lesions.nodules if n.x * side > 0), np.zeros_like(full))
        air = held * clear * (1 - LUNG_DENSITY * grain) + gap
        total += (tree * share + nodules * share**0.3 - air) * dry + line
    return total


def _clear_share(frame: Frame, plan: FilmPlan, lesions: Lesions) -> Plane:
    clear = np.ones((frame.rows, frame.cols), np.float32)
    for opacity in lesions.opacities:
        rng = open_stream(plan.seed, plan.index, f"paint {opacity.cause}")
        clear *= 1 - paint_opacity(frame, plan.anatomy, rng, opacity)
    return clear


def _collapse_lung(
    frame: Frame, plan: FilmPlan, lesions: Lesions, full: Plane, beside_heart: Plane
) -> tuple[Plane, Plane, Plane]:
    """Give the air still held by the lung, the free air around it and the pleural line, all in mm."""
    collapse = lesions.collapse
    assert collapse is not None
    held = np.minimum(lung_air(frame, plan.anatomy, collapse.side, collapse=collapse) * beside_heart, full)
    is_lung = as_plane(held > 0.5)
    soft = blur(is_lung, 1.0 / frame.spacing_mm)
    line = 4 * soft * (1 - soft) * ((full - held) > 4)
    return 0.90 * held, full - held, as_plane(8 * line)
