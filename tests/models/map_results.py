"""Results of map tests, as a bundle holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from medmm.models.map_tests import (
    SCHEMA,
    DeletionTest,
    Figure,
    FindingMaps,
    MapTests,
    MethodMaps,
    PlaceTest,
    RandomisationTest,
)


def make_place(*, hits: float = 0.9, ratio: float = 4.0, n: int = 40) -> PlaceTest:
    """Of as many maps as patients."""
    return PlaceTest(n, n, Figure(hits, hits - 0.1, hits), 0.3, Figure(0.6), 0.1, 0.5, Figure(ratio, 2.0, 5.0))


def make_deletion(*, hottest: float = 2.0, random: float = 0.5, p: float = 0.001) -> DeletionTest:
    """Of 40 maps."""
    return DeletionTest(40, 40, hottest, random, p)


def make_tests(
    *,
    steps: Sequence[float] = (0.4, 0.1),
    deletion: DeletionTest | None = None,
    findings: Mapping[str, FindingMaps] = MappingProxyType({}),
    shown: str = "gradcam",
) -> MapTests:
    """Of one method, which passes unless something else is given."""
    method = MethodMaps(
        title="Grad-CAM (fusion head)",
        grid=[6, 6],
        everything=FindingMaps(make_place(), deletion or make_deletion()),
        findings=dict(findings),
        randomisation=RandomisationTest(40, {f"layer {n}": step for n, step in enumerate(steps)}),
        stability=0.93,
    )
    return MapTests(SCHEMA, "simulated patients", 40, shown, {shown: method})
