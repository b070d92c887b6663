"""The review: what the page and the terminal show of the errata, as plain values."""
