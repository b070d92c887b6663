"""How long booktools takes, measured beside its peers: `python -m bench`."""
