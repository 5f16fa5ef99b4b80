"""State on disk: directories, settings, logs, batch results. Knows nothing of images or models."""
