"""The finder's peers: other spellers, each as its manual tells to use it, on the same text.

Each gives flags with offsets and readings.  A peer that is not there is told so, not left out
in silence: `installed` says what is missing.  What needs a download at run time (LanguageTool's
Python client, JamSpell's models) or is in no package (bookloupe) is not here; nor is jeebies,
which is bookloupe's.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from booktools import suggest
from booktools.find.reading import Reading

Flag: TypeAlias = tuple[int, int, Sequence[str], float]
System: TypeAlias = Callable[[str, str], Iterable[Flag]]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CODESPELL = re.compile(r"^(?P<line>\d+): .*\n\t(?P<wrong>\S+) ==> (?P<right>.*)$", re.MULTILINE)
_READINGS = 5
_SECONDS = 900  # for one text


@dataclass(frozen=True)
class Peer:
    """A system, what it needs, and the languages that it can do: none named, all.

    `module` is a Python module, `program` an executable.
    """

    name: str
    system: System
    languages: tuple[str, ...] = ()
    module: str = ""
    program: str = ""

    def installed(self) -> bool:
        if self.module and importlib.util.find_spec(self.module) is None:
            return False
        return not self.program or _program(self.program) is not None


def _program(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.is_file() else shutil.which(name)


def dictionary(text: str, lang: str) -> Iterator[Flag]:
    """Every word that our list of words has not: no readings, no rank."""
    reading = Reading(text, suggest.language([lang]))
    for index, word in enumerate(reading.words):
        if reading.unknown[index] and word.plain:
            yield word.start, word.end, (), 0.0


def _each(text: str, ask: Callable[[str], Sequence[str] | None]) -> Iterator[Flag]:
    """Word by word; each form is asked about once.  None: it is right."""
    seen: dict[str, Sequence[str] | None] = {}
    for match in _WORD.finditer(text):
        form = match[0].replace("’", "'")
        if form not in seen:
            seen[form] = ask(form)
        readings = seen[form]
        if readings is not None:
            yield match.start(), match.end(), readings[:_READINGS], 0.0


@cache
def _symspell() -> tuple[Any, Any]:
    module: Any = importlib.import_module("symspellpy")
    here = Path(module.__file__).parent
    speller = module.SymSpell(2, 7)
    speller.load_dictionary(here / "frequency_dictionary_en_82_765.txt", 0, 1, encoding="utf-8-sig")
    return module, speller


def symspell(text: str, lang: str) -> Iterator[Flag]:
    """symspellpy with the dictionary that comes with it, two letters at most."""
    module, speller = _symspell()

    def ask(form: str) -> list[str] | None:
        found = speller.lookup(form.lower().removesuffix("'s"), module.Verbosity.CLOSEST, 2)
        if found and not found[0].distance:
            return None
        return [one.term for one in found]

    return _each(text, ask)


@cache
def _pyspell() -> Any:
    module: Any = importlib.import_module("spellchecker")
    return module.SpellChecker(language="en", distance=1)


def pyspell(text: str, lang: str) -> Iterator[Flag]:
    """pyspellchecker, one slip only: with two it takes many minutes for a noisy text."""
    speller = _pyspell()

    def ask(form: str) -> list[str] | None:
        low = form.lower().removesuffix("'s")
        if not speller.unknown([low]):
            return None
        near = speller.candidates(low) or set()
        return sorted(near, key=lambda word: (-speller.word_usage_frequency(word), word))

    return _each(text, ask)


def _piped(program: str, names: dict[str, str]) -> System:
    """A speller that talks as ispell does: hunspell, aspell."""

    def system(text: str, lang: str) -> Iterator[Flag]:
        forms = sorted({match[0].replace("’", "'") for match in _WORD.finditer(text)})
        said = subprocess.run(
            [_program(program) or program, "-a", *names[lang].split()],
            input="".join(f"^{form}\n" for form in forms),
            capture_output=True, text=True, check=True, timeout=_SECONDS,
        ).stdout  # fmt: skip
        # The first line is the greeting; behind each word's answers stands an empty line.
        answers = said.partition("\n")[2].split("\n\n")
        wrong: dict[str, list[str]] = {}
        for form, answer in zip(forms, answers, strict=False):
            for line in answer.split("\n"):
                if line[:1] in ("&", "#"):
                    wrong[form] = [one.strip() for one in line.partition(": ")[2].split(",")]
        return _each(text, wrong.get)

    return system


def codespell(text: str, lang: str) -> Iterator[Flag]:
    """codespell, with its own list of misspellings."""
    said = subprocess.run(
        [_program("codespell") or "codespell", "-"],
        input=text, capture_output=True, text=True, timeout=_SECONDS, check=False,
    ).stdout  # fmt: skip
    starts = _starts(text)
    taken: set[int] = set()
    for found in _CODESPELL.finditer(said):
        start = starts[int(found["line"]) - 1]
        while (at := text.find(found["wrong"], start)) in taken:
            start = at + 1
        if at >= 0:
            taken.add(at)
            readings = [one.strip() for one in found["right"].split(",")]
            yield at, at + len(found["wrong"]), readings[:_READINGS], 0.0


def typos(text: str, lang: str) -> Iterator[Flag]:
    """typos, without looking for a configuration."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.txt")
        file.write_text(text)
        said = subprocess.run(
            [_program("typos") or "typos", "--isolated", "--format", "json", str(file)],
            capture_output=True, text=True, timeout=_SECONDS, check=False,
        ).stdout  # fmt: skip
    lines = text.split("\n")
    starts = _starts(text)
    for line in said.splitlines():
        one = json.loads(line)
        if one.get("type") == "typo":
            number = one["line_num"] - 1
            before = lines[number].encode()[: one["byte_offset"]].decode()
            start = starts[number] + len(before)
            yield start, start + len(one["typo"]), one["corrections"][:_READINGS], 0.0


def harper(text: str, lang: str) -> Iterator[Flag]:
    """Harper, with the rules that are on by themselves; marks and layout left out."""
    module: Any = importlib.import_module("harper")
    for lint in module.Linter().lint(text):
        if lint.lint_kind in ("Punctuation", "Formatting", "Readability", "Style"):
            continue
        readings = [one.replacement_text for one in lint.suggestions if one.replacement_text]
        yield lint.span.start, lint.span.end, readings[:_READINGS], 0.0


def _starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]


_HUNSPELL = {"en": "-d en_US", "fr": "-d fr", "es": "-d es_ES", "de": "-d de_DE"}
_ASPELL = {lang: f"-l {lang}" for lang in _HUNSPELL}
_ALL = tuple(_HUNSPELL)
PEERS = (
    Peer("dictionary alone", dictionary),
    # In French hunspell takes minutes for the suggestions of one text.
    Peer("hunspell", _piped("hunspell", _HUNSPELL), ("en", "es", "de"), program="hunspell"),
    Peer("aspell", _piped("aspell", _ASPELL), _ALL, program="aspell"),
    Peer("symspellpy", symspell, ("en",), module="symspellpy"),
    Peer("pyspellchecker", pyspell, ("en",), module="spellchecker"),
    Peer("harper", harper, ("en",), module="harper"),
    Peer("codespell", codespell, ("en",), program="codespell"),
    Peer("typos", typos, ("en",), program="typos"),
)
