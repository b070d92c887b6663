"""Reading the text of a finished EPUB: order, lines, and files that mean no good."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.check import epub_text as module
from booktools.check.epub_text import epub_text
from booktools.errors import BooktoolsError, SourceError
from finished_book import finished_epub

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="E/p.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    '<item id="b" href="b.xhtml"/><item id="a" href="t/a%20b.xhtml"/></manifest>'
    '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
)
HTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head>\n{}</html>'


def page(body: str) -> str:
    return HTML.format(f"<body>{body}</body>")


def archive(**change: str | bytes | None) -> bytes:
    files: dict[str, str | bytes | None] = {
        "META-INF/container.xml": CONTAINER,
        "E/p.opf": OPF,
        "E/b.xhtml": page("<p>Second</p>"),
        "E/t/a b.xhtml": page("<p>First <i>one</i>,</p>\n<p>more</p>"),
    }
    names = {"container": "META-INF/container.xml", "opf": "E/p.opf", "b": "E/b.xhtml"}
    files |= {names[key]: value for key, value in change.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            if content is not None:
                target.writestr(name, content)
    return out.getvalue()


def test_the_spine_gives_the_order() -> None:
    pieces = [piece for piece in epub_text(archive()) if piece.text.strip()]
    assert [piece.text.strip() for piece in pieces] == ["First", "one", ",", "more", "Second"]
    assert [(piece.file, piece.line) for piece in pieces][3:] == [
        ("E/t/a b.xhtml", 3),
        ("E/b.xhtml", 2),
    ]


def test_what_a_reader_never_sees_is_left_out() -> None:
    body = "<p>a</p><script>b</script><style>c</style><nav hidden=''>d</nav>e<!-- f --><?g h?>i"
    text = "".join(piece.text for piece in epub_text(archive(b=page(body))))
    assert text.endswith("aei")


def test_a_whole_edition_is_read() -> None:
    files = [piece.file for piece in epub_text(finished_epub())]
    assert len(set(files)) > 4
    assert all(file.startswith("EPUB/") for file in files)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a whole EPUB"),
        (b"%PDF-1.7", "not a whole EPUB"),
        (finished_epub, "not a whole EPUB"),
        (archive(container=None), "lacks META-INF/container.xml"),
        (archive(opf=None), "lacks E/p.opf"),
        (archive(b=None), "lacks E/b.xhtml"),
        (archive(b="<p>unclosed"), "not well-formed"),
        (archive(b="<html/>"), "has no body"),
        (archive(opf=OPF.replace('idref="a"', 'idref="z"')), "'z'"),
        (archive(opf=OPF.replace("itemref", "ref")), "empty spine"),
    ],
)
def test_what_is_no_epub_is_refused(data: object, says: str) -> None:
    content = data if isinstance(data, bytes) else finished_epub()[:5000]
    with pytest.raises(SourceError, match=says):
        epub_text(content, "x.epub")


def test_entities_of_its_own_are_refused() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY x "boom">]>' + page("<p>&x;</p>")
    with pytest.raises(SourceError, match="entity"):
        epub_text(archive(b=bomb))


def test_outside_files_are_never_read() -> None:
    evil = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page("<p>&x;</p>")
    with pytest.raises(SourceError, match="entity"):
        epub_text(archive(b=evil))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DOCUMENT", 10_000)
    with pytest.raises(SourceError, match="more than a book"):
        epub_text(archive(b=page("<p>" + "a" * 20_000 + "</p>")))
    monkeypatch.setattr(module, "MAX_FILES", 3)
    with pytest.raises(SourceError, match="more than 3 files"):
        epub_text(archive())


def test_an_unusual_packing_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as target:
        target.writestr("META-INF/container.xml", CONTAINER)
    with pytest.raises(SourceError, match="no EPUB may use"):
        epub_text(out.getvalue())


def test_deep_nesting_is_read_or_refused() -> None:
    deep = "<div>" * 200 + "x" + "</div>" * 200
    assert "".join(p.text for p in epub_text(archive(b=page(deep)))).endswith("x")
    with pytest.raises(SourceError):
        epub_text(archive(b=page("<div>" * 5000 + "x" + "</div>" * 5000)))


@given(st.integers(0), st.binary(min_size=1, max_size=9))
def test_damage_never_shows_the_librarys_own_errors(at: int, junk: bytes) -> None:
    whole = archive()
    at %= len(whole)
    with suppress(BooktoolsError):
        epub_text(whole[:at] + junk + whole[at + len(junk) :])
