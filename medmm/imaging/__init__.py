"""Pixels: find, read, window, place; no Qt, no torch."""
