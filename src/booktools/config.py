"""`manuscript/book.toml` → `BookConfig`.  Pure: text in, frozen value out.

Everything that is refused is a ConfigError with the line, the key path and a remedy.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from booktools import catalogue
from booktools.errors import ConfigError
from booktools.model import toml
from booktools.model.artifact import Edition
from booktools.model.book import Metadata, Person, Printing
from booktools.model.place import Place

LONGEST: Final = 10_000  # characters of a text; a description has two thousand
MOST: Final = 500  # persons, subjects …
MOST_SOURCES: Final = 10_000  # pages, each in a file of its own
LAST_PRINTING: Final = 9_999
MOST_REVIEWERS: Final = 9

PAGE_MARKS: Final = ("auto", "form-feed", "leading-space", "folios", "none")
ENCODINGS: Final = ("utf-8", "latin-1", "windows-1252", "utf-16", "mac-roman")

_KEYS: Final = frozenset(
    {
        "title",
        "subtitle",
        "slug",
        "language",
        "languages",
        "creators",
        "contributors",
        "publisher",
        "rights",
        "date",
        "identifiers",
        "description",
        "subjects",
        "series",
        "series_number",
        "printing",
        "required_reviews",
        "transcribers_note",
        "imprint",
        "sources",
        "editions",
        "rules_off",
    }
)
_PRINTING_KEYS: Final = frozenset({"number", "date", "note"})
_PERSON_KEYS: Final = frozenset({"name", "role", "sort"})
_SOURCE_KEYS: Final = frozenset({"file", "sha256", "encoding", "pages"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A raw source: `file` relative to the project, the SHA-256 of its bytes."""

    file: str
    sha256: str
    encoding: str = "utf-8"
    pages: str = "auto"
    place: Place = field(default=Place("book.toml"), compare=False)


@dataclass(frozen=True, slots=True)
class RuleOff:
    """A rule that this book switches off, and why."""

    rule: str
    reason: str
    place: Place = field(default=Place("book.toml"), compare=False)


@dataclass(frozen=True, slots=True)
class BookConfig:
    """What `book.toml` says.

    `slug` names the files in `dist/`; `languages` are those the book quotes besides its
    own; `printings` are in order; so many different people as `required_reviews` must agree
    on a correction; `file` is where all this was read.
    """

    meta: Metadata
    slug: str
    sources: tuple[SourceFile, ...] = ()
    editions: tuple[Edition, ...] = tuple(Edition)
    languages: tuple[str, ...] = ()
    rules_off: tuple[RuleOff, ...] = ()
    required_reviews: int = 1
    printings: tuple[Printing, ...] = ()
    transcribers_note: str = ""
    file: str = "manuscript/book.toml"

    @property
    def codes_off(self) -> frozenset[str]:
        return frozenset(off.rule for off in self.rules_off)

    def artifact_name(self, edition: Edition) -> str:
        return f"{self.slug}.{edition.value}"


def parse_book_toml(text: str, file: str) -> BookConfig:
    """Read `book.toml`; `file` is its name for messages.  Raises ConfigError."""
    book = toml.read(text, file)
    toml.known(book, (), _KEYS)
    for key, value in book.values.items():
        most = MOST_SOURCES if key == "sources" else MOST
        if isinstance(value, list) and len(value) > most:
            raise book.fault(
                (key,), f"{len(value):,} entries, where {most:,} are the most", "Keep fewer."
            )
    meta = _metadata(book)
    return BookConfig(
        meta=meta,
        slug=_slug(book, meta.title),
        sources=_sources(book),
        editions=_editions(book),
        languages=tuple(
            _language(book, ("languages", at), tag)
            for at, tag in enumerate(toml.take_list(book, ("languages",), str))
        ),
        rules_off=_rules_off(book),
        required_reviews=_required_reviews(book),
        printings=_printings(book),
        transcribers_note=_line(book, ("transcribers_note",)),
        file=file,
    )


def refuse_unknown_rules(config: BookConfig, codes: Collection[str]) -> None:
    """Raise ConfigError when `rules_off` names a rule that is not among `codes`."""
    for off in config.rules_off:
        if off.rule not in codes:
            raise ConfigError(
                f"rules_off.{off.rule}: there is no rule {off.rule}",
                hint=_sentence(toml.near(off.rule, codes)) or "Take the line out.",
                place=off.place,
            )


# --- metadata -------------------------------------------------------------------------


