"""The steps from the files of one case to what the network saw, in their order, with the numbers of this case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from medmm.core.case import Case
from medmm.core.network_input import NetworkAudio, NetworkInput, NetworkNote, NetworkVitals
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME
from medmm.core.run_record import Step
from medmm.core.words import Words, in_a_row
from medmm.inference.image_recipe import image_steps
from medmm.inference.model_input import ModelInput
from medmm.models.spec import AudioSpec, ModelSpec, TextSpec, VitalsSpec

STATISTICS = {
    "last": Words("last"),
    "mean": Words("mean"),
    "min": Words("lowest"),
    "max": Words("highest"),
    "slope_per_hour": Words("slope per hour"),
    "count": Words("count"),
    "hours_since": Words("hours since"),
}
TEXT_STEPS = {
    "mask_phi": Words("what names the patient is blanked"),
    "clean": Words("cleaned"),
    "negation": Words("denied words marked"),
    "stop_words": Words("words without meaning dropped"),
    "stem": Words("words cut to their stem"),
}


def steps_of(
    case: Case, given: ModelInput, seen: NetworkInput, spec: ModelSpec
) -> Mapping[InputKind, tuple[Step, ...]]:
    """Give the steps of every input that was used."""
    found: dict[InputKind, tuple[Step, ...]] = {}
    if given.image is not None and spec.image is not None:
        found[InputKind.IMAGE] = tuple(image_steps(case.images[given.image.image_index], given.image, spec.image))
    if seen.note is not None and spec.text is not None:
        found[InputKind.NOTE] = tuple(_note_steps(seen.note, spec.text))
    if seen.vitals is not None and spec.vitals is not None:
        found[InputKind.VITALS] = tuple(_vitals_steps(case, seen.vitals, spec.vitals))
    if seen.audio is not None and spec.audio is not None:
        found[InputKind.AUDIO] = tuple(_audio_steps(seen.audio, spec.audio))
    return found


def _note_steps(note: NetworkNote, spec: TextSpec) -> Iterator[Step]:
    n_blanked = sum(one.end - one.start for one in note.left_out)
    words = Words(
        "Left out or blanked: {n} characters, stretches: {stretches}", n=n_blanked, stretches=len(note.left_out)
    )
    yield Step("left_out", words, {"characters": n_blanked, "stretches": len(note.left_out)})
    if spec.skip_sections:
        words = Words("Sections not read: {names}", names=in_a_row(spec.skip_sections))
        yield Step("skip_sections", words, {"sections": spec.skip_sections})
    if spec.steps:
        yield Step(
            "text_steps",
            Words("Text steps of the model: {steps}", steps=in_a_row(TEXT_STEPS[step] for step in spec.steps)),
            {"steps": spec.steps},
        )
    n_chunks = len(note.words)
    yield Step(
        "tokens",
        Words(
            "Cut into tokens, at most {most} in a chunk, overlapping by {stride}; chunks: {n_chunks}",
            most=spec.max_tokens,
            stride=spec.stride,
            n_chunks=n_chunks,
        ),
        {"encoder": spec.encoder, "max_tokens": spec.max_tokens, "stride": spec.stride, "chunks": n_chunks},
    )
    yield Step(
        "limit",
        Words(
            "{n_read} of {n_tokens} tokens read, limit {most} chunks",
            n_read=note.n_read,
            n_tokens=note.n_tokens,
            most=spec.max_chunks,
        ),
        {"read": note.n_read, "tokens": note.n_tokens, "max_chunks": spec.max_chunks},
    )


def _vitals_steps(case: Case, vitals: NetworkVitals, spec: VitalsSpec) -> Iterator[Step]:
    n_values = sum(len(table.measurements) for table in case.vitals)
    yield Step("measurements", Words("{n} measurements in the tables", n=n_values), {"measurements": n_values})
    if vitals.series is not None:
        n_steps = len(vitals.series)
        words = Words("Set in order of time: {n} times, at most {most}", n=n_steps, most=spec.max_steps)
        yield Step("times", words, {"times": n_steps, "max_steps": spec.max_steps})
    else:
        names = [STATISTICS[name] for name in spec.statistics]
        words = Words("Summarised for each sign: {statistics}", statistics=in_a_row(names))
        yield Step("summary", words, {"statistics": spec.statistics})
    missing = tuple(name for name, row in zip(spec.names, vitals.features, strict=True) if row[-1] > 0)
    if missing:
        titles = in_a_row(VITAL_BY_NAME[name].title for name in missing)
        yield Step("missing", Words("Marked as missing: {names}", names=titles), {"missing": missing})
    words = Words(
        "Standardised with the means and deviations of the training, within ±{limit}", limit=f"{spec.limit:g}"
    )
    yield Step("standardise", words, {"limit": spec.limit})


def _audio_steps(sound: NetworkAudio, spec: AudioSpec) -> Iterator[Step]:
    yield Step("resample", Words("Resampled to {rate} Hz", rate=spec.rate_hz), {"rate_hz": spec.rate_hz})
    words = Words("High-passed at {hz} Hz (0: not)", hz=f"{spec.high_pass_hz:g}")
    yield Step("high_pass", words, {"hz": spec.high_pass_hz})
    words = Words("Noise reduced, strength {gate} (0: not); brought to level {level}", gate=spec.gate, level=spec.level)
    yield Step("clean", words, {"gate": spec.gate, "level": spec.level})
    words = Words("{n} windows of {seconds} s", n=len(sound.windows), seconds=f"{spec.window_seconds:g}")
    yield Step(
        "windows", words, {"windows": len(sound.windows), "seconds": spec.window_seconds, "overlap": spec.overlap}
    )
