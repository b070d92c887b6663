"use strict";

// Elements without markup: no text of a book is ever read as HTML.
function h(name, given, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inside.flat(9).filter((part) => part !== null && part !== undefined && part !== ""));
  return element;
}

const $ = (id) => document.getElementById(id);

function many(count, one, more) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more || `${one}s`}`;
}

// What is read aloud, and what the eye sees otherwise.
function aloud(text) {
  return h("span", { class: "hidden-words" }, text);
}

// A reading on its own: blanks at its ends are made visible.
function shown(text) {
  if (text === "") return [h("span", { class: "gap" }, "nothing")];
  const parts = /^( *)([^]*?)( *)$/.exec(text);
  const blank = (run) => run && h("span", { class: "gap", "aria-label": "space" }, "␣".repeat(run.length));
  return [blank(parts[1]), parts[2], blank(parts[3])];
}

// What two readings share at their ends, in whole words and the blanks between them.
function split(found, wanted) {
  const one = found.split(/( +)/), two = wanted.split(/( +)/);
  let head = 0, tail = 0;
  while (head < one.length && head < two.length && one[head] === two[head]) head += 1;
  while (
    tail < one.length - head && tail < two.length - head &&
    one[one.length - 1 - tail] === two[two.length - 1 - tail]
  ) tail += 1;
  return {
    before: one.slice(0, head).join(""),
    old: one.slice(head, one.length - tail).join(""),
    now: two.slice(head, two.length - tail).join(""),
    after: one.slice(one.length - tail).join(""),
  };
}

// The reading in its sentence: struck out in red, what is wanted beside it in blue.
function marked(found, wanted) {
  if (found === wanted) return [h("mark", {}, aloud("the reading in question: "), found)];
  const part = split(found, wanted);
  const between = part.old && part.now && !/^ | $/.test(part.old + part.now) ? " " : "";
  return [
    part.before,
    part.old ? h("del", {}, aloud("there stands: "), shown(part.old)) : "",
    between,
    part.now ? h("ins", {}, aloud("it might read: "), shown(part.now)) : "",
    part.old || part.now ? aloud(". ") : "",
    part.after,
  ];
}

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { /* a browser that forgets */ }
}

function kept(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// Offsets count characters, as booktools counts them; a browser counts some twice.
function points(text, offset) {
  return Array.from(text.slice(0, offset)).length;
}

function cut(text, start, end) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}
