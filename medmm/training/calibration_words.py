"""What a card says of a bundle's calibration: temperatures, thresholds, and the cases behind its doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medmm.inference.conformal import needed_cases
from medmm.models.calibration import Calibration, PatternScores
from medmm.training.bootstrap import Estimate
from medmm.training.pages.markdown import to_markdown
from medmm.training.pages.page import Table
from medmm.training.recalibration import HeldOutFinding

TITLE = "## Calibration"


def calibration_section(calibration: Calibration, *, cases: str, hold_for: str) -> str:
    """Write the section. cases: on which it was fitted ("simulated patients"); hold_for: for whom it holds."""
    head = (
        f"On {calibration.n_cases} {cases} that were not trained on. Temperature: least negative log-likelihood. "
        f"Threshold: {calibration.threshold_rule} Probabilities hold for {hold_for}; on other patients they are not "
        "calibrated."
    )
    rows = tuple(
        (name, f"{calibration.temperatures[name]:.3f}", f"{calibration.thresholds[name]:.3f}")
        for name in calibration.temperatures
    )
    parts = [TITLE, head, to_markdown(Table(("finding", "temperature", "threshold"), rows))]
    return "\n\n".join([*parts, *_doubt(calibration)])


def replace_calibration(card: str, section: str) -> str:
    """Put a section in the place of the card's own on calibration, or before its licence where there is none."""
    found = re.search(rf"^{TITLE}\n.*?(?=^## |\Z)", card, flags=re.DOTALL | re.MULTILINE)
    if found:
        return f"{card[: found.start()]}{section}\n\n{card[found.end() :]}"
    return f"{card.rstrip()}\n\n{section}\n"


def recalibration_section(figures: Sequence[HeldOutFinding], *, about: str, left_out: Sequence[str]) -> str:
    """Write how the former and the new calibration did on held-out cases. about: which cases, and how held out."""
    mean, *every = figures
    change = mean.losses.nll_change
    verdict = (
        "better" if change.high < 0 else "worse" if change.low > 0 else "not detectably different"
    )  # NaN intervals compare false: not detectable.
    sentences = [
        about,
        f"NLL: mean negative log-likelihood in nats, less is better; after recalibration it is {verdict}. ECE: 15 bins "
        "of equal width; a perfectly calibrated model of so many cases stays below the last column in 19 of 20 "
        "samples. 95 % intervals: bootstrap over patients, percentile.",
    ]
    if left_out:
        sentences.append(
            f"Not recalibrated for want of cases: {', '.join(left_out)}. Temperature and threshold are the former "
            "ones, every case is called uncertain."
        )
    tables = [to_markdown(_likelihoods(mean, every)), to_markdown(_decisions(every))]
    return "\n\n".join(["## Recalibration", *sentences, *tables])


def _likelihoods(mean: HeldOutFinding, every: Sequence[HeldOutFinding]) -> Table:
    head = ("finding", "cases", "with it", "NLL before", "NLL after", "change", "ECE before", "ECE after", "null")
    rows = tuple(
        (
            one.name or "mean",
            str(one.n),
            str(one.positives) if one.name else "",
            *(_shown(value) for value in (one.losses.nll_before, one.losses.nll_after, one.losses.nll_change)),
            *(_shown(value) for value in (one.losses.ece_before, one.losses.ece_after)),
            f"{one.null_high:.3f}" if one.name else "",
        )
        for one in (*every, mean)
    )
    return Table(head, rows)


def _decisions(every: Sequence[HeldOutFinding]) -> Table:
    head = ("finding", "uncertain", "called negative of those with it", "called positive of those without it")
    rows = tuple(
        (
            one.name,
            f"{one.uncertain} of {one.n}",
            f"{one.missed} of {one.positives}",
            f"{one.falsely_called} of {one.n - one.positives}",
        )
        for one in every
    )
    return Table(head, rows)


def _shown(value: Estimate) -> str:
    return str(value) if value.low == value.low else f"{value.value:.3f}"


def _doubt(calibration: Calibration) -> list[str]:
    if calibration.pooled is None:
        return ["No conformal decision can be made: there are no calibration scores."]
    level, needed = f"{100 * (1 - calibration.alpha):g}", needed_cases(calibration.alpha)
    words = (
        f"A finding is called uncertain unless calibration cases with the same inputs exclude one answer at {level} % "
        "and the threshold agrees with the other: of the cases with, and of those without, a finding at most "
        f"{100 * calibration.alpha:g} % are called wrongly, for patients like these. A pattern of inputs with fewer "
        f"than {needed} cases of a class takes the cases of all patterns together for it; where these are fewer too, "
        "every case is uncertain. Where too few had exactly these inputs, cases with more were scored without the rest."
    )
    every = {**calibration.patterns, "all patterns together": calibration.pooled}
    rows = tuple(_pattern_row(name, scores) for name, scores in every.items())
    head = ("inputs", "cases", "with exactly these", "fewest with a finding", "fewest without")
    return [words, to_markdown(Table(head, rows))]


def _pattern_row(name: str, scores: PatternScores) -> tuple[str, ...]:
    fewest = (min(map(len, by_class.values())) for by_class in (scores.present, scores.absent))
    return (name, str(scores.n_cases), str(scores.n_own), *map(str, fewest))
