"""The commands: thin calls of `workflow`, and the only place that prints."""
