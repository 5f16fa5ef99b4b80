"""Tables of the evaluation for the model card."""

from __future__ import annotations

from medmm.training.pages.page import Table


def to_markdown(table: Table) -> str:
    """Write a table; a bar inside a cell would end it, so it is escaped."""
    rows = [table.head, ("---",) * len(table.head), *table.rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows)
