"""What a card says of the tests of a bundle's heat maps."""

from __future__ import annotations

from collections.abc import Iterator

from medmm.models.map_tests import (
    MAX_AGREEMENT,
    MAX_P,
    MIN_ENERGY_RATIO,
    MIN_HITS,
    MIN_MAPS,
    Figure,
    FindingMaps,
    MapTests,
    MethodMaps,
)
from medmm.training.pages.markdown import to_markdown
from medmm.training.pages.page import Table

TITLE = "## Tests of heat maps"
NONE = "–"
ABOUT = (
    "Maps are tested of findings that are there, whose place is known, and that the model called positive with all "
    "inputs: those that a user is shown. Hit: the hottest cell touches the finding's box, the tolerance is thus the "
    f"cell itself; at least {100 * MIN_HITS:g} % are needed. Centre: its middle lies in the box. In brackets after "
    "chance: what a cell drawn by lot would do. Weight in the box: the part of the map's weight inside it over the "
    f"box's part of what the network saw, both in the mean; at least {MIN_ENERGY_RATIO:g} are needed. Fewer than "
    f"{MIN_MAPS} maps of a finding are not reported by themselves. 95 % intervals: bootstrap over patients."
)
HIDING = (
    "Hiding a sixth of the cells behind grey: by how much the logit falls, for the hottest cells and for as many drawn "
    f"by lot from the film; Wilcoxon's signed rank test over patients, one-sided, p below {MAX_P:g} needed."
)
SHUFFLED = (
    "Rank correlation of the maps with those of the same network with shuffled weights, one group of layers more at "
    f"every step from the top down; below {MAX_AGREEMENT:g} is needed once all are shuffled. Stability: with maps of "
    "images moved by a few pixels."
)
GREYED = (
    "A method that failed the shuffling or the hiding shows no map at all in this bundle; a finding whose maps failed "
    "the pointing has none."
)


def maps_section(tests: MapTests) -> str:
    """Write the section of the card."""
    shown = tests.methods[tests.shown]
    head = f"Drawn of {tests.n_cases} cases: {tests.cases}. Users see the maps by {shown.title}."
    tables = [_place_table(tests), _deletion_table(tests), _random_table(tests)]
    words = [ABOUT, HIDING, SHUFFLED]
    parts = [part for sentence, table in zip(words, tables, strict=True) for part in (sentence, to_markdown(table))]
    return "\n\n".join([TITLE, head, *parts, GREYED])


def figure_words(figure: Figure, *, digits: int = 2) -> str:
    """Write a value with its interval where it has one."""
    if figure.low is None or figure.high is None:
        return f"{figure.value:.{digits}f}"
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f} to {figure.high:.{digits}f})"


def _place_table(tests: MapTests) -> Table:
    head = ("method, finding", "maps", "patients", "hit", "chance", "centre", "chance", "weight in the box", "pointing")
    return Table((*head, "weight"), tuple(row for name, own in _named(tests) for row in _place_row(name, own)))


def _place_row(name: str, own: FindingMaps) -> Iterator[tuple[str, ...]]:
    place = own.place
    if place is None:
        return
    yield (
        name,
        str(place.n),
        str(place.n_patients),
        figure_words(place.hits),
        f"{place.chance:.2f}",
        figure_words(place.strict_hits),
        f"{place.strict_chance:.2f}",
        figure_words(place.energy_ratio, digits=1),
        place.pointing_verdict,
        place.energy_verdict,
    )


def _deletion_table(tests: MapTests) -> Table:
    head = ("method, finding", "maps", "patients", "hottest hidden", "others hidden", "p", "verdict")
    rows = []
    for name, own in _named(tests):
        if (fall := own.deletion) is not None:
            numbers = (str(fall.n), str(fall.n_patients), f"{fall.hottest:.2f}", f"{fall.random:.2f}", f"{fall.p:.2g}")
            rows.append((name, *numbers, fall.verdict))
    return Table(head, tuple(rows))


def _random_table(tests: MapTests) -> Table:
    steps = dict.fromkeys(
        step for method in tests.methods.values() if method.randomisation for step in method.randomisation.steps
    )
    rows = tuple(_random_row(method, tuple(steps)) for method in tests.methods.values())
    return Table(("method", "maps", *(f"down to {step}" for step in steps), "verdict", "stability"), rows)


def _random_row(method: MethodMaps, steps: tuple[str, ...]) -> tuple[str, ...]:
    found = method.randomisation
    values = [NONE if found is None or step not in found.steps else f"{found.steps[step]:.2f}" for step in steps]
    stability = NONE if method.stability is None else f"{method.stability:.2f}"
    return (method.title, str(found.n if found else 0), *values, method.randomisation_verdict, stability)


def _named(tests: MapTests) -> Iterator[tuple[str, FindingMaps]]:
    for method in tests.methods.values():
        yield f"{method.title}: all", method.everything
        yield from ((f"{method.title}: {finding}", own) for finding, own in method.findings.items())
