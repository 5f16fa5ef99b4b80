"""From figures to the page: which sentences, tables and plots, and how numbers are written."""

from __future__ import annotations

import math
from collections.abc import Iterator

from medmm.training.bootstrap import Estimate
from medmm.training.class_figures import ClassFigures
from medmm.training.comparisons import Comparison
from medmm.training.figures import DomainFigures, DomainScores
from medmm.training.finding_figures import FindingFigures
from medmm.training.pages.canvas import plot_style, shown_name
from medmm.training.pages.curves import calibration_plot, confusion_plot, precision_recall_plot, roc_plot
from medmm.training.pages.forests import comparisons_plot, subgroups_plot, subsets_plot
from medmm.training.pages.page import Page, Picture, Section, Table

RESEARCH = "For research and demonstration only. Not a medical device. Not for diagnosis."


def evaluation_page(
    scores: DomainScores, figures: DomainFigures, *, model: str, samples: int, is_calibrated: bool
) -> Page:
    """Compose the report of one domain."""
    facts = (
        ("Model", model),
        ("Cases", f"{figures.n_cases} of {figures.n_patients} patients ({figures.domain})"),
        ("Intervals", f"95 %, percentile bootstrap over patients, {samples} draws"),
        ("Thresholds", scores.calibration.threshold_rule if is_calibrated else "0.5: the model is not calibrated"),
        ("Use", RESEARCH),
    )
    with plot_style():
        return Page("Evaluation", facts, tuple(_sections(scores, figures)))


def _sections(scores: DomainScores, figures: DomainFigures) -> Iterator[Section]:
    yield Section(
        "Findings with all inputs",
        tables=(ranking_table(figures.findings), decision_table(figures.findings)),
        pictures=(
            Picture("roc.png", roc_plot(scores, figures), "ROC curves of every finding"),
            Picture("precision_recall.png", precision_recall_plot(scores, figures), "precision-recall curves"),
            Picture("confusion.png", confusion_plot(figures), "confusion matrices"),
        ),
    )
    if figures.classes is not None:
        yield Section("Classes", (classes_sentence(figures.classes),), (class_table(figures.classes),))
    yield Section(
        "Subsets of inputs",
        tables=(subset_table(figures),),
        pictures=(Picture("subsets.png", subsets_plot(figures), "mean AUROC of every subset of inputs"),),
    )
    if figures.comparisons:
        yield Section(
            "Does the fusion help?",
            (claim(figures), COMPARED),
            (comparison_table(figures.comparisons),),
            (Picture("comparisons.png", comparisons_plot(figures), "all inputs less each rival"),),
        )
    yield Section(
        "Calibration",
        (calibration_sentence(figures),),
        (calibration_table(figures.findings),),
        (Picture("calibration.png", calibration_plot(scores, figures), "calibration curves"),),
    )
    if figures.subgroups:
        yield Section(
            "Subgroups",
            (left_out_sentence(figures),),
            (subgroup_table(figures),),
            (Picture("subgroups.png", subgroups_plot(figures), "AUROC of every finding in every group"),),
        )


COMPARED = (
    "Paired on the same draws of patients and the same cases. A gain over the best single input is claimed only where "
    "the interval lies above 0 against every single input. Smallest detectable difference: (1.960 + 0.842) times the "
    "standard error of the paired difference (two-sided 5 % level, 80 % power)."
)


def claim(figures: DomainFigures) -> str:
    """Say whether all inputs are better than the best single one, and if not, what could have been found."""
    closest = next((one for one in figures.comparisons if one.rival == figures.best_single), None)
    if closest is None:
        return "No single input can be compared."
    shown = f"{closest.difference.value:+.3f} ({closest.difference.low:+.3f} to {closest.difference.high:+.3f})"
    if closest.is_gain:
        return f"Gain: all inputs beat every single one; the closest is {closest.rival}, {shown}."
    return (
        f"No detectable gain at this n: against {closest.rival} {shown}; "
        f"smallest detectable difference {closest.detectable:.3f}."
    )


def left_out_sentence(figures: DomainFigures) -> str:
    """Say how much was too small to be shown."""
    return (
        f"Left out, of groups times findings: {figures.n_left_out} with fewer than 20 cases, or with fewer than 5 "
        "that have the finding or that have it not."
    )


