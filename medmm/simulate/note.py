"""The clinical note before reading: history, complaint, exam and question, never the answer."""

import numpy as np

from medmm.simulate.evidence import Evidence
from medmm.simulate.lexicon import Lexicon, Phrases
from medmm.simulate.person import Person
from medmm.simulate.words_en import ENGLISH
from medmm.simulate.words_zh import CHINESE

NEGATED = 0.26
TYPING_ERROR = 0.015
LEXICONS = {"en": ENGLISH, "zh": CHINESE}


def write_note(rng: np.random.Generator, person: Person, evidence: Evidence, age: int) -> str:
    """Write the note in the person's language, with the identity block on top."""
    words = LEXICONS[person.language]
    history = _sentence(rng, words, _opening(rng, words, person, age), _say(rng, words.complaint, evidence))
    past = _list(rng, words, words.past, evidence)
    social = _list(rng, words, words.social, evidence) + _pick(rng, words.family, 0.4)
    exam = _pick(rng, words.general, 0.7) + _list(rng, words, words.exam, evidence)
    bodies = (_pick(rng, words.indications, 1.0), history, past, social, exam, _pick(rng, words.questions, 0.8))
    sections = [
        f"{title}{words.colon}{body.strip()}" for title, body in zip(words.titles, bodies, strict=True) if body.strip()
    ]
    text = "\n\n".join(sections)
    return _header(person) + "\n" + (_mistype(rng, text) if person.language == "en" else text) + "\n"


def _header(person: Person) -> str:
    lines = (
        f"Patient: {person.name}",
        f"MRN: {person.patient_id}",
        f"DOB: {person.birth_date:%Y-%m-%d}",
        f"Sex: {person.sex}",
        f"Date: {person.study_time:%Y-%m-%d %H:%M}",
    )
    return "\n".join(lines) + "\n"


def _opening(rng: np.random.Generator, words: Lexicon, person: Person, age: int) -> str:
    sex = words.sexes[0 if person.is_female else 1]
    return str(rng.choice(words.opening)).format(age=age, sex=sex)


def _say(rng: np.random.Generator, phrases: Phrases, evidence: Evidence) -> tuple[list[str], list[str]]:
    """Give what is said to hold and what is said not to, each in random order."""
    held, denied = [], []
    for concept, (positive, negative) in phrases.items():
        if evidence.holds[concept]:
            held.append(str(rng.choice(positive)))
        elif negative and rng.random() < NEGATED:
            denied.append(str(rng.choice(negative)))
    return [held[i] for i in rng.permutation(len(held))], [denied[i] for i in rng.permutation(len(denied))]


def _sentence(rng: np.random.Generator, words: Lexicon, opening: str, said: tuple[list[str], list[str]]) -> str:
    held, denied = said
    if not held:
        return _join(words, [opening]) + words.nothing + " " + _join(words, denied)
    onset = str(rng.choice(words.onset)).format(days=int(rng.integers(1, 12)))
    cut = 1 + len(held) // 2
    first = f"{opening}{words.comma}{words.comma.join(held[:cut])} {onset}{words.stop}"
    return first + _join(words, held[cut:]) + _join(words, denied)


def _list(rng: np.random.Generator, words: Lexicon, phrases: Phrases, evidence: Evidence) -> str:
    held, denied = _say(rng, phrases, evidence)
    return _join(words, held + denied)


def _join(words: Lexicon, said: list[str]) -> str:
    return _capital(words.comma.join(said)) + words.stop if said else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pick(rng: np.random.Generator, choices: tuple[str, ...], chance: float) -> str:
    choice = str(rng.choice(choices))
    return choice + " " if rng.random() < chance else ""


def _mistype(rng: np.random.Generator, text: str) -> str:
    """Swap two inner letters of a word now and then."""
    words = text.split(" ")
    for i, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and not word.isupper() and rng.random() < TYPING_ERROR:
            at = int(rng.integers(1, len(word) - 2))
            words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
