"""Archives from strangers: bounded, confined, refused with a sentence."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.errors import SourceError
from booktools.read import packed
from booktools.read.documents import About, about, kind_of
from booktools.read.packed import unpacked
from papers import archive

HEART = {"[Content_Types].xml": "<Types/>"}
DOCX = archive({**HEART, "word/document.xml": "<w/>", "word/media/a.png": b"\x89PNG"})


def refused(data: bytes, kind: str = "docx") -> SourceError:
    with pytest.raises(SourceError) as caught:
        unpacked(data, kind, "book.docx")
    assert caught.value.hint
    assert caught.value.place
    assert caught.value.place.file == "book.docx"
    return caught.value


def test_what_is_in_order_can_be_read() -> None:
    found = unpacked(DOCX, "docx", "book.docx")
    assert found.find("word/media/a.png") == "word/media/a.png"
    assert found.find("media/a.png") == "word/media/a.png"
    assert found.find("b.png") == ""
    assert found.read("word/media/a.png") == b"\x89PNG"


def test_a_name_that_several_files_end_in_means_none() -> None:
    data = archive({**HEART, "a/x.png": b"1", "b/x.png": b"2"})
    assert unpacked(data, "docx", "book.docx").find("x.png") == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"Dear reader", "not a DOCX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word document, or one with a password"),
        (DOCX[:60], "damaged"),
        (archive({"a.txt": "x"}), "this ZIP file is not a DOCX file"),
        (archive({**HEART, "../../evil": "x"}), "leads out of it"),
        (archive({**HEART, "/etc/cron.d/x": "x"}), "leads out of it"),
        (archive({**HEART, "a\\..\\b": "x"}), "leads out of it"),
        (archive({**HEART, "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>'}), "entities"),
        (
            archive({**HEART, "d.xml": '<!DOCTYPE a [<!ENTITY b "c">]>'.encode("utf-16")}),
            "entities",
        ),
        (archive({**HEART, "d.xml": " " * (2**20 - 4) + '<!ENTITY b "c">'}), "entities"),
    ],
)
def test_what_is_refused(data: bytes, said: str) -> None:
    assert said in refused(data).message


def test_a_file_given_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("[Content_Types].xml", "x")
    assert "twice" in refused(out.getvalue()).message


def test_a_locked_one_is_refused() -> None:
    data = bytearray(DOCX)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refused(bytes(data)).message


def test_a_book_with_a_lock_on_its_text_is_refused() -> None:
    locked = '<CipherData><CipherReference URI="OEBPS/ch1.xhtml"/></CipherData>'
    data = archive({"META-INF/container.xml": "<c/>", "META-INF/encryption.xml": locked})
    assert "DRM" in refused(data, "epub").message
    fonts = locked.replace("ch1.xhtml", "font.otf")
    data = archive({"META-INF/container.xml": "<c/>", "META-INF/encryption.xml": fonts})
    assert unpacked(data, "epub", "book.epub").sizes


def test_one_that_unfolds_without_end_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive({**HEART, "a.bin": bytes(3 * 2**20), "b.bin": bytes(3 * 2**20)})
    assert len(bomb) < 20_000
    monkeypatch.setattr(packed, "MOST_BYTES", 4 * 2**20)
    assert "unpacked it has 6 MiB" in refused(bomb).message
    monkeypatch.setattr(packed, "MOST_BYTES", 512 * 2**20)
    monkeypatch.setattr(packed, "MOST_XML", 2**20)
    assert unpacked(bomb, "docx", "book.docx").sizes
    big = archive({**HEART, "word/document.xml": bytes(2 * 2**20)})
    assert "document.xml in it has 2 MiB" in refused(big).message


def test_one_that_lies_about_its_size_is_damaged() -> None:
    data = bytearray(archive({**HEART, "a.xml": "<a>" + "x" * 5000 + "</a>"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert "damaged" in refused(bytes(data)).message


def test_more_files_than_anybody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_FILES", 5)
    assert "more than are read" in refused(archive({str(n): "" for n in range(6)})).message


def test_a_picture_that_is_too_large() -> None:
    found = unpacked(DOCX, "docx", "book.docx")
    with pytest.raises(SourceError, match="too large"):
        found.read("word/media/a.png", 3)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail),
        st.tuples(st.integers(0, len(DOCX) - 1), st.integers(0, 255)).map(
            lambda change: DOCX[: change[0]] + bytes([change[1]]) + DOCX[change[0] + 1 :]
        ),
        st.integers(0, len(DOCX)).map(lambda end: DOCX[:end]),
    )
)
def test_whatever_the_bytes_are_they_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        assert unpacked(data, "docx", "book.docx").sizes


# --- what documents say of themselves ----------------------------------------------------

CORE = """<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>The  Salt Road</dc:title><dc:creator>Ada Quill; Bo Ink</dc:creator>
<dc:language>en-GB</dc:language></cp:coreProperties>"""


def test_properties_are_read() -> None:
    found = unpacked(archive({**HEART, "docProps/core.xml": CORE}), "docx", "book.docx")
    assert about(found, "docx") == About("The Salt Road", ("Ada Quill", "Bo Ink"), "en-GB")
    broken = unpacked(archive({**HEART, "docProps/core.xml": "<cp:"}), "docx", "book.docx")
    assert about(broken, "docx") == about(unpacked(DOCX, "docx", "b"), "docx") == About()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.DOCX", "docx"), ("b.htm", "html"), ("c.md", "markdown"), ("d.txt", ""), ("docx", "")],
)
def test_the_kind_of_a_file(name: str, kind: str) -> None:
    assert kind_of(name) == kind
