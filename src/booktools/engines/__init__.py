"""Narrow doors to third-party engines: probe, version, remedy, time limit."""
