"""Galley → galley, by ordered and coded rules."""
