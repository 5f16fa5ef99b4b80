"""Which images the report shows, and which heat maps may lie over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from medmm.core.case import Case
from medmm.core.heat_map import HeatMap
from medmm.core.image import MedicalImage
from medmm.core.prediction import CaseResult, FindingScore
from medmm.report.dates import spell_date
from medmm.report.figures import key_image_png, paper_aspect
from medmm.report.finding_rows import sort_findings
from medmm.report.heat import heat_cells, scale_text, seen_outline
from medmm.report.value import KeyImage, Overlay


def key_images(case: Case, result: CaseResult) -> tuple[KeyImage, ...]:
    """Give the image that was scored, or every image slice that carries the map of a positive finding."""
    scored = result.image_index or 0
    if scored >= len(case.images):
        return ()
    mapped = [(finding, heatmap) for finding, heatmap in _maps(result) if heatmap.image_index < len(case.images)]
    places = list(dict.fromkeys((heatmap.image_index, heatmap.slice_index) for _, heatmap in mapped)) or [(scored, 0)]
    first, *others = (_key_image(case.images[i], i, s, mapped) for i, s in places)
    # What failed the tests of its bundle has no place of its own: it is said beside the first image.
    return (replace(first, overlays=(*first.overlays, *_refused(result))), *others)


def map_refusal(result: CaseResult) -> str:
    """Say why no map is shown at all, empty when there is one."""
    if _maps(result) or _refused(result):
        return ""
    if any(finding.decision == "positive" for finding in result.findings):
        return "No map: none was computed for the positive findings."
    return "No map: it is drawn for positive findings only, and none is positive."


def mapped_findings(result: CaseResult) -> list[tuple[FindingScore, HeatMap]]:
    """List the positive findings whose map may be shown, highest first."""
    return [(finding, heatmap) for finding, heatmap in _maps(result) if heatmap.is_reliable]


def ready_images(result: CaseResult, pictures: Mapping[str, bytes]) -> tuple[KeyImage, ...]:
    """Give overlays that were drawn before (PNG by finding) as one key image without a plain picture."""
    drawn = tuple(
        replace(_named(finding, heatmap), ready_png=pictures[finding.name])
        for finding, heatmap in mapped_findings(result)
        if finding.name in pictures
    )
    overlays = (*drawn, *_refused(result))
    caption = "From the stored result; the image itself is not part of it."
    return (KeyImage(png=b"", aspect=1.0, caption=caption, overlays=overlays),) if overlays else ()


def positive_findings(result: CaseResult) -> tuple[FindingScore, ...]:
    """List the positive findings, highest first."""
    return tuple(finding for finding in sort_findings(result.findings) if finding.decision == "positive")


def _maps(result: CaseResult) -> list[tuple[FindingScore, HeatMap]]:
    explained = [(finding, result.explanations.get(finding.name)) for finding in positive_findings(result)]
    return [(finding, why.heatmap) for finding, why in explained if why is not None and why.heatmap is not None]


def _refused(result: CaseResult) -> tuple[Overlay, ...]:
    explained = [(finding, result.explanations.get(finding.name)) for finding in positive_findings(result)]
    return tuple(
        Overlay(finding.title, "", "", "", refusal=why.map_refusal)
        for finding, why in explained
        if why is not None and why.map_refusal
    )


def _key_image(
    image: MedicalImage, index: int, slice_index: int, mapped: list[tuple[FindingScore, HeatMap]]
) -> KeyImage:
    here = [(f, h) for f, h in mapped if (h.image_index, h.slice_index) == (index, slice_index)]
    return KeyImage(
        png=key_image_png(image, slice_index=slice_index),
        aspect=paper_aspect(image),
        caption=_caption(image, slice_index),
        overlays=tuple(_overlay(finding, heatmap, image) for finding, heatmap in here),
    )


def _overlay(finding: FindingScore, heatmap: HeatMap, image: MedicalImage) -> Overlay:
    named = _named(finding, heatmap)
    if not heatmap.is_reliable:
        return replace(named, refusal=heatmap.refusal)
    return replace(
        named,
        cells=heat_cells(heatmap, size=image.size),
        seen=seen_outline(heatmap, size=image.size),
    )


def _named(finding: FindingScore, heatmap: HeatMap) -> Overlay:
    rows, cols = heatmap.values.shape
    warning = heatmap.warning
    return Overlay(finding.title, heatmap.method, f"{rows} × {cols}", scale_text(heatmap), warning=warning)


def _caption(image: MedicalImage, slice_index: int) -> str:
    header = image.header
    what = " ".join(part for part in (header.modality, header.body_part, header.view_position) if part) or "Image"
    which = f"slice {slice_index + 1} of {image.n_slices}" if image.n_slices > 1 else ""
    return ", ".join(part for part in (what, spell_date(header.study_date), which) if part)
