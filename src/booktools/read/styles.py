"""The few words of a style sheet that say whether an element is to be seen.

Simple selectors alone are followed (a name, classes, an id); one with more to it can show an
element, but hides none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_PROPERTY = re.compile(
    r"(?:^|;)\s*(display|visibility)\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE
)
_SIMPLE = re.compile(r"(?P<name>\*|[A-Za-z][\w-]*)?(?P<rest>(?:[.#][\w-]+)*)$")
_LAST = re.compile(r"(?:\*|[A-Za-z][\w-]*)?(?:[.#][\w-]+)*(?=(?::{1,2}[\w()-]+|\[[^\]]*\])*$)")
_SEEN_MEDIA = re.compile(r"@(?:media|supports|layer)\b(?![^{]*\bprint\b)", re.IGNORECASE)
_NARROW = re.compile(r"\b(?:max|min)-(?:width|height)|orientation|prefers-|hover|pointer")
# Rules that say it, and of those as many that need the same name.
_MOST, _ALIKE = 2_000, 100


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a selector says: `weight` is how much it counts, `said` the properties."""

    name: str
    classes: frozenset[str]
    ids: frozenset[str]
    weight: tuple[int, int, int, int]
    said: Mapping[str, str]

    def fits(self, name: str, classes: frozenset[str], identity: str) -> bool:
        return (
            self.name in ("", "*", name)
            and self.classes <= classes
            and self.ids <= frozenset({identity})
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of a page about what is to be seen, by a name, a class or an id that they need;
    weakest first."""

    rules: Mapping[str, Sequence[_Rule]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Sheet:
        """The rules of style sheets, the first of them where they are very many."""
        merged: dict[object, _Rule] = {}
        for rule in islice((rule for text in texts for rule in _all_rules(text)), _MOST):
            same = rule.name, rule.classes, rule.ids, rule.weight[:3]
            before = merged.get(same)
            said = {**before.said, **rule.said} if before else rule.said
            merged[same] = replace(rule, said=said)
        found: dict[str, list[_Rule]] = {}
        for rule in sorted(merged.values(), key=lambda rule: rule.weight):
            keys = (*map("#{}".format, rule.ids), *map(".{}".format, rule.classes), rule.name)
            own = found.setdefault(keys[0], [])
            if len(own) < _ALIKE:
                own.append(rule)
        return cls(found)

    def of_element(self, name: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """`display` and `visibility` of an element, as far as they are said."""
        if not self.rules:
            return {}
        classes = frozenset(attributes.get("class", "").split())
        identity = attributes.get("id", "")
        keys = (name, "*", f"#{identity}", *(f".{one}" for one in classes))
        own = [rule for key in keys for rule in self.rules.get(key, ())]
        said: dict[str, str] = {}
        for rule in sorted(own, key=lambda rule: rule.weight):
            if rule.fits(name, classes, identity):
                said |= rule.said
        return said


def declared(style: str) -> dict[str, str]:
    """`display` and `visibility` in declarations."""
    return {name.lower(): value.lower() for name, value, _ in _PROPERTY.findall(style)}


def _all_rules(text: str) -> Iterator[_Rule]:
    number = 0
    for selectors, block in _blocks(_COMMENT.sub(" ", text)):
        for selector in selectors.split(",")[:64]:
            for rule in _rules(selector.strip(), block):
                number += 1
                yield replace(rule, weight=(*rule.weight[:3], number))


def _rules(selector: str, block: str) -> Iterator[_Rule]:
    said = declared(block)
    if not said:
        return
    simple = _SIMPLE.fullmatch(selector)
    if simple is None:  # it shows what its last part names, if anything
        said = {k: v for k, v in said.items() if v not in ("none", "hidden", "collapse")}
        last = _LAST.search(selector[-400:])
        simple = _SIMPLE.fullmatch(last[0]) if last and last[0] else None
        if not said or simple is None:
            return
    rest = re.findall(r"[.#][\w-]+", simple["rest"])
    classes = frozenset(one[1:] for one in rest if one[0] == ".")
    ids = frozenset(one[1:] for one in rest if one[0] == "#")
    name = (simple["name"] or "").lower()
    if not (name or rest):
        return
    important = 1_000 * ("important" in block.lower())
    yield _Rule(name, classes, ids, (important + len(ids), len(classes), int(bool(name)), 0), said)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, those for screens of all kinds."""
    at = 0
    closes: list[bool] = []  # of the groups that are open: whether its rules count
    while at < len(text):
        opened, closed = text.find("{", at), text.find("}", at)
        if closes and 0 <= closed < (opened if opened >= 0 else len(text)):
            closes.pop()
            at = closed + 1
            continue
        if opened < 0:
            return
        head = text[at:opened].rpartition(";")[2].strip()
        if head.startswith("@"):
            counts = bool(_SEEN_MEDIA.match(head)) and not _NARROW.search(head)
            closes.append(counts and all(closes))
            at = opened + 1
            continue
        end = text.find("}", opened)
        end = len(text) if end < 0 else end
        if all(closes):
            yield head.lstrip("}").strip(), text[opened + 1 : end]
        at = end + 1
