"""The words of the project: frozen values, errors, progress. Only numpy and the standard library."""
