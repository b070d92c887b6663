"""WeasyPrint's door: what the pages of a small book show, what is refused, what fails how."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from booktools.engines import pdfium, weasy
from booktools.engines.weasy import render, version
from booktools.errors import EngineFailed, EngineMissing
from booktools.model.finding import Finding, Severity
from booktools.model.pdf import PdfPage
from booktools.model.printed import PrintDocument, Rendered
from print_books import document

FACE = "@font-face { font-family: V; src: url(fonts/V.ttf) } html { font: 10pt/12pt V }\n"
SMALL = PrintDocument(
    "<html lang=en><title>T</title><body><p>One two three",
    FACE,
    resources={"styles/fonts/V.ttf": document().resources["styles/fonts/Vollkorn-Regular.ttf"]},
)


@cache
def book() -> Rendered:
    return render(document())


@cache
def pages() -> tuple[PdfPage, ...]:
    return pdfium.pdf_text(book().pdf)


def lines(number: int) -> list[str]:
    return [line.text.strip() for line in pages()[number - 1].lines]


def page_with(text: str) -> int:
    return next(page.number for page in pages() if any(text in x.text for x in page.lines))


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(finding.code for finding in findings)


# --- the pages ------------------------------------------------------------------------


def test_the_preliminaries() -> None:
    assert lines(1) == ["T he River Book"] or lines(1) == ["The River Book"]
    assert lines(2) == []
    assert "The River Book" in lines(3)
    assert "A memoir" in lines(3)
    assert lines(4)[0] == "All rights reserved."
    assert lines(5) == ["For the comrades"]
    assert lines(6) == []
    assert lines(7)[0] == "Contents"


def test_nothing_is_complained_of() -> None:
    assert book().findings == ()


def test_the_contents_name_the_pages_on_which_the_titles_stand() -> None:
    listed = {line.split(" . ")[0]: line.split()[-1] for line in lines(7) if " . " in line}
    for title, text in [
        ("Foreword", "Foreword"),
        ("Part One The land", "The land"),
        ("Chapter 1 The first strike", "The first strike"),
        ("Chapter 2 The valley", "The valley"),
        ("Afterword", "Afterword"),
    ]:
        found = [p for p in pages()[7:] if any(line.text.strip() == text for line in p.lines)]
        entry = next(number for name, number in listed.items() if name.strip() == title)
        assert entry == found[0].label


def test_folios_are_roman_to_the_body_then_arabic_from_one() -> None:
    body = next(page.number for page in pages()[7:] if "The land" in lines(page.number))
    assert body % 2 == 1
    labels = [page.label for page in pages()]
    assert labels[:7] == ["i", "ii", "iii", "iv", "v", "vi", "vii"]
    assert labels[body - 1 : body + 2] == ["1", "2", "3"]
    assert lines(7)[-1] == "vii"
    assert lines(body + 2)[-1] == "3"


def test_chapters_begin_on_rectos_without_a_head() -> None:
    for title in ("Foreword", "The first strike", "The valley", "Afterword"):
        opener = next(page.number for page in pages()[7:] if title in lines(page.number))
        assert opener % 2 == 1
        heights = [line.y for line in pages()[opener - 1].lines]
        assert max(heights) < 9 * 72 - 72 - 72  # the sink


def test_running_heads_name_the_book_on_versos_and_the_chapter_on_rectos() -> None:
    opener = next(page.number for page in pages()[7:] if "The first strike" in lines(page.number))
    verso, recto = pages()[opener], pages()[opener + 1]
    heads = [max(page.lines, key=lambda line: line.y).text for page in (verso, recto)]
    squeezed = [head.replace(" ", "").lower() for head in heads]
    assert squeezed == ["theriverbook", "thefirststrike"]


def test_blanks_and_display_pages_show_nothing_in_their_margins() -> None:
    for page in pages():
        if page.number in (2, 6) or len(page.lines) == 0:
            assert page.lines == ()
    back = lines(len(pages()))
    assert back == ["A book of rivers."]


def test_a_note_stands_at_the_foot_of_the_page_that_calls_it() -> None:
    page = pages()[page_with("Rain fell") - 1]
    note = next(line for line in page.lines if "councils of the workers" in line.text)
    text = [line for line in page.lines if line.size > 9.5 and line.y > 90]
    assert note.text.startswith("1.")
    assert note.y < min(line.y for line in text)


def test_justified_lines_end_on_the_margin() -> None:
    """WeasyPrint alone misses it by up to four points, which shows."""
    document = pypdfium2.PdfDocument(book().pdf)
    number = page_with("Rain fell") + 1
    page = document[number - 1].get_textpage()
    text = page.get_text_range().splitlines()
    edge = 6 * 72 - (54 if number % 2 == 0 else 72)
    at = 0
    ends = []
    for line in text:
        last = at + len(line.rstrip()) - 1
        if len(line) > 55:
            ends.append(page.get_charbox(last, loose=True)[2])
        at += len(line) + 2
    assert len(ends) > 20
    assert sum(abs(end - edge) < 0.5 for end in ends) > 0.9 * len(ends)


def test_a_text_that_fits_but_for_its_last_space_is_not_broken_at_its_first() -> None:
    text = "He called <i>them so</i>, and they met in the <b>hall</b> beside the railway"
    narrow = [f'<p style="width: {width}pt">{text}' for width in range(120, 230)]
    css = SMALL.css + "@page { size: 9in 40in; margin: 0 } p { margin: 0 }"
    drawn = render(replace(SMALL, html="<html lang=en>" + "".join(narrow), css=css))
    begun = [line.text for page in pdfium.pdf_text(drawn.pdf) for line in page.lines]
    first = [line.strip() for line in begun if line.startswith("He called")]
    assert len(first) == len(narrow)
    assert "He called them so," not in first


def test_what_comes_to_a_pages_top_stands_there_and_what_is_put_there_keeps_its_distance() -> None:
    css = (
        "@page { size: 200pt 110pt; margin: 0 } div { page: x } section { break-before: page }"
        " body, p, h2 { margin: 0; font: 10pt/20pt V } h2 { margin-top: 40pt }"
    )
    lines = "<p>line" * 5
    html = f"<html lang=en><div>{lines}<div><h2>head</h2></div><section><h2>put</h2></section>"
    drawn = pdfium.pdf_text(render(replace(SMALL, html=html, css=FACE + css)).pdf)
    first, head, put = (page.lines[0] for page in drawn)
    assert head.text == "head"
    assert head.y == pytest.approx(first.y, abs=0.5)
    assert put.y == pytest.approx(first.y - 40, abs=0.5)


def test_the_outline_nests_chapters_in_parts_and_sections_in_chapters() -> None:
    outline = pypdfium2.PdfDocument(book().pdf).get_toc()
    assert [(entry.level, entry.get_title()) for entry in outline] == [
        *((0, "Dedication"), (0, "Contents"), (0, "Foreword"), (0, "Part One: The land")),
        *((1, "Chapter 1: The first strike"), (2, "An assembly"), (1, "Chapter 2: The valley")),
        *((0, "Afterword"), (0, "Back cover")),
    ]


def test_fonts_are_embedded_subsets_of_the_projects_own() -> None:
    fonts = {}
    for page in pypdfium2.PdfDocument(book().pdf):
        for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(drawn)
            name = ctypes.create_string_buffer(100)
            raw.FPDFFont_GetBaseFontName(font, name, 100)
            fonts[name.value.decode()] = raw.FPDFFont_GetIsEmbedded(font)
    assert len(fonts) >= 3
    for font_name, embedded in fonts.items():
        assert re.fullmatch(r"[A-Z]{6}\+Vollkorn[-A-Za-z]*", font_name)
        assert embedded == 1


def test_metadata_language_and_size() -> None:
    pdf = pypdfium2.PdfDocument(book().pdf)
    told = pdf.get_metadata_dict()
    assert (told["Title"], told["Author"]) == ("The River Book", "Ana Example and Ben Example")
    assert (told["CreationDate"], told["ModDate"]) == ("", "")
    language = ctypes.create_string_buffer(20)
    length = raw.FPDFCatalog_GetLanguage(
        pdf, ctypes.cast(language, ctypes.POINTER(raw.FPDF_WCHAR)), 20
    )
    assert language.raw[: length - 2].decode("utf-16-le") == "en"
    assert pdf[0].get_trimbox() == (0, 0, 432, 648)


def test_a_tagged_pdf_has_its_structure() -> None:
    assert raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(render(SMALL).pdf))
    assert not raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(render(SMALL, tagged=False).pdf))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(document()).pdf == book().pdf


def test_the_make_is_named() -> None:
    assert version() == metadata.version("weasyprint")
    assert book().engine.startswith(f"WeasyPrint {version()}, Pango 1.")
    assert book().pages == len(pages())


# --- what is refused ------------------------------------------------------------------

OUTSIDE = {
    "file:///etc/passwd": "file:///etc/passwd",
    "http://example.org/a.png": "http://example.org/a.png",
    "https://example.org/a.png": "https://example.org/a.png",
    "ftp://example.org/a": "ftp://example.org/a",
    "//example.org/b.png": "http://example.org/b.png",
    "/etc/passwd": "/etc/passwd",
    "../../outside.png": "../outside.png",
    "../../../../../../../../../../etc/shadow": "../../../../../../../../../etc/shadow",
    "data:text/html,<p>": "data:text/html",
    "data:image/png;base64," + "A" * 70_000: "data:image/png",
}


def refused(found: tuple[Finding, ...]) -> list[str]:
    return [f.excerpt for f in found if f.code == "PRT001" and f.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "form",
    [
        "p {{ background: url('{}') }}",
        "@import url('{}');",
        "@font-face {{ font-family: V; src: url('{}') }}",
        "p::before {{ content: url('{}') }}",
        "li {{ list-style-image: url('{}') }}",
    ],
)
def test_no_address_in_the_style_sheet_leads_out(form: str) -> None:
    css = "".join(
        form.format(address).replace("p ", f".p{number} ").replace("p::", f".p{number}::")
        for number, address in enumerate(OUTSIDE)
    )
    each = "".join(f"<ul><li class=p{number}>x</ul>" for number in range(len(OUTSIDE)))
    shown = refused(render(replace(SMALL, html=SMALL.html + each, css=css)).findings)
    if "list-style" in form:  # one rule after the other for the same element: the last counts
        assert len(shown) == 1
        return
    assert len(shown) == len(OUTSIDE)
    for wanted, got in zip(OUTSIDE.values(), shown, strict=True):
        assert got.startswith(wanted)


@pytest.mark.parametrize(
    "form", ['<img src="{}">', '<link rel=stylesheet href="{}">', '<object data="{}"></object>']
)
def test_no_address_in_the_text_leads_out(form: str) -> None:
    # The text stands at the project's root, one folder above the style sheet.
    addresses = [a.replace("../", "", 1) if a.startswith("../../") else a for a in OUTSIDE]
    html = SMALL.html + "".join(form.format(address) for address in addresses)
    shown = refused(render(replace(SMALL, html=html)).findings)
    assert len(shown) == len(OUTSIDE)


def test_nothing_can_be_attached() -> None:
    html = SMALL.html + '<link rel=attachment href="file:///etc/passwd">'
    drawn = render(replace(SMALL, html=html))
    assert refused(drawn.findings) == ["file:///etc/passwd"]
    assert b"EmbeddedFile" not in drawn.pdf


def test_percent_signs_do_not_help() -> None:
    html = SMALL.html + '<img src="..%2f..%2fetc%2fpasswd"><img src="%2e%2e/x.png">'
    found = render(replace(SMALL, html=html)).findings
    assert {f.code for f in found} & {"PRT001", "PRT002"}
    assert len([f for f in found if f.code in ("PRT001", "PRT002")]) == 2


def test_what_is_in_the_project_is_served_by_its_name() -> None:
    css = '@import "more.css";' + FACE
    files = dict(SMALL.resources) | {"styles/more.css": b"p::before { content: 'served ' }"}
    drawn = render(replace(SMALL, css=css, resources=files))
    assert drawn.findings == ()
    assert "served" in pdfium.pdf_text(drawn.pdf)[0].lines[0].text


def test_a_small_picture_in_the_style_sheet_is_let_in() -> None:
    svg = "%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
    css = SMALL.css + f'p {{ background: url("data:image/svg+xml,{svg}") }}'
    assert render(replace(SMALL, css=css)).findings == ()


# --- what is said ---------------------------------------------------------------------


def test_complaints_about_the_style_sheet_have_their_line() -> None:
    found = render(replace(SMALL, css="p { margin: 0 }\np {\n  colour: red;\n}")).findings
    (complaint,) = [f for f in found if f.code == "PRT005"]
    assert (complaint.severity, str(complaint.place)) == (
        Severity.WARNING,
        "styles/print.css:3:3",
    )
    assert "colour" in complaint.message


def test_a_missing_file_is_told_once_and_named() -> None:
    html = SMALL.html + '<img src="images/no.png"><img src="images/no.png">'
    found = render(replace(SMALL, html=html)).findings
    assert [f.excerpt for f in found if f.code == "PRT002"] == ["images/no.png"]


def test_a_broken_picture_is_told() -> None:
    html = SMALL.html + '<img src="images/a.png">'
    found = render(replace(SMALL, html=html, resources={"images/a.png": b"\x89PNG nonsense"}))
    assert "PRT005" in codes(found.findings)


def test_a_font_of_the_machine_and_a_letter_without_shape_are_told() -> None:
    assert render(SMALL).findings == ()
    css = SMALL.css.replace("10pt/12pt V", "10pt/12pt Elsewhere")
    (foreign,) = render(replace(SMALL, css=css)).findings
    assert (foreign.code, foreign.severity) == ("PRT004", Severity.WARNING)
    assert "One two three".replace(" ", "")[0] in foreign.message
    (shapeless,) = render(replace(SMALL, html=SMALL.html + "\uf123")).findings
    assert (shapeless.code, shapeless.severity) == ("PRT003", Severity.ERROR)
    assert "U+F123" in shapeless.message


# --- faults ---------------------------------------------------------------------------


def worker(monkeypatch: pytest.MonkeyPatch, prelude: str) -> None:
    """Let the engine's process begin with `prelude`."""
    program = (
        "import runpy, sys, os, time, ctypes\n"
        "from booktools.engines import weasy_worker, weasy_tuning\n"
        f"{prelude}\n"
        "weasy_worker.main()"
    )
    monkeypatch.setattr(weasy, "_WORKER", (sys.executable, "-P", "-c", program))


