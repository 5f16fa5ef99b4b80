"""Measuring on the image: drawing tools, handles, labels and hit tests; the numbers come from `medmm.imaging`."""
