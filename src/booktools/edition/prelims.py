"""What stands before the text: title page and imprint, made from the metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass

from booktools.model.book import Metadata, Person

_WORDS = {
    "en": {
        "contents": "Contents",
        "trl": "Translated by",
        "edt": "Edited by",
        "ill": "Illustrated by",
        "pht": "Photographs by",
        "aui": "Introduction by",
        "aft": "Afterword by",
        "com": "Compiled by",
        "ctb": "With contributions by",
        "and": "and",
        "printing": "Printing",
    },
    "es": {
        "contents": "Índice",
        "trl": "Traducción de",
        "edt": "Edición de",
        "ill": "Ilustraciones de",
        "pht": "Fotografías de",
        "aui": "Introducción de",
        "aft": "Epílogo de",
        "com": "Compilación de",
        "ctb": "Con textos de",
        "and": "y",
        "printing": "Impresión",
    },
    "fr": {
        "contents": "Table des matières",
        "trl": "Traduit par",
        "edt": "Édité par",
        "ill": "Illustré par",
        "pht": "Photographies de",
        "aui": "Introduction de",
        "aft": "Postface de",
        "com": "Réuni par",
        "ctb": "Avec des textes de",
        "and": "et",
        "printing": "Tirage",
    },
    "de": {
        "contents": "Inhalt",
        "trl": "Übersetzt von",
        "edt": "Herausgegeben von",
        "ill": "Illustriert von",
        "pht": "Fotografien von",
        "aui": "Einleitung von",
        "aft": "Nachwort von",
        "com": "Zusammengestellt von",
        "ctb": "Mit Beiträgen von",
        "and": "und",
        "printing": "Druck",
    },
}
_AUTHORS = frozenset({"aut", "cre"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the title page or a paragraph of the imprint; `style` is its class."""

    style: str
    text: str


def word(language: str, name: str) -> str:
    """A word that an edition adds, in the book's language where we know it, else in English."""
    return _WORDS.get(language.split("-")[0].lower(), _WORDS["en"]).get(name, "")


def authors(meta: Metadata) -> str:
    """The authors on one line, "A, B and C"."""
    names = [person.name for person in meta.creators if person.role in _AUTHORS]
    return _listed(names, meta.language)


def title_page(meta: Metadata) -> tuple[Line, ...]:
    """Author, title, subtitle, the other creators with what they did, publisher."""
    lines = [
        Line("author", authors(meta)),
        Line("title", meta.title),
        Line("subtitle", meta.subtitle),
        *(Line("credit", credit) for credit in _credits(meta.creators, meta.language)),
        Line("publisher", meta.publisher),
    ]
    return tuple(line for line in lines if line.text)


def imprint(meta: Metadata) -> tuple[Line, ...]:
    """Rights, the publisher's own paragraphs, contributors, series, printing and ISBN."""
    series = " ".join(part for part in (meta.series, meta.series_number) if part)
    published = ", ".join(part for part in (meta.publisher, meta.date[:4]) if part)
    lines = [
        Line("rights", meta.rights),
        *(Line("imprint-text", text) for text in meta.imprint),
        *(Line("credit", credit) for credit in _credits(meta.contributors, meta.language)),
        Line("published", published),
        Line("series", series),
        Line("printing", printing_line(meta.printing, meta.language)),
        *(Line("isbn", isbn) for isbn in map(_isbn, meta.identifiers) if isbn),
    ]
    return tuple(line for line in lines if line.text)


def printing_line(printing: str, language: str) -> str:
    """A printing as the imprint says it: `Printing 2`; what is no number stays as it is."""
    return f"{word(language, 'printing')} {printing}" if printing.isdecimal() else printing


def _credits(people: tuple[Person, ...], language: str) -> list[str]:
    """One line a role, in the order in which the roles come."""
    roles: dict[str, list[str]] = {}
    for person in people:
        if person.role not in _AUTHORS:
            roles.setdefault(person.role, []).append(person.name)
    return [
        f"{word(language, role)} {_listed(names, language)}".strip()
        for role, names in roles.items()
    ]


def _listed(names: list[str], language: str) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} {word(language, 'and')} {last}" if first else last


def _isbn(identifier: str) -> str:
    match = re.fullmatch(r"(?:urn:)?isbn:?\s*([\dxX -]{10,17})", identifier, re.IGNORECASE)
    return f"ISBN {match[1]}" if match else ""
