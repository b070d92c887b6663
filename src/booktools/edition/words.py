"""The words that an edition itself needs, in the book's language where we know it."""

from __future__ import annotations

from booktools.model.book import ChapterRole

_PAGES = ("cover", "title-page", "imprint", "start", "landmarks")
_PAGE_WORDS = {
    "en": ("Cover", "Title page", "Imprint", "Start of the text", "Landmarks"),
    "es": ("Cubierta", "Portada", "Créditos", "Comienzo del texto", "Puntos de referencia"),
    "fr": ("Couverture", "Page de titre", "Mentions légales", "Début du texte", "Repères"),
    "de": ("Umschlag", "Titelseite", "Impressum", "Beginn des Textes", "Wegmarken"),
}
_KINDS = {
    "es": {
        ChapterRole.DEDICATION: "Dedicatoria",
        ChapterRole.EPIGRAPH: "Epígrafe",
        ChapterRole.FOREWORD: "Prólogo",
        ChapterRole.PREFACE: "Prefacio",
        ChapterRole.INTRODUCTION: "Introducción",
        ChapterRole.PROLOGUE: "Prólogo",
        ChapterRole.PART: "Parte",
        ChapterRole.CHAPTER: "Capítulo",
        ChapterRole.CONCLUSION: "Conclusión",
        ChapterRole.EPILOGUE: "Epílogo",
        ChapterRole.AFTERWORD: "Posfacio",
        ChapterRole.APPENDIX: "Apéndice",
        ChapterRole.ERRATA: "Fe de erratas",
        ChapterRole.GLOSSARY: "Glosario",
        ChapterRole.BIBLIOGRAPHY: "Bibliografía",
        ChapterRole.COLOPHON: "Colofón",
        ChapterRole.BACK_COVER: "Contracubierta",
    },
    "fr": {
        ChapterRole.DEDICATION: "Dédicace",
        ChapterRole.EPIGRAPH: "Épigraphe",
        ChapterRole.FOREWORD: "Avant-propos",
        ChapterRole.PREFACE: "Préface",
        ChapterRole.INTRODUCTION: "Introduction",
        ChapterRole.PROLOGUE: "Prologue",
        ChapterRole.PART: "Partie",
        ChapterRole.CHAPTER: "Chapitre",
        ChapterRole.CONCLUSION: "Conclusion",
        ChapterRole.EPILOGUE: "Épilogue",
        ChapterRole.AFTERWORD: "Postface",
        ChapterRole.APPENDIX: "Annexe",
        ChapterRole.ERRATA: "Errata",
        ChapterRole.GLOSSARY: "Glossaire",
        ChapterRole.BIBLIOGRAPHY: "Bibliographie",
        ChapterRole.COLOPHON: "Colophon",
        ChapterRole.BACK_COVER: "Quatrième de couverture",
    },
    "de": {
        ChapterRole.DEDICATION: "Widmung",
        ChapterRole.EPIGRAPH: "Motto",
        ChapterRole.FOREWORD: "Geleitwort",
        ChapterRole.PREFACE: "Vorwort",
        ChapterRole.INTRODUCTION: "Einleitung",
        ChapterRole.PROLOGUE: "Prolog",
        ChapterRole.PART: "Teil",
        ChapterRole.CHAPTER: "Kapitel",
        ChapterRole.CONCLUSION: "Schluss",
        ChapterRole.EPILOGUE: "Epilog",
        ChapterRole.AFTERWORD: "Nachwort",
        ChapterRole.APPENDIX: "Anhang",
        ChapterRole.ERRATA: "Berichtigungen",
        ChapterRole.GLOSSARY: "Glossar",
        ChapterRole.BIBLIOGRAPHY: "Bibliographie",
        ChapterRole.COLOPHON: "Kolophon",
        ChapterRole.BACK_COVER: "Rückseite",
    },
}

# What stands before the number of a page; "p." in all others.
_SMALL_S = ("cs", "da", "nb", "nn", "no", "pl", "sk", "sl", "sv")
_PAGE_SIGNS = {"de": "S.", **dict.fromkeys(_SMALL_S, "s.")}


def page_word(language: str, page: str) -> str:
    """What a page that we make is called: cover, title-page, imprint, start, landmarks."""
    return _PAGE_WORDS.get(_primary(language), _PAGE_WORDS["en"])[_PAGES.index(page)]


def page_sign(language: str) -> str:
    """What stands before the number of a page: `p.`"""
    return _PAGE_SIGNS.get(_primary(language), "p.")


def chapter_kind(role: ChapterRole, language: str) -> str:
    """What a chapter without a title is called."""
    english = role.value.capitalize() if role is not ChapterRole.BACK_COVER else "Back cover"
    return _KINDS.get(_primary(language), {}).get(role, english)


def _primary(language: str) -> str:
    return language.split("-")[0].lower()
