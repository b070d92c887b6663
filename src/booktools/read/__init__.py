"""Raw text dump → pages with lines."""