def test_a_first_run_keeps_the_declarations_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker(monkeypatch, f"weasy_tuning.__file__ = {str(tmp_path / 'tuning.py')!r}")
    first, second = render(SMALL), render(SMALL)
    assert len(list((tmp_path / "__pycache__").glob("weasy_ffi_*.py"))) == 1
    assert first.findings == second.findings == ()
    assert first.pdf == second.pdf


def test_missing_libraries_name_their_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(
        monkeypatch,
        "import cffi\n"
        "def dlopen(self, name, flags=0): raise OSError(f'cannot load library {name!r}')\n"
        "cffi.FFI.dlopen = dlopen\n"
        "weasy_tuning.known = lambda: False",
    )
    with pytest.raises(EngineMissing) as caught:
        render(SMALL)
    assert "cannot load library" in caught.value.message
    for remedy in ("apt-get install libpangoft2-1.0-0", "dnf install", "brew install"):
        assert remedy in caught.value.hint


def test_weasyprint_itself_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(weasy.metadata, "version", nowhere)
    with pytest.raises(EngineMissing, match="not installed"):
        render(SMALL)


def test_an_exception_in_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(
        monkeypatch,
        "def typeset(*_): raise AssertionError('layout')\nweasy_worker.typeset = typeset",
    )
    with pytest.raises(EngineFailed) as caught:
        render(SMALL)
    assert "AssertionError: layout" in caught.value.hint


