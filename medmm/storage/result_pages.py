"""Pages of a results store: the rows that a table shows, found through indexes, never all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from medmm.storage.result_rows import CaseRow
from medmm.storage.result_schema import FILTERS, ORDERS, cases, findings

Order = Literal["case", "outcome", "urgency", "decision", "patient_id", "read_state", "finished_at"]
CASE_COLUMNS = tuple(cases.c[name] for name in CaseRow.__dataclass_fields__)


@dataclass(frozen=True)
class PageQuery:
    """What a table shows: its order, ties in the order of cases, and which cases; an empty filter lets all through.

    text: part of the case or of the patient's id; letters A to Z in either case are one.
    finding: one that is positive.
    """

    order: Order = "case"
    descending: bool = False
    outcome: str = ""
    reason: str = ""
    decision: str = ""
    patient_id: str = ""
    read_state: str = ""
    assigned_to: str = ""
    text: str = ""
    finding: str = ""

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise ValueError(f"no such order: {self.order}")


def page_statement(query: PageQuery, n: int, *, after: CaseRow | None, offset: int) -> sa.Select[Any]:
    """Select the n rows that follow a row, or that begin at an offset."""
    keys = [cases.c[query.order], cases.c.case] if query.order != "case" else [cases.c.case]
    way = [key.desc() if query.descending else key.asc() for key in keys]
    # What a covering index holds finds the cases; only the n rows of the page are then looked up.
    inner = sa.select(cases.c.case).where(*conditions(query)).order_by(*way).limit(n).offset(offset)
    if after is not None:
        here, there = sa.tuple_(*keys), sa.tuple_(*(sa.literal(getattr(after, key.name)) for key in keys))
        inner = inner.where(here < there if query.descending else here > there)
    chosen = inner.subquery()
    return sa.select(*CASE_COLUMNS).join(chosen, cases.c.case == chosen.c.case).order_by(*way)


def count_statement(query: PageQuery) -> sa.Select[Any]:
    """Count the rows of all pages."""
    return sa.select(sa.func.count()).select_from(cases).where(*conditions(query))


def conditions(query: PageQuery) -> list[sa.ColumnElement[bool]]:
    """Write down which cases a query lets through."""
    # coalesce keeps the planner on the index of the order: that of a filter would have to be sorted first.
    asked = ((cases.c[name], getattr(query, name)) for name in FILTERS)
    found = [sa.func.coalesce(column, "") == value for column, value in asked if value]
    if query.text:
        part = query.text.translate(_LOWER)
        lowered = [sa.func.lower(column) for column in (cases.c.case, cases.c.patient_id)]
        found.append(sa.or_(*(column.contains(part, autoescape=True) for column in lowered)))
    if query.finding:
        positive = sa.select(findings.c.case).where(
            findings.c.finding == query.finding, findings.c.decision == "positive"
        )
        found.append(cases.c.case.in_(positive))
    return found


_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