def _metadata(book: toml.Document) -> Metadata:
    title = _line(book, ("title",), required=True)
    language = _language(book, ("language",), toml.take(book, ("language",), str))
    creators = tuple(_person(book, path) for path in book.items(("creators",)))
    contributors = tuple(_person(book, path, role="ctb") for path in book.items(("contributors",)))
    series = _line(book, ("series",))
    number = _number_or_line(book, ("series_number",))
    if number and not series:
        raise book.fault(("series_number",), "there is no series", "Add series, or take it out.")
    printing = _last_printing(book)
    return Metadata(
        title=title,
        language=language,
        subtitle=_line(book, ("subtitle",)),
        creators=creators,
        contributors=contributors,
        publisher=_line(book, ("publisher",)),
        rights=_line(book, ("rights",)),
        date=_date(book),
        identifiers=_identifiers(book, title, creators),
        description=_line(book, ("description",)),
        subjects=_lines(book, ("subjects",)),
        series=series,
        series_number=number,
        printing=str(printing) if printing else "",
        imprint=_lines(book, ("imprint",)),
    )


def _last_printing(book: toml.Document) -> int:
    """The number of this printing, the last of several, 0 when nothing is said."""
    if isinstance(book.values.get("printing"), list):
        return max((printing.number for printing in _printings(book)), default=0)
    return _printing_number(book, ("printing",)) if book.has(("printing",)) else 0


def _printing_number(book: toml.Document, path: toml.Path) -> int:
    number = toml.take(book, path, int)
    if not 1 <= number <= LAST_PRINTING:
        raise book.fault(path, f"{number} is no printing", "The first printing is 1.")
    return number


def _printings(book: toml.Document) -> tuple[Printing, ...]:
    """Every `[[printing]]`, in order of its number."""
    if not isinstance(book.values.get("printing"), list):
        return ()
    found: dict[int, Printing] = {}
    for path in book.items(("printing",)):
        toml.known(book, path, _PRINTING_KEYS, _KEYS)
        number = _printing_number(book, (*path, "number"))
        if number in found:
            raise book.fault((*path, "number"), f"{number} is listed twice", "Take one out.")
        date = _date(book, (*path, "date"))
        found[number] = Printing(number, date, _line(book, (*path, "note")))
    return tuple(found[number] for number in sorted(found))


def _line(book: toml.Document, path: toml.Path, required: bool = False) -> str:
    """A text as one line, blanks folded; empty or unprintable is refused when it is there."""
    if not required and not book.has(path):
        return ""
    text = toml.take(book, path, str)
    folded = " ".join(text.split())
    if not folded:
        raise book.fault(path, "this is empty", "Write it, or take the line out.")
    if len(folded) > LONGEST:
        said = f"{len(folded):,} characters, where {LONGEST:,} are the most"
        raise book.fault(path, said, "Shorten it.")
    for char in folded:
        if unicodedata.category(char) in {"Cc", "Cs", "Co"}:
            raise book.fault(
                path, f"this holds the character U+{ord(char):04X}", "Take the character out."
            )
    return folded


def _lines(book: toml.Document, path: toml.Path) -> tuple[str, ...]:
    count = len(toml.take_list(book, path, str))
    return tuple(_line(book, (*path, at)) for at in range(count))


def _number_or_line(book: toml.Document, path: toml.Path) -> str:
    if book.has(path) and isinstance(book.values.get(str(path[0])), int):
        return str(toml.take(book, path, int))
    return _line(book, path)


def _checked(
    book: toml.Document, path: toml.Path, check: Callable[[str], str], text: str, hint: str
) -> str:
    try:
        return check(text)
    except ValueError as error:
        raise book.fault(path, str(error), hint) from None


def _language(book: toml.Document, path: toml.Path, tag: str) -> str:
    meant = catalogue.LANGUAGE_NAMES.get(tag.strip().lower(), "")
    hint = f"Write “{meant}”." if meant else "Write a tag such as “en”, “es” or “es-CL”."
    return _checked(book, path, catalogue.language_tag, tag, hint)


def _date(book: toml.Document, path: toml.Path = ("date",)) -> str:
    value = toml.take_any(book, path, "")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04}"
        return _checked(book, path, catalogue.iso_date, value, 'Write it as in "2021".')
    text = _line(book, path)
    hint = 'Write "2021", "2021-05" or "2021-05-31".'
    return _checked(book, path, catalogue.iso_date, text, hint) if text else ""


def _identifiers(book: toml.Document, title: str, creators: tuple[Person, ...]) -> tuple[str, ...]:
    found = _lines(book, ("identifiers",))
    if not found:
        made = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join([title, *(p.name for p in creators)]))
        raise book.fault(
            ("identifiers",),
            "missing: an e-book must have an identifier",
            f'Add: identifiers = ["urn:uuid:{made}"], and its ISBN when it has one.',
        )
    hint = "Write “urn:isbn:…”, “urn:uuid:…”, “doi:…” or an address."
    return tuple(
        _checked(book, ("identifiers", at), catalogue.identifier, text, hint)
        for at, text in enumerate(found)
    )


