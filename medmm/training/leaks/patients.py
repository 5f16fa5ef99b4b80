"""The same patient in two parts of the split, by number, by name and birth date, or by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from medmm.training.leaks.values import Leak, Material, leak, place
from medmm.training.reading import normal_id


def check_patient_ids(material: Material) -> Iterator[Leak]:
    """Find patients (as the split knows them) and files that stand in two parts."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(material.rows):
        by_id[f"{row.domain} {row.patient}"].append(index)
        by_id[str(row.path)].append(index)
    found = [_pair(material, cases) for cases in _straddling(material, by_id)]
    if found:
        yield leak("patient_in_two_splits", f"{len(set(found))} patients stand in two parts", sorted(set(found)))


def check_identities(material: Material) -> Iterator[Leak]:
    """Find cases of different names in the split that are one person by number, or by name and birth date.

    Numbers are compared within a domain only, for hospitals number alike. Equal names and birth dates do not count
    where both have a number of one domain and the numbers differ: a large cohort holds such strangers.
    """
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, (row, reading) in enumerate(zip(material.rows, material.readings, strict=True)):
        keys = {f"id {row.domain} {digest}" for digest in reading.facts.ids}
        keys |= {f"split {row.domain} {normal_id(row.patient)}"}
        keys |= {f"person {digest}" for digest in reading.facts.persons}
        for key in keys:
            by_key[key].append(index)
    found = []
    for key, cases in by_key.items():
        kept = cases if not key.startswith("person") else [*_without_strangers(material, cases)]
        if _straddles(material, kept):
            found.append(_pair(material, kept))
    if found:
        message = f"{len(set(found))} people stand in two parts under different names"
        yield leak("identity_in_two_splits", message, sorted(set(found)))


def _without_strangers(material: Material, cases: list[int]) -> Iterator[int]:
    first = cases[0]
    yield first
    one = material.readings[first].facts.ids
    for index in cases[1:]:
        other = material.readings[index].facts.ids
        is_one_domain = material.rows[index].domain == material.rows[first].domain
        if not (is_one_domain and one and other and not set(one) & set(other)):
            yield index


def _straddling(material: Material, groups: Mapping[str, list[int]]) -> Iterable[list[int]]:
    return (cases for cases in groups.values() if _straddles(material, cases))


def _straddles(material: Material, cases: list[int]) -> bool:
    # Held-out rows are another sort of test rows: a patient in both is trained on in neither.
    parts = {"test" if (part := material.rows[index].part) == "held_out" else part for index in cases}
    return len(parts) > 1


def _pair(material: Material, cases: list[int]) -> str:
    first = material.rows[cases[0]]
    second = next(material.rows[index] for index in cases if material.rows[index].part != first.part)
    return f"{place(first)} and {place(second)}"
