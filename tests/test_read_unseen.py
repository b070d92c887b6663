"""What EPUB, DOCX and ODT files hold and do not show."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from booktools import documents
from booktools.documents import titles
from booktools.model.book import Metadata, chapter_texts
from booktools.read.packed import unpacked
from booktools.read.unseen import without_unseen

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"


def archive(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


def epub(pages: Mapping[str, str], **sheets: str) -> bytes:
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>'
                    for n in pages)  # fmt: skip
    spine = "".join(f'<itemref idref="{n}"/>' for n in pages)
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container "
            'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/a.opf" media-type="application/oebps-package+xml"/>'
            "</rootfiles></container>",
            "OPS/a.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Salt</dc:title></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OPS/{name}.xhtml": text for name, text in pages.items()},
            **{f"OPS/css/{name}.css": text for name, text in sheets.items()},
        }
    )


def page(body: str, head: str = "") -> str:
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def docx(body: str, styles: str = "") -> bytes:
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGES}/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="a" '
            f'Type="{RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships">'
            f'<Relationship Id="s" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        }
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(runs)}</w:p>"


def read(data: bytes, name: str) -> tuple[list[str], tuple[str, ...]]:
    """The texts of a document's chapters, and what it hides; nothing may be lost besides."""
    reading = documents.read([(name, data)], None, lambda step: None)
    taken = documents.take(reading, titles(Metadata("Salt", "en")))
    assert not taken.proof.findings
    (document,) = reading.documents
    said = [text.value for one in taken.adopted.chapters for text in chapter_texts(one)]
    texts = [text for text in said if text != "Salt"]  # a chapter's name where nothing is
    assert ("DOC010" in {one.code for one in taken.findings}) is bool(document.hidden)
    return texts, document.hidden


LINK = '<link rel="stylesheet" href="css/a.css"/>'


@pytest.mark.parametrize(
    ("head", "sheet", "hidden"),
    [
        (LINK, ".off{display:none}", True),
        (LINK, '@import "b.css"; p{}', True),
        (LINK, "@import url(b.css) print;", False),
        ('<link rel="stylesheet" media="print" href="css/a.css"/>', ".off{display:none}", False),
        ('<link rel="alternate stylesheet" href="css/a.css"/>', ".off{display:none}", False),
        (LINK + "<style>.off{display:block}</style>", ".off{display:none}", False),
        ('<link rel="stylesheet" href="css/../css/a.css?v=2"/>', ".off{display:none}", True),
        ('<link rel="stylesheet" href="../../../a.css"/>', ".off{display:none}", False),
        ("", ".off{display:none}", False),
        ("<style>.off{visibility:hidden}</style>", "", True),
    ],
)
def test_an_e_book_hides_by_its_style_sheets(head: str, sheet: str, hidden: bool) -> None:
    body = '<h1>The Quay</h1><p>It rained<span class="off"> for hours</span>.</p>'
    data = epub({"a": page(body, head)}, a=sheet, b=".off{display:none}")
    texts, gone = read(data, "a.epub")
    rained = "It rained." if hidden else "It rained for hours."
    assert texts == ["The Quay", rained]
    assert gone == (("for hours",) if hidden else ())


def test_a_sheet_hides_in_the_pages_that_link_to_it() -> None:
    body = '<h1>{}</h1><p class="off">So it was.</p><p>It rained.</p>'
    pages = {"a": page(body.format("One"), LINK), "b": page(body.format("Two"))}
    texts, gone = read(epub(pages, a=".off{display:none}"), "a.epub")
    assert texts == ["One", "It rained.", "Two", "So it was.", "It rained."]
    assert gone == ("So it was.",)


def test_sheets_that_import_one_another_end() -> None:
    pages = {"a": page("<p>It rained.</p>", LINK)}
    data = epub(pages, a='@import "b.css";', b='@import "a.css"; .off{display:none}')
    assert read(data, "a.epub") == (["It rained."], ())


def test_what_hides_nothing_stays_as_it_is() -> None:
    packed = unpacked(epub({"a": page("<p>It rained.</p>")}), "epub", "a.epub")
    assert without_unseen(packed, "epub") == (packed, ())


VANISHING = (
    '<w:style w:type="paragraph" w:styleId="Off"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Off"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="On"><w:basedOn w:val="Off"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
)


@pytest.mark.parametrize(
    ("middle", "hidden"),
    [
        (paragraph(run("It was late.", "<w:vanish/>")), True),
        (paragraph(run("It was late.", '<w:vanish w:val="false"/>')), False),
        (paragraph(run("It was late.", "<w:webHidden/>")), False),
        (paragraph(run("It was late."), style="Off"), True),
        (paragraph(run("It was late."), style="Below"), True),
        (paragraph(run("It was late."), style="On"), False),
        (paragraph(run("It was late."), style="Ring"), False),
        (paragraph(run("It was late.", '<w:vanish w:val="0"/>'), style="Off"), False),
        (paragraph(run("It was late.", '<w:rStyle w:val="Off"/>')), True),
    ],
)
def test_hidden_text_of_a_docx(middle: str, hidden: bool) -> None:
    data = docx(paragraph(run("It rained.")) + middle + paragraph(run("It stopped.")), VANISHING)
    texts, gone = read(data, "a.docx")
    assert texts == ["It rained.", *(() if hidden else ("It was late.",)), "It stopped."]
    assert gone == (("It was late.",) if hidden else ())


def test_a_hidden_part_of_a_sentence() -> None:
    parts = run("It rained "), run("(why?) ", "<w:vanish/>"), run("again.")
    assert read(docx(paragraph(*parts)), "a.docx") == (["It rained again."], ("(why?)",))


ODT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
<style:style style:name="Off" style:family="text"><style:text-properties text:display="none"/>
</style:style></office:automatic-styles><office:body><office:text>{}</office:text></office:body>
</office:document-content>"""


@pytest.mark.parametrize(
    ("body", "shown", "gone"),
    [
        ('<text:p>It <text:span text:style-name="Off">never </text:span>rained.</text:p>',
         ["It rained."], ("never",)),
        ('<text:p>It rained.</text:p><text:section text:display="none" text:name="a">'
         "<text:p>A.</text:p><text:p>B.</text:p></text:section>", ["It rained."], ("A. B.",)),
        ('<text:p>It <text:span text:style-name="On">never</text:span> rained.</text:p>',
         ["It never rained."], ()),
    ],
)  # fmt: skip
def test_hidden_text_of_an_odt(body: str, shown: list[str], gone: tuple[str, ...]) -> None:
    data = archive({"mimetype": "application/vnd.oasis.opendocument.text",
                    "content.xml": ODT.format(body), "styles.xml": "<a/>"})  # fmt: skip
    assert read(data, "a.odt") == (shown, gone)


def test_what_cannot_be_parsed_is_left_to_the_reader() -> None:
    data = archive({"[Content_Types].xml": "", "word/document.xml": "<w:vanish", "a/b.xml": ""})
    packed = unpacked(data, "docx", "a.docx")
    assert without_unseen(packed, "docx") == (packed, ())
