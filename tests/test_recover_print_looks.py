"""A page set with spread letters, a table of contents and a quotation, read back from its PDF."""

from __future__ import annotations

from functools import cache

from booktools import loose, prints

PROSE = "The men went down to the river, where the boats lay waiting for them in the reeds. "
QUOTE = "You will find the oars where they always are, and the nets behind the old boathouse. "
HTML = f"""<style>
@page {{ size: 400pt 560pt; margin: 40pt }}
body {{ font: 10pt serif; text-align: justify; line-height: 1.3 }}
p {{ margin: 0; text-indent: 1em }}
h1, h2 {{ text-align: center; font-weight: normal }}
h1 {{ font-size: 14pt; letter-spacing: .12em }}
.label {{ font-size: 11pt; letter-spacing: .15em; text-align: center; text-indent: 0 }}
h2 {{ font-size: 12pt }}
blockquote {{ margin: 10pt 24pt }} blockquote p {{ text-indent: 0 }}
li {{ list-style: none; text-align: left }}
li::after {{ content: " . . . . . . . . . . . " attr(class) }}
section {{ break-before: page }}
</style>
<h2>Contents</h2><ul><li class="3">Of the Ferry</li><li class="4">Of the Inn</li>
<li class="5">Of the Road</li></ul>
<section><p class="label">Chapter 1</p><h1>Of the Ferry</h1><p>{PROSE * 9}</p><p>{PROSE * 8}</p>
<blockquote><p>{QUOTE * 3}</p></blockquote><p>{PROSE * 9}</p></section>
<section><p class="label">Chapter 2</p><h1>Of the Inn</h1><p>{PROSE * 9}</p><p>{PROSE * 9}</p>
</section>"""


@cache
def recovered() -> loose.Loose:
    from weasyprint import HTML as Document

    made = Document(string=HTML).write_pdf()
    printed = prints.read([("book.pdf", made)], lambda step: None)
    return loose.recover_pages(printed.pages, ["en"], lambda step: None, printed.findings)


def test_spread_letters_are_words_and_chapters_begin_where_they_do() -> None:
    heads = [
        (b.role.value, b.text) for b in recovered().galley.blocks if b.role.value != "paragraph"
    ]
    assert [head for head in heads if head[0] in ("label", "title")] == [
        ("label", "Chapter 1"),
        ("title", "Of the Ferry"),
        ("label", "Chapter 2"),
        ("title", "Of the Inn"),
    ]


def test_the_contents_are_furniture() -> None:
    made = recovered()
    own = [b for b in made.galley.blocks if b.role.value == "furniture"]
    assert [b.raw.split(" .")[0].strip() for b in own] == [
        "Contents", "Of the Ferry", "Of the Inn", "Of the Road",
    ]  # fmt: skip
    assert not any(b.text for b in own)
    (told,) = [f for f in made.findings if f.code == "LAY009"]
    assert told.excerpt.startswith("Of the Road . .")


def test_a_quotation_is_one() -> None:
    quotes = [b.text for b in recovered().galley.blocks if b.role.value == "quote"]
    assert quotes == [(QUOTE * 3).strip()]


def test_print_needs_no_empty_lines() -> None:
    assert "LAY005" not in {f.code for f in recovered().findings}
