"use strict";

const held = $("mailed");
const desk = held ? new Mailed(JSON.parse(held.textContent)) : new Server();

const state = {
  who: "",
  about: { title: "", language: "", chapters: [], facets: {}, people: [], undo: "" },
  filter: { state: "open", kind: "", rule: "", chapter: "", family: "", search: "", order: "family" },
  items: [],
  total: 0,
  card: null,
  page: null,
  running: null,
  keys: kept("booktools-keys") !== "off",
};

// --- telling ---------------------------------------------------------------------------

let fading = 0;

function tell(words, undoable) {
  $("live").textContent = words;
  $("toast-said").textContent = words;
  $("toast-undo").hidden = !undoable;
  $("toast").hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { $("toast").hidden = true; }, undoable ? 9000 : 5000);
}

function alarm(fault) {
  const box = $("alarm");
  box.replaceChildren(fault.message, h("button", { type: "button", onclick: () => { box.hidden = true; } }, "Close"));
  box.hidden = false;
  if (!(fault instanceof Fault)) console.error(fault);
}

// One thing at a time, in the order in which they were asked for.
async function busy(work) {
  while (state.running) await state.running;
  let done;
  state.running = new Promise((resolve) => { done = resolve; });
  try {
    return await work();
  } catch (fault) {
    alarm(fault);
    if (fault.conflict) await again();
    return undefined;
  } finally {
    state.running = null;
    done();
  }
}

// What is pressed while another thing is on its way counts only if the same suggestion is
// seen when its turn comes: nobody decides what he has not seen.
function sure(work) {
  const seen = state.card;
  return busy(() => (same(seen, state.card) ? work() : undefined));
}

function same(one, other) {
  return one === other || Boolean(one && other && one.id === other.id && one.version === other.version);
}

// --- the list --------------------------------------------------------------------------

function query() {
  return { who: state.who, ...state.filter };
}

async function overview() {
  state.about = await desk.overview(query());
  const about = state.about;
  $("title").textContent = about.title;
  $("title").lang = about.language;
  document.title = `Errata review: ${about.title}`;
  fillFilters(about, state.filter);
  drawProgress(about);
  $("undo").disabled = !about.undo;
  $("undo").title = about.undo || "";
  $("people").replaceChildren(...about.people.map((name) => h("option", { value: name })));
  if (desk.mailed) {
    $("send").hidden = false;
    $("send").textContent = desk.count ? `Save ${many(desk.count, "answer")}` : "Save answers";
  }
}

async function load() {
  const some = await desk.list({ ...query(), offset: 0 });
  state.items = some.items;
  state.total = some.total;
  drawList();
}

async function more() {
  // What was decided since has left the filter, so it no longer counts.
  const offset = state.filter.state === "open" ? state.items.filter((item) => item.waits).length : state.items.length;
  const some = await desk.list({ ...query(), offset });
  const known = new Set(state.items.map((item) => item.id));
  const fresh = some.items.filter((item) => !known.has(item.id));
  state.items.push(...fresh);
  state.total = Math.max(some.total, state.items.length);
  drawList();
  return fresh.length;
}

function drawList() {
  const current = state.card ? state.card.id : "";
  $("list").replaceChildren(...state.items.map((item) => drawItem(item, item.id === current, state.about.language)));
  $("list-said").textContent = state.total ? many(state.total, "suggestion") : "No suggestion fits these filters.";
  $("more").hidden = state.items.length >= state.total;
  const family = $("chosen-family");
  family.hidden = !state.filter.family;
  if (state.filter.family) {
    family.replaceChildren("Only this habit: ", h("span", { lang: state.about.language }, state.filter.family), " ",
      h("button", { type: "button", class: "plain", onclick: () => setFilter({ family: "" }) }, "Show all"));
  }
}

