"""Simulated patients with planted truth: films, notes and vitals; no model and no reader of files belongs here."""
