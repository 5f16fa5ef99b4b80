"""What medmm says to a user can be said in another language, and the window says it so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINDOWLESS = ("cli", "training", "simulate")
MEDMM = [
    path
    for path in sorted((ROOT / "medmm").rglob("*.py"))
    if path.relative_to(ROOT).parts[1] not in WINDOWLESS and path.name != "words.py"
]
UI = sorted((ROOT / "ui").rglob("*.py"))
TOLD = {"message", "outcome", "troubles"}
# Names of things, which are the same in every language: keywords of the standard, a module's name.
NAME = re.compile(r"[A-Z]\w*|\W*")


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def open_templates(tree: ast.AST) -> Iterator[int]:
    """Give the lines where Words are made of anything but a literal: no translator would ever see it."""
    for call in _calls(tree, "Words"):
        first = call.args[0]
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            yield call.lineno


def english_values(tree: ast.AST) -> Iterator[int]:
    """Give the lines where a value of Words is a literal of its own in English, rather than Words."""
    for call in _calls(tree, "Words"):
        for keyword in call.keywords:
            for node in _shown(keyword.value):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and not NAME.fullmatch(node.value):
                    yield call.lineno


def _shown(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from (*_shown(node.body), *_shown(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _shown(value)
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    else:
        yield node


def untold(tree: ast.AST) -> Iterator[int]:
    """Give the lines of a file in ui/ that take a message of medmm without `told`."""
    inside = {id(node) for call in _calls(tree, "told") for node in ast.walk(call)}
    named = {id(loop.iter) for loop in ast.walk(tree) if isinstance(loop, ast.For | ast.comprehension)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in TOLD and id(node) not in inside | named | _tests(tree):
            yield node.lineno


def _tests(tree: ast.AST) -> set[int]:
    return {id(node.test) for node in ast.walk(tree) if isinstance(node, ast.If)}


@pytest.mark.parametrize("path", MEDMM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_are_made_of_literals(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert list(open_templates(tree)) == []
    assert list(english_values(tree)) == []


@pytest.mark.parametrize("path", UI, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_window_tells_every_message(path: Path) -> None:
    assert list(untold(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_checks_find_what_they_are_for() -> None:
    values = ('"some words"', 'f"of {n}" if n else ""', 'b or "no c"')
    bad = "\n".join(["Words(text)", *(f'Words("{{a}}", a={value})' for value in values)])
    good = 'Words("{a}", a=Words("some words"))\nWords("{k}", k="NumberOfFrames")\nWords("{a}", a=found[0] or name)\n'
    shown = "label.setText(note.message)\nlabel.setText(told(note.message))\n"

    assert list(open_templates(ast.parse(bad))) == [1]
    assert list(english_values(ast.parse(bad))) == [2, 3, 4]
    assert [*open_templates(ast.parse(good)), *english_values(ast.parse(good))] == []
    assert list(untold(ast.parse(shown))) == [1]
