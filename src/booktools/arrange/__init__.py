"""Pages and reviewed layout decisions → galley."""
