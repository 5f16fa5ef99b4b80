"""What is kept beside a study: one JSON file a study, under the hash of its UID, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import write_text
from medmm.storage.lock import hold_folder
from medmm.storage.paths import ensure_folder, home

MAX_BYTES = 64 << 20
# Another window writes its part within milliseconds.
TRIES, PAUSE_S = 20, 0.02
MALFORMED = (ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True)
class StudyFile:
    """A kind of file. folder: below MedMM's own; field: the list in the JSON; words: what it holds, for sentences."""

    folder: str
    schema: str
    field: str
    words: Words

    def path(self, document: str) -> Path:
        """Give the file of a study. Never the UID itself: whoever has the hospital's archive could look it up."""
        return home() / self.folder / f"{hashlib.sha256(document.encode()).hexdigest()[:40]}.json"

    def entries(self, document: str) -> list[object]:
        """Give the entries of a study, unchecked; [None] where there is no telling them apart.

        Raises StorageError when the file is there but cannot be read now.
        """
        return self.entries_in(self.path(document))

    def paths(self) -> list[Path]:
        """Give the files of all studies, in the order of their hashes."""
        return sorted((home() / self.folder).glob("*.json"))

    def entries_in(self, path: Path) -> list[object]:
        """Give the entries of one file, as `entries` does."""
        try:
            if not path.exists():
                return []
            text = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
        except OSError as error:
            raise StorageError(
                Words(
                    "the saved {words} of this study cannot be read: {reason}", words=self.words, reason=error.strerror
                ),
                Words("Nothing was changed. Check the disk of MedMM's own folder and open the patient again."),
                path,
            ) from error
        try:
            whole = json.loads(text)
            found = whole[self.field] if whole["schema"] == self.schema else None
        except MALFORMED:
            found = None
        return found if isinstance(found, list) else [None]

    def write(self, document: str, entries: Sequence[object]) -> None:
        """Replace the file of a study; without entries it goes.

        Raises StorageError; the old file is then as it was.
        """
        path = self.path(document)
        if entries:
            whole = {"schema": self.schema, self.field: entries}
            write_text(path, json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1))
        else:
            path.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other windows from writing such files for as long as the block lasts."""
        folder = ensure_folder(home() / self.folder)
        with ExitStack() as stack:
            for tries_left in reversed(range(TRIES)):
                try:
                    stack.enter_context(hold_folder(folder))
                    break
                except StorageError:
                    if not tries_left:
                        raise
                    time.sleep(PAUSE_S)
            yield

    def set_aside(self, document: str, sound: Sequence[object], n_found: int) -> StorageError:
        """Keep a damaged file under another name and write its sound entries anew; gives what to tell.

        Raises StorageError when it cannot be renamed.
        """
        path = self.path(document)
        numbered = (path.with_suffix(f".damaged{number}") for number in range(1, 1000))
        aside = next((candidate for candidate in numbered if not candidate.exists()), path.with_suffix(".damaged"))
        try:
            path.rename(aside)
        except OSError as error:
            raise StorageError(
                Words(
                    "the saved {words} of this study are damaged and cannot be renamed: {reason}",
                    words=self.words,
                    reason=error.strerror,
                ),
                Words("Nothing was changed. Allow MedMM to write to its own folder and open the patient again."),
                path,
            ) from error
        if sound:
            self.write(document, sound)
        lost = Words("The saved {words}", words=self.words)
        if sound:
            lost = Words(
                "{n_lost} of {n_found} saved {words}", n_lost=n_found - len(sound), n_found=n_found, words=self.words
            )
        return StorageError(
            Words("{lost} of this study are damaged and could not be read", lost=lost),
            Words(
                "Their file was kept as {aside!r} in the folder {parent!r} of MedMM's own folder.",
                aside=aside.name,
                parent=aside.parent.name,
            ),
            aside,
        )
