"""A results store as MedMM wrote it before its schema 2, made from its own statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

TABLES = """
CREATE TABLE facts (name TEXT NOT NULL, value TEXT, PRIMARY KEY (name));
CREATE TABLE cases ("case" TEXT NOT NULL, key TEXT NOT NULL, patient_id TEXT NOT NULL, outcome TEXT NOT NULL,
    reason TEXT NOT NULL, message TEXT NOT NULL, seconds FLOAT NOT NULL, PRIMARY KEY ("case"));
CREATE TABLE findings ("case" TEXT NOT NULL, finding TEXT NOT NULL, score FLOAT NOT NULL, probability FLOAT,
    threshold FLOAT NOT NULL, positive INTEGER NOT NULL, decision TEXT NOT NULL, {reason}
    PRIMARY KEY ("case", finding), FOREIGN KEY("case") REFERENCES cases ("case"));
INSERT INTO facts VALUES ('schema', 'medmm.results/1'), ('model', 'abc');
"""
REASON = "decision_reason TEXT DEFAULT '' NOT NULL,"


def make_old_store(path: Path, n_cases: int = 1, *, has_reasons: bool = True) -> None:
    """Write n cases "case0000", ... of two findings, the last one of them pending and without any."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(TABLES.format(reason=REASON if has_reasons else ""))
        reason = ("Cannot tell.",) if has_reasons else ()
        for number in range(n_cases - 1):
            case = f"case{number:04d}"
            connection.execute(
                "INSERT INTO cases VALUES (?, ?, ?, 'done', '', '', 1.5)", (case, f"k{number}", f"P{number}")
            )
            # Not in order of their names: the order in which they were scored is told by the rows' own.
            for finding, row in (
                ("pneumonia", (0.75, 0.7, 0.5, 1, "positive")),
                ("nodule", (0.5, 0.4, 0.5, 0, "uncertain")),
            ):
                values = (case, finding, *row, *reason)
                connection.execute(f"INSERT INTO findings VALUES ({', '.join('?' * len(values))})", values)
        connection.execute(f"INSERT INTO cases VALUES ('case{n_cases - 1:04d}', 'k', '', 'pending', '', '', 0.0)")
