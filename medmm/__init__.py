"""MedMM: multimodal reading of image, clinical note and vital signs. Research use only."""

__version__ = "0.1.0"
