"""Files from strangers: each kind of bad input is refused with a place and a remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errors import BooktoolsError, ConfigError, ManuscriptError, SourceError
from booktools.store import inside, read_bytes, read_text, stamp, write_files
from booktools.store.reading import MAX_LINE, MAX_TEXT, decode

LONG = "Ordinary text of a book.\n" * 8


def refusal(data: bytes, error: type[BooktoolsError] = ManuscriptError, **how: str) -> str:
    with pytest.raises(error) as caught:
        decode(data, "a.txt", error=error, **how)
    assert caught.value.hint
    return str(caught.value)


def test_line_ends_and_byte_order_mark() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "a.txt") == "a\nb\nc\n"


def test_invalid_utf8_has_offset_and_line() -> None:
    said = refusal(b"one\ntwo\nth\x80ree\n")
    assert "a.txt:3: not valid UTF-8: byte 0x80 at offset 10" in said


def test_latin_1_is_recognised_and_the_remedy_fits() -> None:
    latin = "one\nMéndez dijo: «allá».\n".encode("cp1252")
    said = refusal(latin, SourceError)
    assert "a.txt:2" in said
    assert "looks like Windows-1252 or Latin-1" in said
    assert 'encoding = "windows-1252"' in said
    assert "Save it as UTF-8." in refusal(latin, ManuscriptError)
    assert decode(latin, "a.txt", encoding="windows-1252") == "one\nMéndez dijo: «allá».\n"
    assert "looks like" not in refusal(bytes(range(128, 256)))


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised(codec: str) -> None:
    assert "looks like UTF-16" in refusal(LONG.encode(codec))
    said = refusal(LONG.encode(codec), SourceError)
    assert 'encoding = "utf-16"' in said
    if codec == "utf-16":
        assert decode(LONG.encode(codec), "a.txt", encoding=codec) == LONG


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04....", "DOCX"),
        (b"\x89PNG\r\n", "PNG"),
        (b"text\n\0\0\0\1\2", "a.txt:2: this is binary, not text: a zero byte at offset 5"),
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
    ],
)
def test_not_text(data: bytes, what: str) -> None:
    assert what in refusal(data)
    assert what in refusal(data, SourceError)


def test_unprintable_characters_stop_a_manuscript_and_not_a_source() -> None:
    assert "a.txt:2:3: an unprintable character, U+0002" in refusal(b"one\ntw\x02o")
    assert decode(b"one\ntw\x02o", "a.txt", error=SourceError) == "one\ntw\x02o"
    assert decode(b"a\tb\fc\n", "a.txt") == "a\tb\fc\n"


def test_a_line_without_end() -> None:
    said = refusal(b"short\n" + b"x" * (MAX_LINE + 1) + b"\n")
    assert "a.txt:2: a line of 1,048,577 characters" in said
    assert decode(b"x" * MAX_LINE + b"\n", "a.txt")


def test_fifty_megabytes_are_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(SourceError, match=r"a\.txt: too large: 50 MiB, where 32 MiB"):
        read_text(tmp_path, "a.txt", error=SourceError)
    assert MAX_TEXT == 32 * 2**20


def test_missing_folder_and_pipe(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.txt: there is no such file"):
        read_text(tmp_path, "a.txt", error=SourceError)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ManuscriptError, match="folder"):
        read_text(tmp_path, "folder")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ManuscriptError, match="not a file"):
        read_bytes(tmp_path, "pipe")


def test_paths_stay_inside(tmp_path: Path) -> None:
    root = tmp_path / "book"
    (root / "images").mkdir(parents=True)
    (tmp_path / "secret").write_text("x")
    (root / "images/link").symlink_to("../../secret")
    (root / "images/fine").symlink_to("../a")
    (root / "ring").symlink_to("ring")
    assert inside(root, "images/fine") == (root / "a").resolve()
    for bad in ["../secret", "/etc/passwd", "images/../../secret", "images/link", "", "a\0b"]:
        with pytest.raises(ManuscriptError):
            inside(root, bad)
        with pytest.raises(SourceError):
            read_bytes(root, bad, error=SourceError)
    for bad in ["C:/x", "a\\b", "ring/x"]:
        with pytest.raises(ConfigError):
            read_bytes(root, bad, error=ConfigError)
    link = tmp_path / "to-book"
    link.symlink_to(root)
    assert inside(link, "images") == (root / "images").resolve()


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16", "latin-1", "windows-1252"]))
def test_any_bytes_are_text_or_refused(data: bytes, encoding: str) -> None:
    try:
        text = decode(data, "a.txt", error=SourceError, encoding=encoding)
    except SourceError:
        text = "refused"
    assert text.strip()
    assert "\r" not in text


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    assert stamp(tmp_path, "a.txt") == (0, 0, 0)
    write_files(tmp_path, {"a.txt": b"one"})
    first = stamp(tmp_path, "a.txt")
    assert stamp(tmp_path, "a.txt") == first
    write_files(tmp_path, {"a.txt": b"two"})
    assert stamp(tmp_path, "a.txt") != first
