"""Similar training cases as the Why tab says them, for the selected finding."""

from __future__ import annotations

import pytest

from medmm.core.quality import InputKind
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.words import NOTHING, Words
from tests.ui.builders import make_finding
from ui.state.similar_words import similar_lines

PNEUMONIA, NODULE, OEDEMA = (make_finding(name, 0.5, "negative") for name in ("pneumonia", "nodule", "pulmonary_edema"))
LABELS = ({"pneumonia": True, "nodule": False}, {"pneumonia": True}, {"pneumonia": False, "nodule": False})


def make_similar(*, doubt: Words = NOTHING, is_simulated: bool = True) -> SimilarCases:
    cases = (SimilarCase(n, n, 0.99 - 0.1 * n, labels, is_simulated) for n, labels in enumerate(LABELS, start=1))
    return SimilarCases(tuple(cases), 1000, (InputKind.IMAGE, InputKind.VITALS), doubt)


def test_every_finding_has_its_own_count() -> None:
    searched = "Nearest of 1,000 by image, vitals; similarity 0.89 to 0.69."
    assert similar_lines(make_similar(), PNEUMONIA) == ["Pneumonia: 2 of 3 simulated patients had it.", searched]
    assert similar_lines(make_similar(), NODULE)[0] == "Nodule: 0 of 2 simulated patients had it."
    assert similar_lines(make_similar(), OEDEMA)[0] == "Pulmonary edema: not known of any of them."
    assert similar_lines(make_similar(is_simulated=False), PNEUMONIA)[0] == "Pneumonia: 2 of 3 had it."


def test_of_a_stranger_nothing_is_counted() -> None:
    doubt = Words("This case is unlike all that the model was calibrated on.")
    assert similar_lines(make_similar(doubt=doubt), PNEUMONIA) == [doubt]


@pytest.mark.parametrize("similar", [None, SimilarCases((), 0, ())])
def test_without_training_cases_nothing_is_said(similar: SimilarCases | None) -> None:
    assert similar_lines(similar, PNEUMONIA) == []
