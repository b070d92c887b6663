"use strict";

// A fault that the reviewer is told of; `gone` when booktools does not answer.
class Fault extends Error {
  constructor(message, about) {
    super(message);
    Object.assign(this, { conflict: false, gone: false, locked: false, moved: false }, about);
  }
}

// The desk behind the page: each question and each decision goes to booktools.
class Server {
  mailed = false;

  async ask(name, query) {
    const some = Object.entries(query || {}).filter(([, value]) => value !== "" && value !== undefined);
    return this.answer(await this.reach(`api/${name}?${new URLSearchParams(some)}`, {}));
  }

  async tell(name, body) {
    return this.answer(await this.reach(`api/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-booktools": "1" },
      body: JSON.stringify(body),
    }));
  }

  async reach(address, how) {
    try {
      return await fetch(address, { credentials: "same-origin", ...how });
    } catch {
      throw new Fault(
        "booktools has stopped. What you decided before is saved. " +
        "Start it again (booktools review) and open the new link.", { gone: true });
    }
  }

  async answer(reply) {
    let value = {};
    try { value = await reply.json(); } catch { /* a text */ }
    if (reply.ok) return value;
    if (reply.status === 403) {
      throw new Fault("This page belongs to an earlier start of booktools. Open the new link.", { gone: true, locked: true });
    }
    throw new Fault(value.error || "booktools could not do that.", { conflict: value.conflict === true, moved: value.moved === true });
  }

  news() { return this.ask("news"); }
  overview(query) { return this.ask("overview", query); }
  list(query) { return this.ask("list", query); }
  entry(id, who) { return this.ask("entry", { id, who }); }
  chapter(chapter, from, who) { return this.ask("chapter", { chapter, from, who }); }
  places(form) { return this.ask("places", { form }); }
  decide(body) { return this.tell("decide", body); }
  correct(body) { return this.tell("correct", body); }
  undo(who) { return this.tell("undo", { who }); }
}
