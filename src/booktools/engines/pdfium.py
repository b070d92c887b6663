"""The door to pdfium (pypdfium2): the text of a PDF, line by line, with positions."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from types import ModuleType
from typing import Any

from booktools.engines.pdf_process import answers, look_over
from booktools.errors import EngineFailed, EngineMissing, SourceError
from booktools.model.pdf import PdfLine, PdfPage

MAX_PAGES = 20_000
MAX_CHARACTERS = 50_000_000

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD

# pdfium runs a line that ends in a hard hyphen into the next one, U+FFFE for the hyphen.
_LINE = re.compile("([^\r\n\ufffe]*)(\ufffe|\r\n|\r|\n|$)")


def version() -> str:
    """ "pypdfium2 5.1, pdfium 7000"; raises EngineMissing."""
    pdfium = _engine()
    info = pdfium.version
    return f"pypdfium2 {info.PYPDFIUM_INFO.version}, pdfium {info.PDFIUM_INFO.build}"


def pdf_text(data: bytes, name: str = "the PDF") -> tuple[PdfPage, ...]:
    """The pages of a PDF with their lines, in the order in which they were set.

    Raises SourceError for what is no PDF, is cut off, locked or too big, EngineMissing
    without pypdfium2, EngineFailed when pdfium cannot read a page.
    """
    return tuple(pages_of(data, name))


def strange_pdf_text(data: bytes, name: str = "the PDF") -> tuple[PdfPage, ...]:
    """The same for a file that anybody may have made: in a process of its own, which gets no
    more than so much memory and time.  Raises the same, SourceError also where that is not
    enough."""
    with closing(answers(data, name, "lines")) as values:
        return tuple(
            PdfPage(**{**value, "lines": tuple(PdfLine(*line) for line in value["lines"])})
            for value in values
        )


def pages_of(data: bytes, name: str) -> Iterator[PdfPage]:
    """The pages, one by one, read in this process.  Raises what `pdf_text` raises."""
    look_over(data, name)
    pdfium = _engine()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", 0) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise SourceError(
                f"{name} is locked with a password",
                hint="Save a copy without a password and use that.",
            ) from error
        raise SourceError(
            f"{name} is damaged: pdfium cannot open it ({error})", hint="Make or fetch it anew."
        ) from error
    try:
        yield from _pages(document, pdfium, name)
    finally:
        document.close()


def _engine() -> ModuleType:
    try:
        import pypdfium2
    except (ImportError, OSError) as error:
        raise EngineMissing(
            "pypdfium2, which reads PDF files, cannot be loaded",
            hint="Install it into the same Python: pip install pypdfium2",
        ) from error
    module: ModuleType = pypdfium2
    return module


def _pages(document: Any, pdfium: ModuleType, name: str) -> Iterator[PdfPage]:
    count = len(document)
    if not count:
        raise SourceError(f"{name} has no pages")
    if count > MAX_PAGES:
        raise SourceError(f"{name} has {count} pages; more than {MAX_PAGES} are not read")
    characters = 0
    for index in range(count):
        try:
            page = _page(document, index)
        except (pdfium.PdfiumError, ValueError, UnicodeError) as error:
            raise EngineFailed(
                f"pdfium cannot read page {index + 1} of {name}: {error}",
                hint="Open the file in a PDF reader and look at that page.",
            ) from error
        characters += sum(len(line.text) for line in page.lines)
        if characters > MAX_CHARACTERS:
            raise SourceError(f"{name} has more than {MAX_CHARACTERS} characters of text")
        yield page


def _page(document: Any, index: int) -> PdfPage:
    page = document[index]
    try:
        left, bottom, right, top = page.get_bbox()
        textpage = page.get_textpage()
        try:
            lines = _lines(textpage, left, bottom)
        finally:
            textpage.close()
        pictures = _pictures(page)
    finally:
        page.close()
    label = document.get_page_label(index)
    return PdfPage(index + 1, label, right - left, top - bottom, lines, pictures)


def _pictures(page: Any) -> int:
    """How many images, or drawings in one piece, stand on the page."""
    import pypdfium2.raw as raw

    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING)
    objects = (raw.FPDFPage_GetObject(page, n) for n in range(raw.FPDFPage_CountObjects(page)))
    return sum(raw.FPDFPageObj_GetType(item) in kinds for item in objects)


def _lines(textpage: Any, left: float, bottom: float) -> tuple[PdfLine, ...]:
    text = textpage.get_text_range(errors="replace")
    wide = not text.isascii() and max(text) > "\uffff"  # pdfium counts in UTF-16
    lines: list[PdfLine] = []
    at = 0
    for match in _LINE.finditer(text):
        words, end = match.groups()
        for start, part in _level_parts(textpage, words, at, wide):
            x, y, size = _position(textpage, start)
            right = _right(textpage, start + _units(part.rstrip(), wide) - 1)
            lines.append(PdfLine(part, x - left, y - bottom, size, max(x, right) - left))
        if end == "\ufffe" and lines:
            lines[-1] = replace(lines[-1], text=lines[-1].text + "-")
        at += _units(match[0], wide)
    return tuple(_in_reading_order(lines))


def _units(text: str, wide: bool) -> int:
    """The length of a text as pdfium counts."""
    return len(text.encode("utf-16-le")) // 2 if wide else len(text)


def _level_parts(textpage: Any, words: str, at: int, wide: bool) -> Iterator[tuple[int, str]]:
    """What stands on one base line, with the offset of its first letter.

    Short lines one under another are one line to pdfium; they are parted where the base
    line is another.
    """
    start = at + _units(words[: len(words) - len(words.lstrip())], wide)
    rest = words.strip()
    if not rest:
        return
    while _drops(textpage, start, start + _units(rest, wide) - 1):
        for cut in range(1, len(rest)):
            here = start + _units(rest[:cut], wide)
            if not rest[cut].isspace() and _drops(textpage, start, here):
                yield start, rest[:cut].rstrip()
                start, rest = here, rest[cut:]
                break
        else:
            break
    yield start, rest + words[len(words.rstrip()) :]


def _drops(textpage: Any, one: int, two: int) -> bool:
    """Whether two characters stand on base lines further apart than a raised letter is."""
    _, y, size = _position(textpage, one)
    _, other, other_size = _position(textpage, two)
    return abs(y - other) > 1.1 * max(size, other_size) > 0


def _in_reading_order(lines: list[PdfLine]) -> list[PdfLine]:
    """A list's mark is set after its page's text: it is put back before the line it leads."""
    ordered: list[PdfLine] = []
    led: dict[int, int] = {}  # base line in half points → where its first line stands
    for line in lines:
        level = round(2 * line.y)
        at = next((led[near] for near in (level, level - 1, level + 1) if near in led), None)
        if at is None or ordered[at].x <= line.x:
            led.setdefault(level, len(ordered))
            ordered.append(line)
            continue
        ordered.insert(at, line)
        led = {key: index + (index > at) for key, index in led.items()}
    return ordered


def _right(textpage: Any, offset: int) -> float:
    """The right edge, in points, of the character at a text offset, 0 if unknown."""
    import pypdfium2.raw as raw

    at = raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset)
    box = (ctypes.c_double * 4)()
    edges = [
        ctypes.cast(ctypes.byref(box, 8 * n), ctypes.POINTER(ctypes.c_double)) for n in range(4)
    ]
    return box[1] if at >= 0 and raw.FPDFText_GetCharBox(textpage, at, *edges) else 0.0


def _position(textpage: Any, offset: int) -> tuple[float, float, float]:
    """Base line and font size in points of the character at a text offset, 0 if unknown."""
    import pypdfium2.raw as raw

    at = raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset)
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    if at < 0 or not raw.FPDFText_GetCharOrigin(textpage, at, x, y):
        return 0.0, 0.0, 0.0
    raw.FPDFText_GetMatrix(textpage, at, matrix)
    size = raw.FPDFText_GetFontSize(textpage, at) * (matrix.c**2 + matrix.d**2) ** 0.5
    return x.value, y.value, size
