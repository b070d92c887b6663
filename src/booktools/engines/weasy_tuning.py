"""WeasyPrint, faster and with exact lines: small changes to the one version we know.

Each change replaces one function by another with the same meaning; `tune` makes them all or,
before a WeasyPrint or pydyf that it does not know, none.  What they mend or spare:

- cffi parses WeasyPrint's C declarations in every process: we do it once and keep the
  result (`import_text_library`, before WeasyPrint is imported);
- a font's description, features and line height are worked out anew for every line;
- a text layout is made for every justified text and thrown away unused;
- a justified line is drawn in as many runs as it has words, which loses the kerning between
  letters and spaces: lines end up to four points beside the margin (`stretch` below);
- a text that would fit but for the space at its end, before an italic word say, is broken at
  its first space instead of its last (`split_first_line` below);
- a heading or stanza that comes to stand at the top of a named page keeps its distance to
  what is not there;
- where a font has no small capitals Pango makes some of its capitals, and other letters than
  the text's get into the PDF: there the letters stay as they are;
- pydyf compresses at zlib's level 9, which costs twice the time of level 6 for one per cent.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
import zlib
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import lru_cache
from importlib import metadata
from io import StringIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from booktools.engines import weasy_footnotes, weasy_unicode

KNOWN = {"weasyprint": "70.0", "pydyf": "0.13.0"}
_BEGIN, _END = "ffi.cdef('''", "''')"


def known() -> bool:
    """Whether the installed engine is the one that this module was written for."""
    try:
        return all(metadata.version(name) == version for name, version in KNOWN.items())
    except metadata.PackageNotFoundError:
        return False


def tune() -> None:
    """Make all changes; call it once, before the first document, and only if `known()`."""
    _lines()
    _fonts()
    _page_tops()
    _small_capitals()
    _compression()
    weasy_footnotes.mend()
    weasy_unicode.mend()


# --- the start ------------------------------------------------------------------------


def import_text_library() -> None:
    """Import WeasyPrint's text library with declarations that were parsed in an earlier run.

    The first run parses them as always, and keeps them where Python keeps our compiled
    modules; where nothing can be kept, every run is a first run.
    """
    source = _library_source()
    declared = source[source.index(_BEGIN) + len(_BEGIN) : source.index(_END)]
    versions = f"{metadata.version('cffi')} {sys.version}"
    key = hashlib.sha256(f"{declared}{versions}".encode()).hexdigest()[:16]
    name = f"weasy_ffi_{key}"
    kept = Path(__file__).parent / "__pycache__" / f"{name}.py"
    ready = _kept_declarations(name, kept)
    if ready is None:
        _keep(declared, name, kept)
        return
    attributes = {name: getattr(ready, name) for name in dir(ready) if name[:2] != "__"}
    attributes["cdef"] = lambda *_, **__: None
    stand_in = ModuleType("cffi")
    vars(stand_in)["FFI"] = lambda: SimpleNamespace(**attributes)
    sys.modules["cffi"] = stand_in
    try:
        importlib.import_module("weasyprint.text.ffi")
    finally:
        del sys.modules["cffi"]


def _library_source() -> str:
    spec = importlib.util.find_spec("weasyprint")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("weasyprint")
    return Path(spec.submodule_search_locations[0], "text", "ffi.py").read_text("utf-8")


def _kept_declarations(name: str, file: Path) -> Any:
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None or not file.exists():
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ffi


def _keep(declared: str, name: str, file: Path) -> None:
    from weasyprint.text import ffi

    builder = ffi.cffi.FFI()
    builder.cdef(declared)
    builder.set_source(name, None)
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        with redirect_stdout(StringIO()):  # it says what it writes
            builder.emit_python_code(str(draft))
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)


# --- the lines ------------------------------------------------------------------------


def _lines() -> None:
    from weasyprint.layout import inline
    from weasyprint.text import line_break
    from weasyprint.text.ffi import TO_UNITS, ffi
    from weasyprint.text.line_break import Layout

    plain_text, plain_line = Layout.set_text, Layout.get_first_line
    plain_layout, plain_split = line_break.create_layout, line_break.split_first_line

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        plain_text(self, text)
        self.stretch = int(self.justification_spacing * TO_UNITS) if justify else 0

    def get_first_line(self: Any) -> Any:
        found = plain_line(self)
        if self.stretch:
            _stretch(ffi, found[0], self.text.encode(), self.stretch)
            self.stretch = 0
        return found

    class Idle(Layout):  # type: ignore[misc]
        """A layout that is not set up before it is drawn."""

        def __init__(self, text: str, spacing: float, max_width: Any) -> None:
            self.text, self.justification_spacing, self.max_width = text, spacing, max_width

        def deactivate(self) -> None:
            for name in ("layout", "language", "style"):
                self.__dict__.pop(name, None)

    def create_layout(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: float
    ) -> Any:
        if style["text_decoration_line"] != "none":  # drawing asks it before it sets it up
            return plain_layout(text, style, context, max_width, justification_spacing)
        return Idle(text, justification_spacing, max_width)

    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, spacing: float, **more: Any
    ) -> Any:
        found = plain_split(text, style, context, max_width, spacing, **more)
        bare = text.rstrip(" ")
        broken_early = found[2] is not None and " " not in found[0].text.strip(" ")
        if not broken_early or len(bare) == len(text) or found[1] >= len(bare.encode()):
            return found
        if style["white_space"] not in ("normal", "pre-line"):
            return found
        whole = plain_split(bare, style, context, max_width, spacing, **more)
        if whole[2] is not None or whole[3] > max_width:
            return found
        layout, length, _, width, height, baseline = whole
        return layout, length, len(text.encode()), width, height, baseline

    Layout.set_text, Layout.get_first_line = set_text, get_first_line
    inline.create_layout, inline.split_first_line = create_layout, split_first_line


def _stretch(ffi: Any, line: Any, text: bytes, units: int) -> None:
    """Widen the spaces of a line that Pango has laid out, by so many of its units each."""
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        start = item.offset
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        for index, cluster in enumerate(clusters):
            at = start + cluster
            if text[at] == 0x20 or text[at : at + 2] == b"\xc2\xa0":
                glyphs.glyphs[index].geometry.width += units
        run = run.next


def _page_tops() -> None:
    from weasyprint.layout import LayoutContext, block

    plain = block.block_level_layout

    def block_level_layout(
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        container: Any,
        page_is_empty: bool = True,
        absolute: Any = None,
        fixed: Any = None,
        margins: Any = None,
        *more: Any,
    ) -> Any:
        # Margins beside a break are truncated where there are adjoining ones, if only of 0.
        margins = margins or ([0] if page_is_empty else margins)
        given = (context, box, bottom_space, skip_stack, container, page_is_empty)
        return plain(*given, absolute, fixed, margins, *more)

    def set_forced_break(self: Any, forced: Any) -> None:
        """True, or else the name of the page, which forces nothing while it stays the same."""
        self.__dict__["booktools_forced"] = forced is True

    block.block_level_layout = block_level_layout
    LayoutContext.forced_break = property(
        lambda self: self.__dict__.get("booktools_forced", False), set_forced_break
    )


# --- fonts and bytes ------------------------------------------------------------------


def _fonts() -> None:
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    line_break.get_font_description = _once_a_style(line_break.get_font_description)
    line_break.strut = inline.strut = _once_a_style(line_break.strut)
    line_break.font_features = lru_cache(line_break.font_features)


def _once_a_style(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function with its answer kept on the style it was asked about."""
    name = f"booktools_{function.__name__}"

    def asked(style: Any) -> Any:
        kept = style.__dict__
        if name not in kept:
            kept[name] = function(style)
        return kept[name]

    return asked


def _small_capitals() -> None:
    from weasyprint.text.constants import PANGO_VARIANT

    # Features alone ask the font for its small capitals.
    PANGO_VARIANT.update(dict.fromkeys(PANGO_VARIANT, PANGO_VARIANT["normal"]))


def _compression() -> None:
    from weasyprint.pdf import pydyf

    pydyf.zlib = SimpleNamespace(
        compress=zlib.compress, compressobj=lambda level: zlib.compressobj(6)
    )
