"""The actions that test a result: what the network saw, another run, another model."""

from __future__ import annotations

from ui.action_row import ActionRow

TRUST_ROWS: tuple[ActionRow, ...] = (
    ActionRow(
        "seen",
        "&Case",
        "What the netw&ork saw...",
        "Ctrl+Shift+N",
        "The very image, tokens and vital-sign numbers that reached the network, and how the result came about",
    ),
    ActionRow(
        "rerun",
        "&Case",
        "R&un again and compare...",
        "Ctrl+Shift+U",
        "Score the patient once more and tell whether the answer is the same; the result shown stays",
    ),
    ActionRow(
        "two_models",
        "&Case",
        "Compare two &models...",
        "Ctrl+Shift+M",
        "Score the patient with a second model and see both side by side; the result shown stays",
    ),
)
