"""What was open when the window was closed: enough to open it again, and nothing of what is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from medmm.storage.atomic import write_text
from medmm.storage.paths import home


@dataclass(frozen=True)
class LastSession:
    """The places in the order they were opened, the patient shown, and the series in each viewport, by their keys."""

    places: tuple[Path, ...] = ()
    patient: str = ""
    shape: tuple[int, int] = (1, 1)
    series: tuple[str, ...] = ()
    active: int = 0


def read_last_session() -> LastSession | None:
    """Read what was open; a damaged file is no session."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
        rows, cols = found["shape"]
        return LastSession(
            places=tuple(Path(place) for place in found["places"]),
            patient=str(found["patient"]),
            shape=(int(rows), int(cols)),
            series=tuple(str(key) for key in found["series"]),
            active=int(found["active"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store_last_session(session: LastSession) -> None:
    """Store what is open.

    Raises StorageError when it cannot be written.
    """
    table = {
        "places": [str(place) for place in session.places],
        "patient": session.patient,
        "shape": list(session.shape),
        "series": list(session.series),
        "active": session.active,
    }
    write_text(_path(), json.dumps(table, ensure_ascii=False, indent=1) + "\n")


def forget_last_session() -> None:
    """Remove it from the disk."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return home() / "session.json"
