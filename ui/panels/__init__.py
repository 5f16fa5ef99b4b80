"""Panels: one noun each, told by a state object, never by another panel."""
