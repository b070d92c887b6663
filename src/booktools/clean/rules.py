"""The cleaning rules, in the order in which they run.

Each rule works on what the rules before it left; its edits are one layer of the block.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from booktools.clean import gaps, held, hyphens, items, listings, marks, specks
from booktools.clean.cut import MARKS, TRUE_HYPHENS
from booktools.clean.rule import Knowledge, Rule
from booktools.clean.selves import SIGNS
from booktools.model.asked import Asked
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Edit, Galley, Safety
from booktools.model.place import Place

# What a text must have of for a rule to find anything.
_CUT = frozenset(MARKS)
_PDFIUM = frozenset("\ufffe\x02")
_SOFT = frozenset(hyphens.SOFT_HYPHEN)
_MARK = frozenset(".,;:!?…")
_LINE = frozenset("\n\f")
_QUOTE = frozenset("‘")
_HYPHEN = frozenset("-")
_HELD = frozenset(held.HELD)
_FOR_I = SIGNS | frozenset("|1")

RULES: tuple[Rule, ...] = (
    Rule("COL001", "end a column's lines", Safety.SAFE, marks.end_column_lines),  # by raw text
    Rule("FUR001", "drop running heads and folios", Safety.SAFE, marks.drop_furniture),
    Rule("LST001", "drop the mark of a list’s item", Safety.SAFE, items.drop_mark),
    Rule("SPK006", "drop signs at line ends", Safety.SAFE, specks.drop_apart),
    Rule("SPK001", "drop specks where a word is cut", Safety.SAFE, specks.drop_at_line_end, _LINE),
    Rule("SPK002", "restore a hyphen at a line end", Safety.SAFE, specks.restore_hyphen, _LINE),
    Rule("SPK003", "a sign is the word I", Safety.SAFE, specks.restore_self, _FOR_I),
    Rule("SPK004", "a speck between words is a blank", Safety.SAFE, specks.part_words),
    Rule("SPK005", "part little words", Safety.SAFE, specks.part_run_together),
    Rule("HYP005", "k-k to ck", Safety.SAFE, hyphens.restore_ck, _CUT),
    Rule("HYP007", "three letters to two", Safety.SAFE, hyphens.restore_double, _CUT),
    Rule("HYP001", "join the halves of a word", Safety.SAFE, hyphens.join_halves, _CUT),
    Rule("HYP002", "keep a true hyphen", Safety.SAFE, hyphens.keep_hyphen, _CUT),
    Rule("HYP003", "ask about a hyphen", Safety.REVIEW, hyphens.ask_hyphen, _CUT),
    Rule("HYP004", "drop soft hyphens", Safety.SAFE, marks.drop_soft_hyphens, _SOFT),
    Rule("HYP006", "spell out pdfium's hyphens", Safety.SAFE, hyphens.spell_out_marks, _PDFIUM),
    Rule(
        "CTL001",
        "drop what cannot be printed",
        Safety.SAFE,
        marks.drop_unprintable,
        marks.UNPRINTABLE,
    ),
    Rule(
        "SPC001",
        "close up after a dash at a line end",
        Safety.SAFE,
        marks.close_line_end_dash,
        _LINE,
    ),
    Rule("SPC002", "unwrap lines", Safety.SAFE, marks.unwrap, _LINE),
    Rule("SPC003", "single blanks", Safety.SAFE, marks.single_spaces),
    Rule("SPC004", "trim paragraphs", Safety.SAFE, marks.trim),
    Rule("LIG001", "open ligatures", Safety.SAFE, marks.open_ligatures, marks.LIGATURES),
    Rule("SPC007", "free the blanks of a page", Safety.SAFE, held.free_blanks, _HELD),
    Rule("SPC005", "blank behind a mark", Safety.SAFE, gaps.restore_blank, _MARK),
    Rule("SPC006", "blank behind a note's number", Safety.SAFE, gaps.part_number),
    Rule("QUO001", "apostrophe before a year", Safety.SAFE, marks.apostrophe_of_omission, _QUOTE),
    Rule("DSH001", "spaced hyphen to dash", Safety.SAFE, marks.spaced_hyphen, _HYPHEN),
    Rule("DSH002", "dash between years", Safety.SAFE, marks.year_range, _HYPHEN),
    Rule("DSH003", "two hyphens to a dash", Safety.SAFE, marks.double_hyphen, _HYPHEN),
    Rule("INI001", "doubled display initial", Safety.SAFE, marks.display_initial),
    Rule("INI002", "drop capital to its word", Safety.SAFE, marks.drop_capital),
    Rule("SPC008", "the blanks of a listing", Safety.SAFE, listings.restore_blanks),
)

# Every sign that some rule needs.
_SIGNS = frozenset().union(*(rule.needs for rule in RULES))


def likely(blocks: Sequence[Block], languages: Sequence[str] = ()) -> frozenset[str]:
    """The words, casefolded, whose frequencies the rules are likely to ask for."""
    return (
        hyphens.likely(blocks, languages) | marks.likely(blocks) | specks.likely(blocks, languages)
    )


def clean(galley: Galley, known: Knowledge, off: Collection[str] = ()) -> Galley:
    """The galley with every rule that is not switched off applied, in order."""
    hyphens.settle(galley.blocks, known)
    specked = known.habits.specked and not galley.source.typeset
    rules = [rule for rule in RULES if rule.code not in off and (specked or not _of_specks(rule))]
    useful: dict[frozenset[str], list[Rule]] = {}  # rules that may find something, by the signs
    blocks = []
    for block in galley.blocks:
        there = _SIGNS.intersection(block.text)
        if listings.is_listing(block):
            blocks.append(_listed(block, known, rules))
            continue
        if there not in useful:
            useful[there] = [r for r in rules if not (r.needs and r.needs.isdisjoint(there))]
        left = iter(useful[there])
        while block.text and (rule := next(left, None)):
            if edits := tuple(rule.find(block, known)):
                block = block.edited(edits)
                fresh = _SIGNS.intersection("".join([edit.new for edit in edits])) - there
                if fresh:  # rules that come later may find these
                    there |= fresh
                    left = iter(_later(rules, rule, there))
        blocks.append(block)
    return Galley(galley.source, tuple(blocks))


def _listed(block: Block, known: Knowledge, rules: Sequence[Rule]) -> Block:
    """A listing: no more of it is changed than its lines need to stand as they stood."""
    for rule in rules:
        if rule.code in listings.RULES and (edits := tuple(rule.find(block, known))):
            block = block.edited(edits)
    return block


def _of_specks(rule: Rule) -> bool:
    """Whether a rule finds something in a document with specks only."""
    return rule.code.startswith("SPK")


def _later(rules: Sequence[Rule], rule: Rule, there: frozenset[str]) -> list[Rule]:
    """The rules behind one that may find something where these signs are."""
    behind = rules[rules.index(rule) + 1 :]
    return [r for r in behind if not (r.needs and r.needs.isdisjoint(there))]


def asked(galley: Galley) -> tuple[Asked, ...]:
    """What the rules have done and a person should decide, with the other reading."""
    return tuple(
        _asked(galley, number, layer, edit)
        for number, block in enumerate(galley.blocks)
        for layer, edits in enumerate(block.layers)
        for edit in edits
        if edit.safety is Safety.REVIEW
    )


def _asked(galley: Galley, number: int, layer: int, edit: Edit) -> Asked:
    block = galley.blocks[number]
    raw = edit.span.start
    for below in reversed(block.layers[:layer]):
        raw = below.below(raw)
    at = edit.span.start
    for above in block.layers[layer:]:
        at = above.above(at)
    text = block.text
    start, end = _word(text, at)
    kept = text[at - 1 : at] in TRUE_HYPHENS if at else False
    at -= kept
    other = text[start:at] + ("" if kept else "-") + text[at + kept : end]
    reason = f"a hyphen at the line end, {edit.evidence}"
    place = galley.source.place(block.source_offset(raw))
    return Asked(edit.rule, number, start, end, text[start:end], other, reason, place)


def questions(galley: Galley, answered: Collection[tuple[Place, str]] = ()) -> tuple[Finding, ...]:
    """A finding for each edit that a person should look at.

    What is `answered`, (a line of the source, a reading with the word in it), is left out.
    """
    lines: dict[tuple[str, int], list[str]] = {}
    for place, found in answered:
        lines.setdefault((place.file, place.line), []).append(found)

    def told(one: Asked) -> bool:
        at, anywhere = (one.place.file, one.place.line), ("", one.place.line)
        return any(one.found in found for found in (*lines.get(at, ()), *lines.get(anywhere, ())))

    return tuple(_question(galley, one) for one in asked(galley) if not told(one))


def _question(galley: Galley, one: Asked) -> Finding:
    source = galley.source
    at = source.line_span(one.place.line, one.place.line, one.place.file).start
    at += one.place.column - 1
    return Finding(
        one.rule,
        Severity.WARNING,
        f"a hyphen at the line end, set as “{one.found}”: is that right? "
        f"{one.reason.partition(', ')[2]}",
        one.place,
        " ".join(source.text[max(0, at - 24) : at + 32].split()),
        "Decide its entry in manuscript/errata.toml, or put the word, as it should stand, into "
        "manuscript/lexicon.txt.",
    )


def _word(text: str, at: int) -> tuple[int, int]:
    """Where the word round an offset begins and ends, without the marks beside it."""
    start, end = at, at
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while start < at and text[start] in _BESIDE:
        start += 1
    while end > at and text[end - 1] in _BESIDE:
        end -= 1
    return start, end


_BESIDE = ".,;:!?…()[]\"'“”‘’„‚«»‹›—–"
