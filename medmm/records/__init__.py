"""Everything that is not pixels: notes, vital-sign tables and whose they are. No pixel, no tensor, no report here."""
