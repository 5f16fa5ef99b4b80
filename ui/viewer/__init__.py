"""The image view: pixels to screen, gestures, corner texts and the heat map; no panels and no reading of files."""
