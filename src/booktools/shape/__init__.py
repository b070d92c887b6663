"""Galley → book: numbers, ids and levels are resolved here, once."""
