"""From a case to a result: gate, preparation, prediction, confidence, explanation. No files, no windows."""
