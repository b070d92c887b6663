"""Reports: exact text, shapes that other programs ask for, nothing that escapes."""

from __future__ import annotations

import itertools
import json
import random
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errors import EXIT_DONE, EXIT_FINDINGS
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.report import FORMATS, THRESHOLDS, Style, exit_code, reaches, render

HERE = Place("manuscript/text/01-a.md", 3)
TRAIL = (Place("dist/b.epub", page=12), Place("manuscript/source/b.txt", 70, 3, 2))
FINDINGS = (
    Finding(
        "QUO002",
        Severity.WARNING,
        "“ opens, » closes",
        Place("manuscript/text/02-é x.md", 12, 5),
        excerpt="the “Dago»",
        fix="“Dago”",
    ),
    Finding("IMG001", Severity.NOTE, "no image", HERE),
    Finding("EPB001", Severity.ERROR, "not valid", HERE, trail=TRAIL),
    Finding("BLD001", Severity.ERROR, "two\nlines: 50%, a"),
)
STYLE = Style("1.2.3")

TEXT = """\
error BLD001: two lines: 50%, a
manuscript/text/01-a.md:3: error EPB001: not valid
    from dist/b.epub (page 12)
    from manuscript/source/b.txt:70:3 (page 2)
manuscript/text/01-a.md:3: note IMG001: no image
manuscript/text/02-é x.md:12:5: warning QUO002: “ opens, » closes
    the “Dago»
    remedy: “Dago”

2 errors, 1 warning, 1 note.
"""

GITHUB = """\
::error title=BLD001::two%0Alines: 50%25, a
::error file=manuscript/text/01-a.md,line=3,title=EPB001::not valid
::notice file=manuscript/text/01-a.md,line=3,title=IMG001::no image
::warning file=manuscript/text/02-é x.md,line=12,col=5,title=QUO002::“ opens, » closes%0Athe “Dago»%0ARemedy: “Dago”
2 errors, 1 warning, 1 note.
"""  # noqa: E501


def test_text() -> None:
    assert render(FINDINGS, "text", STYLE) == TEXT
    assert render((), "text", STYLE) == "no errors, no warnings, no notes.\n"


def test_colour_adds_colour_only() -> None:
    coloured = render(FINDINGS, "text", Style("1", colour=True))
    assert "\x1b[31;1merror EPB001\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == TEXT


def test_github() -> None:
    assert render(FINDINGS, "github", STYLE) == GITHUB
    odd = Finding("A", Severity.NOTE, "x", Place("a:b,c%.md", 1))
    assert "file=a%3Ab%2Cc%25.md,line=1" in render([odd], "github", STYLE)


def test_json() -> None:
    report = json.loads(render(FINDINGS, "json", STYLE))
    assert report["tool"] == {"name": "booktools", "version": "1.2.3"}
    assert report["counts"] == {"error": 2, "warning": 1, "note": 1}
    codes = [finding["code"] for finding in report["findings"]]
    assert codes == ["BLD001", "EPB001", "IMG001", "QUO002"]
    assert report["findings"][0]["place"] is None
    assert report["findings"][1]["trail"][0] == {"file": "dist/b.epub", "page": 12}
    last = report["findings"][3]
    assert last["place"] == {"file": "manuscript/text/02-é x.md", "line": 12, "column": 5}
    assert last["fingerprint"] == FINDINGS[0].fingerprint
    assert (last["excerpt"], last["fix"]) == ("the “Dago»", "“Dago”")


def test_sarif_has_the_shape_of_2_1_0() -> None:
    log = json.loads(render(FINDINGS, "sarif", STYLE))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("booktools", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["BLD001", "EPB001", "IMG001", "QUO002"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == 4
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        for location in result.get("locations", []):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri)
            assert location["physicalLocation"].get("region", {"startLine": 1})["startLine"] >= 1
    assert "locations" not in run["results"][0]
    related = run["results"][1]["relatedLocations"]
    assert related[1]["physicalLocation"]["region"] == {"startLine": 70, "startColumn": 3}
    warning = run["results"][3]
    physical = warning["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "manuscript/text/02-%C3%A9%20x.md"
    assert physical["region"]["snippet"] == {"text": "the “Dago»"}
    assert warning["partialFingerprints"] == {"booktools/v1": FINDINGS[0].fingerprint}
    assert json.loads(render((), "sarif", STYLE))["runs"][0]["results"] == []


def test_junit() -> None:
    top = ElementTree.fromstring(render(FINDINGS, "junit", Style("1", fail_on="warning")))
    assert top.attrib == {"name": "booktools", "tests": "4", "failures": "3"}
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in top] == [
        ("booktools", "1", "1"),
        ("manuscript/text/01-a.md", "2", "1"),
        ("manuscript/text/02-é x.md", "1", "1"),
    ]
    failure = top.findall(".//failure")[2]
    assert failure.get("type") == "warning"
    assert failure.get("message") == "“ opens, » closes"
    assert failure.text == "“ opens, » closes\nthe “Dago»\nremedy: “Dago”"
    assert top.findtext(".//system-out") == "note: no image"
    names = [case.get("name") for case in top.findall(".//testcase")]
    assert len(set(names)) == 4


def test_junit_of_nothing_is_one_case_that_passes() -> None:
    top = ElementTree.fromstring(render((), "junit", STYLE))
    assert top.attrib == {"name": "booktools", "tests": "1", "failures": "0"}
    assert len(top.findall(".//testcase")) == 1
    assert top.find(".//failure") is None


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_does_not_depend_on_how_findings_came(form: str) -> None:
    made = {render(order, form, STYLE) for order in itertools.permutations(FINDINGS)}
    assert len(made) == 1


def test_thresholds() -> None:
    codes = {
        fail_on: [exit_code([Finding("A", severity, "m")], fail_on) for severity in Severity]
        for fail_on in THRESHOLDS
    }
    no, yes = EXIT_DONE, EXIT_FINDINGS
    assert codes == {
        "note": [yes, yes, yes],
        "warning": [no, yes, yes],
        "error": [no, no, yes],
        "never": [no, no, no],
    }
    assert exit_code([], "note") == EXIT_DONE
    assert list(filter(reaches("error"), FINDINGS)) == [FINDINGS[2], FINDINGS[3]]


NASTY = st.text("a ]<>&\"'%:,\n\r\t\x00\x1b\x7f\x9b\u202e\u2028\ufffe\U0001f4d6", max_size=8)


@given(NASTY | st.just("\ud800"), NASTY, NASTY, st.randoms(use_true_random=False))
def test_nothing_escapes_from_a_report(
    message: str, excerpt: str, file: str, chance: random.Random
) -> None:
    place = Place(file, chance.randint(0, 3), chance.randint(0, 3), chance.randint(0, 3))
    finding = Finding("A", Severity.ERROR, message, place, excerpt, message, (place,))
    for form in FORMATS:
        made = render([finding], form, STYLE)
        made.encode()
        assert not re.search("[\x00\x1b\x9b\u202e\r]", made)
        if form == "json":
            assert json.loads(made)["findings"][0]["message"] == message
        if form == "sarif":
            assert json.loads(made)["runs"][0]["results"][0]["ruleId"] == "A"
        if form == "junit":
            assert ElementTree.fromstring(made).get("failures") == "1"
        if form == "github":
            assert len(made.split("\n")) == 3
