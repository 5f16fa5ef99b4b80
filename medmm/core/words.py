"""Words that a user reads: English, and a template from which the window says them in another language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class Words(str):
    """An English text that knows the template and the values it was made of.

    It is a text like any other to the command line, to result.json and to the report; only the window asks for the
    template (`ui/language.told`), because it knows which language is spoken.  A value may be Words itself.  The
    template is a literal where it is written: `installer/translations.py` collects it for the translators.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fill a template such as "{name} has {n_slices} slices" with its values."""
        words = super().__new__(cls, template.format(**values) if values else template)
        words.template = template
        words.values = values
        return words


def as_title(name: str) -> Words:
    """Write the name of a finding as people read it: "pleural_effusion" is "Pleural effusion"."""
    return Words(name.replace("_", " ").capitalize())


NOTHING = Words("")


def in_a_row(parts: Iterable[object], *, separator: str = ", ") -> Words:
    """Join parts to one text; those that are Words stay translatable."""
    values = {f"part_{place}": part for place, part in enumerate(parts)}
    return Words(separator.join(f"{{{name}}}" for name in values), **values)
