"""Which recordings of a case a model may hear, and what has to be said about them."""

from __future__ import annotations

from medmm.core.case import Case
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.models.spec import AudioSpec


def check_audio(case: Case, spec: AudioSpec) -> tuple[bool, tuple[QualityNote, ...]]:
    """Tell whether there is a recording, and what a slow one lacks; unusable ones were refused when they were read."""
    if not case.audio:
        return False, (_remark("no_audio", Words("There is no recording in this folder.")),)
    slow = [sound for sound in case.audio if sound.rate_hz < spec.rate_hz]
    remarks = (
        _remark(
            "audio_low_rate",
            Words(
                "{name} holds nothing above {highest:g} Hz; the model hears up to {wanted:g} Hz.",
                name=sound.path.name,
                highest=sound.rate_hz / 2,
                wanted=spec.rate_hz / 2,
            ),
            Severity.WARNING,
        )
        for sound in slow
    )
    return True, tuple(remarks)


def _remark(code: str, message: Words, severity: Severity = Severity.INFO) -> QualityNote:
    return QualityNote(code, message, severity, InputKind.AUDIO)
