#!/usr/bin/env python3
"""Bring the translations in step with the sources: collect the texts into the .ts files, compile the .qm files.

python installer/translations.py          add new texts, drop old ones, compile
python installer/translations.py --open   name the texts that have no translation yet

Qt's own lupdate gives each Python text the context of its class; here one context holds all, because a text such as
"Score" must not be translated in six places.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "MedMM"
LANGUAGES = ("zh_CN",)
# What a reading says of itself as it goes on.
READING_STAGES = ("looking at files", "reading images", "reading notes and vital signs")
# What a text passes through in ui/, and what makes one in medmm/.
DOORS, MAKERS = ("tr", "mark"), ("Words",)
# What these say is read on a terminal, in English.
WINDOWLESS = ("cli", "training", "simulate")
PLACE = re.compile(r"{[^{}]*}")
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def main(arguments: list[str]) -> int:
    """Update and compile every language; 1 when a text has no translation."""
    texts = collect_texts()
    n_open = 0
    for language in LANGUAGES:
        path = FOLDER / f"medmm_{language}.ts"
        known = read_translations(path)
        path.write_text(write_translations(language, texts, known), encoding="utf-8", newline="\n")
        subprocess.run(["pyside6-lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)
        missing = [text for text in texts if not known.get(text)]
        n_open += len(missing)
        print(f"{language}: {len(texts)} texts, {len(missing)} open")
        if "--open" in arguments:
            print("\n".join(repr(text) for text in missing))
    return 1 if n_open else 0


def collect_texts() -> list[str]:
    """Give every text that is shown in the window, sorted: literals of ui/ and medmm/, and words of tables."""
    found: set[str] = set()
    for path in sorted((ROOT / "ui").rglob("*.py")):
        found.update(texts_of(path.read_text(encoding="utf-8"), DOORS))
    for path in sorted((ROOT / "medmm").rglob("*.py")):
        if path.relative_to(ROOT).parts[1] not in WINDOWLESS:
            found.update(text for text in texts_of(path.read_text(encoding="utf-8"), MAKERS) if has_own_words(text))
    found.update(words_of_tables())
    return sorted(text for text in found if text)


def has_own_words(template: str) -> bool:
    """Tell whether a template is more than places for values and the spaces between them."""
    return bool(PLACE.sub("", template).strip())


def texts_of(source: str, names: Sequence[str]) -> Iterator[str]:
    """Give the literals that a source file passes to functions of these names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def words_of_tables() -> Iterator[str]:
    """Give the words that reach `tr` through a table: actions, keys, settings, and the vocabulary of core."""
    from medmm.core.settings import facts_of, setting_names
    from ui.action_table import TABLE
    from ui.key_table import key_rows

    for row in TABLE:
        yield from (row.text, row.short, row.tip, row.menu)
    for key in key_rows():
        yield from (key.group, key.text)
    for name in setting_names():
        facts = facts_of(name)
        yield from (facts.title, facts.sentence, facts.group, facts.zero, *facts.choices.values())
    yield from words_of_core()


def words_of_core() -> Iterator[str]:
    """Give the names that medmm hands to the window one by one, such as those of inputs, findings and vital signs."""
    from medmm.core.prediction import Decision
    from medmm.core.quality import InputKind, Severity
    from medmm.core.record import VITAL_SIGNS
    from medmm.workflow.score import STAGES

    yield from (each.value for kind in (InputKind, Severity) for each in kind)
    yield from get_args(Decision)
    yield from (sign.title for sign in VITAL_SIGNS)
    yield from STAGES
    yield from READING_STAGES
    yield from finding_titles()


def finding_titles() -> Iterator[str]:
    """Give the names of the shipped model's findings as the window writes them."""
    card = json.loads((ROOT / "resources" / "models" / "chest-multimodal" / "configs" / "metadata.json").read_text())
    for name in card["medmm"]["spec"]["findings"]:
        yield name.replace("_", " ").capitalize()


def read_translations(path: Path) -> dict[str, str]:
    """Give the finished translations of a .ts file."""
    if not path.is_file():
        return {}
    messages = ElementTree.parse(path).getroot().iter("message")
    pairs = ((message.findtext("source", ""), message.find("translation")) for message in messages)
    return {
        source: translation.text
        for source, translation in pairs
        if translation is not None and translation.text and translation.get("type") is None
    }


def write_translations(language: str, texts: list[str], known: dict[str, str]) -> str:
    """Write a .ts file (Qt Linguist, version 2.1) with every text in order; those without translation unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in texts:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        if known.get(text):
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    return HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
