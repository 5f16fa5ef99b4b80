"""What reaches the log file."""

from __future__ import annotations

import logging

from medmm.storage.logs import start_logging


def test_an_exception_is_logged_by_type_and_place_without_its_text() -> None:
    path = start_logging()
    log = logging.getLogger("medmm.test")

    try:
        raise ValueError("CANARY^NAME has no film")
    except ValueError:
        log.exception("case %s failed", "1a2b")

    text = path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "CANARY" not in text


def test_starting_twice_writes_each_record_once() -> None:
    start_logging()
    path = start_logging()

    logging.getLogger("medmm.test").info("milestone")

    assert path.read_text(encoding="utf-8").count("milestone") == 1
