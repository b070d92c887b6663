"""What the EPUB's package says of the book; its accessibility is derived from the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from booktools.edition.tree import every_block
from booktools.model.book import Book, Figure, Metadata, Person
from booktools.model.epub import Refinement, Statement


def statements(book: Book, shown: Iterable[str]) -> tuple[Statement, ...]:
    """The metadata but for identifier and date of change; `shown` are the images that exist."""
    meta = book.meta
    return (*_titles(meta), *_catalogue(meta), *_access(book, frozenset(shown)))


def _titles(meta: Metadata) -> Iterator[Statement]:
    kind = "title-type"
    yield Statement("dc:title", meta.title, "title", (Refinement(kind, "main"),))
    if meta.subtitle:
        yield Statement("dc:title", meta.subtitle, "subtitle", (Refinement(kind, "subtitle"),))
    yield Statement("dc:language", meta.language)


def _catalogue(meta: Metadata) -> Iterator[Statement]:
    for number, person in enumerate(meta.creators, 1):
        yield _person("dc:creator", f"creator-{number}", person)
    for number, person in enumerate(meta.contributors, 1):
        yield _person("dc:contributor", f"contributor-{number}", person)
    for identifier in meta.identifiers[1:]:
        yield Statement("dc:identifier", identifier)
    single = {
        "dc:publisher": meta.publisher,
        "dc:rights": meta.rights,
        "dc:date": meta.date,
        "dc:description": meta.description,
    }
    yield from (Statement(name, value) for name, value in single.items() if value)
    yield from (Statement("dc:subject", subject) for subject in meta.subjects)
    if meta.series:
        position = (Refinement("group-position", meta.series_number),) if _is_number(meta) else ()
        refinements = (Refinement("collection-type", "series"), *position)
        yield Statement("belongs-to-collection", meta.series, "series", refinements)


def _person(name: str, id: str, person: Person) -> Statement:
    refinements = [Refinement("role", person.role, "marc:relators")]
    if person.sort:
        refinements.append(Refinement("file-as", person.sort))
    return Statement(name, person.name, id, tuple(refinements))


def _is_number(meta: Metadata) -> bool:
    """Whether the place in the series is one that a package can say: 2, or 2.1."""
    return bool(meta.series_number) and all(
        part.isascii() and part.isdigit() for part in meta.series_number.split(".")
    )


def _access(book: Book, shown: frozenset[str]) -> Iterator[Statement]:
    """Schema.org's accessibility metadata, as far as the content bears it out."""
    images = [
        block
        for chapter in book.chapters
        for block in every_block(chapter)
        if isinstance(block, Figure) and block.image in shown
    ]
    described = all(figure.alt.strip() for figure in images)
    yield Statement("schema:accessMode", "textual")
    if images:
        yield Statement("schema:accessMode", "visual")
    if described:
        yield Statement("schema:accessModeSufficient", "textual")
    if images:
        yield Statement("schema:accessModeSufficient", "textual,visual")
    features = [
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
    ]
    if images and described:
        features.append("alternativeText")
    yield from (Statement("schema:accessibilityFeature", feature) for feature in features)
    yield Statement("schema:accessibilityHazard", "none")
    yield Statement("schema:accessibilitySummary", _summary(len(images), described), lang="en")


def _summary(images: int, described: bool) -> str:
    text = (
        "The text is in reading order, with headings, a table of contents and landmarks;"
        " size, colours and typeface can be changed by the reader."
    )
    if not images:
        return f"{text} There are no pictures but the cover, whose words its description repeats."
    if described:
        return f"{text} Every picture has a description."
    return f"{text} Some pictures have no description."
