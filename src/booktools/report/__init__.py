"""Findings → terminal, JSON, SARIF, JUnit, GitHub annotations."""
