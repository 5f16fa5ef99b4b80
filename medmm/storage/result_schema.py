"""The tables of a results store, and how a store of an older schema becomes one of this."""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA = "medmm.results/2"
FAMILY = "medmm.results/"
VERSION = 2

# Code points in order on every server: rows of a table are in the same order whatever holds them.
_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# coalesce: else the planner takes the index of outcomes and sorts all that wait for each page.
_IS_WAITING = "coalesce(outcome, '') IN ('pending', 'cancelled')"


def is_waiting() -> sa.TextClause:
    """Give the condition of the cases that have still to be done, in the very words of their partial index."""
    return sa.text(_IS_WAITING)


tables = sa.MetaData()
facts = sa.Table("facts", tables, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


cases = sa.Table(
    "cases",
    tables,
    sa.Column("case", _NAME, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("patient_id", _NAME, nullable=False),
    sa.Column("outcome", _NAME, nullable=False),
    _text("reason"),
    _text("message"),
    sa.Column("seconds", sa.Double, nullable=False),
    _text("content_key"),
    _text("result_sha256"),
    _text("finished_at"),
    _text("decision"),
    sa.Column("urgency", sa.Double, nullable=False, server_default="0"),
    _text("read_state", "unread"),
    _text("assigned_to"),
    _text("checksum"),
    # What is counted again and again while a batch runs is read off an index as well.
    sa.Index("cases_counted", "outcome", "reason", "seconds"),
    sa.Index("cases_waiting", "case", sqlite_where=is_waiting(), postgresql_where=is_waiting()),
)
findings = sa.Table(
    "findings",
    tables,
    sa.Column("case", _NAME, sa.ForeignKey("cases.case"), primary_key=True),
    sa.Column("finding", _NAME, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("probability", sa.Double),
    sa.Column("threshold", sa.Double, nullable=False),
    sa.Column("positive", sa.Integer, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    _text("decision_reason"),
    sqlite_with_rowid=False,
)

ORDERS = ("case", "outcome", "urgency", "decision", "patient_id", "read_state", "finished_at")
FILTERS = ("outcome", "decision", "read_state", "reason", "patient_id", "assigned_to")
# One index an order, with every column that is filtered by, the usual ones first: a page is then found without looking
# at a row outside it.
for _order in ORDERS:
    _names = dict.fromkeys((_order, "case", *FILTERS))
    sa.Index(f"cases_by_{_order}", *(cases.c[name] for name in _names))
