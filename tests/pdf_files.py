"""PDF files written by hand, byte by byte, for tests of the readers."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_FONTS = {"F": "Times-Roman", "B": "Times-Bold", "I": "Times-Italic"}


def pdf(
    *pages: str | bytes,
    size: tuple[float, float] = (300, 400),
    extra: Sequence[str] = (),
    page_keys: str = "",
    catalog: str = "",
    trailer: str = "",
    deflated: bool = False,
    resources: str = "",
) -> bytes:
    """A PDF whose pages have these content streams; fonts /F, /B and /I are at hand.

    `extra` are objects, numbered from 10 on; `page_keys`, `catalog`, `trailer` and
    `resources` go into those dictionaries.  Pages are objects 100, 102, … and their contents 101,
    103, ….
    """
    kids = " ".join(f"{100 + 2 * n} 0 R" for n in range(len(pages)))
    objects: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
    }
    for number, name in enumerate(_FONTS.values(), 3):
        objects[number] = (
            f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
        ).encode()
    fonts = "".join(f"/{key} {number} 0 R" for number, key in enumerate(_FONTS, 3))
    objects |= {10 + n: body.encode("latin-1") for n, body in enumerate(extra)}
    for n, content in enumerate(pages):
        objects[100 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]{page_keys}"
            f"/Resources<</Font<<{fonts}>>{resources}>>/Contents {101 + 2 * n} 0 R>>"
        ).encode()
        raw = content if isinstance(content, bytes) else content.encode("latin-1")
        stream = zlib.compress(raw, 9) if deflated else raw
        coded = "/Filter/FlateDecode" if deflated else ""
        objects[101 + 2 * n] = (
            f"<</Length {len(stream)}{coded}>>\nstream\n".encode() + stream + b"\nendstream"
        )
    return assembled(objects, trailer)


def assembled(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """The file with these objects, 1 the catalog."""
    out, table = b"%PDF-1.7\n", b""
    for number, body in sorted(objects.items()):
        table += f"{number} 1\n{len(out):010} 00000 n \n".encode()
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    at = len(out)
    head = f"<</Size {max(objects) + 1}/Root 1 0 R{trailer}>>"
    return out + b"xref\n" + table + f"trailer\n{head}\nstartxref\n{at}\n%%EOF\n".encode()


def at(text: str, x: float, y: float, size: float = 10, font: str = "F", more: str = "") -> str:
    """Text with its base line there, from the page's lower left corner."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q BT {more} /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET Q\n"


def column(
    lines: Sequence[str], x: float, top: float, size: float = 10, leading: float = 12
) -> str:
    """Lines one under another; `top` is the first one's base line."""
    return "".join(at(line, x, top - leading * n, size) for n, line in enumerate(lines))
