"""One page of a PDF, asked of pdfium letter by letter; for the worker beside it."""

from __future__ import annotations

import ctypes
import math
from typing import Any

from booktools.engines import pdf_images
from booktools.engines.pdf_letters import Face, Row, Rows
from booktools.model.glyphs import SHOWN

MAX_LETTERS = 200_000  # on one page
MAX_DRAWINGS = 20_000

# Letters smaller than this cannot be read, in points.
_TINY = 1.0
_PALE = 250  # of 255, each of red, green and blue
_INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE
_CLIP = 7  # FPDF_TEXTRENDERMODE_CLIP

# Writing that leans more, in radians, lies aslant, as stamps across a page do; with less, more than
# a rounding, the text of a scan leans with its sheet.
_ASLANT, _LEANING = 0.2, 0.002
# A letter that lies aslant is taken to be so wide, in ems: its box does not say.
_WIDE = 0.9

# As `_HIDDEN` in pdf_source counts them.
_NO, _UNPAINTED, _OFF, _SMALL, _WHITE, _ASKEW = range(6)

# An image that covers such a share of a page with text is what the text was read from, or paper.
_WHOLE = 0.7

Box = tuple[float, float, float, float]

_SOFT_HYPHEN = "\u00ad"
_BLANKS = frozenset(" \t\n\r\f\v")
_BLANK_CODES = frozenset((*map(ord, _BLANKS), 0x2028, 0x2029))


class _Quick:
    """The three questions that are put for every letter, without the wrappers' checks."""

    def __init__(self, raw: Any) -> None:
        page, number = ctypes.c_void_p, ctypes.c_int
        ask = ctypes.CFUNCTYPE
        self.unicode = ask(ctypes.c_uint, page, number)(_address(raw.FPDFText_GetUnicode))
        self.item = ask(ctypes.c_void_p, page, number)(_address(raw.FPDFText_GetTextObject))
        box = ask(number, page, number, ctypes.c_void_p)
        self.box = box(_address(raw.FPDFText_GetLooseCharBox))


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


