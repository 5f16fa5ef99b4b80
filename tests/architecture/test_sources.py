"""Rules of the house that a reader of the tree can check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The boundary files that may catch everything, because they log and answer.
BOUNDARIES = {
    "medmm/cli/main.py",
    "medmm/workflow/ready_case.py",
    "medmm/workflow/score_ready.py",
    "medmm/workflow/cluster/actor.py",
    "ui/messages.py",
}
SOURCES = sorted([*ROOT.glob("medmm/**/*.py"), *ROOT.glob("ui/**/*.py")])


def broad_handlers(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception"):
            yield node.lineno


def test_broad_handlers_stand_in_the_boundary_files_only() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in SOURCES if any(broad_handlers(path))}

    assert found <= BOUNDARIES


@cache
def code_of(path: Path) -> str:
    """Give a file's code without its docstrings and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant("")
    return ast.unparse(tree)


DANGEROUS = (
    "import pickle",
    "pickle.load",
    "allow_pickle=True",
    "shell=True",
    "eval(",
    "trust_remote_code=True",
)


@pytest.mark.parametrize("word", DANGEROUS)
def test_no_source_runs_what_it_reads(word: str) -> None:
    def uses(text: str) -> bool:
        return any(
            word in line.replace(".eval(", "") for line in text.splitlines() if not line.lstrip().startswith("#")
        )

    assert [path.name for path in SOURCES if uses(code_of(path))] == []


def test_a_pickle_is_opened_in_one_file_and_gives_tensors_only() -> None:
    calls = {
        (path.name, next((ast.unparse(k.value) for k in node.keywords if k.arg == "weights_only"), "missing"))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "torch.load"
    }

    assert calls == {("weights_file.py", "True")}


def test_no_file_is_longer_than_300_lines() -> None:
    long = {p.name: n for p in SOURCES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300}

    assert long == {}
