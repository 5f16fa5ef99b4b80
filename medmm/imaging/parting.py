"""Part slices that share their places into stacks in which each place is taken once: times, echoes, b-values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from medmm.core.words import Words, in_a_row
from medmm.imaging.dimensions import Values, name_value, order_key
from medmm.imaging.facts import InstanceFacts

One = TypeVar("One")
Place = tuple[float, ...]
# Slices of one cardiac phase or one pass differ in these by themselves: only their order at each place counts.
CLOCKS: dict[str, Callable[[int], Words]] = {
    "TriggerTime": lambda number: Words("phase {value}", value=number),
    "NominalCardiacTriggerDelayTime": lambda number: Words("phase {value}", value=number),
    "AcquisitionTime": lambda number: Words("time {value}", value=number),
}
FILM_CLOCKS = ("TemporalPositionIdentifier", *CLOCKS)
# More values than this that vary at once are no dimensions but noise.
MAX_KEYS = 8


@dataclass(frozen=True)
class Part(Generic[One]):
    """Slices of one stack; name: what tells it from the others, e.g. "b 1000", empty where there are none."""

    name: str
    items: tuple[One, ...]


@dataclass(frozen=True)
class _Known(Generic[One]):
    item: One
    place: Place
    values: dict[str, str]


def part_stacks(
    items: Sequence[One], *, place_of: Callable[[One], Place], values_of: Callable[[One], Values]
) -> tuple[Part[One], ...]:
    """Give stacks in which no place is taken twice, by as few values as will do; () where no values tell them apart."""
    known = [_Known(item, place_of(item), dict(values_of(item))) for item in items]
    keys = [key for key, _ in values_of(items[0]) if len({one.values.get(key, "") for one in known}) > 1]
    # One value that all of them state makes the shortest names.
    single = (_divide(known, [key]) for key in keys if all(one.values.get(key) for one in known))
    found = next((parts for parts in single if parts), None) or _divide(known, keys[:MAX_KEYS]) or _by_clock(known)
    return tuple(Part(in_a_row(names), tuple(one.item for one in part)) for names, part in found or ())


def film_order(series: Sequence[InstanceFacts]) -> list[InstanceFacts] | None:
    """Sort single images of one place by the clock that tells them apart; None where there is none."""
    for key in FILM_CLOCKS:
        times = [dict(facts.split_values).get(key, "") for facts in series]
        if "" not in times and len(set(times)) == len(times):
            return sorted(series, key=lambda facts: order_key(dict(facts.split_values)[key]))
    return None


def _divide(known: list[_Known[One]], keys: list[str]) -> list[tuple[list[str], list[_Known[One]]]] | None:
    # Take the first key that helps, and more of them where its parts still share places.
    if _multiplicity(known) == 1:
        return [([], known)] if len(known) > 1 else None
    for index, key in enumerate(keys):
        groups: dict[str, list[_Known[One]]] = {}
        for one in known:
            groups.setdefault(one.values.get(key, ""), []).append(one)
        if len(groups) < 2 or max(map(_multiplicity, groups.values())) == _multiplicity(known):
            continue
        divided = [(value, _divide(groups[value], keys[index + 1 :])) for value in sorted(groups, key=order_key)]
        if all(parts for _, parts in divided):
            return [([name_value(key, value), *rest], part) for value, parts in divided for rest, part in parts or ()]
    return None


def _by_clock(known: list[_Known[One]]) -> list[tuple[list[str], list[_Known[One]]]] | None:
    places: dict[Place, list[_Known[One]]] = {}
    for one in known:
        places.setdefault(one.place, []).append(one)
    n_each = {len(there) for there in places.values()}
    if len(n_each) != 1 or len(places) < 2:
        return None
    for key, named in CLOCKS.items():
        times = [[one.values.get(key, "") for one in there] for there in places.values()]
        if all("" not in there and len(set(there)) == len(there) for there in times):
            ranked = [sorted(there, key=lambda one: order_key(one.values[key])) for there in places.values()]
            return [([named(n)], list(part)) for n, part in enumerate(zip(*ranked, strict=True), start=1)]
    return None


def _multiplicity(known: list[_Known[One]]) -> int:
    return max(Counter(one.place for one in known).values())
