"use strict";

const STATES = {
  open: "open",
  waiting: "waiting for others",
  disputed: "disputed",
  accepted: "accepted",
  rejected: "rejected",
};

// A line of the list.
function drawItem(item, current, language) {
  const done = !item.waits;
  const said = item.state === "open" ? (item.mine ? `you ${item.mine} it` : "") : item.state;
  return h("li", {},
    h("a", { href: `#/${encodeURIComponent(item.id)}`, "aria-current": current ? "true" : null, class: done ? "done" : null, "data-id": item.id },
      h("span", { lang: language, dir: "auto", class: "words" }, marked(item.found.length > 60 ? `${item.found.slice(0, 59)}…` : item.found,
        item.wanted.length > 60 ? `${item.wanted.slice(0, 59)}…` : item.wanted)),
      h("span", { class: "meta" }, [item.id, item.rule, item.familySize > 1 ? `one of ${item.familySize}` : "", said].filter(Boolean).join(" · "))));
}

// The choices of a filter with their counts; the one that is set is always among them.
function fill(select, rows, chosen) {
  const some = rows.filter(([value, , count]) => count === null || count > 0 || value === chosen);
  select.replaceChildren(...some.map(([value, label, count]) =>
    h("option", { value, selected: value === chosen }, count === null ? label : `${label} (${count.toLocaleString("en")})`)));
  select.value = chosen;
  select.disabled = some.length < 2;
}

function fillFilters(about, filter) {
  const facets = about.facets;
  fill($("f-state"), [["", "all", null], ...Object.entries(STATES).map(([key, label]) => [key, label, facets.state[key] || 0])], filter.state);
  fill($("f-kind"), [["", "all", null], ...Object.entries(about.kinds).map(([key, label]) => [key, label, facets.kind[key] || 0])], filter.kind);
  fill($("f-rule"), [["", "all", null], ...Object.entries(about.rules).sort().map(([key, label]) => [key, key === label ? key : `${key} ${label}`, facets.rule[key] || 0])], filter.rule);
  fill($("f-chapter"), [["", "all", null], ...about.chapters.map((chapter) => [String(chapter.number), chapter.title, facets.chapter[chapter.number] || 0])], filter.chapter);
}

// How far the work has come.
function drawProgress(about) {
  const answered = about.total - about.waiting;
  $("progress").max = Math.max(about.total, 1);
  $("progress").value = answered;
  $("progress-said").textContent = about.waiting
    ? `${about.waiting.toLocaleString("en")} of ${about.total.toLocaleString("en")} open for you`
    : about.total ? `all ${about.total.toLocaleString("en")} answered` : "no errata yet";
}
