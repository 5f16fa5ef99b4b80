"""Choose the hanging protocol that fits a study and say which image goes into which viewport."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medmm.core.hanging import Candidate, Cell, Hanging, HangingProtocol
from medmm.core.image import StudyHeader

# Words of descriptions and the projection that they mean; a stated ViewPosition goes before them.
VIEW_WORDS = {
    "PA": "PA",
    "AP": "AP",
    "LAT": "LAT",
    "LATERAL": "LAT",
    "LL": "LL",
    "RL": "RL",
    "CC": "CC",
    "MLO": "MLO",
}
# A left lateral (the left side at the detector) and a right one are both laterals to a protocol.
LATERALS = {"LL": "LAT", "RL": "LAT", "LLD": "", "RLD": ""}


def choose_hanging(protocols: Sequence[HangingProtocol], candidates: Sequence[Candidate]) -> Hanging | None:
    """Give the first protocol that fits the study opened and can fill every cell that must be filled."""
    for protocol in protocols:
        hung = hang(protocol, candidates)
        if hung is not None:
            return hung
    return None


def hang(protocol: HangingProtocol, candidates: Sequence[Candidate]) -> Hanging | None:
    """Fill a protocol's cells, none of the candidates twice; None where the study or a needed image is missing."""
    usable = [number for number, candidate in enumerate(candidates) if _is_for(protocol, candidate)]
    places: list[int | None] = []
    for cell in protocol.cells:
        found = next((n for n in usable if n not in places and _fits(cell, candidates[n])), None)
        if found is None and not cell.is_optional:
            return None
        places.append(found)
    return Hanging(protocol, tuple(places)) if any(place is not None for place in places) else None


def view_of(header: StudyHeader) -> str:
    """Name the projection: what ViewPosition says, else the one word of the descriptions that names one."""
    stated = header.view_position.strip().upper()
    if stated:
        return VIEW_WORDS.get(stated, stated)
    words = re.findall(r"[A-Z]+", f"{header.series_description} {header.study_description}".upper())
    found = {VIEW_WORDS[word] for word in words if word in VIEW_WORDS}
    return found.pop() if len(found) == 1 else ""


def _is_for(protocol: HangingProtocol, candidate: Candidate) -> bool:
    header = candidate.header
    is_part = not protocol.body_parts or header.body_part.strip().upper() in protocol.body_parts
    return header.modality in protocol.modalities and is_part


def _fits(cell: Cell, candidate: Candidate) -> bool:
    view = view_of(candidate.header)
    has_view = not cell.views or bool({view, LATERALS.get(view, view)} & set(cell.views) - {""})
    side = candidate.header.laterality.upper()[:1]
    has_side = cell.laterality in ("", side)
    return has_view and has_side and cell.plane in ("", candidate.plane) and cell.prior == candidate.prior
