"use strict";

// The desk of the page that came by mail: all it shows is in the page, all answers stay in
// this browser until they are saved as a file and sent back.
class Mailed {
  mailed = true;

  constructor(data) {
    this.data = data;
    this.store = `booktools-answers-${data.key}`;
    this.said = { answers: {}, fresh: [] };
    try { Object.assign(this.said, JSON.parse(kept(this.store) || "{}")); } catch { /* begin anew */ }
    this.done = [];
    this.saved = "";
  }

  get count() { return Object.keys(this.said.answers).length + this.said.fresh.length; }

  // Whether the answers are safe without a file: in this browser, or saved as they are.
  get safe() { return !this.count || kept(this.store) === JSON.stringify(this.said) || this.saved === this.file(); }

  save() { keep(this.store, JSON.stringify(this.said)); }

  // A card as it stands with what was answered here.
  own(card) {
    const said = this.said.answers[card.id];
    if (!said) return card;
    const voice = { by: said.by, on: said.on, state: said.state, wanted: said.wanted ?? card.wanted, reason: said.reason || "" };
    return { ...card, mine: said.state, waits: false, voices: [voice], answers: 1, disputed: false, required: 2, said: voice };
  }

  states(card) {
    return card.state === "open" ? [card.waits ? "open" : "waiting"] : [card.state];
  }

