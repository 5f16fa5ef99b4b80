"""View-models: what the panels show, on the main thread; no widgets and no threads."""
