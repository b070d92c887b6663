"use strict";

const held = $("mailed");
const desk = held ? new Mailed(JSON.parse(held.textContent)) : new Server();

const state = {
  who: "",
  about: { title: "", language: "", chapters: [], facets: {}, people: [], undo: "", ledger: "", edition: 0, laying: "" },
  filter: { state: "open", kind: "", rule: "", chapter: "", family: "", search: "", order: "family" },
  items: [],
  total: 0,
  edition: 0, // of the text that is shown
  at: 0, // where in the list the suggestion stands, or stood before it left
  card: null,
  page: null,
  running: null,
  keys: kept("booktools-keys") !== "off",
};

// --- telling ---------------------------------------------------------------------------

let fading = 0;

// `more` is for those who do not see what came.
function tell(words, undoable, more = "") {
  $("live").textContent = more ? `${words} ${more}` : words;
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
  if (!desk.mailed) drawLaying(about);
  $("undo").disabled = !about.undo;
  $("undo").title = about.undo || "";
  $("people").replaceChildren(...about.people.map((name) => h("option", { value: name })));
  if (desk.mailed) {
    $("send").hidden = false;
    $("send").textContent = desk.count ? `Save ${many(desk.count, "answer")}` : "Save answers";
  }
}

async function load(most = 0) {
  const some = await desk.list({ ...query(), offset: 0 });
  state.items = some.items;
  state.total = some.total;
  while (state.items.length < Math.min(most, state.total)) {
    const rest = await desk.list({ ...query(), offset: state.items.length });
    if (!rest.items.length) break;
    state.items.push(...rest.items);
  }
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
