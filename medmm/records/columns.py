"""Which column of a table holds what: long or wide form, times, identity and vital signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medmm.core.errors import InvalidRecord
from medmm.core.words import Words
from medmm.records.rows import Table
from medmm.records.vocabulary import Meaning, find_meaning


@dataclass(frozen=True)
class Layout:
    """Column numbers by role, vital-sign columns (wide form), and the names that matched nothing.

    declared: what medmm.toml says about names, for the measurement names of the long form.
    """

    roles: Mapping[str, int]
    vitals: Mapping[int, Meaning]
    unused: tuple[str, ...]
    declared: Mapping[str, Meaning]

    @property
    def is_long(self) -> bool:
        """Tell whether each row is one measurement."""
        return not self.vitals


def find_layout(table: Table, columns: Mapping[str, str]) -> Layout:
    """Work out what each column holds.

    Raises InvalidRecord: two columns for one thing, no time, no vital sign, or a declaration that means nothing.
    """
    declared = {name: _declared(name, said, table) for name, said in columns.items()}
    meanings = [declared.get(name) or find_meaning(name) for name in table.header]
    roles: dict[str, int] = {}
    vitals: dict[int, Meaning] = {}
    for index, meaning in enumerate(meanings):
        if meaning and meaning.role == "vital":
            vitals[index] = meaning
        elif meaning:
            _refuse_second(table, roles.get(meaning.role), index, meaning.role)
            roles[meaning.role] = index
    _refuse_shared_signs(table, vitals)
    if vitals and "name" in roles and "patient_name" not in roles:
        # In the wide form no column can hold the name of a measurement: "name" is the patient's.
        roles["patient_name"] = roles.pop("name")
    unused = tuple(name for name, meaning in zip(table.header, meanings, strict=True) if meaning is None and name)
    layout = Layout(roles, vitals, unused, declared)
    _check_complete(table, layout)
    return layout


def _declared(name: str, said: str, table: Table) -> Meaning:
    meaning = find_meaning(said)
    if meaning is None:
        raise InvalidRecord(
            Words(
                "medmm.toml says that the column {name!r} is {said!r}, which is nothing that MedMM reads",
                name=name,
                said=said,
            ),
            Words(
                "Use for example temperature_c, heart_rate, respiratory_rate, spo2, systolic_bp, diastolic_bp, time."
            ),
            table.path,
        )
    return meaning


def _refuse_second(table: Table, first: int | None, second: int, role: str) -> None:
    if first is not None:
        raise InvalidRecord(
            Words(
                "Vitals not used: {name} has two columns for {role}, {one!r} and {other!r}",
                name=table.path.name,
                role=role.replace("_", " "),
                one=table.header[first],
                other=table.header[second],
            ),
            Words("Keep one of them."),
            table.path,
        )


def _refuse_shared_signs(table: Table, vitals: Mapping[int, Meaning]) -> None:
    seen: dict[str, int] = {}
    for index, meaning in vitals.items():
        _refuse_second(table, seen.get(meaning.sign), index, meaning.sign)
        seen[meaning.sign] = index


def _check_complete(table: Table, layout: Layout) -> None:
    named = ", ".join(repr(name) for name in table.header[:12])
    if layout.is_long and not {"name", "value"} <= layout.roles.keys():
        raise InvalidRecord(
            Words(
                "Vitals not used: {name} has no column of a known vital sign (found {named})",
                name=table.path.name,
                named=named[:200],
            ),
            Words(
                "Name them in the header, for example temperature_c or heart_rate, or under [columns] in medmm.toml."
            ),
            table.path,
        )
    if not {"time", "date"} & layout.roles.keys():
        raise InvalidRecord(
            Words(
                "Vitals not used: {name} has no time column (found {named})", name=table.path.name, named=named[:200]
            ),
            Words("Add a column named time, or name it under [columns] in medmm.toml."),
            table.path,
        )
