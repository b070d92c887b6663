"""The reviewed errata: parsed, anchored, applied exactly once."""
