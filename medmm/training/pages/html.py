"""The evaluation as one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from medmm.training.pages.page import Page, Section, Table

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #14181c; max-width: 1040px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 26px; margin: 0 0 12px; } h2 { font-size: 19px; margin: 40px 0 8px; border-bottom: 2px solid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; } dt { color: #59626b; } dd { margin: 0; }
p { max-width: 76ch; } .wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 16px 0; font-size: 13px; font-variant-numeric: tabular-nums; }
th { color: #59626b; font-weight: 400; text-align: right; vertical-align: bottom; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid #d5dade; }
td { text-align: right; white-space: nowrap; } th:first-child, td:first-child { text-align: left; }
.two th:nth-child(2), .two td:nth-child(2) { text-align: left; }
img { max-width: 100%; margin: 12px 0; } .stop { color: #b3261e; font-weight: 700; font-size: 12px; }
""".strip()


def to_html(page: Page) -> str:
    """Write the page; every word is escaped, the plots are inside."""
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in page.facts)
    body = "\n".join(part for section in page.sections for part in _section(section))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(page.title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>\n'
        f'<div class="stop">RESEARCH USE ONLY</div><h1>{escape(page.title)}</h1><dl>{facts}</dl>\n{body}\n'
        "</body></html>\n"
    )


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    yield from (f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
    yield from map(_table, section.tables)
    for picture in section.pictures:
        content = base64.b64encode(picture.png).decode()
        yield f'<img src="data:image/png;base64,{content}" alt="{escape(picture.alt)}">'


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.head)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows)
    look = ' class="two"' if table.n_words > 1 else ""
    return f'<div class="wide"><table{look}><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div>'
