"""What the headings of books say of the divisions that they open, in some languages."""

from __future__ import annotations

import re

from booktools.model.book import ChapterRole

_NUMBER = r"(?:\d{1,3}|[IVXLC]{1,7}|[^\W\d_]{2,15}(?:[ -][^\W\d_]{2,12})?)"
_KINDS = "chapter|chap|kapitel|cap[ií]tulo|chapitre|capitolo|book|part|teil|parte|partie"
# A line that only numbers the chapter: “Chapter 3”, “KAPITEL IV.”, “Third Part”, “XII.”
_LABEL = re.compile(
    rf"(?:(?:{_KINDS})\.?\s+{_NUMBER}|{_NUMBER}\s+(?:{_KINDS})|\d{{1,3}}|[IVXLC]{{1,7}})\s*[.:]?",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:part|book|teil|buch|parte|libro|partie|livre|volume)\b\.?\s+{_NUMBER}\b.*"
    rf"|{_NUMBER}\s+(?:part|book|teil|buch|parte|libro|partie|livre)\b.*",
    re.IGNORECASE,
)

_ROLES: dict[str, ChapterRole] = {
    title: role
    for role, titles in {
        ChapterRole.DEDICATION: "dedication|widmung|dedicatoria|dédicace",
        ChapterRole.EPIGRAPH: "epigraph|motto|epígrafe|épigraphe",
        ChapterRole.FOREWORD: "foreword|geleitwort|avant-propos",
        ChapterRole.PREFACE: "preface|author’s preface|vorwort|prefacio|préface",
        ChapterRole.INTRODUCTION: "introduction|einleitung|einführung|introducción",
        ChapterRole.PROLOGUE: "prologue|prolog|prólogo",
        ChapterRole.CONCLUSION: "conclusion|conclusions|schluss|conclusión|conclusiones",
        ChapterRole.EPILOGUE: "epilogue|epilog|epílogo|épilogue",
        ChapterRole.AFTERWORD: "afterword|nachwort|postface",
        ChapterRole.APPENDIX: "appendix|appendices|anhang|apéndice|annexe|appendice",
        ChapterRole.GLOSSARY: "glossary|glossar|glosario|glossaire",
        ChapterRole.BIBLIOGRAPHY: "bibliography|literatur|bibliografía|bibliographie|references",
        ChapterRole.COLOPHON: "colophon|kolophon|colofón",
    }.items()
    for title in titles.split("|")
}


def is_label(text: str) -> bool:
    """Whether a line is only the number of a chapter or part."""
    return _LABEL.fullmatch(text.strip()) is not None


def is_part(text: str) -> bool:
    """Whether a heading opens a part of a book, which holds chapters."""
    return _PART.fullmatch(text.strip()) is not None


def roles_of(titles: list[str]) -> list[ChapterRole]:
    """What chapters with these titles are, in their order.

    A word such as “Preface” makes front matter only before the first chapter, and one such
    as “Appendix” back matter only behind the last.
    """
    named = [_ROLES.get(_plain(title), ChapterRole.CHAPTER) for title in titles]
    body = [i for i, role in enumerate(named) if role.matter == "body"]
    first, last = (body[0], body[-1]) if body else (0, len(named) - 1)
    return [
        ChapterRole.CHAPTER
        if (role.matter == "front" and i > first) or (role.matter == "back" and i < last)
        else role
        for i, role in enumerate(named)
    ]


def _plain(title: str) -> str:
    return " ".join(title.casefold().split()).strip(" .:").replace("'", "’")
