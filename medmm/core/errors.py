"""The exception tree: what is wrong with which thing, and what the user can do."""

from __future__ import annotations

from pathlib import Path

from medmm.core.words import NOTHING, Words


class MedMMError(Exception):
    """Trouble with data, a model or the environment that a user can understand.

    message = the thing, what is wrong with it and the value found; hint = the next step.

        MedMMError
        ├── InputError: UnreadableFile, UnsupportedImage, IncompleteSeries, InvalidRecord (WrongUnit),
        │               IdentityMismatch, NothingUsable
        ├── ModelError: WeightsMissing, BundleRefused, DeviceOutOfMemory
        ├── ReportError
        ├── StorageError
        ├── WorkerLost
        └── ExchangeError
    """

    code = "trouble"

    def __init__(self, message: Words, hint: Words = NOTHING, source: Path | None = None) -> None:
        super().__init__(message, hint, source)
        self.message = message
        self.hint = hint
        self.source = source

    @property
    def sentences(self) -> Words:
        """The message and, where there is one, the hint."""
        if not self.hint:
            return Words("{message}.", message=self.message)
        return Words("{message}. {hint}", message=self.message, hint=self.hint)

    def __str__(self) -> str:
        return self.message


class InputError(MedMMError):
    """A file or a patient folder cannot be used as it is."""

    code = "input"


class UnreadableFile(InputError):
    """The bytes cannot be read: missing, cut off, damaged or protected."""

    code = "unreadable_file"


class UnsupportedImage(InputError):
    """The image is sound but not of a kind that MedMM shows."""

    code = "unsupported_image"


class IncompleteSeries(InputError):
    """Slices are missing, doubled or do not fit together."""

    code = "incomplete_series"


class InvalidRecord(InputError):
    """A note or a vitals table is ambiguous or damaged."""

    code = "invalid_record"


class WrongUnit(InvalidRecord):
    """A column of vital signs is in another unit than it says."""

    code = "vitals_units"


class ExchangedColumns(InvalidRecord):
    """Two columns of vital signs hold each other's values."""

    code = "vitals_exchanged"


class IdentityMismatch(InputError):
    """Two inputs of one case name different patients."""

    code = "identity_mismatch"


class NothingUsable(InputError):
    """What a case holds can be read, but none of it is what the model takes in."""

    code = "nothing_usable"


class ModelError(MedMMError):
    """The model cannot be loaded or run."""

    code = "model"


class WeightsMissing(ModelError):
    """A bundle or a weights file is not where it should be."""

    code = "weights_missing"


class BundleRefused(ModelError):
    """A bundle failed its verification and was not opened."""

    code = "bundle_refused"


class DeviceOutOfMemory(ModelError):
    """Every fallback down to one case on the CPU ran out of memory."""

    code = "device_out_of_memory"


class ReportError(MedMMError):
    """The report could not be composed or written."""

    code = "report"


class StorageError(MedMMError):
    """State could not be read from or written to disk."""

    code = "storage"


class WorkerLost(MedMMError):
    """Whatever worked on a case died, each time that it was tried."""

    code = "worker_lost"


class ExchangeError(MedMMError):
    """An exchange with another system failed."""

    code = "exchange"


class Cancelled(Exception):
    """The user cancelled; not an error and never shown as one."""
