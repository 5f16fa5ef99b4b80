"""ROC, precision-recall and calibration curves, and confusion matrices: one panel a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.training.figures import DomainFigures, DomainScores, Subset, subset_name
from medmm.training.finding_figures import Confusion, FindingFigures
from medmm.training.metrics import sigmoid
from medmm.training.pages.canvas import HAIRLINE, INK, PALETTE, QUIET, STYLES, panels, shown_name, to_png

Array = NDArray[np.float64]
Points = tuple[Array, Array]
BINS = 10
MIN_OF_BIN = 5


def roc_plot(scores: DomainScores, figures: DomainFigures) -> bytes:
    """Draw ROC curves: all inputs, and each single input thinner."""
    return _curves(scores, figures, _roc, ("1 - specificity", "sensitivity"), is_roc=True)


def precision_recall_plot(scores: DomainScores, figures: DomainFigures) -> bytes:
    """Draw precision against sensitivity; the dotted line is the share of positives."""
    return _curves(scores, figures, _precision_recall, ("sensitivity (recall)", "precision"), is_roc=False)


def _roc(y: Array, z: Array) -> Points:
    from sklearn.metrics import roc_curve

    wrong, right, _ = roc_curve(y, z)
    return wrong, right


def _precision_recall(y: Array, z: Array) -> Points:
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(y, z)
    return recall, precision


def _curves(
    scores: DomainScores,
    figures: DomainFigures,
    curve: Callable[[Array, Array], Points],
    labels: tuple[str, str],
    *,
    is_roc: bool,
) -> bytes:
    figure, axes = panels(len(figures.findings), row_height_in=2.35)
    for axis, finding in zip(axes, figures.findings, strict=True):
        base = finding.positives / finding.n
        axis.plot([0, 1], [0, 1] if is_roc else [base, base], color=QUIET, linewidth=0.7, linestyle=":")
        for place, (subset, y, z) in enumerate(_known(scores, finding.name)):
            is_full = subset == scores.full
            width, style = (1.8, "-") if is_full else (1.0, STYLES[1 + place % 3])
            label = subset_name(subset).replace("+", " + ")
            axis.plot(*curve(y, z), color=PALETTE[place % 6], linewidth=width, linestyle=style, label=label)
        value = finding.auroc if is_roc else finding.auprc
        axis.set_title(f"{shown_name(finding.name)}  {value.value:.2f}")
        axis.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
        axis.grid(visible=True)
    _label(figure, axes, labels)
    return to_png(figure)


def _label(figure: Any, axes: Any, labels: tuple[str, str]) -> None:
    figure.supxlabel(labels[0], fontsize=8, color=QUIET)
    figure.supylabel(labels[1], fontsize=8, color=QUIET)
    handles, names = axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside upper left", ncols=4)


def _known(scores: DomainScores, name: str) -> Iterator[tuple[Subset, Array, Array]]:
    place = scores.findings.index(name)
    chosen = [scores.full, *sorted((s for s in scores.usable if len(s) == 1 and s != scores.full), key=subset_name)]
    for subset in chosen:
        y, z = scores.labels[:, place], scores.cooled(subset)[:, place]
        known = ~(np.isnan(y) | np.isnan(z))
        ill = y[known] > 0.5
        if ill.any() and not ill.all():
            yield subset, ill.astype(np.float64), z[known]


def calibration_plot(scores: DomainScores, figures: DomainFigures) -> bytes:
    """Draw the share of positives against the probability in ten groups of equal size, with 95 % Wilson intervals."""
    figure, axes = panels(len(figures.findings), row_height_in=2.5)
    for axis, finding in zip(axes, figures.findings, strict=True):
        axis.plot([0, 1], [0, 1], color=QUIET, linewidth=0.7, linestyle=":")
        found = [*_known(scores, finding.name)]
        if found:
            _, y, z = found[0]
            p = sigmoid(z)
            centre, share, low, high = _groups(y, p)
            axis.errorbar(
                centre, share, [share - low, high - share], color=PALETTE[0], marker="o", markersize=3.5, linewidth=1.0
            )
            axis.hist(p, bins=20, range=(0, 1), weights=np.full(p.size, 0.18 / _tallest(p)), color=HAIRLINE)
        error = finding.ece
        axis.set_title(shown_name(finding.name), pad=14)
        words = f"ECE {error.value:.3f} (a perfect model: below {error.null_high:.3f})"
        axis.text(0, 1.03, words, fontsize=7, color=QUIET, transform=axis.transAxes)
        axis.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
        axis.grid(visible=True)
    figure.supxlabel("probability (bars: how many cases)", fontsize=8, color=QUIET)
    figure.supylabel("share that has the finding", fontsize=8, color=QUIET)
    return to_png(figure)


def _tallest(p: Array) -> int:
    return int(np.histogram(p, bins=20, range=(0, 1))[0].max())


def _groups(y: Array, p: Array) -> tuple[Array, Array, Array, Array]:
    """Mean probability, share of positives and its interval (Wilson 1927) of groups of equal size."""
    n_groups = max(1, min(BINS, y.size // MIN_OF_BIN))
    groups = np.array_split(np.argsort(p, kind="stable"), n_groups)
    centre = np.array([p[rows].mean() for rows in groups])
    share = np.array([y[rows].mean() for rows in groups])
    n = np.array([rows.size for rows in groups])
    z2 = 1.96**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = 1.96 * np.sqrt(share * (1 - share) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    return centre, share, np.minimum(middle - half, share), np.maximum(middle + half, share)


def confusion_plot(figures: DomainFigures) -> bytes:
    """Draw counts by truth and decision; the shade is the share of the row."""
    figure, axes = panels(len(figures.findings), row_height_in=1.75)
    for axis, finding in zip(axes, figures.findings, strict=True):
        _confusion(axis, finding)
    figure.supxlabel("decision at the threshold", fontsize=8, color=QUIET)
    figure.supylabel("truth", fontsize=8, color=QUIET)
    return to_png(figure)


def _confusion(axis: Any, finding: FindingFigures) -> None:
    cells = _cells(finding.confusion)
    totals = np.maximum(cells.sum(axis=1, keepdims=True), 1)
    shares = cells / totals
    axis.imshow(shares, cmap="Blues", vmin=0, vmax=1.15, aspect="auto")
    for (row, col), n in np.ndenumerate(cells):
        color = "white" if shares[row, col] > 0.6 else INK
        axis.text(col, row, f"{n}\n{shares[row, col]:.0%}", ha="center", va="center", color=color)
    axis.set_xticks([0, 1], ["negative", "positive"])
    axis.set_yticks([0, 1], ["absent", "present"])
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)
    axis.set_title(shown_name(finding.name))


def _cells(confusion: Confusion) -> NDArray[np.int64]:
    return np.array(
        [
            [confusion.true_negative, confusion.false_positive],
            [confusion.false_negative, confusion.true_positive],
        ]
    )
