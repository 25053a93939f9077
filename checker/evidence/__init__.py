"""Evidence in files, written and re-checked."""
