"use strict";

// The card of one suggestion: the sentence, both readings, the evidence, the source.
function drawCard(card, desk) {
  const change = marked(card.found, card.wanted);
  const scan = scanOf(card);
  return h("article", { "aria-labelledby": "card-title" },
    where(card, desk),
    h("div", { class: "sentence", lang: desk.language, dir: "auto" },
      card.before,
      h("h2", { id: "card-title", tabindex: "-1" }, change),
      card.after),
    scan,
    card.fault ? h("p", { class: "note", role: "note" }, `Its place was not found: ${card.fault}.`) : null,
    standing(card),
    readings(card, desk),
    h("p", { class: "evidence" }, h("span", { class: "label" }, "Evidence"), h("bdi", {}, card.reason)),
    voicesOf(card),
    familyOf(card),
    sourceOf(card, desk, scan));
}

function where(card, desk) {
  const at = card.place;
  const line = at.page ? `source page ${at.page}, line ${at.line}` : `line ${at.line}`;
  const rule = card.rule ? `${card.rule}${card.ruleName && card.ruleName !== card.rule ? ` ${card.ruleName}` : ""}` : "";
  return h("p", { class: "where" },
    h("span", {}, capital(card.kindLabel)),
    rule ? h("span", {}, rule) : null,
    card.chapter >= 0
      ? h("span", {}, h("a", { href: `#/read/${card.chapter}/${card.paragraph}/${card.id}` }, "Read it in “", h("span", { lang: desk.language }, card.chapterTitle), "”"))
      : null,
    h("span", {}, line),
    h("span", { class: "id" }, card.id));
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

// How it was decided, when it was.
function standing(card) {
  if (card.state === "open") return null;
  const by = card.decidedBy ? `${capital(card.state)} by ${card.decidedBy}, ${card.decidedOn}.` : `${capital(card.state)}.`;
  return h("div", { class: "note" }, h("strong", {}, by), " ",
    h("button", { type: "button", class: "plain", "data-do": "reopen" }, "Open it again"));
}

function readings(card, desk) {
  const forms = new Map(card.forms.map((form) => [form, form]));
  const [stands, wants] = [...forms.keys()];
  const row = (label, reading, form) => h("tr", {},
    h("th", { scope: "row" }, label),
    h("td", { class: "form", lang: desk.language, dir: "auto" }, reading),
    h("td", { class: "else" }, elsewhere(form)));
  return h("table", { class: "readings" },
    h("caption", { class: "hidden-words" }, "Both readings, and how often each stands elsewhere in the book"),
    row("There stands", shown(card.found), stands),
    card.found === card.wanted
      ? h("tr", {}, h("th", { scope: "row" }, "Proposed"), h("td", { class: "form" }, "no reading yet"), h("td", { class: "else" }, "Enter one with Edit, or reject."))
      : row("Proposed", shown(card.wanted), wants));
}

function elsewhere(form) {
  if (!form) return "";
  const own = h("bdi", {}, form.form);
  if (!form.count) return ["“", own, "” nowhere else"];
  const count = form.more ? `more than ${form.count.toLocaleString("en")} times` : form.count === 1 ? "once" : `${form.count.toLocaleString("en")} times`;
  return ["“", own, "” ",
    h("button", { type: "button", class: "plain", "data-form": form.form, "aria-label": `“${form.form}” stands elsewhere ${count}: show the places` }, count),
    " elsewhere"];
}

// Who has said what; while the review is blind, only how many.
function voicesOf(card) {
  if (!card.answers) return null;
  if (!card.voices.length) {
    return h("p", { class: "note" }, `${many(card.answers, "other person has", "other people have")} answered. ` +
      "What they said is shown when you have decided, so that it does not sway you.");
  }
  if (card.state !== "open" && card.required < 2) return null;
  const missing = card.state === "open" ? (card.disputed ? "The reviewers do not agree. It stays open until enough of them do." : "It stays open until somebody else agrees.") : "";
  return h("div", { class: "note voices" },
    h("strong", {}, missing || "Who decided"),
    h("ul", {}, card.voices.map((voice) => h("li", {},
      `${voice.by}: ${voice.state === "accepted" ? `“${voice.wanted}”` : "leave it as it is"}`,
      voice.reason ? ` (${voice.reason})` : "", `, ${voice.on}`))));
}

function familyOf(card) {
  if (card.familySize < 2) return null;
  const others = card.familyOpen;
  const all = (verb) => `${verb} all ${others}`;
  return h("div", { class: "note" },
    `One of ${card.familySize} cases of the same habit, ${card.familyShort}; ${others} open for you. `,
    h("button", { type: "button", class: "plain", "data-family": card.family }, "Show them together"),
    others > 1 ? h("p", { class: "buttons" },
      h("button", { type: "button", "data-do": "accept-all", "aria-keyshortcuts": "Shift+A" }, all("Accept"), " ", h("kbd", {}, "A")),
      h("button", { type: "button", "data-do": "reject-all", "aria-keyshortcuts": "Shift+R" }, all("Reject"), " ", h("kbd", {}, "R")),
      h("button", { type: "button", "data-do": "next-family", "aria-keyshortcuts": "f" }, "Next habit ", h("kbd", {}, "f"))) : null);
}

// The lines of the source's page; below its picture they are folded away.
function sourceOf(card, desk, scan) {
  if (card.unlaid) {
    return h("p", { class: "said waits" }, "The book is still being read. The page of the source, and how often each reading stands elsewhere, come in a moment; you can decide meanwhile.");
  }
  if (!card.lines.length) return null;
  const lines = h("div", { class: "page", tabindex: "0", role: "group", "aria-labelledby": "source-said", id: "source-page" },
    h("table", { role: "presentation" }, h("tbody", {}, card.lines.map((line) =>
      h("tr", { class: line.marks.length ? "here" : null },
        h("td", { class: "n" }, String(line.n)),
        h("td", { lang: desk.language, dir: "auto" }, lineParts(line)))))));
  const without = { size: "Its picture did not come along: the file would have become too large.", page: "Its picture did not come along: the page could not be drawn." }[card.unpictured];
  if (!scan) {
    return h("figure", { class: "source" }, sourceHead(card, "source-said"), without ? h("p", { class: "said" }, without) : null, lines);
  }
  const text = h("details", { class: "source", ontoggle: () => centre(lines, lines.querySelector("mark")) },
    h("summary", { id: "source-said" }, "The page as text"), lines);
  // Where the picture does not come the text has to do.
  scan.querySelector("img").addEventListener("error", () => { scan.remove(); text.open = true; });
  return text;
}

function sourceHead(card, id, ...rest) {
  const at = card.place;
  return h("figcaption", { class: "label" }, h("span", { id }, at.page ? `Source page ${at.page}` : "The source"), h("span", { class: "file" }, at.file), rest);
}

function lineParts(line) {
  const out = [];
  let at = 0;
  for (const [start, end] of line.marks) {
    out.push(cut(line.text, at, start), h("mark", {}, cut(line.text, start, end)));
    at = end;
  }
  return [...out, cut(line.text, at)];
}

// The picture of the source's page, or the part of it that came by mail, the reading boxed.
function scanOf(card) {
  const image = card.image;
  if (!image) return null;
  const share = (part, whole) => `${(100 * part / whole).toFixed(3)}%`;
  const part = Boolean(image.key); // cut out of its page
  const named = `${part ? "Part of source" : "Source"} page ${card.place.page || 1}`;
  const picture = h("div", { class: part ? "scan part" : "scan" },
    h("img", { src: image.src, width: image.width, height: image.height, alt: `${named}; its lines follow as text.` }),
    image.boxes.map(([left, top, right, bottom]) => {
      const box = h("div", { class: "box", "aria-hidden": "true" });
      box.style.left = share(left, image.width);
      box.style.top = share(top, image.height);
      box.style.width = share(right - left, image.width);
      box.style.height = share(bottom - top, image.height);
      return box;
    }));
  const page = h("div", { class: "page scanned", tabindex: "0", role: "group", "aria-labelledby": "scan-said", id: "scan-page" }, picture);
  const size = h("button", { type: "button", class: "plain", "data-do": "enlarge" }, "Larger");
  return h("figure", { class: "source" }, sourceHead(card, "scan-said", size), page);
}

// The reading stands in the middle of what is seen of its page.
function centre(box, inner) {
  if (!box || !inner) return;
  const middle = inner.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTop = middle - box.clientHeight / 2 + inner.offsetHeight / 2;
  const across = inner.getBoundingClientRect().left - box.getBoundingClientRect().left + box.scrollLeft;
  box.scrollLeft = Math.max(0, across - box.clientWidth / 2 + inner.offsetWidth / 2);
}
