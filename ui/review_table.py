"""The actions of the reader's review."""

from __future__ import annotations

from ui.action_row import ActionRow

REVIEW_ROWS: tuple[ActionRow, ...] = (
    ActionRow(
        "accept_finding", "&Review", "&Accept", "Shift+Return", "Agree with the model on the selected finding", "Accept"
    ),
    ActionRow(
        "reject_finding",
        "&Review",
        "&Reject...",
        "Shift+Backspace",
        "Overrule the model on the selected finding; the reason may stay empty",
        "Reject",
    ),
    ActionRow(
        "change_finding",
        "&Review",
        "&Change...",
        "Shift+F2",
        "Say in your own words what is so with the selected finding",
        "Change",
    ),
    ActionRow("say_present", "&Review", "Say &present", "Ctrl+1", "The finding is present, as you see it", "Present"),
    ActionRow("say_absent", "&Review", "Say a&bsent", "Ctrl+2", "The finding is absent, as you see it", "Absent"),
    ActionRow(
        "say_unsure", "&Review", "Say cannot &tell", "Ctrl+3", "From these inputs you cannot tell", "Cannot tell"
    ),
    ActionRow("no_opinion", "&Review", "No &opinion", "Ctrl+4", "You give no opinion on this finding", "No opinion"),
    ActionRow("next_open", "&Review", "Next &without a verdict", "U", "Go on to the next finding without a verdict"),
    ActionRow("next_finding", "&Review", "&Next finding", "J", "Go to the next finding"),
    ActionRow("previous_finding", "&Review", "Pre&vious finding", "Shift+J", "Go to the finding before"),
    ActionRow(
        "show_ai",
        "&Review",
        "Show A&I result",
        "Ctrl+R",
        "Keep your verdicts for good, then show what the model says",
        "Show AI result",
    ),
    ActionRow(
        "sign",
        "&Review",
        "&Sign the review",
        "Ctrl+Shift+S",
        "Stand for the verdicts given so far; a later one makes the report a draft again",
        "Sign",
    ),
    ActionRow(
        "agreement",
        "&Review",
        "A&greement over time...",
        "Ctrl+Shift+A",
        "How often readers and model agree, by finding and by month",
    ),
)
