"""Which cases of a batch were signed, in this window or in another session."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from medmm.core.errors import ReportError
from medmm.core.listed_case import CaseFilter, ListedCase
from medmm.core.review import signature_of
from medmm.workflow.batch_list import BatchList
from medmm.workflow.export import RESULT_NAME
from medmm.workflow.reviews import reviews_for
from medmm.workflow.stored_result import read_stored

log = logging.getLogger(__name__)
PAGE = 500


def note_signed(cases: BatchList) -> tuple[str, ...]:
    """Note as signed what was read and has a signature in force on the result of the batch; give these cases.

    Only cases that somebody has read are looked at: as many as people have opened, and not a night's worth.
    """
    signed = tuple(row.case for row in _read(cases) if _is_signed(cases, row))
    cases.mark(signed, read_state="signed")
    return signed


def _read(cases: BatchList) -> Iterator[ListedCase]:
    wanted = CaseFilter(read_state="read")
    for first in range(0, cases.count(wanted), PAGE):
        yield from cases.page(wanted, first=first, n=PAGE)


def _is_signed(cases: BatchList, row: ListedCase) -> bool:
    try:
        stored = read_stored(cases.out / "cases" / row.key / RESULT_NAME)
    except ReportError as error:
        # Refused and failed cases have no result, and nothing was signed about them.
        log.debug("case %s has no result to be signed: %s", row.key, error.code)
        return False
    return signature_of(stored.result, reviews_for(stored.case, stored.result)) is not None
