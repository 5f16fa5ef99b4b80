"""No English reaches the window without passing through `tr`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Calls whose texts somebody reads.
SHOWING = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setTitle",
    "setPlaceholderText", "setStatusTip", "setWhatsThis", "setHorizontalHeaderLabels", "setHeaderLabels", "set_text",
    "setSpecialValueText", "setIconText", "setTabText", "setTabToolTip", "setItemText", "setPrefix",
    "addTab", "addItem", "addItems", "addAction", "addMenu", "addButton", "addRow", "setLabelText", "showMessage",
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QToolBar",
    "QDockWidget", "QListWidgetItem", "QTableWidgetItem", "QTreeWidgetItem", "QUndoCommand", "beginMacro",
    "plain_label", "ElidedLabel", "paint_empty_hint", "draw_outlined", "drawText", "Message", "Line", "Problem",
    "tell", "complain", "Notice", "Job", "Step", "show_loading", "show_problem", "show_message", "getExistingDirectory",
    "getOpenFileName", "getOpenFileNames", "getSaveFileName", "question", "warning", "information",
}  # fmt: skip
# Not words: units, signs, file patterns, names of things outside.
WORDLESS = re.compile(r"(DICOM|MedMM|Image|CPU|GPU|ID|AI|HU|SUV|mm|MB|Tag|VR|VOI|LUT|R|L|W|x|px|logit|)")
FILE_NAME = re.compile(r"(\w+ )?\(?[\w*]+\.\w{3,4}\)?")
WORD = re.compile(r"[A-Za-z]{2,}")
DOORS = {"tr", "mark"}
FOR_DEVELOPERS = {"setObjectName", "setProperty", "dress", "value", "setValue", "find_entry"}
# Of these only some arguments are read by people: a job's title, a problem's sentence and hint.
READ_ARGUMENTS = {"Job": slice(2, 3), "Problem": slice(0, 2)}
# Tables whose texts pass through tr() where they are shown, and what is no language: style sheets and font names.
EXEMPT = {
    "ui/action_table.py",
    "ui/review_table.py",
    "ui/trust_table.py",
    "ui/key_table.py",
    "ui/style.py",
    "ui/palettes.py",
    "ui/theme.py",
    "ui/app.py",  # speaks on the terminal, before there is a window
}
# "VOI LUT" is what the standard calls it, in every language.
SENTENCE = re.compile(r"[A-Za-z]{2,}[,:;]? (?!LUT)[A-Za-z]{2,}")
SOURCES = [path for path in sorted((ROOT / "ui").rglob("*.py")) if path.relative_to(ROOT).as_posix() not in EXEMPT]
IDS = [path.relative_to(ROOT).as_posix() for path in SOURCES]


def silent_texts(source: str) -> Iterator[tuple[int, str]]:
    """Give (line, text) of every literal with words in a call that shows its arguments, outside tr() and mark()."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in SHOWING:
            name = _name(node.func)
            for argument in (*node.args[READ_ARGUMENTS.get(name, slice(None))], *_keyword_values(node)):
                yield from _literals(argument)


def silent_sentences(source: str) -> Iterator[tuple[int, str]]:
    """Give (line, text) of every literal of two words or more that neither tr() nor a log nor a developer gets."""
    yield from _sentences(ast.parse(source))


def _sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call) and (_name(node.func) in DOORS or _is_for_developers(node)):
        return
    if (
        isinstance(node, ast.Assert | ast.Raise)
        or _is_docstring(node)
        or _is_enumeration(node)
        or _is_name_of_work(node)
    ):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if SENTENCE.search(node.value) and not re.search(r"[{};$<]", node.value):
            yield node.lineno, node.value
        return
    for child in _read_children(node):
        yield from _sentences(child)


def _read_children(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Call) and _name(node.func) in READ_ARGUMENTS:
        return [*node.args[READ_ARGUMENTS[_name(node.func)]], *_keyword_values(node)]
    return list(ast.iter_child_nodes(node))


def _is_for_developers(node: ast.Call) -> bool:
    is_log = isinstance(node.func, ast.Attribute) and _name(node.func.value) == "log"
    return is_log or _name(node.func) in FOR_DEVELOPERS


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_name_of_work(node: ast.AST) -> bool:
    """Tell whether a constant names a kind of background work or a key, which nobody reads."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    names = [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    return any("TOPIC" in name or "KEY" in name for name in names)


def _is_enumeration(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(_name(base) in ("StrEnum", "Enum") for base in node.bases)


def _keyword_values(node: ast.Call) -> Iterator[ast.expr]:
    return (keyword.value for keyword in node.keywords if keyword.arg not in ("accessible", "code", "topic"))


def _literals(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call):
        # A call inside is judged by its own name; what tr() gives is translated.
        return
    if isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Subscript):
        yield from _literals(node.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_words(node.value):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from _literals(child)


def _is_words(text: str) -> bool:
    return bool(WORD.search(text)) and not WORDLESS.fullmatch(text.strip()) and not FILE_NAME.fullmatch(text)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_every_text_shown_passes_through_tr(path: Path) -> None:
    assert list(silent_texts(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_every_sentence_passes_through_tr(path: Path) -> None:
    assert list(silent_sentences(path.read_text(encoding="utf-8"))) == []


def test_the_check_finds_what_it_is_for() -> None:
    bad = 'label.setText("Open it")\nQPushButton(f"{n} slices", self)\nJob(k, "read", "Reading", h)\n'
    good = 'label.setText(tr("Open it"))\nlabel.setText(f"{n} · {tr(word)}")\nlabel.setText(table["some key"])\n'

    assert [line for line, _ in silent_texts(bad)] == [1, 2, 3]
    assert list(silent_texts(good)) == []
