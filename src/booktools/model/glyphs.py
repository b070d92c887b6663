"""Characters of Adobe's own area (U+F6D9–U+F8FE) and the letters that they show.

The fonts of older books call the glyphs of an expert set by names (`oneoldstyle`, `Asmall`,
`parenlefttp`) to which the Adobe Glyph List gives places in Unicode's private use area.  What
extracts their text hands those on, though each shows a character that has a place of its own.
Small capitals are small letters, as they are typed.
"""

from __future__ import annotations

_SYMBOLS = {
    **dict(zip(range(0xF6D9, 0xF6DD), "©®™1", strict=True)),
    **dict(zip(range(0xF6E1, 0xF6E9), ",,$$--..", strict=True)),
    **dict(zip(range(0xF6E9, 0xF6F4), "abdeilmorst", strict=True)),  # raised, as in 1st
    0xF6DE: "—",
    0xF6F9: "ł",
    0xF6FA: "œ",
    0xF6FD: "š",
    0xF6FF: "ž",
    0xF721: "!",
    0xF724: "$",
    0xF726: "&",
    0xF73F: "?",
    0xF7A1: "¡",
    0xF7A2: "¢",
    0xF7BF: "¿",
    0xF7FF: "ÿ",
    **dict(zip(range(0xF8E8, 0xF8EB), "®©™", strict=True)),
    # Pieces of tall brackets: parentheses, square ones, braces, those at the left first.
    **dict(zip(range(0xF8EB, 0xF8F5), "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪", strict=True)),
    **dict(zip(range(0xF8F6, 0xF8FF), "⎞⎟⎠⎤⎥⎦⎫⎬⎭", strict=True)),
    0xF8F5: "⎮",
}
SHOWN: dict[int, str] = {
    **_SYMBOLS,
    **{0xF700 + ord(figure): figure for figure in "0123456789"},  # old-style figures
    **{0xF700 + code: chr(code) for code in range(ord("a"), ord("z") + 1)},  # small capitals
    **{0xF700 + code: chr(code) for code in range(0xE0, 0xFF) if code != 0xF7},  # with accents
}
