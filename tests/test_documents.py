"""Documents that pandoc reads, from their bytes to chapters: nothing lost, all told."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageFile

from booktools import documents
from booktools.check.conservation import account, letters, sourced_letters
from booktools.clean.rules import RULES
from booktools.documents import Taken
from booktools.engines import pandoc
from booktools.errors import ConfigError, EngineFailed, SourceError
from booktools.manuscript.adopt import Document, Titles
from booktools.manuscript.parse import parse_book
from booktools.manuscript.write import chapter_markdown
from booktools.model.finding import Severity
from booktools.model.galley import Edit
from booktools.model.place import Span
from booktools.read.documents import About
from papers import BOOK, archive, paper, png, repacked

TITLES = Titles("The Salt Road", "en", ("Ada Quill",))
KINDS = ["docx", "odt", "epub", "html", "latex", "markdown"]
ENDING = {"latex": "tex", "markdown": "md"}


def beside(document: str, name: str) -> bytes:
    if name == "quay.png":
        return png()
    raise SourceError("there is no such file")


def taken(data: bytes | str, kind: str = "markdown", titles: Titles = TITLES) -> Taken:
    raw = data.encode() if isinstance(data, str) else data
    files = [(f"book.{ENDING.get(kind, kind)}", raw)]
    return documents.take(documents.read(files, beside, lambda step: None), titles)


def text(made: Taken) -> str:
    return "\n".join(chapter_markdown(chapter) for chapter in made.adopted.chapters)


def codes(made: Taken) -> set[str]:
    return {finding.code for finding in (*made.findings, *made.proof.findings)}


def proved(made: Taken) -> None:
    """Every letter of the tree is in the chapters that are read back from Markdown."""
    assert made.proof.findings == ()
    shaped = made.shaped(made.galley)
    files = [(c.file, chapter_markdown(c)) for c in shaped.chapters]
    back = parse_book(files, pandoc.to_json_all(files)) if files else ()
    settled = made.proof.over(account(made.galley, shaped.order, back, shaped.untitled))
    assert settled.findings == ()
    removed = sum(entry.removed for entry in settled.entries)
    added = sum(entry.added for entry in settled.entries)
    assert settled.source - removed + added == settled.manuscript


# --- each kind ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_book_of_each_kind(kind: str) -> None:
    made = taken(BOOK if kind == "markdown" else paper(kind), kind)
    proved(made)
    first, second = made.adopted.chapters
    assert (first.id, second.id) == ("the-quay", "the-salt")
    written = text(made)
    for expected in (
        "It was *raining*, and the **ferry** was late.[^1]",
        "[the map](https://maps.example.org/)",
        "> A quotation of two sentences.\n> This is the second.",
        "| The tide goes out,\n| the tide comes in,",
        "1.  bread",
        "“not even the postman”",
        "[^1]: By two hours.\n\n    It often was.",
    ):
        if kind == "latex" and expected.startswith("|"):
            continue  # pandoc's LaTeX has a paragraph for each line of verse
        assert expected in written, expected
    if kind == "latex":  # pandoc cannot read back how it writes a picture, and says so
        assert "DOC002" in codes(made)
        return
    assert list(made.images.values()) == [png()]
    (name,) = made.images
    assert f"]({name}){{#" in written
    if kind not in ("docx", "odt"):  # which lead nowhere any more when pandoc has written them
        assert "[the road](#the-road)" in written


@pytest.mark.parametrize("kind", ["docx", "odt", "epub"])
def test_what_a_document_says_of_itself(kind: str) -> None:
    read = documents.read([(f"book.{kind}", paper(kind))], None, lambda step: None)
    assert (read.about.title, read.about.creators) == ("The Salt Road", ("Ada Quill",))
    assert read.about.language == "en"
    assert read.images == {}


def test_several_documents_follow_one_another() -> None:
    files = [
        ("1.md", b"# One\n\nA [there](#two) a.\n"),
        ("2.md", b"Goes on.\n\n# Two\n\n## Below\n"),
    ]
    made = documents.take(documents.read(files, None, lambda step: None), TITLES)
    assert [chapter.id for chapter in made.adopted.chapters] == ["one", "two"]
    assert "Goes on." in chapter_markdown(made.adopted.chapters[0])
    assert made.adopted.files == ("1.md", "2.md")
    assert "DOC004" in codes(made)  # a link counts in its own document only


# --- chapters -------------------------------------------------------------------------


def ids(source: str, titles: Titles = TITLES) -> list[str]:
    made = taken(source, titles=titles)
    proved(made)
    return [chapter.id for chapter in made.adopted.chapters]


def test_chapters_begin_at_the_top_headings() -> None:
    assert ids("# A\n\n## B\n\n# C\n") == ["a", "c"]
    assert ids("## A\n\n### B\n\n## C\n") == ["a", "c"]
    assert ids("### A\n") == ["a"]


def test_the_books_own_title_is_no_chapter() -> None:
    assert ids("# The Salt Road\n\nAda Quill\n\n## A\n\n## B\n") == ["a", "b"]
    assert ids("# Else\n\n## A\n\n## B\n") == ["else", "a", "b"]
    assert ids("# The Salt Road[^1]\n\n[^1]: A note.\n\n## A\n\n## B\n")[0] == "the-salt-road"


def test_text_before_the_first_heading_has_the_books_title() -> None:
    made = taken("Once.\n\n# A\n\nText.\n")
    assert [chapter.id for chapter in made.adopted.chapters] == ["the-salt-road", "a"]
    assert made.adopted.untitled == {"the-salt-road"}
    proved(made)


def test_parts_hold_chapters() -> None:
    source = "# Part One\n\n## A\n\n## B\n\n# Part Two: More\n\n## C\n"
    made = taken(source)
    roles = [(chapter.id, chapter.role.value) for chapter in made.adopted.chapters]
    assert roles[0] == ("part-one", "part")
    assert [name for name, _ in roles] == ["part-one", "a", "b", "part-two-more", "c"]


def test_roles_come_from_titles_where_they_can_stand() -> None:
    source = "# Preface\n\na\n\n# Preface\n\nb\n\n# One\n\nc\n\n# Preface\n\nd\n\n# Appendix\n\ne\n"
    made = taken(source)
    roles = [chapter.role.value for chapter in made.adopted.chapters]
    assert roles == ["preface", "preface", "chapter", "chapter", "appendix"]


def test_a_number_over_a_title_is_its_label() -> None:
    made = taken("<h1>Chapter I.<br>Loomings</h1><p>a</p>", "html")
    (chapter,) = made.adopted.chapters
    assert (chapter.label, chapter.id) == ("Chapter I.", "loomings")
    proved(made)


# --- what a manuscript cannot hold --------------------------------------------------------


SPAN = "<h1>A</h1><table><tr><td colspan=2>a</td></tr><tr><td>c</td><td>d</td></tr></table>"
LAID = (
    "<h1>A</h1><table><tr><td>a</td><td><img src=x></td></tr><tr><td>c</td><td>d</td></tr></table>"
)


@pytest.mark.parametrize(
    ("source", "kind", "wanted", "code"),
    [
        ("# A\n\n~~gone~~ here\n", "markdown", "gone here", "DOC007"),
        ("# A\n\nso $x^2$ is\n", "markdown", "so x\\^2 is", "DOC006"),
        ("# A\n\n```\nlet x\n  y\n```\n", "markdown", "| let x\n| \u00a0\u00a0y", "DOC006"),
        ("# A\n\n| a | b |\n|---|---|\n| c | d |\n", "markdown", "| a | b |\n|---|---|\n| c", ""),
        (SPAN, "html", "| a |  |\n", "DOC003"),
        (LAID, "html", "-   a", "DOC003"),
        ("# A\n\nx [y](javascript:z) w\n", "markdown", "x y w", "DOC004"),
        ("# A\n\nx [y](#nowhere) w\n", "markdown", "x y w", "DOC004"),
        ("# A\n\nx ![alt](http://a.org/b.png) w\n", "markdown", "(images/b.jpg)", "DOC005"),
        ("# A\n\nx ![alt](../../etc/passwd) w\n", "markdown", "(images/passwd.jpg)", "DOC005"),
        ("# A\n\n<b>x</b> <br/>y\n", "markdown", "x\\\ny", ""),
        ("# A\n\n* * *\n\n***\n\nb\n", "markdown", "* * *\n\n* * *", ""),
        ("<h1>A</h1><p>⁂</p><p>b</p>", "html", "* * *", ""),
        ("<h1>A</h1><textarea>lost words</textarea>", "html", "", "DOC002"),
        ("<h1>A</h1><script>no words</script>b", "html", "b", ""),
        ("<h1>A</h1><p>a <q>b</q> <u>c</u></p>", "html", "a “b” *c*", ""),
        ("<h1>A</h1><div lang=fr><p>mot</div>", "html", "[mot]{lang=fr}", ""),
        ("<h1>A</h1><dl><dt>T<dd>d</dl>", "html", "-   **T**\n\n    d", ""),
        ("<h1>A</h1><div class=poem><p>a<br>b</p><p>c</p></div>", "html", "| a\n| b\n|\n| c", ""),
        ("<h1>A</h1><div class=poem><p>a</p><p>b</p></div>", "html", "| a\n| b", ""),
        (
            "<h1>A</h1><div class=poem><div class=stanza><div class=line>a</div><div class=line>b"
            "</div></div><div class=stanza><div class=line>c</div></div></div>",
            "html",
            "| a\n| b\n|\n| c",
            "",
        ),
        ("<h1>A</h1><p>a<br>b<br>c</p>", "html", "| a\n| b\n| c", ""),
        ("<h1>A</h1><table><tr><td><h1>B</h1>b</table>", "html", "b", ""),
        ("\\section{A} ``so'' \\foo{lost words}", "latex", "“so”", "DOC002"),
        ("\\section{A} \\input{/etc/passwd} b", "latex", "b", "DOC002"),
    ],
)  # fmt: skip
def test_what_becomes_of(source: str, kind: str, wanted: str, code: str) -> None:
    made = taken(source, kind)
    proved(made)
    assert wanted in text(made)
    assert code in codes(made) if code else not codes(made)
    assert "root:" not in text(made)


def test_a_note_on_a_note_goes_below_it() -> None:
    def said(word: str) -> dict[str, object]:
        return {"t": "Str", "c": word}

    inner = {"t": "Note", "c": [{"t": "Para", "c": [said("inner")]}]}
    outer = {"t": "Note", "c": [{"t": "Para", "c": [said("outer"), inner]}]}
    tree = {"blocks": [{"t": "Para", "c": [said("text"), outer]}], "meta": {}}
    read = documents.Read((Document("a.docx", tree, {}),), {}, About(), ())
    made = documents.take(read, TITLES)
    proved(made)
    assert "[^1]: outer\n\n    inner" in text(made)
    assert codes(made) == {"DOC009"}


LINKED = """<h2>One</h2><p>Text<a id="r1" href="#n1">[1]</a> and
<sup><a id="r2" href="#n2">2</a></sup>,
see <a href="https://a.org">3</a> and <a href="#one">4</a>.</p>
<h2>Notes</h2><ol><li id="n1"><p>First.</p><p>Goes on. <a href="#r1">back</a></p></li>
<li id="n2">2. Second <i>one</i> <a href="#r2">↩</a></li></ol>"""


def test_notes_that_are_links_become_notes() -> None:
    made = taken(LINKED, "html")
    proved(made)
    (chapter,) = made.adopted.chapters
    written = chapter_markdown(chapter)
    assert "Text[^1] and [^2], see [3](https://a.org) and [4](#one)." in written
    assert "[^1]: First.\n\n    Goes on." in written
    assert "[^2]: Second *one*" in written
    assert "Notes" not in written
    rules = {entry.rule: entry.removed for entry in made.proof.entries}
    assert rules["note-marks"] == len("[1]2back↩2.Notes")


def test_the_notes_of_a_poem_come_behind_it() -> None:
    made = taken(
        "# One\n\n| The hill,[^1]\n| and the lamps[^2] below\n\n> | Quoted[^3]\n> | and on\n\n"
        "[^1]: First.\n[^2]: Second.\n[^3]: Third.\n"
    )
    proved(made)
    blocks = [text for block in made.galley.blocks if (text := block.text.strip())]
    verse = ["The hill,\nand the lamps below", "First.", "Second.", "Quoted\nand on", "Third."]
    assert blocks[-5:] == verse


def test_links_that_do_not_lead_back_stay_links() -> None:
    source = '<h2>A</h2><p>x<a href="#b" id="a">1</a></p><h2 id="b">B</h2><p>y</p>'
    assert "x[1](#b)" in text(taken(source, "html"))
    there_and_back = '<p>x<a href="#b" id="a">1</a> y<a id="b" href="#a">2</a></p>'
    made = taken("<h2>A</h2>" + there_and_back, "html")
    proved(made)
    assert "[^1]" not in text(made)


def test_a_page_of_contents_is_made_anew() -> None:
    pages = {
        "toc": '<nav epub:type="landmarks"><h2>Places</h2><p>Start</p></nav>',
        "a": "<h1>One</h1><p>Text.</p>",
    }
    made = taken(epub(pages), "epub")
    proved(made)
    assert [chapter.id for chapter in made.adopted.chapters] == ["one"]
    assert {entry.rule for entry in made.proof.entries} == {"contents"}


def epub(pages: dict[str, str]) -> bytes:
    """An e-book of these pages; its first is its list of contents."""
    html = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml" '
        f'properties="{"nav" if n == "toc" else ""}"/>'
        for n in pages
    )
    return archive(
        {
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="o/c.opf"/></rootfiles></container>',
            "o/c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title id="s">A subtitle</dc:title>'
            '<dc:title id="t">The title</dc:title><dc:creator>Ada</dc:creator><dc:creator id="x">'
            "Bo</dc:creator><dc:language>es</dc:language>"
            '<meta refines="#t" property="title-type">main</meta>'
            '<meta refines="#x" property="role">trl</meta></metadata>'
            f"<manifest>{items}</manifest><spine>"
            + "".join(f'<itemref idref="{name}"/>' for name in pages)
            + "</spine></package>",
            **{f"o/{n}.xhtml": f"{html}<body>{body}</body></html>" for n, body in pages.items()},
        }
    )


def test_the_package_of_an_e_book_knows_its_title() -> None:
    read = documents.read([("a.epub", epub({"a": "<p>x</p>"}))], None, lambda step: None)
    assert read.about == About("The title", ("Ada",), "es")


def test_tracked_changes_and_comments_are_told() -> None:
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Kept </w:t></w:r>"
        '<w:ins w:id="1" w:author="a"><w:r><w:t>new </w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>old</w:delText>'
        "</w:r></w:del><w:r><w:t>end.</w:t></w:r></w:p></w:body></w:document>"
    )
    made = taken(repacked(paper("docx"), {"word/document.xml": document}), "docx")
    proved(made)
    assert "Kept new end." in text(made)
    told = [finding.message for finding in made.findings if finding.code == "DOC008"]
    assert len(told) == 2
    assert any("“old”" in message for message in told)


def test_pictures_are_looked_at_before_they_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    # As a library may set it for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)

    def look(document: str, name: str) -> bytes:
        return {"a.png": png(), "b.png": png()[:50], "c.svg": b"<svg/>", "d.png": png()}[name]

    source = "# A\n\n" + "\n\n".join(f"![{n}]({n})" for n in ("a.png", "b.png", "c.svg", "d.png"))
    read = documents.read([("x.md", source.encode())], look, lambda step: None)
    assert list(read.images) == ["images/a.png"]
    assert read.documents[0].pictures["d.png"] == "images/a.png"
    (finding,) = documents.take(read, TITLES).findings
    assert finding.code == "DOC005"
    assert "damaged" in finding.message
    assert "no JPEG" in finding.message


def test_a_picture_inside_its_address() -> None:
    made = taken(
        "<h1>A</h1><p><img alt=x src='data:image/png;base64,"
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg=='></p>",
        "html",
    )
    assert list(made.images) == ["images/picture.png"]


# --- corrections --------------------------------------------------------------------------


def test_corrections_go_back_into_the_tree() -> None:
    made = taken("# A\n\nOne *two three* four.\n\n| Five\n| six\n")
    block = made.galley.blocks[1]
    assert block.text == "One two three four.\n"
    edits = [
        Edit(Span(0, 3), "One", "An", "E1"),
        Edit(Span(4, 7), "two", "", "E2"),
        Edit(Span(12, 18), "e four", "y fine", "E3"),
    ]
    blocks = list(made.galley.blocks)
    blocks[1] = block.edited(edits)
    blocks[2] = blocks[2].edited([Edit(Span(5, 8), "six", "seven", "E4")])
    shaped = made.shaped(type(made.galley)(made.galley.source, tuple(blocks)))
    written = chapter_markdown(shaped.chapters[0])
    assert "An *threy fine*." in written
    assert "| Five\n| seven" in written
    assert letters("".join(b.text for b in blocks)) == sourced_letters(shaped.chapters)


def test_characters_that_no_book_can_hold_are_dropped_by_a_named_rule() -> None:
    made = taken("# A\n\nsoft\u00adly \u0007 o\ufb01ce\n")
    proved(made)
    assert "softly" in chapter_markdown(made.shaped(made.galley).chapters[0])
    rules = {edit.rule for block in made.galley.blocks for edit in block.edits()}
    assert rules <= {rule.code for rule in RULES} - documents.LEFT_ALONE
    assert "HYP004" in rules


FORBIDDEN = [
    chr(n) for n in (*range(1, 9), 11, 12, *range(14, 32), 127, 0x80, 0x9F, 0xFEFF, 0xFFFE, 0xFFFF)
]


@pytest.mark.parametrize(
    "pattern", ["A{}", "![a{}b](x.png)", "[b](http://a.org/{}c)", "c[^1]\n\n[^1]: d{}"]
)
def test_no_character_that_no_book_can_hold_gets_through(pattern: str) -> None:
    def said(value: object) -> object:
        if isinstance(value, list):
            return [said(one) for one in value]
        if isinstance(value, dict):
            return {key: said(one) for key, one in value.items()}
        return value.replace("MARK", "".join(FORBIDDEN)) if isinstance(value, str) else value

    source = "# B\n\n" + pattern.replace("{}", "MARK")
    tree = said(pandoc.to_json(source, "markdown-smart"))
    assert isinstance(tree, dict)
    read = documents.Read((Document("a.docx", tree, {"x.png": "images/x.png"}),), {}, About(), ())
    proved(documents.take(read, TITLES))


# --- what cannot be read ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "change", "error"),
    [
        ("docx", {"word/document.xml": "<w:document"}, SourceError),
        ("docx", {"word/document.xml": "no"}, SourceError),
        ("odt", {"content.xml": "<broken"}, SourceError),
        ("epub", {"META-INF/container.xml": "<x/>"}, SourceError),
    ],
)
def test_broken_documents_are_errors_with_a_remedy(
    kind: str, change: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        taken(repacked(paper(kind), change), kind)
    assert "book." in str(caught.value)
    assert "\n" in str(caught.value)


@pytest.mark.parametrize("levels", [99, 200, 300, 1000])
@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("<blockquote>", "</blockquote>", "html"),
        ("<div>", "</div>", "html"),
        ("<em>", "</em>", "html"),
        ("<span lang=fr><b>", "</b></span>", "html"),
        ("- ", "", "markdown"),
    ],
)
def test_what_is_nested_is_laid_flat_or_refused(
    before: str, after: str, kind: str, levels: int
) -> None:
    try:
        made = taken(before * levels + "x" + after * levels, kind)
    except (SourceError, EngineFailed):
        assert levels >= 99
        return
    proved(made)
    assert "x" in text(made)


def test_what_is_nested_as_people_do_is_kept() -> None:
    made = taken("<h1>A</h1>" + "<em>" * 60 + "x" + "</em>" * 60, "html")
    proved(made)
    assert "x" in text(made)
    made = taken("- " * 50 + "x", "markdown")
    proved(made)


def test_hocr_is_no_web_page() -> None:
    with pytest.raises(SourceError, match="hOCR") as caught:
        taken("<html><body><div class='ocr_page'>x</div></body></html>", "html")
    assert ".hocr" in caught.value.hint


def test_documents_and_dumps_do_not_mix() -> None:
    from booktools.config import SourceFile

    with pytest.raises(ConfigError, match="two kinds"):
        documents.among([SourceFile("a.docx", ""), SourceFile("b.txt", "")])
    assert documents.among([SourceFile("a.docx", ""), SourceFile("b.md", "")])
    assert not documents.among([SourceFile("a.txt", "")])


# --- laws ---------------------------------------------------------------------------------

WORDS = st.text(alphabet="ab é*_<>&#[]()`~^$\\|'\"“1.\n", max_size=25)
ITEMS: Sequence[str] = (
    "# {}", "## {}", "{}", "> {}", "- {}\n- x", "1. {}", "| {}\n| y", "a[^1] {}\n\n[^1]: {}",
    "*{}*", "<b>{}</b>", "[{}](#x)", "| {} | b |\n|---|---|\n| c | d |", "    {}", "***",
    "![{}](a)", "<a id='r' href='#n'>1</a> {}", "<p id='n'><a href='#r'>1</a> {}</p>",
    "Term\n:   {}", "<div lang='fr'>\n\n{}\n\n</div>", "\"{}\"",
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ITEMS), WORDS), max_size=8), st.booleans())
def test_nothing_is_lost_whatever_the_document(parts: list[tuple[str, str]], as_html: bool) -> None:
    source = "\n\n".join(pattern.replace("{}", words) for pattern, words in parts)
    made = taken(source, "html" if as_html else "markdown")
    proved(made)
    assert all(finding.severity is not Severity.ERROR for finding in made.findings)


def test_a_letter_that_is_lost_is_found_out() -> None:
    read = documents.read([("book.md", BOOK.encode())], None, lambda step: None)
    tree = json.loads(json.dumps(read.documents[0].tree).replace('"memory."', '"memory, none."'))
    made = documents.take(read, TITLES)
    from booktools.check.documents import Witness, prove

    adopted = made.adopted
    proof = prove(
        [Witness("book.md", tree, tree, front=adopted.front[0])],
        adopted.chapters,
        adopted.files,
        adopted.untitled,
        ("The Salt Road", "en", ("Ada Quill",)),
    )
    (finding,) = proof.findings
    assert finding.code == "CON005"
    assert "memory,none." in finding.excerpt + finding.message


# --- what the reader drops without a word -------------------------------------------------


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def cell(words: str, span: int = 1) -> str:
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>'
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"
    )


def a_table(*rows: str) -> bytes:
    """A DOCX with a table of two columns."""
    grid = '<w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    document = f"<w:document {_W}><w:body><w:tbl>{grid}{body}</w:tbl></w:body></w:document>"
    return repacked(paper("docx"), {"word/document.xml": document})


def test_words_that_pandoc_drops_from_a_document_are_told() -> None:
    beyond = cell("Ferry", 2) + cell("the quay") + cell("at noon")
    made = taken(a_table(cell("a") + cell("b"), beyond), "docx")
    told = [one for one in made.findings if one.code == "DOC002"]
    assert len(told) == 1
    assert "the quay" in told[0].message


def test_words_of_a_whole_table_are_all_there() -> None:
    made = taken(a_table(cell("a") + cell("b"), cell("Ferry", 2)), "docx")
    assert "DOC002" not in codes(made)


@pytest.mark.parametrize(
    "more",
    [
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>",
        "<w:r><w:t>un</w:t></w:r><w:r><w:t>parted</w:t></w:r>",
        "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:noBreakHyphen/><w:t>three</w:t></w:r>",
    ],
)
def test_words_in_runs_are_those_of_the_paragraph(more: str) -> None:
    document = f"<w:document {_W}><w:body><w:p>{more}<w:r><w:t> end</w:t></w:r></w:p></w:body>"
    data = repacked(paper("docx"), {"word/document.xml": f"{document}</w:document>"})
    assert "DOC002" not in codes(taken(data, "docx"))


def test_words_of_a_text_box_are_told_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    held = f"<w:r><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:r>"
    rows = f"<w:p><w:r><w:t>Rain.</w:t></w:r></w:p><w:p>{held}</w:p>"
    document = f"<w:document {_W}><w:body>{rows}</w:body></w:document>"
    made = taken(repacked(paper("docx"), {"word/document.xml": document}), "docx")
    told = [one.message for one in made.findings if one.code == "DOC002"]
    assert told == ["words in it are not read: “Boxed words”"]


def test_formulas_that_pandoc_drops_from_an_odt_are_told() -> None:
    data = paper("odt", "It grows as $x^2$ does.\n")
    reading = documents.read([("a.odt", data)], None, lambda step: None)
    assert [told[1:] for told in reading.told] == [("skipped", "x2")]
