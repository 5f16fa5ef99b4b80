"""What tests of a bundle's heat maps found, as data: explanation.json, an optional part of a bundle."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from medmm.core.errors import BundleRefused
from medmm.core.words import Words
from medmm.models.calibration import AGAIN

MAP_TESTS = "explanation.json"
SCHEMA = "medmm.map_tests/1"
Verdict = Literal["passed", "failed", "not tested"]
# Fewer maps say nothing.
MIN_MAPS = 10
# Limits of the tests; what they are held against stands in the bundle, so that no bundle brings softer ones.
MIN_HITS, MIN_ENERGY_RATIO, MAX_P = 0.8, 3.0, 0.05
# A map must be as unlike that of a random network as an unstable one is unlike itself (`core.prediction`).
MAX_AGREEMENT = 0.5


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval over patients; None where too few patients allow one."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PlaceTest:
    """Of n maps of findings whose box is known and that the network called positive.

    hits: share whose hottest cell touches the box (pointing game, Zhang et al. 2018); strict_hits: share whose hottest
    cell has its centre in the box; chance, strict_chance: the share of cells that would hit;
    energy: share of the map's weight inside the box; energy_ratio: that share over the box's share of the image.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    n: int
    n_patients: int
    hits: Figure
    chance: float
    strict_hits: Figure
    strict_chance: float
    energy: float
    energy_ratio: Figure

    @property
    def pointing_verdict(self) -> Verdict:
        """Tell whether the hottest cell is at the finding often enough."""
        return _verdict(self.n, self.hits.value >= MIN_HITS)

    @property
    def energy_verdict(self) -> Verdict:
        """Tell whether the weight gathers in the box."""
        return _verdict(self.n, self.energy_ratio.value >= MIN_ENERGY_RATIO)


@dataclass(frozen=True)
class DeletionTest:
    """Of n maps: mean fall of the logit when the hottest cells are hidden, and when as many random cells are.

    p: one-sided, Wilcoxon's signed rank test over patients.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    n: int
    n_patients: int
    hottest: float
    random: float
    p: float

    @property
    def verdict(self) -> Verdict:
        """Tell whether hiding what the map shows lowers the logit more than hiding anything else."""
        return _verdict(self.n, self.hottest > self.random and self.p < MAX_P)


@dataclass(frozen=True)
class RandomisationTest:
    """Mean rank correlation of n maps with those of the network whose layers are random, one layer more each step.

    steps: name of the layer -> correlation, from the top down (Adebayo et al. 2018, cascading randomisation).
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    n: int
    steps: dict[str, float]

    @property
    def verdict(self) -> Verdict:
        """Tell whether a network without what it learnt draws another map."""
        return _verdict(self.n, bool(self.steps) and [*self.steps.values()][-1] < MAX_AGREEMENT)


@dataclass(frozen=True)
class FindingMaps:
    """Tests of the maps of one finding, or of all; None where too few maps were there."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    place: PlaceTest | None = None
    deletion: DeletionTest | None = None


@dataclass(frozen=True)
class MethodMaps:
    """Tests of one method. title: for people; grid: of its maps; stability: mean over the maps, None where not tested;
    findings: of each finding with at least MIN_MAPS maps."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    title: str
    grid: list[int]
    everything: FindingMaps
    findings: dict[str, FindingMaps]
    randomisation: RandomisationTest | None = None
    stability: float | None = None

    @property
    def deletion_verdict(self) -> Verdict:
        """Judge the deletion of all findings together."""
        return self.everything.deletion.verdict if self.everything.deletion else "not tested"

    @property
    def randomisation_verdict(self) -> Verdict:
        """Judge the randomisation."""
        return self.randomisation.verdict if self.randomisation else "not tested"

    def pointing_verdict(self, finding: str) -> Verdict:
        """Judge where the maps of one finding point; with too few of its own, nothing is known."""
        place = self.findings.get(finding, FindingMaps()).place
        return place.pointing_verdict if place else "not tested"


@dataclass(frozen=True)
class MapTests:
    """cases: what the maps were drawn of, in words; n_cases; data_sha256: of truth.csv; shown: the method that users
    see; methods: name -> its tests."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)
    schema: str
    cases: str
    n_cases: int
    shown: str
    methods: dict[str, MethodMaps] = field(default_factory=dict)


_ADAPTER = TypeAdapter(MapTests)


def write_map_tests(folder: Path, tests: MapTests) -> None:
    """Write them into a bundle that is not sealed yet."""
    text = json.dumps(asdict(tests), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MAP_TESTS).write_text(text + "\n", encoding="utf-8")


def read_map_tests(folder: Path, findings: tuple[str, ...]) -> MapTests | None:
    """Read the tests of a verified bundle; None for a bundle without them.

    Raises BundleRefused where the file is of another schema, names unknown findings or shows what it did not test.
    """
    path = folder / MAP_TESTS
    if not path.is_file():
        return None
    try:
        tests = _ADAPTER.validate_json(path.read_bytes(), strict=True)
    except ValidationError as error:
        raise BundleRefused(_refusal(error.errors()[0]["msg"]), AGAIN, folder) from error
    if tests.schema != SCHEMA:
        raise BundleRefused(_refusal(Words("schema {schema!r}", schema=tests.schema)), AGAIN, folder)
    named = {name for method in tests.methods.values() for name in method.findings}
    if unknown := sorted(named - set(findings)):
        raise BundleRefused(_refusal(Words("unknown finding {name!r}", name=unknown[0])), AGAIN, folder)
    if tests.shown not in tests.methods:
        raise BundleRefused(_refusal(Words("method {name!r} was not tested", name=tests.shown)), AGAIN, folder)
    return tests


def _refusal(what: str) -> Words:
    return Words("{entry} cannot be used: {what}", entry=MAP_TESTS, what=what)


def _verdict(n: int, is_passed: bool) -> Verdict:
    if n < MIN_MAPS:
        return "not tested"
    return "passed" if is_passed else "failed"
