"""The evaluation as people read it: plots, one page value, and its HTML and PDF; no number is computed here."""
