"use strict";

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
  const inside = $("card").contains(document.activeElement);
  $("card").replaceChildren(drawCard(card, state.about));
  if (inside) $("card-title").focus({ preventScroll: true }); // what had the focus is gone
  $("do-accept").disabled = card.found === card.wanted;
  $("do-accept").title = card.found === card.wanted ? "There is no reading yet: enter one with Edit" : "";
  centre($("source-page"), $("source-page") && $("source-page").querySelector("mark"));
  centre($("scan-page"), $("scan-page") && $("scan-page").querySelector(".box"));
  markCurrent();
}

// A page of a scan takes a while to draw: the next one is asked for while this one is read.
async function drawAhead() {
  const following = state.items.slice(state.at + 1).find((item) => item.waits);
  if (desk.mailed || !following || !state.card || !state.card.image) return;
  try {
    const card = await desk.entry(following.id, state.who);
    if (card.image && card.image.src !== state.card.image.src) new Image().src = card.image.src;
  } catch { /* it is told when it is needed */ }
}

async function showCard(id) {
  state.card = await desk.entry(id, state.who);
  const at = state.items.findIndex((item) => item.id === id);
  if (at >= 0) state.at = at;
  view("review");
  drawCurrent();
  scrollTo(0, 0);
  drawAhead();
}

// Letters for tired eyes.
function enlarge(button) {
  const large = $("scan-page").classList.toggle("large");
  button.textContent = large ? "Smaller" : "Larger";
  centre($("scan-page"), $("scan-page").querySelector(".box"));
}

// What somebody hears who does not see that another card has come.
function cardAloud() {
  const card = state.card;
  if (!card || $("card").hidden) return "";
  const wanted = card.wanted === card.found ? "no reading yet" : `it might read: ${card.wanted || "nothing"}`;
  return `${card.before}${card.found}${card.after} There stands: ${card.found}; ${wanted}.`;
}

// How all of them stand; each leads to its list.
function standingOf(counts) {
  const rows = ["disputed", "waiting", "accepted", "rejected"].filter((name) => counts[name]);
  return rows.length ? h("ul", { class: "counts" }, rows.map((name) => h("li", {},
    h("button", { type: "button", class: "plain", onclick: () => setFilter({ state: name }) }, `${counts[name].toLocaleString("en")} ${STATES[name]}`)))) : null;
}

