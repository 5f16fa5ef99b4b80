"""The application layer: the same calls for the command line, the window and the tests; no torch at import."""