def calibration_sentence(figures: DomainFigures) -> str:
    """Say how well calibrated the model is, and how to read the table."""
    of = " of the classes" if figures.classes else ""
    return (
        f"Over all findings, before and after temperature: ECE {figures.ece[0]:.3f} and {figures.ece[1]:.3f}, "
        f"NLL{of} {figures.nll[0]:.3f} and {figures.nll[1]:.3f}. A perfectly calibrated model of so few cases has "
        "an ECE above 0: its mean and 95th percentile are simulated from the model's own probabilities. Slope 1 and "
        "intercept 0 are ideal; the intercept is fitted with the slope held at 1. A star marks an ECE beyond that "
        "percentile."
    )


def ranking_table(findings: tuple[FindingFigures, ...]) -> Table:
    """AUROC, AUPRC and Brier score; the smallest difference of AUROC that the sample could find."""
    head = ("finding", "n", "positive", "AUROC", "AUPRC", "Brier", "detectable")
    rows = (
        (shown_name(f.name), str(f.n), str(f.positives), *map(shown, (f.auroc, f.auprc, f.brier)), number(f.detectable))
        for f in findings
    )
    return Table(head, tuple(rows))


def decision_table(findings: tuple[FindingFigures, ...]) -> Table:
    """Figures at the threshold."""
    head = ("at the threshold", "accuracy", "precision", "sensitivity", "specificity", "F1")
    rows = (
        (shown_name(f.name), *map(shown, (f.accuracy, f.precision, f.sensitivity, f.specificity, f.f1)))
        for f in findings
    )
    return Table(head, tuple(rows))


def classes_sentence(classes: ClassFigures) -> str:
    """Say how often the likeliest class is the true one, and of how many cases that could be told."""
    n_cases = sum(map(sum, classes.counts))
    return (
        f"The findings exclude each other. The likeliest class is the true one in {shown(classes.accuracy)} of "
        f"{n_cases} cases; {classes.n_left_out} cases are left out, their class is not known or they have several."
    )


def class_table(classes: ClassFigures) -> Table:
    """Count the cases by true class and by the likeliest one."""
    rows = (
        (shown_name(name), *map(str, counts), str(sum(counts)))
        for name, counts in zip(classes.names, classes.counts, strict=True)
    )
    return Table(("truth, by likeliest class", *map(shown_name, classes.names), "cases"), tuple(rows))


def subset_table(figures: DomainFigures) -> Table:
    """AUROC of every finding from every subset of inputs, and their mean with its interval."""
    names = [finding.name for finding in figures.findings]
    rows = []
    for subset, estimate in figures.by_subset.items():
        values = {f.name: f.auroc.value for f in figures.subsets[subset]}
        each = (number(values.get(name, math.nan), 2) for name in names)
        rows.append((subset.replace("+", " + "), shown(estimate), *each))
    return Table(("AUROC", "mean", *map(shown_name, names)), tuple(rows))


def comparison_table(comparisons: tuple[Comparison, ...]) -> Table:
    """Differences to every rival."""
    head = ("all inputs less", "difference of mean AUROC", "p", "detectable")
    rows = ((one.rival, shown(one.difference), f"{one.p:.3f}", number(one.detectable)) for one in comparisons)
    return Table(head, tuple(rows))


def calibration_table(findings: tuple[FindingFigures, ...]) -> Table:
    """Calibration of every finding."""
    head = ("finding", "ECE", "perfect model: mean", "95 % below", "slope", "intercept")
    rows = (
        (
            shown_name(f.name),
            number(f.ece.value) + (" *" if f.ece.is_beyond_chance else ""),
            number(f.ece.null_mean),
            number(f.ece.null_high),
            shown(f.slope),
            shown(f.intercept),
        )
        for f in findings
    )
    return Table(head, tuple(rows))


def subgroup_table(figures: DomainFigures) -> Table:
    """AUROC, sensitivity and specificity by group."""
    head = ("group", "finding", "n", "positive", "AUROC", "sensitivity", "specificity")
    rows = (
        (
            f"{one.group}: {one.value}",
            shown_name(one.finding),
            str(one.n),
            str(one.positives),
            *map(shown, (one.auroc, one.sensitivity, one.specificity)),
        )
        for one in figures.subgroups
    )
    return Table(head, tuple(rows), n_words=2)


def shown(estimate: Estimate) -> str:
    """Write a value with its interval; a dash where a class is too rare for one."""
    if not math.isfinite(estimate.value):
        return "–"
    if not math.isfinite(estimate.low):
        return f"{estimate.value:.2f}"
    # A hyphen would read as a minus sign before a negative bound.
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def number(value: float, digits: int = 3) -> str:
    """Write a number, or a dash."""
    return f"{value:.{digits}f}" if math.isfinite(value) else "–"
