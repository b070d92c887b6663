"""The book checks: every rule by its own examples, and the page that tells of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from booktools.check.book_checks import check_book
from booktools.check.declared import RULES as DECLARED
from booktools.check.epubcheck_findings import epubcheck_findings
from booktools.check.reference import BOOK, PRINT, SAME_WORDS, rules_page
from booktools.check.rule import Rule
from booktools.check.rules import RULES
from booktools.engines.epubcheck import Message
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    ChapterRole,
    Figure,
    Heading,
    Inline,
    Link,
    Metadata,
    Note,
    Paragraph,
    Quote,
    Text,
)
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from strategies import books

IMAGES = frozenset({"images/here.jpg"})
EXAMPLES = [(rule, kind, text) for rule in RULES for kind, text in rule.examples]


# --- examples as the manuscript writes them ---------------------------------------------


def little(text: str, language: str = "en") -> Book:
    """The few lines of Markdown that examples use, as a book of one chapter or more."""
    chapters: list[Chapter] = []
    title, blocks, role, at = "A chapter", [], ChapterRole.CHAPTER, 1
    for number, line in [*enumerate(text.split("\n"), 1), (0, "# ")]:
        heading = re.fullmatch(r"(#+) (.*?)(?: ?\{#([\w-]+)\})?( \{\.part\})?", line)
        image = re.fullmatch(r"!\[(.*)\]\((.*?)\)(?:\{alt=\"(.*)\"\})?", line)
        if heading and len(heading[1]) == 1:
            if blocks or number != 1:
                file = f"manuscript/text/{len(chapters) + 1:02}.md"
                name = f"c{len(chapters)}"
                chapters.append(
                    Chapter(file, name, (Text(title, at),), tuple(blocks), role, "", at)
                )
            title, blocks, at = heading[2], [], number
            role = ChapterRole.PART if heading[4] else ChapterRole.CHAPTER
        elif heading:
            words = (Text(heading[2], number),)
            blocks.append(Heading(len(heading[1]), words, heading[3] or f"h{number}"))
        elif image:
            caption = (Text(image[1], number),)
            blocks.append(Figure(image[2], image[3] or "", caption, f"f{number}"))
        elif line.strip():
            blocks.append(Paragraph(tuple(inlines(line, number))))
    return Book(Metadata("T", language), tuple(chapters))


def inlines(line: str, number: int) -> list[Inline]:
    out: list[Inline] = []
    for index, part in enumerate(re.split(r"\[(.*?)\]\((.*?)\)", line)):
        if index % 3 == 0:
            out.append(Text(part, number))
        elif index % 3 == 2:
            label = out.pop()
            out.append(Link(part, (label,)))
        else:
            out.append(Text(part, number))
    return out


def found(text: str, code: str, language: str = "en") -> list[Finding]:
    off = {rule.code for rule in RULES} - {code}
    return list(check_book(little(text, language), IMAGES, off))


@pytest.mark.parametrize(("rule", "kind", "text"), EXAMPLES)
def test_every_example_holds(rule: Rule, kind: str, text: str) -> None:
    findings = found(text, rule.code)
    assert bool(findings) == (kind == "Bad"), findings
    for finding in findings:
        assert (finding.code, finding.severity, finding.fix) == (
            rule.code,
            rule.severity,
            rule.fix,
        )
        assert finding.place
        assert finding.place.line


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_reason_and_examples(rule: Rule) -> None:
    kinds = [kind for kind, _ in rule.examples]
    assert "Bad" in kinds
    assert "Good" in kinds
    assert rule.reason.endswith(".")
    assert re.fullmatch(r"(?:IMG|STR|CHR|PUN|WRD)\d{3}", rule.code)


def test_the_codes_are_told_once_and_in_order() -> None:
    """Codes are for ever: this list only grows."""
    assert [rule.code for rule in RULES] == [
        *("IMG001", "IMG002", "STR001", "STR002", "STR003", "STR004", "CHR001", "CHR002"),
        *("PUN001", "PUN002", "PUN003", "WRD001"),
    ]


def test_a_rule_is_switched_off() -> None:
    book = little("# One")
    assert [finding.code for finding in check_book(book)] == ["STR002"]
    assert check_book(book, off={"STR002"}) == ()


@given(books())
def test_any_book_is_checked(book: Book) -> None:
    codes = {rule.code for rule in RULES}
    for finding in check_book(book):
        assert finding.code in codes
        assert finding.place
        assert finding.place.file


# --- places -----------------------------------------------------------------------------


def test_a_hit_stands_on_the_line_of_its_sentence() -> None:
    words = (Text("First. ", 7), Text("Then the the end. ", 8), Text("Last.", 9))
    chapter = Chapter("manuscript/text/01.md", "c", (Text("T", 1),), (Paragraph(words),))
    (finding,) = check_book(Book(Metadata("T", "en"), (chapter,)))
    assert finding.place == Place("manuscript/text/01.md", 8)
    assert (finding.before, finding.excerpt, finding.after) == (
        "First. Then ",
        "the the",
        " end. Last.",
    )


def test_notes_and_quotes_are_read_too() -> None:
    note = Note((Paragraph((Text("In in a note.", 4),)),))
    blocks: tuple[BookBlock, ...] = (
        Paragraph((Text("Called", 3), note, Text(" here.", 3))),
        Quote((Paragraph((Text("A a quotation.", 6),)),)),
    )
    chapter = Chapter("m.md", "c", (Text("T", 1),), blocks)
    findings = check_book(Book(Metadata("T", "en"), (chapter,)))
    assert [(f.code, f.place.line) for f in findings if f.place] == [("WRD001", 4), ("WRD001", 6)]


def test_ids_are_the_whole_books() -> None:
    book = little("# One\n## May {#may}\nText.\n# Two\n## May {#may}\nText.")
    (finding,) = check_book(book)
    assert finding.code == "STR003"
    assert "manuscript/text/01.md:2" in finding.message


# --- marks, language by language ----------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“A ‘word’ in «here»” (and [there])."),
        ("es", "«Una “palabra” aquí» (¡sí!)."),
        ("de", "„Ein Wort“ und »noch eins«."),
        ("sv", "”Ett ord” till."),
        ("en", "1) one, 2) two, (a) three, iv) four"),
    ],
)
def test_balanced_marks_are_kept(language: str, text: str) -> None:
    assert found(text, "PUN001", language) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("“Dago»", "opened with “, closed with »"),
        ("(one", "( is not closed in its paragraph"),
        ("one”", "” closes nothing"),
        ("(“one)", "“ is not closed before )"),
        ("“One.\n\nTwo.", "“ is not closed in its paragraph"),
        ("(One.\n\n(Two.)", "( is not closed in its paragraph"),
    ],
)
def test_unbalanced_marks_are_told_once(text: str, message: str) -> None:
    assert [finding.message for finding in found(text, "PUN001")] == [message]


def test_french_sets_blanks_before_tall_marks() -> None:
    text = "Vraiment ? Oui ; non : « voilà » !"
    assert found(text, "PUN002", "fr") == []
    assert len(found(text, "PUN002", "en")) == 4
    assert len(found("Vraiment , oui .", "PUN002", "fr")) == 2


def test_a_book_of_straight_quotes_is_left_alone() -> None:
    assert found("\"One\" and 'two'.", "PUN003") == []


@pytest.mark.parametrize("char", ["\x07", "\u200b", "\ufffd", "\ue000", "\u00ad", "\ufb02"])
def test_odd_characters_are_named(char: str) -> None:
    (finding,) = found(f"be{char}fore", "CHR001")
    assert f"U+{ord(char):04X}" in finding.message


# --- EPUBCheck -----------------------------------------------------------------------------


def test_epubcheck_is_traced_to_the_manuscript() -> None:
    messages = [
        Message(Severity.ERROR, "RSC-005", "bad element", "EPUB/c1.xhtml", 12, 3, "Mend it."),
        Message(Severity.WARNING, "PKG-026", "odd package"),
    ]

    def source(file: str, line: int) -> Place | None:
        return Place("manuscript/text/01.md", 40) if (file, line) == ("EPUB/c1.xhtml", 12) else None

    one, two = epubcheck_findings(messages, source, "dist/b.epub")
    assert (one.code, one.severity, one.fix) == ("EPC-RSC-005", Severity.ERROR, "Mend it.")
    assert one.place == Place("manuscript/text/01.md", 40)
    assert one.trail == (Place("dist/b.epub/EPUB/c1.xhtml", 12),)
    assert two.place == Place("dist/b.epub")
    assert "odd package" in two.message


# --- the reference ---------------------------------------------------------------------------


def test_the_reference_is_the_rules() -> None:
    page = Path(__file__).parents[1] / "docs/rules.md"
    assert page.read_text() == rules_page(), "make docs"


def test_the_reference_tells_everything() -> None:
    page = rules_page()
    for rule in RULES:
        assert f"### {rule.code}: {rule.title}" in page
        assert rule.fix in page
    for name, declared in DECLARED.items():
        assert f"| `{name}` | {declared.says} |" in page
    for code in SAME_WORDS:
        assert f"| `{code}` |" in page


def test_a_rule_taken_out_is_missed() -> None:
    for rule in RULES:
        bad = little(next(text for kind, text in rule.examples if kind == "Bad"))
        assert any(f.code == rule.code for f in check_book(bad, IMAGES))
        assert not any(f.code == rule.code for f in check_book(bad, IMAGES, off={rule.code}))


def test_every_code_of_the_program_is_explained() -> None:
    root = Path(__file__).parents[1]
    sources = "".join(path.read_text() for path in (root / "src/booktools").rglob("*.py"))
    explained = "".join(path.read_text() for path in (root / "docs").glob("*.md"))
    codes = set(re.findall(r'"([A-Z]{3}\d{3})"', sources))
    assert len(codes) > 40
    assert sorted(code for code in codes if code not in explained) == []
    told = {**SAME_WORDS, **BOOK, **PRINT, **{rule.code: "" for rule in RULES}}
    elsewhere = sources.replace((root / "src/booktools/check/reference.py").read_text(), "")
    assert sorted(code for code in told if f'"{code}"' not in elsewhere) == []