function markCurrent() {
  const current = state.card ? state.card.id : "";
  for (const link of $("list").querySelectorAll("a")) {
    if (link.dataset.id === current) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
}

// The list's lines for what was changed, in their places.
function refreshItems(changed) {
  const news = new Map(changed.map((item) => [item.id, item]));
  state.items = state.items.map((item) => news.get(item.id) || item);
  for (const link of $("list").querySelectorAll("a")) {
    const item = news.get(link.dataset.id);
    if (item) link.parentElement.replaceWith(drawItem(item, item.id === (state.card || {}).id, state.about.language));
  }
}

async function setFilter(change) {
  Object.assign(state.filter, change);
  await busy(async () => {
    await Promise.all([overview(), load()]);
    await showFirst();
  });
}

// --- the card --------------------------------------------------------------------------

function view(name) {
  $("card").hidden = name !== "review";
  $("reading").hidden = name !== "read";
  $("side").hidden = name === "read";
  document.querySelector(".shell").classList.toggle("wide", name === "read");
  for (const link of document.querySelectorAll(".views a")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  $("correct-this").hidden = true;
}

function drawCurrent() {
  const card = state.card;
  $("actions").hidden = !card;
  if (!card) return;
  $("card").replaceChildren(drawCard(card, state.about));
  $("do-accept").disabled = card.found === card.wanted;
  $("do-accept").title = card.found === card.wanted ? "There is no reading yet: enter one with Edit" : "";
  centre($("source-page"), $("source-page") && $("source-page").querySelector("mark"));
  centre($("scan-page"), $("scan-page") && $("scan-page").querySelector(".box"));
  markCurrent();
}

async function showCard(id) {
  state.card = await desk.entry(id, state.who);
  view("review");
  drawCurrent();
  scrollTo(0, 0);
}

function nothingLeft() {
  state.card = null;
  view("review");
  $("actions").hidden = true;
  const about = state.about;
  const filtered = ["kind", "rule", "chapter", "family", "search"].some((key) => state.filter[key]);
  const done = about.total > 0 && about.waiting === 0;
  $("card").replaceChildren(h("div", { class: "empty" },
    h("h2", {}, done ? "Everything is answered." : about.total ? "Nothing here." : "There are no errata yet."),
    h("p", {}, done ? (desk.mailed ? "Save your answers now and send the file back. Thank you." : `Thank you. All decisions are in manuscript/errata.toml; “${about.next}” puts them into the book.`)
      : about.total ? (filtered ? "No suggestion fits these filters." : "Choose another state to see what was decided.")
        : "You can read the book and enter corrections of your own, or let booktools look for some: booktools errata suggest."),
    filtered ? h("p", {}, h("button", { type: "button", class: "plain", onclick: () => setFilter({ kind: "", rule: "", chapter: "", family: "", search: "" }) }, "Show all")) : null,
    h("p", {}, h("a", { href: "#/read" }, "Read the book"))));
}

// Go to a suggestion by its address, so that “back” works.
async function go(id) {
  const address = `#/${encodeURIComponent(id)}`;
  if (location.hash === address) await showCard(id);
  else {
    history.pushState(null, "", address);
    await showCard(id);
  }
}

async function showFirst() {
  const first = state.items.find((item) => item.waits) || state.items[0];
  if (first) await go(first.id);
  else {
    history.replaceState(null, "", "#/");
    nothingLeft();
  }
}

// The next suggestion that this person has to decide, from the current one on.
async function next(fits = (item) => item.waits) {
  const here = state.items.findIndex((item) => state.card && item.id === state.card.id);
  for (;;) {
    const item = state.items.slice(here + 1).find(fits);
    if (item) return go(item.id);
    if (state.items.length >= state.total || !(await more())) break;
  }
  const before = state.items.slice(0, Math.max(here, 0)).find(fits);
  if (before) return go(before.id);
  if (state.card && state.items.some((item) => item.id === state.card.id && fits(item))) return go(state.card.id);
  return nothingLeft();
}

function previous() {
  const here = state.items.findIndex((item) => state.card && item.id === state.card.id);
  return here > 0 ? go(state.items[here - 1].id) : undefined;
}

async function again() {
  await overview();
  if (state.card && !$("card").hidden) await showCard(state.card.id);
  else if (state.page) await showPage(state.page.chapter, state.page.from, null);
}

// --- deciding --------------------------------------------------------------------------

async function decide(answer, more_) {
  if (!state.card) return;
  await sure(async () => {
    const card = state.card;
    const done = await desk.decide({ id: card.id, version: card.version, answer, who: state.who, ...more_ });
    await settled(done, answer === "reopen" ? () => showCard(card.id) : () => next());
  });
}

async function decideFamily(answer) {
  const card = state.card;
  if (!card || card.familyOpen < 1) return;
  await sure(async () => {
    const done = await desk.decide({ family: card.family, count: card.familyOpen, answer, who: state.who });
    await settled(done, () => next((item) => item.waits && item.family !== card.family));
  });
}

async function settled(done, then) {
  $("alarm").hidden = true;
  refreshItems(done.changed);
  await Promise.all([overview(), then && then()]);
  if (!state.card && $("reading").hidden) nothingLeft(); // with the counts as they are now
  tell(`${done.label}. ${$("progress-said").textContent}.`, true);
}

async function undo() {
  await busy(async () => {
    const done = await desk.undo(state.who);
    refreshItems(done.changed);
    await overview();
    tell(`${done.label}.`, false);
    if (!$("reading").hidden && state.page) await showPage(state.page.chapter, state.page.from, null);
    else if (done.changed.length) {
      if (!state.items.some((item) => item.id === done.changed[0].id)) await load();
      await go(done.changed[0].id);
    } else await load();
  });
}

// --- another reading -------------------------------------------------------------------

let editing = null;

// `about`: what is edited: the card's reading, some words, or a whole paragraph.
function openEditor(about) {
  editing = about;
  const own = about.how !== "card";
  $("edit-title").textContent = own ? "A correction of your own" : "Another reading";
  $("edit-found").textContent = about.found;
  $("edit-found").hidden = $("edit-found-label").hidden = about.how === "paragraph";
  $("edit-found").lang = $("edit-wanted").lang = state.about.language;
  $("edit-wanted").value = about.wanted;
  $("edit-wanted").rows = about.how === "paragraph" ? 10 : 2;
  $("edit-wanted-label").textContent = about.how === "paragraph" ? "Change what is wrong, one place at a time" : "It should read";
  $("edit-hint").textContent = about.how === "card" ? "" : "Nothing in it takes the words out.";
  $("edit-hint").hidden = about.how !== "words";
  $("edit-kind-label").hidden = !own;
  $("edit-reason").value = "";
  $("edit-fault").textContent = "";
  $("edit-dialog").showModal();
  const field = $("edit-wanted");
  field.focus();
  if (about.how !== "paragraph") field.select();
  else field.setSelectionRange(0, 0);
}

async function closeEditor(event) {
  event.preventDefault();
  const wanted = $("edit-wanted").value.replace(/\s*\n\s*/g, " ");
  const reason = $("edit-reason").value.trim();
  const about = editing;
  const refuse = (words) => { $("edit-fault").textContent = words; };
  if (about.how === "card") {
    if (wanted === about.found) return refuse("This is what stands there already: reject the suggestion instead.");
    $("edit-dialog").close();
    return decide("accept", { wanted, reason });
  }
  let part = { start: about.start, end: about.end, found: about.found, wanted };
  if (about.how === "paragraph") part = difference(about.found, wanted);
  if (!part || part.found === part.wanted) return refuse("Nothing is changed yet.");
  if (editing.sent) return undefined;
  editing.sent = true;
  try {
    const done = await desk.correct({ paragraph: about.paragraph, ...part, kind: $("edit-kind").value, reason, who: state.who });
    $("edit-dialog").close();
    await settled(done);
    await load();
    if (state.page) await showPage(state.page.chapter, state.page.from, { paragraph: about.paragraph, keep: true });
  } catch (fault) {
    refuse(fault.message);
  } finally {
    about.sent = false;
  }
  return undefined;
}

// --- reading ---------------------------------------------------------------------------

async function showPage(chapter, from, target) {
  const before = scrollY;
  const page = await desk.chapter(chapter, from, state.who);
  page.next = page.from + page.paragraphs.length;
  state.page = page;
  view("read");
  $("actions").hidden = true;
  $("reading").replaceChildren(drawChapter(page, state.about.chapters, state.about, target));
  $("chapter-choice").value = String(page.chapter);
  const there = target && $(`p${target.paragraph}`);
  if (target && target.keep) scrollTo(0, before);
  else if (there) there.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
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
  return openEditor({ how: "words", paragraph: part.paragraph, start, end, found, wanted: found });
}

function correctParagraph(number) {
  const paragraph = state.page.paragraphs.find((one) => one.number === number);
  const text = textOf(paragraph);
  openEditor({ how: "paragraph", paragraph: number, found: text, wanted: text });
}

// --- places ----------------------------------------------------------------------------

async function showPlaces(form) {
  await busy(async () => {
    const some = await desk.places(form);
    $("places-title").replaceChildren("“", h("span", { lang: state.about.language }, some.form), "”");
    $("places-said").textContent = some.places.length < some.count
      ? `${some.more ? "More than " : ""}${many(some.count, "place")}; the first ${some.places.length}:` : many(some.count, "place");
    $("places-list").replaceChildren(...some.places.map((place) => h("li", {},
      h("a", { href: `#/read/${place.chapter}/${place.paragraph}`, lang: state.about.language, onclick: () => $("places-dialog").close() },
        place.before, h("b", {}, place.form), place.after))));
    $("places-dialog").showModal();
  });
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

// --- where we are ----------------------------------------------------------------------

async function route() {
  const parts = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  await busy(async () => {
    if (parts[0] === "read") {
      const chapter = Number(parts[1] || (state.card && state.card.chapter >= 0 ? state.card.chapter : 0));
      const paragraph = parts[2] ? Number(parts[2]) : null;
      await showPage(chapter, paragraph === null ? "" : Math.max(0, paragraph - 8), paragraph === null ? null : { paragraph, id: parts[3] });
    } else if (parts[0]) await showCard(parts[0]);
    else if (state.card) await showCard(state.card.id);
    else await showFirst();
  });
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
    openEditor({ how: "card", found: state.card.found, wanted: (state.card.said || state.card).wanted });
  }
}

const KEYS = {
  a: () => onCard(() => decide("accept")),
  r: () => onCard(() => decide("reject")),
  A: () => onCard(() => decideFamily("accept")),
  R: () => onCard(() => decideFamily("reject")),
  s: () => onCard(() => sure(() => next())),
  j: () => onCard(() => sure(() => next(() => true))),
  k: () => onCard(() => sure(() => previous())),
  f: () => onCard(() => sure(() => next((item) => item.waits && item.family !== (state.card || {}).family))),
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
  document.addEventListener("visibilitychange", () => { if (!document.hidden && state.who) busy(again); });
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
  $("send").onclick = () => {
    const address = URL.createObjectURL(new Blob([desk.file()], { type: "application/json" }));
    h("a", { href: address, download: "answers.json" }).click();
    tell("Saved as answers.json. Send that file back.", false);
  };
}

async function start() {
  state.card = null;
  await busy(async () => {
    await Promise.all([overview(), load()]);
    if (state.filter.state === "open" && !state.items.length && state.about.total) nothingLeft();
  });
  await route();
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
