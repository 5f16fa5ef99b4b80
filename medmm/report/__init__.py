"""The document that comes out: content as a plain value, figures, PDF and table. No model, no store, no window."""
