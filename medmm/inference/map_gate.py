"""Whether a bundle's maps of a finding may be shown: what failed its own tests is no explanation."""

from __future__ import annotations

from medmm.core.words import NOTHING, Words, as_title
from medmm.models.map_tests import MAX_AGREEMENT, MIN_HITS, FindingMaps, MapTests, MethodMaps


def map_method(tests: MapTests | None) -> str:
    """Name the method that a bundle shows; the one that costs nothing where it was not tested."""
    return "gradcam" if tests is None else tests.shown


def refuse_map(tests: MapTests | None, finding: str) -> Words:
    """Say why the maps of a finding are not shown, empty where nothing speaks against them."""
    if tests is None:
        return NOTHING
    method = tests.methods[tests.shown]
    if method.randomisation is not None and method.randomisation_verdict == "failed":
        return Words(
            "No heat map: {method} draws a like map for a network that has learnt nothing (rank correlation "
            "{agreement:.2f}, below {limit} needed).",
            method=method.title,
            agreement=[*method.randomisation.steps.values()][-1],
            limit=MAX_AGREEMENT,
        )
    if method.everything.deletion is not None and method.deletion_verdict == "failed":
        return Words(
            "No heat map: hiding what {method} shows lowered the scores of {n} test maps no more than hiding other "
            "places (p {p:.2g}).",
            method=method.title,
            n=method.everything.deletion.n,
            p=method.everything.deletion.p,
        )
    return _refuse_pointing(method, finding)


def is_tested(tests: MapTests | None, finding: str) -> bool:
    """Tell whether the maps of this very finding were tested."""
    return tests is not None and tests.methods[tests.shown].pointing_verdict(finding) != "not tested"


def hits_of(tests: MapTests | None, finding: str) -> float | None:
    """Give the share of test cases of a finding whose hottest cell touched it; None where too few were there."""
    place = _tests_of(tests.methods[tests.shown], finding).place if tests is not None else None
    return None if place is None else place.hits.value


def _refuse_pointing(method: MethodMaps, finding: str) -> Words:
    place = _tests_of(method, finding).place
    if place is None or place.pointing_verdict != "failed":
        return NOTHING
    return Words(
        "No heat map: of {n} test maps of {finding} by {method} the hottest cell touched it in {hits:.0f} %, "
        "{limit:.0f} % needed.",
        n=place.n,
        finding=as_title(finding),
        method=method.title,
        hits=100 * place.hits.value,
        limit=100 * MIN_HITS,
    )


def _tests_of(method: MethodMaps, finding: str) -> FindingMaps:
    return method.findings.get(finding, FindingMaps())
