"""Dialogs: short questions and answers over the window."""
