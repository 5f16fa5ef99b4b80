"""A report, or one table of it, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from medmm.training.pages.page import Page, Table


def to_markdown(table: Table) -> str:
    """Write a table; a bar inside a cell would end it, so it is escaped."""
    rows = [table.head, ("---",) * len(table.head), *table.rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows)


def to_markdown_page(page: Page) -> str:
    """Write the page without its plots."""
    return "\n\n".join(_parts(page)) + "\n"


def _parts(page: Page) -> Iterator[str]:
    yield f"# {page.title}"
    yield "\n".join(f"- {label}: {value}" for label, value in page.facts if value)
    for section in page.sections:
        yield f"## {section.title}"
        yield from section.sentences
        yield from map(to_markdown, section.tables)
