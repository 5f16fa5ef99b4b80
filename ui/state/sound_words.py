"""A recording and what the model made of it, in words."""

from __future__ import annotations

from medmm.core.heat_map import SoundMap
from medmm.core.prediction import CaseResult, Explanation, FindingScore
from medmm.core.quality import InputKind
from medmm.core.recording import Recording
from medmm.workflow.spectrogram import Spectrogram
from ui.language import tr
from ui.state.sound_cursor import Cursor, level_db, pitch_hz, weight_at


def recording_words(recording: Recording) -> str:
    """Name a recording: file, length, rate."""
    return tr("{name}: {seconds:.1f} s, {rate} Hz").format(
        name=recording.path.name, seconds=recording.seconds, rate=recording.rate_hz
    )


def cursor_words(picture: Spectrogram, cursor: Cursor, weights: SoundMap | None) -> str:
    """Say what is read off at the cursor; weights: only while they are seen."""
    parts = [
        f"{cursor.seconds:.2f} s",
        f"{pitch_hz(picture, cursor):.0f} Hz",
        f"{round(level_db(picture, cursor))} dB".replace("-", "−"),
    ]
    if weights is not None:
        parts.append(tr("{weight} logit/s").format(weight=f"+{weight_at(weights, picture, cursor):.3f}"))
    return "   ".join(parts)


def sound_line(weights: SoundMap | None, finding: FindingScore | None, explanation: Explanation | None) -> str:
    """Say what the overlay is, or why there is none. Words: moments that changed the score, never what is heard."""
    if finding is None:
        return ""
    if finding.decision != "positive":
        return tr("No map is shown for a finding that is {decision}.").format(decision=tr(finding.decision))
    if explanation is None or weights is None:
        return tr("No map: the recording was not used, or it was not explained.")
    bands, moments = weights.values.shape
    size = tr("map resolution {rows}×{cols}").format(rows=bands, cols=moments)
    facts = tr(", ").join([weights.method, size, tr("stability not tested")])
    return tr("Moments of the recording that raised the score: {facts}.").format(facts=facts)


def sound_lines(result: CaseResult, finding: FindingScore) -> list[str]:
    """Say the same of every recording that was heard; nothing where none was."""
    use, explanation = result.inputs_used.get(InputKind.AUDIO), result.explanations.get(finding.name)
    if use is None or not use.used:
        return []
    maps = explanation.sounds if explanation else ()
    return [sound_line(one, finding, explanation) for one in maps] or [sound_line(None, finding, explanation)]
