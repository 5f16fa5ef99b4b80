"""The truth model: what each input says follows its table and no single input says it all."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from medmm.simulate.evidence import CONCEPTS, WITNESSES, draw_evidence
from medmm.simulate.opacities import PATTERN_CHANCE
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth, draw_truth

N = 3000


@pytest.fixture(scope="module")
def truths() -> list[Truth]:
    return [draw_truth(open_stream(11, index, "truth")) for index in range(N)]


def make_truth(present: frozenset[str] = frozenset(), *, infection: bool = False, note_silent: bool = False) -> Truth:
    drawn = draw_truth(open_stream(1, 1, "truth"))
    found = MappingProxyType({name: name in present for name in FINDINGS})
    quiet = replace(drawn, present=found, smoker=False, copd=False, failing=False, scar=False)
    return replace(quiet, infection=infection, note_silent=note_silent)


def share(concept: str, truth: Truth) -> float:
    return float(np.mean([draw_evidence(open_stream(2, i, "e"), truth).holds[concept] for i in range(N // 3)]))


@pytest.mark.parametrize("finding", FINDINGS)
def test_prevalence_is_between_a_seventh_and_a_third(truths: list[Truth], finding: str) -> None:
    assert 0.13 < np.mean([truth.present[finding] for truth in truths]) < 0.33


def test_oedema_brings_effusion_and_a_large_heart(truths: list[Truth]) -> None:
    wet = [truth for truth in truths if truth.present["pulmonary_edema"]]
    dry = [truth for truth in truths if not truth.present["pulmonary_edema"]]

    for finding in ("pleural_effusion", "cardiomegaly"):
        rates = [np.mean([truth.present[finding] for truth in group]) for group in (wet, dry)]
        assert rates[0] > 1.5 * rates[1]


def test_fever_is_told_by_the_noisy_or_rule() -> None:
    # 1 - (1 - .04)(1 - .76) = .770 with pneumonia, 1 - (1 - .04)(1 - .70) = .712 with an infection only; n = 1000,
    # three standard errors are .045.
    assert share("fever", make_truth(frozenset({"pneumonia"}))) == pytest.approx(0.770, abs=0.045)
    assert share("fever", make_truth(infection=True)) == pytest.approx(0.712, abs=0.045)
    assert share("fever", make_truth()) == pytest.approx(0.04, abs=0.02)


def test_a_silent_note_says_no_more_than_a_healthy_one() -> None:
    assert share("fever", make_truth(frozenset({"pneumonia"}), note_silent=True)) == share("fever", make_truth())


def test_infections_without_a_shadow_and_shadows_without_disease_are_common(truths: list[Truth]) -> None:
    assert np.mean([truth.infection for truth in truths]) > 0.18
    assert np.mean([truth.scar for truth in truths]) > 0.18
    assert not any(truth.infection and truth.present["pneumonia"] for truth in truths)
    assert not any(truth.scar and truth.present["pulmonary_edema"] for truth in truths)


def test_every_pattern_occurs_with_every_cause() -> None:
    for chances in PATTERN_CHANCE.values():
        assert sum(chances) == pytest.approx(1)
        assert min(chances) > 0.1


def test_every_witness_is_a_concept_that_its_finding_causes() -> None:
    for finding, concepts in WITNESSES.items():
        for concept in concepts:
            assert finding in CONCEPTS[concept][1]
