"""Smooth random fields and blurs, without a matrix product so that thread counts never change a byte."""

import numpy as np

from medmm.simulate.frame import Frame, Plane, as_plane


def blur(plane: Plane, sigma_px: float) -> Plane:
    """Blur with a Gaussian; wide ones run on a block-averaged copy."""
    from scipy.ndimage import gaussian_filter

    step = int(sigma_px / 2.5)
    if step < 2:
        return as_plane(gaussian_filter(plane, sigma_px, mode="nearest", truncate=3.0))
    rows, cols = plane.shape
    padded = np.pad(plane, ((0, -rows % step), (0, -cols % step)), mode="edge")
    coarse = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step).mean(axis=(1, 3))
    smooth = gaussian_filter(coarse, sigma_px / step, mode="nearest", truncate=3.0).astype(np.float32)
    return upsample(smooth, padded.shape)[:rows, :cols]


def upsample(coarse: Plane, shape: tuple[int, ...]) -> Plane:
    """Stretch a coarse field over `shape` by linear interpolation between block centres."""
    tall = _stretch(coarse, shape[0])
    return np.ascontiguousarray(_stretch(np.ascontiguousarray(tall.T), shape[1]).T)


def _stretch(field: Plane, length: int) -> Plane:
    n = field.shape[0]
    position = np.clip((np.arange(length) + 0.5) * n / length - 0.5, 0, n - 1).astype(np.float32)
    low = np.minimum(position.astype(np.int64), n - 2)
    part = (position - low)[:, None].astype(np.float32)
    return as_plane(field[low] * (1 - part) + field[low + 1] * part)


def noise_field(rng: np.random.Generator, frame: Frame, *, scale_mm: float) -> Plane:
    """Draw a smooth field of zero mean and unit deviation with details of about `scale_mm`."""
    from scipy.ndimage import gaussian_filter

    pitch = max(scale_mm / 2.5, frame.spacing_mm)
    rows = max(4, int(np.ceil(frame.rows * frame.spacing_mm / pitch)) + 2)
    cols = max(4, int(np.ceil(frame.cols * frame.spacing_mm / pitch)) + 2)
    white = rng.standard_normal((rows, cols), dtype=np.float32)
    smooth = gaussian_filter(white, 1.0, mode="wrap")
    return upsample((smooth / (smooth.std() + 1e-6)).astype(np.float32), (frame.rows, frame.cols))


def ridge_field(rng: np.random.Generator, frame: Frame, *, scale_mm: float) -> Plane:
    """Draw a net of thin bright lines in 0..1, as thickened septa look."""
    field = np.abs(noise_field(rng, frame, scale_mm=scale_mm))
    return as_plane(np.clip(1 - field / 0.45, 0, 1))
