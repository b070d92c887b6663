"""Each rule of the finder: its examples, and that all together are in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from booktools.find.reading import Reading
from booktools.find.reference import finding_page
from booktools.find.rule import Rule
from booktools.find.rules import RULES, find
from booktools.suggest import language

ENGLISH = language(["en"])
CASES = [(rule, *example) for rule in RULES for example in rule.examples]
ENDS = "⏎"


def found(text: str, code: str) -> list[str]:
    """The text with each of a rule's likely findings replaced by what it proposes first."""
    return [
        text[: one.start] + (one.readings or ("…",))[0] + text[one.end :]
        for one in find(Reading(text.replace(ENDS, "\n"), ENGLISH))
        if one.rule == code and one.score >= 0.25
    ]


@pytest.mark.parametrize(("rule", "kind", "text"), CASES)
def test_examples(rule: Rule, kind: str, text: str) -> None:
    changed = found(text, rule.code)
    if kind == "Bad":
        assert changed, f"{rule.code} does not find anything in: {text}"
    else:
        assert not changed, f"{rule.code} finds something in: {text}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_is_proposed_is_the_good_text(rule: Rule) -> None:
    """Where an example has a single fault, its first reading makes the `Good` one of it."""
    pairs = list(zip(rule.examples, rule.examples[1:], strict=False))
    for (one, bad), (two, good) in pairs:
        if (one, two) == ("Bad", "Good") and len(found(bad, rule.code)) == 1:
            assert found(bad, rule.code) == [good]


def test_codes_are_unique_and_shaped() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]{3}\d{3}", code) for code in codes)


def test_every_rule_has_a_page_with_examples_of_both_kinds() -> None:
    for rule in RULES:
        kinds = {kind for kind, _ in rule.examples}
        assert rule.page, rule.code
        assert {"Bad", "Keep"} <= kinds, rule.code


def test_the_page_of_the_rules_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "docs/finding.md"
    assert page.read_text() == finding_page(), "make docs"
