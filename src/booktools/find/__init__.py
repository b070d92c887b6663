"""The finder: what looks wrong in a text, with candidates, a score and the evidence."""
