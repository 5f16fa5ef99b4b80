"""The window. PySide6 lives only here; pixels come from `imaging`, work from `workflow`; never torch."""
