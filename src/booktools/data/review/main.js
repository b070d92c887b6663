"use strict";

// --- reading ---------------------------------------------------------------------------

async function showPage(chapter, from, target) {
  const before = scrollY;
  if (!state.about.chapters.length) return noText();
  const page = await desk.chapter(chapter, from, state.who);
  page.next = page.from + page.paragraphs.length;
  state.page = page;
  view("read");
  $("actions").hidden = true;
  $("reading").replaceChildren(drawChapter(page, state.about.chapters, state.about, target, state.card && state.card.id));
  $("chapter-choice").value = String(page.chapter);
  const there = target && $(`p${target.paragraph}`);
  if (target && target.keep) scrollTo(0, before);
  else if (there) there.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
}

function noText() {
  state.page = null;
  view("read");
  $("actions").hidden = true;
  $("reading").replaceChildren(h("div", { class: "empty" },
    h("h2", {}, state.about.edition ? "There is no text to read." : "The book is still being read."),
    state.about.edition ? null : h("p", {}, "Its chapters come in a moment. You can decide meanwhile.")));
}

function offerCorrection() {
  const button = $("correct-this");
  const part = $("reading").hidden ? null : selected();
  if (!part) {
    if (document.activeElement !== button) button.hidden = true;
    return;
  }
  button.hidden = false;
  const width = document.documentElement.clientWidth;
  button.style.top = `${part.box.bottom + scrollY + 8}px`;
  button.style.left = `${Math.max(8, Math.min(part.box.left + part.box.width / 2 - 60, width - button.offsetWidth - 8))}px`;
}

function correctSelection() {
  const part = selected();
  const paragraph = part && state.page.paragraphs.find((one) => one.number === part.paragraph);
  $("correct-this").hidden = true;
  if (!paragraph) return tell("Select some words of one paragraph first.", false);
  const text = textOf(paragraph);
  const [start, end] = wholeWords(text, part.start, part.end);
  const found = cut(text, start, end);
  return openEditor({ how: "words", paragraph: part.paragraph, text, part: { start, end, found }, found, wanted: found });
}

function correctParagraph(number) {
  const paragraph = state.page.paragraphs.find((one) => one.number === number);
  const text = textOf(paragraph);
  openEditor({ how: "paragraph", paragraph: number, text, found: text, wanted: text });
}

// --- places ----------------------------------------------------------------------------

async function showPlaces(form) {
  await busy(async () => {
    const some = await desk.places(form);
    $("places-title").replaceChildren("“", h("span", { lang: state.about.language }, some.form), "”");
    $("places-said").textContent = some.places.length < some.count
      ? `${some.more ? "More than " : ""}${many(some.count, "place")}; the first ${some.places.length}:` : many(some.count, "place");
    $("places-list").replaceChildren(...some.places.map((place) => h("li", {},
      h("a", { href: `#/read/${place.chapter}/${place.paragraph}`, lang: state.about.language, dir: "auto", onclick: () => $("places-dialog").close() },
        place.before, h("b", {}, place.form), place.after),
      isHere(place) ? h("span", { class: "said" }, " the one that you are deciding") : null)));
    $("places-dialog").showModal();
  });
}

function isHere(place) {
  const card = state.card;
  return Boolean(card) && place.paragraph === card.paragraph && place.at < card.end && card.start < place.at + Array.from(place.form).length;
}

// --- who -------------------------------------------------------------------------------

function remembered() {
  const cookie = /(?:^|; )booktools-who=([^;]*)/.exec(document.cookie);
  try { return (cookie && decodeURIComponent(cookie[1])) || kept("booktools-who") || ""; } catch { return ""; }
}

function remember(name) {
  state.who = name;
  $("who-name").textContent = name;
  keep("booktools-who", name);
  // The next start may have another port, and what is kept above goes by port.
  if (!desk.mailed) document.cookie = `booktools-who=${encodeURIComponent(name)}; max-age=31536000; path=/; samesite=strict`;
}

function askWho() {
  $("who-input").value = state.who;
  $("who-dialog").showModal();
  $("who-input").select();
}

