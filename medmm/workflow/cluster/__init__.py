"""A batch on several machines: what Ray runs there, and what comes back. Rows and files are the driver's alone.

Ray, pyarrow and fsspec are imported within functions only: they belong to an extra, or take long.
"""