class Page:
    """One page while it is read; all numbers as the page is shown, from its upper left."""

    def __init__(self, raw: Any, page: Any, textpage: Any, box: tuple[float, ...]) -> None:
        self.raw = raw
        self.page = page
        self.textpage = textpage
        self.rotation = raw.FPDFPage_GetRotation(page)
        self.left, self.bottom, self.right, self.top = box
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation % 2 else (wide, high)
        self.faces: list[tuple[str, float, bool, bool]] = []
        self._known: dict[tuple[str, float, bool, bool], int] = {}
        self._objects: dict[int | None, Face] = {}
        self.count = raw.FPDFText_CountChars(textpage)
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self.rasters = self._rasters()
        self.drawings = self._drawings()

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A spot of the page, from the upper left corner of what is shown."""
        x, y = x - self.left, y - self.bottom
        wide, high = self.right - self.left, self.top - self.bottom
        match self.rotation:
            case 0:
                return x, high - y
            case 1:
                return y, x
            case 2:
                return wide - x, y
            case _:
                return high - y, wide - x

    # --- letters ---

    def rows(self) -> list[Row]:
        """The page's letters on lines, in the file's order."""
        text, rows, objects = self.textpage, Rows(), self._objects
        quick = _Quick(self.raw)
        here = ctypes.cast(text, ctypes.c_void_p).value
        rect = self.raw.FS_RECTF()
        at_rect = ctypes.addressof(rect)
        parted, high = False, 0
        for index in range(self.count):
            code = quick.unicode(here, index)
            if code in _BLANK_CODES:  # also those that pdfium puts between words
                parted = True
                continue
            if 0xD800 <= code < 0xE000:
                if code < 0xDC00:
                    high = code
                    continue
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else code
                high = 0
            item = quick.item(here, index)
            face = objects.get(item)
            if face is None:
                face = objects[item] = self._face(item, index)
            letter = chr(code) if 32 < code < 127 else self._letter(code, index, face)
            quick.box(here, index, at_rect)
            left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
            start, end, base = self._along(face, index, left, top, right, bottom)
            hidden = face.hidden
            if not hidden and (
                right < self.left or left > self.right or top < self.bottom or bottom > self.top
            ):
                hidden = _OFF
            rows.add(letter, start, end, base, face, hidden, parted)
            parted = False
        return rows.rows

    def _letter(self, code: int, index: int, face: Face) -> str:
        if code in (2, 0xAD, 0xFFFE) and self.raw.FPDFText_IsHyphen(self.textpage, index):
            return _SOFT_HYPHEN if face.soft else "-"
        return _letter(code)

    def _along(
        self, face: Face, index: int, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float]:
        """Where a letter begins and ends along its line, and the base line across.

        In one face the base line is always as far from the box's foot, where that box is the
        font's and not the letter's own.
        """
        if face.high == top - bottom and not self.rotation and not face.turn:
            return left - self.left, right - self.left, self.top - bottom - face.foot
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetCharOrigin(self.textpage, index, x, y)
        if face.hidden == _ASKEW:
            across, down = self.at(x.value, y.value)
            along, off = math.cos(face.slope), math.sin(face.slope)
            start = across * along + down * off
            return start, start + _WIDE * face.size, down * along - across * off
        if face.slope:  # where its line crosses the middle of the page
            across, down = self.at(x.value, y.value)
            one, two = self.at(left, top), self.at(right, bottom)
            base = down - (across - self.width / 2) * math.tan(face.slope)
            return min(one[0], two[0]), max(one[0], two[0]), base
        face.high, face.foot = top - bottom, y.value - bottom
        one, two, here = self.at(left, top), self.at(right, bottom), self.at(x.value, y.value)
        left, right = min(one[0], two[0]), max(one[0], two[0])
        top, bottom = min(one[1], two[1]), max(one[1], two[1])
        match face.turn:
            case 0:
                return left, right, here[1]
            case 1:
                return top, bottom, -here[0]
            case 2:
                return -right, -left, -here[1]
            case _:
                return -bottom, -top, here[0]

    def _face(self, address: int | None, index: int) -> Face:
        raw, text = self.raw, self.textpage
        item = ctypes.cast(address or 0, raw.FPDF_PAGEOBJECT) if address else None
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a)
        quarters = round(angle / (math.pi / 2))
        turn = (self.rotation - quarters) % 4
        lean = abs(angle - quarters * math.pi / 2)
        name, bold, italic = self._font(item)
        # Letters that are slanted by their matrix.
        slant = matrix.a * matrix.c + matrix.b * matrix.d
        italic = italic or slant > 0.1 * math.hypot(matrix.a, matrix.b) * math.hypot(
            matrix.c, matrix.d
        )
        row = (name, round(min(size, 1e6), 2), bold, italic)
        face = self._known.get(row)
        if face is None:
            face = self._known[row] = len(self.faces)
            self.faces.append(row)
        artifact, soft = self._marks(item)
        hidden = self._hidden(item, index, size)
        if lean > _ASLANT:
            turn, hidden = 0, hidden or _ASKEW
        made = Face(face, row[1], turn, hidden, artifact, soft)
        if lean > _LEANING and not turn:
            made.slope = self.rotation * math.pi / 2 - angle
        return made

    def _font(self, item: Any) -> tuple[str, bool, bool]:
        """A font's name without a subset's tag, and whether it is bold, italic."""
        raw = self.raw
        font = raw.FPDFTextObj_GetFont(item) if item else None
        if not font:
            return "", False, False
        key = ctypes.addressof(font.contents)
        if key in self._fonts:
            return self._fonts[key]
        name = _string(raw.FPDFFont_GetBaseFontName, font)
        if name[6:7] == "+":
            name = name[7:]
        folded = name.lower()
        flags = raw.FPDFFont_GetFlags(font)
        lean = ctypes.c_int()
        raw.FPDFFont_GetItalicAngle(font, lean)
        bold = any(word in folded for word in ("bold", "black", "heavy")) or (
            "-demi" in folded or (flags > 0 and bool(flags & 0x40000))
        )
        italic = any(word in folded for word in ("ital", "obliq", "slant")) or (
            lean.value != 0 or (flags > 0 and bool(flags & 0x40))
        )
        self._fonts[key] = name[:100], bold, italic
        return self._fonts[key]

    def _hidden(self, item: Any, index: int, size: float) -> int:
        raw = self.raw
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
        if mode in (_INVISIBLE, _CLIP):
            return _UNPAINTED
        colour = [ctypes.c_uint() for _ in range(4)]
        if raw.FPDFText_GetFillColor(self.textpage, index, *colour):
            red, green, blue, alpha = (part.value for part in colour)
            if not alpha:
                return _UNPAINTED
            if mode == 0 and min(red, green, blue) >= _PALE and not self._painted(index):
                return _WHITE
        return _SMALL if 0 < size < _TINY else _NO

    def _painted(self, index: int) -> bool:
        """Whether something is drawn under a letter."""
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetCharOrigin(self.textpage, index, x, y)
        here = self.at(x.value, y.value)
        return any(
            left <= here[0] <= right and top <= here[1] <= bottom
            for left, top, right, bottom, _ in self.drawings
        )

    def _marks(self, item: Any) -> tuple[bool, bool]:
        """Whether the file says that the text is furniture; and that a hyphen is a soft one."""
        raw = self.raw
        count = raw.FPDFPageObj_CountMarks(item) if item else 0
        artifact = soft = False
        for number in range(min(max(count, 0), 8)):
            mark = raw.FPDFPageObj_GetMark(item, number)
            name = (ctypes.c_ushort * 24)()
            size = ctypes.c_ulong()
            if not raw.FPDFPageObjMark_GetName(mark, name, 48, size) or size.value > 48:
                continue
            called = bytes(name)[: max(size.value - 2, 0)].decode("utf-16-le", "replace")
            artifact = artifact or called == "Artifact"
            said = (ctypes.c_ushort * 4)()
            told = raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", said, 8, size)
            if told and size.value <= 4 and said[0] in (0, 0xAD):
                soft = True
        return artifact, soft

    # --- drawings ---

    def _drawings(self) -> list[tuple[float, float, float, float, bool]]:
        """Rules, frames, tinted fields and pictures: left, top, right, bottom, a picture?"""
        raw = self.raw
        sides = [ctypes.c_float() for _ in range(4)]
        found = []
        for number in range(min(raw.FPDFPage_CountObjects(self.page), MAX_DRAWINGS)):
            item = raw.FPDFPage_GetObject(self.page, number)
            kind = raw.FPDFPageObj_GetType(item)
            if kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_UNKNOWN, raw.FPDF_PAGEOBJ_IMAGE):
                continue
            if not raw.FPDFPageObj_GetBounds(item, *sides):
                continue
            left, bottom, right, top = (side.value for side in sides)
            if not all(map(math.isfinite, (left, bottom, right, top))):
                continue
            clip = pdf_images.clipped(raw, item)  # of a box with one border the box is drawn
            if clip:
                left, bottom, right, top = pdf_images.common((left, bottom, right, top), clip)
                if left > right or bottom > top:
                    continue
            box = self._box(left, bottom, right, top)
            wide = box[2] - box[0] > 0.95 * self.width
            if not (wide and box[3] - box[1] > 0.95 * self.height):  # not the paper
                found.append((*box, False))
        return found + [(*raster[0], True) for raster in self.rasters]

    def _rasters(self) -> list[tuple[Box, int, int, str]]:
        """The images: what is to be seen of them, their pixels, and what tells one from others,
        "" where that is not asked: on the pages of a scan."""
        found = []
        for image in pdf_images.images(self.raw, self.page):
            box = self._box(*image.seen)
            over = (box[2] - box[0]) * (box[3] - box[1]) > _WHOLE * self.width * self.height
            key = "" if over and self.count else pdf_images.key(self.raw, image)
            found.append((box, image.width, image.height, key))
        return found

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Left, top, right and bottom on the page as it is shown."""
        one, two = self.at(left, top), self.at(right, bottom)
        return (
            round(min(one[0], two[0]), 2),
            round(min(one[1], two[1]), 2),
            round(max(one[0], two[0]), 2),
            round(max(one[1], two[1]), 2),
        )


