"""Two results side by side as words and numbers."""

from __future__ import annotations

from medmm.core.comparison import Comparison, Difference, FindingDelta
from medmm.core.prediction import CaseResult, FindingScore
from ui import theme
from ui.language import mark, tr
from ui.state.finding_words import scale_word

IDENTICAL = mark("Identical: every number is the same to the last bit.")
WITHIN = mark(
    "The same answer. Largest difference: {gap} logits, {shown} in the number shown; up to {most} is expected."
)
BEYOND = mark(
    "Another answer. Largest difference: {gap} logits, {shown} in the number shown; up to {most} is expected."
)
APART = mark("The two results have no finding in common.")
PLACES = {
    "file": mark("File"),
    "model": mark("Model"),
    "software": mark("Software"),
    "machine": mark("Machine"),
    "setting": mark("Setting"),
    "step": mark("Step"),
    "input": mark("Input"),
}
NAMES = {
    "name": mark("model"),
    "version": mark("version"),
    "sha256": "SHA-256",
    "system": mark("system"),
    "device": mark("device"),
    "runtime": mark("computed by"),
    "precision": mark("precision"),
    "threads": mark("threads"),
    "without": mark("left out by choice"),
    "identity_override": mark("identity conflict overridden"),
    "used": mark("used"),
    "unused": mark("unused"),
}
NOTHING_DIFFERS = mark("Files, model, software, machine, settings and every step are the same.")
NO_RECORD = mark("The earlier result keeps no record of software and steps; files, model and numbers are compared.")
ARROW = " → "
NONE = "–"


def verdict_words(comparison: Comparison) -> str:
    """Say whether another run gave the same answer, with the largest difference and what is expected."""
    gap, shown = comparison.largest_logit, comparison.largest_shown
    if gap is None or shown is None:
        return tr(APART)
    if comparison.verdict == "identical":
        return tr(IDENTICAL)
    words = tr(WITHIN) if comparison.verdict == "within" else tr(BEYOND)
    return words.format(gap=_small(gap), shown=_small(shown), most=f"{comparison.tolerance:g}")


def count_words(comparison: Comparison) -> str:
    """Say how far two models disagree."""
    n_flipped = sum(delta.is_flipped for delta in comparison.deltas)
    n_large = sum(delta.is_large for delta in comparison.deltas)
    words = tr("Of {n} findings the decision differs in {flipped}, the number by more than 0.1 in {large}.")
    return words.format(n=len(comparison.deltas), flipped=n_flipped, large=n_large)


def scale_remark(comparison: Comparison) -> str:
    """Warn where one speaks in probabilities and the other in scores, empty where not."""
    if comparison.first.is_calibrated == comparison.second.is_calibrated:
        return ""
    return tr("One of them is not calibrated: the differences are those of the raw scores.")


def about_words(result: CaseResult) -> str:
    """Name a model, what its numbers are and what it read."""
    model = result.model
    used = [tr(kind.value) for kind, use in result.inputs_used.items() if use.used]
    words = tr("{name} {version} ({hash}) · {scale} · from {inputs}")
    return words.format(
        name=model.name,
        version=model.version,
        hash=model.sha256[:12],
        scale=scale_word(result),
        inputs=tr(", ").join(used) or tr("nothing"),
    )


def delta_cells(delta: FindingDelta) -> tuple[str, ...]:
    """Write one row: finding, both numbers, their difference, that in logits, the decision or both decisions."""
    name = delta.first or delta.second
    assert name is not None
    return (
        tr(name.title),
        _number(delta.first),
        _number(delta.second),
        NONE if delta.shown is None else signed_exact(delta.shown, digits=3),
        NONE if delta.logit is None else signed_exact(delta.logit, digits=3),
        decision_words(delta),
    )


def decision_words(delta: FindingDelta) -> str:
    """Say the decision, both where they differ."""
    found = [_decision(one) for one in (delta.first, delta.second) if one is not None]
    return ARROW.join(found) if delta.is_flipped else found[0]


def difference_cells(difference: Difference) -> tuple[str, str, str, str]:
    """Write one difference of the records."""
    absent = tr("not there")
    return (
        tr(PLACES[difference.place]),
        difference_name(difference),
        tr(difference.first) if difference.first else absent,
        tr(difference.second) if difference.second else absent,
    )


def difference_name(difference: Difference) -> str:
    """Name what is different: an input and what reached the network of it, a step with its parameter, else as it is."""
    if difference.place == "input":
        kind, _, is_tensor = difference.name.partition(" ")
        return tr("{input}: what reached the network").format(input=tr(kind)) if is_tensor else tr(kind)
    if difference.place == "step":
        kind, *rest = difference.name.split(".")
        return " · ".join((tr(kind), *(part.replace("_", " ") for part in rest)))
    return tr(NAMES.get(difference.name, difference.name))


def signed_exact(value: float, *, digits: int) -> str:
    """Write a difference with its sign; one too small for the digits in powers of ten, none as 0."""
    if value == 0:
        return "0"
    sign = "+" if value > 0 else "−"
    return f"{sign}{_small(abs(value)) if round(abs(value), digits) == 0 else f'{abs(value):.{digits}f}'}"


def _small(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else f"{value:.0e}".replace("e-0", "e-")


def _number(finding: FindingScore | None) -> str:
    return NONE if finding is None else f"{finding.shown:.3f}"


def _decision(finding: FindingScore) -> str:
    return f"{theme.DECISION_SIGNS[finding.decision]} {tr(finding.decision)}"
