"""Make `src/booktools/data/words/`: every form of the words of hunspell's dictionaries.

    python scripts/wordlists.py FOLDER [LANGUAGE…]    where en_US.dic, en_US.aff, fr.* … are
    python scripts/wordlists.py --rare FOLDER         where SCOWL's lists english-words.10 … are

Debian's packages hunspell-en-us, hunspell-en-gb, hunspell-fr-comprehensive, hunspell-es,
hunspell-de-de and scowl have them.
Possessives and elisions are left out: cleaning takes them off before it asks.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LISTS = {"en": ("en_US", "en_GB"), "fr": ("fr",), "es": ("es_ES",), "de": ("de_DE",)}
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"'s?$")
_OUT = Path(__file__).resolve().parent.parent / "src/booktools/data/words"

# SCOWL's sizes: up to the first it is a large dictionary's, to the second any that ever was.
RARE = {"rare": 80, "rarest": 95}
_SCOWL = re.compile(r".*-(?:words|upper|proper-names|contractions)\.(\d+)")
_SHORTEST = 3  # letters: a rare word of two is a misreading

Rule = tuple[str, str, re.Pattern[str]]  # what is taken off, what is put on, where it may be


def main(folder: Path, languages: list[str]) -> None:
    for language in languages or LISTS:
        names = LISTS[language]
        words = {form for name in names for form in _forms(folder, name) if _fit(form)}
        _write(language, words)


def rare(folder: Path) -> None:
    """English words that dictionaries for writers leave out, by how rare they are."""
    known = set(gzip.decompress((_OUT / "en.txt.gz").read_bytes()).decode().split("\n"))
    known |= {word.lower() for word in known}
    for name, size in RARE.items():
        words: set[str] = set()
        for file in sorted(folder.iterdir()):
            of_size = _SCOWL.fullmatch(file.name)
            if of_size and int(of_size[1]) <= size:
                words |= set(file.read_text("latin-1").split("\n"))
        fresh = {word for word in words - known if len(word) >= _SHORTEST and _fit(word)}
        _write(f"en.{name}", fresh)
        known |= fresh


def _write(name: str, words: set[str]) -> None:
    lines = sorted(word.encode() for word in words)
    _OUT.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(b"\n".join(lines), 9, mtime=0)
    (_OUT / f"{name}.txt.gz").write_bytes(packed)
    print(f"{name}: {len(words):,} words, {len(packed):,} bytes")


def _fit(form: str) -> bool:
    return bool(_WORD.fullmatch(form)) and not _POSSESSIVE.search(form)


def _forms(folder: Path, name: str) -> Iterator[str]:
    raw = (folder / f"{name}.aff").read_bytes()
    found = re.search(rb"^SET\s+(\S+)", raw, re.MULTILINE)
    encoding = found[1].decode() if found else "latin-1"
    flags, rules = _affixes(raw.decode(encoding).split("\n"))
    text = (folder / f"{name}.dic").read_bytes().decode(encoding)
    for line in text.split("\n")[1:]:
        entry = line.split("\t")[0].split(" ")[0].strip()
        word, _, marks = entry.partition("/")
        if not word:
            continue
        own = _flags(marks, flags)
        forms = {word, *_affixed({word}, own, rules["SFX"], behind=True)}
        yield from forms
        prefixed = _affixed(forms, own, rules["PFX"], behind=False)
        yield from (form for form in prefixed if "'" not in form and "’" not in form)


def _affixes(lines: list[str]) -> tuple[str, dict[str, dict[str, list[Rule]]]]:
    kind, rules = "char", {"SFX": {}, "PFX": {}}
    for line in lines:
        part = line.split()
        if len(part) > 1 and part[0] == "FLAG":
            kind = part[1]
        if len(part) < 5 or part[0] not in rules:
            continue
        off, on = ("" if p == "0" else p.split("/")[0] for p in part[2:4])
        where = f"(?:{part[4]})$" if part[0] == "SFX" else f"^(?:{part[4]})"
        rules[part[0]].setdefault(part[1], []).append(
            (off, "" if on == "0" else on, re.compile(where))
        )
    return kind, rules


def _flags(marks: str, kind: str) -> list[str]:
    if kind == "long":
        return [marks[at : at + 2] for at in range(0, len(marks), 2)]
    return marks.split(",") if kind == "num" else list(marks)


def _affixed(
    words: set[str], flags: list[str], rules: dict[str, list[Rule]], *, behind: bool
) -> Iterator[str]:
    for flag in flags:
        for off, on, where in rules.get(flag, ()):
            for word in words:
                if behind and word.endswith(off) and where.search(word):
                    yield word[: len(word) - len(off)] + on
                elif not behind and word.startswith(off) and where.search(word):
                    yield on + word[len(off) :]


if __name__ == "__main__":
    if sys.argv[1] == "--rare":
        rare(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), sys.argv[2:])
