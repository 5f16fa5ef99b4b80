"""What an evaluation report says, as a plain value that HTML and PDF are both set from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """head and rows of one width; the first n_words columns are text, the others figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_words: int = 1


@dataclass(frozen=True)
class Picture:
    """A plot as PNG; name: its file beside the report; alt: what it shows, for those who cannot see it."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True)
class Section:
    """A heading with sentences, tables and plots, in this order."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Page:
    """The whole report."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
