"""The checks of the leakage linter, one kind of leak a file; numpy and scikit-learn only, never torch."""
