"""Book ↔ `text/*.md`."""