  // As the server chooses: each filter for itself, and words in any order.
  fits(card, query, but) {
    const words = (query.search || "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const text = `${card.id}\n${card.before}${card.found}${card.after}\n${card.wanted}\n${card.reason}\n${card.rule}`.toLocaleLowerCase();
    return (but === "state" || !query.state || this.states(card).includes(query.state)) &&
      (but === "kind" || !query.kind || card.kind === query.kind) &&
      (but === "rule" || !query.rule || card.rule === query.rule) &&
      (but === "chapter" || !query.chapter || String(card.chapter) === query.chapter) &&
      (!query.family || card.family === query.family) && words.every((word) => text.includes(word));
  }

  cards() { return this.data.cards.map((card) => this.own(card)); }

  chosen(query) {
    const some = this.cards().filter((card) => this.fits(card, query));
    if (query.order === "book") return some;
    const first = new Map();
    this.data.cards.forEach((card, index) => { if (!first.has(card.family)) first.set(card.family, index); });
    return some.map((card, index) => [first.get(card.family), index, card])
      .sort((one, two) => one[0] - two[0] || one[1] - two[1]).map((row) => row[2]);
  }

  async overview(query) {
    const cards = this.cards();
    const count = (name, value) => {
      const counts = {};
      for (const card of cards) {
        if (this.fits(card, query, name)) for (const key of value(card)) counts[key] = (counts[key] || 0) + 1;
      }
      return counts;
    };
    const facets = {
      state: count("state", (card) => this.states(card)),
      kind: count("kind", (card) => [card.kind]),
      rule: count("rule", (card) => (card.rule ? [card.rule] : [])),
      chapter: count("chapter", (card) => [String(card.chapter)]),
    };
    const last = this.done[this.done.length - 1];
    return {
      ...this.data.about, facets, total: cards.length,
      waiting: cards.filter((card) => card.waits).length, undo: last ? last.label : "",
    };
  }

  async list(query) {
    const some = this.chosen(query);
    const offset = query.offset || 0;
    return { total: some.length, offset, items: some.slice(offset, offset + 60) };
  }

  async entry(id) {
    const card = this.data.cards.find((one) => one.id === id);
    if (!card) throw new Fault("There is no such suggestion in this page.");
    const own = this.own(card);
    const family = this.cards().filter((one) => one.family === card.family && one.waits).length;
    const image = card.image && { ...card.image, src: this.data.pictures[card.image.key] };
    return { ...own, image, familyOpen: family };
  }

  async chapter(number, from) {
    const chapter = this.data.chapters.find((one) => one.chapter === Number(number));
    if (!chapter) throw new Fault("This page holds the suggestions only, not the chapters.");
    const start = Math.min(Math.max(Number(from) || chapter.first, chapter.first), chapter.last);
    const index = start - chapter.first;
    return { ...chapter, from: start, next: Math.min(start + 40, chapter.last), paragraphs: chapter.paragraphs.slice(index, index + 40) };
  }

  async places(form) {
    for (const card of this.data.cards) {
      const found = card.forms.find((one) => one.form === form);
      if (found) return found;
    }
    return { form, count: 0, places: [] };
  }

  async decide(body) {
    const some = body.family !== undefined
      ? this.cards().filter((card) => card.family === body.family && card.waits)
      : [await this.entry(body.id)];
    const before = {};
    for (const card of some) {
      before[card.id] = this.said.answers[card.id];
      if (body.answer === "reopen") {
        delete this.said.answers[card.id];
        continue;
      }
      const wanted = body.wanted ?? card.wanted;
      if (body.answer === "accept" && wanted === card.found) throw new Fault("This is what stands there already. Enter another reading, or reject.");
      const answer = { id: card.id, state: body.answer === "accept" ? "accepted" : "rejected", by: body.who, on: today(), version: card.version };
      if (body.answer === "accept" && wanted !== this.data.cards.find((one) => one.id === card.id).wanted) answer.wanted = wanted;
      if (body.reason) answer.reason = body.reason;
      this.said.answers[card.id] = answer;
    }
    const verb = { accept: "Accepted", reject: "Rejected", reopen: "Opened again" }[body.answer];
    const wanted = body.answer === "accept" && body.wanted !== undefined ? body.wanted : some[0].wanted;
    const what = wanted === some[0].found ? `“${wanted}”` : `“${some[0].found}” → “${wanted}”`;
    const label = `${verb}${some.length === 1 ? "" : ` ${some.length}`}: ${what}`;
    this.done.push({ label, before });
    this.save();
    return { label, ids: some.map((card) => card.id), changed: some.map((card) => this.own(this.data.cards.find((one) => one.id === card.id))) };
  }

  async correct(body) {
    const chapter = this.data.chapters.find((one) => one.paragraphs.some((p) => p.number === body.paragraph));
    const paragraph = chapter.paragraphs.find((p) => p.number === body.paragraph);
    const text = Array.from(textOf(paragraph));
    const [, line, file] = paragraph.lines.filter(([at]) => at <= body.start).pop();
    const edge = (at, step) => {
      let to = at;
      while (to > 0 && to < text.length && (Math.abs(to - at) < 40 || text[step < 0 ? to - 1 : to] !== " ")) to += step;
      return to;
    };
    let { start, end } = body;
    for (;;) {
      const context = text.slice(edge(start, -1), edge(end, 1)).join("");
      const found = text.slice(start, end).join("");
      const small = text.slice(start, end).join("");
      const fitting = [context, small].find((one) => one.split(found).length === 2);
      if (fitting && (fitting === context || start === 0 && end === text.length)) {
        const wanted = text.slice(start, body.start).join("") + body.wanted + text.slice(body.end, end).join("");
        const entry = { line, found, wanted, context: fitting, kind: body.kind, by: body.who, on: today() };
        if (body.reason) entry.reason = body.reason;
        if (file) entry.file = file;
        this.said.fresh.push(entry);
        break;
      }
      // The same words stand close by: those next to them tell which are meant.
      if (end < text.length) { end += 1; while (end < text.length && text[end] !== " ") end += 1; }
      else { start -= 1; while (start > 0 && text[start - 1] !== " ") start -= 1; }
    }
    const label = `Entered: “${body.found}” → “${body.wanted}”`;
    this.done.push({ label, fresh: true });
    this.save();
    return { label, ids: [], changed: [] };
  }

  async undo() {
    const last = this.done.pop();
    if (!last) throw new Fault("There is nothing to undo.");
    if (last.fresh) this.said.fresh.pop();
    for (const [id, answer] of Object.entries(last.before || {})) {
      if (answer) this.said.answers[id] = answer;
      else delete this.said.answers[id];
    }
    this.save();
    const ids = Object.keys(last.before || {});
    return { label: `Taken back: ${last.label}`, ids, changed: ids.map((id) => this.own(this.data.cards.find((card) => card.id === id))) };
  }

  // The file that “booktools errata import” merges.
  file() {
    const rows = { format: "booktools-answers", answers: Object.values(this.said.answers) };
    if (this.said.fresh.length) rows.new = this.said.fresh;
    return `${JSON.stringify(rows, null, 1)}\n`;
  }
}