// --- by mail -------------------------------------------------------------------------

function showAnswers() {
  const open = state.about.waiting;
  $("send-said").textContent = desk.count
    ? `${many(desk.count, "answer")} so far${open ? `; ${open.toLocaleString("en")} still open` : ""}. Save them as a file and send that back; you can go on afterwards and send it again.`
    : "There are no answers yet.";
  $("send-file").disabled = !desk.count;
  $("send-text").value = desk.count ? desk.file() : "";
  $("send-dialog").showModal();
}

function saveAnswers() {
  const name = state.who.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase();
  const file = name ? `answers-${name}.json` : "answers.json";
  const address = URL.createObjectURL(new Blob([desk.file()], { type: "application/json" }));
  h("a", { href: address, download: file }).click();
  desk.saved = desk.file();
  $("send-said").textContent = `Saved as ${file}. Send that file back. Thank you.`;
  tell(`Saved as ${file}. Send that file back.`, false);
}

// --- where we are ----------------------------------------------------------------------

function address() {
  try {
    return location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch { // not an address of ours
    return [""];
  }
}

function route() {
  const parts = address(); // as it is now, also when its turn comes later
  return busy(() => showAddress(parts));
}

async function showAddress(parts) {
  if (parts[0] === "read") {
    const chapter = Number(parts[1] || (state.card && state.card.chapter >= 0 ? state.card.chapter : 0));
    const paragraph = parts[2] ? Number(parts[2]) : null;
    await showPage(chapter, paragraph === null ? "" : Math.max(0, paragraph - 8), paragraph === null ? null : { paragraph, id: parts[3] });
  } else if (parts[0]) await showCard(parts[0]);
  else if (state.card) await showCard(state.card.id);
  else await showFirst();
}

function readIt() {
  if (!$("reading").hidden) location.hash = state.card ? `#/${encodeURIComponent(state.card.id)}` : "#/";
  else if (state.card && state.card.chapter >= 0) location.hash = `#/read/${state.card.chapter}/${state.card.paragraph}/${state.card.id}`;
  else location.hash = "#/read";
}

function editCurrent() {
  if (!$("reading").hidden) {
    const inside = document.activeElement.closest && document.activeElement.closest("[data-paragraph]");
    if (selected() || !inside) correctSelection();
    else correctParagraph(Number(inside.dataset.paragraph));
  } else if (state.card) {
    const card = state.card;
    openEditor({ how: "card", card, part: { found: card.found }, found: card.found, wanted: (card.said || card).wanted });
  }
}

const KEYS = {
  a: () => onCard(() => decide("accept")),
  r: () => onCard(() => decide("reject")),
  A: () => onCard(() => decideFamily("accept")),
  R: () => onCard(() => decideFamily("reject")),
  s: () => onCard(() => step(() => next())),
  j: () => onCard(() => step(() => next(() => true))),
  k: () => onCard(() => step(previous)),
  f: () => onCard(() => step(() => next((item) => item.waits && item.family !== (state.card || {}).family))),
  e: editCurrent,
  u: undo,
  c: readIt,
  "/": () => { document.body.classList.add("show-list"); $("f-search").focus(); },
  "?": () => $("help-dialog").showModal(),
};

function onCard(work) {
  if (!$("reading").hidden || !state.card) return undefined;
  if (work && $("do-accept").disabled && work === KEYS.a) return undefined;
  return work();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  // A field of a dialog that was just closed keeps the focus until the page is drawn anew.
  const field = event.target.closest && event.target.closest("input, select, textarea");
  if (field && !field.closest("dialog:not([open])")) {
    if (event.key === "Escape") field.blur();
    return;
  }
  const work = (state.keys || event.key === "?") && Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
  // A key that is held down would decide what nobody has seen.
  if (!work || event.repeat) return;
  event.preventDefault();
  work();
}

// --- begin -----------------------------------------------------------------------------

function listen() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("selectionchange", offerCorrection);
  addEventListener("popstate", route);
  // Somebody else may have decided meanwhile.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && state.who && !desk.mailed) hear(); });
  $("do-accept").onclick = () => decide("accept");
  $("do-reject").onclick = () => decide("reject");
  $("do-skip").onclick = KEYS.s;
  $("do-edit").onclick = $("correct-this").onclick = editCurrent;
  $("correct-this").onpointerdown = (event) => event.preventDefault(); // the selection stays
  $("undo").onclick = $("toast-undo").onclick = undo;
  $("who").onclick = askWho;
  $("help").onclick = KEYS["?"];
  $("more").onclick = () => busy(more);
  $("side-toggle").onclick = () => {
    const open = document.body.classList.toggle("show-list");
    $("side-toggle").setAttribute("aria-expanded", String(open));
  };
  for (const key of ["state", "kind", "rule", "chapter", "order"]) {
    $(`f-${key}`).onchange = () => setFilter({ [key]: $(`f-${key}`).value });
  }
  let waiting = 0;
  $("f-search").oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => setFilter({ search: $("f-search").value }), 250);
  };
  $("filters").onsubmit = (event) => event.preventDefault();
  $("card").onclick = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.form) showPlaces(button.dataset.form);
    if (button.dataset.family) setFilter({ family: button.dataset.family, state: "", kind: "", rule: "", chapter: "", search: "" });
    if (button.dataset.do === "enlarge") enlarge(button);
    const work = { reopen: () => decide("reopen"), "accept-all": KEYS.A, "reject-all": KEYS.R, "next-family": KEYS.f }[button.dataset.do];
    if (work) work();
  };
  $("list").onclick = (event) => {
    if (event.target.closest("a")) {
      document.body.classList.remove("show-list");
      $("side-toggle").setAttribute("aria-expanded", "false");
    }
  };
  $("reading").onclick = (event) => {
    const pencil = event.target.closest("[data-pencil]");
    if (pencil) correctParagraph(Number(pencil.dataset.pencil));
  };
  $("reading").onchange = (event) => {
    if (event.target.id === "chapter-choice") location.hash = `#/read/${event.target.value}`;
  };
  $("edit-dialog").querySelector("form").onsubmit = closeEditor;
  $("edit-cancel").onclick = () => $("edit-dialog").close();
  $("edit-wanted").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("edit-dialog").querySelector("form").requestSubmit();
    }
  };
  $("places-close").onclick = () => $("places-dialog").close();
  $("help-close").onclick = () => $("help-dialog").close();
  $("keys-on").checked = state.keys;
  $("keys-on").onchange = () => {
    state.keys = $("keys-on").checked;
    keep("booktools-keys", state.keys ? "on" : "off");
  };
  $("who-dialog").querySelector("form").onsubmit = (event) => {
    const name = $("who-input").value.trim().replace(/\s+/g, " ");
    if (!name) return event.preventDefault();
    remember(name);
    return start();
  };
  $("who-dialog").oncancel = (event) => { if (!state.who) event.preventDefault(); };
  $("send").onclick = showAnswers;
  $("send-file").onclick = saveAnswers;
  $("send-select").onclick = () => { $("send-text").focus(); $("send-text").select(); };
  $("send-close").onclick = () => $("send-dialog").close();
  // A browser that keeps nothing would lose all of it.
  addEventListener("beforeunload", (event) => { if (desk.mailed && !desk.safe) event.preventDefault(); });
}

async function start() {
  state.card = null;
  await busy(async () => {
    await Promise.all([overview(), load()]);
    state.edition = state.about.edition;
    await showAddress(address());
  });
  watch();
}

function begin() {
  // The key has done its work: it need not stay in the address.
  if (location.search) history.replaceState(null, "", `${location.pathname}${location.hash}`);
  const labels = { ocr: "scanno: misread by the machine", typo: "misprint", grammar: "grammar", punctuation: "punctuation", consistency: "consistency", print: "printer’s error", query: "query to the publisher" };
  $("edit-kind").replaceChildren(...Object.entries(labels).map(([value, label]) => h("option", { value, selected: value === "typo" }, label)));
  listen();
  const name = remembered();
  if (name) {
    remember(name);
    start();
  } else askWho();
}

begin();
