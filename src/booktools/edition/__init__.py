"""Book → XHTML once, then EPUB, print and plain-text editions."""
