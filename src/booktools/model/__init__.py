"""The nouns: frozen values that flow between the rooms.  Standard library only."""
