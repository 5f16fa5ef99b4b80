"""The bundle that ships: sound, small, and what its card says."""

from __future__ import annotations

import json
import re

import pytest

from medmm.core.quality import InputKind
from medmm.core.resources import resource

FOLDER = resource("models", "chest-multimodal")


def test_shipped_bundle_is_at_most_40_mb() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) <= 40_000_000


def test_card_and_metadata_state_the_same_figures() -> None:
    card = (FOLDER / "docs/README.md").read_text(encoding="utf-8")
    metadata = json.loads((FOLDER / "configs/metadata.json").read_text(encoding="utf-8"))

    for figures in metadata["medmm"]["metrics"]:
        section = card.split(f"## Figures: {figures['domain']}\n")[1].split("\n## ")[0]
        for name, value in figures["by_subset"].items():
            if value["value"] is not None:
                row = re.escape(name.replace("+", " + "))
                # The table of differences, further down, has rows of the same names.
                shown, *_ = re.findall(rf"^\| {row} \| (\d\.\d+)", section, re.MULTILINE)
                assert abs(float(shown) - value["value"]) <= 0.0051
    domains = {figures["domain"] for figures in metadata["medmm"]["metrics"]}
    assert {"simulated", "cxr_nih (out of fold)", "cxr_nih (before the folds)"} <= domains
    assert metadata["medmm"]["training"]["cases"]["simulated train"] >= 3900
    assert "Not for diagnosis" in card


@pytest.mark.slow
def test_shipped_bundle_opens_and_passes_its_golden_case() -> None:
    from medmm.models.bundle import load_bundle
    from medmm.models.bundle_facts import load_bundle_tokenizer

    bundle, net = load_bundle(FOLDER)
    tokenizer = load_bundle_tokenizer(bundle)

    assert bundle.spec.input_kinds == (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)
    assert tokenizer is not None
    assert tokenizer.unk_token_id not in tokenizer("患者发热咳嗽三天")["input_ids"]
    assert not net.training


def test_shipped_training_cases_are_simulated_and_the_card_states_their_figures() -> None:
    from medmm.models.bundle_facts import verify_bundle
    from medmm.models.neighbours import NEIGHBOURS, read_neighbours

    bundle = verify_bundle(FOLDER)
    held = read_neighbours(FOLDER, bundle.spec)
    block = bundle.metadata["medmm"]["neighbours"]
    section = (FOLDER / "docs/README.md").read_text(encoding="utf-8").split("## Similar training cases\n")[1]

    assert held is not None
    assert (len(held), bool(held.simulated.all())) == (1000, True)
    assert (FOLDER / NEIGHBOURS).stat().st_size < 1_000_000
    for name, value in block["figures"]["by_inputs"].items():
        (shown,) = re.findall(rf"^\| {re.escape(name.replace('+', ' + '))} \| (\d\.\d+)", section, re.MULTILINE)
        assert abs(float(shown) - value["value"]) <= 0.0051
    assert block["figures"]["by_inputs"]["image+note+vitals"]["low"] > 0.9
    assert block["figures"]["by_inputs"]["by lot"]["low"] < 0.5 < block["figures"]["by_inputs"]["by lot"]["high"]