def _letter(code: int) -> str:
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return "\ufffd" if code in (0xFFFE, 0xFFFF) else SHOWN.get(code) or chr(code)


def _string(ask: Any, item: Any) -> str:
    """A name that pdfium writes into a buffer, UTF-8."""
    size = ask(item, None, 0)
    if not 0 < size < 4096:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(item, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def page_value(document: Any, raw: Any, index: int) -> dict[str, Any]:
    """What JSON says of one page."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            made = Page(raw, page.raw, textpage.raw, page.get_bbox())
            if made.count > MAX_LETTERS:
                return {"error": "letters", "most": MAX_LETTERS}
            rows = made.rows()
        finally:
            textpage.close()
    finally:
        page.close()
    return {
        "number": index + 1,
        "label": (document.get_page_label(index) or "")[:100],
        "width": made.width,
        "height": made.height,
        "faces": made.faces,
        "drawings": made.drawings,
        "rasters": made.rasters,
        "rows": [
            [
                row.turn,
                row.artifact,
                [
                    [w.text, r2(w.start), r2(w.end), r2(w.base), w.face, w.hidden, w.joined]
                    for w in row.words
                ],
            ]
            for row in rows
        ],
    }


def r2(number: float) -> float:
    return round(number, 2) if math.isfinite(number) else 0.0