function nothingLeft() {
  const inside = $("main").contains(document.activeElement);
  state.card = null;
  view("review");
  $("actions").hidden = true;
  const about = state.about;
  const filtered = ["kind", "rule", "chapter", "family", "search"].some((key) => state.filter[key]);
  const others = about.required > 1 ? (about.facets.state || {}).waiting || 0 : 0;
  const done = about.total > 0 && about.waiting === 0;
  $("card").replaceChildren(h("div", { class: "empty" },
    h("h2", { id: "card-title", tabindex: "-1" }, done ? "Everything is answered." : about.total ? "Nothing here." : "There are no errata yet."),
    h("p", {}, done ? (desk.mailed ? "Save your answers now and send the file back. Thank you." : `Thank you. All decisions are in manuscript/errata.toml; “${about.next}” puts what was accepted into the book.${others ? ` ${many(others, "suggestion")} ${others === 1 ? "waits" : "wait"} for another reviewer.` : ""}`)
      : about.total ? (filtered ? "No suggestion fits these filters." : "Choose another state to see what was decided.")
        : "You can read the book and enter corrections of your own, or let booktools look for some: booktools errata suggest."),
    filtered || desk.mailed ? null : standingOf(about.facets.state || {}),
    filtered ? h("p", {}, h("button", { type: "button", class: "plain", onclick: () => setFilter({ kind: "", rule: "", chapter: "", family: "", search: "" }) }, "Show all")) : null,
    h("p", {}, h("a", { href: "#/read" }, "Read the book"))));
  if (inside) $("card-title").focus({ preventScroll: true });
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

// The next suggestion that this person has to decide, from the current one on; gives what
// there is to be said of that.
async function next(fits = (item) => item.waits) {
  const own = state.items.findIndex((item) => state.card && item.id === state.card.id);
  const here = own >= 0 ? own : Math.min(state.at, state.items.length) - 1; // it left the list
  for (;;) {
    const item = state.items.slice(here + 1).find(fits);
    if (item) {
      await go(item.id);
      return "";
    }
    if (state.items.length >= state.total || !(await more())) break;
  }
  const before = state.items.slice(0, Math.max(here, 0)).find(fits);
  if (before) {
    await go(before.id);
    return "That was the last one; from the beginning again, what you skipped.";
  }
  if (state.card && state.items.some((item) => item.id === state.card.id && fits(item))) {
    await go(state.card.id);
    return "This is the only one left.";
  }
  nothingLeft();
  return "";
}

async function previous() {
  const here = state.items.findIndex((item) => state.card && item.id === state.card.id);
  if (here <= 0) return "This is the first one.";
  await go(state.items[here - 1].id);
  return "";
}

// Go on without a decision, and say what came.
function step(work) {
  return sure(async () => {
    const words = await work();
    if (words) tell(words, false, cardAloud());
    else $("live").textContent = cardAloud();
  });
}

// All that is seen, as it is now, without moving it.
async function again() {
  const before = scrollY;
  await Promise.all([overview(), load(state.items.length)]);
  state.edition = state.about.edition;
  if (!$("reading").hidden) await showPage(state.page ? state.page.chapter : 0, state.page ? state.page.from : "", { keep: true });
  else if (state.card) await showAgain(state.card.id);
  else if (state.items.some((item) => item.waits)) await showFirst();
  else nothingLeft();
  scrollTo(0, before);
}

async function showAgain(id) {
  try {
    const card = await desk.entry(id, state.who);
    if (JSON.stringify(card) === JSON.stringify(state.card)) return markCurrent();
    state.card = card;
    return drawCurrent();
  } catch (fault) {
    if (fault.gone) throw fault;
    tell(`${id} is no longer in the errata.`, false);
    return showFirst();
  }
}

// --- deciding --------------------------------------------------------------------------

async function decide(answer) {
  if (!state.card) return;
  await sure(async () => {
    const card = state.card;
    const done = await desk.decide({ id: card.id, version: card.version, answer, who: state.who });
    await settled(done, answer === "reopen" ? () => showAgain(card.id) : () => next());
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
  const [, words] = await Promise.all([overview(), then && then()]);
  if (!state.card && $("reading").hidden) nothingLeft(); // with the counts as they are now
  tell([`${done.label}.`, words].filter(Boolean).join(" "), true, `${$("progress-said").textContent}. ${cardAloud()}`);
}

async function undo() {
  await busy(async () => {
    const done = await desk.undo(state.who);
    refreshItems(done.changed);
    await overview();
    tell(`${done.label}.`, false);
    if (!$("reading").hidden && state.page) await showPage(state.page.chapter, state.page.from, { keep: true });
    else if (done.changed.length) {
      if (!state.items.some((item) => item.id === done.changed[0].id)) await load();
      await go(done.changed[0].id);
    } else await load();
  });
}

// --- another reading -------------------------------------------------------------------

let editing = null;

// `about`: what is edited: a card's reading, some words, or a whole paragraph.
function openEditor(about) {
  editing = { ...about, edition: state.about.edition };
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

// What was written stays in the dialog until it is in the errata.
async function closeEditor(event) {
  event.preventDefault();
  const about = editing;
  if (about.sent) return;
  const wanted = $("edit-wanted").value.replace(/\s*\n\s*/g, " ");
  const reason = $("edit-reason").value.trim();
  const part = about.how === "paragraph" ? difference(about.found, wanted) : { ...about.part, wanted };
  const fault = (words) => { $("edit-fault").textContent = words; };
  if (!part || part.found === part.wanted) {
    fault(about.how === "card" ? "This is what stands there already: reject the suggestion instead." : "Nothing is changed yet.");
    return;
  }
  about.sent = true;
  fault("");
  try {
    if (about.how === "card") await sendReading(about.card, wanted, reason);
    else await sendOwn(about, part, { kind: $("edit-kind").value, reason, who: state.who });
  } catch (said) {
    fault(said.message);
  } finally {
    about.sent = false;
  }
}

async function sendReading(card, wanted, reason) {
  const done = await desk.decide({ id: card.id, version: card.version, answer: "accept", who: state.who, wanted, reason });
  $("edit-dialog").close();
  await busy(() => settled(done, () => next()));
}

async function sendOwn(about, part, rest) {
  const done = await corrected(about, part, rest);
  $("edit-dialog").close();
  await busy(async () => {
    await settled(done);
    await load(state.items.length);
    if (state.page) await showPage(state.page.chapter, state.page.from, { paragraph: about.paragraph, keep: true });
  });
}

// Enter a correction; when the text was changed on disk meanwhile, at the place where the
// same words stand in it now.
async function corrected(about, part, rest) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await desk.correct({ ...rest, ...part, paragraph: about.paragraph });
    } catch (fault) {
      if (!fault.moved || tries >= 40) throw fault;
      $("edit-fault").textContent = "The text was changed on disk and is being read again. What you wrote is kept.";
      await new Promise((resolve) => { setTimeout(resolve, 500); });
      const news = await desk.news();
      if (news.trouble) throw new Fault(news.trouble);
      if (news.laying || news.edition === about.edition) continue;
      about.edition = news.edition;
      if (!(await moved(about, part))) throw new Fault("These words stand otherwise in the text that is on disk now. Copy what you wrote, close this and look for the place again.");
    }
  }
}

// Characters before and after the words that tell their place in another text.
const REACH = [[60, 60], [24, 24], [40, 0], [0, 40]];

// Whether the words, with some of those round them, stand in just one place; which is taken.
async function moved(about, part) {
  const letters = Array.from(about.text);
  for (const [before, after] of REACH) {
    let start = Math.max(0, part.start - before), end = Math.min(letters.length, part.end + after);
    while (start > 0 && letters[start - 1] !== " ") start -= 1;
    while (end < letters.length && letters[end] !== " ") end += 1;
    const some = await desk.places(letters.slice(start, end).join(""));
    if (some.count > 1) return false;
    if (!some.count) continue;
    about.paragraph = some.places[0].paragraph;
    const length = part.end - part.start;
    part.start = some.places[0].at + part.start - start;
    part.end = part.start + length;
    return true;
  }
  return false;
}
