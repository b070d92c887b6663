"use strict";

// A chapter to read, its entries marked; any words of it can be selected and corrected.
function drawChapter(page, chapters, desk, target, back) {
  return h("div", { class: "chapter" },
    h("div", { class: "chapter-head" },
      h("label", {}, h("span", { class: "hidden-words" }, "Chapter"),
        h("select", { id: "chapter-choice" }, chapters.map((chapter) =>
          h("option", { value: String(chapter.number), selected: chapter.number === page.chapter }, chapter.title)))),
      back ? h("a", { href: `#/${encodeURIComponent(back)}` }, `Back to ${back}`) : null),
    h("p", { class: "said" }, "Select the words that are wrong and press ", h("kbd", {}, "e"), ", or take the pencil before a paragraph."),
    page.from > page.first ? h("p", { class: "turn" }, turn(page, Math.max(page.first, page.from - 40), "What comes before")) : null,
    page.paragraphs.map((paragraph) => passage(paragraph, desk, target)),
    h("p", { class: "turn" },
      page.next < page.last ? turn(page, page.next, "Read on") : nextChapter(page, chapters)));
}

function turn(page, from, words) {
  return h("a", { href: `#/read/${page.chapter}/${from}` }, words);
}

function nextChapter(page, chapters) {
  const next = chapters.find((chapter) => chapter.number === page.chapter + 1);
  return next ? h("a", { href: `#/read/${next.number}` }, `Next: ${next.title}`) : "The end of the book.";
}

function passage(paragraph, desk, target) {
  const here = target && target.paragraph === paragraph.number;
  return h("div", { class: `passage ${paragraph.role}${here && !target.id ? " arrived" : ""}`, id: `p${paragraph.number}`, "data-paragraph": paragraph.number },
    h("button", { type: "button", class: "pencil", "data-pencil": paragraph.number, "aria-label": `Correct this paragraph: ${paragraph.pieces.map((piece) => piece.text).join("").slice(0, 40)}`, title: "Correct this paragraph" }, "✎"),
    h("p", { lang: desk.language, dir: "auto" }, paragraph.pieces.map((piece) => pieceOf(broken(piece, paragraph.breaks), here && target.id === piece.id))));
}

// A verse's lines end as they do in print; each end is one character, as the blank is.
function broken(piece, breaks) {
  if (!breaks.length) return piece;
  const letters = Array.from(piece.text);
  for (const at of breaks) if (letters[at - piece.at] === " ") letters[at - piece.at] = "\n";
  return { ...piece, text: letters.join("") };
}

function pieceOf(piece, here) {
  if (!piece.id) return h("span", { "data-at": piece.at, "data-length": Array.from(piece.text).length }, piece.text);
  const shut = piece.shut === true; // it did not come with this page
  const accepted = piece.state === "accepted";
  const said = accepted ? `corrected from “${piece.found}”` : piece.state === "rejected" ? "rejected suggestion" : `open suggestion: “${piece.wanted}”`;
  return h(shut ? "span" : "a", {
    class: `entry ${piece.state}${here ? " found-here" : ""}`, href: shut ? null : `#/${encodeURIComponent(piece.id)}`, title: said,
    "data-at": piece.at, "data-length": Array.from(piece.text).length, "data-entry": piece.id,
  }, accepted ? piece.wanted || "‸" : piece.text, aloud(` (${said})`));
}

// The text of a paragraph as the entries find it.
function textOf(paragraph) {
  return paragraph.pieces.map((piece) => piece.text).join("");
}

// What is selected: paragraph, offsets in its text and the words; null when nothing usable is.
function selected() {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  const one = spotOf(range.startContainer, range.startOffset, false), two = spotOf(range.endContainer, range.endOffset, true);
  if (!one || !two || one.paragraph !== two.paragraph || one.at >= two.at) return null;
  return { paragraph: one.paragraph, start: one.at, end: two.at, box: range.getBoundingClientRect() };
}

// The offset that a point of the page stands for.  A correction is selected whole or not at
// all: what is seen there is not what is corrected.
function spotOf(node, offset, ends) {
  const text = node.nodeType === Node.TEXT_NODE;
  const element = text ? node.parentElement : node;
  const passage = element && element.closest("[data-paragraph]");
  if (!passage) return null;
  const paragraph = Number(passage.dataset.paragraph);
  const piece = element.closest("[data-at]");
  if (piece) {
    const at = Number(piece.dataset.at);
    const whole = piece.classList.contains("accepted") || (piece.dataset.entry && element !== piece);
    if (whole) return { paragraph, at: ends && (offset > 0 || element !== piece) ? at + Number(piece.dataset.length) : at };
    return { paragraph, at: at + (text ? points(node.data, offset) : offset ? Number(piece.dataset.length) : 0) };
  }
  const pieces = [...passage.querySelectorAll("[data-at]")];
  const inside = text ? null : element.childNodes[offset];
  const next = inside && pieces.find((one) => one === inside || inside.contains(one));
  if (next) return { paragraph, at: Number(next.dataset.at) };
  const last = pieces[pieces.length - 1];
  return ends && last && element.contains(last) ? { paragraph, at: Number(last.dataset.at) + Number(last.dataset.length) } : null;
}

// A selection as whole words: nobody hits the first letter and the last.
function wholeWords(text, start, end) {
  const letters = Array.from(text);
  const inWord = (at) => at > 0 && at < letters.length && /[\p{L}\p{N}\p{M}]{2}/u.test(letters[at - 1] + letters[at]);
  while (start < end && letters[start] === " ") start += 1;
  while (end > start && letters[end - 1] === " ") end -= 1;
  while (inWord(start)) start -= 1;
  while (inWord(end)) end += 1;
  return [start, end];
}

// The stretch of whole words in which two texts differ, null when they are the same.
function difference(before, after) {
  if (before === after) return null;
  let head = 0, tail = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  while (tail < before.length - head && tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  while (head > 0 && before[head - 1] !== " ") head -= 1;
  while (tail > 0 && before[before.length - tail] !== " ") tail -= 1;
  // Something must stand there to be found: an insertion takes the word before it along.
  if (head >= before.length - tail || !before.slice(head, before.length - tail).trim()) {
    while (head > 0 && before[head - 1] === " ") head -= 1;
    while (head > 0 && before[head - 1] !== " ") head -= 1;
    if (head >= before.length - tail) {
      while (tail > 0 && before[before.length - tail] === " ") tail -= 1;
      while (tail > 0 && before[before.length - tail] !== " ") tail -= 1;
    }
  }
  const end = before.length - tail;
  return { start: points(before, head), end: points(before, end), found: before.slice(head, end), wanted: after.slice(head, after.length - tail) };
}
