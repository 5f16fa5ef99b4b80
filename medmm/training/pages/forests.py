"""Values with intervals side by side: subsets of inputs, differences to rivals, subgroups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from medmm.training.bootstrap import Estimate
from medmm.training.figures import DomainFigures
from medmm.training.pages.canvas import HAIRLINE, PALETTE, QUIET, WIDTH_IN, panels, shown_name, to_png

ROW_IN = 0.26


def subsets_plot(figures: DomainFigures) -> bytes:
    """Draw the mean AUROC of every subset of inputs, the best on top."""
    from matplotlib.figure import Figure

    rows = sorted(figures.by_subset.items(), key=lambda entry: entry[1].value)
    figure = Figure(figsize=(WIDTH_IN, ROW_IN * len(rows) + 0.7), layout="constrained")
    axis = figure.subplots()
    values = np.array([estimate.value for _, estimate in rows])
    n_inputs = [name.count("+") + 1 for name, _ in rows]
    colors = [PALETTE[0] if n == max(n_inputs) else "#9cc6e0" for n in n_inputs]
    axis.barh(range(len(rows)), values - 0.5, left=0.5, color=colors, height=0.62)
    _whiskers(axis, [estimate for _, estimate in rows], color="#14181c")
    for place, (_, estimate) in enumerate(rows):
        end = estimate.high if np.isfinite(estimate.high) else estimate.value
        axis.text(max(end, 0.5) + 0.008, place, f"{estimate.value:.3f}", va="center", fontsize=7.5)
    axis.set_yticks(range(len(rows)), [name.replace("+", " + ") for name, _ in rows])
    axis.set(xlim=(min(0.5, float(values.min()) - 0.02), 1.03), xlabel="mean AUROC over findings (0.5: chance)")
    axis.tick_params(axis="y", length=0)
    axis.grid(visible=True, axis="x")
    axis.set_axisbelow(True)
    return to_png(figure)


def comparisons_plot(figures: DomainFigures) -> bytes:
    """Draw all inputs less each rival; the grey band is what such a sample cannot find."""
    from matplotlib.figure import Figure

    rows = figures.comparisons[::-1]
    figure = Figure(figsize=(WIDTH_IN, ROW_IN * len(rows) + 0.7), layout="constrained")
    axis = figure.subplots()
    for place, one in enumerate(rows):
        axis.barh(place, 2 * one.detectable, left=-one.detectable, height=0.7, color="#eceff1")
    axis.axvline(0, color=QUIET, linewidth=0.8)
    _whiskers(axis, [one.difference for one in rows], color=PALETTE[0])
    axis.plot([one.difference.value for one in rows], range(len(rows)), "o", color=PALETTE[0], markersize=4.5)
    axis.set_yticks(range(len(rows)), [f"less {one.rival}" for one in rows])
    axis.set(xlabel="difference of mean AUROC, 95 % interval (grey: below the smallest detectable difference)")
    axis.tick_params(axis="y", length=0)
    axis.grid(visible=True, axis="x")
    axis.set_axisbelow(True)
    return to_png(figure)


def subgroups_plot(figures: DomainFigures) -> bytes:
    """Draw the AUROC of each finding in each group beside its overall one (dashed)."""
    groups = list(dict.fromkeys((one.group, one.value) for one in figures.subgroups))
    names = [finding for finding in figures.findings if any(one.finding == finding.name for one in figures.subgroups)]
    figure, axes = panels(len(names), row_height_in=0.19 * len(groups) + 0.5)
    for axis, finding in zip(axes, names, strict=True):
        places = [groups.index((one.group, one.value)) for one in figures.subgroups if one.finding == finding.name]
        values = [one.auroc for one in figures.subgroups if one.finding == finding.name]
        axis.axvline(0.5, color=HAIRLINE, linewidth=0.8)
        axis.axvline(finding.auroc.value, color=QUIET, linewidth=0.8, linestyle="--")
        _whiskers(axis, values, places=places, color=PALETTE[0])
        axis.plot([one.value for one in values], places, "o", color=PALETTE[0], markersize=3.5)
        axis.set_yticks(range(len(groups)), [f"{group}: {_short(value)}" for group, value in groups])
        axis.set(ylim=(len(groups) - 0.5, -0.5), xlim=(0.25, 1.03))
        axis.tick_params(axis="y", length=0, labelsize=7)
        axis.set_title(shown_name(finding.name))
        axis.grid(visible=True, axis="x")
    figure.supxlabel("AUROC with 95 % interval (dashed: all cases)", fontsize=8, color=QUIET)
    return to_png(figure)


def _short(text: str, most: int = 22) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _whiskers(axis: Any, values: Sequence[Estimate], *, color: str, places: Sequence[int] | None = None) -> None:
    for place, estimate in zip(places or range(len(values)), values, strict=True):
        if np.isfinite(estimate.low):
            axis.plot([estimate.low, estimate.high], [place, place], color=color, linewidth=1.2)
