"""Write a copy of a bundle with another calibration: its own name, card, metadata and sums; the weights stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from medmm.core.quality import InputKind
from medmm.models.bundle_facts import Bundle
from medmm.models.bundle_files import CALIBRATION, CARD
from medmm.models.calibration import Calibration, calibration_to_json
from medmm.models.spread import SPREAD, Spread, write_spread
from medmm.training.bundle_copy import copied_bundle, write_metadata
from medmm.training.calibration_words import calibration_section, recalibration_section, replace_calibration
from medmm.training.card_section import retitle
from medmm.training.metadata import finite
from medmm.training.recalibration import PARTS, HeldOutFinding


@dataclass(frozen=True)
class Changes:
    """What the copy says instead. facts: counts and hashes of the cases; is_own_cohort: those of the training.

    spreads: how these cases lie; an input of which there were too few has none, and whether one is like them cannot
    be told: the former spread is that of patients for whom the new calibration does not hold.
    """

    name: str
    version: str
    calibration: Calibration
    figures: tuple[HeldOutFinding, ...]
    facts: Mapping[str, object]
    left_out: tuple[str, ...]
    is_own_cohort: bool
    spreads: Mapping[InputKind, Spread]


def write_recalibrated(bundle: Bundle, changes: Changes, out: Path) -> None:
    """Write the bundle to `out`, whole or not at all; it is opened, and its golden case scored, before it is there.

    Raises StorageError where it cannot be written.
    """
    with copied_bundle(bundle, out, without=[SPREAD]) as copy:
        write_spread(copy, changes.spreads)
        (copy / CALIBRATION).write_text(calibration_to_json(changes.calibration) + "\n", encoding="utf-8")
        write_metadata(copy, _metadata(bundle, changes))
        card = copy / CARD
        card.write_text(_card(card.read_text(encoding="utf-8"), bundle, changes), encoding="utf-8")


def _metadata(bundle: Bundle, changes: Changes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(bundle.metadata))
    block = document["medmm"]
    spec = block["spec"]
    spec |= {"name": changes.name, "version": changes.version}
    if not changes.is_own_cohort:
        spec["limits"] = [*spec["limits"], _limit(changes)]
    document |= {"name": changes.name, "version": changes.version}
    document["changelog"] = {**document.get("changelog", {}), changes.version: _change(bundle, changes)}
    block["recalibration"] = {
        "from": {"name": bundle.spec.name, "version": bundle.spec.version, "sha256": bundle.sha256},
        "data": dict(changes.facts),
        "left_out": list(changes.left_out),
        "spread": {kind.value: len(one.distances) for kind, one in changes.spreads.items()},
        "held_out": [finite(asdict(figure)) for figure in changes.figures],
    }
    return document


def _limit(changes: Changes) -> str:
    return (
        f"Probabilities and doubt were calibrated on {changes.facts['cases']} labelled cases of those who recalibrated "
        "the model; they hold for patients like these."
    )


def _change(bundle: Bundle, changes: Changes) -> str:
    return f"Calibration of {bundle.spec.name} {bundle.spec.version} fitted on {changes.facts['cases']} labelled cases."


def _card(card: str, bundle: Bundle, changes: Changes) -> str:
    section = calibration_section(changes.calibration, cases=_cases(changes), hold_for=_hold_for(changes))
    about = recalibration_section(changes.figures, about=_about(bundle, changes), left_out=changes.left_out)
    return replace_calibration(retitle(card, changes.name, changes.version), f"{section}\n\n{about}")


def _cases(changes: Changes) -> str:
    return "simulated patients" if changes.is_own_cohort else "labelled cases of those who recalibrated the model"


def _hold_for(changes: Changes) -> str:
    return "patients like the simulated ones" if changes.is_own_cohort else "patients like these"


def _about(bundle: Bundle, changes: Changes) -> str:
    fitted = (
        f"The calibration of {bundle.spec.name} {bundle.spec.version} (`{bundle.sha256[:12]}`) was fitted anew on "
        f"{changes.facts['cases']} cases of {changes.facts['patients']} patients. The figures of this card under other "
        "titles were measured with the former one."
    )
    if changes.is_own_cohort:
        return f"{fitted} The cases are the calibration part of the bundle's own cohort; held out: its test part."
    return (
        f"{fitted} Held out: {PARTS} parts by patient, each measured with a calibration that was fitted on the others."
    )
