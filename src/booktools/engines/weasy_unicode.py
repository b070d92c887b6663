"""What the glyphs of a PDF say when they are read, copied or searched; for the WeasyPrint that
`weasy_tuning` knows.

WeasyPrint notes for a glyph the text of the cluster in which it first stood.  Where a cluster
has several glyphs, a letter with its accents say, the last is given the whole text and the
others nothing, for the rest of the book.  Here each is given its own.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cached_property
from typing import Any

_NOTHING = "\u200b"  # of no width
_DOTTED_CIRCLE = "\u25cc"  # which stands in for a missing letter under an accent


class GlyphTexts(dict[int, str]):
    """The text of each glyph of a font, in the order in which WeasyPrint gives them."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font
        self.rest = ""  # of the cluster before, what none of its glyphs says yet
        self.owed = False  # whether a glyph of this cluster says nothing

    def __setitem__(self, glyph: int, text: str) -> None:
        itself = len(text) == 1 and not unicodedata.mirrored(text)
        super().__setitem__(glyph, text if itself else self.own(glyph, text))

    def own(self, glyph: int, cluster: str) -> str:
        """What a glyph says by itself: it may stand for all letters of its cluster.

        A cluster's text comes with its last glyph, from right to left with its first.
        """
        nominal = self.nominal.get(glyph, "") or self.missing(glyph)
        if len(cluster) == 1:  # a bracket, which is drawn as its twin from right to left
            return nominal or cluster
        if not cluster:
            told = nominal or self.rest
            self.owed, self.rest = not told, ""
            return _NOTHING if told in ("", _DOTTED_CIRCLE) else told
        letters = unicodedata.normalize("NFC", cluster)
        text = next((text for text in (cluster, letters) if nominal and nominal in text), "")
        owed, self.owed = self.owed, False
        if not text or owed:
            return letters
        leftwards = any(unicodedata.bidirectional(char) in ("R", "AL") for char in cluster)
        self.rest = text.replace(nominal, "", 1) if leftwards else ""
        return nominal

    def missing(self, glyph: int) -> str:
        """The character for which WeasyPrint made this glyph up, where the font has none."""
        return next((chr(code) for code, own in self.font.missing.items() if own == glyph), "")

    @cached_property
    def nominal(self) -> dict[int, str]:
        """The character of each glyph that is a character's own."""
        from fontTools.ttLib import TTFont, TTLibError

        try:
            file = TTFont(io.BytesIO(self.font.file_content), fontNumber=self.font.index, lazy=True)
            letters = file.getBestCmap() or {}
            return {file.getGlyphID(name): _plain(code) for code, name in letters.items()}
        except (TTLibError, KeyError, AssertionError):
            return {}


def _plain(code: int) -> str:
    """The character; for a form that a letter has in Arabic writing, the letter."""
    char = chr(code)
    if 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", char)
    return char


def mend() -> None:
    """Put ours in the place of WeasyPrint's; call it once, before the first document."""
    from weasyprint.pdf.fonts import Font

    plain = Font.__init__

    def init(self: Any, *args: Any) -> None:
        plain(self, *args)
        self.to_unicode = GlyphTexts(self)

    Font.__init__ = init
