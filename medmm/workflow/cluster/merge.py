"""Merging of parts into the store: files of a case before its rows, rows once, the part removed last."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import remove, sweep, write_bytes
from medmm.storage.results import ResultStore
from medmm.workflow.batch_writer import case_folder
from medmm.workflow.cluster.part import SUFFIX, Kept, from_part
from medmm.workflow.cluster.part_folder import BEGUN, SIGN, PartFolder

WRITERS = 16
log = logging.getLogger(__name__)


@dataclass
class Merger:
    """Merges parts; a kill at any point leaves a part that is merged again, to no effect where it was merged.

    set_aside: what was found and not merged, in words.
    """

    store: ResultStore
    out: Path
    parts: PartFolder
    origin: str
    set_aside: list[Words] = field(default_factory=list)

    def merge(self, name: str) -> tuple[Kept, ...]:
        """Merge a part and give those of its cases that had no outcome yet.

        A part that cannot be trusted is set aside and gives nothing, as does one that was merged before.
        Raises StorageError.
        """
        if (content := self.parts.read(name)) is None:
            return ()
        try:
            found = from_part(content, origin=self.origin)
        except StorageError as error:
            self._put_aside(name, error.message)
            return ()
        waiting = self.store.waiting_among(one.case.case for one in found)
        new = tuple(one for one in found if one.case.case in waiting)
        # Side by side: a file waits for its disk, and a cluster brings hundreds of them a second.
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(self._write_files, new))
        self.store.record_many((one.case, one.findings) for one in new)
        self.parts.remove(name)
        return new

    def merge_left(self) -> Iterator[tuple[Kept, ...]]:
        """Merge every part that is there: what the workers of an earlier driver, or of this one, finished unseen.

        Whatever else they left is removed.
        """
        self.parts.sweep()
        for name in self.parts.names():
            if name.endswith(SUFFIX):
                yield self.merge(name)
            elif name.startswith(SIGN) or name.endswith(BEGUN):
                self.parts.remove(name)

    def refuse_left(self) -> None:
        """Set every part aside that is there: what a batch begins anew is not made of what an older one has found."""
        for name in self.parts.names():
            if name.endswith(SUFFIX):
                self._put_aside(name, Words("it is of an older batch, and this one was begun without --resume"))

    def _put_aside(self, name: str, reason: Words) -> None:
        log.warning("a part was set aside: %s", reason)
        self.parts.set_aside(name)
        self.set_aside.append(Words("part {name} was set aside: {reason}", name=name, reason=reason))

    def _write_files(self, kept: Kept) -> None:
        folder = case_folder(self.out, kept.case.key)
        sweep(folder)
        # An overlay or a report of an earlier result would pass for one of this.
        for older in folder.glob("*"):
            if older.name not in kept.files:
                remove(older)
        for name, content in kept.files.items():
            write_bytes(folder / name, content)