def test_a_crash_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(monkeypatch, "weasy_worker.typeset = lambda *_: ctypes.string_at(0)")
    with pytest.raises(EngineFailed, match=f"signal {signal.SIGSEGV.value}"):
        render(SMALL)


@pytest.mark.parametrize("answer", ["", "{}", '{"size": 9}', "not json", '{"size": 4}\\n%PDF'])
def test_an_engine_that_writes_no_whole_pdf(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    lie = f"def main(): sys.stdin.buffer.read(); sys.stdout.write('{answer}')\n"
    worker(monkeypatch, lie + "weasy_worker.main = main")
    with pytest.raises(EngineFailed, match="no whole PDF"):
        render(SMALL)


@pytest.mark.parametrize("sleep", ["time.sleep(60)", "ctypes.PyDLL(None).sleep(60)"])
def test_an_engine_that_hangs_is_ended_in_time(monkeypatch: pytest.MonkeyPatch, sleep: str) -> None:
    worker(monkeypatch, f"weasy_worker.typeset = lambda *_: {sleep}")
    start = time.monotonic()
    with pytest.raises(EngineFailed, match="within 1 seconds"):
        render(SMALL, timeout=1)
    assert time.monotonic() - start < 10


def test_an_endless_book_is_ended_in_time() -> None:
    endless = replace(SMALL, html=SMALL.html + "<p>word " * 400_000)
    with pytest.raises(EngineFailed, match="did not finish"):
        render(endless, timeout=1)


def test_a_longer_book_is_given_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed: list[float] = []

    def ended(request: bytes, timeout: float, stop: object) -> tuple[bytes, str]:
        allowed.append(timeout)
        return b"", ""

    monkeypatch.setattr(weasy, "_run", ended)
    for length in (1_000, 1_000_000, 2_000_000):
        with pytest.raises(EngineFailed):
            render(replace(SMALL, html="x" * length))
    small, large, larger = allowed
    assert 120 <= small < 125
    assert large > 240
    assert larger - large == pytest.approx(large - small, rel=0.01)


def test_print_of_a_library_does_not_get_into_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(
        monkeypatch,
        "plain = weasy_worker.typeset\n"
        "def typeset(*a):\n"
        "    os.write(1, b'(process:77): Pango-WARNING **: 12:00:00.123: odd font\\n')\n"
        "    return plain(*a)\n"
        "weasy_worker.typeset = typeset",
    )
    found = render(SMALL).findings
    assert [(f.code, f.excerpt) for f in found] == [("PRT006", "Pango-WARNING: odd font")]


HANG = """
import sys, ctypes, time
from booktools.engines import weasy
from booktools.model.printed import PrintDocument
program = '''
import os, sys, time, ctypes
from booktools.engines import weasy_worker
def typeset(*_):
    open({mark!r}, "w").write(str(os.getpid()))
    {hang}
weasy_worker.typeset = typeset
weasy_worker.main()
'''
weasy._WORKER = (sys.executable, "-P", "-c", program)
weasy.render(PrintDocument("<p>x", ""), timeout={timeout})
"""


@pytest.fixture
def mark(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "pid"
    yield path
    if path.exists() and alive(int(path.read_text() or 0)):
        os.kill(int(path.read_text()), signal.SIGKILL)


def alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def gone(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(pid)


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="asks /proc who lives")
@pytest.mark.parametrize(
    ("hang", "timeout", "seconds"),
    [("time.sleep(60)", 60, 10), ("ctypes.PyDLL(None).sleep(60)", 6, 20)],
)
def test_a_killed_build_leaves_no_process(
    mark: Path, hang: str, timeout: int, seconds: float
) -> None:
    script = HANG.replace("{mark!r}", repr(str(mark))).replace("{hang}", hang)
    parent = subprocess.Popen(
        [sys.executable, "-c", script.replace("{timeout}", str(timeout))],
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 20
    while not (mark.exists() and mark.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    pid = int(mark.read_text())
    parent.kill()
    parent.wait()
    assert gone(pid, seconds)


def test_no_temporary_file_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    render(document())
    with pytest.raises(EngineFailed):
        render(document(), timeout=0.2)
    assert list(tmp_path.iterdir()) == []


# --- the tuning -----------------------------------------------------------------------


def plain(monkeypatch: pytest.MonkeyPatch, *left_in: str) -> None:
    """The engine with these changes of ours and no others."""
    keep = "".join(f"weasy_tuning.{name} = (lambda: None)\n" for name in left_in)
    worker(monkeypatch, keep)


@pytest.mark.parametrize("change", ["_fonts", "import_text_library"])
def test_a_tuning_changes_no_byte(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    plain(monkeypatch, change)
    assert render(document()).pdf == book().pdf


def test_compression_changes_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    plain(monkeypatch, "_compression")
    other = render(document()).pdf
    assert other != book().pdf
    assert pictures(other) == pictures(book().pdf)


def test_the_lines_keep_their_words_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    plain(monkeypatch, "_lines")
    untuned = pdfium.pdf_text(render(document()).pdf)
    squeezed = [
        ["".join(line.text.split()) for page in found for line in page.lines]
        for found in (untuned, pages())
    ]
    assert "".join(squeezed[0]).replace("\u2010", "") == "".join(squeezed[1]).replace("\u2010", "")
    assert len(untuned) == len(pages())


def test_another_weasyprint_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    worker(monkeypatch, "weasy_tuning.KNOWN['weasyprint'] = '69.9'")
    drawn = render(SMALL)
    assert drawn.engine.endswith("(plain)")
    assert drawn.findings == ()


def pictures(pdf: bytes) -> list[bytes]:
    return [
        page.render(scale=0.5).to_pil().tobytes()  # type: ignore[no-untyped-call]
        for page in pypdfium2.PdfDocument(pdf)
    ]
