"""What a card says of the training cases that a bundle holds."""

from __future__ import annotations

from dataclasses import asdict

from medmm.models.neighbours import N_NEAREST
from medmm.training.metadata import finite
from medmm.training.neighbours import Near, NearFigures, NearFinding
from medmm.training.pages.content import shown
from medmm.training.pages.markdown import to_markdown
from medmm.training.pages.page import Table

TITLE = "## Similar training cases"
HELD = (
    "Held of each: what the fusion sees of its inputs, as vectors of length 1 in 16 bits, and which findings it had; "
    "no name, no date, no note, no pixels, and an order drawn by lot."
)
SHOWN = (
    f"Of a case that is scored the {N_NEAREST} nearest are named, by the mean cosine over exactly the inputs that the "
    "case has. They are context: no score depends on them. Near means near to this network, no more; for a case unlike "
    "all calibration cases they are called no evidence."
)
SIMULATED = "They were made by rules and are nobody."
REAL = (
    "They are patients. Whoever holds a film, a note or vital signs of one of them can tell from the vectors that the "
    "model was trained on it: pass the bundle on only where that may be known."
)
ABOUT = (
    f"Measured on cases that were not trained on: the share of the {N_NEAREST} nearest that had a finding, as a score "
    f"for the finding; beside it the same of {N_NEAREST} training cases drawn by lot. 95 % intervals: bootstrap over "
    "patients."
)
NOT_MEASURED = "Whether the nearest tell anything was not measured."


def neighbours_section(near: Near) -> str:
    """Write the section of the card."""
    kind = "simulated training cases" if near.are_simulated else "training cases"
    words = f"The bundle holds {len(near.neighbours):,} {kind}. {SIMULATED if near.are_simulated else REAL}"
    if near.figures is None:
        return "\n\n".join([TITLE, words, HELD, SHOWN, NOT_MEASURED])
    tables = (_finding_table(near.figures), _inputs_table(near.figures))
    return "\n\n".join([TITLE, words, HELD, SHOWN, ABOUT, *map(to_markdown, tables)])


def neighbours_block(near: Near) -> dict[str, object]:
    """Say in metadata how many cases there are, of what kind, and what was measured."""
    figures = None if near.figures is None else finite(asdict(near.figures))
    return {"cases": len(near.neighbours), "simulated": near.are_simulated, "figures": figures}


def _finding_table(figures: NearFigures) -> Table:
    head = ("finding", "n", "positive", "AUROC of the share", "by lot", "mean share with it", "without it")
    return Table(head, tuple(map(_row, figures.findings)))


def _row(one: NearFinding) -> tuple[str, ...]:
    shares = (f"{one.share_with:.2f}", f"{one.share_without:.2f}")
    return (one.name, str(one.n), str(one.positives), shown(one.auroc), shown(one.by_lot), *shares)


def _inputs_table(figures: NearFigures) -> Table:
    rows = tuple((name.replace("+", " + "), shown(value)) for name, value in figures.by_inputs.items())
    return Table((f"compared over, {figures.n_held_out} cases", "mean AUROC over the findings"), rows)