def _person(book: toml.Document, path: toml.Path, role: str = "aut") -> Person:
    toml.known(book, path, _PERSON_KEYS, _KEYS)
    name = _line(book, (*path, "name"), required=True)
    role = toml.take(book, (*path, "role"), str, role)
    if role not in catalogue.RELATORS:
        meant = catalogue.RELATOR_NAMES.get(role.strip().lower(), "")
        hint = f"Write “{meant}”." if meant else "Write one such as aut, edt, trl, ill, aui or aft."
        raise book.fault((*path, "role"), f"“{role}” is not a MARC relator code", hint)
    return Person(name, role, _line(book, (*path, "sort")))


# --- the rest -------------------------------------------------------------------------


def _slug(book: toml.Document, title: str) -> str:
    if not book.has(("slug",)):
        made = catalogue.slug(title)
        if not made:
            raise book.fault(("slug",), "missing", "Add one of letters a-z, digits and hyphens.")
        return made
    text = toml.take(book, ("slug",), str)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 80:
        hint = f"Write “{made}”." if (made := catalogue.slug(text)) else "Write “my-book”."
        raise book.fault(
            ("slug",), f"“{text}” is not made of letters a-z, digits and single hyphens", hint
        )
    return text


def _sources(book: toml.Document) -> tuple[SourceFile, ...]:
    found: list[SourceFile] = []
    files: set[str] = set()
    for path in book.items(("sources",)):
        toml.known(book, path, _SOURCE_KEYS, _KEYS)
        file = confined(book, (*path, "file"))
        if file in files:
            raise book.fault((*path, "file"), f"{file} is listed twice", "Take one out.")
        files.add(file)
        sha256 = toml.take(book, (*path, "sha256"), str)
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise book.fault(
                (*path, "sha256"),
                "this is not a SHA-256: 64 digits from 0-9 and a-f",
                f"Ask for it: sha256sum {file}",
            )
        found.append(
            SourceFile(
                file=file,
                sha256=sha256,
                encoding=toml.take_choice(book, (*path, "encoding"), ENCODINGS, "utf-8"),
                pages=toml.take_choice(book, (*path, "pages"), PAGE_MARKS, "auto"),
                place=book.place(path),
            )
        )
    return tuple(found)


def confined(book: toml.Document, path: toml.Path) -> str:
    """A file's name at `path`, relative and inside the project, with forward slashes.

    Raises ConfigError.  Links are a matter for `store.inside`, which looks at the disk.
    """
    name = toml.take(book, path, str)
    hint = "Write a path from the project's folder, as in “manuscript/source/book.txt”."
    if not name.strip() or any(ord(char) < 32 for char in name):
        raise book.fault(path, "this is not the name of a file", hint)
    if "\\" in name or re.match(r"/|~|[A-Za-z]:", name):
        raise book.fault(path, f"“{name}” is not relative to the project", hint)
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if ".." in parts:
        raise book.fault(path, f"“{name}” leads out of the project", hint)
    return "/".join(parts)


def _editions(book: toml.Document) -> tuple[Edition, ...]:
    if not book.has(("editions",)):
        return tuple(Edition)
    names = [edition.value for edition in Edition]
    count = len(toml.take_list(book, ("editions",), str))
    chosen = {toml.take_choice(book, ("editions", at), names) for at in range(count)}
    if not chosen:
        raise book.fault(
            ("editions",), "there is nothing to build", 'Write ["epub", "pdf", "txt"].'
        )
    return tuple(edition for edition in Edition if edition.value in chosen)


def _required_reviews(book: toml.Document) -> int:
    number = toml.take(book, ("required_reviews",), int, 1)
    if not 1 <= number <= MOST_REVIEWERS:
        raise book.fault(
            ("required_reviews",),
            f"{number} people cannot decide",
            f"Write a number from 1 to {MOST_REVIEWERS}.",
        )
    return number


def _rules_off(book: toml.Document) -> tuple[RuleOff, ...]:
    rules = toml.take(book, ("rules_off",), dict, {})
    found: list[RuleOff] = []
    for rule in rules:
        path: toml.Path = ("rules_off", rule)
        if not re.fullmatch(r"[A-Z]{2,8}[0-9]{3}", rule):
            raise book.fault(path, f"“{rule}” is not a rule's code", "Write it as in HYP001.")
        reason = toml.take(book, path, str)
        if not reason.strip():
            raise book.fault(
                path, "there is no reason", f'Say why: {rule} = "the author spells so"'
            )
        found.append(RuleOff(rule, _line(book, path), book.place(path)))
    return tuple(found)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
