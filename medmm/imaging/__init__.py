"""Pixels: find, read, window and place images; knows only `core`. No Qt, no torch, no model, no note or table."""
